"""Tables of any kind as rows of text: workbooks old and new, ODS, CSV, cells that were pasted.

What a cell shows is its text; what may not be what somebody typed is told of it.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from boards.intake.container import AGAIN, refuse_kind, require_size, unpacked, what_it_is
from boards.sheets.survey import Spot, Survey, shows_picture, survey
from boards.sheets.values import Refused
from boards.yaml.faults import unsafe_characters
from boards.yaml.source import decode_text, with_unix_line_ends

MAX_ROWS, MAX_COLUMNS = 5000, 100
"""No branch has more people or honours; a list of 200 000 rows is another one."""
_DELIMITERS = ("\t", ",", ";", "，")
_ERRORS = ("#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
_LINKED = "是从别的文件算来的公式", "打开那个文件核对以后，复制这一列，选择性粘贴为数值"
_NOT_COMPUTED = "是公式，没有算出内容", "复制这一列，选择性粘贴为数值，保存以后再带进来"
_A_PICTURE = "是一张图片，读不出文字", "照片用“照片”那一种带进来"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its cells as text, from A1 on, all rows of one length."""

    name: str
    rows: tuple[tuple[str, ...], ...] = ()
    refused: dict[Spot, tuple[str, str]] = field(default_factory=dict)
    """Cells that cannot be taken: what is the matter, and what to do."""
    numbers: frozenset[Spot] = frozenset()
    """Cells that hold a number, not text: 2019.1 may have been 2019.10."""
    computed: frozenset[Spot] = frozenset()
    """Cells whose value a formula made."""
    filled: frozenset[Spot] = frozenset()
    """Cells that only continue the merged one above them."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def text(self, row: int, column: int) -> str:
        """A cell's text, both counted from 1."""
        return self.rows[row - 1][column - 1]


@dataclass(frozen=True, slots=True)
class Book:
    """A file's sheets, those that are shown, and what is to be said of it."""

    grids: tuple[Grid, ...]
    said: tuple[str, ...] = ()


def read_book(content: bytes, name: str) -> Book:
    """Every sheet that is shown; raises Refused where a file is no table that can be read."""
    require_size(len(content))
    kind = what_it_is(content)
    if kind == "":
        return _text_book(content, name)
    if kind not in ("工作簿", "旧表格", "ODS 表格"):
        raise refuse_kind(kind, "表格（.xlsx、.xls、.ods 或 .csv）")
    seen: dict[str, Survey] = {}
    if kind != "旧表格":
        unpacked(content)
    if kind == "工作簿":
        seen = survey(content, MAX_ROWS)
        for sheet, survey_of_it in seen.items():
            _require_within(sheet, *survey_of_it.last)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return _book(book, seen, kind)
    except PasswordError as error:
        raise refuse_kind("加密文件", "") from error
    except (CalamineError, ValueError, OverflowError, MemoryError) as error:
        raise Refused("文件里的内容读不了，可能已损坏，或者加了密码", AGAIN) from error


def read_pasted(text: str) -> Book:
    """Cells that were copied in WPS or Excel and pasted."""
    if not text.strip():
        raise Refused("没有粘贴任何内容", "在表格里选中要带的格子（连表头），复制，再粘贴到这里")
    return Book((_grid_of_text(text, "粘贴的内容"),))


