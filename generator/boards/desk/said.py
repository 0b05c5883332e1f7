"""Problems and cures in the words of somebody who sits at the desk and sees no file."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from pydantic import BaseModel

from boards.board.board import MODELS
from boards.errors import (
    Add,
    Choose,
    Either,
    Named,
    Problem,
    Remove,
    Set,
    Step,
    Value,
    listing,
    worded,
)
from boards.records.schema import specs


@functools.cache
def _labels() -> dict[str, str]:
    """What fields are called that are called alike wherever they stand."""
    found: dict[str, set[str]] = {}
    models: list[type[BaseModel]] = list(MODELS.values())
    for model in models:
        for name, spec in specs(model).items():
            found.setdefault(name, set()).add(spec.label)
            if spec.model and spec.model not in models:
                models.append(spec.model)
    return {name: labels.pop() for name, labels in found.items() if len(labels) == 1}


def _called(field: str) -> str:
    label = _labels().get(field)
    return f"“{label}”" if label else field


def at_desk(step: Step) -> str:
    """A step in the words of somebody who fills in a form."""
    match step:
        case Remove(field=""):
            return "清空这一项"
        case Remove(field=field):
            return f"清空{_called(field)}"
        case Set(field=field, value="true"):
            return f"勾上{_called(field)}"
        case Set(field=field, value=value):
            return f"{_called(field)}填 {value}"
        case Add(field=field, value=value):
            return f"加一条，{_called(field)}填 {value}"
        case Named(field=field, label=label):
            return f"“{label}”" if label else _called(field)
        case Value(label=said) | Either(form=said):
            return said
        case Choose(options=options):
            return f"可选：{listing([option.label for option in options], limit=12)}"


def cure_of(problem: Problem) -> str:
    """What to do about a problem."""
    return worded(problem.cure, at_desk)


def told(problems: Iterable[Problem]) -> str:
    """Problems for a page that has no field to show them at, a line for each."""
    lines = []
    for row in problems:
        subject = " ".join(part for part in (row.record, row.label) if part)
        lines.append(f"{subject}{'：' if subject else ''}{row.found}；{cure_of(row)}")
    return "\n".join(lines)
