"""The lines of a file with some of its values changed; every other line stays the one it was.

New content is a list of line numbers, counted from 0, that stay, and of texts that are new.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from boards.amend.spelling import Value, alike, bare, entry, house_order, item
from boards.records.schema import FieldSpec, specs
from boards.yaml.tree import Node

Lines = Sequence[str]
Spliced = list[int | str]
Plan = Sequence[tuple[int | None, Value | None]]
"""A list to be: an old item that stays (n, None) or changes (n, value), a new one (None, value)."""

_COMMENT = re.compile(r"(?:^|(?<=\s))#")


class CannotSplice(Exception):
    """A way of typing that cannot be changed without losing a comment; says which line, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def last_line(lines: Lines, node: Node) -> int:
    """The last line a value stands on."""
    if not node.style and isinstance(node.value, list | dict):
        parts = node.value.values() if isinstance(node.value, dict) else node.value
        return max(last_line(lines, part) for part in parts)
    line, column = node.end
    last = line - 1 if column > 1 else line - 2
    if node.style in ("|", ">"):
        last = min(last, len(lines) - 1)
        while last >= node.line and not lines[last].strip():
            last -= 1
    return max(last, node.line - 1)


def changed_fields(
    lines: Lines, node: Node, wanted: Mapping[str, Value], model: type[BaseModel] | None
) -> Spliced:
    """A group of fields typed in lines, as `wanted`; new ones stand in the order of the schema."""
    assert isinstance(node.value, dict)
    known = specs(model) if model else {}
    column, at = node.column - 1, node.line - 1
    new = _places(
        list(node.value),
        [key for key in wanted if key not in node.value],
        house_order(model) if model else [],
    )
    made: Spliced = []
    for key, child in node.value.items():
        line = node.keys[key][0] - 1
        made += range(at, line)
        at = last_line(lines, child) + 1
        if key in wanted:
            made += _field(lines, node, key, wanted[key], known.get(key))
        for name in new.get(key, ()):
            made += entry(name, wanted[name], column, known.get(name))
    return _with_dash(lines, made, node)


def _places(there: list[str], missing: list[str], order: list[str]) -> dict[str, list[str]]:
    """After which field each new one stands: the nearest before it in the schema, else the last."""
    places: dict[str, list[str]] = {}
    for name in missing:
        before = order[: order.index(name)] if name in order else []
        after = next((key for key in reversed(before) if key in there), there[-1])
        places.setdefault(after, []).append(name)
    return places


def _with_dash(lines: Lines, made: Spliced, node: Node) -> Spliced:
    """The same, with the dash of a list before it if the line that had it has changed."""
    first = node.line - 1
    dash = lines[first][: node.column - 1]
    if not dash.strip() or made[:1] == [first]:
        return made
    texts = [lines[part] if isinstance(part, int) else part for part in made[:1]]
    return [dash + (texts[0].strip() if texts else "{}"), *made[1:]]


def _field(lines: Lines, node: Node, key: str, wanted: Value, spec: FieldSpec | None) -> Spliced:
    assert isinstance(node.value, dict)
    child = node.value[key]
    line, column = (place - 1 for place in node.keys[key])
    if alike(child.plain(), wanted, spec):
        return [*range(line, last_line(lines, child) + 1)]
    head = range(line, child.line - 1)
    if not child.style and wanted and isinstance(child.value, dict) and isinstance(wanted, Mapping):
        return [*head, *changed_fields(lines, child, wanted, spec.model if spec else None)]
    if not child.style and wanted and isinstance(child.value, list) and _is_list(wanted):
        return [*head, *changed_list(lines, child, _plan(child, wanted, spec), spec)]
    made = entry(key, wanted, column, spec)
    return [made[0] + comment_behind(lines, line, child), *made[1:]]


def changed_list(
    lines: Lines, node: Node, plan: Plan, spec: FieldSpec | None, *, spaced: bool = False
) -> Spliced:
    """A list typed with dashes, as planned; `spaced` sets new items apart by a blank line."""
    assert isinstance(node.value, list)
    made: Spliced = []
    at, dropped = node.line - 1, False
    follows = _by_item(plan)
    if len(node.value) > 1:
        spaced = spaced and not lines[_dash_line(lines, node, len(node.value) - 1) - 1].strip()
    gone = [index for index in range(len(node.value)) if index not in follows[0]]
    new_items = {
        index: [
            _moved(lines, node, gone, value, spec) or item(value, node.column - 1, spec)
            for value in values
        ]
        for index, values in follows[1].items()
    }
    for index, child in [(-1, None), *enumerate(node.value)]:
        if child is not None:
            start, end = _dash_line(lines, node, index), last_line(lines, child) + 1
            gap = list(range(at, start))
            while dropped and gap and not lines[gap[0]].strip():
                gap.pop(0)
            made, at = [*made, *gap], end
            dropped = index not in follows[0]
            if not dropped:
                made += _item(lines, child, follows[0][index], start, node.column - 1, spec)
        for new in new_items.get(index, ()):
            made += ["", *new] if spaced and made else new
    while dropped and made and not _said(lines, made[-1]).strip():
        made.pop()
    return made


