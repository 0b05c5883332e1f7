"""Reading a branch's folder: every file, every record, every fault in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from boards.board import MODELS, Board, Origin
from boards.errors import Place, Problem, Severity, listing, nearest
from boards.records import Keyed
from boards.records.refusals import refusals
from boards.records.schema import describe
from boards.source import Document, Node, parse_yaml, read_text, read_yaml

FILES: dict[str, tuple[str, ...]] = {
    "branch.yml": ("branch", "sources", "faces", "lessons", "quotes"),
    "zones.yml": ("zones", "practices", "areas", "groups"),
    "members.yml": ("members",),
    "honours.yml": ("honours",),
    "outcomes.yml": ("outcomes",),
    "coverage.yml": ("crews",),
    "messages.yml": ("messages",),
}
"""What each file of data/ holds; `branch` is one record, the others are lists."""

FOLDERS = {
    "cases": (
        r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*",
        "英文字母、数字和短横线，例如 ii830-fault-crossing.yml",
    ),
    "quarters": (r"\d{4}-Q[1-4]", "年份-Q季度，例如 2019-Q2.yml"),
    "months": (r"\d{4}-(0[1-9]|1[0-2])", "年份-月份，例如 2019-06.yml"),
}
"""Folders of data/ that hold one record a file, and what a file may be called."""

REQUIRED = ("branch.yml", "zones.yml")
NOT_RECORDS = {"media", "schema"}
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", ".ds_store"}


@dataclass
class _Reading:
    """What has been read so far."""

    tables: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in MODELS})
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    folded: dict[tuple[str, str], str] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def load(data: Path, content: Path) -> tuple[Board, list[Problem]]:
    """Read `data` and `content`; faulty records are left out of the board and reported."""
    reading = _Reading()
    if not data.is_dir():
        found = f"没有找到数据文件夹 {data.name}"
        hint = "在网站文件夹里运行命令（里面有 data、content 和 mkdocs.yml）"
        return Board(), [Problem(Place(data.name), found, hint)]
    for name in FILES:
        _read_list_file(reading, data, name)
    for folder in FOLDERS:
        _read_folder(reading, data, folder)
    _read_articles(reading, content)
    reading.problems += _strangers(data)
    board = Board(
        **reading.tables, data=data, origins=reading.origins, broken=frozenset(reading.broken)
    )
    return board, reading.problems


def _read_list_file(reading: _Reading, data: Path, name: str) -> None:
    file = data / name
    shown = f"{data.name}/{name}"
    if not file.is_file():
        if name in REQUIRED:
            hint = f"补上 {shown}"
            reading.problems.append(Problem(Place(shown), "缺少这个文件", hint))
        return
    document = read_yaml(file, shown)
    reading.problems += document.problems
    if document.root is None:
        return
    keys = FILES[name]
    if not isinstance(document.root.value, dict):
        found = "文件最外层不是“字段: 内容”"
        hint = f"第一行写 {keys[0]}:，下面缩进两格写内容"
        reading.problems.append(Problem(Place(shown, document.root.line), found, hint))
        return
    for key, node in document.root.value.items():
        if key not in keys:
            guess = nearest(key, keys)
            hint = f"改成 {guess}" if guess else f"这个文件里只有：{listing(keys)}"
            place = Place(shown, *document.root.keys[key])
            reading.problems.append(Problem(place, f"没有“{key}”这一部分", hint))
        elif key == "branch":
            _read_record(reading, "branches", document, node)
        else:
            _read_rows(reading, key, document, node)


def _read_rows(reading: _Reading, table: str, document: Document, node: Node) -> None:
    if isinstance(node.value, str) and not node.value.strip():
        return
    if not isinstance(node.value, list):
        found = f"“{table}”下面不是列表"
        hint = "每条记录另起一行，以“- ”开头"
        place = Place(document.path, node.line, node.column)
        reading.problems.append(Problem(place, found, hint))
        return
    for item in node.value:
        _read_record(reading, table, document, item)


def _read_folder(reading: _Reading, data: Path, folder: str) -> None:
    pattern, wanted = FOLDERS[folder]
    for file in sorted((data / folder).glob("*.yml")):
        shown = f"{data.name}/{folder}/{file.name}"
        if not re.fullmatch(pattern, file.stem):
            found = f"文件名“{file.name}”不合要求"
            reading.problems.append(Problem(Place(shown), found, f"文件名写成{wanted}"))
            continue
        document = read_yaml(file, shown)
        reading.problems += document.problems
        if document.root is not None:
            _read_record(reading, folder, document, document.root, record_id=file.stem)
        else:
            reading.broken.add((folder, file.stem))


def _read_articles(reading: _Reading, content: Path) -> None:
    for file in sorted(content.rglob("*.md")):
        shown = f"{content.name}/{file.relative_to(content).as_posix()}"
        text, problems = read_text(file, shown)
        reading.problems += problems
        if text is None:
            continue
        document, body = _front_matter(text, shown)
        reading.problems += document.problems
        if document.root is None or not isinstance(document.root.value, dict):
            found = "文章开头没有用 --- 围起来的说明"
            hint = "第一行写 ---，下面写 title、type、summary 等，再写一行 ---，然后是正文"
            reading.problems.append(Problem(Place(shown), found, hint))
            continue
        document.root.value["body"] = body
        document.root.keys["body"] = (body.line, body.column)
        _read_record(reading, "articles", document, document.root, record_id=file.stem)


def _front_matter(text: str, shown: str) -> tuple[Document, Node]:
    """Split an article; blank lines stand in for what was cut so that positions stay true."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
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
        place = Place(document.path, node.line, node.column)
        reading.problems.append(Problem(place, found, "写成几行“字段: 内容”，左对齐"))
        return
    fields = _with_id(model, fields, record_id)
    try:
        record = model.model_validate(fields)
    except ValidationError as error:
        name = next((str(fields[k]) for k in ("name", "title", "id") if fields.get(k)), "")
        for path, found, hint in refusals(model, error):
            place = origin.place(path)
            subject = f"{model.kind}“{name[:30]}”" if name else model.kind
            reading.problems.append(Problem(place, found, hint, subject, describe(model, path)))
        reading.broken.add((table, str(fields.get("id", ""))))
        return
    _keep(reading, table, record, origin)


