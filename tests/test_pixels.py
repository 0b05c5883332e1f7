"""Photos of every kind come out in their right colours; whatever is none is called by its name."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from PIL import Image, ImageCms

from boards.pixels import decode as decoding
from boards.pixels.colours import to_srgb
from boards.pixels.decode import PhotoRefused, decode
from raw_photos import (
    RED,
    chunk,
    encoded,
    grey_profile,
    picture,
    png,
    rgb_profile,
    with_chunk,
    with_segments,
)

pytestmark = pytest.mark.slow  # and of no day

RAMP = [round(65535 * x / 100) for x in range(101)]
"""Sixteen bits from black to white."""
TENTH, HALF, NINE_TENTHS = (10, 5), (50, 5), (90, 5)


def close(found: object, wanted: tuple[int, ...], by: int = 3) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def ramp(colours: int, samples: str, extra: bytes = b"") -> Image.Image:
    """A ramp of sixteen bits; `samples` says of each channel whether it rises, or is full or 0."""
    row = b"".join(
        struct.pack(">H", {"r": level, "1": 65535, "0": 0}[sample])
        for level in RAMP
        for sample in samples
    )
    return decode(png(16, colours, row, 101, extra), ".png")


@pytest.mark.parametrize(
    ("colours", "samples"),
    [(0, "r"), (2, "rrr"), (4, "r1"), (6, "rrr1")],
    ids=["grey", "rgb", "ga", "rgba"],
)
def test_a_ramp_of_sixteen_bits_stays_a_ramp(colours: int, samples: str) -> None:
    made = ramp(colours, samples)
    shown = [made.getpixel(at) for at in (TENTH, HALF, NINE_TENTHS)]
    assert all(
        close(found, (grey,) * 3, 2) for found, grey in zip(shown, (25, 128, 230), strict=True)
    )
    levels = [made.getpixel((x, 0))[0] for x in range(101)]
    assert levels == sorted(set(levels))


def test_a_scanners_grey_is_the_grey_it_scanned() -> None:
    made = decode(encoded(Image.new("I;16", (10, 10), 40000), "PNG"), ".png")
    assert made.getpixel((5, 5)) == (156, 156, 156)


def test_one_level_of_sixteen_bits_may_be_transparent() -> None:
    grey = ramp(0, "r", chunk(b"tRNS", struct.pack(">H", RAMP[50])))
    colour = ramp(2, "rr0", chunk(b"tRNS", struct.pack(">HHH", RAMP[50], RAMP[50], 0)))
    assert grey.getpixel(HALF) == colour.getpixel(HALF) == (255, 255, 255)
    assert close(grey.getpixel(TENTH), (26, 26, 26))
    assert close(colour.getpixel(NINE_TENTHS), (230, 230, 0))


@pytest.mark.parametrize(("depth", "white"), [(1, 1), (2, 3), (4, 15)])
def test_few_bits_are_black_grey_and_white(depth: int, white: int) -> None:
    made = decode(png(depth, 0, bytes([white << 8 - depth, 0]), 8 // depth * 2), ".png")
    assert made.getpixel((0, 0)) == (255, 255, 255)
    assert made.getpixel((1, 0)) == (0, 0, 0)


def test_a_palette_keeps_its_colours_and_its_holes() -> None:
    colours = chunk(b"PLTE", bytes([*RED, 20, 60, 120, 0, 255, 0, 9, 9, 9]))
    row = bytes([0b00_01_10_11])
    made = decode(png(2, 3, row, 4, colours), ".png")
    assert [made.getpixel((x, 0)) for x in range(4)] == [RED, (20, 60, 120), (0, 255, 0), (9, 9, 9)]
    holed = decode(png(2, 3, row, 4, colours + chunk(b"tRNS", b"\0\x80")), ".png")
    assert holed.getpixel((0, 0)) == (255, 255, 255)
    assert close(holed.getpixel((1, 0)), (137, 157, 187))


def test_inks_are_seen_as_they_would_be_printed() -> None:
    red = encoded(Image.new("CMYK", (16, 16), (0, 230, 230, 20)), "JPEG", quality=95)
    damaged = encoded(
        Image.new("CMYK", (16, 16), (0, 230, 230, 20)), "JPEG", icc_profile=b"no" * 90
    )
    for content in (red, damaged):
        shown = decode(content, ".jpg").getpixel((8, 8))
        assert shown[0] > 200
        assert max(shown[1:]) < 40


def test_a_progressive_picture_is_a_picture() -> None:
    assert close(decode(encoded(picture(), progressive=True), ".jpg").getpixel((20, 40)), RED, 8)


WIDE = rgb_profile(2.2, (0.6097, 0.3111, 0.0195))
"""Adobe RGB's red, that no sRGB can show."""
ADOBE_RED = (200, 40, 40)


def as_marked(image: Image.Image, profile: bytes, kind: str = "PNG") -> tuple[int, ...]:
    content = encoded(image, kind, icc_profile=profile)
    shown = decode(content, f".{kind.lower()}").getpixel((5, 5))
    assert isinstance(shown, tuple)
    return shown


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_colours_are_read_by_their_profile(kind: str) -> None:
    shown = as_marked(Image.new("RGB", (10, 10), ADOBE_RED), WIDE, kind)
    assert shown[0] > ADOBE_RED[0] + 15


