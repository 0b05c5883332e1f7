"""Roster, member pages, honour wall, coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from boards.board import Board
from boards.editions import Edition
from boards.records import Honour, Level, Member
from boards.rules.lint import is_stale
from boards.strokes import stroke_key
from boards.views.common import (
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


@dataclass(frozen=True, slots=True)
class HonourCard:
    """One honour."""

    title: str
    year: str
    level: str
    holder: str
    holder_url: str
    marks: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class HonourGroup:
    """Honours of one year, level or holder."""

    title: str
    honours: tuple[HonourCard, ...]


@dataclass(frozen=True, slots=True)
class HonourWallView:
    """The honour wall, arranged three ways."""

    by_year: tuple[HonourGroup, ...]
    by_level: tuple[HonourGroup, ...]
    by_holder: tuple[HonourGroup, ...]
    total: int
    provenance: tuple[Provenance, ...]


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


@dataclass(frozen=True, slots=True)
class CrewRow:
    """A crew, its strength, and the members who look after it."""

    name: str
    strength: int
    takers: tuple[tuple[Person, int, int], ...]
    """Member, heads, and heads as a share of the crew in percent (for the bar)."""
    as_of: str
    stale: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageView:
    """包保: every crew with its takers."""

    crews: tuple[CrewRow, ...]
    workers: int
    members: int
    provenance: tuple[Provenance, ...]


def honour_card(board: Board, honour: Honour) -> HonourCard:
    """One honour with its holder by name."""
    holder = board.members.get(honour.holder)
    return HonourCard(
        title=honour.title,
        year=f"{honour.year}年度" if honour.year else "年份待核",
        level=honour.level.label,
        holder=holder.name if holder else board.branch.name,
        holder_url=f"members/{holder.id}.html" if holder else "about.html",
        marks=marks(board, honour),
        provenance=provenance(board, honour),
    )


def _sorted_honours(board: Board) -> list[Honour]:
    """Explicit order first, then branch before persons, persons by strokes."""

    def key(honour: Honour) -> tuple[object, ...]:
        holder = board.members.get(honour.holder)
        order = honour.order if honour.order is not None else 10**6
        return (order, holder is not None, stroke_key(holder.name) if holder else ())

    return sorted(board.honours.values(), key=key)


def honours_in_order(board: Board) -> tuple[HonourCard, ...]:
    """All honours as cards, in the order of the wall."""
    return tuple(honour_card(board, honour) for honour in _sorted_honours(board))


def honours_page(board: Board) -> Page:
    """The honour wall."""
    honours = _sorted_honours(board)
    years = sorted({honour.year for honour in honours if honour.year}, reverse=True)
    by_year = [
        _group(board, f"{year}年度", (h for h in honours if h.year == year)) for year in years
    ]
    by_year.append(_group(board, "年份待核", (h for h in honours if not h.year)))
    by_level = [_group(board, lv.label, (h for h in honours if h.level is lv)) for lv in Level]
    holders = list(dict.fromkeys(honour.holder for honour in honours))
    by_holder = []
    for holder in holders:
        group = [honour for honour in honours if honour.holder == holder]
        by_holder.append(_group(board, honour_card(board, group[0]).holder, group))
    view = HonourWallView(
        by_year=tuple(group for group in by_year if group.honours),
        by_level=tuple(group for group in by_level if group.honours),
        by_holder=tuple(group for group in by_holder if group.honours),
        total=len(honours),
        provenance=provenances(board, honours),
    )
    words = tuple(f"{h.title} {honour_card(board, h).holder} {h.year or ''}" for h in honours)
    return Page(
        "honours.html", "光荣榜", "支部和党员获得的荣誉", "honours.html", view, "荣誉", words
    )


def _group(board: Board, title: str, honours: Iterable[Honour]) -> HonourGroup:
    return HonourGroup(title, tuple(honour_card(board, honour) for honour in honours))


def roster_page(board: Board, edition: Edition) -> Page:
    """The roster."""
    here = sorted(
        (m for m in board.members.values() if not person(board, m, edition).left),
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
    for honour in _sorted_honours(board):
        deeds.honours[honour.holder].append(honour_card(board, honour))
    for quarter in sorted(board.quarters.values(), key=lambda q: q.id, reverse=True):
        url = f"quarters/{quarter.id}.html"
        deeds.stars[quarter.star.member].append(Link(quarter.title_text, url))
        for talk in quarter.talks:
            deeds.talks[talk.member].append(Link(talk.title, url, quarter.title_text))
    for case in board.cases.values():
        for member_id in case.people:
            deeds.cases[member_id].append(Link(case.title, f"cases/{case.id}.html"))
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
            Link(group.name, f"zones/{group.zone}.html#group-{group.id}") for group in groups
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
    words = (card.job, *card.posts, *(honour.title for honour in view.honours))
    return Page(card.url, member.name, description, "member.html", view, "人员", words)


def coverage_page(board: Board, edition: Edition) -> Page:
    """包保覆盖."""
    crews = list(board.crews.values())
    taker_ids = {taking.member for crew in crews for taking in crew.takers}
    view = CoverageView(
        crews=tuple(
            CrewRow(
                name=crew.name,
                strength=crew.strength,
                takers=tuple(
                    (
                        person(board, board.members[taking.member], edition),
                        taking.heads,
                        round(100 * taking.heads / crew.strength) if crew.strength else 0,
                    )
                    for taking in crew.takers
                ),
                as_of=crew.as_of.wording if crew.as_of else "",
                stale=bool(crew.as_of)
                and is_stale(crew.as_of, edition.today, board.branch.stale_after_months),
                marks=marks(board, crew),
            )
            for crew in crews
            if crew.as_of
        ),
        workers=sum(crew.strength for crew in crews),
        members=len(taker_ids),
        provenance=provenances(board, crews),
    )
    words = tuple(crew.name for crew in crews)
    return Page(
        "coverage.html", "党员包保", "每名职工都有党员联系", "coverage.html", view, "包保", words
    )
