"""Changing the records in their files: what is not changed stays as it was typed, byte for byte.

The new content is read back by the product's own reader before anybody gets it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from boards.board import MODELS, Board
from boards.errors import errors_in
from boards.layout import FILES, FOLDERS, TABLES
from boards.load import front_matter
from boards.nodes import Node
from boards.records import Keyed
from boards.source import MAX_BYTES, Document, parse_yaml
from boards.spelling import Value, alike_fields, fields, house_order, item, rows_of
from boards.splice import (
    CannotSplice,
    Plan,
    Spliced,
    changed_fields,
    changed_list,
    comment_behind,
    last_line,
)
from boards.textfile import TextFile
from boards.yaml_faults import unsafe_characters

__all__ = ["Action", "AmendFault", "Edit", "Value", "amended", "write"]


class Action(StrEnum):
    """What happens to a record."""

    CHANGE = "change"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Edit:
    """What to do to one record."""

    table: str
    """As in `boards.board.MODELS`."""
    id: str
    """The record's id on the board; for a new one the id it gets."""
    fields: Mapping[str, Value | None]
    """Top-level fields to set, as they stand in YAML; None takes the field out."""
    action: Action = Action.CHANGE


class AmendFault(Exception):
    """Something that cannot be written so that it is read back; the message names the file."""


Files = dict[Path, bytes | None]
_Meant = dict[str, Value]
"""What is to be read from a file."""
_Span = tuple[int, int, Spliced]
"""From which line to before which other line new content stands."""


def amended(board: Board, root: Path, edits: Sequence[Edit]) -> Files:
    """New content of every file that the edits touch, None for one that is to go.

    Nothing is written. `root` holds the board's `data` and `content`. Raises AmendFault if a file
    has changed since it was read, cannot be read without a fault, or would not be read back as it
    is meant.
    """
    grouped: dict[str, list[Edit]] = {}
    for edit in edits:
        _require_possible(board, edit)
        grouped.setdefault(_path(board, edit), []).append(edit)
    return {root / path: _new_content(board, root, path, here) for path, here in grouped.items()}


def _require_possible(board: Board, edit: Edit) -> None:
    name = f"{MODELS[edit.table].kind}“{edit.id}”"
    there = (edit.table, edit.id) in board.origins
    if edit.action is Action.ADD and there:
        raise AmendFault(f"{name}已经有了，不能再加一条")
    if edit.action is not Action.ADD and not there:
        raise AmendFault(f"没有{name}")
    if edit.table == "received":
        raise AmendFault(f"{name}是兄弟单位签过名的材料，不能改")
    if edit.table == "branches" and edit.action is not Action.CHANGE:
        raise AmendFault("支部只有一条，不能新加也不能删除")
    for field, value in edit.fields.items():
        for text in _texts(value):
            for _, said in unsafe_characters(text)[:1]:
                raise AmendFault(f"{name}的 {field} 里夹着{said}，不能写进台账")


