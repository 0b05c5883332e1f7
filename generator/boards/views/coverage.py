"""包保: who looks after which crew."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.records import Crew, PartialDate
from boards.rules.lint import is_stale
from boards.views.relations import Relation, Tie, relation
from boards.views.workings import Step, coverage_steps
from boards.words.common import (
    Page,
    PageBody,
    Person,
    Provenance,
    marks,
    person,
    provenances,
)


@dataclass(frozen=True, slots=True)
class Taker:
    """Who looks after how many of a crew, and how many others look after before it."""

    person: Person
    heads: int
    before: int


@dataclass(frozen=True, slots=True)
class CrewRow:
    """A crew, its strength, and the members who look after it."""

    name: str
    strength: int
    taken: int
    """How many are looked after: all of them, or it were an error."""
    takers: tuple[Taker, ...]
    as_of: str
    stale: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """包保: every crew with its takers."""

    crews: tuple[CrewRow, ...]
    steps: tuple[Step, ...]
    """How it goes, until there is a crew to show."""
    drawn: Relation | None
    """Who looks after whom, as a figure."""
    workers: int
    members: int
    provenance: tuple[Provenance, ...]


def coverage_page(board: Board, edition: Edition) -> Page:
    """包保覆盖."""
    body = Lazy(lambda: _body(board, edition))
    return Page("coverage.html", "党员包保", "coverage.html", "包保", body)


def _body(board: Board, edition: Edition) -> PageBody:
    crews = list(board.crews.values())
    taker_ids = {taking.member for crew in crews for taking in crew.takers}
    view = CoverageView(
        crews=tuple(
            CrewRow(
                name=crew.name,
                strength=crew.strength,
                taken=sum(taking.heads for taking in crew.takers),
                takers=_takers(board, crew, edition),
                as_of=_date(crew).wording,
                stale=is_stale(_date(crew), edition.today, board.branch.stale_after_months),
                marks=marks(board, crew),
            )
            for crew in crews
        ),
        steps=() if crews else coverage_steps(),
        drawn=_drawn(board, crews),
        workers=sum(crew.strength for crew in crews),
        members=len(taker_ids),
        provenance=provenances(board, crews),
    )
    words = tuple(crew.name for crew in crews)
    return PageBody("每名职工都有党员联系", view, words)


def _takers(board: Board, crew: Crew, edition: Edition) -> tuple[Taker, ...]:
    before = 0
    found = []
    for taking in crew.takers:
        found.append(
            Taker(person(board, board.members[taking.member], edition), taking.heads, before)
        )
        before += taking.heads
    return tuple(found)


def _drawn(board: Board, crews: list[Crew]) -> Relation | None:
    ties = [Tie(t.member, crew.id, t.heads) for crew in crews for t in crew.takers]
    called = {tie.one: board.members[tie.one].name for tie in ties}
    called |= {crew.id: f"{crew.name} {crew.strength}人" for crew in crews}
    return relation(ties, called, (mark for crew in crews for mark in marks(board, crew)))


def _date(crew: Crew) -> PartialDate:
    assert crew.as_of  # a crew without one is an error
    return crew.as_of
