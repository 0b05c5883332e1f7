"""What one file says: its records in order, and everything wrong with it and with them.

Nothing here looks at another file, so what was read of unchanged bytes holds (see `load.Memory`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from boards.board.board import ANY_ID, MODELS, Origin
from boards.board.folder import FILES, TABLES
from boards.board.version import VERSION_FILE, VERSION_KEY
from boards.errors import Place, Problem, listing, nearest
from boards.records import Keyed
from boards.records.refusals import refusals
from boards.records.schema import describe, spec_at
from boards.records.typed import nothing_said, says_nothing
from boards.yaml.composer import EMPTY
from boards.yaml.faults import replace_unsafe_characters
from boards.yaml.source import Document, decode_text, parse_yaml, with_unix_line_ends
from boards.yaml.tree import Node


@dataclass
class Ledger:
    """What was read of one file."""

    rows: list[tuple[str, Keyed, Origin]] = field(default_factory=list)
    """Tables and records with where each was typed."""
    broken: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def list_file(name: str, document: Document) -> Ledger:
    """A file of lists, such as members.yml."""
    ledger = Ledger(problems=list(document.problems))
    keys = FILES[name]
    if document.root is None or not isinstance(document.root.value, dict):
        if document.root is not None:
            ledger.problems.append(_without_fields(document.root, document.path, keys[0]))
        ledger.broken.update((TABLES.get(key, key), ANY_ID) for key in keys)
        return ledger
    for key, node in document.root.value.items():
        if name == VERSION_FILE and key == VERSION_KEY:
            continue
        if key not in keys:
            guess = nearest(key, keys)
            hint = f"改成 {guess}" if guess else f"这个文件里只有：{listing(keys)}"
            place = Place(document.path, *document.root.keys[key])
            ledger.problems.append(Problem(place, f"没有“{key}”这一部分", hint))
            ledger.broken.update((TABLES.get(name, name), ANY_ID) for name in keys)
        elif key == "branch":
            _read_record(ledger, TABLES[key], document, node)
        else:
            _read_rows(ledger, key, document, node)
    return ledger


def record_file(table: str, record_id: str, document: Document) -> Ledger:
    """A file of one record, such as quarters/2019-Q2.yml."""
    ledger = Ledger(problems=list(document.problems))
    if document.root is not None:
        _read_record(ledger, table, document, document.root, record_id=record_id)
    elif table != "received":
        ledger.broken.add((table, record_id))
    return ledger


def _without_fields(root: Node, shown: str, first: str) -> Problem:
    """What is wrong with a file that holds text or a list, where fields should be."""
    found = "文件最外层不是“字段: 内容”"
    hint = f"第一行写 {first}:，下面缩进两格写内容"
    if isinstance(root.value, str) and says_nothing(root.value):
        found, hint = EMPTY
    return Problem(Place(shown, root.line), found, hint)


def _read_rows(ledger: Ledger, table: str, document: Document, node: Node) -> None:
    if isinstance(node.value, str) and says_nothing(node.value):
        return
    if not isinstance(node.value, list):
        found = f"“{table}”下面不是列表"
        hint = "每条记录另起一行，以“- ”开头"
        place = Place(document.path, node.line, node.column)
        ledger.problems.append(Problem(place, found, hint))
        ledger.broken.add((table, ANY_ID))
        return
    for item in node.value:
        _read_record(ledger, table, document, item)


def article_file(record_id: str, shown: str, content: bytes) -> Ledger:
    """An article: what stands above it, and its text."""
    text, problems = decode_text(content, shown)
    ledger = Ledger(problems=problems)
    if text is None:
        return ledger
    text, problems = replace_unsafe_characters(with_unix_line_ends(text), shown)
    document, body = front_matter(text, shown)
    ledger.problems += [*problems, *document.problems]
    if document.root is None and document.problems:
        return ledger
    if document.root is None or not isinstance(document.root.value, dict):
        found = "文章开头没有用 --- 围起来的说明"
        hint = "第一行写 ---，下面写 title、type、summary 等，再写一行 ---，然后是正文"
        ledger.problems.append(Problem(Place(shown), found, hint))
        return ledger
    _read_record(ledger, "articles", document, with_text(document.root, body), record_id=record_id)
    return ledger


def with_text(root: Node, body: Node) -> Node:
    """What stands above an article, with its text as the field `body`."""
    assert isinstance(root.value, dict)
    keys = {**root.keys, "body": (body.line, body.column)}
    return replace(root, value={**root.value, "body": body}, keys=keys)


def front_matter(text: str, shown: str) -> tuple[Document, Node]:
    """Split an article into what stands above it and its text.

    Blank lines stand in for what was cut so that positions stay true.
    """
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None or not "".join(lines[1:end]).strip():
        return Document(shown, None, tuple(lines), []), Node("", 1, 1)
    document = parse_yaml("\n".join(["", *lines[1:end]]), shown)
    whole = Document(shown, document.root, tuple(lines), document.problems)
    return whole, Node("\n".join(lines[end + 1 :]), end + 2, 1)


def _read_record(
    ledger: Ledger, table: str, document: Document, node: Node, record_id: str | None = None
) -> None:
    model = MODELS[table]
    fields = node.plain()
    origin = Origin(document.path, node, document.lines)
    if not isinstance(fields, dict):
        found = f"这里应是一条“{model.kind}”记录，却只有“{str(fields)[:20]}”"
        hint = "写成几行“字段: 内容”，左对齐"
        if isinstance(fields, str) and says_nothing(fields):
            found = f"这条“{model.kind}”记录{nothing_said(fields)}"
            hint += "；不需要就删掉这一行"
        place = Place(document.path, node.line, node.column)
        ledger.problems.append(Problem(place, found, hint))
        ledger.broken.add((table, record_id or ANY_ID))
        return
    if record_id is not None and fields.pop("id", record_id) != record_id:
        found = f"编号和文件名“{record_id}”不一致"
        hint = "删掉 id 这一行；编号就是文件名"
        place, name = origin.place(("id",)), describe(model, ("id",))
        ledger.problems.append(Problem(place, found, hint, model.kind, name))
    typed, fields = fields, _with_id(model, fields, record_id)
    try:
        record = model.model_validate(fields)
    except ValidationError as error:
        subject = _subject(model, typed, record_id)
        for path, found, cure in refusals(model, error):
            if path == ("id",) and "id" not in typed and model.natural_key:
                continue  # made of the fields that are at fault themselves
            known = spec_at(model, path) is not None
            place = origin.place(path) if known else Place(document.path, *node.key_position(path))
            ledger.problems.append(Problem(place, found, cure, subject, describe(model, path)))
        ledger.broken.add((table, str(fields.get("id", ANY_ID))))
        return
    ledger.rows.append((table, record, origin))


def _subject(model: type[Keyed], typed: dict[str, Any], record_id: str | None) -> str:
    """What to call a record that could not be read: its kind, and a name if it has one."""
    names = (*(typed.get(key) for key in ("name", "title", "id")), record_id)
    said = (name for name in names if isinstance(name, str) and not says_nothing(name))
    name = next((" ".join(name.split()) for name in said), "")
    return f"{model.kind}“{name[:30]}”" if name else model.kind


def _with_id(model: type[Keyed], fields: dict[str, Any], record_id: str | None) -> dict[str, Any]:
    """Give a record the id of its file, or the one made of its natural key."""
    if record_id is not None:
        return {"id": record_id, **fields}
    typed = {name: value for name, value in fields.items() if isinstance(value, str)}
    made = model.natural_id(typed)
    return {"id": made, **fields} if made and "id" not in fields else fields
