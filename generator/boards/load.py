"""Reading a branch's folder: every file, every record, every fault in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from boards.board import ANY_ID, MODELS, Board, Origin
from boards.composer import EMPTY
from boards.errors import Place, Problem, errors_in, listing, nearest
from boards.layout import (
    ARTICLE_NAMES,
    FILES,
    FOLDERS,
    RECEIVED,
    REQUIRED,
    TABLES,
    meant_file,
    strangers,
)
from boards.leftovers import is_unread
from boards.naming import with_ids
from boards.nodes import Node
from boards.records import Keyed
from boards.records.refusals import refusals
from boards.records.schema import describe, spec_at
from boards.records.typed import nothing_said, says_nothing
from boards.source import Document, parse_yaml, read_text, read_yaml, with_unix_line_ends
from boards.version import VERSION_FILE, VERSION_KEY, version_problem
from boards.yaml_faults import replace_unsafe_characters

Instead = Mapping[Path, bytes | None]
"""Files with the content to read in their stead; None stands for a file that is to go."""


@dataclass
class _Reading:
    """What has been read so far."""

    tables: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in MODELS})
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    folded: dict[tuple[str, str], str] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    instead: Instead = field(default_factory=dict)

    def files(self, folder: Path, pattern: str) -> list[Path]:
        """The files that are read of a folder once everything in `instead` is written."""
        there = {*folder.glob(pattern), *(p for p in self.instead if p.is_relative_to(folder))}
        gone = {path for path, content in self.instead.items() if content is None}
        found = (file for file in there - gone if not is_unread(file.relative_to(folder)))
        return sorted(file for file in found if file.match(pattern))

    def has(self, file: Path) -> bool:
        """Whether there is such a file once everything in `instead` is written."""
        return self.instead[file] is not None if file in self.instead else file.is_file()


def load(data: Path, content: Path, instead: Instead | None = None) -> tuple[Board, list[Problem]]:
    """Read `data` and `content`; faulty records are left out of the board and reported.

    `instead` is read in place of the files it names, to try what is about to be written.
    """
    reading = _Reading(instead=instead or {})
    if not data.is_dir():
        found = f"没有找到数据文件夹 {data.name}"
        hint = "在网站文件夹里运行命令（里面有 data、content 和 mkdocs.yml）"
        unread = frozenset((table, ANY_ID) for table in MODELS)
        return Board(broken=unread), [Problem(Place(data.name), found, hint)]
    reading.problems += _of_another_version(data)
    if errors_in(reading.problems):  # what this program makes of the rest would be guesses
        unread = frozenset((table, ANY_ID) for table in MODELS)
        return Board(data=data, broken=unread), reading.problems
    if not content.is_dir():
        hint = f"新建一个空文件夹 {content.name}，文章以后放在里面"
        reading.problems.append(Problem(Place(content.name), "没有找到文章文件夹", hint))
    for name in FILES:
        _read_list_file(reading, data, name)
    for folder in FOLDERS:
        _read_folder(reading, data, folder)
    _read_received(reading, data)
    _read_articles(reading, content)
    reading.problems += strangers(data)
    board = Board(
        **reading.tables,
        data=data,
        origins=reading.origins,
        broken=frozenset(reading.broken),
        settled=None,
    )
    return with_ids(board), reading.problems


def _of_another_version(data: Path) -> list[Problem]:
    file = data / VERSION_FILE
    if not file.is_file():
        return []
    problem = version_problem(read_yaml(file, f"{data.name}/{VERSION_FILE}"))
    return [problem] if problem else []


def _read_list_file(reading: _Reading, data: Path, name: str) -> None:
    file = data / name
    shown = f"{data.name}/{name}"
    if not reading.has(file):
        if name in REQUIRED:
            hint = f"补上 {shown}"
            reading.problems.append(Problem(Place(shown), "缺少这个文件", hint))
        there = (item.name for item in data.iterdir() if not is_unread(item.name))
        misnamed = any(meant_file(one, tuple(FILES)) == name for one in there)
        if name in REQUIRED or misnamed:
            reading.broken.update((TABLES.get(key, key), ANY_ID) for key in FILES[name])
        return
    document = read_yaml(file, shown, reading.instead.get(file))
    reading.problems += document.problems
    keys = FILES[name]
    if document.root is None or not isinstance(document.root.value, dict):
        if document.root is not None:
            reading.problems.append(_without_fields(document.root, shown, keys[0]))
        reading.broken.update((TABLES.get(key, key), ANY_ID) for key in keys)
        return
    for key, node in document.root.value.items():
        if name == VERSION_FILE and key == VERSION_KEY:
            continue
        if key not in keys:
            guess = nearest(key, keys)
            hint = f"改成 {guess}" if guess else f"这个文件里只有：{listing(keys)}"
            place = Place(shown, *document.root.keys[key])
            reading.problems.append(Problem(place, f"没有“{key}”这一部分", hint))
            reading.broken.update((TABLES.get(name, name), ANY_ID) for name in keys)
        elif key == "branch":
            _read_record(reading, TABLES[key], document, node)
        else:
            _read_rows(reading, key, document, node)


def _without_fields(root: Node, shown: str, first: str) -> Problem:
    """What is wrong with a file that holds text or a list, where fields should be."""
    found = "文件最外层不是“字段: 内容”"
    hint = f"第一行写 {first}:，下面缩进两格写内容"
    if isinstance(root.value, str) and says_nothing(root.value):
        found, hint = EMPTY
    return Problem(Place(shown, root.line), found, hint)


def _read_rows(reading: _Reading, table: str, document: Document, node: Node) -> None:
    if isinstance(node.value, str) and says_nothing(node.value):
        return
    if not isinstance(node.value, list):
        found = f"“{table}”下面不是列表"
        hint = "每条记录另起一行，以“- ”开头"
        place = Place(document.path, node.line, node.column)
        reading.problems.append(Problem(place, found, hint))
        reading.broken.add((table, ANY_ID))
        return
    for item in node.value:
        _read_record(reading, table, document, item)


def _read_folder(reading: _Reading, data: Path, folder: str) -> None:
    pattern, wanted = FOLDERS[folder]
    for file in reading.files(data / folder, "*.yml"):
        if file.is_dir():
            continue
        shown = f"{data.name}/{folder}/{file.name}"
        if not re.fullmatch(pattern, file.stem):
            found = f"文件名“{file.name}”不合要求"
            reading.problems.append(Problem(Place(shown), found, f"文件名写成{wanted}"))
            continue
        document = read_yaml(file, shown, reading.instead.get(file))
        reading.problems += document.problems
        if document.root is not None:
            _read_record(reading, folder, document, document.root, record_id=file.stem)
        else:
            reading.broken.add((folder, file.stem))


def _read_received(reading: _Reading, data: Path) -> None:
    """What other units sent, each named after its unit and itself."""
    for file in sorted((data / RECEIVED).glob("*/*/record.yml")):
        if is_unread(file.relative_to(data)):
            continue
        unit, key = file.parts[-3:-1]
        shown = f"{data.name}/{RECEIVED}/{unit}/{key}/{file.name}"
        document = read_yaml(file, shown)
        reading.problems += document.problems
        if document.root is not None:
            _read_record(reading, "received", document, document.root, record_id=f"{unit}-{key}")


def _read_articles(reading: _Reading, content: Path) -> None:
    pattern, wanted = ARTICLE_NAMES
    for file in reading.files(content, "**/*.md"):
        shown = f"{content.name}/{file.relative_to(content).as_posix()}"
        text, problems = read_text(file, shown, reading.instead.get(file))
        reading.problems += problems
        if text is None:
            continue
        if not re.fullmatch(pattern, file.stem):
            found = f"文件名“{file.name}”不合要求"
            reading.problems.append(Problem(Place(shown), found, f"文件名写成{wanted}"))
            continue
        text, problems = replace_unsafe_characters(with_unix_line_ends(text), shown)
        reading.problems += problems
        document, body = front_matter(text, shown)
        reading.problems += document.problems
        if document.root is None and document.problems:
            continue
        if document.root is None or not isinstance(document.root.value, dict):
            found = "文章开头没有用 --- 围起来的说明"
            hint = "第一行写 ---，下面写 title、type、summary 等，再写一行 ---，然后是正文"
            reading.problems.append(Problem(Place(shown), found, hint))
            continue
        document.root.value["body"] = body
        document.root.keys["body"] = (body.line, body.column)
        _read_record(reading, "articles", document, document.root, record_id=file.stem)


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
    reading: _Reading, table: str, document: Document, node: Node, record_id: str | None = None
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
        reading.problems.append(Problem(place, found, hint))
        reading.broken.add((table, record_id or ANY_ID))
        return
    if record_id is not None and fields.pop("id", record_id) != record_id:
        found = f"编号和文件名“{record_id}”不一致"
        hint = "删掉 id 这一行；编号就是文件名"
        place, name = origin.place(("id",)), describe(model, ("id",))
        reading.problems.append(Problem(place, found, hint, model.kind, name))
    typed, fields = fields, _with_id(model, fields, record_id)
    try:
        record = model.model_validate(fields)
    except ValidationError as error:
        subject = _subject(model, typed, record_id)
        for path, found, hint in refusals(model, error):
            if path == ("id",) and "id" not in typed and model.natural_key:
                continue  # made of the fields that are at fault themselves
            known = spec_at(model, path) is not None
            place = origin.place(path) if known else Place(document.path, *node.key_position(path))
            reading.problems.append(Problem(place, found, hint, subject, describe(model, path)))
        reading.broken.add((table, str(fields.get("id", ANY_ID))))
        return
    _keep(reading, table, record, origin)


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


def _keep(reading: _Reading, table: str, record: Keyed, origin: Origin) -> None:
    same = reading.folded.setdefault((table, record.id.casefold()), record.id)
    if (table, same) in reading.origins:
        first = reading.origins[(table, same)].place(())
        case = "（只有大小写不同）" if same != record.id else ""
        found = f"编号“{record.id}”已经用过{case}，第一次在 {first.path} 第 {first.line} 行"
        hint = "换一个编号，或删掉重复的记录"
        if record.natural_key:
            found = f"“{record.title_text}”写了两条，第一条在 {first.path} 第 {first.line} 行"
            hint = "合成一条，或核对日期和类别"
        elif table == "articles":
            found = f"文件名和 {first.path} 相同"
            hint = "换一个文件名"
        subject = f"{record.kind}“{record.title_text}”"
        reading.problems.append(Problem(origin.place(("id",)), found, hint, subject))
        return
    reading.tables[table][record.id] = record
    reading.origins[(table, record.id)] = origin
