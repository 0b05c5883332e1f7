"""A page for every person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.records import (
    Area,
    Member,
)
from boards.views.honours import HonourCard, honour_card, sorted_honours
from boards.views.plates import Plate, plate_card
from boards.views.roster import here_on
from boards.words.common import (
    Link,
    Page,
    PageBody,
    Person,
    Provenance,
    ZoneBadge,
    marks,
    person,
    provenance,
    zone_badge,
)
from boards.words.text import to_html, to_plain

HONOURED = Link("荣誉人物", "members/index.html#honoured")
OPENING = 100
"""Characters of a talk that its speaker's page shows."""


@dataclass(frozen=True, slots=True)
class StarOf:
    """A quarter that a member was the star of."""

    title: str
    url: str
    citation: Markup
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A talk of a member, by how it begins."""

    title: str
    url: str
    opening: str
    when: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostCard:
    """A post of a member, and what it is there for."""

    zone: ZoneBadge
    title: str
    does: str
    url: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member's own page."""

    person: Person
    among: Link | None
    """Where those stand whose Party membership nobody states: not on the roster itself."""
    kicker: str
    """What is known of the Party membership, and whether the person has left."""
    pledge: str
    plaque: HonourCard | None
    """The only honour, which hangs beside the portrait."""
    honours: tuple[HonourCard, ...]
    """Several."""
    stars: tuple[StarOf, ...]
    talks: tuple[Said, ...]
    posts: tuple[PostCard, ...]
    plates: tuple[Plate, ...]
    crews: tuple[Link, ...]
    groups: tuple[Link, ...]
    cases: tuple[Link, ...]
    earlier: Link | None
    later: Link | None
    provenance: Provenance


@dataclass(frozen=True)
class _Deeds:
    """What the other tables say of each member, gathered in one pass."""

    honours: dict[str, list[HonourCard]] = field(default_factory=lambda: defaultdict(list))
    stars: dict[str, list[StarOf]] = field(default_factory=lambda: defaultdict(list))
    talks: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    cases: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, list[Area]] = field(default_factory=lambda: defaultdict(list))
    crews: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))


def _gather(board: Board) -> _Deeds:
    deeds = _Deeds()
    for honour in sorted_honours(board):
        deeds.honours[honour.holder].append(honour_card(board, honour))
    for quarter in sorted(board.quarters.values(), key=lambda q: q.id, reverse=True):
        url, title = f"quarters/{quarter.id}.html", quarter.title_text
        shown = marks(board, quarter)
        citation = to_html(quarter.star.citation)
        deeds.stars[quarter.star.member].append(StarOf(title, url, citation, shown))
        for talk in quarter.talks:
            opening = _opening(to_plain(talk.text))
            deeds.talks[talk.member].append(Said(talk.title, url, opening, title, shown))
    for case in board.cases.values():
        for member_id in case.people:
            link = Link(case.title, f"cases/{case.id}.html", case.headline, marks(board, case))
            deeds.cases[member_id].append(link)
    for area in board.areas.values():
        for member_id in area.members:
            deeds.areas[member_id].append(area)
    for crew in board.crews.values():
        for taking in crew.takers:
            detail = f"包保 {taking.heads} 人"
            card = Link(crew.name, "coverage.html", detail, marks(board, crew))
            deeds.crews[taking.member].append(card)
    return deeds


def _opening(text: str) -> str:
    """The first sentences of a talk."""
    first = text.partition("\n")[0]
    if len(first) <= OPENING:
        return first
    end = max(first.rfind(stop, 0, OPENING) for stop in "。！？；")
    return f"{first[: end + 1] if end > 0 else first[:OPENING]}……"


def member_pages(board: Board, edition: Edition) -> list[Page]:
    """A page for every person, those who have left included: old quarters still name them.

    Who is still here leads to the one before and the one behind on the roster.
    """
    deeds = Lazy(lambda: _gather(board))
    links = [None, *(Link(m.name, f"members/{m.id}.html") for m in here_on(board, edition)), None]
    places = {link.url: place for place, link in enumerate(links) if link}

    def beside(member: Member) -> tuple[Link | None, Link | None]:
        place = places.get(f"members/{member.id}.html")
        return (links[place - 1], links[place + 1]) if place else (None, None)

    return [_member_page(board, m, edition, deeds, beside(m)) for m in board.members.values()]


def _member_page(
    board: Board,
    member: Member,
    edition: Edition,
    deeds: Lazy[_Deeds],
    beside: tuple[Link | None, Link | None],
) -> Page:
    body = Lazy(lambda: _of_member(board, member, edition, deeds(), beside))
    url, pinyin = f"members/{member.id}.html", member.pinyin or ""
    return Page(url, member.name, "member.html", "人员", body, pinyin)


def _of_member(
    board: Board,
    member: Member,
    edition: Edition,
    deeds: _Deeds,
    beside: tuple[Link | None, Link | None],
) -> PageBody:
    card = person(board, member, edition)
    groups = [board.groups[group_id] for group_id in member.groups]
    honours = tuple(deeds.honours[member.id])
    view = MemberView(
        person=card,
        among=None if member.standing.in_party or card.left else HONOURED,
        kicker=" · ".join(part for part in (card.standing, "已离开" if card.left else "") if part),
        pledge=member.pledge or "",
        plaque=honours[0] if len(honours) == 1 else None,
        honours=honours if len(honours) > 1 else (),
        stars=tuple(deeds.stars[member.id]),
        talks=tuple(deeds.talks[member.id]),
        posts=() if card.left else tuple(_posts(board, member)),
        plates=() if card.left else tuple(_plates(board, deeds.areas[member.id], edition)),
        crews=() if card.left else tuple(deeds.crews[member.id]),
        groups=tuple(
            Link(group.name, f"zones/{group.zone}.html#group-{group.id}", "", marks(board, group))
            for group in groups
        ),
        cases=tuple(deeds.cases[member.id]),
        earlier=beside[0],
        later=beside[1],
        provenance=provenance(board, member),
    )
    description = "，".join(part for part in (card.standing, card.job, *card.posts) if part)
    words = tuple(honour.title for honour in honours)  # the rest is in the description
    return PageBody(description, view, words)


def _posts(board: Board, member: Member) -> Iterator[PostCard]:
    for post in member.posts:
        zone = board.zones[post.zone]
        badge = zone_badge(zone)
        for role in zone.roles:
            if role.id == post.role:
                title, url = f"{badge.short}·{role.name}", f"{badge.url}#role-{role.id}"
                yield PostCard(badge, title, role.does, url, marks(board, zone))


def _plates(board: Board, areas: Iterable[Area], edition: Edition) -> Iterator[Plate]:
    for area in areas:
        people = {
            member_id: person(board, board.members[member_id], edition)
            for member_id in area.members
        }
        yield plate_card(board, area, people)
