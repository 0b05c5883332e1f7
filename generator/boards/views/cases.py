"""Cases: cards and stories."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from boards.board.board import Board
from boards.figures import Figure, figure_of
from boards.lazy import Lazy
from boards.records import (
    Case,
)
from boards.views.articles import article_link, write_ups
from boards.words.common import (
    Link,
    Page,
    PageBody,
    PhotoView,
    Provenance,
    ZoneBadge,
    marks,
    photo_view,
    provenance,
    provenances,
    zone_badge,
)
from boards.words.text import to_html, to_plain

CARDS = 12
"""Cases that stand with their pictures on the page of all; twenty years have ten times as many."""


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case in short."""

    title: str
    url: str
    type: str
    zone: ZoneBadge
    face: str
    headline: str
    summary: Markup
    photo: PhotoView | None
    """Its first picture."""
    drawn: str
    """The address of what is drawn of it where there is none."""
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureStep:
    """One thing that was done, ready for a page."""

    title: str
    text: Markup


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a story."""

    card: CaseCard
    facts: tuple[tuple[str, str], ...]
    background: Markup
    challenge: Markup
    measures: tuple[MeasureStep, ...]
    results: Markup
    lessons: tuple[str, ...]
    photos: tuple[PhotoView, ...]
    """Pictures but the first, which the card has."""
    figure: Figure | None
    """What is drawn of it where there is no picture."""
    people: tuple[Link, ...]
    people_note: str
    groups: tuple[Link, ...]
    write_ups: tuple[Link, ...]
    earlier: Link | None
    later: Link | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CaseYear:
    """Cases of one year, or of none that is known."""

    title: str
    cases: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CasesView:
    """All cases."""

    cases: tuple[CaseCard, ...]
    """The first ones, with pictures."""
    years: tuple[CaseYear, ...]
    """The others, in short."""
    provenance: tuple[Provenance, ...]


def cases_in_order(board: Board) -> list[Case]:
    """Explicit order first, then the newest, then by id."""

    def place(case: Case) -> tuple[bool, int, int, str]:
        known = case.as_of.last_day.toordinal() if case.as_of else 0
        return (case.order is None, case.order or 0, -known, case.id)

    return sorted(board.cases.values(), key=place)


def case_card(board: Board, case: Case) -> CaseCard:
    """One case in short."""
    return CaseCard(
        title=case.title,
        url=f"cases/{case.id}.html",
        type=case.type.label,
        zone=zone_badge(board.zones[case.zone]),
        face=board.faces[case.face].name if case.face else "",
        headline=case.headline,
        summary=to_html(case.summary),
        photo=photo_view(board, case.figures[0]) if case.figures else None,
        drawn="" if case.figures else figure_of(case).url,
        marks=marks(board, case),
    )


def figure_shown(case: Case) -> Figure | None:
    """The figure on a case's page: none beside pictures, and no scene of a zone."""
    figure = figure_of(case)
    return figure if figure.labels and not case.figures else None


def cases_page(board: Board) -> Page:
    """All cases."""
    body = Lazy(lambda: _all_cases(board))
    return Page("cases/index.html", "典型案例", "cases.html", "案例", body)


def _all_cases(board: Board) -> PageBody:
    cases = cases_in_order(board)
    cards = tuple(case_card(board, case) for case in cases[:CARDS])
    view = CasesView(cards, _years(board, cases[CARDS:]), provenances(board, cases))
    return PageBody("攻坚与创新", view)


def _years(board: Board, cases: list[Case]) -> tuple[CaseYear, ...]:
    years: dict[int, list[Link]] = {}
    for case in cases:
        link = Link(case.title, f"cases/{case.id}.html", case.headline, marks(board, case))
        years.setdefault(case.as_of.year if case.as_of else 0, []).append(link)
    return tuple(
        CaseYear(f"{year}年" if year else "日期待核", tuple(years[year]))
        for year in sorted(years, reverse=True)
    )


def case_pages(board: Board) -> list[Page]:
    """A page for each case, each leading to the one before and the one behind it."""
    cases = cases_in_order(board)
    links = [None, *(Link(case.title, f"cases/{case.id}.html") for case in cases), None]
    return [
        _case_page(board, case, links[place], links[place + 2]) for place, case in enumerate(cases)
    ]


def _case_page(board: Board, case: Case, earlier: Link | None, later: Link | None) -> Page:
    body = Lazy(lambda: _of_case(board, case, earlier, later))
    return Page(f"cases/{case.id}.html", case.title, "case.html", "案例", body)


def _of_case(board: Board, case: Case, earlier: Link | None, later: Link | None) -> PageBody:
    card = case_card(board, case)
    view = CaseView(
        card=card,
        facts=tuple((fact.label, fact.value) for fact in case.facts),
        background=to_html(case.background),
        challenge=to_html(case.challenge),
        measures=tuple(MeasureStep(m.title, to_html(m.text)) for m in case.measures),
        results=to_html(case.results),
        lessons=case.lessons,
        photos=tuple(photo_view(board, figure) for figure in case.figures[1:]),
        figure=figure_shown(case),
        people=tuple(
            Link(board.members[member_id].name, f"members/{member_id}.html")
            for member_id in case.people
        ),
        people_note=case.people_note or "",
        groups=tuple(
            Link(group.name, f"zones/{group.zone}.html#group-{group.id}")
            for group in (board.groups[group_id] for group_id in case.groups)
        ),
        write_ups=tuple(
            article_link(board, row) for row in write_ups(board) if row.case == case.id
        ),
        earlier=earlier,
        later=later,
        provenance=provenance(board, case),
    )
    words = (
        card.face,
        case.headline,
        to_plain(case.summary),
        to_plain(case.background),
        to_plain(case.challenge),
        *(f"{measure.title} {to_plain(measure.text)}" for measure in case.measures),
        to_plain(case.results),
        *case.lessons,
    )
    return PageBody(case.headline, view, words)
