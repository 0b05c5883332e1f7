"""What can be wrong with a board, and how it is said."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


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
class Problem:
    """One thing to mend: where it is, what was found there, and what to type instead."""

    place: Place
    found: str
    hint: str
    record: str = ""
    field: str = ""
    severity: Severity = Severity.ERROR

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
        facts = asdict(self)
        place = facts.pop("place")
        return {**place, **facts, "severity": str(self.severity)}


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
