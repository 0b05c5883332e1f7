"""A zone's groups: their cards, and who is in which, drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Group, Zone
from boards.views.relations import Relation, Tie, relation
from boards.words.common import Person, marks
from boards.words.strokes import stroke_key


@dataclass(frozen=True, slots=True)
class GroupCard:
    """A group of the zone."""

    anchor: str
    name: str
    make_up: str
    duties: tuple[str, ...]
    rhythm: str
    people: tuple[Person, ...]
    marks: tuple[str, ...]


def by_strokes(people: Iterable[Person]) -> tuple[Person, ...]:
    """Those who are here, by the strokes of their names."""
    here = (card for card in people if not card.left)
    return tuple(sorted(here, key=lambda card: stroke_key(card.name)))


def group_card(board: Board, group: Group, people: dict[str, Person]) -> GroupCard:
    """A group with its members."""
    return GroupCard(
        anchor=f"group-{group.id}",
        name=group.name,
        make_up=group.make_up,
        duties=group.duties,
        rhythm=group.rhythm or "",
        people=by_strokes(
            people[member.id] for member in board.members.values() if group.id in member.groups
        ),
        marks=marks(board, group),
    )


def groups_drawn(board: Board, zone: Zone) -> Relation | None:
    """Who is in which group; only those who are still here."""
    groups = {group.id: group.name for group in board.groups.values() if group.zone == zone.id}
    here = sorted(
        (member for member in board.members.values() if not member.left_on),
        key=lambda member: stroke_key(member.name),
    )
    ties = [Tie(member.id, group) for group in groups for member in here if group in member.groups]
    named = {tie.one for tie in ties}
    found = (mark for member in here if member.id in named for mark in marks(board, member))
    return relation(ties, {member.id: member.name for member in here} | groups, found)
