"""The quarterly linkage: archive and a page per quarter."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.records import Quarter, Talk
from boards.records.months import QuarterId
from boards.rules.periods import missing_quarters
from boards.views.scores import Scores, scores
from boards.views.workings import Step, quarter_steps
from boards.words.common import (
    Link,
    Page,
    PageBody,
    Person,
    Provenance,
    ZoneBadge,
    day,
    marks,
    person,
    provenance,
    provenances,
    zone_badge,
)
from boards.words.text import to_html


@dataclass(frozen=True, slots=True)
class StarCard:
    """The quarter's star."""

    person: Person
    citation: Markup
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZoneCard:
    """The quarter's excellent zone."""

    zone: ZoneBadge
    citation: Markup
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalkCard:
    """A Friday talk."""

    title: str
    person: Person
    zone: ZoneBadge
    date: str
    text: Markup


@dataclass(frozen=True, slots=True)
class QuarterView:
    """A quarter's page."""

    title: str
    meeting: str
    held: str
    """When and where."""
    decided_by: str
    star: StarCard
    excellent_zone: ZoneCard
    scores_title: str
    scores: Scores
    talks_title: str
    talks: tuple[TalkCard, ...]
    parts: tuple[Link, ...]
    """Its sections, by their anchors."""
    earlier: Link | None
    later: Link | None
    marks: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A quarter in the archive; a missing one has no link."""

    title: str
    url: str
    star: Person | None
    zone: ZoneBadge | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuartersView:
    """The archive, newest first."""

    meeting: str
    quarterly: str
    linkage: str
    steps: tuple[Step, ...]
    """How it goes, until there is a quarter to show."""
    quarters: tuple[QuarterRow, ...]
    provenance: tuple[Provenance, ...]


def star_card(board: Board, quarter: Quarter, edition: Edition) -> StarCard:
    """The star of a quarter."""
    return StarCard(
        person=person(board, board.members[quarter.star.member], edition),
        citation=to_html(quarter.star.citation),
        marks=marks(board, quarter),
    )


def zone_card(board: Board, quarter: Quarter) -> ZoneCard:
    """The excellent zone of a quarter."""
    return ZoneCard(
        zone=zone_badge(board.zones[quarter.excellent_zone.zone]),
        citation=to_html(quarter.excellent_zone.citation),
        marks=marks(board, quarter),
    )


def quarters_page(board: Board, edition: Edition) -> Page:
    """The archive; quarters without a record between the first and the last are shown as such."""
    body = Lazy(lambda: _archive(board, edition))
    return Page("quarters/index.html", "季度之星", "quarters.html", "季度", body)


def _archive(board: Board, edition: Edition) -> PageBody:
    ids = sorted([*board.quarters, *missing_quarters(list(board.quarters))], reverse=True)
    view = QuartersView(
        meeting=board.words.meeting,
        quarterly=board.words.quarterly,
        linkage=board.branch.linkage,
        steps=() if board.quarters else quarter_steps(board),
        quarters=tuple(_row(board, quarter_id, edition) for quarter_id in ids),
        provenance=provenances(board, [board.branch, *board.quarters.values()]),
    )
    return PageBody("每季度评出的优质责任区和党员之星", view)


def _row(board: Board, quarter_id: str, edition: Edition) -> QuarterRow:
    quarter = board.quarters.get(quarter_id)
    if quarter is None:
        return QuarterRow(QuarterId.of(quarter_id).title, "", None, None, ())
    return QuarterRow(
        title=quarter.title_text,
        url=f"quarters/{quarter.id}.html",
        star=person(board, board.members[quarter.star.member], edition),
        zone=zone_badge(board.zones[quarter.excellent_zone.zone]),
        marks=marks(board, quarter),
    )


def quarter_pages(board: Board, edition: Edition) -> list[Page]:
    """A page for each quarter, the newest first, with its neighbours in time."""
    quarters = sorted(board.quarters.values(), key=lambda quarter: quarter.id)
    pages = []
    for number, quarter in enumerate(quarters):
        earlier = quarters[number - 1] if number else None
        later = quarters[number + 1] if number + 1 < len(quarters) else None
        pages.append(_quarter_page(board, quarter, edition, _link(earlier), _link(later)))
    return pages[::-1]


def _link(quarter: Quarter | None) -> Link | None:
    return Link(quarter.title_text, f"quarters/{quarter.id}.html") if quarter else None


def _quarter_page(
    board: Board, quarter: Quarter, edition: Edition, earlier: Link | None, later: Link | None
) -> Page:
    year, number = QuarterId.of(quarter.id)
    return Page(
        f"quarters/{quarter.id}.html",
        f"{quarter.title_text}联动成绩",
        "quarter.html",
        "季度",
        Lazy(lambda: _of_quarter(board, quarter, edition, earlier, later)),
        also=(f"{year}年{number}季度", f"{number}季度", f"第{number}季度"),
    )


def _of_quarter(
    board: Board, quarter: Quarter, edition: Edition, earlier: Link | None, later: Link | None
) -> PageBody:
    meeting, called = quarter.meeting, board.words
    held = " ".join(part for part in (day(meeting.date), meeting.place) if part)
    view = QuarterView(
        title=quarter.title_text,
        meeting=called.meeting,
        held=held,
        decided_by=meeting.decided_by or "",
        star=star_card(board, quarter, edition),
        excellent_zone=zone_card(board, quarter),
        scores_title=called.scores,
        scores=scores(board, quarter),
        talks_title=f"{called.gathering_day} 心得分享",
        talks=tuple(_talk(board, talk, edition) for talk in quarter.talks),
        parts=(
            Link("评选结果", "#results"),
            Link(called.scores, "#scores"),
            *([Link("心得分享", "#talks")] if quarter.talks else []),
        ),
        earlier=earlier,
        later=later,
        marks=marks(board, quarter),
        provenance=provenance(board, quarter),
    )
    star = view.star.person.name
    zone = view.excellent_zone.zone.name
    words = (star, zone, *(f"{talk.title} {talk.person.name}" for talk in view.talks))
    return PageBody(f"党员之星：{star}；优质责任区：{zone}", view, words)


def _talk(board: Board, talk: Talk, edition: Edition) -> TalkCard:
    return TalkCard(
        title=talk.title,
        person=person(board, board.members[talk.member], edition),
        zone=zone_badge(board.zones[talk.zone]),
        date=day(talk.date),
        text=to_html(talk.text),
    )
