"""EXIF of any shape: the photo is used, upright where the orientation can be read."""

from __future__ import annotations

import importlib.util
import io
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from boards.media import ingest
from boards.pixels.beside import orientation
from boards.pixels.decode import decode
from helpers import MINIMAL, check_tree, report, settle, write_tree
from raw_photos import Entry, chunk, encoded, exif, picture, short, with_chunk, with_segments

pytestmark = pytest.mark.slow  # and of no day

ORIENTATION, MAKE, X_RESOLUTION, UNIT = 0x0112, 0x010F, 0x011A, 0x0128
EXIF_IFD, GPS_IFD, SUB_IFDS, THUMBNAIL = 0x8769, 0x8825, 0x014A, 0x0201
PLAIN = encoded(picture((32, 24)), quality=95)
PLAIN_PNG = encoded(picture((32, 24)), "PNG")

needs_heif = pytest.mark.skipif(
    importlib.util.find_spec("pillow_heif") is None, reason="没有安装 pillow-heif，跳过 HEIC 测试"
)


def jpeg(*blocks: bytes) -> bytes:
    return with_segments(PLAIN, *((0xE1, block) for block in blocks))


def told(value: int, order: str = "<", kind: int = 3) -> Entry:
    return (ORIENTATION, kind, 1, short(order, value))


def stands(content: bytes, ending: str = ".jpg") -> int:
    """Which of the eight ways a picture was turned: its orientation as it was read."""
    made = decode(content, ending)
    for value in range(1, 9):
        wanted = turned(value)
        if wanted.size == made.size and alike(wanted, made):
            return value
    raise AssertionError("no way of turning gives this")


def turned(value: int) -> Image.Image:
    """The picture as Pillow turns it by sound EXIF."""
    marked = Image.Exif()
    marked[ORIENTATION] = value
    with Image.open(io.BytesIO(encoded(picture((32, 24)), "PNG", exif=marked))) as opened:
        return ImageOps.exif_transpose(opened)


def alike(one: Image.Image, other: Image.Image) -> bool:
    corners = [(x, y) for x in (2, one.width - 3) for y in (2, one.height - 3)]
    pairs = [(one.getpixel(at), other.getpixel(at)) for at in corners]
    return all(abs(a - b) < 20 for pair in pairs for a, b in zip(*pair, strict=True))


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("value", range(1, 9))
def test_a_photo_is_turned_all_eight_ways(value: int, order: str) -> None:
    block = exif(order, [told(value, order)])
    assert stands(jpeg(block)) == value
    assert stands(with_chunk(PLAIN_PNG, chunk(b"eXIf", block[6:])), ".png") == value
    assert stands(encoded(picture((32, 24)), "WEBP", exif=block, quality=95), ".webp") == value


def rational(order: str, at: int, kind: int, tag: int) -> Entry:
    return (tag, kind, 1, struct.pack(f"{order}L", at))


FAULTY = {
    "the make is a fraction": ((MAKE, 5, 1, b"\x26\0\0\0"),),
    "a resolution of minus one by nothing": (
        (X_RESOLUTION, 10, 1, b"\x3e\0\0\0"),
        (UNIT, 2, 4, b"inch"),
    ),
    "a count beyond all memory": ((MAKE, 2, 0xFFFFFFFF, b"\x26\0\0\0"),),
    "a type that does not exist": ((MAKE, 77, 1, b"\0\0\0\0"),),
    "a place beyond the end": ((MAKE, 2, 40, b"\xff\xff\xff\x7f"),),
    "directories that point at themselves": (
        (EXIF_IFD, 4, 1, b"\x08\0\0\0"),
        (GPS_IFD, 4, 1, b"\x08\0\0\0"),
        (SUB_IFDS, 4, 1, b"\x08\0\0\0"),
    ),
    "a directory that is text": ((EXIF_IFD, 2, 4, b"none"), (GPS_IFD, 12, 1, b"\x08\0\0\0")),
    "an orientation of text before the right one": ((ORIENTATION, 2, 2, b"6\0\0\0"),),
    "an orientation of nine before the right one": ((ORIENTATION, 3, 1, b"\x09\0\0\0"),),
}


