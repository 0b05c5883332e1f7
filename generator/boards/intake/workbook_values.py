"""A program of its own that reads a workbook's values: from its input, to its output as JSON.

The reader of .xls asks for as much memory as a damaged file says, and ends its process if there is
none; the desk must not end with it. It imports nothing of ours, so that it starts at once.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import sys
from typing import Any

LOCKED, TOO_LARGE = "locked", "too large"
MAX_ROWS, MAX_COLUMNS = 5000, 100
"""No branch has more people or honours; a list of 200 000 rows is another one."""
_MEMORY = 2 * 1024**3


def read(content: bytes) -> Any:
    """Every sheet with its values, days as lists of one text; or why there are none."""
    from python_calamine import (  # noqa: PLC0415 - only where this is a program
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        return LOCKED
    found = []
    for about in book.sheets_metadata:
        visible = about.visible is SheetVisibleEnum.Visible
        sheet = book.get_sheet_by_name(about.name)
        size = sheet.total_height, sheet.total_width
        if visible and (size[0] > MAX_ROWS or size[1] > MAX_COLUMNS):
            return [TOO_LARGE, about.name, *size]
        values = sheet.to_python(skip_empty_area=False) if visible else []
        rows = [[_plain(value) for value in row] for row in values]
        merged = list(sheet.merged_cell_ranges or ()) if visible else []
        found.append({"name": about.name, "visible": visible, "rows": rows, "merged": merged})
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return [f"{value:%Y-%m-%d}" if is_day else f"{value:%Y-%m-%d %H:%M}"]
    if isinstance(value, datetime.date | datetime.time):
        return [value.isoformat()]
    return value if isinstance(value, bool | int | float | str) else str(value)


def _bound() -> None:
    """Let a file that asks for more memory than any needs fail soon."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _bound()
    told = json.dumps(read(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(told.encode("ascii"))
