"""A board's records as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from boards.board.board import Board
from boards.records import Keyed
from boards.records.schema import as_typed
from boards.sheets.columns import OWNER, Column, Sheet
from boards.sheets.values import Wording, names_of


def wording(board: Board) -> Wording:
    """Cells in the words of `board`."""
    branch = next((row.name for row in board.branches.values()), "")
    return Wording(names_of(board), branch)


def rows(board: Board, sheet: Sheet) -> Iterator[tuple[Keyed, list[str]]]:
    """The cells of every row of a sheet, with the record they belong to."""
    words = wording(board)
    for record in board.table(sheet.table).values():
        for cells in cells_of(words, record, sheet):
            yield record, cells


def cells_of(words: Wording, record: Keyed, sheet: Sheet) -> list[list[str]]:
    """The rows of one record on a sheet: one, or one for each item of its list."""
    items = getattr(record, sheet.field) if sheet.field else (record,)
    return [[_cell(words, record, item, column) for column in sheet.columns] for item in items]


def _cell(words: Wording, record: Keyed, row: Any, column: Column) -> str:
    if column.path == OWNER:
        return words.named(column, record.id)
    if column.path == ("id",) and row is record and record.id == natural_id(record):
        return ""
    value = row
    for step in column.path:
        value = getattr(value, step) if value is not None else None
    is_left_out = value is False and column.default is False and len(column.path) == 1
    return "" if is_left_out else words.shown(column, value, getattr(row, "zone", "") or "")


def natural_id(record: Keyed) -> str | None:
    """The id made of a record's natural key; None where ids are typed."""
    return record.natural_id({name: as_typed(getattr(record, name)) for name in record.natural_key})