def test_a_palette_and_grey_are_read_by_a_profile_of_colours() -> None:
    palette = Image.new("RGB", (10, 10), ADOBE_RED).quantize(4)
    assert as_marked(palette, WIDE)[0] > ADOBE_RED[0] + 15
    linear = rgb_profile(1.0, (0.4361, 0.2225, 0.0139))
    for mode, colour in (("L", 55), ("LA", (55, 255)), ("1", 255), ("I;16", 55 * 257)):
        wanted = 255 if mode == "1" else 128
        shown = as_marked(Image.new(mode, (10, 10), colour), linear)
        assert close(shown, (wanted,) * 3, 5), mode


def test_grey_is_read_by_a_profile_of_grey() -> None:
    linear = grey_profile(1.0)
    for mode, colour in (("L", 55), ("LA", (55, 255)), ("I;16", 55 * 257)):
        assert close(as_marked(Image.new(mode, (10, 10), colour), linear), (128, 128, 128), 5), mode


@pytest.mark.parametrize(
    "profile", [grey_profile(1.0), b"", b"no profile at all" * 20, WIDE[:150], WIDE[:300]],
    ids=["of grey", "none", "nonsense", "cut in its table", "cut in its tags"],
)  # fmt: skip
def test_a_profile_that_does_not_fit_is_ignored(profile: bytes) -> None:
    plain = Image.new("RGB", (10, 10), RED)
    assert close(as_marked(plain, profile, "JPEG"), RED)
    assert close(as_marked(plain, profile), RED)


def test_pieces_of_a_profile_are_put_together_and_none_may_be_missing() -> None:
    content = encoded(Image.new("RGB", (16, 16), ADOBE_RED))
    half = len(WIDE) // 2
    pieces = [b"ICC_PROFILE\0\x02\x02" + WIDE[half:], b"ICC_PROFILE\0\x01\x02" + WIDE[:half]]
    whole = with_segments(content, *((0xE2, piece) for piece in pieces))
    assert decode(whole, ".jpg").getpixel((8, 8))[0] > ADOBE_RED[0] + 15
    rows = [b"ICC_PROFILE\0\x01\x03" + WIDE, b"ICC_PROFILE\0\x03\x03" + bytes(90)]
    missing = with_segments(content, *((0xE2, row) for row in rows))
    assert close(decode(missing, ".jpg").getpixel((8, 8)), ADOBE_RED)


def test_another_colour_space_becomes_srgb() -> None:
    lab = ImageCms.createProfile("LAB")
    srgb = ImageCms.createProfile("sRGB")
    red = ImageCms.profileToProfile(picture(), srgb, lab, outputMode="LAB")
    assert red is not None
    shown = to_srgb(red, ImageCms.ImageCmsProfile(lab).tobytes())
    assert close(shown.getpixel((20, 40)), RED, 8)


def test_of_several_pictures_the_first_is_taken() -> None:
    first, second = picture(), Image.new("RGB", (64, 48), "white")
    mpo = encoded(first, "MPO", save_all=True, append_images=[second])
    apng = encoded(first, "PNG", save_all=True, append_images=[second])
    moving = encoded(first, "WEBP", save_all=True, append_images=[second], quality=90)
    for content, ending in ((mpo, ".jpg"), (apng, ".png"), (moving, ".webp")):
        assert close(decode(content, ending).getpixel((20, 40)), RED, 8), ending


