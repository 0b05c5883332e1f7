"""Writing the workbook: a guide, a sheet for each kind of record, and what stands hidden."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Mapping
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from boards.board.board import Board
from boards.errors import BoardError, Problem
from boards.records import Keyed
from boards.sheets.baseline import agreement
from boards.sheets.columns import LISTS, REGISTER, TABLES, Sheet, all_sheets
from boards.sheets.drawing import Formats, Line, draw, list_name
from boards.sheets.guide import GUIDE, HOW_TO, SECRET, never_collected
from boards.sheets.rows import rows, wording

MAX_CELL = 32767
"""Characters that Excel holds in one cell, those beyond the basic plane counted twice."""

Filled = Mapping[str, list[tuple[Keyed, list[str]]]]
"""The rows of every sheet by its name."""


def workbook(board: Board, today: datetime.date) -> bytes:
    """The board's records as an .xlsx file; equal boards on equal days give equal bytes.

    Raises BoardError for a text that is too long for a cell.
    """
    filled = {sheet.name: list(rows(board, sheet)) for sheet in all_sheets()}
    if faults := [fault for sheet in all_sheets() for fault in _too_long(board, sheet, filled)]:
        raise BoardError(faults)
    offers = _offers(board)
    target = io.BytesIO()
    font = {"font_name": "宋体", "font_size": 11}
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_format_properties": font})
    midnight = datetime.datetime.combine(today, datetime.time())
    title = f"{board.branch.name}台账"
    book.set_properties({"title": title, "comments": SECRET, "created": midnight})
    formats = Formats.of(book)
    _write_guide(book, title, filled, today)
    for sheet in all_sheets():
        lines = [
            Line(cells, bool(getattr(row, "sample", False))) for row, cells in filled[sheet.name]
        ]
        draw(book.add_worksheet(sheet.name), formats, sheet, lines, _ranges(offers))
    _write_hidden(book, LISTS, list(offers.values()), across=False)
    register = agreement(board, {table: board.table(table) for table in TABLES}).lines()
    _write_hidden(book, REGISTER, register, across=True)
    book.close()
    return target.getvalue()


def _too_long(board: Board, sheet: Sheet, filled: Filled) -> Iterator[Problem]:
    for record, cells in filled[sheet.name]:
        for column, text in zip(sheet.columns, cells, strict=True):
            if (length := len(text.encode("utf-16-le")) // 2) > MAX_CELL:
                path = (sheet.field,) if sheet.field else column.path
                found = f"有 {length} 个字（生僻字算两个），Excel 一格放不下"
                yield board.problem(record, path, found, f"缩到 {MAX_CELL} 个字以内")


def _offers(board: Board) -> dict[str, list[str]]:
    """What each drop-down of ids offers, by its name."""
    words = wording(board)
    offers: dict[str, list[str]] = {}
    for column in (column for sheet in all_sheets() for column in sheet.columns):
        name = list_name(column)
        if column.is_role and name not in offers:
            offers[name] = [
                words.named(column, role.id, zone.id)
                for zone in board.zones.values()
                for role in zone.roles
            ]
        elif column.reference and name not in offers:
            keys = dict.fromkeys((*column.reference.also, *board.nameable(column.reference)))
            offers[name] = [words.named(column, key) for key in keys]
    return offers


def _ranges(offers: Mapping[str, list[str]]) -> dict[str, str]:
    return {
        name: f"='{LISTS}'!${xl_col_to_name(at)}$1:${xl_col_to_name(at)}${len(offer)}"
        for at, (name, offer) in enumerate(offers.items())
        if offer
    }


def _write_hidden(book: Any, name: str, lines: list[list[str]], *, across: bool) -> None:
    page = book.add_worksheet(name)
    page.very_hidden()
    for one, line in enumerate(lines):
        for other, text in enumerate(line):
            page.write_string(*((one, other) if across else (other, one)), text)


def _write_guide(book: Any, title: str, filled: Filled, today: datetime.date) -> None:
    big = book.add_format({"bold": True, "font_size": 18, "font_color": "#B40000"})
    warning = book.add_format({"bold": True, "font_size": 14, "font_color": "#E00000"})
    heading = book.add_format(
        {"bold": True, "font_size": 12, "bottom": 2, "bottom_color": "#B40000"}
    )
    text = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#0B57A4", "underline": 1})
    page = book.add_worksheet(GUIDE)
    page.hide_gridlines(2)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 96)
    page.write_string(0, 0, title, big)
    page.write_string(1, 0, SECRET, warning)
    page.write_string(2, 0, f"{today} 导出")
    row = 4
    for name, points in HOW_TO:
        numbered = [(str(number), point) for number, point in enumerate(points, 1)]
        row = _write_points(page, row, name, heading, numbered, text)
    counted = [(sheet.name, f"{len(filled[sheet.name])} 行") for sheet in all_sheets()]
    end = _write_points(page, row, "有哪些表", heading, counted, text)
    for number, (name, _) in enumerate(counted, row + 1):
        page.write_url(number, 0, f"internal:'{name}'!A1", link, name)
    never = "这些从不收集，表里没有，也不要写进备注"
    _write_points(page, end, never, heading, never_collected(), text)
    page.set_portrait()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.activate()


def _write_points(
    page: Any, row: int, name: str, heading: Any, points: list[tuple[str, str]], text: Any
) -> int:
    """A heading and what stands under it; the row where the next may stand."""
    page.write_string(row, 0, name, heading)
    page.write_blank(row, 1, None, heading)
    for number, (left, right) in enumerate(points, row + 1):
        page.write_string(number, 0, left, text)
        page.write_string(number, 1, right, text)
    return row + len(points) + 2
