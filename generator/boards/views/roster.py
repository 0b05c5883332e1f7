"""The roster: those in the Party and still here, and those who are honoured."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.records import Member
from boards.words.common import (
    Link,
    Page,
    PageBody,
    Person,
    Provenance,
    ZoneBadge,
    person,
    provenances,
    zone_badge,
)
from boards.words.strokes import stroke_key

FEW = 6
"""People that are looked over without a filter."""


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
    whole: bool
    """Whether as many are on the page as the branch says that it has."""
    stated_as_of: str
    filtered: bool
    """Whether they are enough to be filtered."""
    zones: tuple[ZoneBadge, ...]
    groups: tuple[Link, ...]
    roles: tuple[Link, ...]
    provenance: tuple[Provenance, ...]


def roster_page(board: Board, edition: Edition) -> Page:
    """The roster."""
    body = Lazy(lambda: _roster(board, edition))
    return Page("members/index.html", "党员亮身份", "roster.html", "名册", body)


def _roster(board: Board, edition: Edition) -> PageBody:
    here = here_on(board, edition)
    zones = tuple(zone_badge(zone) for zone in board.zones.values())
    roles = tuple(
        Link(role.name, f"{zone.id}.{role.id}")
        for zone in board.zones.values()
        for role in zone.roles
    )
    branch = board.branch
    people = tuple(_on_roster(board, m, edition) for m in here if m.standing.in_party)
    view = RosterView(
        people=people,
        others=tuple(person(board, m, edition) for m in here if not m.standing.in_party),
        stated_count=branch.member_count,
        whole=len(people) == branch.member_count,
        stated_as_of=branch.as_of.wording if branch.as_of else "",
        filtered=len(people) > FEW,
        zones=zones,
        groups=tuple(Link(group.name, group.id) for group in board.groups.values()),
        roles=roles,
        provenance=provenances(board, here),
    )
    return PageBody("支部党员名册", view)


def here_on(board: Board, edition: Edition) -> list[Member]:
    """Who has not left: those in the Party first, each by the strokes of their surnames."""
    return sorted(
        (m for m in board.members.values() if not m.has_left(edition.today)),
        key=lambda member: (not member.standing.in_party, stroke_key(member.name)),
    )


def _on_roster(board: Board, member: Member, edition: Edition) -> RosterPerson:
    return RosterPerson(
        person=person(board, member, edition),
        zones=" ".join(dict.fromkeys(post.zone for post in member.posts)),
        groups=" ".join(member.groups),
        roles=" ".join(f"{post.zone}.{post.role}" for post in member.posts),
    )
