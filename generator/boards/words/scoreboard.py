"""The quarter's scoreboard: what three months' counts make of each zone, and whom that proposes.

A rate is what was done in the whole quarter of what was due or found in it, in per cent, at most
100. A zone's score is the mean of its rates. Both are rounded to one decimal before they are used
further, so that whoever has the sheet can recompute every figure. Counts with nothing to be
measured against (visits, 三违, measures…) are shown and never scored. The meeting decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from boards.board.board import Board
from boards.records import ZONE_IDS, Month
from boards.records.branch import Weights
from boards.records.counts import COUNTS, Formula
from boards.records.months import QuarterId

_TENTH = Decimal("0.1")

BEFORE = "上季"
EARLIER = {BEFORE: 1, "上年同季": 4}
"""The quarters that a quarter is laid beside: what they are called, how many quarters back."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate over the quarter; `percent` is None where nothing was due or found."""

    formula: Formula
    done: int
    of: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class ZoneScore:
    """One zone: the months that counted it, its rates, its score if it has one, its weight."""

    zone: str
    months: tuple[str, ...]
    rates: tuple[Rate, ...]
    score: Decimal | None
    weight: int

    @property
    def weighted(self) -> Decimal | None:
        """The score times its weight in per cent: what zones are compared by."""
        return None if self.score is None else _rounded(self.score * self.weight / 100)


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """A quarter's months (None for one without a record) and what they make of the zones."""

    quarter: str
    months: dict[str, Month | None]
    zones: tuple[ZoneScore, ...]

    @property
    def is_sample(self) -> bool:
        """Whether its numbers are fictional."""
        return any(month.sample for month in self.months.values() if month)

    def zone(self, zone_id: str) -> ZoneScore:
        """What the months make of one zone."""
        return next(zone for zone in self.zones if zone.zone == zone_id)

    @property
    def leaders(self) -> tuple[str, ...]:
        """The zones with the highest weighted score: one is proposed, several are a tie."""
        points = {zone.zone: zone.weighted for zone in self.zones if zone.weighted is not None}
        best = max(points.values(), default=None)
        return tuple(zone for zone, value in points.items() if value == best)


def scoreboard(board: Board, quarter_id: str) -> Scoreboard:
    """The scoreboard of a quarter.

    Samples count only where there is no real month at all: facts and fiction are never added up.
    """
    # The quarters around it ask, too, and every zone's page.
    return board.once(("scoreboard", quarter_id), lambda: _scoreboard(board, quarter_id))


def _scoreboard(board: Board, quarter_id: str) -> Scoreboard:
    names = map(str, QuarterId.of(quarter_id).months)
    months = {name: board.months.get(name) for name in names}
    if any(month and not month.sample for month in months.values()):
        months = {n: None if month and month.sample else month for n, month in months.items()}
    weights = board.branch.weights or Weights()
    zones = tuple(_zone(zone_id, months, getattr(weights, zone_id)) for zone_id in ZONE_IDS)
    return Scoreboard(quarter_id, months, zones)


def earlier_boards(board: Board, now: Scoreboard) -> dict[str, Scoreboard]:
    """The scoreboards to lay beside one, by what they are called.

    Only whole quarters, and fiction never beside facts.
    """
    quarter = QuarterId.of(now.quarter)
    found = {name: scoreboard(board, str(quarter.shifted(-back))) for name, back in EARLIER.items()}
    return {
        name: there
        for name, there in found.items()
        if all(there.months.values()) and there.is_sample == now.is_sample
    }


def beside(earlier: Mapping[str, Scoreboard], zone_id: str, formula: Formula) -> str:
    """What a rate was before: 上季 97.4%，上年同季 96.1%; empty where nothing is known."""
    return "，".join(
        f"{called} {rate.percent}%"
        for called, found in earlier.items()
        for rate in found.zone(zone_id).rates
        if rate.formula is formula and rate.percent is not None
    )


def _zone(zone_id: str, months: dict[str, Month | None], weight: int) -> ZoneScore:
    held = {name: month.counts(zone_id) for name, month in months.items() if month}
    counts = {name: group for name, group in held.items() if group}
    rates = tuple(
        _rate(
            formula, sum(map(formula.done, counts.values())), sum(map(formula.all, counts.values()))
        )
        for formula in COUNTS[zone_id].rates
    )
    known = [rate.percent for rate in rates if rate.percent is not None]
    score = _rounded(sum(known, Decimal()) / len(known)) if known else None
    return ZoneScore(zone_id, tuple(counts), rates, score, weight)


def _rate(formula: Formula, done: int, of: int) -> Rate:
    if of == 0:
        return Rate(formula, done, of, None)
    percent = _rounded(Decimal(done) * 100 / of)
    return Rate(formula, done, of, min(max(percent, Decimal("0.0")), Decimal("100.0")))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_HALF_UP)


def whole(score: Decimal) -> str:
    """A score as a quarter's record holds it: 0-100, without decimals."""
    return str(score.quantize(Decimal(1), ROUND_HALF_UP))
