"""What the rules say of YAML, said of cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from boards.errors import Problem
from boards.records import Keyed
from boards.records.schema import FieldPath, spec_at
from boards.sheets.columns import Sheet, all_sheets, sheets_of

_FIELD = re.compile(r"(?<![\w·.-])([a-z_]+)(?:: ([a-z-]+))?(?![\w（.-])")
"""A field's name in a hint, or with the value it is to have."""


def for_cells(
    problem: Problem, model: type[Keyed], path: FieldPath, fields: Mapping[str, Any]
) -> Problem:
    """A fault of the schema; what is missing has a cell, or a sheet, to be filled."""
    spec = spec_at(model, path)
    label = spec.label if spec else ""
    if spec and _value(fields, path) is None:
        sheet = next((s for s in sheets_of(model.table) if s.field == path[-1]), None)
        hint = f"在“{sheet.name}”表里填写" if sheet else f"填上：{spec.description}"
        return replace(problem, hint=hint, field=label)
    return in_words_of_cells(replace(problem, field=label))


def _value(fields: Any, path: FieldPath) -> Any:
    for step in path:
        if isinstance(step, str) and isinstance(fields, Mapping):
            fields = fields.get(step)
        elif isinstance(step, int) and isinstance(fields, list) and step < len(fields):
            fields = fields[step]
        else:
            return None
    return fields


def in_words_of_cells(problem: Problem) -> Problem:
    """The same for those who see headings, not field names; others stay as they are."""
    sheet = next((s for s in all_sheets() if s.name == problem.place.sheet), None)
    if sheet is None:
        return problem
    label = re.search("（(.+)）$", problem.field)
    hint = re.sub(r"（?[a-z]+\.yml 里 ?[a-z]* ?的编号）?", "", problem.hint)
    hint = (
        re.sub("(?:把这一行)?删掉(?:这一行)?(?=$|，)", "清空这一格", hint)
        if "这一行" in hint
        else hint
    )
    labels = _labels(sheet)

    def said(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name not in labels:
            return match.group()
        heading, words = labels[name]
        return f"“{heading}”" + (f"选“{words.get(value, value)}”" if value else "")

    return replace(problem, hint=_FIELD.sub(said, hint), field=label[1] if label else problem.field)


def _labels(sheet: Sheet) -> dict[str, tuple[str, dict[str, str]]]:
    """Headings by the names of their fields, each with the Chinese of what may stand there."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    near = (sheet, *sheets_of(sheet.table))
    for column in (column for one in near for column in one.columns):
        words = {str(choice): choice.label for choice in column.choices or ()}
        if column.is_flag:
            words = {"true": "是", "false": "否"}
        found.setdefault(column.path[-1], (column.heading, words))
    return found
