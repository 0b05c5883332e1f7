"""A board cut onto sheets for an office printer, to be glued together (拼接打印).

Sheets overlap. Each is cut along its left and upper edge and laid on the strip that its neighbour
keeps there for glue, so that seams run along whole edges. The board's page stands in the file
once; every sheet shows its part of it, at finished size.
"""

from __future__ import annotations

import dataclasses
import io
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boards.formats import OFFICE_MARGIN, Size
from boards.typst.engine import Typesetter
from boards.typst.fonts import FAMILIES

if TYPE_CHECKING:
    import pikepdf

MARGIN = 8.0
"""White on each side of a sheet, in millimetres: labels stand there, beyond what printers lose."""
OVERLAP = 10.0
"""What two neighbours show alike, in millimetres: the strip for glue."""
_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Tile:
    """The part of a board that one sheet shows; all lengths in millimetres, from the upper left."""

    number: int
    """From 1, row by row."""
    row: int
    column: int
    left: float
    """Where it begins on the board."""
    top: float
    width: float
    height: float
    x: float
    """Where it begins on its sheet."""
    y: float


@dataclass(frozen=True, slots=True)
class Grid:
    """How a board is cut."""

    board: Size
    sheet: Size
    """Upright or lying, as fewer sheets are needed."""
    rows: int
    columns: int
    tiles: tuple[Tile, ...]

    @property
    def sheets(self) -> int:
        """How many sheets the board takes, without the assembly sheet."""
        return self.rows * self.columns


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the board is shown small, in millimetres on the assembly sheet."""

    x: float
    y: float
    width: float
    height: float
    scale: float


def grid(size: Size, sheet: Size) -> Grid:
    """The cuts of a board of `size` for paper of `sheet`, whichever way up needs fewer sheets.

    Parts are as even as whole millimetres allow, so that no sheet carries a mere sliver.
    """
    upright, lying = (
        dataclasses.replace(sheet, width=width, height=height)
        for width, height in ((sheet.short, sheet.long), (sheet.long, sheet.short))
    )
    return min((_cut(size, upright), _cut(size, lying)), key=lambda cut: cut.sheets)


def _cut(size: Size, sheet: Size) -> Grid:
    columns, across, wide = _parts(size.width, sheet.width - 2 * MARGIN)
    rows, down, tall = _parts(size.height, sheet.height - 2 * MARGIN)
    x = math.floor((sheet.width - wide) / 2)
    y = math.floor((sheet.height - tall) / 2)
    tiles = tuple(
        Tile(
            number=row * columns + column + 1,
            row=row + 1,
            column=column + 1,
            left=column * across,
            top=row * down,
            width=min(wide, size.width - column * across),
            height=min(tall, size.height - row * down),
            x=x,
            y=y,
        )
        for row in range(rows)
        for column in range(columns)
    )
    return Grid(size, sheet, rows, columns, tiles)


def _parts(length: float, room: float) -> tuple[int, float, float]:
    """How many parts a length takes, from one to the next, and the length of each."""
    count = max(1, math.ceil((length - OVERLAP) / (room - OVERLAP)))
    if count == 1:
        return 1, length, length
    step = float(math.ceil((length - OVERLAP) / count))
    return count, step, step + OVERLAP


def tile(pdf: bytes, size: Size, sheet: Size, typesetter: Typesetter, title: str) -> bytes:
    """A board's PDF in `Layout.FINISHED` as sheets to glue; the first page shows how.

    Boards made at 1:2 come out at their full size. Raises NotSet where `title` holds a character
    that the typefaces lack.
    """
    import pikepdf  # noqa: PLC0415 - heavy, and the print room only wants the grid

    cut = grid(size, sheet)
    overview = _overview(cut)
    marks = typesetter.pdf("tiles", _as_json(cut, overview, title))
    with pikepdf.open(io.BytesIO(marks)) as sheets, pikepdf.open(io.BytesIO(pdf)) as board:
        page = board.pages[0]
        tall = float(page.mediabox[3])
        shared = sheets.copy_foreign(page.as_form_xobject())
        first, *others = sheets.pages
        small = overview.scale * size.scale
        _show(first, shared, small, (overview.x, overview.y), tall)
        for part, other in zip(cut.tiles, others, strict=True):
            corner = (part.x - part.left, part.y - part.top)
            _show(other, shared, size.scale, corner, tall, clip=part)
        made = io.BytesIO()
        sheets.save(made, deterministic_id=True)
    return made.getvalue()


def _show(
    page: pikepdf.Page,
    board: pikepdf.Object,
    scale: float,
    corner: tuple[float, float],
    tall: float,
    clip: Tile | None = None,
) -> None:
    """Draw the board below a page's marks, its upper left corner in millimetres at `corner`.

    All is measured from the upper edge of both pages as they are written down: pages are rounded
    to a ten thousandth of a point, and measured from below neighbours would differ by that.
    """
    from pikepdf import Name  # noqa: PLC0415

    # Without a name of ours pikepdf would make up a random one.
    name = page.add_resource(board, Name.XObject, name=Name.Board)
    height = float(page.mediabox[3])
    left, top = (length * _POINTS for length in corner)
    steps = ["q"]
    if clip:
        x, y, w, h = (n * _POINTS for n in (clip.x, clip.y, clip.width, clip.height))
        steps.append(f"{x:.9f} {height - y - h:.9f} {w:.9f} {h:.9f} re W n")
    steps.append(f"{scale:.9f} 0 0 {scale:.9f} {left:.9f} {height - top - scale * tall:.9f} cm")
    steps.append(f"{name} Do Q\n")
    page.contents_add("\n".join(steps).encode("ascii"), prepend=True)


def _overview(cut: Grid) -> _Place:
    """The board in the upper part of an upright assembly sheet, in the left half of a lying one."""
    sheet, board = cut.sheet, cut.board
    unit = sheet.short / 210
    head = MARGIN + 24 * unit
    wide, tall = sheet.width - 2 * MARGIN, sheet.height - head - MARGIN
    upright = sheet.height > sheet.width
    room = (wide, tall * 0.58) if upright else (wide * 0.52, tall)
    scale = min(room[0] / board.width, room[1] / board.height)
    width, height = board.width * scale, board.height * scale
    return _Place(MARGIN + (room[0] - width) / 2, head, width, height, scale)


def _as_json(cut: Grid, overview: _Place, title: str) -> str:
    board, sheet = cut.board, cut.sheet
    way = "纵向" if sheet.height > sheet.width else "横向"
    content = {
        "title": title,
        "faces": {str(face): family for face, family in FAMILIES.items()},
        "board": {
            "label": board.label,
            "measures": f"{board.width:g} × {board.height:g} mm",
        },
        "sheet": {
            "label": f"{sheet.name[:2]} {way}",
            "way": way,
            "width": sheet.width,
            "height": sheet.height,
        },
        "rows": cut.rows,
        "columns": cut.columns,
        "margin": MARGIN,
        "reach": OFFICE_MARGIN,
        "overlap": OVERLAP,
        "overview": dataclasses.asdict(overview),
        "tiles": [dataclasses.asdict(part) for part in cut.tiles],
    }
    return json.dumps(content, ensure_ascii=False)
