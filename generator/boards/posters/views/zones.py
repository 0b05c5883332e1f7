"""Posters of the brand and its zones: overview, zone boards, plates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.formats import Face
from boards.posters.views.sheets import length, shared_in_groups
from boards.posters.views.words import (
    Poster,
    PosterPerson,
    PosterZone,
    Prose,
    Words,
    here,
    poster,
    poster_person,
    poster_zone,
    said,
    said_all,
    said_if,
    termed,
    told,
)
from boards.records import Group, Member, Practice, Record, Role, Zone
from boards.words.strokes import stroke_key


@dataclass(frozen=True, slots=True)
class BrandZone:
    """A zone in the overview."""

    zone: PosterZone
    summary: Words
    roles: tuple[Words, ...]
    meeting_input: Words


@dataclass(frozen=True, slots=True)
class PosterLesson:
    """启示."""

    title: Words
    text: Prose


@dataclass(frozen=True, slots=True)
class BrandPoster:
    """品牌总览: what the brand is, and how its zones drive each other."""

    brand: Words
    motto: Words
    introduction: Words
    zones: tuple[BrandZone, ...]
    meeting: Words
    chain: tuple[Words, ...]
    """What leads from the zones' results back to the zones, step by step."""
    linkage: Words
    lessons: tuple[PosterLesson, ...]


@dataclass(frozen=True, slots=True)
class PosterPractice:
    """A mechanism of a role."""

    name: Words
    text: Words
    cadence: Words | None
    steps: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class PosterRole:
    """A role of a zone with its mechanisms and those who hold it."""

    name: Words
    does: Words
    practices: tuple[PosterPractice, ...]
    people: tuple[PosterPerson, ...]


@dataclass(frozen=True, slots=True)
class PosterGroup:
    """A standing group."""

    name: Words
    make_up: Words
    rhythm: Words | None
    duties: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ZonePoster:
    """责任区展板."""

    zone: PosterZone
    summary: Words
    meeting: Words
    meeting_input: Words
    roles: tuple[PosterRole, ...]
    groups: tuple[PosterGroup, ...]

    @property
    def most_parts(self) -> int:
        """One practice, holder of a role or group a sheet."""
        return sum(len(_items(role)) for role in self.roles) + len(self.groups)

    def parts(self, count: int) -> list[ZonePoster]:
        """Roles in order, each with its practices and then who holds it; then the groups."""
        rows: list[tuple[PosterRole | None, tuple[_Item, ...]]] = [
            *((role, _items(role)) for role in self.roles),
            (None, self.groups),
        ]
        return [
            replace(
                self,
                roles=tuple(_some_of(role, some) for role, some in run if role),
                groups=tuple(
                    item for _, some in run for item in some if isinstance(item, PosterGroup)
                ),
            )
            for run in shared_in_groups(rows, count, _weight)
        ]


_Item = PosterRole | PosterPractice | PosterPerson | PosterGroup
_HEAD = 14
"""Characters that the name of a practice or a group takes, set larger on a line of its own."""


def _items(role: PosterRole) -> tuple[_Item, ...]:
    """What a role is divided into; itself, as long as it has neither practice nor holder."""
    return (*role.practices, *role.people) or (role,)


def _weight(item: _Item) -> float:
    """About how many characters of room it takes."""
    match item:
        case PosterRole():
            return _HEAD + length(item.does)
        case PosterPractice():
            return _HEAD + length(item.text, item.cadence, *item.steps) + 2 * len(item.steps)
        case PosterGroup():
            return _HEAD + length(item.make_up, item.rhythm, *item.duties)
        case PosterPerson():
            return 2 + length(item.name)


def _some_of(role: PosterRole, items: tuple[_Item, ...]) -> PosterRole:
    return replace(
        role,
        practices=tuple(item for item in items if isinstance(item, PosterPractice)),
        people=tuple(item for item in items if isinstance(item, PosterPerson)),
    )


def brand_poster(board: Board) -> Iterator[Poster]:
    """The overview."""
    branch = board.branch
    view = BrandPoster(
        brand=said(branch, "brand", face=Face.SONG),
        motto=said(branch, "motto", face=Face.SONG),
        introduction=said(branch, "introduction"),
        zones=tuple(
            BrandZone(
                zone=poster_zone(zone),
                summary=said(zone, "summary"),
                roles=tuple(_role_name(zone, number) for number in range(len(zone.roles))),
                meeting_input=said(zone, "meeting_input"),
            )
            for zone in board.zones.values()
        ),
        meeting=termed(branch, "meeting_short"),
        chain=tuple(
            termed(branch, name)
            for name in ("scores", "quarterly", "chosen", "display", "sharing_day")
        ),
        linkage=said(branch, "linkage"),
        lessons=tuple(
            PosterLesson(said(row, "title", face=Face.SONG), told(row, "text"))
            for row in board.lessons.values()
        ),
    )
    records: list[Record] = [branch, *board.zones.values()]
    yield poster(board, "brand", view, records, url="index.html")


def _role_name(zone: Zone, number: int) -> Words:
    return said(zone, "roles", number, "name")


def zone_posters(board: Board, edition: Edition) -> Iterator[Poster]:
    """A board for each zone."""
    members = sorted(here(board, edition), key=lambda member: stroke_key(member.name))
    for zone in board.zones.values():
        view = ZonePoster(
            zone=poster_zone(zone),
            summary=said(zone, "summary"),
            meeting=termed(board.branch, "meeting_short"),
            meeting_input=said(zone, "meeting_input"),
            roles=tuple(
                _role(board, zone, number, role, members) for number, role in enumerate(zone.roles)
            ),
            groups=tuple(_group(row) for row in board.groups.values() if row.zone == zone.id),
        )
        url = f"zones/{zone.id}.html"
        practices = [row for row in board.practices.values() if row.zone == zone.id]
        yield poster(board, "zone", view, [zone, *practices], url, zone.name)


def _role(board: Board, zone: Zone, number: int, role: Role, members: list[Member]) -> PosterRole:
    return PosterRole(
        name=said(zone, "roles", number, "name", face=Face.SONG),
        does=said(zone, "roles", number, "does"),
        practices=tuple(
            _practice(row)
            for row in board.practices.values()
            if row.zone == zone.id and row.role == role.id
        ),
        people=tuple(
            poster_person(board, member, face=False)
            for member in members
            if any(post.zone == zone.id and post.role == role.id for post in member.posts)
        ),
    )


def _practice(row: Practice) -> PosterPractice:
    return PosterPractice(
        name=said(row, "name"),
        text=said(row, "text"),
        cadence=said_if(row, "cadence"),
        steps=said_all(row, "steps"),
    )


def _group(row: Group) -> PosterGroup:
    return PosterGroup(
        name=said(row, "name"),
        make_up=said(row, "make_up"),
        rhythm=said_if(row, "rhythm"),
        duties=said_all(row, "duties"),
    )
