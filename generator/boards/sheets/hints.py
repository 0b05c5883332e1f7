"""What the schema and the rules say of YAML, said of cells."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from boards.errors import Add, Cure, Either, Named, Problem, Remove, Set, Step, worded
from boards.records import Keyed
from boards.records.schema import FieldPath, labels
from boards.sheets.columns import OWNER, Column, Sheet, all_sheets, sheets_of
from boards.sheets.guide import by_labels, what_to_write


def said_of_cells(
    problem: Problem, model: type[Keyed], path: FieldPath, fields: Mapping[str, Any]
) -> Problem:
    """A fault of the schema; what is missing has a cell, or a sheet, to be filled."""
    problem = replace(problem, label=labels(model, path))
    if _value(fields, path) is not None:
        return in_words_of_cells(problem)
    return replace(problem, cure=to_fill(model, path), field=problem.label)


def to_fill(model: type[Keyed], path: FieldPath) -> str:
    """What to do about a field that is missing: which cells to fill, and with what."""
    sheet = next((s for s in sheets_of(model.table) if s.field == path[-1]), None)
    if column := _column(model, path):
        return f"填上：{'；'.join(what_to_write(column))}"
    return f"在“{sheet.name}”表里填写" if sheet else "填上这几列"


def cure_in_cells(table: str, cure: Cure) -> str:
    """A cure in the words of somebody who sees the headings of a table, not field names."""
    sheets = sheets_of(table)  # articles have none
    return worded(cure, functools.partial(_of_cells, _headings(sheets[0]) if sheets else {}))


def _value(fields: Any, path: FieldPath) -> Any:
    for step in path:
        if isinstance(step, str) and isinstance(fields, Mapping):
            fields = fields.get(step)
        elif isinstance(step, int) and isinstance(fields, list) and step < len(fields):
            fields = fields[step]
        else:
            return None
    return fields


def _column(model: type[Keyed], path: FieldPath) -> Column | None:
    names = tuple(step for step in path if isinstance(step, str))
    for sheet in sheets_of(model.table):
        inside = names[1:] if sheet.field and names[:1] == (sheet.field,) else names
        for column in (column for column in sheet.columns if column.path != OWNER):
            if column.path == inside and bool(sheet.field) == (inside != names):
                return column
    return None


def in_words_of_cells(problem: Problem) -> Problem:
    """The same for those who see headings, not field names; others stay as they are."""
    sheet = next((s for s in all_sheets() if s.name == problem.place.sheet), None)
    if sheet is None:
        return problem
    said = functools.partial(_of_cells, _headings(sheet))
    return replace(problem, cure=worded(problem.cure, said), field=problem.label)


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading, with the Chinese of what may stand below it."""

    text: str
    words: Mapping[str, str]

    def chosen(self, value: str) -> str:
        """What to do in a cell below it."""
        return f"“{self.text}”选“{self.words.get(value, value)}”"


def _of_cells(headings: Mapping[str, _Heading], step: Step) -> str:
    """A step in the words of somebody who sees these headings, by the names of their fields."""
    match step:
        case Remove(field=field) if field in headings:
            return f"清空“{headings[field].text}”"
        case Set(field=field, value=value) if field in headings:
            return headings[field].chosen(value)
        case Add(field=field, value=value) if field in headings:
            return f"补上一行，{headings[field].chosen(value)}"
        case Named(field=field) if field in headings:
            return f"“{headings[field].text}”"
        case Either(files=files):
            return worded(files, functools.partial(_of_cells, headings))
    return by_labels(step)


def _headings(sheet: Sheet) -> dict[str, _Heading]:
    found: dict[str, _Heading] = {}
    for one in (sheet, *sheets_of(sheet.table)):
        for name, heading in _named(one):
            found.setdefault(name, heading)
    return found


def _named(sheet: Sheet) -> Iterator[tuple[str, _Heading]]:
    """The headings of a sheet by the names of fields, of groups of fields, and its own."""
    for column in (column for column in sheet.columns if column.path != OWNER):
        words = {str(choice): choice.label for choice in column.choices or ()}
        if column.is_flag:
            words = {"true": "是", "false": "否"}
        yield column.path[-1], _Heading(column.heading, words)
        if len(column.path) > 1:
            yield column.path[0], _Heading(column.heading.partition("·")[0], {})
    if sheet.field:
        yield sheet.field, _Heading(sheet.name, {})
