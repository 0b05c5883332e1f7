"""A zone on the meeting's sheet: its counts month by month, and how its score follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Month
from boards.records.counts import COUNTS
from boards.views.measures import own_counts
from boards.words.scoreboard import Rate, Scoreboard, ZoneScore, beside

NONE = "—"


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count in each month, and over the quarter."""

    label: str
    values: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class CountGroup:
    """Counts that belong together."""

    title: str
    rows: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate: its name, its arithmetic, its share in per cent (none: nothing to draw)."""

    label: str
    words: str
    share: float | None
    before: str
    """What it was in the quarters that it is laid beside; empty where none is known."""


@dataclass(frozen=True, slots=True)
class ZoneSheet:
    """One zone's numbers, how its rates follow from them, and its score."""

    name: str
    looks_at: str
    gap: str
    """What is missing, in words; empty if nothing is."""
    groups: tuple[CountGroup, ...]
    rates: tuple[RateLine, ...]
    score: str


def zone_sheet(
    board: Board, gathered: Scoreboard, score: ZoneScore, earlier: Mapping[str, Scoreboard]
) -> ZoneSheet:
    """What a zone has counted in a quarter; `earlier` are the quarters that it is laid beside."""
    zone = board.zones[score.zone]
    there = [name for name, month in gathered.months.items() if month]
    gaps = [f"{int(name[5:])}月" for name in there if name not in score.months]
    gap = f"{'、'.join(gaps)}的台账里没有这个区的数。" if gaps else ""
    if not score.months:
        gap = "三个月都没有这个区的数。"
    return ZoneSheet(
        name=zone.name,
        looks_at=zone.meeting_input,
        gap=gap,
        groups=(
            *(_groups(score.zone, gathered) if score.months else ()),
            *_own_groups(board, score.zone, gathered),
        ),
        rates=tuple(_rate(score.zone, rate, earlier) for rate in score.rates)
        if score.months
        else (),
        score=_score(score),
    )


def _groups(zone_id: str, gathered: Scoreboard) -> tuple[CountGroup, ...]:
    months = list(gathered.months.values())
    ends = [f"{int(name[5:])}月末" for name in gathered.months]
    groups = []
    for tally, shown in COUNTS[zone_id].tallies().items():
        rows = [
            _row(mark.label, _values(months, zone_id, name), ends if mark.standing else ())
            for name, mark in shown.items()
        ]
        groups.append(CountGroup(f"{tally.title}（{tally.unit}）", tuple(rows)))
    if zone_id == "safety":
        adopted = [
            len(month.safety.adopted) if month and month.safety else None for month in months
        ]
        groups.append(CountGroup("采纳的建议（条）", (_row("采纳", adopted),)))
    held = [
        sum(activity.zone == zone_id for activity in month.activities) if month else None
        for month in months
    ]
    return (*groups, CountGroup("活动（场）", (_row("举办", held),)))


def _own_groups(board: Board, zone_id: str, gathered: Scoreboard) -> Iterator[CountGroup]:
    """What this branch counts besides, as far as any of the months has counted it."""
    for count in own_counts(board, zone_id):
        months = gathered.months.values()
        found = [month.figure(count.id) if month else None for month in months]
        rows = [_row("完成", [figure.done if figure else None for figure in found])]
        if count.paired:
            rows.insert(0, _row("应完成", [figure.due if figure else None for figure in found]))
        if any(found):
            yield CountGroup(f"{count.name}（{count.unit}）", tuple(rows))


def _values(months: list[Month | None], zone_id: str, name: str) -> list[int | None]:
    groups = [month.counts(zone_id) if month else None for month in months]
    return [getattr(group, name) if group else None for group in groups]


def _row(label: str, values: list[int | None], ends: Sequence[str] = ()) -> CountRow:
    """`ends` names the months' ends for a count of what there is then."""
    known = [value for value in values if value is not None]
    total = str(sum(known)) if known else NONE
    if known and ends:
        last = max(number for number, value in enumerate(values) if value is not None)
        total = f"{ends[last]} {values[last]}"
    return CountRow(label, tuple(NONE if value is None else str(value) for value in values), total)


def _rate(zone_id: str, rate: Rate, earlier: Mapping[str, Scoreboard]) -> RateLine:
    share = None if rate.percent is None else float(rate.percent)
    before = beside(earlier, zone_id, rate.formula)
    return RateLine(rate.formula.label, _arithmetic(zone_id, rate), share, before)


def _arithmetic(zone_id: str, rate: Rate) -> str:
    """How a rate follows from the counts."""
    labels = {name: mark.label for name, mark in COUNTS[zone_id].shown().items()}
    formula = rate.formula
    done = " ＋ ".join(labels[name] for name in formula.plus)
    done += "".join(f" － {labels[name]}" for name in formula.minus)
    if formula.minus or len(formula.plus) > 1:
        done = f"（{done}）"
    words = f"{done} ÷ {labels[formula.of]}"
    if rate.percent is None:
        return f"{words}：{labels[formula.of]}是 0，不算"
    sum_of = f"{words} = {rate.done} ÷ {rate.of}"
    if rate.done > rate.of:
        return f"{sum_of}，超过 100%，按 {rate.percent}% 算"
    return f"{sum_of} = {rate.percent}%"


def _score(score: ZoneScore) -> str:
    known = [str(rate.percent) for rate in score.rates if rate.percent is not None]
    if score.score is None:
        return "没有得分"
    if len(known) == 1:
        return f"得分 {score.score}"
    return f"得分（{' ＋ '.join(known)}）÷ {len(known)} = {score.score}"
