"""The rows of a table as records in the making: each cell read, each fault told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from boards.amend import Value
from boards.board.board import MODELS
from boards.errors import Place
from boards.intake.column_matching import Matched
from boards.intake.layout import Block, Layout
from boards.intake.names import names_in, unnamed_in
from boards.intake.proposal import LeftOut
from boards.intake.reading import Reader, refuse_private
from boards.intake.tables import Grid
from boards.intake.targets import Target, targets
from boards.intake.vocabulary import is_count
from boards.intake.wanted import Wanted
from boards.records.understood import folded
from boards.sheets.values import Refused

_PER_NAME = {"members": "name", "honours": "holder"}
"""The field of a table whose cell may hold several people, each of whom is a record."""
_BESIDE = 1000
"""Added to the column of a table beside another in the keys of its rows: no cell names so many."""
_NOTHING = ("/", "-", "—", "——", "无", "暂无")
"""What people write into a cell that has nothing to say."""
_DATED_TITLE = re.compile(r"((?:19|20)\d{2})(?:年度|年)(?=\D)(.{2,})")


@dataclass(slots=True)
class Row:
    """One record in the making."""

    key: str
    """Its row, with a number behind it if the row holds several."""
    number: int
    place: Place
    values: dict[str, Value] = field(default_factory=dict)
    """By the path of a field."""
    places: dict[str, Place] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    whole: int = 0
    """The same for rows that say the same in all columns, also in those that are left out."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a cell, and the field that it is of."""

    target: Target
    text: str
    place: Place
    is_number: bool


@dataclass(slots=True)
class Drafted:
    """All rows, and what of them cannot be taken."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def drafted(layout: Layout, reader: Reader, wanted: Wanted, file: str) -> Drafted:
    """The rows of a table, read."""
    found = Drafted()
    sheet = layout.grid.name if layout.grid.name != file else ""
    for at, block in enumerate(layout.blocks):
        for number, why in block.rows.left:
            place = Place(file, number, block.columns[0].number, sheet)
            found.left_out.append(LeftOut(place, f"第 {number} 行", why))
        for number in block.rows.records:
            place = Place(file, number, block.columns[0].number, sheet)
            key = f"{number}.{_BESIDE + place.column}" if at else str(number)
            _read_row(found, layout, block, reader, wanted, Row(key, number, place))
    return found


def _read_row(
    found: Drafted, layout: Layout, block: Block, reader: Reader, wanted: Wanted, row: Row
) -> None:
    known = targets(layout.table)
    first = row.place
    cells = layout.grid.rows[first.line - 1]
    row.whole = hash(tuple(cells[c.number - 1] for c in block.columns if not is_count(c.heading)))
    texts = dict(_texts(found, layout.grid, block, first))
    several = _PER_NAME.get(layout.table, "")
    for name, (text, column) in sorted(texts.items(), key=lambda item: item[0] != "posts.zone"):
        row.places[name] = replace(first, column=column.number)
        if name == several:
            continue
        spot = (first.line, column.number)
        if spot in layout.grid.computed:
            row.said.append(f"{column.letter}{spot[0]} 是公式，按算好的“{text[:20]}”带进来")
        cell = _Cell(known[name], text, row.places[name], spot in layout.grid.numbers)
        _read_cell(found, row, cell, reader)
    year = block.rows.years.get(first.line)
    if year and "year" in known and "year" not in row.values:
        _read_cell(found, row, _Cell(known["year"], year, first, False), reader)
        row.said.append(f"年度按上面的小标题“{year[:10]}”")
    for name, text in wanted.every.items():
        if name not in row.values and name in known and name != several:
            _read_cell(found, row, _Cell(known[name], text, first, False), reader)
    _take_year_from_title(row, layout.table)
    if not several:
        found.rows.append(row)
        return
    typed = texts[several][0] if several in texts else wanted.every.get(several, "")
    found.rows += _people(found, row, layout.table, known[several], typed)


def _people(found: Drafted, row: Row, table: str, target: Target, typed: str) -> Iterator[Row]:
    """A record for each of those whom a cell names; what keeps it from that is told."""
    label, place = target.label, row.places.get(target.field, row.place)
    try:
        refuse_private(typed)
    except Refused as fault:
        found.left_out.append(LeftOut(place, label, fault.found, fault.hint))
        return
    if not typed:
        cure = f"补上{label}；不是一条{MODELS[table].kind}就不用管"
        found.left_out.append(LeftOut(place, f"第 {row.number} 行", f"没有写{label}", cure))
    if more := unnamed_in(typed):
        why = f"写着“{more}”，没有写名字的人带不进来"
        found.left_out.append(LeftOut(place, label, why, "把名字写全，再带一次"))
    for one in _one_each(row, target.field, typed):
        name = str(one.values[target.field])
        if table == "members" and len(name) == 1:
            why = f"“{name}”只有一个字，不像姓名"
            cure = "姓和名拆在两格里的，先合成一格，再带一次"
            found.left_out.append(LeftOut(place, label, why, cure))
        else:
            yield one


def _one_each(row: Row, several: str, typed: str) -> Iterator[Row]:
    """A record for each of the people that a cell names."""
    names = names_in(typed)
    for at, name in enumerate(names, 1):
        key = f"{row.key}.{at}" if len(names) > 1 else row.key
        said = [f"“{' '.join(typed.split())[:30]}”记作 {name}"] if [typed] != names else []
        yield replace(row, key=key, values={**row.values, several: name}, said=[*row.said, *said])


def _texts(
    found: Drafted, grid: Grid, block: Block, first: Place
) -> Iterator[tuple[str, tuple[str, Matched]]]:
    """The cells of a row that say something, by the field of their column."""
    said = set()
    for column in sorted(block.columns, key=lambda one: bool(one.second)):
        field_of = column.field or column.second
        if not field_of or field_of in said:
            continue
        spot = (first.line, column.number)
        if spot in grid.refused:
            why, cure = grid.refused[spot]
            place = replace(first, column=column.number)
            found.left_out.append(LeftOut(place, column.label, f"这一格{why}", cure))
        elif (text := grid.text(*spot)) and folded(text) not in _NOTHING:
            said.add(field_of)
            yield field_of, (text, column)


def _read_cell(found: Drafted, row: Row, cell: _Cell, reader: Reader) -> None:
    target = cell.target
    try:
        reading = reader.read(target, cell.text, number=cell.is_number, given=row.values)
    except Refused as fault:
        found.left_out.append(LeftOut(cell.place, target.label, fault.found, fault.hint))
        return
    row.values[target.field] = reading.value
    if reading.said:
        row.said.append(f"{target.label}：{reading.said}")


def _take_year_from_title(row: Row, table: str) -> None:
    """Take the year out of 2018年度优秀共产党员 where no column says it."""
    title = row.values.get("title")
    if table != "honours" or "year" in row.values or not isinstance(title, str):
        return
    if dated := _DATED_TITLE.fullmatch(folded(title)):
        row.values |= {"year": dated[1], "title": dated[2]}
        row.said.append(f"“{title[:30]}”里的年度记到“年度”，名称记作 {dated[2][:30]}")


def nested(values: Mapping[str, Value]) -> dict[str, Value]:
    """Values by path as a record has them; a post is one of a list."""
    made: dict[str, Value] = {name: value for name, value in values.items() if "." not in name}
    zone, role = values.get("posts.zone"), values.get("posts.role")
    if zone and role:
        made["posts"] = [{"zone": zone, "role": role}]
    return made
