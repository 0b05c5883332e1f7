"""Not a byte of what a camera writes beside its pixels is ever put out, whatever the format."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

import pytest
from PIL import Image

from boards.media import ingest
from boards.pixels.decode import PhotoRefused
from canary import FIGURES, ROOMS, PutOut
from dirty_photos import KINDS
from helpers import MINIMAL, check_tree, report, write_tree
from leaks import jpeg_segments, png_chunks, tokens_in, word

pytestmark = pytest.mark.slow

PIXELS_ONLY = {0xE0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDD}
"""JFIF header, tables, frames, scans, restart interval: what a picture cannot do without."""
DRAWN_ONLY = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"sRGB", b"gAMA"}

needs_heif = pytest.mark.skipif(
    importlib.util.find_spec("pillow_heif") is None, reason="没有安装 pillow-heif，跳过 HEIC 测试"
)
FORMATS = [pytest.param(kind, marks=needs_heif if kind == ".heic" else ()) for kind in KINDS]


def dirty(kind: str) -> tuple[bytes, list[str]]:
    """A photo of a kind, and what each of its tokens stands in."""
    said: list[str] = []

    def note(what: str) -> str:
        said.append(what)
        return word(len(said))

    return KINDS[kind](note), said


def pictures_tell_nothing(content: bytes) -> list[object]:
    """What a picture holds besides its pixels."""
    if content.startswith(b"\x89PNG"):
        return [kind for kind, _ in png_chunks(content) if kind not in DRAWN_ONLY]
    extra: list[object] = [
        hex(marker) for marker, _ in jpeg_segments(content) if marker not in PIXELS_ONLY
    ]
    extra += [data for marker, data in jpeg_segments(content) if marker == 0xE0 and len(data) > 14]
    return extra


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_comes_in_without_anything_that_was_written_into_it(
    kind: str, tmp_path: Path
) -> None:
    content, said = dirty(kind)
    file = tmp_path / f"photo{kind}"
    file.write_bytes(content)
    assert len(said) >= 10
    assert len(tokens_in(content)) >= len(said) - 2  # some are packed: in EXIF, or deflated
    made = ingest(file, tmp_path / "cache")
    for size in (made.small, made.large, made.print):
        clean = size.path.read_bytes()
        assert tokens_in(clean) == set()
        assert pictures_tell_nothing(clean) == []
        with Image.open(io.BytesIO(clean)) as image:
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)


def test_a_picture_that_tells_something_is_told_apart() -> None:
    """The guard of the test below: all of these hold more than pixels."""
    assert "0xe1" in pictures_tell_nothing(dirty(".jpg")[0])
    assert "0x0" in pictures_tell_nothing(dirty(".jpg")[0])
    assert {b"tEXt", b"eXIf", b"iCCP", b""} <= set(pictures_tell_nothing(dirty(".png")[0]))


def test_no_picture_that_is_put_out_holds_more_than_pixels(put_out: PutOut) -> None:
    search = put_out.search
    faults = {
        min(paths): extra
        for digest, paths in search.pictures.items()
        if (extra := pictures_tell_nothing(search.contents[digest]))
    }
    assert faults == {}
    places = {path for paths in search.pictures.values() for path in paths}
    assert {path.split("/")[0] for path in places} == set(ROOMS)
    for form in (".docx!", ".pdf!", ".zip!", ".html!data", "wechat/images/", "-wide.png"):
        assert any(form in path for path in places), form
    assert len(search.pictures) > 40


def test_no_token_of_any_original_is_put_out(put_out: PutOut) -> None:
    originals = {
        token
        for token, planted in put_out.garden.tokens.items()
        if planted.where.startswith("media/")
    }
    assert len(originals) > 20 * len(FIGURES)
    assert not originals & put_out.search.found.keys()


FIGURE = (
    "figures:\n  - file: {file}\n    alt: 量落差\n    people:\n      - nobody\naudience: public\n"
)


def said_of(root: Path, file: str) -> str:
    """What is said of a case with this photo."""
    case = MINIMAL["data/cases/fault-crossing.yml"]
    assert isinstance(case, str)
    text = case.replace("audience: public\n", FIGURE.format(file=file))
    return report(check_tree(write_tree(root, {"data/cases/fault-crossing.yml": text})))


def place(root: Path, name: str) -> Path:
    """A good photo at a place of its own, outside or inside data/media."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 30)).save(file, "JPEG")
    return file


def link(target: Path, at: Path) -> None:
    at.parent.mkdir(parents=True, exist_ok=True)
    try:
        at.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:  # Windows lets only some people make links
        pytest.skip("这台电脑不能建立链接")


def test_a_photo_that_is_a_link_is_refused(site: Path) -> None:
    link(place(site, "outside/secret.jpg"), site / "data" / "media" / "a.jpg")
    assert "照片 media/a.jpg 是一个链接" in said_of(site, "media/a.jpg")


def test_a_photo_in_a_linked_folder_is_refused(site: Path) -> None:
    link(place(site, "outside/secret.jpg").parent, site / "data" / "media" / "album")
    assert "照片 media/album/secret.jpg 是一个链接" in said_of(site, "media/album/secret.jpg")


def test_a_link_inside_the_folder_is_a_link_all_the_same(site: Path) -> None:
    link(place(site, "data/media/b.jpg"), site / "data" / "media" / "a.jpg")
    assert "是一个链接" in said_of(site, "media/a.jpg")


def test_a_folder_of_photos_that_is_itself_a_link_is_refused(site: Path) -> None:
    link(place(site, "outside/secret.jpg").parent, site / "data" / "media")
    assert "是一个链接" in said_of(site, "media/secret.jpg")


def test_two_photos_that_differ_by_case_are_one_on_windows(site: Path) -> None:
    place(site, "data/media/a.jpg")
    place(site, "data/media/A.jpg")
    if len([*(site / "data" / "media").iterdir()]) == 1:
        pytest.skip("这个磁盘不分大小写")
    assert "media/A.jpg、media/a.jpg 只有大小写不同" in said_of(site, "media/a.jpg")


def test_a_name_typed_in_another_case_is_told_as_it_is(site: Path) -> None:
    place(site, "data/media/Photo.jpg")
    said = said_of(site, "media/photo.jpg")
    assert "找不到照片 media/photo.jpg" in said or "大小写" in said
    assert "改成 media/Photo.jpg" in said


@pytest.mark.parametrize(
    "name", ["media/a.svg", "media/../a.jpg", "media/con.jpg", "/etc/a.jpg", "media/a.jpg/../b.jpg"]
)
def test_a_path_that_leads_out_or_names_a_drawing_or_a_device_is_refused(
    site: Path, name: str
) -> None:
    assert "cases/fault-crossing.yml" in said_of(site, name)
    assert " 错误 " in said_of(site, name)


def test_a_drawing_under_a_photos_name_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    )
    with pytest.raises(PhotoRefused, match="内容是 SVG 图形"):
        ingest(file, tmp_path / "cache")
