"""Characters that no typeface has, found before anything is set."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

from boards.board.board import Board
from boards.errors import Problem
from boards.formats import Face
from boards.posters.setting import around
from boards.posters.views.words import Poster, PosterPhoto, Prose, Words, words_of
from boards.typst.fonts import FontSet
from boards.typst.glyphs import said_of, where


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
                    yield board.problem_at(at, *said, snippet=character)


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
