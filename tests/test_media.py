"""Photos: what is refused, what is mended, and that nothing of the original file gets out."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from boards import media
from boards.board.load import load
from boards.editions.edition import EditionName
from boards.errors import BoardError
from boards.media import EYES_AT, Framing, Picture, cache_of, framing_of, ingest, picture
from boards.pixels.decode import PhotoRefused
from boards.records import Portrait
from helpers import settle
from sites import build_site, change, copy_site, tree

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F
SECRET = "SECRET-CAMERA-OWNER"


def photo(size: tuple[int, int] = (640, 480), mode: str = "RGB") -> Image.Image:
    """A picture whose left half is red, so that turning it shows."""
    image = Image.new("RGB", size, (20, 60, 120))
    image.paste((200, 10, 10), (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def save(image: Image.Image, file: Path, kind: str = "JPEG", **options: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, kind, **options)
    return file


def phone_photo(file: Path) -> Path:
    """Sideways, with the owner's name and the place it was taken at."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = SECRET
    exif[GPS] = {1: "N", 2: (33.0, 55.0, 12.0), 3: "E", 4: (117.0, 6.0, 30.0)}
    return save(photo(), file, exif=exif, comment=SECRET.encode())


def test_a_sideways_photo_stands_upright(tmp_path: Path) -> None:
    made = ingest(phone_photo(tmp_path / "a.jpg"), tmp_path / "cache")
    assert (made.large.width, made.large.height) == (480, 640)
    with Image.open(made.large.path) as image:
        red, _, blue = image.getpixel((240, 100))
        assert red > blue  # the left half became the top
        red, _, blue = image.getpixel((240, 560))
        assert red < blue


def test_nothing_of_the_original_file_survives(tmp_path: Path) -> None:
    made = ingest(phone_photo(tmp_path / "a.jpg"), tmp_path / "cache")
    for size in (made.small, made.large, made.print):
        data = size.path.read_bytes()
        assert SECRET.encode() not in data
        assert b"Exif" not in data
        assert b"ICC_PROFILE" not in data
        with Image.open(size.path) as image:
            assert not dict(image.getexif())
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                       "progressive", "progression"}  # fmt: skip


def test_sizes_never_grow_beyond_the_original(tmp_path: Path) -> None:
    made = ingest(save(photo((4000, 3000)), tmp_path / "a.jpg"), tmp_path / "cache")
    assert (made.small.width, made.large.width, made.print.width) == (480, 1200, 3000)
    made = ingest(save(photo((300, 200)), tmp_path / "b.jpg"), tmp_path / "cache")
    assert (made.small.width, made.large.width, made.print.width) == (300, 300, 300)


def test_a_photo_is_worked_on_once(tmp_path: Path) -> None:
    file = save(photo(), tmp_path / "a.jpg")
    first = ingest(file, tmp_path / "cache")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").glob("*.jpg")}
    assert ingest(file, tmp_path / "cache") == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").glob("*.jpg")} == before


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "RGBA", "LA"])
def test_every_common_mode_becomes_plain_colour(tmp_path: Path, mode: str) -> None:
    kind, name = ("JPEG", "a.jpg") if mode in {"L", "CMYK"} else ("PNG", "a.png")
    made = ingest(save(photo(mode=mode), tmp_path / name, kind), tmp_path / "cache")
    with Image.open(made.small.path) as image:
        assert image.mode == "RGB"


def test_transparency_is_white_like_paper(tmp_path: Path) -> None:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    made = ingest(save(image, tmp_path / "a.png", "PNG"), tmp_path / "cache")
    with Image.open(made.small.path) as shown:
        assert min(shown.getpixel((20, 20))) > 250


