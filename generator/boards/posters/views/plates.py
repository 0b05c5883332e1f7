"""Plates (责任管理牌): who answers for an area, for what, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.formats import KINDS, Face
from boards.posters.views.people import validity
from boards.posters.views.sheets import longest_shared, said_again
from boards.posters.views.words import (
    Poster,
    PosterPerson,
    PosterZone,
    Words,
    poster,
    poster_person,
    poster_zone,
    said,
    said_all,
)
from boards.records import Area


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

    @property
    def most_parts(self) -> int:
        """As many as its longest list has lines, if that is one to share out."""
        return longest_shared(self.people, self.duties, self.pledge)

    def parts(self, count: int) -> list[PlatePoster]:
        """Each a plate of the area by itself; of every long list a share."""
        people, duties, pledge = (
            said_again(self.people, count),
            said_again(self.duties, count),
            said_again(self.pledge, count),
        )
        return [
            replace(self, people=some, duties=lines, pledge=vows)
            for some, lines, vows in zip(people, duties, pledge, strict=True)
        ]


def plate_posters(board: Board) -> Iterator[Poster]:
    """Two plates for each area: red and gold, and plain for underground."""
    kind = KINDS["plate"]
    for area in board.areas.values():
        url = f"zones/{area.zone}.html#area-{area.id}"
        title = f"{area.name} {kind.label}"
        yield poster(board, kind.id, _plate(board, area, plain=False), [area], url, title)
        for variant in kind.variants:
            view, look = _plate(board, area, plain=True), f"{title}（{variant.label}）"
            made = poster(board, kind.id, view, [area], url, look)
            yield replace(made, variant=variant.id)


def _plate(board: Board, area: Area, *, plain: bool) -> PlatePoster:
    return PlatePoster(
        zone=poster_zone(board.zones[area.zone]),
        name=said(area, "name", face=Face.SONG),
        scope=said(area, "scope"),
        people=tuple(
            poster_person(board, board.members[member_id], face=not plain)
            for member_id in area.members
        ),
        duties=said_all(area, "duties"),
        pledge=said_all(area, "pledge"),
        valid=validity(area),
        plain=plain,
    )
