"""Reading a branch's folder: every file, every record, every fault in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from boards.board.board import ANY_ID, MODELS, Board, Origin
from boards.board.folder import (
    ARTICLE_NAMES,
    FILES,
    FOLDERS,
    RECEIVED,
    REQUIRED,
    TABLES,
    meant_file,
    strangers,
)
from boards.board.ledger import Ledger, article_file, list_file, record_file
from boards.board.naming import Righted, with_ids
from boards.board.version import VERSION_FILE, version_problem
from boards.errors import Place, Problem, errors_in
from boards.leftovers import is_unread
from boards.records import Keyed
from boards.yaml.source import Document, parse_bytes, read_bytes

Instead = Mapping[Path, bytes | None]
"""Files with the content to read in their stead; None stands for a file that is to go."""

Made = TypeVar("Made", Document, Ledger)


class Memory:
    """What was read of each file the last time, which holds while its bytes are the same."""

    def __init__(self) -> None:
        self._kept: dict[tuple[type, Path], tuple[bytes | Document, Any]] = {}
        self.pictures: dict[Any, Any] = {}
        """See `Board.pictures`."""
        self.righted: Righted = {}
        """See `with_ids`."""

    def of(
        self, kind: type[Made], file: Path, content: bytes | Document, make: Callable[[], Made]
    ) -> Made:
        """What `make` makes of what a file holds, as it was made before if that is unchanged."""
        before, kept = self._kept.get((kind, file), (None, None))
        made: Made
        if before is content or (isinstance(content, bytes) and before == content):
            made = kept  # type: ignore[assignment]
            return made
        made = make()
        self._kept[kind, file] = (content, made)
        return made


@dataclass
class _Reading:
    """What has been read so far."""

    tables: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in MODELS})
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    folded: dict[tuple[str, str], str] = field(default_factory=dict)
    broken: set[tuple[str, str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    instead: Instead = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    def content(self, file: Path, shown: str) -> tuple[bytes | None, list[Problem]]:
        """A file's bytes, or those to be read in their stead."""
        known = self.instead.get(file)
        return (known, []) if known is not None else read_bytes(file, shown)

    def document(self, file: Path, shown: str) -> Document:
        """A YAML file, read."""
        content, problems = self.content(file, shown)
        if content is None:
            return Document(shown, None, (), problems)
        return self.memory.of(Document, file, content, lambda: parse_bytes(content, shown))

    def take(self, ledger: Ledger) -> None:
        """Take in what one file says."""
        self.problems += ledger.problems
        self.broken |= ledger.broken
        for table, record, origin in ledger.rows:
            self._keep(table, record, origin)

    def _keep(self, table: str, record: Keyed, origin: Origin) -> None:
        same = self.folded.setdefault((table, record.id.casefold()), record.id)
        if (table, same) in self.origins:
            first = self.origins[(table, same)].place(())
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
            self.problems.append(Problem(origin.place(("id",)), found, hint, subject))
            return
        self.tables[table][record.id] = record
        self.origins[(table, record.id)] = origin

    def files(self, folder: Path, pattern: str) -> list[Path]:
        """The files that are read of a folder once everything in `instead` is written."""
        there = {*folder.glob(pattern), *(p for p in self.instead if p.is_relative_to(folder))}
        gone = {path for path, content in self.instead.items() if content is None}
        found = (file for file in there - gone if not is_unread(file.relative_to(folder)))
        return sorted(file for file in found if file.match(pattern))

    def has(self, file: Path) -> bool:
        """Whether there is such a file once everything in `instead` is written."""
        return self.instead[file] is not None if file in self.instead else file.is_file()


def load(
    data: Path, content: Path, instead: Instead | None = None, memory: Memory | None = None
) -> tuple[Board, list[Problem]]:
    """Read `data` and `content`; faulty records are left out of the board and reported.

    `instead` is read in place of the files it names, to try what is about to be written; `memory`
    is what an earlier call has read, for whoever reads again and again.
    """
    reading = _Reading(instead=instead or {}, memory=memory or Memory())
    if not data.is_dir():
        found = f"没有找到数据文件夹 {data.name}"
        hint = "在网站文件夹里运行命令（里面有 data、content 和 mkdocs.yml）"
        unread = frozenset((table, ANY_ID) for table in MODELS)
        return Board(broken=unread), [Problem(Place(data.name), found, hint)]
    reading.problems += _of_another_version(reading, data)
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
        pictures=reading.memory.pictures,
        settled=None,
    )
    return with_ids(board, reading.memory.righted), reading.problems


def _of_another_version(reading: _Reading, data: Path) -> list[Problem]:
    file = data / VERSION_FILE
    if not reading.has(file):
        return []
    problem = version_problem(reading.document(file, f"{data.name}/{VERSION_FILE}"))
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
    document = reading.document(file, shown)
    reading.take(reading.memory.of(Ledger, file, document, lambda: list_file(name, document)))


def _read_folder(reading: _Reading, data: Path, folder: str) -> None:
    pattern, wanted = FOLDERS[folder]
    for file in reading.files(data / folder, "*.yml"):
        if file.is_dir():
            continue
        shown = f"{data.name}/{folder}/{file.name}"
        if not re.fullmatch(pattern, file.stem):
            found = f"文件名“{file.name}”不合要求"
            reading.problems.append(Problem(Place(shown), found, f"文件名写成{wanted}.yml"))
            continue
        _read_record_file(reading, folder, file.stem, file, shown)


def _read_received(reading: _Reading, data: Path) -> None:
    """What other units sent, each named after its unit and itself."""
    for file in sorted((data / RECEIVED).glob("*/*/record.yml")):
        if is_unread(file.relative_to(data)):
            continue
        unit, key = file.parts[-3:-1]
        shown = f"{data.name}/{RECEIVED}/{unit}/{key}/{file.name}"
        _read_record_file(reading, "received", f"{unit}-{key}", file, shown)


def _read_record_file(
    reading: _Reading, table: str, record_id: str, file: Path, shown: str
) -> None:
    document = reading.document(file, shown)
    make = partial(record_file, table, record_id, document)
    reading.take(reading.memory.of(Ledger, file, document, make))


def _read_articles(reading: _Reading, content: Path) -> None:
    pattern, wanted = ARTICLE_NAMES
    for file in reading.files(content, "**/*.md"):
        shown = f"{content.name}/{file.relative_to(content).as_posix()}"
        if not re.fullmatch(pattern, file.stem):
            found = f"文件名“{file.name}”不合要求"
            reading.problems.append(Problem(Place(shown), found, f"文件名写成{wanted}"))
            continue
        typed, problems = reading.content(file, shown)
        reading.problems += problems
        if typed is not None:
            make = partial(article_file, file.stem, shown, typed)
            reading.take(reading.memory.of(Ledger, file, typed, make))