def _require_within(sheet: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        found = f"“{sheet}”有 {MAX_ROWS} 行以上的内容，不像一个支部的名单"
        raise Refused(found, "只留要用的行，另存一份；按 Ctrl+End 看看最远的格子在哪里")
    if columns > MAX_COLUMNS:
        found = f"“{sheet}”有 {columns} 列，超过 {MAX_COLUMNS} 列"
        raise Refused(found, "只留要用的列，另存一份；按 Ctrl+End 看看最远的格子在哪里")


def _book(book: CalamineWorkbook, seen: dict[str, Survey], kind: str) -> Book:
    said, grids = [], []
    for about in book.sheets_metadata:
        if about.visible is not SheetVisibleEnum.Visible:
            said.append(f"工作表“{about.name}”隐藏着，没有读；要带它，先取消隐藏")
            continue
        sheet = book.get_sheet_by_name(about.name)
        _require_within(about.name, sheet.total_height, sheet.total_width)
        grids.append(_grid(sheet, seen.get(about.name)))
        if (there := seen.get(about.name)) and there.laid:
            said.append(f"“{about.name}”里的图片、文本框和图表没有带进来")
    if kind != "工作簿":
        said.append("这种格式看不出隐藏的行和列，隐藏的也读了；公式按算好的结果读")
    if not any(grid.rows for grid in grids):
        raise Refused("文件里没有看得见的内容", "核对文件；隐藏的工作表要先取消隐藏")
    return Book(tuple(grids), tuple(said))


def _grid(sheet: CalamineSheet, seen: Survey | None) -> Grid:
    seen = seen or Survey()
    values = sheet.to_python(skip_empty_area=False)
    width = max([seen.last[1], *(len(row) for row in values)])
    rows = [[*row, *[""] * (width - len(row))] for row in values]
    rows += [[""] * width for _ in range(seen.last[0] - len(rows))]
    refused: dict[Spot, tuple[str, str]] = {}
    texts = [
        [_shown(value, (r, c), seen, refused) for c, value in enumerate(row, 1)]
        for r, row in enumerate(rows, 1)
    ]
    filled = set(_fill_down(texts, sheet))
    numbers = {
        (r, c)
        for r, row in enumerate(rows, 1)
        for c, value in enumerate(row, 1)
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    return Grid(
        sheet.name,
        tuple(map(tuple, texts)),
        refused,
        frozenset(numbers),
        frozenset(seen.formulas),
        frozenset(filled),
        frozenset(seen.hidden_rows),
        frozenset(seen.hidden_columns),
    )


def _fill_down(texts: list[list[str]], sheet: CalamineSheet) -> Iterator[Spot]:
    """Put what a cell that is merged downwards says into each of its rows."""
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left != right or top >= len(texts):
            continue
        for row in range(top + 1, min(bottom + 1, len(texts))):
            if left < len(texts[row]) and not texts[row][left]:
                texts[row][left] = texts[top][left]
                yield row + 1, left + 1


def _shown(value: Any, spot: Spot, seen: Survey, refused: dict[Spot, tuple[str, str]]) -> str:
    """What a cell shows; what is the matter with it goes into `refused`."""
    text = text_of(value)
    if spot in seen.pictures or shows_picture(text):
        refused[spot] = _A_PICTURE
    elif spot in seen.errors or text.upper() in _ERRORS:
        said = f"是错误值 {seen.errors.get(spot, text)}"
        refused[spot] = said, "改成要写的内容，保存以后再带进来"
    elif spot in seen.outside:
        refused[spot] = _LINKED
    elif spot in seen.formulas and not text:
        refused[spot] = _NOT_COMPUTED
    return text


def text_of(value: Any) -> str:
    """A value of a cell as text: days as 2019-08-19, whole numbers without a point."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return _plain(str(value))


def _plain(text: str) -> str:
    """Text without what eyes do not see and spaces around it."""
    text = with_unix_line_ends(text).replace("_x000D_", "")
    unseen = {at for at, _ in unsafe_characters(text)}
    kept = "".join(character for at, character in enumerate(text) if at not in unseen)
    return kept.strip(" \t\n\u3000\u00a0")


def _text_book(content: bytes, name: str) -> Book:
    """A table in a text file, UTF-8 or GBK, its cells parted by commas, semicolons or tabs."""
    text, problems = decode_text(content, name)
    if text is None:
        found = problems[-1].found
        raise Refused(found, "用 WPS 或 Excel 打开，另存为“Excel 工作簿（.xlsx）”，再带进来")
    return Book((_grid_of_text(text, name),))


def _grid_of_text(text: str, name: str) -> Grid:
    lines = with_unix_line_ends(text).strip("\n").split("\n", MAX_ROWS + 1)
    _require_within(name, len(lines), 1)
    first = "\n".join(lines[:20])
    delimiter = max(_DELIMITERS, key=first.count)
    whole = "\n".join(lines)
    rows = _split(whole, delimiter)
    width = max(len(row) for row in rows)
    _require_within(name, len(rows), width)
    return Grid(name, tuple((*map(_plain, row), *[""] * (width - len(row))) for row in rows))


def _split(text: str, delimiter: str) -> Sequence[Sequence[str]]:
    """Lines as cells; where quotes do not close, each line by itself."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = [line.split(delimiter) for line in text.split("\n")]
    return rows or [[""]]