def huge_png() -> bytes:
    """A PNG of 30 000 × 30 000 pixels in a few bytes: a decoder that starts on it is lost."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def jpeg_bytes() -> bytes:
    buffer = io.BytesIO()
    photo((2000, 1500)).effect_spread(40).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.jpg", jpeg_bytes()[:20000], "不完整"),
        ("wrong.png", jpeg_bytes(), "内容是 JPEG"),
        ("huge.png", huge_png(), "像素太多"),
        ("text.jpg", b"this is no photo", "不是能用的照片"),
        ("empty.jpg", b"", "文件是空的"),
        (
            "drawing.jpg",
            b"<svg xmlns='a'><script/></svg>",
            "内容是 SVG 图形",
        ),
        ("heavy.jpg", b"\xff\xd8" + bytes(41 * 1024 * 1024), "超过 40 MB"),
        ("gif.jpg", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "内容是 GIF 图片"),
    ],
)
def test_unusable_photos_are_refused_in_words(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(PhotoRefused) as refused:
        ingest(file, tmp_path / "cache")
    assert said in refused.value.found
    assert refused.value.hint
    assert not (tmp_path / "cache").exists()


PHOTO = "    photo:\n      file: media/chen.jpg\n      alt: 陈化永戴安全帽的正面照\n"
CONSENT = "    consent:\n      site: true\n      date: 2019-08-01\n"


def with_photo(root: Path, extra: str = "") -> Path:
    """Give 陈化永 a photo (a drawing, here) and whatever else is said of him."""
    copy_site(root)
    phone_photo(root / "data" / "media" / "chen.jpg")
    change(root / "data" / "members.yml", "    name: 陈化永\n", f"    name: 陈化永\n{PHOTO}{extra}")
    return settle(root)


def test_a_photo_with_consent_is_shown_in_two_sizes(tmp_path: Path) -> None:
    site = tree(build_site(with_photo(tmp_path, CONSENT)).target)
    page = site["members/chen-hua-yong.html"].decode("utf-8")
    assert 'alt="陈化永戴安全帽的正面照"' in page
    assert 'width="480" height="640"' in page
    shown = [name for name in site if name.startswith("media/")]
    assert len(shown) == 2
    assert all(SECRET.encode() not in site[name] for name in shown)
    assert not [name for name in shown if "print" in name]


def test_a_wrong_ending_is_told_even_when_the_same_photo_is_known(tmp_path: Path) -> None:
    file = save(photo(), tmp_path / "a.jpg")
    ingest(file, tmp_path / "cache")
    copied = tmp_path / "a.png"
    copied.write_bytes(file.read_bytes())
    with pytest.raises(PhotoRefused, match="内容是 JPEG，只是名字叫 png"):
        ingest(copied, tmp_path / "cache")


@pytest.mark.slow
def test_a_build_reads_every_photo_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = with_photo(tmp_path, CONSENT + "      print: true\n")
    build_site(root)
    asked: list[Path] = []

    def counted(file: Path, cache: Path, framing: Framing | None = None) -> Picture:
        asked.append(file)
        return ingest(file, cache, framing)

    monkeypatch.setattr(media, "ingest", counted)
    build_site(root)
    assert asked == [root / "data" / "media" / "chen.jpg"]


def test_a_photo_changed_meanwhile_is_read_anew_and_boards_share_nothing(tmp_path: Path) -> None:
    root = with_photo(tmp_path, CONSENT)
    board = load(root / "data", root / "content")[0]
    shown = board.members["chen-hua-yong"].photo
    assert shown
    before = picture(board, shown)
    assert picture(board.with_tables({}), shown) is before
    assert picture(load(root / "data", root / "content")[0], shown) is not before
    save(photo((300, 200)), root / "data" / "media" / "chen.jpg")
    assert picture(board, shown).large.width == 150  # cut to 3:4


def test_no_consent_no_photo(tmp_path: Path) -> None:
    site = tree(build_site(with_photo(tmp_path)).target)
    assert not [name for name in site if name.startswith("media/")]
    assert 'src="../media/' not in site["members/chen-hua-yong.html"].decode("utf-8")


def test_a_photo_leaves_with_its_member(tmp_path: Path) -> None:
    root = with_photo(tmp_path, CONSENT + "    left_on: 2026-01-01\n")
    site = tree(build_site(root, EditionName.PUBLISH).target)
    assert not [name for name in site if name.startswith("media/")]
    assert "陈化永" in site["honours.html"].decode("utf-8")


def test_a_bad_photo_stops_the_build_at_its_line(tmp_path: Path) -> None:
    root = with_photo(tmp_path, CONSENT)
    file = root / "data" / "media" / "chen.jpg"
    file.write_bytes(jpeg_bytes()[:20000])
    with pytest.raises(BoardError) as raised:
        build_site(root)
    (problem,) = raised.value.problems
    assert problem.place.path == "data/members.yml"
    assert "照片不完整" in problem.found
    assert problem.field == "photo.file（照片·文件）"


def test_a_figure_needs_words_and_is_shown_with_its_caption(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    save(photo((2400, 1600)), root / "data" / "media" / "support.jpg")
    case = root / "data" / "cases" / "ii830-fault-crossing.yml"
    text = case.read_text(encoding="utf-8")
    seen = "    caption: 测量现场\n    people:\n      - nobody\n"
    figure = f"figures:\n  - file: media/support.jpg\n{seen}"
    case.write_text(f"{text}{figure}", encoding="utf-8")
    with pytest.raises(BoardError, match="替代文字"):
        build_site(root)
    case.write_text(f"{text}{figure}    alt: 党员用钢尺量侧护板落差\n", encoding="utf-8")
    page = tree(build_site(root).target)["cases/ii830-fault-crossing.html"].decode("utf-8")
    assert 'alt="党员用钢尺量侧护板落差"' in page
    assert "<figcaption>测量现场</figcaption>" in page
    assert cache_of(root / "data").is_dir()


def eyes_in(made: Picture) -> tuple[float, float]:
    """Where the white spot of a dark photo stands, as shares of width and height."""
    with Image.open(made.large.path) as image:
        box = image.convert("L").point(lambda level: 255 if level > 160 else 0).getbbox()
    assert box
    return (box[0] + box[2]) / 2 / made.large.width, (box[1] + box[3]) / 2 / made.large.height


@pytest.mark.parametrize(
    ("size", "spot", "zoom"),
    [((1600, 1200), (70, 40), 1), ((900, 1600), (50, 40), 1), ((1600, 1200), (30, 50), 2)],
)
def test_the_eyes_of_all_portraits_stand_at_one_height(
    size: tuple[int, int], spot: tuple[int, int], zoom: int, tmp_path: Path
) -> None:
    across, down = (size[0] * spot[0] // 100, size[1] * spot[1] // 100)
    image = Image.new("RGB", size, (20, 20, 20))
    image.paste((250, 250, 250), (across - 20, down - 20, across + 20, down + 20))
    file = save(image, tmp_path / "a.jpg", quality=95)
    record = Portrait(file="media/a.jpg", alt="x", eyes=f"{spot[0]},{spot[1]}", zoom=str(zoom))
    made = ingest(file, tmp_path / "cache", framing_of(record))
    assert made.large.width / made.large.height == pytest.approx(3 / 4, abs=0.01)
    x, y = eyes_in(made)
    assert x == pytest.approx(0.5, abs=0.02)
    if zoom > 1 or size[1] > size[0]:  # elsewhere the photo ends before
        assert y == pytest.approx(EYES_AT, abs=0.02)


def test_a_portrait_is_never_cut_beyond_its_edges(tmp_path: Path) -> None:
    file = save(photo(), tmp_path / "a.jpg")
    made = ingest(file, tmp_path / "cache", Framing(0, 0, 3))
    with Image.open(made.large.path) as image:
        assert image.getpixel((image.width // 2, image.height - 2))[0] > 150  # red, not black


def test_a_photo_framed_anew_is_made_anew(tmp_path: Path) -> None:
    file = save(photo(), tmp_path / "a.jpg")
    first = ingest(file, tmp_path / "cache", Framing(0.2, 0.5, 2))
    second = ingest(file, tmp_path / "cache", Framing(0.8, 0.5, 2))
    assert first.large.digest != second.large.digest
