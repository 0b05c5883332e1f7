"""A workbook's sheets as rows of text, each cell with its place; what is in the way is told."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from boards.errors import Place, Problem, listing, nearest
from boards.records.refusals import NEVER
from boards.sheets.cells import text_of
from boards.sheets.columns import FORMAT, LISTS, REGISTER, Column, Path, Sheet, all_sheets
from boards.sheets.guide import GUIDE
from boards.sheets.survey import Survey, survey
from boards.sheets.values import Refused

MAX_ROWS, MAX_COLUMNS = 50_000, 200
"""A cell farther out was not meant; reading that far would fill the memory."""


@dataclass
class Row:
    """One row: its texts by the path of their column, empty cells left out."""

    sheet: Sheet
    number: int
    texts: dict[Path, str] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    refused: set[Path] = field(default_factory=set)
    """Cells whose fault has been told."""


@dataclass
class Workbook:
    """What was read, and everything wrong with how it stands there."""

    path: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    """By the name of the sheet; a sheet that is missing or cannot be read has none."""
    unreadable: set[str] = field(default_factory=set)
    branch: str = ""
    digests: dict[tuple[str, str], str] = field(default_factory=dict)
    """What each record was when the workbook was written."""
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """What each record, and each zone's role, was called then."""
    problems: list[Problem] = field(default_factory=list)


