"""Names that stand where ids belong, put right: who types 王伟 means the one person of that name.

Names of several records, and names of none, stay for the rules to tell.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from boards.board.board import MODELS, Board
from boards.records import Keyed, Model, Zone
from boards.records.brand import OF_ZONES, ZONES
from boards.records.declared import Reference
from boards.records.schema import FieldSpec, specs
from boards.records.understood import folded

_OWN = ("支部", "本支部", "党支部")
"""What a branch calls itself where one of its honours is written down."""


def names_of(row: Keyed) -> tuple[str, ...]:
    """What people call a record: its name; of 安全责任区 also 安全 and 安全区."""
    if isinstance(row, Zone):
        known = dict.fromkeys((row.name, ZONES[row.id].name if row.id in ZONES else row.name))
        short = (name.removesuffix(OF_ZONES) for name in known if name.endswith(OF_ZONES))
        return (*known, *(form for stem in short if stem for form in (stem, f"{stem}区")))
    return (row.title_text,)


def ready_names(reference: Reference, branch: str) -> dict[str, tuple[str, ...]]:
    """What the words are called that a reference takes besides ids; `branch` is its full name."""
    return {
        word: (name, *(_OWN if word == "branch" else ()))
        for word, name in reference.names(branch).items()
    }


Righted = dict[Any, dict[Keyed, Keyed]]
"""What records came to, as long as all are called what they were called."""


def with_ids(board: Board, righted: Righted) -> Board:
    """The board with every name that stands for one record's id replaced by the id."""
    names = _Names(board)
    called = (
        *((row.table, row.id, row.title_text) for row in board.everything()),
        *board.zones.items(),
    )
    known = righted.get(called, {})
    righted.clear()
    righted[called] = known
    tables: dict[str, Any] = {}
    for table, model in MODELS.items():
        if not _has_references(model):
            continue
        rows = board.table(table)
        for row in rows.values():
            if row not in known:
                known[row] = names.put_right(row)
        meant = {key: known[row] for key, row in rows.items()}
        if any(meant[key] is not row for key, row in rows.items()):
            tables[table] = meant
    return replace(board, **tables) if tables else board


class _Names:
    """The records of a board by what they are called."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.called: dict[Reference, Mapping[str, set[str]]] = {}
        self.known: dict[Reference, set[str]] = {}

    def put_right(self, value: Any) -> Any:
        """A record, or a group of its fields, with ids for names; itself if there is none."""
        changes = {}
        model: type[BaseModel] = type(value)
        for spec in _with_references(model):
            part = getattr(value, spec.name)
            meant = (
                tuple(self._one(spec, value, item) for item in part)
                if isinstance(part, tuple)
                else self._one(spec, value, part)
            )
            if meant != part:
                changes[spec.name] = meant
        return value.model_copy(update=changes) if changes else value

    def _one(self, spec: FieldSpec, within: Any, part: Any) -> Any:
        if isinstance(part, Model):
            return self.put_right(part)
        if not isinstance(part, str):
            return part
        if spec.reference:
            return self._id(spec.reference, part)
        zone = self.board.zones.get(self._id(_ZONES, within.zone))
        roles = {role.id: role.name for role in zone.roles} if zone else {}
        same = [key for key, name in roles.items() if folded(name) == folded(part)]
        return same[0] if part not in roles and len(same) == 1 else part

    def _id(self, reference: Reference, typed: str) -> str:
        if reference not in self.called:
            self._look_up(reference)
        if typed in self.known[reference]:
            return typed
        meant = self.called[reference].get(folded(typed), set())
        return next(iter(meant)) if len(meant) == 1 else typed

    def _look_up(self, reference: Reference) -> None:
        rows = self.board.nameable(reference)
        called: dict[str, set[str]] = defaultdict(set)
        for key, row in rows.items():
            for name in names_of(row):
                called[folded(name)].add(key)
        branch = next((row.name for row in self.board.branches.values()), "")
        for word, words in ready_names(reference, branch).items():
            for other in words:
                called[folded(other)].add(word)
        self.called[reference] = called
        self.known[reference] = {*rows, *reference.also}


_ZONES = Reference("zones")


@functools.cache
def _with_references(model: type[BaseModel]) -> tuple[FieldSpec, ...]:
    """The fields of a model that hold an id, or groups that do."""
    return tuple(_fields_with_ids(specs(model).values()))


def _fields_with_ids(known: Iterable[FieldSpec]) -> Iterator[FieldSpec]:
    for spec in known:
        if spec.reference or spec.is_role or (spec.model and _has_references(spec.model)):
            yield spec


def _has_references(model: type[BaseModel]) -> bool:
    return bool(_with_references(model))
