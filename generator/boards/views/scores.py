"""A quarter's scores and rates beside those of the quarter before and of a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Quarter
from boards.records.months import QuarterId
from boards.words.common import ZoneBadge, marks, zone_badge
from boards.words.scoreboard import EARLIER, Scoreboard, beside, earlier_boards, scoreboard

_STEP, _SHORTEST = 5, 10
"""Points between two ticks of the scores' axis, and the shortest axis."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score, and where its dot stands on the axis, in per cent of it."""

    value: int
    at: float


@dataclass(frozen=True, slots=True)
class RateBar:
    """A rate of the quarter; `share` in per cent of the whole."""

    label: str
    share: str
    said: str
    before: str
    """上季 97.4%，上年同季 96.1%; empty where nothing is known."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One zone on the scoreboard."""

    zone: ZoneBadge
    looks_at: str
    now: Score
    before: Score | None
    year: Score | None
    change: str
    """比上季高 2 分; empty where nothing is known."""
    summary: str
    won: bool
    rates: tuple[RateBar, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """All zones on one shortened axis."""

    title: str
    """What the scores say, in a sentence."""
    rows: tuple[ScoreRow, ...]
    ticks: tuple[Score, ...]
    axis: str
    """That the axis is shortened; empty if it is not."""
    others: tuple[tuple[str, str], ...]
    """Roles and words of the other dots: before, year."""
    counted: bool
    """Whether the months' counts stand below; their marks."""
    marks: tuple[str, ...]


def scores(board: Board, quarter: Quarter) -> Scores:
    """The scores of a quarter; fiction is never laid beside facts."""
    now = _by_zone(quarter)
    before, year = (_by_zone(_earlier(board, quarter, back)) for back in EARLIER.values())
    shown = [*now.values(), *before.values(), *year.values()]
    low, high = _axis(shown)
    counted = _counted(board, quarter)
    earlier = earlier_boards(board, counted) if counted else {}

    def dot(value: int | None) -> Score | None:
        return None if value is None else Score(value, round(100 * (value - low) / (high - low), 1))

    summaries = {result.zone: result.summary for result in quarter.results}
    rows = []
    for zone in board.zones.values():
        at = dot(now[zone.id])
        assert at
        rows.append(
            ScoreRow(
                zone=zone_badge(zone),
                looks_at=zone.meeting_input,
                now=at,
                before=dot(before.get(zone.id)),
                year=dot(year.get(zone.id)),
                change=_change(now[zone.id], before.get(zone.id)),
                summary=summaries[zone.id],
                won=zone.id == quarter.excellent_zone.zone,
                rates=_rates(zone.id, counted, earlier),
            )
        )
    step = _STEP if high - low <= 6 * _STEP else 4 * _STEP
    ticks = tuple(filter(None, map(dot, range(low, high + 1, step))))
    axis = f"横轴从{low}分起" if low else ""
    others = zip(("before", "year"), EARLIER, (before, year), strict=True)
    months = [month for month in (counted.months if counted else {}).values() if month]
    return Scores(
        title=_title(rows),
        rows=tuple(rows),
        ticks=ticks,
        axis=axis,
        others=tuple((role, called) for role, called, found in others if found),
        counted=any(row.rates for row in rows),
        marks=tuple(dict.fromkeys(mark for month in months for mark in marks(board, month))),
    )


def _by_zone(quarter: Quarter | None) -> dict[str, int]:
    return {result.zone: result.score for result in quarter.results} if quarter else {}


def _earlier(board: Board, quarter: Quarter, back: int) -> Quarter | None:
    found = board.quarters.get(str(QuarterId.of(quarter.id).shifted(-back)))
    return found if found and found.sample == quarter.sample else None


def _counted(board: Board, quarter: Quarter) -> Scoreboard | None:
    """What the months of a quarter make of the zones, if all three are there."""
    found = scoreboard(board, quarter.id)
    whole = all(found.months.values()) and found.is_sample == quarter.sample
    return found if whole else None


def _axis(values: list[int]) -> tuple[int, int]:
    """From a tick below the lowest to one above the highest, never beyond 0 and 100."""
    low = max((min(values) - 1) // _STEP * _STEP, 0)
    high = min(-(-(max(values) + 1) // _STEP) * _STEP, 100)
    return min(low, high - _SHORTEST), high


def _change(now: int, before: int | None) -> str:
    if before is None:
        return ""
    if now == before:
        return "和上季一样"
    return f"比上季{'高' if now > before else '低'}{abs(now - before)}分"


def _title(rows: list[ScoreRow]) -> str:
    best = max(row.now.value for row in rows)
    leaders = [row for row in rows if row.now.value == best]
    names = "、".join(row.zone.name for row in leaders)
    if len(leaders) > 1:
        return f"{names}都是{best}分，并列最高"
    change = leaders[0].change
    return f"{names}{best}分最高" + (f"，{change}" if change else "")


def _rates(
    zone_id: str, counted: Scoreboard | None, earlier: Mapping[str, Scoreboard]
) -> tuple[RateBar, ...]:
    rates = counted.zone(zone_id).rates if counted else ()
    return tuple(
        RateBar(
            label=rate.formula.label,
            share=str(rate.percent),
            said=f"{rate.done}/{rate.of}，{rate.percent}%",
            before=beside(earlier, zone_id, rate.formula),
        )
        for rate in rates
        if rate.percent is not None
    )
