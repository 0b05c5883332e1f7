"""Posters of the brand and its zones: overview, zone boards, plates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boards.board import Board
from boards.editions import Edition
from boards.formats import Face
from boards.records import Area, Group, Member, Practice, Record, Role, Zone
from boards.strokes import stroke_key
from boards.views.posters.people import validity
from boards.views.posters.words import (
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


@dataclass(frozen=True, slots=True)
class PlatePoster:
    """责任管理牌 of one area; the plain one is for underground, where white and red last."""

    zone: PosterZone
    name: Words
    scope: Words
    people: tuple[PosterPerson, ...]
    duties: tuple[Words, ...]
    pledge: tuple[Words, ...]
    valid: str
    plain: bool


PLAIN = "plain"
"""The variant of a plate for underground."""


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
    yield poster(board, ("brand", "品牌总览"), view, records, url="index.html")


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
        yield poster(board, ("zone", zone.name), view, [zone, *practices], url=url)


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
            poster_person(board, member)
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


def plate_posters(board: Board) -> Iterator[Poster]:
    """Two plates for each area: red and gold, and plain for underground."""
    for area in board.areas.values():
        for variant, name in (("", ""), (PLAIN, "（井下素色）")):
            yield poster(
                board,
                ("plate", f"{area.name} 责任管理牌{name}"),
                _plate(board, area, plain=variant == PLAIN),
                [area],
                url=f"zones/{area.zone}.html#area-{area.id}",
                variant=variant,
            )


def _plate(board: Board, area: Area, *, plain: bool) -> PlatePoster:
    return PlatePoster(
        zone=poster_zone(board.zones[area.zone]),
        name=said(area, "name", face=Face.SONG),
        scope=said(area, "scope"),
        people=tuple(poster_person(board, board.members[member_id]) for member_id in area.members),
        duties=said_all(area, "duties"),
        pledge=said_all(area, "pledge"),
        valid=validity(area),
        plain=plain,
    )
