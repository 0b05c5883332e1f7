"""Where a table begins, what each of its columns is, and which of its rows are records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from boards.board.board import MODELS
from boards.errors import listing
from boards.intake.column_matching import Matched, columns_of, lettered, named
from boards.intake.records_of_rows import Rows, rows_of
from boards.intake.sniffing import is_name
from boards.intake.tables import Book, Grid
from boards.intake.targets import targets
from boards.intake.vocabulary import forbidden, is_count, plain
from boards.sheets.values import Refused

_SEARCHED = 25
"""Rows in which a heading is looked for."""
_GUESSABLE = ("members", "honours", "messages", "outcomes")


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of one table, and which of its rows are records."""

    columns: tuple[Matched, ...]
    rows: Rows = field(default_factory=Rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet read as a table of records."""

    table: str
    grid: Grid
    header: int
    """The row of the headings; 0 if there are none."""
    blocks: tuple[Block, ...]
    """Its tables: one, or several of the same headings beside each other."""
    title: str = ""
    """What stands above the headings."""

    @property
    def columns(self) -> tuple[Matched, ...]:
        """All columns, from left to right."""
        return tuple(column for block in self.blocks for column in block.columns)

    @property
    def count(self) -> int:
        """How many rows are records."""
        return sum(len(block.rows.records) for block in self.blocks)

    def column_of(self, field: str) -> Matched | None:
        """The column of a field, if it has one."""
        return next((column for column in self.columns if column.field == field), None)


def layouts(book: Book, table: str) -> list[Layout]:
    """Every sheet of a file that is a table of this kind, or of any kind if none is named.

    Raises Refused where all that looks like a table is a form.
    """
    found, forms = [], []
    for grid in book.grids:
        try:
            tables = (table,) if table else _GUESSABLE
            made = [layout for name in tables if (layout := _layout(grid, name, {}, {}))]
        except Refused as form:
            forms.append(form)
            continue
        if made:
            found.append(max(made, key=_worth))
    if forms and not found:
        raise forms[0]
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
    must = next(iter(targets(table)))
    blocks = []
    for at, span in enumerate(_spans(grid, header, table, remembered)):
        if at == 0:
            first, meant = span, chosen
        else:
            meant = {**_moved(chosen, span.start - first.start), **chosen}
        columns = columns_of(grid, header, table, meant, remembered, span)
        by_field = {column.field: column.number for column in columns}
        if must not in by_field and not (chosen and by_field.keys() - {""}):
            return None
        key = by_field.get(must, columns[0].number)
        blocks.append(Block(columns, rows_of(grid, header, columns, key, table)))
    title = "".join("".join(row) for row in grid.rows[: max(header - 1, 0)])
    return Layout(table, grid, header, tuple(blocks), f"{grid.name} {title}")


def _spans(grid: Grid, header: int, table: str, remembered: Mapping[str, str]) -> tuple[range, ...]:
    """The columns of each table of a sheet: where the headings begin anew, another one begins."""
    whole = range(1, len(grid.rows[0]) + 1)
    heads = [plain(text) for text in grid.rows[header - 1]] if header else []
    keys = [n for n, text in enumerate(heads) if named(table, text, remembered)[1] == 0]
    must = next(iter(targets(table)))
    keys = [n for n in keys if named(table, heads[n], remembered)[0] == must]
    if len(keys) < 2:
        return (whole,)
    width = keys[1] - keys[0]
    start = next(n for n, text in enumerate(heads) if text)
    starts = [*range(start, len(heads), width)]
    cut = [[*heads[n : n + width], *[""] * width][:width] for n in starts]
    same = [block for block in cut if any(block)]
    if keys[0] - start >= width or any(block != same[0] for block in same) or len(same) < 2:
        return (whole,)
    return tuple(range(n + 1, min(n + width, len(heads)) + 1) for n in starts[: len(same)])


def _moved(chosen: Mapping[str, str], by: int) -> dict[str, str]:
    """What was said of columns by letter, of those that stand so much farther right."""
    letters = {lettered(number): lettered(number + by) for number in range(1, 200)}
    return {letters[key]: word for key, word in chosen.items() if key in letters}


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
