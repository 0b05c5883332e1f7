"""Outcomes: large figures with their dates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.records import (
    Outcome,
)
from boards.rules.lint import is_stale
from boards.words.common import (
    Page,
    PageBody,
    Provenance,
    ZoneBadge,
    marks,
    provenance,
    provenances,
    zone_badge,
)


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """A result as a large figure or phrase."""

    name: str
    sign: str
    value: str
    unit: str
    statement: str
    period: str
    note: str
    zone: ZoneBadge | None
    as_of: str
    stale: bool
    marks: tuple[str, ...]
    passage: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class OutcomesView:
    """工作成效."""

    outcomes: tuple[OutcomeCard, ...]
    """The latest of each, to be set large."""
    all: tuple[OutcomeCard, ...]
    as_of: str
    """The date the latest share; empty when they differ and each shows its own."""
    one_source: bool
    """Whether all rest on the same: then it is said once, and of each only where it stands."""
    provenance: tuple[Provenance, ...]


def latest_outcomes(board: Board) -> list[Outcome]:
    """The outcomes but for those of which there is a later one of the same name."""
    newest: dict[str, datetime.date] = {}
    for row in board.outcomes.values():
        if row.as_of:
            newest[row.name] = max(newest.get(row.name, row.as_of.last_day), row.as_of.last_day)
    return [
        row
        for row in board.outcomes.values()
        if not row.as_of or row.as_of.last_day == newest[row.name]
    ]


def outcome_card(board: Board, outcome: Outcome, edition: Edition) -> OutcomeCard:
    """One outcome; stale when its date is older than the branch allows."""
    months = board.branch.stale_after_months
    wording = f"原文作“{outcome.original_wording}”" if outcome.original_wording else ""
    return OutcomeCard(
        name=outcome.name,
        sign=outcome.comparator.sign,
        value=outcome.value or "",
        unit=outcome.unit or "",
        statement=outcome.statement or "",
        period=outcome.period or "",
        note="；".join(part for part in (outcome.note or "", wording) if part),
        zone=zone_badge(board.zones[outcome.zone]) if outcome.zone else None,
        as_of=outcome.as_of.wording if outcome.as_of else "",
        stale=outcome.as_of is not None and is_stale(outcome.as_of, edition.today, months),
        marks=marks(board, outcome),
        passage=outcome.passage or "",
        provenance=provenance(board, outcome),
    )


def common_date(cards: tuple[OutcomeCard, ...]) -> str:
    """The date all outcomes share, to be said once, or nothing."""
    said = {f"截至{card.as_of}" + ("，待更新" if card.stale else "") for card in cards}
    return said.pop() if len(said) == 1 else ""


def outcomes_page(board: Board, edition: Edition) -> Page:
    """工作成效."""
    body = Lazy(lambda: _body(board, edition))
    return Page("outcomes.html", "工作成效", "outcomes.html", "成效", body)


def _body(board: Board, edition: Edition) -> PageBody:
    rows = {row.id: outcome_card(board, row, edition) for row in board.outcomes.values()}
    latest = tuple(rows[row.id] for row in latest_outcomes(board))
    found = provenances(board, board.outcomes.values())
    cards = tuple(rows.values())
    view = OutcomesView(latest, cards, common_date(latest), len(found) == 1, found)
    words = tuple(f"{card.name} {card.value}{card.unit} {card.statement}" for card in cards)
    return PageBody("有数字、有日期、有出处", view, words)
