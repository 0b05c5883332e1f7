"""Photos that carry all that cameras, phones and programs write into them beside the pixels."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageCms

Note = Callable[[str], str]
"""Gives the word to be written for a kind of metadata: eight letters."""

_ORIENTATION, _MAKE, _MODEL, _ARTIST, _COPYRIGHT = 0x0112, 0x010F, 0x0110, 0x013B, 0x8298
_EXIF_IFD, _GPS_IFD, _THUMBNAIL_IFD = 0x8769, 0x8825, 1
_MAKER_NOTE, _USER_COMMENT, _SERIAL = 0x927C, 0x9286, 0xA431
_XP_TITLE, _XP_KEYWORDS = 0x9C9B, 0x9C9E


def pixels(number: int = 0) -> Image.Image:
    """A picture unlike those with another number."""
    image = Image.new("RGB", (900, 1200), (20 * number, 60, 120))
    image.paste((200, 30 * number, 10), (0, 0, 300 + 40 * number, 800))
    return image


def exif(note: Note) -> bytes:
    """Camera, owner, place, maker note, comment, Windows' own titles."""
    found = Image.Exif()
    found[_ORIENTATION] = 1
    for tag, name in ((_MAKE, "make"), (_MODEL, "model"), (_ARTIST, "artist")):
        found[tag] = note(f"EXIF {name}")
    found[_COPYRIGHT] = note("EXIF copyright")
    for tag, name in ((_XP_TITLE, "title"), (_XP_KEYWORDS, "keywords")):
        found[tag] = note(f"EXIF Windows {name}").encode("utf-16-le")
    inner = found.get_ifd(_EXIF_IFD)
    inner[_MAKER_NOTE] = b"Vendor\0" + note("EXIF maker note").encode()
    inner[_USER_COMMENT] = b"ASCII\0\0\0" + note("EXIF user comment").encode()
    inner[_SERIAL] = note("EXIF serial number")
    found[_EXIF_IFD] = inner
    found[_GPS_IFD] = {
        1: "N", 2: (33.0, 55.0, 12.0), 3: "E", 4: (117.0, 6.0, 30.0), 18: note("EXIF GPS datum"),
    }  # fmt: skip
    return found.tobytes()


def xmp(note: Note) -> bytes:
    """A packet of Adobe's."""
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><c>{note("XMP")}</c></x:xmpmeta>'.encode()


def iptc(note: Note) -> bytes:
    """Photoshop's block with the place, the caption and the byline (IPTC-IIM)."""
    rows = b"".join(
        struct.pack(">BBBH", 0x1C, 2, number, 8) + note(f"IPTC {number}").encode()
        for number in (80, 90, 120)
    )
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(rows)) + rows


def profile(note: Note) -> bytes:
    """A colour profile whose copyright says something."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    free = "No copyr".encode("utf-16-be")
    assert free in made
    return made.replace(free, note("ICC copyright").encode("utf-16-be"))


def thumbnail(note: Note) -> bytes:
    """The small picture that an EXIF block holds in its second directory, with a comment in it."""
    small = io.BytesIO()
    Image.new("RGB", (16, 12), "navy").save(small, "JPEG", comment=note("thumbnail").encode())
    data = small.getvalue()
    head = b"MM\0\x2a" + struct.pack(">I", 8) + struct.pack(">H", 0) + struct.pack(">I", 14)
    rows = struct.pack(">HHII", 0x0201, 4, 1, 44) + struct.pack(">HHII", 0x0202, 4, 1, len(data))
    return b"Exif\0\0" + head + struct.pack(">H", 2) + rows + struct.pack(">I", 0) + data


def jpeg(note: Note, number: int = 0, *, with_profile: bool = True) -> bytes:
    """Every kind of segment, and bytes behind the end, as motion photos have."""
    target = io.BytesIO()
    colours = {"icc_profile": profile(note)} if with_profile else {}
    options = {"exif": exif(note), "comment": note("comment"), **colours}
    pixels(number).save(target, "JPEG", **options)
    whole = target.getvalue()
    segments = (
        (0xE1, thumbnail(note)),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(note)),
        (0xED, iptc(note)),
        (0xEA, note("APP10").encode()),
        (0xEB, b"JP\0\1\0\0\0\1" + note("C2PA").encode()),
        (0xFE, note("second comment").encode()),
    )
    extra = b"".join(
        bytes([0xFF, kind]) + struct.pack(">H", len(data) + 2) + data for kind, data in segments
    )
    return whole[:2] + extra + whole[2:] + b"ftypmp42" + note("behind the end").encode()


def jpeg_without_profile(note: Note, number: int = 0) -> bytes:
    """Pixels that need no conversion, so that nothing is lost on the way by chance."""
    return jpeg(note, number, with_profile=False)


def png(note: Note, number: int = 0) -> bytes:
    """Every kind of text chunk, EXIF, a profile, a private chunk, bytes behind the end."""
    target = io.BytesIO()
    pixels(number).save(target, "PNG", icc_profile=profile(note))
    whole = target.getvalue()
    packed = zlib.compress(note("zTXt").encode())
    chunks = (
        (b"tEXt", b"Author\0" + note("tEXt").encode()),
        (b"zTXt", b"Comment\0\0" + packed),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(note)),
        (b"eXIf", exif(note).removeprefix(b"Exif\0\0")),
        (b"prVt", note("private chunk").encode()),
    )
    extra = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return whole[:33] + extra + whole[33:] + note("behind the end").encode()


def webp(note: Note, number: int = 0) -> bytes:
    """EXIF, XMP and a profile."""
    target = io.BytesIO()
    options = {"exif": exif(note), "xmp": xmp(note), "icc_profile": profile(note)}
    pixels(number).save(target, "WEBP", **options)
    return target.getvalue()


def heic(note: Note, number: int = 0) -> bytes:
    """EXIF and XMP as an iPhone writes them; wants pillow_heif."""
    import pillow_heif  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    pillow_heif.register_heif_opener()
    target = io.BytesIO()
    options = {"exif": exif(note), "xmp": xmp(note), "icc_profile": profile(note)}
    pixels(number).save(target, "HEIF", **options)
    return target.getvalue()


KINDS = {".jpg": jpeg, ".jpeg": jpeg_without_profile, ".png": png, ".webp": webp, ".heic": heic}
