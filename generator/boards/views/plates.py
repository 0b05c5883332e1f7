"""Plates (责任管理牌): who answers for an area, for what, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Area
from boards.words.common import Person, day, marks


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
