"""A value as people read it: names for ids, labels for choices, every part of a group by its name.

Records keep what a program reads; who looks through the history or an approval reads none of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from boards.amend import Value
from boards.amend.adding.questions import Question, every
from boards.board.board import Board
from boards.board.naming import ready_names
from boards.records.choices import Choice
from boards.records.fields import Flag

_FOR_PROGRAMS = ("approved_content",)
"""Fields that say nothing to people: what an approval was given for, as a digest."""


def in_words(board: Board, model: type[BaseModel], name: str, value: Value | None) -> str:
    """The value of a record's field in words; a field that no record has is shown as it stands."""
    question = next((row for row in every(model) if row.name == name), None)
    return _said(board, question, value, {})


def _said(
    board: Board, question: Question | None, value: Value | None, beside: Mapping[str, Value]
) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _called(board, question, value, beside) if question else value
    if isinstance(value, Mapping):
        inner = every(question.spec.model) if question and question.spec.model else ()
        known = {row.name: row for row in inner}
        parts = []
        for name in (name for name in value if name not in _FOR_PROGRAMS):
            asked = known.get(name)
            words = _said(board, asked, value[name], value)
            parts.append(f"{asked.label if asked else name} {words}")
        return "；".join(parts)
    between = "\n" if any(isinstance(row, Mapping) for row in value) else "、"
    return between.join(_said(board, question, row, beside) for row in value)


def _called(board: Board, question: Question, value: str, beside: Mapping[str, Value]) -> str:
    """What people call a choice, or the record that an id leads to, as far as it is still known."""
    if reference := question.spec.reference:
        rows = board.nameable(reference)
        if value in rows:
            return rows[value].title_text
        branch = next((row.name for row in board.branches.values()), "")
        return next(iter(ready_names(reference, branch).get(value, ())), value)
    if question.spec.is_role and (zone := board.zones.get(str(beside.get("zone")))):
        return next((role.name for role in zone.roles if role.id == value), value)
    if isinstance(question.kind, type) and issubclass(question.kind, Choice):
        return next((choice.label for choice in question.kind if str(choice) == value), value)
    if question.kind == Flag:
        return {"true": "是", "false": "否"}.get(value, value)
    return value
