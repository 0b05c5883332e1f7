"""Problems and cures in the words of somebody who sits at the desk and sees no file."""

from __future__ import annotations

from collections.abc import Iterable

from boards.errors import Add, Choose, Named, Problem, Remove, Set, Step, Value, listing, worded


def at_desk(step: Step) -> str:
    """A step in the words of somebody who fills in a form."""
    match step:
        case Remove(field=""):
            return "清空这一项"
        case Remove(field=field):
            return f"清空 {field}"
        case Set(field=field, value=value):
            return f"{field} 填 {value}"
        case Add(field=field, value=value):
            return f"加一条，{field} 填 {value}"
        case Named(field=field, label=label):
            return label or field
        case Value(label=label):
            return label
        case Choose(options=options):
            return f"可选：{listing([option.label for option in options], limit=12)}"


def cure_of(problem: Problem) -> str:
    """What to do about a problem."""
    return worded(problem.cure, at_desk)


def told(problems: Iterable[Problem]) -> str:
    """Problems for a page that has no field to show them at, a line for each."""
    return "\n".join(
        f"{' '.join(part for part in (row.record, row.label) if part)}：{row.found}；{cure_of(row)}"
        for row in problems
    )
