"""Posters of what was done: cases, outcomes, honours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.figures import Figure, figure_of
from boards.formats import Face
from boards.posters.views.sheets import shared_in_groups, shared_out
from boards.posters.views.words import (
    Poster,
    PosterPhoto,
    PosterZone,
    Prose,
    Words,
    poster,
    poster_photo,
    poster_zone,
    said,
    said_all,
    said_if,
    told,
)
from boards.records import Case, Honour, Outcome
from boards.views.cases import cases_in_order
from boards.views.honours import sorted_honours
from boards.views.outcomes import latest_outcomes
from boards.words.common import marks


@dataclass(frozen=True, slots=True)
class PosterHonour:
    """One honour."""

    title: Words
    holder: Words
    year: str
    level: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PosterHonours:
    """The branch's honours, or those of its members."""

    title: str
    honours: tuple[PosterHonour, ...]


@dataclass(frozen=True, slots=True)
class HonoursPoster:
    """光荣榜, highest level and newest year first."""

    groups: tuple[PosterHonours, ...]

    @property
    def most_parts(self) -> int:
        """One honour a sheet."""
        return sum(len(group.honours) for group in self.groups)

    def parts(self, count: int) -> list[HonoursPoster]:
        """Honours in order, under the heading of their group on every sheet."""
        groups = [(group, group.honours) for group in self.groups]
        return [
            HonoursPoster(tuple(replace(group, honours=some) for group, some in run))
            for run in shared_in_groups(groups, count)
        ]


@dataclass(frozen=True, slots=True)
class PosterMeasure:
    """One thing that was done."""

    title: Words
    text: Prose


@dataclass(frozen=True, slots=True)
class PosterFact:
    """A line of the facts box."""

    label: Words
    value: Words


@dataclass(frozen=True, slots=True)
class CasePoster:
    """案例海报: one sentence that carries, and the story behind it."""

    type: str
    zone: PosterZone
    title: Words
    headline: Words
    summary: Prose
    facts: tuple[PosterFact, ...]
    background: Prose
    challenge: Prose
    measures: tuple[PosterMeasure, ...]
    results: Prose
    lessons: tuple[Words, ...]
    people_note: Words | None
    figures: tuple[PosterPhoto, ...]
    drawn: Figure
    """What stands there without photos."""


@dataclass(frozen=True, slots=True)
class PosterOutcome:
    """A result as a large figure or phrase."""

    name: Words
    sign: str
    value: str
    unit: Words | None
    statement: Words | None
    period: Words | None
    as_of: str
    zone: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomesPoster:
    """工作成效."""

    outcomes: tuple[PosterOutcome, ...]

    @property
    def most_parts(self) -> int:
        """One outcome a sheet."""
        return len(self.outcomes)

    def parts(self, count: int) -> list[OutcomesPoster]:
        """Outcomes in order."""
        return [OutcomesPoster(some) for some in shared_out(self.outcomes, count)]


def honours_poster(board: Board) -> Iterator[Poster]:
    """The honour wall, if there is an honour."""
    honours = sorted_honours(board)
    if not honours:
        return
    shared = [row for row in honours if row.holder not in board.members]
    own = [row for row in honours if row.holder in board.members]
    groups = [
        PosterHonours(title, tuple(_honour(board, row) for row in rows))
        for title, rows in (("集体荣誉", shared), ("个人荣誉", own))
        if rows
    ]
    view = HonoursPoster(tuple(groups))
    yield poster(board, "honours", view, [*honours], url="honours.html")


def _honour(board: Board, honour: Honour) -> PosterHonour:
    return PosterHonour(
        title=said(honour, "title", face=Face.SONG),
        holder=said(board.holder(honour), "name", face=Face.SONG),
        year=f"{honour.year}年度" if honour.year else "年份待核",
        level=honour.level.label,
        marks=marks(board, honour),
    )


def case_posters(board: Board) -> Iterator[Poster]:
    """A poster for each case."""
    for case in cases_in_order(board):
        url = f"cases/{case.id}.html"
        yield poster(board, "case", _case(board, case), [case], url, case.title)


def _case(board: Board, case: Case) -> CasePoster:
    return CasePoster(
        type=case.type.label,
        zone=poster_zone(board.zones[case.zone]),
        title=said(case, "title", face=Face.SONG),
        headline=said(case, "headline", face=Face.SONG),
        summary=told(case, "summary"),
        facts=tuple(
            PosterFact(
                said(case, "facts", number, "label"),
                said(case, "facts", number, "value"),
            )
            for number in range(len(case.facts))
        ),
        background=told(case, "background"),
        challenge=told(case, "challenge"),
        measures=tuple(
            PosterMeasure(
                said(case, "measures", number, "title"),
                told(case, "measures", number, "text"),
            )
            for number in range(len(case.measures))
        ),
        results=told(case, "results"),
        lessons=said_all(case, "lessons"),
        people_note=said_if(case, "people_note"),
        figures=tuple(poster_photo(board, figure) for figure in case.figures),
        drawn=figure_of(case),
    )


def outcomes_poster(board: Board) -> Iterator[Poster]:
    """The outcomes, if there are any."""
    outcomes = latest_outcomes(board)
    if outcomes:
        view = OutcomesPoster(tuple(_outcome(board, row) for row in outcomes))
        yield poster(board, "outcomes", view, [*outcomes], url="outcomes.html")


def _outcome(board: Board, row: Outcome) -> PosterOutcome:
    return PosterOutcome(
        name=said(row, "name"),
        sign=row.comparator.sign,
        value=row.value or "",
        unit=said_if(row, "unit"),
        statement=said_if(row, "statement", face=Face.SONG),
        period=said_if(row, "period"),
        as_of=f"截至{row.as_of.wording}" if row.as_of else "",
        zone=row.zone or "",
        marks=marks(board, row),
    )
