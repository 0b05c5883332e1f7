"""Workbooks for tests: one that was written is opened as cells, changed, and saved again."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from PIL import Image
from python_calamine import CalamineWorkbook

from helpers import TODAY

Cells = dict[str, list[list[Any]]]
"""Every sheet's cells by its name, from A1 on."""


@dataclass(frozen=True)
class Formula:
    """A formula with the result that stands in the file."""

    text: str
    result: Any


@dataclass(frozen=True)
class Picture:
    """A picture: the value of a cell, as newer Excel has it, or laid over the cells."""

    in_cell: bool


def _dot() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    return content


def opened(content: bytes) -> Cells:
    """The cells of an .xlsx file."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def saved(
    cells: Cells,
    merged: Mapping[str, Iterable[str]] | None = None,
    hidden: Mapping[str, Iterable[int]] | None = None,
) -> bytes:
    """The cells as an .xlsx file; a string, number, date, truth value or formula each as such."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime.datetime.combine(TODAY, datetime.time())})
    looks = {"text": "@", "date": "yyyy-mm-dd", "time": "hh:mm"}
    formats = {name: book.add_format({"num_format": look}) for name, look in looks.items()}
    for name, rows in cells.items():
        page = book.add_worksheet(name)
        for at in (merged or {}).get(name, ()):
            page.merge_range(at, "")
        for row in (hidden or {}).get(name, ()):
            page.set_row(row - 1, options={"hidden": True})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                _write(page, number, column, value, formats)
    book.close()
    return target.getvalue()


def _write(page: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if isinstance(value, Picture):
        place = page.embed_image if value.in_cell else page.insert_image
        place(row, column, "红点.png", {"image_data": _dot()})
    elif isinstance(value, Formula):
        page.write_formula(row, column, value.text, None, value.result)
    elif isinstance(value, datetime.time):
        page.write_datetime(row, column, value, formats["time"])
    elif isinstance(value, datetime.date):
        page.write_datetime(row, column, value, formats["date"])
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    elif value:
        page.write_string(row, column, value, formats["text"])


def at(cells: Cells, sheet: str, row: int, heading: str) -> tuple[list[Any], int]:
    """A row by its number in Excel, and the column under a heading."""
    headings = [str(value).rstrip("*") for value in cells[sheet][0]]
    return cells[sheet][row - 1], headings.index(heading)


def put(cells: Cells, sheet: str, row: int, heading: str, value: Any) -> None:
    """Type into a cell; the row after the last one is a new one."""
    while len(cells[sheet]) < row:
        cells[sheet].append([""] * len(cells[sheet][0]))
    line, column = at(cells, sheet, row, heading)
    line[column] = value


def got(cells: Cells, sheet: str, row: int, heading: str) -> Any:
    """What stands in a cell."""
    line, column = at(cells, sheet, row, heading)
    return line[column]
