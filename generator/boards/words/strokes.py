"""Order by the strokes of the surname (姓氏笔画), as Chinese lists of honour are kept."""

from __future__ import annotations

import functools
from pathlib import Path


@functools.cache
def _ranks() -> dict[str, int]:
    """Rank of each of the 8105 standard characters; see make_strokes.py for its making."""
    table = Path(__file__).with_name("strokes.txt").read_text(encoding="utf-8").strip()
    return {character: rank for rank, character in enumerate(table)}


def stroke_key(name: str) -> tuple[object, ...]:
    """Sort key of a name: surname by strokes, then shorter names first, then the given name.

    A character outside the standard table sorts after all that are in it, by code point.
    """
    ranks = _ranks()
    places = [ranks.get(character, len(ranks) + ord(character)) for character in name]
    return (places[:1], len(name), places[1:])
