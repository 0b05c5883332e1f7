"""What the schema and the rules say of YAML, said of cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from boards.errors import Problem
from boards.records import Keyed
from boards.records.schema import FieldPath, describe
from boards.sheets.columns import Column, Sheet, all_sheets, sheets_of
from boards.sheets.guide import what_to_write

_FIELD = re.compile(
    r" ?(?:(?:写|加上) ?|(?<![\w·.-]))([a-z_]+): ([a-z-]+)(?![\w（.-])"
    r"| ?(?<![\w·.-])([a-z_]+)(?![\w（.:-]) ?"
)
"""A field's name in a hint, with the value it is to have or alone."""
_FILES = re.compile(r"（[a-z]+\.yml 里 ?[a-z]* ?的编号）")


def said_of_cells(
    problem: Problem, model: type[Keyed], path: FieldPath, fields: Mapping[str, Any]
) -> Problem:
    """A fault of the schema; what is missing has a cell, or a sheet, to be filled."""
    problem = replace(problem, field=describe(model, path))
    column = _column(model, path)
    if _value(fields, path) is None:
        sheet = next((s for s in sheets_of(model.table) if s.field == path[-1]), None)
        hint = f"在“{sheet.name}”表里填写" if sheet else "填上这几列"
        if column:
            hint = f"填上：{'；'.join(what_to_write(column))}"
        return replace(problem, hint=hint, field=_labels_in(problem.field))
    if column and column.choices:
        hint = re.sub("[^；：、，\\s]+（([^）]+)）", "\\1", problem.hint)
        return replace(problem, hint=hint, field=_labels_in(problem.field))
    return in_words_of_cells(problem)


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
        for column in sheet.columns:
            if column.path == inside and bool(sheet.field) == (inside != names):
                return column
    return None


def in_words_of_cells(problem: Problem) -> Problem:
    """The same for those who see headings, not field names; others stay as they are."""
    sheet = next((s for s in all_sheets() if s.name == problem.place.sheet), None)
    if sheet is None:
        return problem
    hint = _FILES.sub("", problem.hint)
    for typed in ("把这一行删掉", "删掉这一行"):  # a row of a sheet is a whole record
        hint = hint.replace(typed, "清空这一格")
    headings = _headings(sheet)

    def said(match: re.Match[str]) -> str:
        name, value, alone = match.groups()
        if (name or alone) not in headings:
            return match.group()
        heading, words = headings[name or alone]
        return f"“{heading}”" + (f"选“{words.get(value, value)}”" if value else "")

    found, _, name = problem.found.rpartition(" ")
    return replace(
        problem,
        found=found if name in headings else problem.found,
        hint=_FIELD.sub(said, hint),
        field=_labels_in(problem.field),
    )


def _labels_in(field: str) -> str:
    """The Chinese of a field, without what is typed in YAML."""
    label = re.search("（(.+)）$", field)
    return label[1] if label else field


def _headings(sheet: Sheet) -> dict[str, tuple[str, dict[str, str]]]:
    """Headings by the names of their fields, each with the Chinese of what may stand there."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for column in (column for one in (sheet, *sheets_of(sheet.table)) for column in one.columns):
        words = {str(choice): choice.label for choice in column.choices or ()}
        if column.is_flag:
            words = {"true": "是", "false": "否"}
        found.setdefault(column.path[-1], (column.heading, words))
    return found
