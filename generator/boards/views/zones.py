"""The four zones: overview and a page each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.drawings import SCENES
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.records import Case, Month, Zone
from boards.views.activities import CalendarEntry, zone_calendar
from boards.views.cases import cases_in_order
from boards.views.charts import Chart, charts
from boards.views.groups import GroupCard, group_card, groups_drawn
from boards.views.honours import HonourCard, honour_card, sorted_honours
from boards.views.measures import measures, shown_months
from boards.views.plates import Plate, plate_card
from boards.views.relations import Relation
from boards.views.roles import RoleColumn, role_columns
from boards.words.common import (
    Link,
    Page,
    PageBody,
    Provenance,
    ZoneBadge,
    marks,
    person,
    provenance,
    shared_marks,
    zone_badge,
)
from boards.words.text import to_plain

SHOWN = 8
"""Cases, honours and quarters of a zone that stand on its page."""


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone's page."""

    badge: ZoneBadge
    scene: str
    """The address of the drawing of what it is about."""
    parts: tuple[Link, ...]
    """Its sections, by their anchors."""
    meeting: str
    summary: str
    meeting_input: str
    roles: tuple[RoleColumn, ...]
    plates: tuple[Plate, ...]
    groups: tuple[GroupCard, ...]
    groups_drawn: Relation | None
    """Who is in which group, as a figure."""
    cases: tuple[Link, ...]
    """The first of its cases, those of honours and quarters likewise."""
    honours: tuple[HonourCard, ...]
    quarters_won: tuple[Link, ...]
    more_cases: Link | None
    """Where the others are, if there are any."""
    more_honours: Link | None
    charts: tuple[Chart, ...]
    charts_marks: tuple[str, ...]
    adopted: tuple[tuple[str, tuple[str, ...]], ...]
    """Suggestions taken up, each with the marks of its month."""
    adopted_marks: tuple[str, ...]
    """Those of all of them, said once."""
    calendar: tuple[CalendarEntry, ...]
    calendar_marks: tuple[str, ...]
    others: tuple[ZoneBadge, ...]
    marks: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ZoneSummary:
    """A zone on the overview."""

    badge: ZoneBadge
    scene: str
    """The address of the drawing of what it is about."""
    summary: str
    roles: tuple[str, ...]
    meeting_input: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZonesView:
    """The overview: how the four zones drive each other."""

    brand: str
    tags: str
    """What each zone is to the work, in one sentence."""
    meeting: str
    linkage: str
    zones: tuple[ZoneSummary, ...]
    provenance: Provenance


def zones_page(board: Board) -> Page:
    """四大责任区, all four at once."""
    body = Lazy(lambda: _all_zones(board))
    return Page("zones/index.html", board.words.zones, "zones.html", "责任区", body)


def _all_zones(board: Board) -> PageBody:
    badges = [zone_badge(zone) for zone in board.zones.values()]
    words = board.words
    view = ZonesView(
        brand=board.branch.brand_short,
        tags="，".join(f"{badge.short}是{badge.tag}" for badge in badges),
        meeting=words.meeting_short,
        linkage=board.branch.linkage,
        zones=zone_summaries(board),
        provenance=provenance(board, board.branch),
    )
    names = "、".join(badge.short for badge in badges)
    return PageBody(names, view)


def zone_summaries(board: Board) -> tuple[ZoneSummary, ...]:
    """The four zones in short."""
    return tuple(
        ZoneSummary(
            badge=zone_badge(zone),
            scene=SCENES[zone.id].url,
            summary=zone.summary,
            roles=tuple(role.name for role in zone.roles),
            meeting_input=zone.meeting_input,
            marks=marks(board, zone),
        )
        for zone in board.zones.values()
    )


def zone_pages(board: Board, edition: Edition) -> list[Page]:
    """A page for each zone."""
    return [_zone_page(board, zone, edition) for zone in board.zones.values()]


def _zone_page(board: Board, zone: Zone, edition: Edition) -> Page:
    body = Lazy(lambda: _of_zone(board, zone, edition))
    return Page(zone_badge(zone).url, zone.name, "zone.html", "责任区", body)


