"""Keeping the renewed baseline of a workbook that was read: in the file, and beside the records.

A copy that is sent on carries the one in its file. While the workbook is open in WPS or Excel
nobody else may write it, and its next save would bring the old one back: for that time the one
beside the records counts, which is known by where the workbook lies.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from boards.cache import home
from boards.leftovers import is_left_behind
from boards.output import write_whole
from boards.sheets.baseline import Baseline, read_lines
from boards.sheets.columns import REGISTER
from boards.sheets.survey import part_of, saved_on

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def renew(root: Path, file: Path, content: bytes, token: str, baseline: Baseline) -> bool:
    """Keep the baseline of a workbook that was read; whether it could be kept at all.

    `content` is what was read, `token` that of the baseline in it.
    """
    written = _write_into(file, content, baseline)
    return _remember(root, file, content, token, baseline) or written


def recall(root: Path, file: Path, content: bytes, token: str) -> Baseline | None:
    """The baseline that was kept beside the records for this very workbook, if it is newer.

    An older state of the workbook that was put back is none that was read since.
    """
    try:
        kept = json.loads(_place_of(root, file).read_text(encoding="utf-8"))
        if token not in kept["tokens"] or saved_on(content) < kept["saved_on"]:
            return None
        return read_lines(kept["lines"])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def forget(root: Path, file: Path) -> None:
    """Drop what was kept for a workbook in whose place a new one was written."""
    with suppress(OSError):
        _place_of(root, file).unlink(missing_ok=True)


def _remember(root: Path, file: Path, content: bytes, token: str, baseline: Baseline) -> bool:
    place = _place_of(root, file)
    earlier = recall(root, file, content, token)
    tokens = [token, baseline.token]
    if earlier:
        tokens += json.loads(place.read_text(encoding="utf-8"))["tokens"]
    kept = {
        "workbook": str(file.resolve()),
        "tokens": list(dict.fromkeys(tokens)),
        "saved_on": saved_on(content),
        "lines": baseline.lines(),
    }
    try:
        write_whole(place, json.dumps(kept, ensure_ascii=False).encode("utf-8"))
    except OSError:
        return False
    return True


def _place_of(root: Path, file: Path) -> Path:
    path = os.path.normcase(file.resolve())
    name = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return home(root / "data") / "sheets" / f"{name}.json"


def _write_into(file: Path, content: bytes, baseline: Baseline) -> bool:
    """Put the baseline into the workbook itself, unless somebody has it open or has saved it."""
    try:
        if is_open(file) or file.read_bytes() != content:
            return False
        mode = file.stat().st_mode
        write_whole(file, with_register(content, baseline.lines()))
        file.chmod(mode)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, ElementTree.ParseError):
        return False
    return True


def is_open(file: Path) -> bool:
    """Whether a program has left its lock beside a workbook: WPS, Excel, LibreOffice."""
    beside = (item.name for item in file.parent.iterdir() if is_left_behind(item.name))
    return any(file.name in name for name in beside)


def with_register(content: bytes, lines: Sequence[Sequence[str]]) -> bytes:
    """A workbook with another hidden register; every other part of it stays as it is."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        part = part_of(old, REGISTER)
        for item in old.infolist():
            data = old.read(item) if item.filename != part else _as_sheet(lines)
            new.writestr(item, data)
    return target.getvalue()


def _as_sheet(lines: Sequence[Sequence[str]]) -> bytes:
    """Rows of text as a worksheet, the text in its cells."""
    ElementTree.register_namespace("", _SHEET)
    sheet = ElementTree.Element(f"{{{_SHEET}}}worksheet")
    data = _in(sheet, "sheetData")
    for number, line in enumerate(lines, 1):
        row = _in(data, "row", r=str(number))
        for text in line:
            cell = _in(row, "c", t="inlineStr")
            held = _in(_in(cell, "is"), "t")
            held.text = text
            held.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made: bytes = ElementTree.tostring(sheet, encoding="UTF-8", xml_declaration=True)
    return made


def _in(parent: Any, name: str, **attributes: str) -> Any:
    return ElementTree.SubElement(parent, f"{{{_SHEET}}}{name}", attributes)