def _texts(value: Value | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from (key, *_texts(part))
    else:
        for part in value or ():
            yield from _texts(part)


def _path(board: Board, edit: Edit) -> str:
    if edit.action is not Action.ADD:
        return board.origins[(edit.table, edit.id)].path
    if edit.table == "articles":
        return f"content/{edit.id}.md"
    if edit.table in FOLDERS:
        return f"{board.data.name}/{edit.table}/{edit.id}.yml"
    file = next(name for name, tables in FILES.items() if edit.table in tables)
    return f"{board.data.name}/{file}"


def _is_own_file(table: str) -> bool:
    """Whether each of its records is a file."""
    return table in FOLDERS or table == "articles"


def _new_content(board: Board, root: Path, path: str, edits: list[Edit]) -> bytes | None:
    own = _is_own_file(edits[0].table)
    if own and any(edit.action is Action.REMOVE for edit in edits):
        return None
    file = _read(board, root / path, path)
    try:
        spliced, meant = (
            _own_file(path, file, edits) if own else _list_file(board, path, file, edits)
        )
    except CannotSplice as fault:
        found = f"{path} 第 {fault.line} 行附近的注释夹在要改的内容中间，改了会丢"
        raise AmendFault(f"{found}；把注释移到上一行，再运行一次") from fault
    content = file.with_lines(spliced)
    _require_readable(path, content, edits, meant)
    return content


def _read(board: Board, file: Path, path: str) -> TextFile:
    """A file as it stands, which must be what the board was read from."""
    try:
        found = TextFile.of(file.read_bytes())
    except FileNotFoundError:
        return TextFile()
    except UnicodeDecodeError as error:
        raise AmendFault(f"{path} 的编码认不出来，不能改") from error
    origins = (origin for origin in board.origins.values() if origin.path == path)
    origin = next(origins, None)
    if origin and origin.lines != found.lines:
        raise AmendFault(f"{path} 刚刚被改过，或者里面有错误；运行 boards check，再试一次")
    return found


def _list_file(
    board: Board, path: str, file: TextFile, edits: list[Edit]
) -> tuple[Spliced, _Meant]:
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


def _own_file(path: str, file: TextFile, edits: list[Edit]) -> tuple[Spliced, _Meant]:
    """New lines of a file that holds one record, and what is to be read from them."""
    table = edits[0].table
    article, model = table == "articles", MODELS[table]
    wanted: dict[str, Value] = {}
    if file == TextFile():
        for edit in edits:
            wanted = _wanted(wanted, edit)
        head = fields(_without_body(wanted), 0, rows_of(model))
        return [*(["---", *head, "---", *_body(wanted)] if article else head)], wanted
    parsed = _article(file.text, path) if article else parse_yaml(file.text, path)
    root = _root(parsed)
    wanted = root.plain()
    for edit in edits:
        wanted = _wanted(wanted, edit)
    below = len(file.lines)
    spans: list[_Span] = []
    head_end = last_line(file.lines, _above_text(root)) + 1
    part = changed_fields(file.lines, _above_text(root), _without_body(wanted), model)
    spans.append((root.line - 1, head_end, part))
    if article and wanted["body"] != root.plain()["body"]:
        assert isinstance(root.value, dict)
        spans.append((root.value["body"].line - 1, below, [*_body(wanted)]))
    return _with_spans(below, spans), wanted


def _article(text: str, path: str) -> Document:
    """What stands above an article, and its text as the field `body`."""
    document, body = front_matter(text, path)
    if document.root and isinstance(document.root.value, dict):
        document.root.value["body"] = body
        document.root.keys["body"] = (body.line, body.column)
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
    natural = "-".join(str(made.get(name)) for name in model.natural_key)
    if edit.table not in (*FOLDERS, "articles") and natural != edit.id:
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


def _require_readable(path: str, content: bytes, edits: list[Edit], meant: _Meant) -> None:
    """Raise AmendFault unless the new content is read back as it is meant."""
    file, table = TextFile.of(content), edits[0].table
    parsed = _article(file.text, path) if table == "articles" else parse_yaml(file.text, path)
    found = parsed.root.plain() if parsed.root and not errors_in(parsed.problems) else {}
    if _is_own_file(table):
        same = alike_fields(found, meant, MODELS[table])
    else:
        same = found.keys() == meant.keys() and all(
            _alike_rows(found[key], meant[key], MODELS[TABLES.get(key, key)]) for key in meant
        )
    if not same or len(content) > MAX_BYTES:
        raise AmendFault(f"{path} 改了以后读不回原样，没有写入；请手工修改这个文件")


def _alike_rows(found: Value, meant: Value, model: type[Keyed]) -> bool:
    rows, wanted = (_rows(found), _rows(meant))
    return len(rows) == len(wanted) and all(
        alike_fields(one, other, model) if isinstance(one, Mapping) and isinstance(other, Mapping)
        else one == other
        for one, other in zip(rows, wanted, strict=True)
    )  # fmt: skip


def _rows(value: Value) -> Sequence[Value]:
    """The records of a list; of the branch, itself; of a list left empty, none."""
    if isinstance(value, str | Mapping):
        return [value] if value else []
    return value


def write(files: Mapping[Path, bytes | None], root: Path, backup: str) -> Path:
    """Write every file, or remove those with None; gives the folder of what stood there before.

    That is `root/backups/<backup>`, with a number behind it if there is one already, and in it the
    same paths as below `root`. Each file is replaced at once. If one cannot be, those before it are
    put back and the OSError goes on.
    """
    folder = _unused(root / "backups" / backup)
    before = {file: file.read_bytes() if file.exists() else None for file in files}
    folder.mkdir(parents=True)
    for file, content in before.items():
        if content is not None:
            kept = folder / file.relative_to(root)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
    done: list[Path] = []
    try:
        for file, new in files.items():
            done.append(file)
            _put(file, new)
    except BaseException:
        for file in done:
            _put(file, before[file])
        raise
    return folder


def _unused(folder: Path) -> Path:
    names = (folder.with_name(f"{folder.name}-{number}") for number in range(2, 10_000))
    return folder if not folder.exists() else next(name for name in names if not name.exists())


def _put(file: Path, content: bytes | None) -> None:
    """Replace a file at once, or remove it."""
    if content is None:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content)
        if file.exists():
            shutil.copymode(file, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
