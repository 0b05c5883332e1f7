"""Charts as geometry: a template draws them as plain SVG, and a table says the same.

Charts of one unit that stand together share one scale from zero, so that lengths can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boards.records.months import MonthId
from boards.views.measures import Measure, Row, Way, sentence

WIDTH = 360.0
_LABEL, _END = 40.0, 88.0
"""What a track leaves for its month before it, and for its number behind it."""
_ROW, _BAR, _BASE = 24.0, 14.0, 17.0
_HIGH, _TOP, _FOOT = 132.0, 24.0, 24.0
_SIDE = 18.0
_WIDEST = 34.0


@dataclass(frozen=True, slots=True)
class Box:
    """A bar; `role` says what of: track, done, more (done in another way), missing."""

    role: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its foot; `role`: start, middle, end, strong (the value that counts)."""

    role: str
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point; `role`: now, before (hollow), year (hollow and square)."""

    role: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """One measure, drawn; the table says it in numbers."""

    name: str
    title: str
    period: str
    unit: str
    compared: str
    key: tuple[tuple[str, str], ...]
    """Role and words of what is drawn in more than one way."""
    boxes: tuple[Box, ...]
    words: tuple[Word, ...]
    line: str
    dots: tuple[Dot, ...]
    floor: float
    """Where zero is for what stands upright; nought for what lies."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    width: float
    height: float


def charts(measured: Sequence[Measure]) -> tuple[Chart, ...]:
    """Every measure as a chart, on one scale for each unit."""
    highest: dict[str, int] = {}
    for measure in measured:
        highest[measure.unit] = max(highest.get(measure.unit, 1), measure.highest)
    return tuple(_chart(measure, highest[measure.unit]) for measure in measured)


def _chart(measure: Measure, highest: int) -> Chart:
    tracks = measure.way is Way.TRACK
    boxes, words, dots = (_tracks if tracks else _upright)(measure, highest)
    return Chart(
        name=measure.name,
        title=sentence(measure),
        period=_period(measure.rows[0].month, measure.rows[-1].month),
        unit=measure.unit,
        compared=measure.compared,
        key=_key(measure) if tracks else (),
        boxes=tuple(boxes),
        words=tuple(words),
        line=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        dots=tuple(dots),
        floor=0 if tracks else _HIGH - _FOOT,
        columns=measure.columns,
        rows=tuple((row.month.within_year, row.values) for row in measure.rows),
        width=WIDTH,
        height=_ROW * len(measure.rows) if tracks else _HIGH,
    )


def _key(measure: Measure) -> tuple[tuple[str, str], ...]:
    missing = any(row.done < row.values[0] for row in measure.rows)
    done = tuple(zip(("done", "more"), measure.columns[1:], strict=False))
    return (*done, *((("missing", _short(measure)),) if missing else ()))


def _tracks(measure: Measure, highest: int) -> tuple[list[Box], list[Word], list[Dot]]:
    scale = (WIDTH - _LABEL - _END) / highest
    boxes: list[Box] = []
    words: list[Word] = []
    for number, row in enumerate(measure.rows):
        top = number * _ROW
        due = row.values[0]
        at = _LABEL
        y = top + (_ROW - _BAR) / 2
        boxes.append(Box("track", at, y, round(due * scale, 1), _BAR))
        for role, value in zip(("done", "more"), row.values[1:], strict=False):
            boxes.append(Box(role, round(at, 1), y, round(value * scale, 1), _BAR))
            at += value * scale
        if row.done < due:
            boxes.append(Box("missing", round(at, 1), y, round((due - row.done) * scale, 1), _BAR))
        end = _LABEL + max(due, row.done) * scale + 6
        words.append(Word("start", 0, top + _BASE, row.month.within_year))
        words.append(Word("start", round(end, 1), top + _BASE, _reached(row, _short(measure))))
    return boxes, words, []


def _short(measure: Measure) -> str:
    return "未了" if measure.settles else "缺"


def _reached(row: Row, called: str) -> str:
    due, done = row.values[0], row.done
    short = f"，{called}{due - done}" if done < due else f"，多{done - due}" if done > due else ""
    return f"{done}/{due}{short}"


def _upright(measure: Measure, highest: int) -> tuple[list[Box], list[Word], list[Dot]]:
    """Columns or a line; of a line only the first and the last value stand at it."""
    slot = (WIDTH - 2 * _SIDE) / len(measure.rows)
    width = min(slot * 0.6, _WIDEST)
    floor = _HIGH - _FOOT
    boxes: list[Box] = []
    words: list[Word] = []
    dots: list[Dot] = []
    for number, row in enumerate(measure.rows):
        value = row.values[0]
        middle = round(_SIDE + slot * (number + 0.5), 1)
        high = (floor - _TOP) * value / highest
        y = round(floor - high, 1)
        last = number == len(measure.rows) - 1
        if measure.way is Way.COLUMNS:
            boxes.append(
                Box("done", round(middle - width / 2, 1), y, round(width, 1), round(high, 1))
            )
        else:
            dots.append(Dot("now" if last else "step", middle, y))
        if measure.way is Way.COLUMNS or last or number == 0:
            words.append(Word("strong" if last else "middle", middle, y - 7, str(value)))
        words.append(Word("middle", middle, _HIGH - 7, row.month.within_year))
    return boxes, words, dots


def _period(first: MonthId, last: MonthId) -> str:
    """2019年1月至6月."""
    if first == last:
        return first.title
    return f"{first.title}至{last.within_year if last.year == first.year else last.title}"
