"""Where a table begins, what each of its columns is, and which of its rows are records."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from boards.board.board import MODELS
from boards.errors import listing
from boards.intake.sniffing import guessed_field, is_name
from boards.intake.tables import Book, Grid
from boards.intake.vocabulary import CALLED, forbidden, is_count, looks_private, plain
from boards.sheets.columns import Column, sheets_of
from boards.sheets.values import Refused

NOT_WANTED = "不要"
"""What is said of a column that somebody does not want."""
_SEARCHED = 25
"""Rows in which a heading is looked for."""
_SHOWN = 3
_NOTES = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|合计|总计|小计|共计|填报|统计|单位盖章|日期|联系)[^，。]{0,12}[:：)）人日]?"
)
_GUESSABLE = ("members", "honours", "messages", "outcomes")
_NO_PLACE = "台账没有这一项"


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


@dataclass(frozen=True, slots=True)
class Matched:
    """One column of a table, and what becomes of it."""

    number: int
    letter: str
    heading: str
    field: str = ""
    """The path of its field; empty if it is left out."""
    label: str = ""
    why: str = ""
    """Of a column that is left out the reason, of one that was guessed by what."""
    may_be_chosen: bool = True
    """Whether somebody may say that it is a field after all."""
    samples: tuple[str, ...] = ()
    """A few of its cells; of what may not be kept none."""


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


def lettered(number: int) -> str:
    """What Excel calls a column."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


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
    columns = _columns(grid, header, table, chosen, remembered)
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
        named = {field for text in row if text and (field := _named(table, text, remembered)[0])}
        others = sum(
            bool(text) and (is_count(text) or forbidden(text) is not None) and len(text) < 12
            for text in row
        )
        score = 2 * len(named) + others if named else 0
        is_sure = any(_named(table, text, remembered) == (must, 0) for text in row) and not any(
            is_name(text) and not _named(table, text, remembered)[0] for text in row
        )
        if score > most and (len(named) > 1 or others or is_sure):
            best, most = number, score
    return best


def _named(table: str, heading: str, remembered: Mapping[str, str]) -> tuple[str, int]:
    """The field that a heading names, and how surely: 0 by its whole, 1 by a part of it."""
    text = plain(heading)
    if not text or len(text) > 14:
        return "", 9
    if text in remembered:
        return ("" if remembered[text] == NOT_WANTED else remembered[text]), 0
    words = CALLED.get(table, {})
    known = targets(table)
    for field, called in words.items():
        if field in known and text in (plain(word) for word in called):
            return field, 0
    for field, target in known.items():
        if text == plain(target.label):
            return field, 0
    parts = [
        (len(word), field)
        for field, called in words.items()
        if field in known
        for word in map(plain, called)
        if len(word) > 1 and (text.endswith(word) or text.startswith(word))
    ]
    return (max(parts)[1], 1) if parts else ("", 9)


def _columns(
    grid: Grid,
    header: int,
    table: str,
    chosen: Mapping[str, str],
    remembered: Mapping[str, str],
) -> tuple[Matched, ...]:
    width = len(grid.rows[0])
    found: list[Matched] = []
    ranks: dict[int, int] = {}
    for number in range(1, width + 1):
        heading = _heading(grid, header, number)
        cells = [row[number - 1] for row in grid.rows[header:] if row[number - 1]]
        if not heading and not cells:
            continue
        column, ranks[number] = _column(table, number, heading, cells, chosen, remembered)
        if number in grid.hidden_columns:
            why = "这一列隐藏着，没有读；要带它，先取消隐藏"
            column = replace(column, field="", label="", why=why, may_be_chosen=False, samples=())
        found.append(column)
    single = _one_each(found, ranks, targets(table))
    return tuple(_guessed(single, grid, header, table))


def _heading(grid: Grid, header: int, number: int) -> str:
    """What stands above a column; of two rows of headings the lower one, if it says something."""
    if not header:
        return ""
    own = grid.text(header, number)
    above = grid.text(header - 1, number) if header > 1 else ""
    same_row = [text for text in grid.rows[header - 2] if text] if header > 1 else []
    return own or (above if len(same_row) > 1 else "")


def _column(
    table: str,
    number: int,
    heading: str,
    cells: list[str],
    chosen: Mapping[str, str],
    remembered: Mapping[str, str],
) -> tuple[Matched, int]:
    """What a column is, and how surely."""
    letter = lettered(number)
    column = Matched(number, letter, heading, samples=tuple(dict.fromkeys(cells))[:_SHOWN])
    private = looks_private(cells)
    if never := forbidden(heading) or (private and (private, "单元格里的内容像是这一项，不登记")):
        why = f"不登记{never[0]}：{never[1]}"
        return replace(column, why=why, may_be_chosen=False, samples=()), 9
    wanted = chosen.get(letter, chosen.get(plain(heading), chosen.get(heading, "")))
    if wanted == NOT_WANTED:
        return replace(column, why="您说不要"), 9
    if wanted:
        return replace(column, field=wanted, label=targets(table)[wanted].label), -1
    if remembered.get(plain(heading)) == NOT_WANTED:
        return replace(column, why="上次您说不要"), 9
    if is_count(heading):
        return replace(column, why="只是序号"), 9
    field, rank = _named(table, heading, remembered)
    if field:
        return replace(column, field=field, label=targets(table)[field].label), rank
    return replace(column, why=_NO_PLACE), rank


def _one_each(
    columns: list[Matched], ranks: Mapping[int, int], known: Mapping[str, Target]
) -> list[Matched]:
    """Each field in one column only: the one that is named the most surely, else the first."""
    best: dict[str, Matched] = {}
    for column in columns:
        there = best.get(column.field)
        if column.field and (there is None or ranks[column.number] < ranks[there.number]):
            best[column.field] = column
    return [
        replace(column, field="", label="", why=f"已经有“{known[column.field].label}”那一列")
        if column.field and best[column.field] is not column
        else column
        for column in columns
    ]


def _guessed(columns: list[Matched], grid: Grid, header: int, table: str) -> Iterator[Matched]:
    """Columns that no heading names, by what stands in them."""
    there = {column.field for column in columns}
    known = targets(table)
    for column in columns:
        if column.field or not column.may_be_chosen or column.why != _NO_PLACE:
            yield column
            continue
        cells = [row[column.number - 1] for row in grid.rows[header:] if row[column.number - 1]]
        field = guessed_field(table, cells)
        if field and field not in there and (not column.heading or known[field].required):
            there.add(field)
            yield replace(column, field=field, label=known[field].label, why="按内容认的")
        else:
            yield column


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
