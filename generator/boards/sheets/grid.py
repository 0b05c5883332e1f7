"""A workbook's sheets as rows of text, each cell with its place; what is in the way is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from boards.errors import Place, Problem, listing, nearest, worded
from boards.records.refusals import NEVER
from boards.sheets.baseline import Baseline, read_lines
from boards.sheets.cells import refuse_error, text_of
from boards.sheets.columns import LISTS, REGISTER, Column, Path, Sheet, all_sheets
from boards.sheets.guide import GUIDE, by_labels
from boards.sheets.pages import Page, read_pages
from boards.sheets.survey import Spot, Survey, shows_picture
from boards.sheets.values import Refused

TO_MEDIA = "图片点右键另存，放进 data/media，再在“文件”一列写 media/文件名"
"""How a picture gets from a workbook to where the boards take it from."""


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
    baseline: Baseline | None = None
    """What it and the records agreed on when it was written, or read last; None if unreadable."""
    problems: list[Problem] = field(default_factory=list)


def read_workbook(content: bytes, path: str) -> Workbook:
    """Read an .xlsx file; bad input becomes problems, never an exception."""
    found = Workbook(path)
    try:
        pages = read_pages(content)
        _read_register(found, pages.get(REGISTER))
    except Refused as fault:
        found.problems.append(Problem(Place(path), fault.found, fault.hint))
        return found
    known = {sheet.name: sheet for sheet in all_sheets()}
    for name, page in pages.items():
        if name in known:
            _read_sheet(found, known[name], page)
        elif name not in {GUIDE, LISTS, REGISTER} and not page.is_empty:
            guess = nearest(name, [sheet for sheet in known if sheet not in pages])
            hint = f"表名改回“{guess}”" if guess else "把这张表移到别的文件里"
            found.problems.append(Problem(Place(path, 1, 1, name), f"不认识工作表“{name}”", hint))
    return found


def _read_register(found: Workbook, page: Page | None) -> None:
    """What each record was; raises Refused where the workbook is not one of ours."""
    again = "运行 boards sheets out 导出一份新的，把改动抄到新文件里"
    if page is None or not page.values:
        raise Refused("这个文件不是 boards sheets out 导出的，或者里面隐藏的登记表丢了", again)
    try:
        found.baseline = read_lines([[str(text) for text in line] for line in page.values])
    except ValueError as error:
        said = "这个文件是别的版本的程序导出的，或者隐藏的登记表被改过"
        raise Refused(said, again) from error


def _read_sheet(found: Workbook, sheet: Sheet, page: Page) -> None:
    """Every row of a sheet, unless its headings or merged cells make it unreadable."""
    told = list(_in_the_way(found.path, page))
    columns: dict[int, Column] = {}
    if not page.goes_too_far:
        heads = page.values[0] if page.values else []
        columns, problems = _headings(sheet, heads, Place(found.path, 1, 1, sheet.name))
        told += problems
    found.problems += told
    if told:
        found.unreadable.add(sheet.name)
        return
    filled = [number for number in range(2, len(page.values) + 1) if page.is_filled(number)]
    for number in range(2, max(filled, default=1) + 1):
        if number not in filled:
            place = Place(found.path, number, 1, sheet.name)
            hint = "删掉这一整行（右键—删除）；要删掉一条记录也是删整行，不是只清空格子"
            found.problems.append(Problem(place, "表格中间有空行", hint))
    found.rows[sheet.name] = [_row(found, sheet, columns, page, number) for number in filled]


def _in_the_way(path: str, page: Page) -> Iterator[Problem]:
    for spot in page.merged:
        place = Place(path, *spot, page.name)
        yield Problem(place, "这里的单元格合并了", "取消合并，每格各填各的")
    for spot in page.seen.laid:
        place = Place(path, *spot, page.name)
        yield Problem(place, "这里贴着图片、文本框或图表，读不进台账", f"把它删掉；{TO_MEDIA}")
    if page.goes_too_far:
        place = Place(path, *page.seen.last, page.name)
        yield Problem(place, "离表格很远的地方有内容", "按 Ctrl+End 找到它，删掉那些行和列")


def _row(found: Workbook, sheet: Sheet, columns: dict[int, Column], page: Page, number: int) -> Row:
    row = Row(sheet, number)
    for at, value in enumerate(page.values[number - 1], 1):
        place = Place(found.path, number, at, sheet.name)
        column = columns.get(at)
        if column is None:
            if value != "" or page.seen.holds((number, at)):
                said = "表格外面有内容，没有表头"
                found.problems.append(Problem(place, said, "删掉，或移到别的文件里"))
            continue
        row.places[column.path] = place
        try:
            text = _text(value, column, page.seen, (number, at))
        except Refused as fault:
            row.refused.add(column.path)
            found.problems.append(Problem(place, fault.found, fault.hint, field=column.heading))
        else:
            if text:
                row.texts[column.path] = text
    return row


def _text(value: Any, column: Column, seen: Survey, spot: Spot) -> str:
    if spot in seen.pictures or (isinstance(value, str) and shows_picture(value)):
        raise Refused("这一格里是一张图片，读不出文字", f"清空这一格；{TO_MEDIA}")
    if spot in seen.errors:
        refuse_error(seen.errors[spot])
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
            yield Problem(
                place, f"不设“{label}”这一项", ("删掉这一列：", worded(reason, by_labels))
            )
        elif guess := nearest(heading, missing):
            yield Problem(place, f"不认识表头“{heading[:20]}”", f"表头改回“{guess}”")
        else:
            hint = f"删掉这一列；这张表的表头有：{listing([*known], 40)}"
            yield Problem(place, f"不认识表头“{heading[:20]}”", hint)
