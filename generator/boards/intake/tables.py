"""Tables of any kind as rows of text: workbooks old and new, ODS, CSV, cells that were pasted.

What a cell shows is its text; what may not be what somebody typed is told of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from boards.intake.container import refuse_kind, require_size, unpacked, what_it_is
from boards.intake.values_apart import Values, plain_text, require_within, values_of
from boards.intake.workbook_values import MAX_ROWS
from boards.sheets.survey import Spot, Survey, shows_picture, survey
from boards.sheets.values import Refused
from boards.yaml.source import decode_text, with_unix_line_ends

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
            require_within(sheet, *survey_of_it.last)
    return _book(values_of(content), seen, kind)


def read_pasted(text: str) -> Book:
    """Cells that were copied in WPS or Excel and pasted."""
    if not text.strip():
        raise Refused("没有粘贴任何内容", "在表格里选中要带的格子（连表头），复制，再粘贴到这里")
    return Book((_grid_of_text(text, "粘贴的内容"),))


def _book(sheets: list[Values], seen: dict[str, Survey], kind: str) -> Book:
    said, grids = [], []
    for sheet in sheets:
        if not sheet.visible:
            said.append(f"工作表“{sheet.name}”隐藏着，没有读；要带它，先取消隐藏")
            continue
        grids.append(_grid(sheet, seen.get(sheet.name)))
        if (there := seen.get(sheet.name)) and there.laid:
            said.append(f"“{sheet.name}”里的图片、文本框和图表没有带进来")
    if kind != "工作簿":
        said.append("这种格式看不出隐藏的行和列，隐藏的也读了；公式按算好的结果读")
    if not any(grid.rows for grid in grids):
        raise Refused("文件里没有看得见的内容", "核对文件；隐藏的工作表要先取消隐藏")
    return Book(tuple(grids), tuple(said))


def _grid(sheet: Values, seen: Survey | None) -> Grid:
    seen = seen or Survey()
    width = max([seen.last[1], *(len(row) for row in sheet.rows)])
    rows = [[*row, *[""] * (width - len(row))] for row in sheet.rows]
    rows += [[""] * width for _ in range(seen.last[0] - len(rows))]
    refused: dict[Spot, tuple[str, str]] = {}
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row, 1):
            if fault := _fault(text, (number, at), seen):
                refused[number, at] = fault
    filled = frozenset(_fill_down(rows, sheet))
    return Grid(
        sheet.name,
        tuple(map(tuple, rows)),
        refused,
        sheet.numbers,
        frozenset(seen.formulas),
        filled,
        frozenset(seen.hidden_rows),
        frozenset(seen.hidden_columns),
    )


def _fill_down(texts: list[list[str]], sheet: Values) -> Iterator[Spot]:
    """Put what a cell that is merged downwards says into each of its rows."""
    for (top, left), (bottom, right) in sheet.merged:
        if left != right or top >= len(texts):
            continue
        for row in range(top + 1, min(bottom + 1, len(texts))):
            if left < len(texts[row]) and not texts[row][left]:
                texts[row][left] = texts[top][left]
                yield row + 1, left + 1


def _fault(text: str, spot: Spot, seen: Survey) -> tuple[str, str] | None:
    """What is the matter with a cell that cannot be taken, and what to do."""
    if spot in seen.pictures or shows_picture(text):
        return _A_PICTURE
    if spot in seen.errors or text.upper() in _ERRORS:
        said = f"是错误值 {seen.errors.get(spot, text)}"
        return said, "改成要写的内容，保存以后再带进来"
    if spot in seen.outside:
        return _LINKED
    return _NOT_COMPUTED if spot in seen.formulas and not text else None


def _text_book(content: bytes, name: str) -> Book:
    """A table in a text file, UTF-8 or GBK, its cells parted by commas, semicolons or tabs."""
    return Book((_grid_of_text(read_text(content, name), name),))


def read_text(content: bytes, name: str) -> str:
    """A text file, UTF-8 or GBK; raises Refused."""
    require_size(len(content))
    text, problems = decode_text(content, name)
    if text is None:
        found = problems[-1].found
        raise Refused(found, "用 WPS 或 Excel 打开，另存为“Excel 工作簿（.xlsx）”，再带进来")
    return text


def _grid_of_text(text: str, name: str) -> Grid:
    lines = with_unix_line_ends(text).strip("\n").split("\n", MAX_ROWS + 1)
    require_within(name, len(lines), 1)
    first = "\n".join(lines[:20])
    delimiter = max(_DELIMITERS, key=first.count)
    whole = "\n".join(lines)
    rows = _split(whole, delimiter)
    width = max(len(row) for row in rows)
    require_within(name, len(rows), width)
    return Grid(name, tuple((*map(plain_text, row), *[""] * (width - len(row))) for row in rows))


def _split(text: str, delimiter: str) -> Sequence[Sequence[str]]:
    """Lines as cells; where quotes do not close, each line by itself."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = [line.split(delimiter) for line in text.split("\n")]
    return rows or [[""]]