@pytest.mark.parametrize("said", FAULTY)
def test_a_photo_with_faulty_exif_is_used_and_turned(said: str, tmp_path: Path) -> None:
    rest = struct.pack("<ll", 1, 1) * 3 + struct.pack("<ll", -1, 0) * 4
    block = exif("<", [*FAULTY[said], told(6)], following=8, rest=rest)
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(block))
    made = ingest(file, tmp_path / "cache").large
    assert (made.width, made.height) == (24, 32)
    png = with_chunk(PLAIN_PNG, chunk(b"eXIf", block[6:]))
    assert stands(png, ".png") == 6
    assert stands(encoded(picture((32, 24)), "WEBP", exif=block, quality=95), ".webp") == 6


@pytest.mark.parametrize("kind", [1, 3, 4])
def test_the_orientation_may_be_any_whole_number(kind: int) -> None:
    assert stands(jpeg(exif("<", [told(8, kind=kind)]))) == 8


@pytest.mark.parametrize(
    "entry",
    [
        (ORIENTATION, 3, 1, b"\0\0\0\0"),
        (ORIENTATION, 3, 1, b"\xff\xff\0\0"),
        (ORIENTATION, 2, 2, b"6\0\0\0"),
        (ORIENTATION, 5, 1, b"\x08\0\0\0"),
        (ORIENTATION, 3, 5, b"\x06\0\0\0"),
        (ORIENTATION, 3, 0, b"\x06\0\0\0"),
        (ORIENTATION, 7, 4, b"\x06\0\0\0"),
    ],
)
def test_a_photo_whose_orientation_makes_no_sense_stays_as_it_is(entry: Entry) -> None:
    assert stands(jpeg(exif("<", [entry]))) == 1


def test_what_the_thumbnails_directory_says_turns_nothing() -> None:
    second = struct.pack("<HHHL", 1, ORIENTATION, 3, 1) + short("<", 6) + bytes(4)
    assert stands(jpeg(exif("<", [], following=14, rest=second))) == 1


def test_the_first_block_that_tells_is_believed() -> None:
    assert stands(jpeg(exif("<", []), exif("<", [told(6)]), exif(">", [told(3, ">")]))) == 6


def test_a_later_block_may_be_cut_off_anywhere() -> None:
    block = exif("<", [told(6)])
    for length in range(len(block)):
        assert orientation(block[:length]) in (None, 6)
        assert stands(jpeg(block[:length], block)) == 6


def test_the_orientation_may_stand_in_xmp_alone() -> None:
    packet = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    jpeg_one = with_segments(PLAIN, (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet))
    assert stands(jpeg_one) == 6
    text = chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet)
    assert stands(with_chunk(PLAIN_PNG, text), ".png") == 6
    webp = encoded(picture((32, 24)), "WEBP", xmp=packet, quality=95)
    assert stands(webp, ".webp") == 6
    assert stands(with_segments(jpeg_one, (0xE1, exif("<", [told(3)])))) == 3


@needs_heif
def test_heic_is_turned_once_by_what_stands_outside_exif() -> None:
    import pillow_heif  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    pillow_heif.register_heif_opener()
    phone = picture((64, 48))
    phone.getexif()[ORIENTATION] = 6
    made = decode(encoded(phone, "HEIF", quality=95), ".heic")
    assert made.size == (48, 64)
    red, _, blue = made.getpixel((24, 20))
    assert red > blue
    twice = exif("<", [(ORIENTATION, 2, 2, b"6\0\0\0"), told(6)])
    made = decode(encoded(picture((64, 48)), "HEIF", exif=twice, quality=95), ".heic")
    assert made.size == (64, 48)
    red, _, blue = made.getpixel((20, 40))
    assert red > blue


