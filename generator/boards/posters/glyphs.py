"""Characters that no typeface has: found before anything is set, or drawn from a picture."""

from __future__ import annotations

import dataclasses
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from boards.board import Board
from boards.errors import Problem
from boards.media import cache_of, ingest
from boards.posters.fonts import FontSet
from boards.posters.inks import colours
from boards.records.posters import GlyphPicture
from boards.views.posters.words import Face, Poster, Prose, Words

_TINTS = ("ink", "red", "wine", "gold", "pale-gold", "stone", "paper")
"""The colours in which templates set text."""
_FACES = {Face.SONG: "宋体", Face.HEI: "黑体"}


def missing_glyphs(board: Board, posters: Iterable[Poster], fonts: FontSet) -> Iterator[Problem]:
    """Every character of a poster's text that its typeface lacks, once a field."""
    settings = board.branch.posters
    drawn = {glyph.character for glyph in settings.glyphs} if settings else set()
    told = set()
    for poster in posters:
        for words in _words(poster.view):
            for character in dict.fromkeys(words.text):
                known = fonts.has(words.face, character) or character in drawn
                if known or (words.at, character) in told:
                    continue
                told.add((words.at, character))
                name = unicodedata.name(character, "").startswith("CJK")
                found = (
                    f"“{character}”（U+{ord(character):04X}）"
                    f"在{_FACES[words.face]}“{fonts.families[words.face]}”里没有，印出来会是空白"
                )
                hint = (
                    "换成规范字；确实用这个字，就在 branch.yml 的 posters.glyphs 里给出它的图片"
                    if name
                    else "删掉或换一个符号；表情符号不能上展板"
                )
                yield place(board, words.at, found, hint, snippet=character)


def place(board: Board, at: str, found: str, hint: str, snippet: str = "") -> Problem:
    """A problem of the field that `at` (see Words) names."""
    table, record_id, *path = at.split("/")
    row = board.table(table)[record_id]
    steps = tuple(int(step) if step.isdecimal() else step for step in path)
    return board.problem(row, steps, found, hint, snippet=snippet)


def _words(value: Any) -> Iterator[Words | Prose]:
    """Every text of a view that a record holds."""
    if isinstance(value, Words | Prose):
        if value.at:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _words(getattr(value, field.name))


def glyph_files(board: Board, glyph: GlyphPicture) -> dict[str, str]:
    """The picture of a character in each colour of text, as files below the cache."""
    cache = cache_of(board.data)
    source = ingest(board.data / glyph.file, cache).large.path
    name = hashlib.sha256(source.name.encode("utf-8")).hexdigest()[:12]
    folder = cache.with_name("glyphs")
    folder.mkdir(parents=True, exist_ok=True)
    made = {}
    for tint in _TINTS:
        colour = colours()[tint]
        file = folder / f"{name}-{tint}.png"
        if not file.is_file():
            _draw(source, file, colour)
        made[colour] = f"glyphs/{file.name}"
    return made


def _draw(source: Path, target: Path, colour: str) -> None:
    """Dark pixels become the colour, light ones nothing."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only for sites with such characters

    with Image.open(source) as opened:
        grey = opened.convert("L")
    box = ImageOps.invert(grey).point(lambda level: 255 if level > 96 else 0).getbbox()
    side = max(grey.size)
    square = Image.new("L", (side, side), 255)
    letter = grey.crop(box) if box else grey
    square.paste(letter, ((side - letter.width) // 2, (side - letter.height) // 2))
    picture = Image.new("RGBA", square.size, colour)
    picture.putalpha(ImageOps.invert(square))
    part = target.with_suffix(".part")
    picture.save(part, "PNG", optimize=True)
    part.replace(target)
