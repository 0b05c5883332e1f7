"""What stands in a photo beside its pixels: taken apart before any decoder sees it.

Cameras, phones and editing programs write much of it wrongly, and decoders stumble over what nobody
will be shown. Two things are read, by this code alone: which way up, and which colours are meant.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass

MAX_PROFILE = 8 * 1024 * 1024
"""Bytes of a colour profile; those for printing take two million."""

_PNG = b"\x89PNG\r\n\x1a\n"
_DRAWING_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_ORIENTATION = 0x0112
_INTEGERS = {1: "B", 3: "H", 4: "L"}
_XMP_ORIENTATION = re.compile(rb"tiff:Orientation(?:\s*=\s*[\"']|>)\s*([1-8])\b")


@dataclass(frozen=True, slots=True)
class Parts:
    """A photo taken apart."""

    drawing: bytes
    """The file without all that is no drawing."""
    exif: tuple[bytes, ...] = ()
    xmp: bytes = b""
    profile: bytes = b""

    @property
    def orientation(self) -> int:
        """1 to 8: how the stored picture stands (EXIF 2.32, 4.6.5); 1, upright, if none is told."""
        told = (orientation(block) for block in self.exif)
        if found := next((value for value in told if value), None):
            return found
        said = _XMP_ORIENTATION.search(self.xmp)
        return int(said[1]) if said else 1


def take_apart(content: bytes) -> Parts:
    """A JPEG or PNG without what is no drawing; others, and what cannot be followed, stay whole."""
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(_PNG):
        return _png(content)
    return Parts(content)


def orientation(exif: bytes) -> int | None:
    """What the first directory of an EXIF block says of orientation, None if it does not."""
    block = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return None
    try:
        (start,) = struct.unpack_from(f"{order}L", block, 4)
        (entries,) = struct.unpack_from(f"{order}H", block, start)
        for at in range(start + 2, start + 2 + 12 * entries, 12):
            tag, kind, count = struct.unpack_from(f"{order}HHL", block, at)
            if tag == _ORIENTATION and kind in _INTEGERS and count == 1:
                (value,) = struct.unpack_from(f"{order}{_INTEGERS[kind]}", block, at + 8)
                if 1 <= value <= 8:
                    return int(value)
    except struct.error:  # it points beyond its end
        return None
    return None


def _jpeg(content: bytes) -> Parts:
    """Walk the segments before the first scan (ITU T.81, B.1.1.4)."""
    kept, exif, xmp, profiles = [content[:2]], [], b"", []
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # fill bytes may precede any marker
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker < 0xC0 or 0xD0 <= marker <= 0xDA or length < 2:
            break
        end = at + 2 + length
        data = content[at + 4 : end]
        if marker == 0xE1 and data.startswith(b"Exif\0"):
            exif.append(data)
        elif marker == 0xE1 and data.startswith(b"http://ns.adobe.com/xap/"):
            xmp += data
        elif marker == 0xE2 and data.startswith(b"ICC_PROFILE\0"):
            profiles.append(data[12:])
        if _draws(marker, data):
            kept.append(content[at:end])
        at = end
    kept.append(content[at:])
    return Parts(b"".join(kept), tuple(exif), xmp, _joined(profiles))


def _draws(marker: int, data: bytes) -> bool:
    """Whether a segment says how to decode: tables and frames, whole JFIF and Adobe headers."""
    if marker == 0xE0:
        return data.startswith(b"JFIF\0") and len(data) >= 14
    if marker == 0xEE:
        return data.startswith(b"Adobe") and len(data) >= 12
    return marker < 0xE0


def _joined(profiles: list[bytes]) -> bytes:
    """A profile from its numbered pieces (ICC.1:2022, B.4); nothing if one is missing."""
    pieces = {piece[0]: piece[2:] for piece in profiles if len(piece) > 2}
    if sorted(pieces) != [*range(1, len(profiles) + 1)]:
        return b""
    return b"".join(pieces[number] for number in sorted(pieces))


def _png(content: bytes) -> Parts:
    """Walk the chunks (PNG, third edition, 5.3)."""
    kept, exif, xmp, profile = [_PNG], [], b"", b""
    at = len(_PNG)
    while at + 12 <= len(content):
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        data = content[at + 8 : end - 4]
        if kind in _DRAWING_CHUNKS:
            kept.append(content[at:end])
        elif kind == b"eXIf":
            exif.append(data)
        elif kind == b"iTXt" and data.startswith(b"XML:com.adobe.xmp\0"):
            xmp += data
        elif kind == b"iCCP":
            profile = _inflated(data)
        at = end
        if kind == b"IEND":
            break
    return Parts(b"".join(kept), tuple(exif), xmp, profile)


def _inflated(data: bytes) -> bytes:
    """The profile of an iCCP chunk: a name, the method, and what is deflated."""
    packed = data.partition(b"\0")[2][1:]
    try:
        return zlib.decompressobj().decompress(packed, MAX_PROFILE)
    except zlib.error:
        return b""