def _with_id(model: type[Keyed], fields: dict[str, Any], record_id: str | None) -> dict[str, Any]:
    """Give a record the id of its file, or the one made of its natural key."""
    if record_id is not None:
        return fields if "id" in fields else {"id": record_id, **fields}
    natural_key = getattr(model, "natural_key", ())
    parts = [fields.get(name) for name in natural_key]
    if natural_key and "id" not in fields and all(isinstance(p, str) for p in parts):
        return {"id": "-".join(str(part) for part in parts), **fields}
    return fields


def _keep(reading: _Reading, table: str, record: Keyed, origin: Origin) -> None:
    same = reading.folded.setdefault((table, record.id.casefold()), record.id)
    if (table, same) in reading.origins:
        first = reading.origins[(table, same)].place(())
        case = "（只有大小写不同）" if same != record.id else ""
        found = f"编号“{record.id}”已经用过{case}，第一次在 {first.path} 第 {first.line} 行"
        subject = f"{record.kind}“{record.title_text}”"
        reading.problems.append(
            Problem(origin.place(("id",)), found, "换一个编号，或删掉重复的记录", subject)
        )
        return
    reading.tables[table][record.id] = record
    reading.origins[(table, record.id)] = origin


def _strangers(data: Path) -> Iterator[Problem]:
    """Files that nothing reads: a misnamed ledger is an error, anything else a notice."""
    for item in sorted(data.iterdir()):
        shown = f"{data.name}/{item.name}"
        if item.is_dir():
            if item.name in FOLDERS:
                yield from _strange_files(sorted(item.iterdir()), shown, ())
            elif item.name not in NOT_RECORDS:
                yield _stranger(shown, item.name, tuple(FOLDERS), Severity.NOTICE)
        elif item.name not in FILES:
            yield from _strange_files([item], data.name, tuple(FILES))


def _strange_files(items: list[Path], folder: str, known: tuple[str, ...]) -> Iterator[Problem]:
    for item in items:
        name = item.name.casefold()
        if name in _SYSTEM_FILES or name.startswith("."):
            continue
        shown = f"{folder}/{item.name}"
        if item.is_file() and item.suffix == ".yml" and not known:
            continue
        meant = re.search(r"\.ya?ml", name) and not name.startswith("~")
        yield _stranger(shown, item.name, known, Severity.ERROR if meant else Severity.NOTICE)


def _stranger(shown: str, name: str, known: tuple[str, ...], severity: Severity) -> Problem:
    guess = nearest(re.sub(r"\.ya?ml.*$", ".yml", name.casefold()), known)
    if guess:
        hint = f"改名为 {guess}"
    elif severity is Severity.ERROR:
        hint = f"这里只认：{listing(known, 12)}" if known else "扩展名改成 .yml"
    else:
        hint = "不需要就移出 data 文件夹"
    return Problem(Place(shown), f"不认识“{name}”，没有读取", hint, severity=severity)
