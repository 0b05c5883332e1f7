"""Boards for an office printer: the sheets glue together to exactly the board that was set."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.formats import OFFICE_MARGIN, SHEETS, Size, parse_size
from boards.posters.room import posters_of
from boards.posters.setting import Layout, as_json
from boards.posters.tiling import MARGIN, OVERLAP, Tile, grid, tile
from boards.posters.views import Poster
from boards.posters.workshop import Workshop, workshop
from helpers import TODAY
from sites import copy_site

pytestmark = pytest.mark.slow

SIZES = ("A1", "A1-landscape", "A0", "A3", "60x40", "80x120", "120x240", "80x200", "20x10")
SHEET_NAMES = ("A4", "A3")

needs_poppler = pytest.mark.skipif(
    not (shutil.which("pdftoppm") and shutil.which("pdftotext")),
    reason="没有安装 poppler，跳过看拼接页的测试",
)


def sized(name: str) -> Size:
    size = parse_size(name)
    assert size
    return size


Cut = tuple[bytes, bytes]
"""A board and its sheets, as PDF."""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workshop, list[Poster]]:
    """The repository's posters, and what they are set with."""
    root = copy_site(tmp_path_factory.mktemp("site"))
    board, _ = check_folders(root / "data", root / "content", TODAY)
    prepared, posters = posters_of(board, Edition(EditionName.PREVIEW, TODAY))
    return workshop(prepared), posters


@pytest.fixture(scope="module")
def cut(room: tuple[Workshop, list[Poster]]) -> Callable[[str, str, str], Cut]:
    """Sets the first poster of a kind and cuts it onto sheets."""
    shop, posters = room

    def make(kind: str, size: str, sheet: str) -> Cut:
        poster = next(poster for poster in posters if poster.kind == kind)
        content = as_json(shop.studio, poster, sized(size), Layout.FINISHED)
        pdf = shop.typesetter.pdf(kind, content)
        return pdf, tile(pdf, sized(size), SHEETS[sheet], shop.typesetter, poster.title)

    return make


def rendered(pdf: bytes, ppi: float, folder: Path, *options: str) -> list[Image.Image]:
    """Pages as poppler draws them, all or as its options say."""
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(ppi), *options, folder / "a.pdf", folder / "p"]
    subprocess.run(command, check=True)
    return [Image.open(file).convert("RGB") for file in sorted(folder.glob("p*.ppm"))]


def text_of(pdf: bytes) -> list[str]:
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return ["".join(page.split()) for page in found.stdout.decode("utf-8").split("\f")]


def shown(part: Tile, page: Image.Image, scale: float) -> Image.Image:
    """What a sheet shows of the board; `scale` is pixels a millimetre."""
    sides = (part.x, part.y, part.x + part.width, part.y + part.height)
    return page.crop(tuple(round(side * scale) for side in sides))  # type: ignore[arg-type]


@needs_poppler
@pytest.mark.parametrize(
    ("kind", "size", "sheet", "ppi"),
    [
        ("star", "A1", "A4", 50.8),
        ("star", "A1", "A4", 127),
        ("star", "A1", "A3", 127),
        ("zone", "80x120", "A4", 50.8),
        ("zone", "80x120", "A3", 50.8),
        ("plate", "60x40", "A4", 127),
    ],
)
def test_sheets_glue_together_to_the_board_pixel_for_pixel(
    cut: Callable[[str, str, str], Cut],
    tmp_path: Path,
    kind: str,
    size: str,
    sheet: str,
    ppi: float,
) -> None:
    pdf, sheets = cut(kind, size, sheet)
    (board,) = rendered(pdf, ppi, tmp_path / "board")
    pages = rendered(sheets, ppi, tmp_path / "sheets")
    scale = ppi / 25.4
    # Poppler adds a row where a page's rounded side reaches a hair into the next pixel.
    whole = (round(sized(size).width * scale), round(sized(size).height * scale))
    glued = Image.new("RGB", whole, "lime")
    for part, page in zip(grid(sized(size), SHEETS[sheet]).tiles, pages[1:], strict=True):
        # As glued: each lies on its neighbours to the left and above.
        glued.paste(shown(part, page, scale), (round(part.left * scale), round(part.top * scale)))
    assert len(board.getcolors(1 << 20) or ()) > 20, "a blank board"
    assert ImageChops.difference(glued, board.crop((0, 0, *whole))).getbbox() is None


@needs_poppler
@pytest.mark.parametrize("number", [1, 90, 184])
def test_a_board_made_at_half_size_is_tiled_at_its_full_size(
    cut: Callable[[str, str, str], Cut], tmp_path: Path, number: int
) -> None:
    pdf, sheets = cut("brand", "600x300", "A3")
    found = grid(sized("600x300"), SHEETS["A3"])
    assert found.sheets == 184
    part = found.tiles[number - 1]
    page = str(number + 1)
    (sheet,) = rendered(sheets, 50.8, tmp_path / "sheets", "-f", page, "-l", page)
    sides = zip("xyWH", (part.left, part.top, part.width, part.height), strict=True)
    window = [word for name, side in sides for word in (f"-{name}", str(round(side * 2)))]
    (original,) = rendered(pdf, 101.6, tmp_path / "board", *window)
    assert ImageChops.difference(shown(part, sheet, 2), original).getbbox() is None


