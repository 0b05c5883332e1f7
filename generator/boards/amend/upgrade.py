"""Moving an older site's data to the schema of this program, with a backup and a report.

What people typed stays byte for byte, in the encoding and with the line ends it has: a step adds
or renames lines. The line that tells the version is written last, so that whoever is interrupted
can begin again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from boards.amend import AmendFault, Edit, amended, write
from boards.board.board import Approval, Board
from boards.board.editors import SETTINGS, as_json, editor_files, modeline, settings
from boards.board.folder import FILES, FOLDERS, KEPT
from boards.board.kept import keep
from boards.board.load import load
from boards.board.version import VERSION_FILE, VERSION_KEY, version_of, version_problem
from boards.errors import BoardError, Place, Problem, Severity
from boards.leftovers import is_unread
from boards.records import Record
from boards.records.schema import as_typed
from boards.records.seal import seal
from boards.yaml.source import Document, decode_text, parse_yaml

"""Folder beside data/ that keeps, by day, what was there before."""

_HOME = f"data/{VERSION_FILE}"
_FIRST_KEY = re.compile(r" *(?!---)[^\s#%]")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that an upgrade does to a file, for the report."""

    place: Place
    what: str

    def as_text(self) -> str:
        """One line for people."""
        return f"{self.place.path}:{self.place.line} {self.what}"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What is to be written, by path in the site's folder, and what that changes."""

    files: dict[str, bytes]
    changes: tuple[Change, ...]


Step = Callable[[Path, dict[str, bytes]], list[Change]]
"""Changes the files it is given of a site, by path, to the next version of the schema."""


def plan(root: Path) -> Upgrade:
    """What would bring a site to this program's schema and editor files; nothing is written.

    Raises BoardError if the version cannot be told, or is one of a newer program.
    """
    before = _data_files(root)
    after = dict(before)
    changes: list[Change] = []
    for step in STEPS[_version(before) :]:
        changes += step(root, after)
        _version(after)  # a step must leave the version where it can be read
    for path, text in editor_files().items():
        if (change := _editor_file(root, path, text)) is not None:
            after[path] = change
            changes.append(Change(Place(path), "编辑器用的文件，由程序更新"))
    changed = {path: content for path, content in after.items() if before.get(path) != content}
    return Upgrade(changed, tuple(changes))


def apply(root: Path, upgrade: Upgrade, day: str) -> Path | None:
    """Write an upgrade, the version last, first keeping what is there under the name of `day`.

    Returns the folder of what was there, or None if nothing that was there changes. Raises OSError
    with everything as it was.
    """
    last = sorted(upgrade.files, key=lambda path: path == _HOME)
    return write({root / path: upgrade.files[path] for path in last}, root, f"{day}-upgrade")


def _data_files(root: Path) -> dict[str, bytes]:
    data = root / "data"
    files = [data / name for name in FILES]
    files += [file for name in FOLDERS for file in sorted((data / name).glob("*.yml"))]
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in files
        if file.is_file() and not is_unread(file.name)
    }


def _version(files: dict[str, bytes]) -> int:
    """The version of data; raises BoardError unless this program can read it."""
    if _HOME not in files:
        hint = "在网站文件夹里运行命令（里面有 data、content 和 mkdocs.yml）"
        raise BoardError([Problem(Place(_HOME), "没有找到这个文件", hint)])
    text, problems = decode_text(files[_HOME], _HOME)
    document = parse_yaml(text, _HOME) if text is not None else Document(_HOME, None, (), problems)
    if document.root is None or not isinstance(document.root.value, dict):
        found = "文件读不懂，看不出台账是哪一版"
        hint = "先运行 boards check，把这个文件改正，再升级"
        raise BoardError([Problem(Place(_HOME), found, hint)])
    problem = version_problem(document)
    if problem and problem.severity is Severity.ERROR:
        raise BoardError([problem])
    return version_of(document) or 0


def _editor_file(root: Path, path: str, text: str) -> bytes | None:
    """What is to be written to a file that editors read; None if it is as it should be.

    Settings of somebody's own are kept; settings with comments in them are left alone.
    """
    file = root / path
    wanted = text.encode("utf-8")
    if not file.is_file():
        return wanted
    present = file.read_bytes()
    if path == SETTINGS:
        try:
            own = json.loads(present)
            schemas = {**own.get("yaml.schemas", {}), **settings()["yaml.schemas"]}
            merged = {**settings(), **own, "yaml.schemas": schemas}
        except (ValueError, AttributeError, TypeError):
            return None
        return None if merged == own else as_json(merged).encode("utf-8")
    return None if present.replace(b"\r\n", b"\n") == wanted else wanted