def read_workbook(content: bytes, path: str) -> Workbook:
    """Read an .xlsx file; bad input becomes problems, never an exception."""
    found = Workbook(path)
    try:
        seen = survey(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        _read_register(found, book, seen)
    except Refused as fault:
        found.problems.append(Problem(Place(path), fault.found, fault.hint))
        return found
    except CalamineError as error:
        hint = "用 WPS 或 Excel 打开，另存为“Excel 工作簿（.xlsx）”"
        found.problems.append(Problem(Place(path), f"文件读不了（{error}）", hint))
        return found
    known = {sheet.name: sheet for sheet in all_sheets()}
    for name in book.sheet_names:
        if name in known and (grid := _values(found, book, seen[name], name)) is not None:
            _read_sheet(found, known[name], grid, seen[name], _merged(book, name))
        elif (
            name not in known and name not in {GUIDE, LISTS, REGISTER} and seen[name].last != (0, 0)
        ):
            guess = nearest(name, [sheet for sheet in known if sheet not in book.sheet_names])
            hint = f"表名改回“{guess}”" if guess else "把这张表移到别的文件里"
            found.problems.append(Problem(Place(path, 1, 1, name), f"不认识工作表“{name}”", hint))
    return found


def _values(
    found: Workbook, book: CalamineWorkbook, seen: Survey, name: str
) -> list[list[Any]] | None:
    """The cells of a sheet from A1 on; None if they go too far."""
    if seen.last[0] > MAX_ROWS or seen.last[1] > MAX_COLUMNS:
        place = Place(found.path, *seen.last, name)
        said = "离表格很远的地方有内容"
        found.problems.append(Problem(place, said, "按 Ctrl+End 找到它，删掉那些行和列"))
        found.unreadable.add(name)
        return None
    grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    width = max([seen.last[1], *(len(row) for row in grid)])
    height = max(seen.last[0], len(grid), 1)
    padded = [[*row, *[""] * (width - len(row))] for row in grid]
    return [*padded, *([""] * width for _ in range(height - len(grid)))]


def _merged(book: CalamineWorkbook, name: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return book.get_sheet_by_name(name).merged_cell_ranges or []


def _read_register(found: Workbook, book: CalamineWorkbook, seen: dict[str, Survey]) -> None:
    """What each record was; raises Refused where the workbook is not one of ours."""
    again = "运行 boards sheets out 导出一份新的，把改动抄到新文件里"
    if REGISTER not in book.sheet_names or seen[REGISTER].last[1] > MAX_COLUMNS:
        raise Refused("这个文件不是 boards sheets out 导出的，或者里面隐藏的登记表丢了", again)
    lines = book.get_sheet_by_name(REGISTER).to_python()
    if not lines or len(lines[0]) < 2 or lines[0][0] != FORMAT:
        raise Refused("这个文件是别的版本的程序导出的，或者隐藏的登记表被改过", again)
    found.branch = str(lines[0][1])
    for table, key, digest, name in (map(str, line[:4]) for line in lines[1:] if len(line) > 3):
        found.digests[(table, key)] = digest
        found.names[(table, key)] = name


def _read_sheet(
    found: Workbook,
    sheet: Sheet,
    grid: list[list[Any]],
    seen: Survey,
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    def place(row: int, column: int) -> Place:
        return Place(found.path, row, column, sheet.name)

    told = len(found.problems)
    for (top, left), _ in merged:
        said = "这里的单元格合并了"
        found.problems.append(Problem(place(top + 1, left + 1), said, "取消合并，每格各填各的"))
    columns, problems = _headings(sheet, grid[0], place(1, 1))
    found.problems += problems
    if len(found.problems) > told:
        found.unreadable.add(sheet.name)
        return
    last = max((n for n, row in enumerate(grid, 1) if _is_filled(row, n, seen)), default=1)
    rows = found.rows.setdefault(sheet.name, [])
    for number, values in enumerate(grid[1:last], 2):
        if _is_filled(values, number, seen):
            rows.append(_row(found, sheet, columns, values, seen, number))
        else:
            hint = "删掉这一整行（右键—删除）；要删掉一条记录也是删整行，不是只清空格子"
            found.problems.append(Problem(place(number, 1), "表格中间有空行", hint))


def _row(
    found: Workbook,
    sheet: Sheet,
    columns: dict[int, Column],
    values: list[Any],
    seen: Survey,
    number: int,
) -> Row:
    row = Row(sheet, number)
    for at, value in enumerate(values, 1):
        spot = (number, at)
        place = Place(found.path, *spot, sheet.name)
        column = columns.get(at)
        if column is None:
            if value != "" or spot in seen.errors:
                said = "表格外面有内容，没有表头"
                found.problems.append(Problem(place, said, "删掉，或移到别的文件里"))
            continue
        row.places[column.path] = place
        try:
            text = _text(value, column, seen, spot)
        except Refused as fault:
            row.refused.add(column.path)
            found.problems.append(Problem(place, fault.found, fault.hint, field=column.heading))
        else:
            if text:
                row.texts[column.path] = text
    return row


def _is_filled(values: list[Any], number: int, seen: Survey) -> bool:
    return any(value != "" or (number, at) in seen.errors for at, value in enumerate(values, 1))


def _text(value: Any, column: Column, seen: Survey, spot: tuple[int, int]) -> str:
    if spot in seen.errors:
        raise Refused(f"这一格是错误值 {seen.errors[spot]}", "清空后重新输入内容，不要用公式")
    return text_of(value, column, is_formula=spot in seen.formulas)


def _headings(
    sheet: Sheet, values: list[Any], first: Place
) -> tuple[dict[int, Column], list[Problem]]:
    """Which column each heading names, by its number; every heading must be there once."""
    known = {column.heading: column for column in sheet.columns}
    typed = {at: _heading(value) for at, value in enumerate(values, 1) if value != ""}
    missing = [heading for heading in known if heading not in typed.values()]
    problems = list(_strange_headings(typed, known, missing, first))
    guessed = {problem.hint for problem in problems}
    for heading in missing:
        hint = f"表头改回“{heading}”"
        if hint not in guessed:
            said = f"缺少“{heading}”这一列"
            hint = f"插入一列，表头写“{heading}”；或重新导出"
            problems.append(Problem(first, said, hint))
    return {at: known[heading] for at, heading in typed.items() if heading in known}, problems


def _heading(value: Any) -> str:
    return str(value).rstrip("*＊")


def _strange_headings(
    typed: dict[int, str], known: dict[str, Column], missing: list[str], first: Place
) -> Iterator[Problem]:
    counts = Counter(typed.values())
    for at, heading in typed.items():
        place = Place(first.path, 1, at, first.sheet)
        if heading in known:
            if counts[heading] > 1:
                yield Problem(place, f"表头“{heading}”有 {counts[heading]} 列", "只留一列")
        elif heading in NEVER:
            label, reason = NEVER[heading]
            yield Problem(place, f"不设“{label}”这一项", f"删掉这一列：{reason}")
        elif guess := nearest(heading, missing):
            yield Problem(place, f"不认识表头“{heading[:20]}”", f"表头改回“{guess}”")
        else:
            hint = f"删掉这一列；这张表的表头有：{listing([*known], 40)}"
            yield Problem(place, f"不认识表头“{heading[:20]}”", hint)
