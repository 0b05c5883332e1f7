"""What arrives in a workbook: records in the making, and all of them with where they stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from boards.board.board import Origin
from boards.errors import Place, Problem
from boards.records import Keyed
from boards.records.schema import FieldPath
from boards.records.schema import Typed as Value
from boards.sheets.grid import Row
from boards.sheets.values import Wording

Key = tuple[str, str]
"""Table and id of a record."""


@dataclass(frozen=True, slots=True)
class RowOrigin(Origin):
    """Where a record was typed in a workbook."""

    cells: Mapping[FieldPath, Place]

    def place(self, path: FieldPath, snippet: str = "") -> Place:  # noqa: ARG002 - one cell
        """The cell of a field, of the first one inside it, or of what it is part of."""
        inside = (at for key, at in self.cells.items() if key[: len(path)] == path)
        for length in range(len(path), 0, -1):
            if path[:length] in self.cells:
                return self.cells[path[:length]]
            if length == len(path) and (first := next(inside, None)):
                return first
        return self.cells[()]


@dataclass
class Draft:
    """A record as its rows have it, before the schema reads it."""

    row: Row
    id: str
    fields: dict[str, Value]
    cells: dict[FieldPath, Place]
    texts: dict[FieldPath, str]
    """What stands in the cells."""
    refused: set[FieldPath]


@dataclass
class Incoming:
    """What a workbook holds."""

    words: Wording
    tables: dict[str, dict[str, Keyed]] = field(default_factory=dict)
    typed: dict[Key, dict[str, Value]] = field(default_factory=dict)
    """Each record's fields as they are to stand in YAML."""
    texts: dict[Key, dict[FieldPath, str]] = field(default_factory=dict)
    """What stands in each record's cells."""
    origins: dict[Key, RowOrigin] = field(default_factory=dict)
    broken: set[Key] = field(default_factory=set)
    made_ids: dict[str, str] = field(default_factory=dict)
    """Ids that nobody has typed, with the names they were made of."""
    outside: dict[Key, dict[str, Any]] = field(default_factory=dict)
    """Fields of records that no workbook holds, as they are."""
    absent: list[str] = field(default_factory=list)
    """Tables that the workbook has no sheet for."""
    problems: list[Problem] = field(default_factory=list)
