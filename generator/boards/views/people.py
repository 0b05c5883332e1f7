"""The roster, and a page for every person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from boards.board.board import Board
from boards.editions.editions import Edition
from boards.records import (
    Member,
)
from boards.views.honours import HonourCard, honour_card, sorted_honours
from boards.words.common import (
    Link,
    Page,
    Person,
    Provenance,
    ZoneBadge,
    marks,
    person,
    provenance,
    provenances,
    zone_badge,
)
from boards.words.strokes import stroke_key


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A member on the roster with what the filters go by."""

    person: Person
    zones: str
    groups: str
    roles: str


@dataclass(frozen=True, slots=True)
class RosterView:
    """党员亮身份: those in the Party and still here, by the strokes of their surnames."""

    people: tuple[RosterPerson, ...]
    others: tuple[Person, ...]
    """Honoured people whose Party membership the sources do not state."""
    stated_count: int | None
    stated_as_of: str
    zones: tuple[ZoneBadge, ...]
    groups: tuple[Link, ...]
    roles: tuple[Link, ...]
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An area or crew a member answers for."""

    title: str
    detail: str
    url: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member's own page."""

    person: Person
    zones: tuple[ZoneBadge, ...]
    groups: tuple[Link, ...]
    pledge: str
    honours: tuple[HonourCard, ...]
    stars: tuple[Link, ...]
    talks: tuple[Link, ...]
    cases: tuple[Link, ...]
    areas: tuple[Assignment, ...]
    crews: tuple[Assignment, ...]
    provenance: Provenance


def roster_page(board: Board, edition: Edition) -> Page:
    """The roster."""
    here = sorted(
        (m for m in board.members.values() if not m.has_left(edition.today)),
        key=lambda member: stroke_key(member.name),
    )
    zones = tuple(zone_badge(zone) for zone in board.zones.values())
    roles = tuple(
        Link(role.name, f"{zone.id}.{role.id}")
        for zone in board.zones.values()
        for role in zone.roles
    )
    branch = board.branch
    view = RosterView(
        people=tuple(_on_roster(board, m, edition) for m in here if m.standing.in_party),
        others=tuple(person(board, m, edition) for m in here if not m.standing.in_party),
        stated_count=branch.member_count,
        stated_as_of=branch.as_of.wording if branch.as_of else "",
        zones=zones,
        groups=tuple(Link(group.name, group.id) for group in board.groups.values()),
        roles=roles,
        provenance=provenances(board, here),
    )
    return Page("members/index.html", "党员亮身份", "支部党员名册", "roster.html", view, "名册")


def _on_roster(board: Board, member: Member, edition: Edition) -> RosterPerson:
    return RosterPerson(
        person=person(board, member, edition),
        zones=" ".join(dict.fromkeys(post.zone for post in member.posts)),
        groups=" ".join(member.groups),
        roles=" ".join(f"{post.zone}.{post.role}" for post in member.posts),
    )


@dataclass(frozen=True)
class _Deeds:
    """What the other tables say of each member, gathered in one pass."""

    honours: dict[str, list[HonourCard]] = field(default_factory=lambda: defaultdict(list))
    stars: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    talks: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    cases: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, list[Assignment]] = field(default_factory=lambda: defaultdict(list))
    crews: dict[str, list[Assignment]] = field(default_factory=lambda: defaultdict(list))


def _gather(board: Board) -> _Deeds:
    deeds = _Deeds()
    for honour in sorted_honours(board):
        deeds.honours[honour.holder].append(honour_card(board, honour))
    for quarter in sorted(board.quarters.values(), key=lambda q: q.id, reverse=True):
        url = f"quarters/{quarter.id}.html"
        shown = marks(board, quarter)
        deeds.stars[quarter.star.member].append(Link(quarter.title_text, url, "", shown))
        for talk in quarter.talks:
            deeds.talks[talk.member].append(Link(talk.title, url, quarter.title_text, shown))
    for case in board.cases.values():
        for member_id in case.people:
            link = Link(case.title, f"cases/{case.id}.html", "", marks(board, case))
            deeds.cases[member_id].append(link)
    for area in board.areas.values():
        for member_id in area.members:
            url = f"zones/{area.zone}.html#area-{area.id}"
            deeds.areas[member_id].append(
                Assignment(area.name, area.scope, url, marks(board, area))
            )
    for crew in board.crews.values():
        for taking in crew.takers:
            detail = f"包保 {taking.heads} 人"
            card = Assignment(crew.name, detail, "coverage.html", marks(board, crew))
            deeds.crews[taking.member].append(card)
    return deeds


def member_pages(board: Board, edition: Edition) -> list[Page]:
    """A page for every person, those who have left included: old quarters still name them."""
    deeds = _gather(board)
    return [_member_page(board, member, edition, deeds) for member in board.members.values()]


def _member_page(board: Board, member: Member, edition: Edition, deeds: _Deeds) -> Page:
    card = person(board, member, edition)
    zone_ids = dict.fromkeys(post.zone for post in member.posts)
    groups = [board.groups[group_id] for group_id in member.groups]
    view = MemberView(
        person=card,
        zones=tuple(zone_badge(board.zones[zone_id]) for zone_id in zone_ids),
        groups=tuple(
            Link(group.name, f"zones/{group.zone}.html#group-{group.id}", "", marks(board, group))
            for group in groups
        ),
        pledge=member.pledge or "",
        honours=tuple(deeds.honours[member.id]),
        stars=tuple(deeds.stars[member.id]),
        talks=tuple(deeds.talks[member.id]),
        cases=tuple(deeds.cases[member.id]),
        areas=() if card.left else tuple(deeds.areas[member.id]),
        crews=() if card.left else tuple(deeds.crews[member.id]),
        provenance=provenance(board, member),
    )
    description = "，".join(part for part in (card.standing, card.job, *card.posts) if part)
    words = tuple(honour.title for honour in view.honours)  # the rest is in the description
    pinyin = member.pinyin or ""
    return Page(card.url, member.name, description, "member.html", view, "人员", words, pinyin)
