"""Characters that no typeface has, drawn from pictures; and faults told at a field."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boards.board.board import Board
from boards.cache import Cache, home
from boards.errors import Problem, Severity
from boards.media import picture_at
from boards.pixels.decode import PhotoRefused
from boards.posters.inks import colours
from boards.posters.views import Poster
from boards.records.posters import GlyphPicture

_TINTS = ("ink", "red", "wine", "gold", "pale-gold", "stone", "paper")
"""The colours in which templates set text."""
_RECIPE = "2"
"""Raise it when a picture is drawn in another way."""


def main_record(board: Board, poster: Poster) -> str:
    """Where a fault of a whole poster is told: table and id of the record it is named after."""
    record = poster.records[0] if poster.record and poster.records else board.branch
    return f"{record.table}/{record.id}"


def place(
    board: Board,
    at: str,
    found: str,
    hint: str,
    snippet: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem of the field that `at` (see Words) names."""
    table, record_id, *path = at.split("/")
    row = board.table(table)[record_id]
    steps = tuple(int(step) if step.isdecimal() else step for step in path)
    return board.problem(row, steps, found, hint, snippet=snippet, severity=severity)


def glyph_files(board: Board, glyph: GlyphPicture) -> dict[str, str]:
    """The picture of a character in each colour of text, as files below the cache."""
    source = picture_at(board, board.data / glyph.file).large
    kept = Cache(home(board.data) / "glyphs", _RECIPE)
    tints = {f"-{colours()[tint][1:]}.png": colours()[tint] for tint in _TINTS}
    key = kept.key(source.digest, *tints)
    entry = kept.get(key) or kept.put(
        key, {end: _drawn(source.path, colour) for end, colour in tints.items()}
    )
    return {colour: f"glyphs/{entry.files[end].name}" for end, colour in tints.items()}


def check_glyph_pictures(board: Board) -> Iterator[Problem]:
    """Pictures of characters that are damaged, blank or anything but one character."""
    settings = board.branch.posters if board.branches else None
    for number, glyph in enumerate(settings.glyphs if settings else ()):
        found = _glyph_fault(board, board.data / glyph.file)
        if found:
            hint = "给一张黑字白底、接近正方形、只有这一个字的图片"
            path = ("posters", "glyphs", number, "file")
            yield board.problem(board.branch, path, f"“{glyph.character}”的图片{found}", hint)


def _glyph_fault(board: Board, file: Path) -> str:
    from PIL import Image  # noqa: PLC0415 - only for sites with such characters

    if not file.is_file():
        return "找不到"
    try:
        with Image.open(picture_at(board, file).large.path) as opened:
            box = _ink_box(opened.convert("L"))
    except (PhotoRefused, OSError) as error:
        return f"不能用（{getattr(error, 'found', '读不了')}）"
    if box is None:
        return "是空白的"
    wide, tall = box[2] - box[0], box[3] - box[1]
    return "不像一个字（太扁或太长）" if not 0.25 <= wide / tall <= 4 else ""


def _ink_box(grey: Any) -> Any:
    """Where the dark pixels are; none in a blank picture."""
    from PIL import ImageOps  # noqa: PLC0415

    return ImageOps.invert(grey).point(lambda level: 255 if level > 96 else 0).getbbox()


def _drawn(source: Path, colour: str) -> bytes:
    """Dark pixels become the colour, light ones nothing."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only for sites with such characters

    with Image.open(source) as opened:
        grey = opened.convert("L")
    letter = grey.crop(_ink_box(grey))
    side = round(max(letter.size) * 1.08)
    square = Image.new("L", (side, side), 255)
    square.paste(letter, ((side - letter.width) // 2, (side - letter.height) // 2))
    picture = Image.new("RGBA", square.size, colour)
    picture.putalpha(ImageOps.invert(square))
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()
