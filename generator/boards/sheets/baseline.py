"""What a workbook and the records last agreed on, field by field, so that newer words are told.

It leaves with the workbook, hidden, and is renewed whenever the workbook was read: it can be kept
open as the ledger. Of each field only a digest is kept, on either side: they may differ, as where
the records were changed and the workbook still shows what was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Keyed
from boards.records.base import Review
from boards.records.declared import Trait
from boards.records.schema import as_typed, specs
from boards.sheets.columns import FORMAT, TABLES
from boards.sheets.values import roles_of

Key = tuple[str, str]
"""Table and id of a record."""
Marks = Mapping[str, str]
"""A digest of every field that is not at its default, by the field's name."""
_ABSENT = "-"
_LONG = 12


@dataclass(frozen=True, slots=True)
class Agreed:
    """One record as both sides had it; None where one had none."""

    name: str
    workbook: Marks | None
    records: Marks | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """Every record, and what the zones' roles were called."""

    branch: str
    records: Mapping[Key, Agreed]
    roles: Mapping[Key, str]

    @property
    def names(self) -> dict[Key, str]:
        """What each record, and each zone's role, was called."""
        return {**{key: agreed.name for key, agreed in self.records.items()}, **self.roles}

    @property
    def token(self) -> str:
        """The same for equal baselines only."""
        text = json.dumps([*self._lines()], ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    def lines(self) -> list[list[str]]:
        """It as rows of text, for a hidden sheet."""
        return [[FORMAT, self.branch, self.token], *self._lines()]

    def _lines(self) -> Iterator[list[str]]:
        for (table, key), agreed in self.records.items():
            both = [_said(agreed.workbook), _said(agreed.records)]
            yield [table, key, agreed.name, both[0], "" if both[0] == both[1] else both[1]]
        for (table, key), name in self.roles.items():
            yield [table, key, name, "", ""]


def marks(record: Keyed | None) -> dict[str, str]:
    """A digest of every field of a record that is not at its default; of none, none.

    What `boards approve` alone writes is in no cell, and does not count.
    """
    fields = as_typed(record) if record else {}
    assert isinstance(fields, dict)
    if isinstance(review := fields.get("review"), dict):
        sealed = {spec.name for spec in specs(Review).values() if Trait.SEALED in spec.traits}
        fields["review"] = {name: own for name, own in review.items() if name not in sealed}
    return {name: _digest(value) for name, value in fields.items() if name != "id"}


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_LONG]


def agreement(
    board: Board, workbook: Mapping[str, Mapping[str, Keyed]], before: Baseline | None = None
) -> Baseline:
    """What stands on both sides now; of tables that a workbook has no sheet for, as `before`."""
    found: dict[Key, Agreed] = {}
    for table in TABLES:
        if table not in workbook:
            kept = before.records if before else {}
            found |= {key: agreed for key, agreed in kept.items() if key[0] == table}
            continue
        rows, records = workbook[table], board.table(table)
        for key in dict.fromkeys([*rows, *records]):
            there = records.get(key) or rows[key]
            found[(table, key)] = Agreed(
                there.title_text,
                marks(rows[key]) if key in rows else None,
                marks(records[key]) if key in records else None,
            )
    roles = {
        (roles_of(zone.id), role.id): role.name
        for zone in board.zones.values()
        for role in zone.roles
    }
    return Baseline(board.branch.id, found, roles)


def read_lines(lines: Sequence[Sequence[str]]) -> Baseline:
    """The baseline in rows of text; raises ValueError if they are none."""
    first, *rest = lines
    if len(first) < 3 or first[0] != FORMAT:
        raise ValueError
    records: dict[Key, Agreed] = {}
    roles: dict[Key, str] = {}
    padded = ((*line, "", "", "")[:5] for line in rest)  # who saves it drops empty columns
    for table, key, name, workbook, other in padded:
        if table not in TABLES:
            roles[(table, key)] = name
            continue
        records[(table, key)] = Agreed(name, _read(workbook), _read(other or workbook))
    return Baseline(first[1], records, roles)


def _said(one: Marks | None) -> str:
    return _ABSENT if one is None else json.dumps(one, ensure_ascii=False, separators=(",", ":"))


def _read(text: str) -> Marks | None:
    read = None if text == _ABSENT else json.loads(text)
    if read is not None and not isinstance(read, dict):
        raise ValueError
    return read
