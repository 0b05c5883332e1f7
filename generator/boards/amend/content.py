"""Changing the records in their files: what is not changed stays as it was typed, byte for byte.

The new content is read back by the product's own reader before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from boards.amend.edits import Action, AmendFault, Edit
from boards.amend.files import Meant, article, is_own_file, list_file, own_file
from boards.amend.spelling import Value, alike_fields
from boards.amend.splice import CannotSplice
from boards.amend.textfile import TextFile
from boards.board.board import MODELS, Board
from boards.board.editors import modeline
from boards.board.folder import FILES, FOLDERS, TABLES
from boards.board.load import Instead
from boards.board.version import VERSION_KEY
from boards.errors import errors_in
from boards.records import Keyed
from boards.yaml.faults import unsafe_characters
from boards.yaml.source import MAX_BYTES, parse_yaml

Files = dict[Path, bytes | None]


def amended(
    board: Board, root: Path, edits: Sequence[Edit], instead: Instead | None = None
) -> Files:
    """New content of every file that the edits touch, None for one that is to go.

    Nothing is written. `root` holds the board's `data` and `content`; `instead` is what was read in
    place of some of their files. A record that is removed may be added again: the new one takes its
    file. Raises AmendFault if a file has changed since it was
    read, cannot be read without a fault, or would not be read back as it is meant.
    """
    grouped: dict[str, list[Edit]] = {}
    removed = {(edit.table, edit.id) for edit in edits if edit.action is Action.REMOVE}
    for edit in edits:
        _require_possible(board, edit, removed)
        grouped.setdefault(_path(board, edit), []).append(edit)
    there = _Files(root, instead or {})
    return {root / path: _new_content(board, there, path, here) for path, here in grouped.items()}


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a site as the board was read from them."""

    root: Path
    instead: Instead

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return (self.root / path) in self.instead or (self.root / path).exists()

    def content(self, path: str) -> bytes:
        """What a file holds; raises FileNotFoundError and other OSErrors."""
        read = self.instead.get(self.root / path)
        return (self.root / path).read_bytes() if read is None else read


def _require_possible(board: Board, edit: Edit, removed: Set[tuple[str, str]]) -> None:
    name = f"{MODELS[edit.table].kind}“{edit.id}”"
    there = (edit.table, edit.id) in board.origins
    if edit.action is Action.ADD and there and (edit.table, edit.id) not in removed:
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


def _new_content(board: Board, there: _Files, path: str, edits: list[Edit]) -> bytes | None:
    own = is_own_file(edits[0].table)
    added = [edit for edit in edits if edit.action is Action.ADD]
    gone = own and any(edit.action is Action.REMOVE for edit in edits)
    if gone and not added:
        return None
    if own and added and not gone and there.has(path):
        raise AmendFault(f"已经有 {path} 这个文件了；换一个编号，或先把它移走")
    file = _read(board, there, path)
    if gone:  # nothing of the old record stays, its comments neither
        file, edits = TextFile(), added
    if not (own or file.text):  # a list that nobody has kept so far
        file = TextFile.of(f"{modeline(path.partition('/')[2])}\n".encode())
    try:
        spliced, meant = own_file(path, file, edits) if own else list_file(board, path, file, edits)
    except CannotSplice as fault:
        found = f"{path} 第 {fault.line} 行附近的注释夹在要改的内容中间，改了会丢"
        raise AmendFault(f"{found}；把注释移到上一行，再运行一次") from fault
    content = file.with_lines(spliced)
    _require_readable(path, content, edits, meant)
    return content


def _read(board: Board, there: _Files, path: str) -> TextFile:
    """A file as it stands, which must be what the board was read from."""
    try:
        found = TextFile.of(there.content(path))
    except FileNotFoundError:
        return TextFile()
    except UnicodeDecodeError as error:
        raise AmendFault(f"{path} 的编码认不出来，不能改") from error
    origins = (origin for origin in board.origins.values() if origin.path == path)
    origin = next(origins, None)
    if origin and origin.lines != found.lines:
        raise AmendFault(f"{path} 刚刚被改过，或者里面有错误；运行 boards check，再试一次")
    return found


def _require_readable(path: str, content: bytes, edits: list[Edit], meant: Meant) -> None:
    """Raise AmendFault unless the new content is read back as it is meant."""
    file, table = TextFile.of(content), edits[0].table
    parsed = article(file.text, path) if table == "articles" else parse_yaml(file.text, path)
    found = parsed.root.plain() if parsed.root and not errors_in(parsed.problems) else {}
    if is_own_file(table):
        same = alike_fields(found, meant, MODELS[table])
    else:
        same = found.keys() == meant.keys() and all(
            found[key] == meant[key]
            if key == VERSION_KEY
            else _alike_rows(found[key], meant[key], MODELS[TABLES.get(key, key)])
            for key in meant
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
