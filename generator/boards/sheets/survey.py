"""What a workbook's own XML says and its cells' values do not: formulas, errors, pictures, extent.

A reader of values alone gives an error cell as an empty one, which would empty a field.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.etree import ElementTree

from boards.sheets.values import Refused

MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes that a workbook may unfold to."""

_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ElementTree.ParseError,
    LookupError,  # of a part that is missing, of an encoding that nobody knows
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What broken and encrypted files raise while they are unpacked."""

Spot = tuple[int, int]
"""Row and column of a cell, both from 1."""


@dataclass
class Survey:
    """One worksheet's cells that need a second look."""

    errors: dict[Spot, str] = field(default_factory=dict)
    formulas: set[Spot] = field(default_factory=set)
    pictures: set[Spot] = field(default_factory=set)
    """Cells that show a picture instead of a value: of WPS (DISPIMG) and of Excel."""
    laid: list[Spot] = field(default_factory=list)
    """Where pictures, text boxes and charts begin that lie over the cells."""
    last: Spot = (0, 0)
    """The last row and the last column that hold anything."""
    outside: set[Spot] = field(default_factory=set)
    """Formulas that look into other files."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def holds(self, spot: Spot) -> bool:
        """Whether a cell holds what a reader of values takes for nothing."""
        return spot in self.errors or spot in self.pictures


def survey(content: bytes, most_rows: int | None = None) -> dict[str, Survey]:
    """Every worksheet of an .xlsx file by name; raises Refused if it is none.

    Beyond `most_rows` nothing is looked at but that there is something.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MAX_UNPACKED:
                raise Refused("文件展开后太大", "只留台账的表，另存为一个新文件")
            shows = _values_are_pictures(packed)
            return {
                name: _worksheet(packed, part, shows, most_rows) for name, part in _parts(packed)
            }
    except _UNREADABLE as error:
        hint = "用 WPS 或 Excel 打开，另存为“Excel 工作簿（.xlsx）”，不要加密码"
        raise Refused("不是 .xlsx 文件，或者文件已损坏、加了密码", hint) from error


def part_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """Where a worksheet stands in an .xlsx file; raises KeyError if there is none of that name."""
    return dict(_parts(packed))[sheet]


def saved_on(content: bytes) -> str:
    """When an .xlsx file was saved last, as its program says; empty if it does not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            tree = _tree(packed, "docProps/core.xml")
    except (*_UNREADABLE, Refused):
        return ""
    return next((item.text or "" for item in tree if _name(item.tag) == "modified"), "")


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Names of worksheets and where each stands in the file."""
    relations = _tree(packed, "xl/_rels/workbook.xml.rels")
    targets = {item.get("Id"): str(item.get("Target")) for item in relations}
    for item in _tree(packed, "xl/workbook.xml").iter():
        if _name(item.tag) == "sheet":
            key = next((value for name, value in item.attrib.items() if _name(name) == "id"), None)
            target = PurePosixPath("/xl") / targets[key]
            yield str(item.get("name")), str(target).removeprefix("/")


def _values_are_pictures(packed: zipfile.ZipFile) -> bool:
    """Whether values that only newer Excel knows (`vm`) are pictures, not shares or places.

    A picture placed in a cell, or made by IMAGE(), is an error for everybody else.
    """
    structures = "xl/richData/rdrichvaluestructure.xml"
    if structures not in packed.namelist():
        return False
    kinds = {item.get("t") for item in _tree(packed, structures)}
    return bool(kinds & {"_localImage", "_webimage"})


def _tree(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = packed.read(name)
    _refuse_entities(content)
    return ElementTree.fromstring(content)


def _refuse_entities(content: bytes) -> None:
    if b"<!ENTITY" in content or b"<!DOCTYPE" in content:
        raise Refused("文件里有不该有的内容", "用 WPS 或 Excel 重新另存一份")


def _worksheet(
    packed: zipfile.ZipFile, part: str, shows_pictures: bool, most_rows: int | None
) -> Survey:
    found = Survey(laid=list(_laid(packed, part)))
    content = packed.read(part)
    _refuse_entities(content)
    row = column = 0
    for event, item in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        name = _name(item.tag)
        if event == "start" and name == "row":
            row, column = int(item.get("r") or row + 1), 0
            if _is_on(item.get("hidden")):
                found.hidden_rows.add(row)
        elif event == "start" and name == "col" and _is_on(item.get("hidden")):
            last = min(int(item.get("max") or 0), _MAX_HIDDEN)
            found.hidden_columns |= set(range(int(item.get("min") or 1), last + 1))
        elif event == "start" and name == "c":
            row, column = _spot(item.get("r", ""), (row, column + 1))
        elif event == "end" and name == "c":
            _look_at(found, (row, column), item, shows_pictures)
            if most_rows and found.last[0] > most_rows:
                break
        elif event == "end" and name == "row":
            item.clear()
    return found


def _laid(packed: zipfile.ZipFile, part: str) -> Iterator[Spot]:
    """The cell under the first corner of everything that is drawn over a worksheet."""
    for drawing in _related(packed, part, "/drawing"):
        for anchor in _tree(packed, drawing):
            corner = next((item for item in anchor if _name(item.tag) == "from"), ())
            at = {_name(item.tag): int(item.text or 0) for item in corner}
            yield at.get("row", 0) + 1, at.get("col", 0) + 1  # what is placed by measure has none


def _related(packed: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    """The parts of a kind that a part refers to."""
    place = PurePosixPath(part)
    relations = f"{place.parent}/_rels/{place.name}.rels"
    if relations in packed.namelist():
        for item in _tree(packed, relations):
            if str(item.get("Type")).endswith(kind):
                target = posixpath.join("/", str(place.parent), str(item.get("Target")))
                yield posixpath.normpath(target).removeprefix("/")


def _look_at(found: Survey, spot: Spot, cell: ElementTree.Element, shows_pictures: bool) -> None:
    parts = {_name(item.tag): item for item in cell}
    if not parts:
        return
    found.last = (max(found.last[0], spot[0]), max(found.last[1], spot[1]))
    if "f" in parts:
        found.formulas.add(spot)
        if _OUTSIDE.search(parts["f"].text or ""):
            found.outside.add(spot)
    if ("f" in parts and shows_picture(f"={parts['f'].text}")) or (
        shows_pictures and cell.get("t") == "e" and cell.get("vm")
    ):
        found.pictures.add(spot)
    elif cell.get("t") == "e":
        found.errors[spot] = (parts["v"].text or "") if "v" in parts else ""


_OUTSIDE = re.compile(r"\[\d+\]|\[[^\]]+\.xl|\b(?:WEBSERVICE|RTD|DDE)\(|\|", re.IGNORECASE)
_MAX_HIDDEN = 256
"""Columns beyond which nobody asks whether one is hidden."""


def _is_on(flag: str | None) -> bool:
    return flag in ("1", "true")


_PICTURE = re.compile(r"=\s*(?:_xlfn\.|of:)*(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)


def shows_picture(formula: str) -> bool:
    """Whether a formula, or the text that is left of it, only puts a picture into its cell."""
    return bool(_PICTURE.match(formula))


def _name(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]


def _spot(reference: str, after: Spot) -> Spot:
    """What a reference such as AB12 names; without one a cell stands right of the last."""
    parts = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference, re.ASCII)
    if parts is None:
        return after
    number = 0
    for letter in parts[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(parts[2]), number
