"""For wide-format printing: a picture that knows its size, and the sheet for the shop."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from boards.formats import NAMED_SIZES, SCREEN, Size, known_size, parse_size
from boards.posters.wide import material, pixels, spec_sheet, with_resolution
from boards.typst.engine import Typesetter
from boards.typst.fonts import font_set

pytestmark = pytest.mark.slow

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过读取 PDF 文字的测试"
)


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    """An engine that needs no site."""
    root = tmp_path_factory.mktemp("site")
    return Typesetter(root / ".boards", font_set(root / "data", None))


def sheet_for(typesetter: Typesetter, size: Size, contact: str = "") -> bytes:
    return spec_sheet(
        title="2019年第二季度党员之星",
        size=size,
        files=[f"star-2019-Q2-{size.name}-wide.pdf", f"star-2019-Q2-{size.name}-wide.png"],
        version="56607F4E",
        contact=contact,
        owner="朱仙庄矿 综采二区党支部",
        typesetter=typesetter,
    )


def text_of(pdf: bytes) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return "".join(found.stdout.decode("utf-8").split())


def drawn(size: tuple[int, int], mode: str = "RGBA") -> bytes:
    """A picture as Typst draws it: without a resolution, transparent where nothing is."""
    made = io.BytesIO()
    picture = Image.new(mode, size)
    picture.paste((168, 7, 26, 255), (0, 0, size[0] // 2, size[1]))
    picture.save(made, "PNG")
    return made.getvalue()


def board(name: str) -> Size:
    size = parse_size(name)
    assert size
    return size


@needs_pdftotext
def test_the_sheet_says_what_the_shop_must_know(typesetter: Typesetter) -> None:
    text = text_of(sheet_for(typesetter, board("80x120"), "李宣传 0557-1234567"))
    for words in (
        "喷绘说明单",
        "朱仙庄矿综采二区党支部",
        "2019年第二季度党员之星",
        "80×120cm",
        "800×1200mm",
        "120dpi",
        "3780×5669像素",
        "star-2019-Q2-80x120-wide.pdf",
        "star-2019-Q2-80x120-wide.png",
        "写真喷绘不留出血",
        "56607F4E",
        "KT板",
        "C0M100Y100K30",
        "照片也是sRGB",
        "李宣传0557-1234567",
        "数量",
    ):
        assert words in text, words
    assert "1:2" not in text


@needs_pdftotext
def test_a_board_of_six_metres_is_said_to_be_made_at_half_size(typesetter: Typesetter) -> None:
    text = text_of(sheet_for(typesetter, board("600x300")))
    assert "按1:2制作，输出时放大到200%" in text
    assert "6000×3000mm" in text
    assert "36dpi（成品），图片8504×4252像素" in text
    assert "72ppi" in text
    assert "喷绘布" in text


@pytest.mark.parametrize("name", ["A4", "80x120", "80x200", "600x300", "20x10"])
def test_the_sheet_is_one_page_of_a4_and_the_same_every_time(
    typesetter: Typesetter, name: str
) -> None:
    made = sheet_for(typesetter, board(name))
    assert made == sheet_for(typesetter, board(name))
    with pikepdf.open(io.BytesIO(made)) as document:
        (page,) = document.pages
        sides = [float(page.mediabox[at]) * 25.4 / 72 for at in (2, 3)]
        assert sides == pytest.approx([210, 297], abs=0.01)


def test_a_long_title_and_many_files_stay_on_one_page(typesetter: Typesetter) -> None:
    made = spec_sheet(
        title="Ⅱ830工作面过断层：" + "每班量一次落差" * 8,
        size=board("600x300"),
        files=[f"case-ii830-fault-crossing-600x300-wide-1to2-{number}.png" for number in range(6)],
        version="56607F4E",
        contact="综采二区党支部 李宣传 0557-1234567 " * 3,
        owner="淮北矿业集团朱仙庄矿 综采二区党支部",
        typesetter=typesetter,
    )
    with pikepdf.open(io.BytesIO(made)) as document:
        assert len(document.pages) == 1


def test_every_size_that_is_printed_has_a_material() -> None:
    for name in NAMED_SIZES:
        if known_size(name) != SCREEN:
            assert material(known_size(name))
    assert "车贴" in material(board("80x120"))
    assert "KT" in material(board("120x240"))  # 2.88 square metres
    assert material(board("200x300")).startswith("喷绘布")
    assert material(board("80x200")).startswith("易拉宝相纸")
    with pytest.raises(ValueError, match="not printed"):
        material(SCREEN)


def test_a_picture_carries_its_resolution_and_nothing_transparent() -> None:
    made = with_resolution(drawn((600, 400)), 120)
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.info["dpi"] == pytest.approx((120, 120), abs=0.02)
        assert picture.mode == "RGB"
        assert picture.size == (600, 400)
        assert picture.getpixel((10, 10)) == (168, 7, 26)
        assert picture.getpixel((590, 10)) == (255, 255, 255)
    assert made == with_resolution(drawn((600, 400)), 120)


def test_a_picture_larger_than_any_photo_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    made = with_resolution(drawn((300, 200), "RGBA"), 144)
    assert made.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["60x40", "80x120", "240x120"])
def test_the_pixels_on_the_sheet_are_those_of_the_picture(
    typesetter: Typesetter, tmp_path: Path, name: str
) -> None:
    # A page of the size, set by the same engine at the same resolution.
    import typst  # noqa: PLC0415

    size = board(name)
    source = f"#set page(width: {size.width}mm, height: {size.height}mm)\n"
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    picture = typst.compile(tmp_path / "a.typ", format="png", ppi=size.dpi)
    with Image.open(io.BytesIO(with_resolution(picture, size.dpi))) as found:
        assert found.size == pixels(size)
        across = found.width / found.info["dpi"][0] * 25.4
    # PNG counts whole pixels a metre.
    assert across == pytest.approx(size.width, abs=0.5)
