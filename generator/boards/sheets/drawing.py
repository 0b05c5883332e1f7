"""One sheet of records on paper and screen: headings, cells, drop-downs, widths, print set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from boards.board.board import MODELS
from boards.records.choices import Audience
from boards.records.schema import spec_at
from boards.sheets.columns import OWNER, Column, Sheet
from boards.sheets.guide import SECRET, comment

MAX_ROWS = 5000
"""Rows below the heading that have drop-downs, filled or not."""
PAGE_WIDTH = 150
"""Widths of columns, in characters, that are still read when printed on one landscape A4."""
LINE_HEIGHT = 14.5
MAX_LINES = 18
"""Rows grow no higher than so many lines; Excel ends at 409 points."""

TEXT = 49
"""Number of the format “text” (@) among those that every spreadsheet has."""

_EDGE = {"border": 1, "border_color": "#D0C8BC"}
_CELL = {"num_format": TEXT, "text_wrap": True, "valign": "top"}
_HEADING = {**_EDGE, **_CELL, "bold": True, "valign": "vcenter", "align": "center"}


@dataclass(frozen=True, slots=True)
class Formats:
    """The looks of cells; every one is text, so that Excel leaves 8103 and 2019-08 alone."""

    filled: Any
    sample: Any
    empty: Any
    """For the rows that are still to come."""
    heading: Any
    internal: Any
    """Heading of a field that is for the branch only."""
    plain: Any
    star: Any

    @classmethod
    def of(cls, book: Any) -> Formats:
        """Made once for a workbook."""
        grey = {"font_color": "#7F7F7F", "bg_color": "#F2F2F2"}
        internal = {**_HEADING, "bg_color": "#7F7F7F", "font_color": "#FFFFFF"}
        return cls(
            filled=book.add_format({**_EDGE, **_CELL}),
            sample=book.add_format({**_EDGE, **_CELL, **grey}),
            empty=book.add_format(_CELL),
            heading=book.add_format({**_HEADING, "bg_color": "#F9EFD9"}),
            internal=book.add_format(internal),
            plain=book.add_format({"bold": True}),
            star=book.add_format({"bold": True, "font_color": "#E00000"}),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row, and whether it belongs to a sample."""

    cells: Sequence[str]
    is_sample: bool


def draw(
    page: Any, formats: Formats, sheet: Sheet, lines: Sequence[Line], lists: Mapping[str, str]
) -> None:
    """Fill one worksheet; `lists` says where each drop-down of ids stands."""
    widths = [_width(column) for column in sheet.columns]
    for at, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
        page.set_column(at, at, width, formats.empty)
        _draw_heading(page, formats, at, sheet, column)
        _offer(page, at, column, lists)
    page.set_row(0, 48)
    for number, line in enumerate(lines, 1):
        look = formats.sample if line.is_sample else formats.filled
        page.set_row(number, _height(line.cells, widths))
        for at, text in enumerate(line.cells):
            if text:
                page.write_string(number, at, text, look)
            else:
                page.write_blank(number, at, None, look)
    _grey_new_samples(page, formats, sheet)
    _set_up(page, sheet, len(lines), sum(widths))


def _draw_heading(page: Any, formats: Formats, at: int, sheet: Sheet, column: Column) -> None:
    look = formats.internal if _is_internal(sheet, column) else formats.heading
    if column.required:
        page.write_rich_string(0, at, formats.plain, column.heading, formats.star, "*", look)
    else:
        page.write_string(0, at, column.heading, look)
    text = comment(column)
    lines = sum(1 + len(line) // 16 for line in text.split("\n"))
    size = {"width": 230, "height": 12 + 18 * lines, "font_size": 9, "author": ""}
    page.write_comment(0, at, text, size)


def _is_internal(sheet: Sheet, column: Column) -> bool:
    spec = spec_at(MODELS[sheet.table], column.path) if not sheet.field else None
    return spec is not None and spec.audience is Audience.BRANCH


def _offer(page: Any, at: int, column: Column, lists: Mapping[str, str]) -> None:
    """A drop-down: closed for choices, open for ids, which may be of a record just typed."""
    rule: dict[str, Any]
    if column.many:
        return
    if column.choices or column.is_flag:
        words = [choice.label for choice in column.choices] if column.choices else ["是", "否"]
        rule = {"source": words, "error_title": "不在可选范围里", "error_message": "请从下拉里选。"}
    elif source := lists.get(list_name(column)):
        said = "下拉里没有。如果是刚登记的，选“是”；否则选“否”，从下拉里重新选。"
        rule = {
            "source": source,
            "error_type": "warning",
            "error_title": "核对一下",
            "error_message": said,
        }
    else:
        return
    page.data_validation(1, at, MAX_ROWS, at, {"validate": "list", **rule})


def list_name(column: Column) -> str:
    """Which list of ids a column chooses from; empty for none."""
    if column.is_role:
        return "roles"
    if column.reference:
        return "+".join((*column.reference.tables, *column.reference.also))
    return ""


def _width(column: Column) -> float:
    if column.reference and column.reference.table == "sources":
        return 36
    if column.path == OWNER or column.reference:
        return 36 if column.many else 26
    if column.is_long:
        return 50
    if column.many:
        return 28
    if column.is_flag or column.is_whole:
        return 9
    if column.choices or column.is_day or column.is_partial_date or column.is_role:
        return 13
    if column.path[-1] in {
        "id",
        "title",
        "text",
        "scope",
        "does",
        "pledge",
        "summary",
        "topic",
        "headline",
    }:
        return 22 if column.path == ("id",) else 36
    return max(12, min(20, 2 * len(column.heading)))


def _height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Of a row in points; given, because not every program fits rows to wrapped text by itself."""
    most = 1
    for text, width in zip(cells, widths, strict=True):
        lines = (sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in text.split("\n"))
        most = max(most, sum(1 + int(length / width) for length in lines))
    return min(most, MAX_LINES) * LINE_HEIGHT + 4


def _grey_new_samples(page: Any, formats: Formats, sheet: Sheet) -> None:
    for at, column in enumerate(sheet.columns):
        if column.path == ("sample",):
            rule = {
                "type": "formula",
                "criteria": f'=${xl_col_to_name(at)}2="是"',
                "format": formats.sample,
            }
            page.conditional_format(1, 0, MAX_ROWS, len(sheet.columns) - 1, rule)


def _set_up(page: Any, sheet: Sheet, count: int, width: float) -> None:
    last = len(sheet.columns) - 1
    page.freeze_panes(1, 1 if sheet.field else 2)
    page.autofilter(0, 0, max(count, 1), last)
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(last)}{MAX_ROWS + 1}"})
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(max(1, round(width / PAGE_WIDTH)), 0)
    page.repeat_rows(0)
    page.repeat_columns(0, 0 if sheet.field else 1)
    page.set_header(f"&L{sheet.name}&R{SECRET}")
    page.set_footer("&C第 &P 页，共 &N 页")