def _of_zone(board: Board, zone: Zone, edition: Edition) -> PageBody:
    people = {m.id: person(board, m, edition) for m in board.members.values()}
    in_zone = {m.id for m in board.members.values() if any(p.zone == zone.id for p in m.posts)}
    cases = [case for case in cases_in_order(board) if case.zone == zone.id]
    honours = [honour for honour in sorted_honours(board) if honour.holder in in_zone]
    months = [board.months[month_id] for month_id in sorted(board.months)]
    shown = shown_months(board)
    won = [row for row in board.quarters.values() if row.excellent_zone.zone == zone.id]
    quarters = sorted(won, key=lambda quarter: quarter.id, reverse=True)
    adopted = _adopted(board, shown) if zone.id == "safety" else ()
    adopted_marks = shared_marks(found for _, found in adopted)
    calendar = zone_calendar(board, zone, months)
    calendar_marks = shared_marks(entry.marks for entry in calendar)
    view = ZoneView(
        badge=zone_badge(zone),
        scene=SCENES[zone.id].url,
        parts=(),
        meeting=board.words.quarterly,
        summary=zone.summary,
        meeting_input=zone.meeting_input,
        roles=role_columns(board, zone, people),
        plates=tuple(
            plate_card(board, area, people) for area in board.areas.values() if area.zone == zone.id
        ),
        groups=tuple(
            group_card(board, group, people)
            for group in board.groups.values()
            if group.zone == zone.id
        ),
        groups_drawn=groups_drawn(board, zone),
        cases=tuple(_case_link(board, case) for case in cases[:SHOWN]),
        honours=tuple(honour_card(board, honour) for honour in honours[:SHOWN]),
        quarters_won=tuple(
            Link(quarter.title_text, f"quarters/{quarter.id}.html", "", marks(board, quarter))
            for quarter in quarters[:SHOWN]
        ),
        more_cases=Link("全部案例", "cases/index.html") if cases[SHOWN:] else None,
        more_honours=Link("全部荣誉", "honours.html") if honours[SHOWN:] else None,
        charts=charts(measures(board, zone.id, months)),
        charts_marks=_all_marks(board, shown),
        adopted=tuple((text, _besides(found, adopted_marks)) for text, found in adopted),
        adopted_marks=adopted_marks,
        calendar=tuple(replace(e, marks=_besides(e.marks, calendar_marks)) for e in calendar),
        calendar_marks=calendar_marks,
        others=tuple(zone_badge(other) for other in board.zones.values() if other.id != zone.id),
        marks=marks(board, zone),
        provenance=provenance(board, zone),
    )
    view = replace(view, parts=_parts(view))
    words = (
        zone.tag,
        *(role.name for role in zone.roles),
        *(row.name for row in board.practices.values() if row.zone == zone.id),
        *(row.text for row in board.practices.values() if row.zone == zone.id),
        *(group.name for group in view.groups),
        *(plate.name for plate in view.plates),
    )
    return PageBody(zone.summary.split("\n")[0], view, words)


def _case_link(board: Board, case: Case) -> Link:
    said = to_plain(case.summary)
    return Link(case.title, f"cases/{case.id}.html", said, marks(board, case))


def _parts(view: ZoneView) -> tuple[Link, ...]:
    sections: tuple[tuple[str, str, object], ...] = (
        ("三个岗位", "roles", view.roles),
        ("工作小组", "groups", view.groups),
        ("责任管理牌", "plates", view.plates),
        ("每月合计", "counts", view.charts),
        ("采纳的建议", "adopted", view.adopted),
        ("近期活动", "calendar", view.calendar),
        ("本区案例", "zone-cases", view.cases),
        ("本区荣誉", "zone-honours", view.honours or view.quarters_won),
    )
    return tuple(Link(title, f"#{anchor}") for title, anchor, there in sections if there)


def _adopted(board: Board, months: list[Month]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (text, marks(board, month))
        for month in reversed(months)
        if month.safety
        for text in month.safety.adopted
    )


def _besides(found: tuple[str, ...], shared: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(mark for mark in found if mark not in shared)


def _all_marks(board: Board, records: list[Month]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark for record in records for mark in marks(board, record)))
