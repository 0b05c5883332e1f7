"""The four zones: overview and a page each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.drawings import SCENES
from boards.editions.editions import Edition
from boards.records import (
    Area,
    Month,
    Practice,
    Zone,
)
from boards.views.activities import CalendarEntry, zone_calendar
from boards.views.charts import Chart, charts
from boards.views.groups import GroupCard, by_strokes, group_card, groups_drawn
from boards.views.honours import HonourCard, honour_card
from boards.views.measures import measures, shown_months
from boards.views.relations import Relation
from boards.words.common import (
    Link,
    Page,
    Person,
    Provenance,
    ZoneBadge,
    day,
    marks,
    person,
    provenance,
    shared_marks,
    zone_badge,
)
from boards.words.text import to_plain


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A mechanism of a role."""

    name: str
    text: str
    cadence: str
    steps: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleColumn:
    """A role, what it does, its mechanisms and the members who hold it."""

    id: str
    name: str
    does: str
    practices: tuple[PracticeCard, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Plate:
    """责任管理牌 of one area."""

    anchor: str
    name: str
    scope: str
    people: tuple[Person, ...]
    duties: tuple[str, ...]
    pledge: tuple[str, ...]
    valid: str
    marks: tuple[str, ...]


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
    honours: tuple[HonourCard, ...]
    quarters_won: tuple[Link, ...]
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
    return Page("zones/index.html", words.zones, names, "zones.html", view, "责任区")


def zone_summaries(board: Board) -> tuple[ZoneSummary, ...]:
    """The four zones in short."""
    return tuple(
        ZoneSummary(
            badge=zone_badge(zone),
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
    people = {m.id: person(board, m, edition) for m in board.members.values()}
    in_zone = {m.id for m in board.members.values() if any(p.zone == zone.id for p in m.posts)}
    months = [board.months[month_id] for month_id in sorted(board.months)]
    shown = shown_months(board)
    quarters = sorted(board.quarters.values(), key=lambda quarter: quarter.id, reverse=True)
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
        roles=_roles(board, zone, people),
        plates=tuple(
            plate_card(board, area, people) for area in board.areas.values() if area.zone == zone.id
        ),
        groups=tuple(
            group_card(board, group, people)
            for group in board.groups.values()
            if group.zone == zone.id
        ),
        groups_drawn=groups_drawn(board, zone),
        cases=tuple(
            Link(case.title, f"cases/{case.id}.html", to_plain(case.summary), marks(board, case))
            for case in board.cases.values()
            if case.zone == zone.id
        ),
        honours=tuple(
            honour_card(board, honour)
            for honour in board.honours.values()
            if honour.holder in in_zone
        ),
        quarters_won=tuple(
            Link(quarter.title_text, f"quarters/{quarter.id}.html", "", marks(board, quarter))
            for quarter in quarters
            if quarter.excellent_zone.zone == zone.id
        ),
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
    return Page(
        view.badge.url, zone.name, zone.summary.split("\n")[0], "zone.html", view, "责任区", words
    )


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


def _roles(board: Board, zone: Zone, people: dict[str, Person]) -> tuple[RoleColumn, ...]:
    return tuple(
        RoleColumn(
            id=role.id,
            name=role.name,
            does=role.does,
            practices=tuple(
                _practice(board, row)
                for row in board.practices.values()
                if row.zone == zone.id and row.role == role.id
            ),
            people=by_strokes(
                people[member.id]
                for member in board.members.values()
                if any(p.zone == zone.id and p.role == role.id for p in member.posts)
            ),
        )
        for role in zone.roles
    )


def _practice(board: Board, row: Practice) -> PracticeCard:
    return PracticeCard(row.name, row.text, row.cadence or "", row.steps, marks(board, row))


def plate_card(board: Board, area: Area, people: Mapping[str, Person]) -> Plate:
    """The plate of an area; `people` are its members by their ids, at least."""
    until = f"至 {day(area.valid_to)}" if area.valid_to else "起长期有效"
    return Plate(
        anchor=f"area-{area.id}",
        name=area.name,
        scope=area.scope,
        people=tuple(people[member_id] for member_id in area.members),
        duties=area.duties,
        pledge=area.pledge,
        valid=f"{day(area.valid_from)}{until}",
        marks=marks(board, area),
    )
