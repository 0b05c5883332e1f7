"""The roles of a zone: what each does, its mechanisms, and who holds it."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Practice, Zone
from boards.views.groups import by_strokes
from boards.words.common import Person, marks


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


def role_columns(board: Board, zone: Zone, people: dict[str, Person]) -> tuple[RoleColumn, ...]:
    """The roles of a zone; `people` are all members by their ids."""
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
            people=by_strokes(
                people[member.id]
                for member in board.members.values()
                if any(p.zone == zone.id and p.role == role.id for p in member.posts)
            ),
        )
        for role in zone.roles
    )


def _practice(board: Board, row: Practice) -> PracticeCard:
    return PracticeCard(row.name, row.text, row.cadence or "", row.steps, marks(board, row))
