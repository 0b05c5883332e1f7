"""What can be wrong with a board, and how it is said."""

from __future__ import annotations

import difflib
import errno
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeAlias


class Severity(StrEnum):
    """An error stops a build; a notice does not."""

    ERROR = "error"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return "错误" if self is Severity.ERROR else "提醒"


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file. Lines and columns count from 1; a column counts characters.

    In a workbook `sheet` names the sheet; line and column are then those of the cell. Without a
    path it is the computer's date that is wrong, and no file.
    """

    path: str
    line: int = 1
    column: int = 1
    sheet: str = ""

    def __str__(self) -> str:
        if not self.path:
            return "日期"
        if not self.sheet:
            return f"{self.path}:{self.line}:{self.column}"
        letters, rest = "", self.column
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{self.path} {self.sheet}!{letters}{self.line}"


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away what stands there, or a field of the record, or the value that it has."""

    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """Let a field have a value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Add:
    """Begin one more item of a list, by its first field."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Named:
    """A field that is spoken of; `ids` says where those stand that it may name."""

    field: str
    label: str = ""
    ids: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A word to type, and what people call it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Have one of these."""

    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What files and forms ask for so differently that each has words of its own."""

    files: Cure
    form: str


Step: TypeAlias = Remove | Set | Add | Named | Value | Choose | Either
Cure: TypeAlias = "str | Step | tuple[Cure, ...]"
"""What to do about a problem: words, and between them what each medium has its own words for."""


def in_files(step: Step) -> str:
    """A step in the words of somebody who types YAML."""
    match step:
        case Remove(field=""):
            return "删掉这一行"
        case Remove(field=field, value=value):
            return f"删掉 {field}: {value}" if value else f"删掉 {field}"
        case Set(field=field, value=value):
            return f"写 {field}: {value}"
        case Add(field=field, value=value):
            return f"补上一条 - {field}: {value}"
        case Named(field=field, label=label, ids=ids):
            return field + (f"（{label}）" if label else "") + (f"（{ids} 的编号）" if ids else "")
        case Value(value=value, label=label):
            return f"{value}（{label}）"
        case Choose(options=options):
            return f"可选：{listing([in_files(option) for option in options], limit=12)}"
        case Either(files=files):
            return worded(files)


def worded(cure: Cure, said: Callable[[Step], str] = in_files) -> str:
    """A cure in words; `said` has those of the medium for each step."""
    if isinstance(cure, str):
        return cure
    if not isinstance(cure, tuple):
        return said(cure)
    text = ""
    for part in (worded(part, said) for part in cure):
        between = text[-1:] + part[:1]  # Latin letters stand off from Chinese
        text += f" {part}" if _CHINESE_AND_LATIN.fullmatch(between) else part
    return text


_CHINESE_AND_LATIN = re.compile(r"[\u3400-\u9fff][\w-]|\w[\u3400-\u9fff]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, what was found there, and what to do about it."""

    place: Place
    found: str
    cure: Cure
    record: str = ""
    field: str = ""
    severity: Severity = Severity.ERROR
    label: str = ""
    """What the field is called, for those who see no more of it."""

    @property
    def hint(self) -> str:
        """What to type instead, in files."""
        return worded(self.cure)

    @property
    def sort_key(self) -> tuple[str, str, int, int, str]:
        """Problems are told in the order of files and lines."""
        place = self.place
        return (place.path, place.sheet, place.line, place.column, self.found)

    def as_text(self) -> str:
        """Two lines for people: place and finding, then what to type."""
        subject = " ".join(part for part in (self.record, self.field) if part)
        subject = f"{_shown(subject)}：" if subject else ""
        found, hint = _shown(self.found), _shown(self.hint)
        return f"{self.place} {self.severity.label} {subject}{found}\n    改法：{hint}"

    def as_dict(self) -> dict[str, object]:
        """The same for tools, by name."""
        return {
            **asdict(self.place),
            "found": self.found,
            "hint": self.hint,
            "record": self.record,
            "field": self.field,
            "severity": str(self.severity),
        }


_QUOTED = 600
"""Characters of a message that somebody still reads; a file in one line is quoted in part."""


def _shown(text: str) -> str:
    if len(text) <= _QUOTED:
        return text
    return f"{text[: _QUOTED // 2]}……（略去 {len(text) - 400} 个字）……{text[-100:]}"


class BoardError(Exception):
    """A board that cannot be used; carries every problem found, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.sort_key)
        super().__init__("\n".join(problem.as_text() for problem in self.problems))


class BuildFailed(Exception):
    """A site could not be rendered, or is not fit to be shown; the message says why."""


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限，或正被别的程序占用",
    errno.EPERM: "没有权限，或正被别的程序占用",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "不是文件夹",
    errno.EROFS: "这里只能读",
    errno.ENOSPC: "磁盘满了",
    errno.EADDRINUSE: "正被别的程序占用",
    errno.ENAMETOOLONG: "名字太长",
    errno.EIO: "磁盘或网络出错",
}


def why(error: OSError) -> str:
    """What the system would not do, in Chinese; in its own words if it is none of the usual."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant, if one is near enough to be worth suggesting."""
    near = difflib.get_close_matches(word.casefold(), list(choices), n=1, cutoff=0.6)
    return near[0] if near else None


def listing(choices: Sequence[str], limit: int = 8) -> str:
    """Valid choices for a hint, shortened so that the hint stays readable."""
    shown = "、".join(choices[:limit])
    return f"{shown} 等 {len(choices)} 项" if len(choices) > limit else shown