BROKEN_BESIDE = {
    "Photoshop's block cut off": (0xED, b"Photoshop 3.0\x008BIM\x04\x04"),
    "a resolution cut off": (0xED, b"Photoshop 3.0\x008BIM\x03\xed\0\0\0\0\0\x02\0\0"),
    "JFIF of three bytes": (0xE0, b"JFIF\0\x01\x02"),
    "Adobe of five bytes": (0xEE, b"Adobe"),
    "a piece of no profile": (0xE2, b"ICC_PROFILE\0"),
    "several pictures, none of them there": (0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff"),
    "XMP of nothing": (0xE1, b"http://ns.adobe.com/xap/1.0/\0\xff\xfe<x:xmpmeta"),
    "extended XMP": (0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(200)),
    "a comment of nothing": (0xFE, b""),
}


@pytest.mark.parametrize("said", BROKEN_BESIDE)
def test_what_is_damaged_beside_the_pixels_of_a_jpeg_does_not_matter(said: str) -> None:
    content = with_segments(encoded(picture()), BROKEN_BESIDE[said])
    assert close(decode(content, ".jpg").getpixel((20, 40)), RED, 8)


@pytest.mark.parametrize(
    "added",
    [
        chunk(b"tEXt", b"Author\0some\xff\xfe"),
        chunk(b"zTXt", b"Comment\0\0no deflate"),
        chunk(b"iCCP", b"profile"),
        chunk(b"iCCP", b"profile\0\x07" + bytes(40)),
        chunk(b"pHYs", b"\0"),
        chunk(b"eXIf", b"II"),
        chunk(b"acTL", b"\0\0"),
        chunk(b"tIME", b"")[:-4] + b"fail",
    ],
    ids=["text", "packed text", "profile", "method", "dots", "EXIF", "frames", "checksum"],
)
def test_what_is_damaged_beside_the_pixels_of_a_png_does_not_matter(added: bytes) -> None:
    content = with_chunk(encoded(picture(), "PNG"), added)
    assert decode(content, ".png").getpixel((20, 40)) == RED


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as opened:
        for name in names:
            opened.writestr(name, "x")
    return target.getvalue()


def box(brand: bytes) -> bytes:
    """The first box of an MPEG-4 file."""
    return struct.pack(">I4s4sI", 24, b"ftyp", brand, 0) + brand * 2 + bytes(40)


def foreign(kind: str) -> bytes:
    return encoded(picture(), kind)


STRANGERS = {
    "GIF 图片": foreign("GIF"),
    "BMP 图片": foreign("BMP"),
    "TIFF 图片": foreign("TIFF"),
    "AVIF 图片": box(b"avif"),
    "JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40),
    "Photoshop 文件": b"8BPS\0\x01" + bytes(40),
    "相机的 RAW 原片": b"II*\0\x10\0\0\0CR\x02\0" + bytes(40),
    "PDF 文件": foreign("PDF"),
    "视频": box(b"qt  "),
    "苹果的实况照片": zipped("IMG_0001.HEIC", "IMG_0001.MOV"),
    "Word 文档": zipped("[Content_Types].xml", "word/document.xml"),
    "Excel 表格": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "PPT 演示文稿": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "Office 文档": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
    "压缩包": zipped("a.jpg"),
    "快捷方式": b"L\0\0\0\x01\x14\x02\0" + bytes(70),
    "SVG 图形": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "网页": b"\r\n<!DOCTYPE html><html><img src='a.jpg'></html>",
}


@pytest.mark.parametrize("called", STRANGERS)
def test_what_is_no_photo_is_called_by_its_name(called: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        decode(STRANGERS[called], ".jpg")
    said = refused.value.found
    assert said.startswith(f"内容是{' ' * called[0].isascii()}{called}")
    assert said.endswith("，只是名字叫 jpg")
    assert "jpg" in refused.value.hint


def test_a_film_is_known_without_its_brand() -> None:
    for start in (b"\0\0\0\x08wide\0\0\x01\0mdat", b"RIFF\0\0\0\0AVI LIST"):
        with pytest.raises(PhotoRefused, match="内容是视频"):
            decode(start + bytes(40), ".jpg")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "文件是空的"), (bytes(9000), "全是 0"), ("这不是照片".encode(), "不是能用的照片")],
)  # fmt: skip
def test_a_file_of_nothing_is_told_as_that(content: bytes, said: str) -> None:
    with pytest.raises(PhotoRefused, match=said):
        decode(content, ".jpg")


def test_depths_that_cannot_be_read_are_not_called_incomplete() -> None:
    jpeg = encoded(picture())
    at = jpeg.index(b"\xff\xc0") + 4
    with pytest.raises(PhotoRefused, match="少见的存法"):
        decode(jpeg[:at] + b"\x0c" + jpeg[at + 1 :], ".jpg")


def test_a_palette_without_colours_is_refused_in_words() -> None:
    with pytest.raises(PhotoRefused) as refused:
        decode(png(8, 3, bytes(8), 8), ".png")
    assert "看图软件" in refused.value.hint or "重新传" in refused.value.hint


def test_a_photo_under_another_formats_ending_is_told_what_it_is() -> None:
    with pytest.raises(PhotoRefused) as refused:
        decode(encoded(picture(), "WEBP"), ".jpg")
    assert refused.value.found == "内容是 WebP，只是名字叫 jpg"
    assert refused.value.hint == "把文件扩展名改成 .webp，台账里的路径一起改"


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix"])
def test_heic_that_cannot_be_read_here_says_what_is_missing(
    brand: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "_reads_heif", lambda: False)
    with pytest.raises(PhotoRefused) as refused:
        decode(box(brand), ".heic")
    assert refused.value.found == "是苹果手机的 HEIC，这台电脑没有装读 HEIC 的 pillow-heif"
    assert "--find-links wheelhouse pillow-heif" in refused.value.hint
    with pytest.raises(PhotoRefused) as refused:
        decode(box(brand), ".jpg")
    assert refused.value.found.startswith("内容是苹果手机的 HEIC，只是名字叫 jpg；")
    assert refused.value.hint.startswith("把照片另存为 jpg；")


def test_heic_called_jpg_is_told_to_be_renamed_where_it_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decoding, "_reads_heif", lambda: True)
    with pytest.raises(PhotoRefused) as refused:
        decode(box(b"heic"), ".jpg")
    assert refused.value.found == "内容是苹果手机的 HEIC，只是名字叫 jpg"
    assert refused.value.hint == "把文件扩展名改成 .heic，台账里的路径一起改"
