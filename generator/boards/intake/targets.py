"""The fields of a kind of records that a column of a table can be."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from boards.amend.adding.drafts import PERIODS
from boards.board.board import MODELS
from boards.records.schema import specs
from boards.sheets.columns import TABLES, Column, sheets_of


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can be."""

    field: str
    """Its path, dotted."""
    label: str
    required: bool
    column: Column | None
    """As the workbook of all records has it; None for those of a post."""


@functools.cache
def tables() -> tuple[str, ...]:
    """The tables whose records can stand in one row each: all that they need is a column."""
    given = ("zones", "branches", *PERIODS)
    there = (table for table in TABLES if table not in given)
    return tuple(
        table
        for table in there
        if {name for name, spec in specs(MODELS[table]).items() if spec.is_required} - {"id"}
        <= targets(table).keys()
    )


@functools.cache
def targets(table: str) -> dict[str, Target]:
    """The fields of a table that a column can be, by their paths."""
    main = sheets_of(table)[0]
    own = [column for column in main.columns if len(column.path) == 1 and column.path != ("id",)]
    skipped = ("audience", "sample", "review", "contact")
    found = {
        column.path[0]: Target(column.path[0], column.heading, column.required, column)
        for column in own
        if column.path[0] not in skipped
    }
    if table == "members":
        found["posts.zone"] = Target("posts.zone", "责任区", False, None)
        found["posts.role"] = Target("posts.role", "责任区岗位", False, None)
    return found
