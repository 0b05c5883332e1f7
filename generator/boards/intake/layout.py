"""Where a table begins, what each of its columns is, and which of its rows are records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from boards.board.board import MODELS
from boards.errors import listing
from boards.intake.column_matching import Matched, columns_of, named
from boards.intake.sniffing import is_name
from boards.intake.tables import Book, Grid
from boards.intake.targets import targets
from boards.intake.vocabulary import forbidden, is_count
from boards.sheets.values import Refused

_SEARCHED = 25
"""Rows in which a heading is looked for."""
_NOTES = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|合计|总计|小计|共计|填报|统计|单位盖章|日期|联系)[^，。]{0,12}[:：)）人日]?"
)
_GUESSABLE = ("members", "honours", "messages", "outcomes")


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet read as a table of records."""

    table: str
    grid: Grid
    header: int
    """The row of the headings; 0 if there are none."""
    columns: tuple[Matched, ...]
    rows: tuple[int, ...]
    """The rows that are records."""
    left_rows: tuple[tuple[int, str], ...] = ()
    """Rows that are none, though something stands there, and why."""
    title: str = ""
    """What stands above the headings."""

    def column_of(self, field: str) -> Matched | None:
        """The column of a field, if it has one."""
        return next((column for column in self.columns if column.field == field), None)


def layouts(book: Book, table: str) -> list[Layout]:
    """Every sheet of a file that is a table of this kind, or of any kind if none is named."""
    found = []
    for grid in book.grids:
        tables = (table,) if table else _GUESSABLE
        made = [layout for name in tables if (layout := _layout(grid, name, {}, {}))]
        if made:
            found.append(max(made, key=_worth))
    return found


def layout_of(
    grid: Grid, table: str, chosen: Mapping[str, str], remembered: Mapping[str, str]
) -> Layout:
    """A sheet as a table of this kind.

    `chosen` says of columns, by letter or heading, what they are; `remembered` what headings meant
    the last time. Raises Refused if nothing in it can be told.
    """
    found = _layout(grid, table, chosen, remembered)
    if found is None:
        known = listing([target.label for target in targets(table).values()], 6)
        raise Refused(
            f"“{grid.name}”里找不到表头：没有一行像{MODELS[table].kind}的表头",
            f"表头里要有“{next(iter(targets(table).values())).label}”这样的列（{known}）；"
            "或说明哪一列是什么",
        )
    return found


def _worth(layout: Layout) -> tuple[int, int]:
    fields = {column.field for column in layout.columns if column.field}
    must = [target.field for target in targets(layout.table).values() if target.required]
    return sum(field in fields for field in must) - len(must), len(fields)


def _layout(
    grid: Grid, table: str, chosen: Mapping[str, str], remembered: Mapping[str, str]
) -> Layout | None:
    if not grid.rows:
        return None
    header = _header(grid, table, remembered)
    columns = columns_of(grid, header, table, chosen, remembered)
    key = targets(table)
    must = [target.field for target in key.values() if target.required]
    by_field = {column.field for column in columns}
    if must[0] not in by_field and not (chosen and by_field - {""}):
        return None
    first = next((c.number for c in columns if c.field == must[0]), columns[0].number)
    rows, left = _rows(grid, header, columns, first)
    title = "".join("".join(row) for row in grid.rows[: max(header - 1, 0)])
    return Layout(table, grid, header, columns, rows, left, f"{grid.name} {title}")


def _header(grid: Grid, table: str, remembered: Mapping[str, str]) -> int:
    """The row in which most cells are headings; 0 if none has two, or the one that must be."""
    best, most = 0, 0
    must = next(iter(targets(table)))
    for number, row in enumerate(grid.rows[:_SEARCHED], 1):
        known = [(text, *named(table, text, remembered)) for text in row if text]
        fields = {field for _, field, _ in known if field}
        others = sum(
            (is_count(text) or forbidden(text) is not None) and len(text) < 12
            for text in row
            if text
        )
        is_sure = any((field, rank) == (must, 0) for _, field, rank in known)
        is_sure = is_sure and not any(is_name(text) and not field for text, field, _ in known)
        score = 2 * len(fields) + others if fields else 0
        if score > most and (len(fields) > 1 or others or is_sure):
            best, most = number, score
    return best


def _rows(
    grid: Grid, header: int, columns: tuple[Matched, ...], first: int
) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """Which rows below the headings are records, and why others that say something are none."""
    rows, left = [], []
    heads = grid.rows[header - 1] if header else ()
    used = [column.number for column in columns if column.field]
    for number in range(header + 1, len(grid.rows) + 1):
        row = grid.rows[number - 1]
        said = [text for at, text in enumerate(row, 1) if text and (number, at) not in grid.filled]
        if not said and (number, first) not in grid.refused:
            continue
        if number in grid.hidden_rows:
            left.append((number, "这一行隐藏着（也许是筛选掉的），没有读；要带它，先取消隐藏"))
        elif row == heads:
            left.append((number, "表头又写了一遍"))
        elif _is_note(row, said, first, used, grid, number):
            left.append((number, "不是一条记录，像是合计或说明"))
        else:
            rows.append(number)
    return tuple(rows), tuple(left)


def _is_note(
    row: tuple[str, ...], said: list[str], first: int, used: list[int], grid: Grid, number: int
) -> bool:
    """Whether a row is a sum or a note below the table, not a record that lacks something."""
    if (number, first) in grid.refused:
        return False
    if _NOTES.match(said[0]) and (not row[first - 1] or row[first - 1] == said[0]):
        return True
    there = [at for at in used if row[at - 1]]
    return (not row[first - 1] and len(there) < 2) or (
        there == [first] and len(used) > 1 and len(row[first - 1]) > 12
    )
