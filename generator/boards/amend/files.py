"""The files of records with some records changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from boards.amend.edits import Action, AmendFault, Edit
from boards.amend.spelling import Value, fields, house_order, item, rows_of
from boards.amend.splice import (
    CannotSplice,
    Plan,
    Spliced,
    changed_fields,
    changed_list,
    comment_behind,
    last_line,
)
from boards.amend.textfile import TextFile
from boards.board.board import MODELS, Board
from boards.board.editors import modeline
from boards.board.folder import FOLDERS, TABLES
from boards.board.ledger import front_matter, with_text
from boards.errors import errors_in
from boards.records import Keyed
from boards.yaml.source import Document, parse_yaml
from boards.yaml.tree import Node

Meant = dict[str, Value]
"""What is to be read from a file."""
_Span = tuple[int, int, Spliced]
"""From which line to before which other line new content stands."""


def is_own_file(table: str) -> bool:
    """Whether each of its records is a file."""
    return table in FOLDERS or table == "articles"


def own_file(path: str, file: TextFile, edits: list[Edit]) -> tuple[Spliced, Meant]:
    """New lines of a file that holds one record, and what is to be read from them."""
    table = edits[0].table
    model, with_text = MODELS[table], table == "articles"
    wanted: dict[str, Value] = {}
    if file == TextFile():
        for edit in edits:
            wanted = _wanted(wanted, edit)
        head = fields(_without_body(wanted), 0, rows_of(model))
        if with_text:
            return ["---", *head, "---", *_body(wanted)], wanted
        return [modeline(path.partition("/")[2]), *head], wanted
    parsed = article(file.text, path) if with_text else parse_yaml(file.text, path)
    root = _root(parsed)
    wanted = root.plain()
    for edit in edits:
        wanted = _wanted(wanted, edit)
    below = len(file.lines)
    spans: list[_Span] = []
    head_end = last_line(file.lines, _above_text(root)) + 1
    part = changed_fields(file.lines, _above_text(root), _without_body(wanted), model)
    spans.append((root.line - 1, head_end, part))
    if with_text and wanted.get("body") != root.plain()["body"]:
        assert isinstance(root.value, dict)
        spans.append((root.value["body"].line - 1, below, [*_body(wanted)]))
    return _with_spans(below, spans), wanted


def article(text: str, path: str) -> Document:
    """What stands above an article, and its text as the field `body`."""
    document, body = front_matter(text, path)
    if document.root and isinstance(document.root.value, dict):
        return replace(document, root=with_text(document.root, body))
    return document


def _above_text(root: Node) -> Node:
    """A record without the text of its article."""
    assert isinstance(root.value, dict)
    head = {key: node for key, node in root.value.items() if key != "body"}
    return replace(root, value=head)


def _without_body(wanted: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in wanted.items() if key != "body"}


def _body(wanted: Mapping[str, Value]) -> list[str]:
    lines = str(wanted.get("body", "")).split("\n")
    return lines if lines[-1] else lines[:-1]


def _root(document: Document) -> Node:
    """The fields of a file; raises AmendFault if it cannot be read without a fault."""
    errors = errors_in(document.problems)
    root = document.root
    if errors or root is None or not isinstance(root.value, dict):
        line = errors[0].place.line if errors else 1
        raise AmendFault(f"{document.path} 第 {line} 行有错误；先用 boards check 查看并改正")
    if root.style:
        raise CannotSplice(root.line)
    return root


def _wanted(old: Mapping[str, Value], edit: Edit) -> dict[str, Value]:
    """A record as an edit leaves it; a new one in the order of the house."""
    merged: dict[str, Value | None] = {**old, **edit.fields}
    model = MODELS[edit.table]
    if edit.action is Action.ADD and not old:
        merged = _in_order(model, edit)
    return {key: value for key, value in merged.items() if value is not None}


def _in_order(model: type[Keyed], edit: Edit) -> dict[str, Value | None]:
    made = {key: value for key, value in edit.fields.items() if key != "id"}
    if not is_own_file(edit.table) and model.natural_id(made) != edit.id:
        made["id"] = edit.id
    order = house_order(model)
    known = {name: made[name] for name in order if name in made}
    return {**known, **made}


def _spaced(records: Sequence[Value], column: int, model: type[Keyed]) -> Iterator[str]:
    """New records of a list, a blank line between two."""
    for number, record in enumerate(records):
        if number:
            yield ""
        yield from item(record, column, rows_of(model))


def list_file(board: Board, path: str, file: TextFile, edits: list[Edit]) -> tuple[Spliced, Meant]:
    """New lines of a file that holds lists of records, and what is to be read from them."""
    said = [n for n, line in enumerate(file.lines) if line.strip()]
    empty = all(file.lines[n].lstrip().startswith("#") for n in said)
    root = Node({}, 1, 1) if empty else _root(parse_yaml(file.text, path))
    assert isinstance(root.value, dict)
    meant: dict[str, Value] = root.plain()
    spans: list[_Span] = []
    end = said[-1] + 1 if empty and said else 0
    there = {TABLES.get(key, key): key for key in root.value}
    for table, key in there.items():
        end = last_line(file.lines, root.value[key]) + 1
        here = [edit for edit in edits if edit.table == table]
        if here:
            span, meant[key] = _section(board, path, file.lines, root, key, here)
            spans.append(span)
    for table in dict.fromkeys(edit.table for edit in edits):
        if table not in there:
            new = [_wanted({}, edit) for edit in edits if edit.table == table]
            part: Spliced = [*([""] if end else []), f"{table}:", *_spaced(new, 2, MODELS[table])]
            spans.append((end, end, part))
            meant[table] = new
    return _with_spans(len(file.lines), spans), meant


def _with_spans(count: int, spans: list[_Span]) -> Spliced:
    made: Spliced = []
    at = 0
    for start, stop, part in spans:
        made += [*range(at, start), *part]
        at = stop
    return [*made, *range(at, count)]


def _section(
    board: Board, path: str, lines: Sequence[str], root: Node, key: str, edits: list[Edit]
) -> tuple[_Span, Value]:
    """One list of a file, or the branch."""
    assert isinstance(root.value, dict)
    table, node = TABLES.get(key, key), root.value[key]
    model, after = MODELS[table], last_line(lines, node) + 1
    if key == "branch":
        wanted = node.plain()
        for edit in edits:
            wanted = _wanted(wanted, edit)
        return (node.line - 1, after, changed_fields(lines, node, wanted, model)), wanted
    items = node.value if isinstance(node.value, list) else []
    plan = _plan(board, path, table, items, edits)
    meant: list[Value] = [
        items[at].plain() if value is None and at is not None else value or "" for at, value in plan
    ]
    if items and not node.style:
        part = changed_list(lines, node, plan, rows_of(model), spaced=True)
        return (node.line - 1, after, part), meant
    start = root.keys[key][0] - 1
    tail = comment_behind(lines, start, node)
    return (start, after, [f"{key}:{tail}", *_spaced(meant, 2, model)]), meant


def _plan(board: Board, path: str, table: str, items: list[Node], edits: list[Edit]) -> Plan:
    """Every record of a list that stays, as it is to be, then the new ones."""
    names = {
        (origin.node.line, origin.node.column): name
        for (other, name), origin in board.origins.items()
        if other == table and origin.path == path
    }
    plan: list[tuple[int | None, Value | None]] = []
    for number, row in enumerate(items):
        here = [edit for edit in edits if edit.id == names.get((row.line, row.column))]
        if any(edit.action is Action.REMOVE for edit in here):
            continue
        wanted = row.plain()
        for edit in here:
            wanted = _wanted(wanted, edit)
        plan.append((number, wanted if here else None))
    return [*plan, *((None, _wanted({}, e)) for e in edits if e.action is Action.ADD)]