TAGS = (ORIENTATION, MAKE, X_RESOLUTION, UNIT, EXIF_IFD, GPS_IFD, SUB_IFDS, THUMBNAIL, 0x0202, 0)
numbers = st.one_of(st.integers(0, 20), st.sampled_from([8, 0x7FFFFFFF, 0xFFFFFFFF]))
values = st.one_of(st.binary(min_size=4, max_size=4), numbers.map(lambda n: struct.pack("<L", n)))
entries = st.tuples(
    st.one_of(st.sampled_from(TAGS), st.integers(0, 0xFFFF)),
    st.one_of(st.integers(0, 14), st.integers(0, 0xFFFF)),
    numbers,
    values,
)
blocks = st.builds(
    exif,
    order=st.sampled_from("<>"),
    entries=st.lists(entries, max_size=8),
    following=numbers,
    rest=st.binary(max_size=60),
)
damaged = st.one_of(
    blocks,
    st.tuples(blocks, st.integers(0, 200)).map(lambda row: row[0][: row[1]]),
    st.binary(max_size=120).map(lambda data: b"Exif\0\0" + data),
    st.binary(max_size=60).map(lambda data: b"Exif\0\0II*\0" + data),
)
at_leisure = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@at_leisure
@given(st.lists(damaged, min_size=1, max_size=3))
def test_no_exif_keeps_a_photo_out(given_blocks: list[bytes]) -> None:
    for content, ending in (
        (jpeg(*given_blocks), ".jpg"),
        (with_chunk(PLAIN_PNG, chunk(b"eXIf", given_blocks[0][6:])), ".png"),
        (encoded(picture((32, 24)), "WEBP", exif=given_blocks[0], quality=95), ".webp"),
    ):
        assert 1 <= stands(content, ending) <= 8


@at_leisure
@given(
    order=st.sampled_from("<>"),
    before=st.lists(entries.filter(lambda row: row[0] != ORIENTATION), max_size=6),
    after=st.lists(entries, max_size=4),
    value=st.integers(2, 8),
    following=numbers,
    rest=st.binary(max_size=60),
)
def test_whatever_stands_around_it_a_sound_orientation_is_read(
    order: str, before: list[Entry], after: list[Entry], value: int, following: int, rest: bytes
) -> None:
    block = exif(order, [*before, told(value, order), *after], following, rest)
    assert stands(jpeg(block)) == value


@at_leisure
@given(st.binary(max_size=400))
def test_no_bytes_at_all_trip_the_reader_of_orientations(data: bytes) -> None:
    assert orientation(data) in (None, *range(1, 9))


@needs_heif
@settings(at_leisure, max_examples=25)
@given(damaged)
def test_no_exif_keeps_heic_out(block: bytes) -> None:
    import pillow_heif  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    pillow_heif.register_heif_opener()
    made = pillow_heif.from_pillow(picture((64, 48)))
    target = io.BytesIO()
    try:
        made.save(target, exif=block)
    except ValueError:  # not even its own encoder writes this
        reject()
    assert decode(target.getvalue(), ".heic").size in ((64, 48), (48, 64))


def test_check_says_nothing_of_a_photo_with_faulty_exif(tmp_path: Path) -> None:
    block = exif("<", [*FAULTY["the make is a fraction"], told(6)], rest=struct.pack("<ll", 1, 1))
    case = MINIMAL["data/cases/fault-crossing.yml"]
    assert isinstance(case, str)
    seen = "    alt: 量落差\n    people:\n      - nobody\n"
    figure = f"figures:\n  - file: media/a.jpg\n{seen}audience: public\n"
    tree = {
        "data/cases/fault-crossing.yml": case.replace("audience: public\n", figure),
        "data/media/a.jpg": jpeg(block),
    }
    assert report(check_tree(settle(write_tree(tmp_path, {**MINIMAL, **tree})))) == ""
