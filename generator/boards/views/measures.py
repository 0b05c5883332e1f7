"""What a zone's counts say over the months: each with a sentence, and beside earlier quarters.

Facts and fiction are never added up: samples are left out as soon as one real month is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from boards.board.board import Board
from boards.records import Month, OwnCount
from boards.records.counts import COUNTS, Counts, Formula
from boards.records.months import MonthId, QuarterId

MONTHS_SHOWN = 12


class Way(Enum):
    """How a measure is drawn."""

    TRACK = "due, and what of it was done"
    COLUMNS = "what was done"
    LINE = "what there is, or what is to become fewer"


@dataclass(frozen=True, slots=True)
class Row:
    """A month, and its value of each column."""

    month: MonthId
    values: tuple[int, ...]

    @property
    def done(self) -> int:
        """What was done of what was due: all columns but the first."""
        return sum(self.values[1:])


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted; of a track, the first column is what was due."""

    name: str
    unit: str
    way: Way
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    standing: bool = False
    settles: bool = False
    """Whether what is not done of a track is not settled yet, rather than missing."""
    compared: str = ""
    """The newest whole quarter beside the one before and the same of last year, as far as known."""

    @property
    def highest(self) -> int:
        """The largest number that is drawn."""
        return max(max(row.values[0], row.done) for row in self.rows)


def shown_months(board: Board) -> list[Month]:
    """The newest months that are shown together."""
    return _together([board.months[name] for name in sorted(board.months)])[-MONTHS_SHOWN:]


def _together(months: list[Month]) -> list[Month]:
    real = [month for month in months if not month.sample]
    return real or months


def measures(board: Board, zone_id: str, months: Sequence[Month]) -> tuple[Measure, ...]:
    """All that a zone counts, in the months that counted it, the newest of them."""
    together = _together(list(months))
    usual = list(_usual(zone_id, together))
    own = [_own(count, together) for count in own_counts(board, zone_id)]
    return tuple(_newest(measure) for measure in (*usual, *own) if measure.rows)


def _newest(measure: Measure) -> Measure:
    return replace(measure, rows=measure.rows[-MONTHS_SHOWN:], compared=_compared(measure))


def own_counts(board: Board, zone_id: str) -> list[OwnCount]:
    """What a zone counts besides."""
    return [count for count in board.counts.values() if count.zone == zone_id]


def _own(count: OwnCount, months: list[Month]) -> Measure:
    found = [(month, figure) for month in months if (figure := month.figure(count.id))]
    rows = tuple(
        Row(
            MonthId.of(month.id),
            (figure.due or 0, figure.done) if count.paired else (figure.done,),
        )
        for month, figure in found
    )
    way, columns = (Way.TRACK, ("应完成", "完成")) if count.paired else (Way.COLUMNS, (count.name,))
    return Measure(count.name, count.unit, way, columns, rows)


def _usual(zone_id: str, months: list[Month]) -> Iterator[Measure]:
    model = COUNTS[zone_id]
    held = [(MonthId.of(month.id), counts) for month in months if (counts := month.counts(zone_id))]
    for tally, shown in model.tallies().items():
        if formula := _formula(model, set(shown)):
            names = (formula.of, *formula.plus)
            columns = tuple(shown[name].label for name in names)
            rows = _rows(held, names)
            yield Measure(
                tally.title, tally.unit, Way.TRACK, columns, rows, settles=formula.settles
            )
            continue
        for name, mark in shown.items():
            way = Way.LINE if mark.standing or mark.fewer else Way.COLUMNS
            called = tally.title if len(shown) == 1 else mark.label
            rows = _rows(held, (name,))
            yield Measure(called, tally.unit, way, (mark.label,), rows, mark.standing)


def _formula(model: type[Counts], names: set[str]) -> Formula | None:
    """What these counts are measured by: the rate that settles them, if there is one."""
    found = [f for f in model.rates if {f.of, *f.plus} <= names and not f.minus]
    return next((f for f in found if f.settles), found[0] if found else None)


def _rows(held: list[tuple[MonthId, Counts]], names: Sequence[str]) -> tuple[Row, ...]:
    return tuple(
        Row(month, tuple(getattr(counts, name) for name in names)) for month, counts in held
    )


def sentence(measure: Measure) -> str:
    """What the numbers say, as a title: 半年应报390，实报381，98%."""
    first, last = measure.rows[0], measure.rows[-1]
    if measure.way is Way.TRACK:
        totals = [sum(row.values[at] for row in measure.rows) for at in range(len(first.values))]
        said = "，".join(
            f"{label}{total}" for label, total in zip(measure.columns, totals, strict=True)
        )
        rate = percent(sum(totals[1:]), totals[0])
        return f"{_span(measure)}{said}" + (f"，{rate}" if rate else "")
    begin, end = first.month.within_year, last.month.within_year
    if measure.way is Way.COLUMNS:
        total = sum(row.values[0] for row in measure.rows)
        return f"{_span(measure)}{measure.name}{total}{measure.unit}"
    old, new = first.values[0], last.values[0]
    until = "底" if measure.standing else ""
    if len(measure.rows) == 1:
        return f"{begin}{until}{measure.name}{new}{measure.unit}"
    if old == new:
        return f"{measure.name}{begin}、{end}{until}都是{new}{measure.unit}"
    way = "降" if new < old else "升"
    since = f"{measure.name}从{begin}{until}的{old}{measure.unit}"
    return f"{since}{way}到{end}{until}的{new}{measure.unit}"


def percent(done: int, of: int) -> str:
    """A share in whole per cent; 100% only where nothing is missing."""
    if of == 0:
        return ""
    share = (200 * done + of) // (2 * of)
    return f"{min(share, 99) if done < of else share}%"


def _span(measure: Measure) -> str:
    first, last = measure.rows[0].month, measure.rows[-1].month
    count = len(measure.rows)
    if count == 1:
        return first.within_year
    whole = first.shifted(count - 1) == last
    return {6: "半年", 12: "一年"}.get(count, f"{count}个月") if whole else f"{count}个月"


def _compared(measure: Measure) -> str:
    """二季度98%，上季97%，上年同季96%: only whole quarters, and only beside another."""
    by_month = {row.month: row for row in measure.rows}

    def known(quarter: QuarterId) -> list[Row] | None:
        rows = [by_month[month] for month in quarter.months if month in by_month]
        return rows if len(rows) == len(quarter.months) else None

    newest = QuarterId.around(measure.rows[-1].month.last_day) if measure.rows else None
    while newest and not known(newest) and newest.months[-1] > measure.rows[0].month:
        newest = newest.shifted(-1)
    if newest is None or not (rows := known(newest)):
        return ""
    say = _worded(measure)
    others = ((f"上季{say(there)}", there) for there in [known(newest.shifted(-1))] if there)
    lasts = ((f"上年同季{say(there)}", there) for there in [known(newest.shifted(-4))] if there)
    beside = [words for words, _ in (*others, *lasts)]
    if not beside:
        return ""
    return "，".join([f"{'一二三四'[newest.number - 1]}季度{say(rows)}", *beside])


def _worded(measure: Measure) -> Callable[[list[Row]], str]:
    """How a quarter's rows are told in a word."""
    if measure.way is Way.TRACK:
        return lambda rows: (
            percent(sum(row.done for row in rows), sum(row.values[0] for row in rows))
            or f"0{measure.unit}"
        )
    if measure.standing:
        return lambda rows: f"末{rows[-1].values[0]}{measure.unit}"
    return lambda rows: f"{sum(row.values[0] for row in rows)}{measure.unit}"