def _to_1(root: Path, files: dict[str, bytes]) -> list[Change]:  # noqa: ARG001 - a step
    """Data says its version, and to editors which schema it follows."""
    changes = []
    for path, content in files.items():
        if decode_text(content, path)[0] is None:
            continue  # no text; `boards check` says so
        mark, encoding, parts = _opened(content)
        end = parts[1] if len(parts) > 1 else "\n"
        if "yaml-language-server" not in parts[0]:
            parts[:0] = [modeline(path.removeprefix("data/")), end]
            changes.append(Change(Place(path), "第一行写明编辑器按哪个格式检查"))
        if path == _HOME:
            first = next(n for n, line in enumerate(parts) if _FIRST_KEY.match(line))
            indent = parts[first][: len(parts[first]) - len(parts[first].lstrip(" "))]
            parts[first:first] = [f"{indent}{VERSION_KEY}: 1", end, "", end]
            changes.append(Change(Place(path, first // 2 + 1), f"写明格式版本 {VERSION_KEY}: 1"))
        files[path] = mark + "".join(parts).encode(encoding)
    return changes


def _opened(content: bytes) -> tuple[bytes, str, list[str]]:
    """A file's byte order mark, how to write it again, and its lines, each followed by its end.

    Bytes of UTF-8 and GB18030 are taken for Latin-1 characters, one each: neither has a line end
    inside a character, and what is not understood is not changed.
    """
    marks = {b"\xef\xbb\xbf": "latin-1", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
    mark = next((mark for mark in marks if content.startswith(mark)), b"")
    encoding = marks.get(mark, "latin-1")
    return mark, encoding, re.split(r"(\r\n|\n|\r)", content[len(mark) :].decode(encoding))


def _to_2(root: Path, files: dict[str, bytes]) -> list[Change]:
    """Every approval says what it was given for, pictures included, as its record is now."""
    board, _ = load(root / "data", root / "content", {root / path: files[path] for path in files})
    changes = []
    edits: dict[str, list[Edit]] = {}
    for record in board.records():
        if (edit := _sealed(board, record)) is not None:
            origin = board.origins[(record.table, record.id)]
            edits.setdefault(origin.path, []).append(edit)
    for path, here in edits.items():
        instead = {root / name: content for name, content in files.items()}
        try:
            made = amended(board, root, here, instead)
        except AmendFault as fault:
            changes.append(Change(Place(path), f"没有登记审批的内容：{fault}"))
            continue
        changes.append(Change(Place(path), f"登记 {len(here)} 条审批的是什么内容"))
        (content,) = made.values()
        assert content is not None  # nothing is removed
        files[path] = content
    board, _ = load(root / "data", root / "content", {root / path: files[path] for path in files})
    kept = keep(board)
    if kept:
        files[f"data/{KEPT}"] = kept
        changes.append(
            Change(Place(f"data/{KEPT}"), "存下审批过的内容，以后改了还没审批时先用它发布")
        )
    changes.append(_with_version(files, 2))
    return changes


def _sealed(board: Board, record: Record) -> Edit | None:
    """The digest that a record's approval is to carry; None if it has it, or no approval.

    Before this version pictures were known by their paths alone.
    """
    review, state = record.review, board.approval(record)
    old = review is not None and review.approved_content == seal(record, str)
    if record.sample or not (state is Approval.UNSEALED or (state is Approval.CHANGED and old)):
        return None
    typed = as_typed(review)
    assert isinstance(typed, dict)
    noted = {**typed, "approved_content": board.seal(record)}
    return Edit(record.table, record.id, {"review": noted})


def _with_version(files: dict[str, bytes], version: int) -> Change:
    """Write another version where the version stands."""
    text, _ = decode_text(files[_HOME], _HOME)
    root = parse_yaml(text or "", _HOME).root
    assert root and isinstance(root.value, dict)
    line = root.value[VERSION_KEY].line
    mark, encoding, parts = _opened(files[_HOME])
    key = rf"({VERSION_KEY}[\"']?\s*:\s*[\"']?)\d+"
    parts[2 * line - 2] = re.sub(key, rf"\g<1>{version}", parts[2 * line - 2], count=1)
    files[_HOME] = mark + "".join(parts).encode(encoding)
    return Change(Place(_HOME, line), f"写明格式版本 {VERSION_KEY}: {version}")


STEPS: tuple[Step, ...] = (_to_1, _to_2)
"""The step at position n leads from version n to n + 1."""
