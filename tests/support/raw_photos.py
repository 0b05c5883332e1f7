"""Photos put together byte by byte, as no encoder would: PNG of any depth, EXIF of any shape."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence

from PIL import Image

RED, BLUE = (200, 10, 10), (20, 60, 120)


def picture(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Red on the left and blue on the right, lighter at the top left, so that turning shows."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    image.paste((250, 220, 220), (0, 0, size[0] // 4, size[1] // 4))
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The bytes of a file."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def with_segments(jpeg: bytes, *segments: tuple[int, bytes]) -> bytes:
    """A JPEG with segments, each by its marker, right after its start."""
    added = b"".join(
        bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in segments
    )
    return jpeg[:2] + added + jpeg[2:]


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def with_chunk(png: bytes, added: bytes) -> bytes:
    """A PNG with a chunk right after its header."""
    return png[:33] + added + png[33:]


def png(depth: int, colours: int, row: bytes, width: int, extra: bytes = b"") -> bytes:
    """A PNG of ten equal rows; `colours` is the type of PNG, third edition, table 8."""
    header = struct.pack(">IIBBBBB", width, 10, depth, colours, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress((b"\0" + row) * 10))
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + extra + body + chunk(b"IEND", b"")


Entry = tuple[int, int, int, bytes]
"""Tag, type, count and four bytes: the value, or where it is."""


def exif(order: str, entries: Sequence[Entry], following: int = 0, rest: bytes = b"") -> bytes:
    """A block of EXIF with one directory, and where it says the next one is."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    rows = b"".join(struct.pack(f"{order}HHL", *entry[:3]) + entry[3] for entry in entries)
    count = struct.pack(f"{order}H", len(entries))
    start, end = struct.pack(f"{order}L", 8), struct.pack(f"{order}L", following)
    return b"Exif\0\0" + head + start + count + rows + end + rest


def short(order: str, value: int) -> bytes:
    """A number of sixteen bits as it stands in an entry."""
    return struct.pack(f"{order}Hxx", value)


def rgb_profile(gamma: float, red: tuple[float, float, float]) -> bytes:
    """A matrix profile whose green and blue are sRGB's, its red another (ICC.1:2022, 8.3.3)."""
    xyz = {b"rXYZ": red, b"gXYZ": (0.3851, 0.7169, 0.0971), b"bXYZ": (0.1431, 0.0606, 0.7141)}
    tags = {name: _xyz(*value) for name, value in xyz.items()}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(gamma))
    return _profile(b"RGB ", tags)


def grey_profile(gamma: float) -> bytes:
    """A profile of one curve (ICC.1:2022, 8.3.4)."""
    return _profile(b"GRAY", {b"kTRC": _curve(gamma)})


def _xyz(*value: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(part * 65536) for part in value))


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(gamma * 256))


def _profile(colours: bytes, tags: dict[bytes, bytes]) -> bytes:
    white = (0.9642, 1.0, 0.8249)
    tags = {**tags, b"wtpt": _xyz(*white), b"desc": b"desc\0\0\0\0\0\0\0\x01\0" + bytes(79)}
    at, table, body = 132 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(
        ">I4sI4s4s4s", at + len(body), b"\0" * 4, 0x02400000, b"mntr", colours, b"XYZ "
    )
    head += bytes(12) + b"acsp" + bytes(28) + _xyz(*white)[8:]
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
