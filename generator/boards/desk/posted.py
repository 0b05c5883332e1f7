"""What a browser sends of a form, put together into the values of a record.

The name of a control is the path of its field: `posts.k3.zone`. Groups of a list have any token for
a number, and stand in the order in which they come; values of one name make a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from boards.amend import Value
from boards.amend.adding.answers import Refused, kept_as, options, read
from boards.amend.adding.questions import Question, Shape, every
from boards.board.board import Board
from boards.clock import build_date
from boards.records.schema import FieldPath, as_typed
from boards.records.typed import WIDE_SPACES

BLANK = "__new__"
"""The token of a group that is only a pattern for new ones."""
Pairs = Iterable[tuple[str, str]]
Values = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it was read."""

    values: Values
    """As they stand in the ledger, without what is taken for granted."""
    refused: Mapping[str, str]
    """What is wrong with some of them, by the names of their controls. What will not do stays as it
    was typed, so that nobody's typing is lost."""
    kept: Mapping[str, str]
    """What is said of some that are kept otherwise than they were typed, in the same way."""
    tokens: Mapping[str, tuple[str, ...]]
    """The tokens of the groups of each list that say something, by the list's name."""

    def control(self, path: FieldPath) -> str:
        """The name of the control, or of the list of controls, that a field is filled in by."""
        name = ""
        for step in path:
            if isinstance(step, str):
                name = f"{name}.{step}" if name else step
            elif step < len(self.tokens.get(name, ())):
                name = f"{name}.{self.tokens[name][step]}"
        return name


def posted(board: Board, asked: Iterable[Question], pairs: Pairs) -> Posted:
    """What a browser has sent of a form with these fields."""
    reading = _Reading(board)
    values = reading.group(asked, _nested(pairs), "")
    return Posted(values, reading.refused, reading.kept, reading.tokens)


def pairs_of(values: Mapping[str, Value], at: str = "") -> Iterator[tuple[str, str]]:
    """What a browser would send of a form that is filled in with these values."""
    for name, value in values.items():
        if isinstance(value, str):
            yield f"{at}{name}", value
        elif isinstance(value, Mapping):
            yield from pairs_of(value, f"{at}{name}.")
        else:
            for number, row in enumerate(value):
                if isinstance(row, Mapping):
                    yield from pairs_of(row, f"{at}{name}.{number}.")
                else:
                    yield f"{at}{name}", str(row)


def bare(values: Mapping[str, Value]) -> Values:
    """The same without groups and lists that hold nothing."""
    made = {name: _bare(value) for name, value in values.items()}
    return {name: value for name, value in made.items() if value}


def _bare(value: Value) -> Value:
    if isinstance(value, Mapping):
        return bare(value)
    return value if isinstance(value, str) else [row for row in map(_bare, value) if row]


def _nested(pairs: Pairs) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for name, text in pairs:
        *above, last = name.split(".")
        if BLANK in above:
            continue
        node: Any = root
        for step in above:
            node = node.setdefault(step, {}) if isinstance(node, dict) else {}
        if isinstance(node, dict) and isinstance(node.setdefault(last, []), list):
            node[last].append(text.replace("\r\n", "\n"))
    return root


class _Reading:
    """One form being read."""

    def __init__(self, board: Board) -> None:
        self.refused: dict[str, str] = {}
        self.kept: dict[str, str] = {}
        self.tokens: dict[str, tuple[str, ...]] = {}
        self._board = board
        self._today = build_date()

    def group(self, asked: Iterable[Question], node: Mapping[str, Any], at: str) -> Values:
        """The values of a group of fields that stands at a path."""
        made: Values = {}
        for question in asked:
            value = self._value(question, node.get(question.name), made, f"{at}{question.name}")
            if value and value != as_typed(question.spec.default):
                made[question.name] = value
        return made

    def _value(self, question: Question, typed: Any, given: Values, path: str) -> Value | None:
        model = question.spec.model
        if question.shape is Shape.GROUP and model:
            inner = typed if isinstance(typed, dict) else {}
            return self.group(every(model), inner, f"{path}.")
        if question.shape is Shape.GROUPS and model:
            rows = typed if isinstance(typed, dict) else {}
            made = {
                token: self.group(every(model), row, f"{path}.{token}.")
                for token, row in rows.items()
                if isinstance(row, dict)
            }
            said = {token: row for token, row in made.items() if row.keys() - _given(question)}
            self.tokens[path] = tuple(said)
            return list(said.values())
        texts = typed if isinstance(typed, list) else []
        filled = [text for text in texts if text.strip(" \n" + WIDE_SPACES)]
        lines = [self._line(question, text, given, path) for text in filled]
        if question.shape is Shape.LIST:
            return list(dict.fromkeys(lines)) if question.spec.reference else lines
        return lines[-1] if lines else None

    def _line(self, question: Question, text: str, given: Values, path: str) -> str:
        reference = question.spec.reference
        if reference and text in self._board.nameable(reference):
            return text  # a sample, or somebody who has left: not offered, but it may stay
        choices = options(self._board, question, given, self._today)
        try:
            value = read(question, text, choices)
            if said := kept_as(text, value, choices):
                self.kept[path] = said
            return value
        except Refused as refusal:
            self.refused[path] = str(refusal)
            return text.strip(" \n" + WIDE_SPACES)


def _given(question: Question) -> set[str]:
    """The fields of a group that are filled in by the form itself and say nothing alone."""
    return {"zone"} if question.each else set()
