"""The four zones: overview and a page each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from boards.board import Board
from boards.editions import Edition
from boards.records import Activity, Area, Group, Month, Practice, Record, Zone
from boards.strokes import stroke_key
from boards.views.charts import Chart, bar_chart
from boards.views.common import (
    Link,
    Page,
    Person,
    Provenance,
    ZoneBadge,
    day,
    marks,
    person,
    provenance,
    zone_badge,
)
from boards.views.people import HonourCard, honour_card

MONTHS_SHOWN = 12
ACTIVITIES_SHOWN = 12

_COUNTS: dict[str, tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]] = {
    "thought": (
        ("走访", "次", (("visits", "走访"), ("pairs", "结对"))),
        (
            "诉求上报—答复—反馈",
            "件",
            (("ideas_raised", "提出"), ("ideas_answered", "答复"), ("ideas_closed", "办结")),
        ),
        ("预警闭环", "件", (("warnings_raised", "预警"), ("warnings_closed", "闭合"))),
    ),
    "safety": (
        ("安全动态周报告", "次", (("reports_due", "应报"), ("reports_done", "实报"))),
        ("合理化建议", "条", (("suggestions_due", "应提"), ("suggestions_done", "实提"))),
        ("隐患排查", "条", (("hazards_found", "查出"), ("hazards_closed", "闭合"))),
        ("三违", "人次", (("violations", "三违"),)),
    ),
    "quality": (
        (
            "党员互查",
            "条",
            (("found", "发现"), ("fixed_on_site", "现场解决"), ("escalated", "上报解决")),
        ),
    ),
    "production": (
        ("任务与措施", "份", (("plans", "任务分解"), ("measures", "技术措施"))),
        ("包机检修", "台次", (("services", "检修"),)),
        ("长时间机电影响", "次", (("long_stops", "影响"),)),
    ),
}
"""What each zone counts by month: chart title, unit, and the fields drawn together."""


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
class GroupCard:
    """A group of the zone."""

    anchor: str
    name: str
    make_up: str
    duties: tuple[str, ...]
    rhythm: str
    people: tuple[Person, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something the zone held."""

    date: str
    type: str
    topic: str
    detail: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZoneView:
    """A zone's page."""

    badge: ZoneBadge
    summary: str
    meeting_input: str
    roles: tuple[RoleColumn, ...]
    plates: tuple[Plate, ...]
    groups: tuple[GroupCard, ...]
    cases: tuple[Link, ...]
    honours: tuple[HonourCard, ...]
    quarters_won: tuple[Link, ...]
    charts: tuple[Chart, ...]
    charts_marks: tuple[str, ...]
    adopted: tuple[str, ...]
    calendar: tuple[CalendarEntry, ...]
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

    linkage: str
    zones: tuple[ZoneSummary, ...]
    provenance: Provenance


def zones_page(board: Board) -> Page:
    """四大责任区, all four at once."""
    view = ZonesView(
        linkage=board.branch.linkage,
        zones=zone_summaries(board),
        provenance=provenance(board, board.branch),
    )
    title = "四大责任区"
    return Page("zones/index.html", title, "思想、安全、质量、生产", "zones.html", view, "责任区")


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
    quarters = sorted(board.quarters.values(), key=lambda quarter: quarter.id, reverse=True)
    view = ZoneView(
        badge=zone_badge(zone),
        summary=zone.summary,
        meeting_input=zone.meeting_input,
        roles=_roles(board, zone, people),
        plates=tuple(
            _plate(board, area, people) for area in board.areas.values() if area.zone == zone.id
        ),
        groups=tuple(
            _group(board, group, people) for group in board.groups.values() if group.zone == zone.id
        ),
        cases=tuple(
            Link(case.title, f"cases/{case.id}.html", case.summary)
            for case in board.cases.values()
            if case.zone == zone.id
        ),
        honours=tuple(
            honour_card(board, honour)
            for honour in board.honours.values()
            if honour.holder in in_zone
        ),
        quarters_won=tuple(
            Link(quarter.title_text, f"quarters/{quarter.id}.html")
            for quarter in quarters
            if quarter.excellent_zone.zone == zone.id
        ),
        charts=_charts(zone.id, months[-MONTHS_SHOWN:]),
        charts_marks=_all_marks(board, months[-MONTHS_SHOWN:]),
        adopted=tuple(
            text for month in reversed(months) if month.safety for text in month.safety.adopted
        )
        if zone.id == "safety"
        else (),
        calendar=_calendar(board, zone, months),
        others=tuple(zone_badge(other) for other in board.zones.values() if other.id != zone.id),
        marks=marks(board, zone),
        provenance=provenance(board, zone),
    )
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
            people=_by_strokes(
                people[member.id]
                for member in board.members.values()
                if any(p.zone == zone.id and p.role == role.id for p in member.posts)
            ),
        )
        for role in zone.roles
    )


def _by_strokes(people: Iterable[Person]) -> tuple[Person, ...]:
    here = (card for card in people if not card.left)
    return tuple(sorted(here, key=lambda card: stroke_key(card.name)))


def _practice(board: Board, row: Practice) -> PracticeCard:
    return PracticeCard(row.name, row.text, row.cadence or "", row.steps, marks(board, row))


def _plate(board: Board, area: Area, people: dict[str, Person]) -> Plate:
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


def _group(board: Board, group: Group, people: dict[str, Person]) -> GroupCard:
    return GroupCard(
        anchor=f"group-{group.id}",
        name=group.name,
        make_up=group.make_up,
        duties=group.duties,
        rhythm=group.rhythm or "",
        people=_by_strokes(
            people[member.id] for member in board.members.values() if group.id in member.groups
        ),
        marks=marks(board, group),
    )


def _charts(zone_id: str, months: list[Month]) -> tuple[Chart, ...]:
    counted = [(month, getattr(month, zone_id)) for month in months]
    counted = [(month, counts) for month, counts in counted if counts]
    if not counted:
        return ()
    return tuple(
        bar_chart(
            title,
            _period(counted[0][0], counted[-1][0]),
            [label for _, label in fields],
            unit,
            [
                (f"{int(month.id[5:])}月", tuple(getattr(counts, name) for name, _ in fields))
                for month, counts in counted
            ],
        )
        for title, unit, fields in _COUNTS[zone_id]
    )


def _period(first: Month, last: Month) -> str:
    """2019年1月至6月."""
    if first is last:
        return first.title_text
    same_year = first.id[:4] == last.id[:4]
    return f"{first.title_text}至{last.title_text[5:] if same_year else last.title_text}"


def _calendar(board: Board, zone: Zone, months: list[Month]) -> tuple[CalendarEntry, ...]:
    entries = [
        (activity, month)
        for month in months
        for activity in month.activities
        if activity.zone == zone.id
    ]
    entries.sort(key=lambda entry: entry[0].date, reverse=True)
    return tuple(_entry(board, activity, month) for activity, month in entries[:ACTIVITIES_SHOWN])


def _entry(board: Board, activity: Activity, month: Record) -> CalendarEntry:
    winners = "、".join(board.members[winner].name for winner in activity.winners)
    parts = [
        activity.occasion or "",
        f"主讲：{board.members[activity.speaker].name}" if activity.speaker else "",
        f"优胜：{winners}" if winners else "",
    ]
    return CalendarEntry(
        date=day(activity.date),
        type=activity.type.label,
        topic=activity.topic,
        detail="；".join(part for part in parts if part),
        marks=marks(board, month),
    )
