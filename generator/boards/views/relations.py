"""Who belongs to what, drawn: names on the left, what they belong to right, lines between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH = 360.0
MOST = 24
"""Names that one figure holds; the lists beside it say the same of any number."""
_ROW, _FROM, _TO = 26.0, 104.0, 214.0
_NARROWEST, _WIDEST = 1.5, 8.0


@dataclass(frozen=True, slots=True)
class Tie:
    """That one belongs to another, and how much; 1 where there is no more to say."""

    one: str
    other: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class End:
    """A name, and where its foot stands."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line from left to right."""

    start: float
    end: float
    width: float


@dataclass(frozen=True, slots=True)
class Relation:
    """The figure."""

    ones: tuple[End, ...]
    others: tuple[End, ...]
    strokes: tuple[Stroke, ...]
    marks: tuple[str, ...]
    """All marks of those it shows."""
    height: float
    width: float = WIDTH
    left: float = _FROM
    right: float = _TO


def relation(ties: Sequence[Tie], called: dict[str, str], marks: Iterable[str]) -> Relation | None:
    """Lines as wide as their weight; nothing where there is one line, or more than can be seen."""
    ones = list(dict.fromkeys(tie.one for tie in ties))
    others = list(dict.fromkeys(tie.other for tie in ties))
    if len(others) < 2 or max(len(ones), len(others)) > MOST:
        return None
    rows = max(len(ones), len(others))
    at_one, at_other = _spread(ones, rows), _spread(others, rows)
    heaviest = max(tie.weight for tie in ties)
    strokes = tuple(
        Stroke(
            at_one[tie.one],
            at_other[tie.other],
            round(max(_NARROWEST, _WIDEST * tie.weight / heaviest), 1)
            if heaviest > 1
            else _NARROWEST,
        )
        for tie in ties
    )
    return Relation(
        ones=tuple(End(y, called[name]) for name, y in at_one.items()),
        others=tuple(End(y, called[name]) for name, y in at_other.items()),
        strokes=strokes,
        marks=tuple(dict.fromkeys(marks)),
        height=rows * _ROW,
    )


def _spread(names: Sequence[str], rows: int) -> dict[str, float]:
    """Names from top to bottom, as far apart as the longer side lets them."""
    step = rows * _ROW / len(names)
    return {name: round(step * (place + 0.5), 1) for place, name in enumerate(names)}
