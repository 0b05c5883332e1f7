"""Reading a workbook's values in a process of its own: a broken one may take its reader with it.

Nothing is written: the file goes in by a pipe, its cells come out by another.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.intake import workbook_values
from boards.intake.container import AGAIN, refuse_kind
from boards.intake.workbook_values import LOCKED, MAX_COLUMNS, MAX_ROWS, TOO_LARGE
from boards.sheets.values import Refused
from boards.yaml.faults import unsafe_characters
from boards.yaml.source import with_unix_line_ends

_PATIENCE = 20.0
"""Seconds after which nobody waits for a file any longer."""


@dataclass(frozen=True, slots=True)
class Values:
    """A sheet's cells as text, and what is merged."""

    name: str
    visible: bool
    rows: list[list[str]]
    numbers: frozenset[tuple[int, int]]
    """Cells that hold a number, counted from 1."""
    merged: list[list[list[int]]]
    """First and last cell of each merged range, counted from 0."""


def values_of(content: bytes) -> list[Values]:
    """Every sheet of a workbook; raises Refused where it cannot be read."""
    program = Path(workbook_values.__file__)
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(program)],
            input=content,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows flashes a window
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        found = f"读了 {_PATIENCE:.0f} 秒还没有读完，不像正常的文件"
        raise Refused(found, AGAIN) from error
    except ValueError as error:
        raise Refused("文件里的内容读不了，可能已损坏，或者加了密码", AGAIN) from error
    if said == LOCKED:
        raise refuse_kind("加密文件", "")
    if said[:1] == [TOO_LARGE]:
        require_within(*said[1:])
    return [_values(sheet) for sheet in said]


def _values(sheet: dict[str, Any]) -> Values:
    rows = sheet["rows"]
    numbers = frozenset(
        (r, c)
        for r, row in enumerate(rows, 1)
        for c, value in enumerate(row, 1)
        if isinstance(value, int | float) and not isinstance(value, bool)
    )
    texts = [[text_of(value) for value in row] for row in rows]
    return Values(sheet["name"], sheet["visible"], texts, numbers, sheet["merged"])


def require_within(sheet: str, rows: int, columns: int) -> None:
    """Refuse a sheet of more rows or columns than any table of a branch has."""
    if rows > MAX_ROWS:
        found = f"“{sheet}”有 {MAX_ROWS} 行以上的内容，不像一个支部的名单"
        raise Refused(found, "只留要用的行，另存一份；按 Ctrl+End 看看最远的格子在哪里")
    if columns > MAX_COLUMNS:
        found = f"“{sheet}”有 {columns} 列，超过 {MAX_COLUMNS} 列"
        raise Refused(found, "只留要用的列，另存一份；按 Ctrl+End 看看最远的格子在哪里")


def text_of(value: Any) -> str:
    """A value of a cell as text: whole numbers without a point, days as they came."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        is_whole = abs(value) < 1e15 and value == int(value)  # infinite ones are not
        return str(int(value)) if is_whole else f"{value:.15g}"
    return value[0] if isinstance(value, list) else plain_text(str(value))


def plain_text(text: str) -> str:
    """Text without what eyes do not see and spaces around it."""
    text = with_unix_line_ends(text).replace("_x000D_", "")
    unseen = {at for at, _ in unsafe_characters(text)}
    kept = "".join(character for at, character in enumerate(text) if at not in unseen)
    return kept.strip(" \t\n\u3000\u00a0")
