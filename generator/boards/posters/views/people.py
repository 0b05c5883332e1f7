"""Posters of people: the roster, desk cards, pledge sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.formats import Face
from boards.posters.views.sheets import length, shared_in_groups, shared_out
from boards.posters.views.words import (
    Poster,
    PosterPerson,
    PosterZone,
    Words,
    here,
    poster,
    poster_person,
    poster_zone,
    said,
    said_all,
)
from boards.records import Area
from boards.words.common import day
from boards.words.strokes import stroke_key


@dataclass(frozen=True, slots=True)
class RosterPoster:
    """党员亮身份: members by the strokes of their surnames."""

    people: tuple[PosterPerson, ...]
    zones: tuple[PosterZone, ...]

    @property
    def most_parts(self) -> int:
        """One member a sheet."""
        return len(self.people)

    def parts(self, count: int) -> list[RosterPoster]:
        """Members in order."""
        return [replace(self, people=some) for some in shared_out(self.people, count)]


@dataclass(frozen=True, slots=True)
class DeskCardPoster:
    """桌牌: a card folded in two, with the name on both faces."""

    person: PosterPerson
    branch: Words


@dataclass(frozen=True, slots=True)
class PledgedArea:
    """An area a member signs for."""

    name: Words
    scope: Words
    zone: Words
    duties: tuple[Words, ...]
    pledge: tuple[Words, ...]
    valid: str


@dataclass(frozen=True, slots=True)
class PledgePoster:
    """责任状: what a member signs for, with room to sign."""

    person: PosterPerson
    branch: Words
    areas: tuple[PledgedArea, ...]

    @property
    def most_parts(self) -> int:
        """One line of one area a sheet."""
        return sum(len(area.duties) + len(area.pledge) or 1 for area in self.areas)

    def parts(self, count: int) -> list[PledgePoster]:
        """Areas in order; what is signed for and who signs stands on every sheet."""
        lines = [(area, [*area.duties, *area.pledge] or [area.name]) for area in self.areas]
        return [
            replace(self, areas=tuple(_some_of(area, some) for area, some in run))
            for run in shared_in_groups(lines, count, length)
        ]


def roster_poster(board: Board, edition: Edition) -> Iterator[Poster]:
    """The roster, if there is anybody on it."""
    members = sorted(here(board, edition), key=lambda member: stroke_key(member.name))
    if members:
        view = RosterPoster(
            people=tuple(poster_person(board, member, pledge=True) for member in members),
            zones=tuple(poster_zone(zone) for zone in board.zones.values()),
        )
        yield poster(board, "roster", view, [*members], url="members/index.html")


def desk_card_posters(board: Board, edition: Edition) -> Iterator[Poster]:
    """A card for each member."""
    for member in here(board, edition):
        view = DeskCardPoster(poster_person(board, member, face=False), said(board.branch, "name"))
        title = f"{member.name} 桌牌"
        url = f"members/{member.id}.html"
        yield poster(board, "desk-card", view, [member], url, title)


def pledge_posters(board: Board, edition: Edition) -> Iterator[Poster]:
    """A sheet for each member who answers for an area."""
    for member in here(board, edition):
        areas = [area for area in board.areas.values() if member.id in area.members]
        if areas:
            view = PledgePoster(
                person=poster_person(board, member, face=False),
                branch=said(board.branch, "name"),
                areas=tuple(_area(board, area) for area in areas),
            )
            title = f"{member.name} 党员安全责任状"
            url = f"members/{member.id}.html"
            yield poster(board, "pledge", view, [member, *areas], url, title)


def _some_of(area: PledgedArea, lines: tuple[Words, ...]) -> PledgedArea:
    return replace(
        area,
        duties=tuple(line for line in area.duties if line in lines),
        pledge=tuple(line for line in area.pledge if line in lines),
    )


def _area(board: Board, area: Area) -> PledgedArea:
    return PledgedArea(
        name=said(area, "name", face=Face.SONG),
        scope=said(area, "scope"),
        zone=said(board.zones[area.zone], "name"),
        duties=said_all(area, "duties"),
        pledge=said_all(area, "pledge"),
        valid=validity(area),
    )


def validity(area: Area) -> str:
    """How long an area's plate and pledge hold."""
    until = f"至 {day(area.valid_to)}" if area.valid_to else "起长期有效"
    return f"{day(area.valid_from)}{until}"