def _by_item(plan: Plan) -> tuple[dict[int, Value | None], dict[int, list[Value]]]:
    """What becomes of each old item, and which new ones follow each (-1: stand before all)."""
    old: dict[int, Value | None] = {}
    new: dict[int, list[Value]] = {}
    last = -1
    for index, value in plan:
        if index is not None:
            old[index], last = value, index
        elif value is not None:
            new.setdefault(last, []).append(value)
    return old, new


def _item(
    lines: Lines, child: Node, wanted: Value | None, start: int, column: int, spec: FieldSpec | None
) -> Spliced:  # fmt: skip
    if wanted is None:
        return [*range(start, last_line(lines, child) + 1)]
    if not child.style and wanted and isinstance(child.value, dict) and isinstance(wanted, Mapping):
        model = spec.model if spec else None
        return [*range(start, child.line - 1), *changed_fields(lines, child, wanted, model)]
    made = item(wanted, column, spec)
    return [made[0] + comment_behind(lines, start, child), *made[1:]]


def _moved(
    lines: Lines, node: Node, gone: list[int], value: Value, spec: FieldSpec | None
) -> Spliced:
    """The lines of an item that stood elsewhere, with its comments, or none; it leaves `gone`."""
    assert isinstance(node.value, list)
    for index in gone:
        if alike(node.value[index].plain(), value, spec):
            gone.remove(index)
            return [*range(_dash_line(lines, node, index), last_line(lines, node.value[index]) + 1)]
    return []


def _dash_line(lines: Lines, node: Node, index: int) -> int:
    """The line that an item's dash stands on."""
    assert isinstance(node.value, list)
    column, stop = node.column - 1, node.value[index].line - 1
    start = last_line(lines, node.value[index - 1]) + 1 if index else node.line - 1
    for number in range(start, stop + 1):
        if not lines[number][:column].strip() and lines[number][column : column + 1] == "-":
            return number
    raise CannotSplice(stop + 1)


def _plan(node: Node, wanted: Value, spec: FieldSpec | None) -> Plan:
    """What stays, changes, goes and comes for a list to become another.

    What only stands elsewhere goes and comes: as a change of another item it would get that one's
    comments.
    """
    assert isinstance(node.value, list) and not isinstance(wanted, str | Mapping)
    old, new = (
        [json.dumps(bare(part, spec), sort_keys=True) for part in parts]
        for parts in (node.plain(), wanted)
    )
    plan: list[tuple[int | None, Value | None]] = []
    for tag, i, i_end, j, j_end in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            plan += [(number, None) for number in range(i, i_end)]
            continue
        changed = (number for number in range(i, i_end) if old[number] not in new)
        for step in range(j, j_end):
            plan.append((None if new[step] in old else next(changed, None), wanted[step]))
    return plan


def _is_list(value: Value) -> bool:
    return not isinstance(value, str | Mapping)


def comment_behind(lines: Lines, line: int, node: Node) -> str:
    """The comment behind a value that is to be replaced, with the space before it.

    `line` is the one that its name or dash stands on. Raises CannotSplice over a comment that has
    no place beside the new value.
    """
    last, tail = last_line(lines, node), node.end[1] - 1
    within = lines[line:last]
    if node.style in ("|", ">"):
        last, tail, within = node.line - 1, node.column - 1, lines[line : node.line - 1]
    elif not node.style and not isinstance(node.value, str):
        within, tail = lines[line : last + 1], len(lines[last])
    elif node.style in ("'", '"'):
        within = lines[line : node.line - 1]
    if any(map(_COMMENT.search, within)):
        raise CannotSplice(line + 1)
    text = lines[last]
    found = _COMMENT.search(text, tail)
    return text[len(text[: found.start()].rstrip()) :].rstrip() if found else ""


def _said(lines: Lines, part: int | str) -> str:
    return lines[part] if isinstance(part, int) else part
