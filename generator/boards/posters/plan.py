"""On how many sheets a list is set, and in what size of type, so that all of them look alike."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from boards.posters.setting import Fit
from boards.posters.views import Poster


class Trial(StrEnum):
    """What counts as fitting; `kit.typ` knows these words."""

    WELL = "well"
    """Large enough to read well."""
    FLOOR = "floor"
    """At any size that can still be read."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a poster is set in one size."""

    sheets: int = 1
    fit: Fit = field(default_factory=dict)
    fits: bool = True
    """Whether all finds room; if a list does not, each sheet holds one item and tells which."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of trying one sheet."""

    over: float
    """How many times the room that there is it would take; nothing if it fits."""
    parts: tuple[Mapping[str, Any], ...]
    """Drawing and size of each part of the sheet that was filled."""
    columns: int = 0
    """How many columns its list has; 0 if it is none."""
    unfit: bool = False
    """Whether something else finds no room, such as a title; no number of sheets helps that."""


Sheets = Callable[[int], Iterable[Poster]]
"""Divides a poster into so many sheets."""
Try = Callable[[Poster, Trial, Fit], Attempt]
"""Tries one of them."""


def plan(most: int, sheets: Sheets, attempt: Try) -> Plan:
    """The fewest sheets, up to `most`, that all read well; or else that can all be read."""
    for trial in Trial:
        tried = functools.cache(functools.partial(_tried, sheets, attempt, trial, {}))
        count = _fewest(most, tried)
        if not count:
            continue
        fits = not any(attempt.unfit for attempt in tried(count))
        for fit in _shared(tried(count)) if count > 1 else ():
            # What fits in columns or type of its own need not in those that all of them share.
            if not _tried(sheets, attempt, trial, fit, count)[-1].over:
                return Plan(count, fit, fits)
        return Plan(count, fits=fits)
    return Plan(most, fits=False)


def _tried(sheets: Sheets, attempt: Try, trial: Trial, fit: Fit, count: int) -> list[Attempt]:
    """What came of trying `count` sheets, up to the first that does not fit."""
    made = []
    for sheet in sheets(count):
        made.append(attempt(sheet, trial, fit))
        if made[-1].over:
            break
    return made


def _fewest(most: int, tried: Callable[[int], list[Attempt]]) -> int:
    """The least number of sheets that fit; 0 if none does.

    Few numbers are tried: how far one was over tells where to look next.
    """
    short, count = 0, math.ceil(most / _MANY)
    while over := tried(count)[-1].over:
        if count == most:
            return 0
        short, count = count, min(most, max(count + 1, math.ceil(count * over * _CAUTION)))
    while count - short > 1:
        middle = (count + short) // 2
        if tried(middle)[-1].over:
            short = middle
        else:
            count = middle
    return count


_MANY = 40
"""Items that are tried on one sheet at once: Typst takes a megabyte for each."""
_CAUTION = 0.9
"""What is divided takes a little less room than it did in one piece, or a little more."""


def _shared(attempts: Sequence[Attempt]) -> Iterator[Fit]:
    """The poorest drawing, the least size and the most columns that any of the sheets has; then
    the same with the columns left to each.
    """
    shared: dict[str, dict[str, float]] = {}
    for part in (part for attempt in attempts for part in attempt.parts if part["part"]):
        known = shared.setdefault(part["part"], {"draw": part["draw"], "size": part["size"]})
        known["draw"] = max(known["draw"], part["draw"])
        known["size"] = min(known["size"], part["size"])
    if columns := max(attempt.columns for attempt in attempts):
        yield {**shared, "body": {**shared["body"], "columns": columns}}
    yield shared