@needs_poppler
def test_neighbours_show_the_same_in_the_strip_for_glue(
    cut: Callable[[str, str, str], Cut], tmp_path: Path
) -> None:
    _, sheets = cut("star", "A1", "A4")
    pages = rendered(sheets, 50.8, tmp_path / "sheets")[1:]
    found = grid(sized("A1"), SHEETS["A4"])
    strip = round(OVERLAP * 2)
    parts = [shown(part, page, 2) for part, page in zip(found.tiles, pages, strict=True)]
    for part, here in zip(found.tiles, parts, strict=True):
        if part.column > 1:
            before = parts[part.number - 2]
            left = before.crop((before.width - strip, 0, *before.size))
            assert (
                ImageChops.difference(left, here.crop((0, 0, strip, here.height))).getbbox() is None
            )
        if part.row > 1:
            above = parts[part.number - 1 - found.columns]
            upper = above.crop((0, above.height - strip, *above.size))
            assert (
                ImageChops.difference(upper, here.crop((0, 0, here.width, strip))).getbbox() is None
            )


@needs_poppler
@pytest.mark.parametrize(("size", "sheet"), [("A1", "A4"), ("80x120", "A4"), ("60x40", "A3")])
def test_nothing_lies_where_an_office_printer_does_not_reach(
    cut: Callable[[str, str, str], Cut], tmp_path: Path, size: str, sheet: str
) -> None:
    _, sheets = cut("plate" if size == "60x40" else "zone", size, sheet)
    edge = round(OFFICE_MARGIN * 4)
    for page in rendered(sheets, 101.6, tmp_path / "sheets"):
        drawn = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
        assert drawn
        assert drawn[0] >= edge
        assert drawn[1] >= edge
        assert drawn[2] <= page.width - edge
        assert drawn[3] <= page.height - edge


@pytest.mark.parametrize("sheet", SHEET_NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_every_part_keeps_to_the_margins_and_meets_its_neighbours(size: str, sheet: str) -> None:
    board, found = sized(size), grid(sized(size), SHEETS[sheet])
    assert found.sheets == len(found.tiles) == found.rows * found.columns
    assert [part.number for part in found.tiles] == list(range(1, found.sheets + 1))
    for part in found.tiles:
        assert part.x >= MARGIN
        assert part.y >= MARGIN
        assert part.x + part.width <= found.sheet.width - MARGIN
        assert part.y + part.height <= found.sheet.height - MARGIN
        assert all(float(side).is_integer() for side in (part.x, part.y, part.left, part.top))
        right, lower = part.left + part.width, part.top + part.height
        if part.column < found.columns:
            assert right - found.tiles[part.number].left == OVERLAP
        else:
            assert right == board.width
        if part.row < found.rows:
            assert lower - found.tiles[part.number - 1 + found.columns].top == OVERLAP
        else:
            assert lower == board.height
        # A sliver would be a nuisance to glue.
        assert part.width > 0.8 * found.tiles[0].width
        assert part.height > 0.8 * found.tiles[0].height


@pytest.mark.parametrize(
    ("size", "sheet", "rows", "columns", "lying"),
    [
        ("A1", "A4", 5, 3, True),
        ("A1", "A3", 4, 2, True),
        ("80x120", "A4", 7, 3, True),
        ("80x120", "A3", 4, 3, False),
        ("60x40", "A4", 2, 4, False),
        ("20x10", "A4", 1, 1, True),
    ],
)
def test_a_board_takes_the_fewest_sheets_of_either_way_up(
    size: str, sheet: str, rows: int, columns: int, lying: bool
) -> None:
    found = grid(sized(size), SHEETS[sheet])
    assert (found.rows, found.columns) == (rows, columns)
    assert (found.sheet.width > found.sheet.height) == lying
    assert grid(sized(size), SHEETS[f"{sheet}-landscape"]).tiles == found.tiles


@needs_poppler
def test_every_sheet_says_which_it_is_and_what_to_do_with_its_edges(
    cut: Callable[[str, str, str], Cut],
) -> None:
    _, sheets = cut("star", "A1", "A4")
    first, *others = text_of(sheets)
    for words in ("拼接图", "党员之星", "A1竖版", "A4横向15张", "5行3列", "实际大小", "100毫米"):
        assert words in first
    assert [str(number) for number in range(1, 16) if str(number) not in first] == []
    for part, found in zip(grid(sized("A1"), SHEETS["A4"]).tiles, others, strict=False):
        assert f"第{part.number}张·第{part.row}行第{part.column}列（共15张）" in found
        assert "党员之星" in found
        flaps = (part.column < 3) + (part.row < 5)
        assert found.count("粘贴处") == flaps
        assert found.count("先沿这边裁去白边") == (part.column > 1) + (part.row > 1)
        assert found.count("全部拼好后裁去这边白边") == 4 - flaps - (part.column > 1) - (
            part.row > 1
        )


def test_the_board_stands_in_the_file_once_and_pages_are_sheets(
    cut: Callable[[str, str, str], Cut],
) -> None:
    _, sheets = cut("zone", "80x120", "A4")
    with pikepdf.open(io.BytesIO(sheets)) as document:
        boards = {page.Resources.XObject["/Board"].objgen for page in document.pages}
        assert len(boards) == 1
        assert len(document.pages) == 22
        for page in document.pages:
            width, height = (float(page.mediabox[at]) * 25.4 / 72 for at in (2, 3))
            assert (width, height) == pytest.approx((297, 210), abs=0.01)


def test_the_same_board_gives_the_same_sheets(cut: Callable[[str, str, str], Cut]) -> None:
    assert cut("star", "A1", "A4") == cut("star", "A1", "A4")
