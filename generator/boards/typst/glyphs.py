"""Characters that no typeface has: what is said of them, and the pictures drawn in their place."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boards.board.board import Board
from boards.cache import Cache, home
from boards.colours import colours
from boards.errors import Problem
from boards.formats import Face
from boards.marks import behind
from boards.media import picture_at
from boards.pixels.decode import PhotoRefused
from boards.records.posters import GlyphPicture
from boards.records.schema import leaves
from boards.typst.fonts import FontSet

_TINTS = ("ink", "red", "wine", "gold", "pale-gold", "stone", "paper")
"""The colours in which templates set text."""
_RECIPE = "2"
"""Raise it when a picture is drawn in another way."""


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


def said_of(text: str, face: Face, fonts: FontSet, seen: str = "印出来") -> tuple[str, str]:
    """What is said of the last character of a text, which a face lacks, and what to do.

    `seen` is where a reader would meet it.
    """
    before, character = text[:-1], text[-1]
    code = f"U+{ord(character):04X}"
    lacks = f"{face.label}“{fonts.families[face]}”里没有，{seen}会是空白"
    if marked := behind(before, character):
        found, hint = marked
        return f"{found}，{lacks}", hint
    found = f"“{character}”（{code}）在{lacks}"
    if unicodedata.name(character, "").startswith("CJK"):
        rare = "换成规范字；确实用这个字，就在 branch.yml 的 posters.glyphs 里给出它的图片"
        return found, rare
    return found, "删掉或换一个符号；表情符号不能上展板，也不能进材料包"


def where(board: Board, character: str) -> str:
    """The first field of any record that holds a character which came by a roundabout way.

    Empty if there is none.
    """
    for row in board.everything():
        for leaf in leaves(row):
            if type(leaf.value) is str and character in leaf.value:
                return "/".join(str(part) for part in (row.table, row.id, *leaf.path))
    return ""
