"""A workbook's sheets as they stand in the file: values, and what the values do not tell."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from boards.sheets.survey import Spot, Survey, survey
from boards.sheets.values import Refused

MAX_ROWS, MAX_COLUMNS = 20_000, 100
"""A cell farther out was not meant; reading that far would fill the memory."""


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet."""

    name: str
    seen: Survey
    values: list[list[Any]] = field(default_factory=list)
    """From A1 on, all rows of one length; none if the sheet goes too far."""
    merged: tuple[Spot, ...] = ()
    """The first cells of what is merged."""

    @property
    def goes_too_far(self) -> bool:
        """Whether something stands where no table reaches."""
        return self.seen.last[0] > MAX_ROWS or self.seen.last[1] > MAX_COLUMNS

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands or lies there."""
        return self.seen.last == (0, 0) and not self.seen.laid

    def is_filled(self, row: int) -> bool:
        """Whether anything stands in a row, counted from 1."""
        values = enumerate(self.values[row - 1], 1)
        return any(value != "" or self.seen.holds((row, at)) for at, value in values)


def read_pages(content: bytes) -> dict[str, Page]:
    """Every sheet of an .xlsx file by name; raises Refused if it cannot be read."""
    hint = "用 WPS 或 Excel 打开，另存为“Excel 工作簿（.xlsx）”"
    seen = survey(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if sorted(book.sheet_names) != sorted(seen):
            raise Refused("文件里的工作表对不上", hint)
        return {name: _page(book, name, seen[name]) for name in book.sheet_names}
    except CalamineError as error:
        raise Refused("文件里的内容读不了，可能已损坏", hint) from error


def _page(book: CalamineWorkbook, name: str, seen: Survey) -> Page:
    page = Page(name, seen)
    if page.goes_too_far or seen.last == (0, 0):
        return page
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    width = max([seen.last[1], *(len(row) for row in rows)])
    values = [[*row, *[""] * (width - len(row))] for row in rows]
    values += [[""] * width for _ in range(seen.last[0] - len(rows))]
    merged = tuple((top + 1, left + 1) for (top, left), _ in sheet.merged_cell_ranges or ())
    return Page(name, seen, values, merged)
