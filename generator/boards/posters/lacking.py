"""Characters that no typeface has, found before anything is set."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from boards.board.board import Board
from boards.errors import Problem
from boards.formats import Face
from boards.marks import behind
from boards.posters.fonts import FontSet
from boards.posters.glyphs import place
from boards.posters.setting import around
from boards.posters.views.words import Poster, PosterPhoto, Prose, Words, words_of
from boards.records.schema import leaves


def missing_glyphs(
    board: Board,
    posters: Iterable[Poster],
    fonts: FontSet,
) -> Iterator[Problem]:
    """Every character of a poster's text that its typeface lacks, once a field."""
    settings = board.branch.posters
    drawn = {glyph.character for glyph in settings.glyphs} if settings else set()
    told = set()
    for poster in posters:
        others = [
            Words(text, Face.HEI, "") for text in (*_strings(poster.view), *around(board, poster))
        ]
        for words in (*words_of(poster.view), *others):
            for number, character in enumerate(words.text):
                if fonts.has(words.face, character) or character in drawn:
                    continue
                at = words.at or where(board, character) or f"branches/{board.branch.id}"
                if (at, character) not in told:
                    told.add((at, character))
                    said = said_of(words.text[: number + 1], words.face, fonts)
                    yield place(board, at, *said, snippet=character)


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


def _strings(value: Any) -> Iterator[str]:
    """The texts of a view that were put together, such as dates and posts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Words | Prose | PosterPhoto):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
