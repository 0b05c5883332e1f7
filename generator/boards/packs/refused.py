"""Why a pack is not taken, and which names a file in one may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from boards.errors import Place, Problem
from boards.records.filenames import DEVICES

MAX_DEPTH = 3
MAX_NAME = 100
MAX_PROBLEMS = 50
"""A stranger may have made a hundred thousand of them."""
PACK = "材料包"
"""Stands for the file itself where a problem says its place."""
AGAIN = "请发出单位用 boards share 重新导出；原样转发，不要解开再压缩"

_SUFFIXES = (".docx", ".html", ".jpg", ".json", ".pdf", ".png", ".sig", ".txt", ".yml")

_NAME_FAULTS = (
    (r"[/\\].*", "是绝对路径"),
    (r"[A-Za-z]:.*", "带盘符"),
    (r".*\\.*", "用了反斜杠"),
    (r"(?:.*/)?\.\.?(?:/.*)?", "指到了材料包外面"),
    (r"|.*/|.*//.*", "是文件夹，或有空的一段"),
    (r".*[. ](?:/.*)?", "有一段以点或空格结尾"),
    (r".*[^A-Za-z0-9._/-].*", "用了英文字母、数字和 . _ - / 以外的字符"),
)


class PackRefused(Exception):
    """A pack that is not taken, for all reasons that were found; nothing of it is kept."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(islice(problems, MAX_PROBLEMS))
        super().__init__("\n".join(problem.as_text() for problem in self.problems))

    @property
    def found(self) -> str:
        """What was found first."""
        return self.problems[0].found

    @property
    def hint(self) -> str:
        """What to do about it."""
        return self.problems[0].hint


def refusal(found: str, hint: str = AGAIN, place: str = PACK) -> PackRefused:
    """A refusal for one reason."""
    return PackRefused([Problem(Place(place), found, hint)])


def shown(name: str) -> str:
    """A stranger's text as a message may repeat it: short, and nothing that steers a screen."""
    safe = "".join(c if c.isprintable() else "?" for c in name)
    return (safe if len(safe) <= 40 else f"{safe[:40]}…") or "（没有名字）"


def name_fault(name: str) -> str | None:
    """Why a file of this name may not stand in a pack, on any system it may come to."""
    for pattern, found in _NAME_FAULTS:
        if re.fullmatch(pattern, name, re.DOTALL):
            return f"文件名{found}"
    if len(name) > MAX_NAME or name.count("/") >= MAX_DEPTH:
        return f"文件名超过 {MAX_NAME} 个字符，或超过 {MAX_DEPTH} 层"
    if any(part.split(".")[0].casefold() in DEVICES for part in name.split("/")):
        return "文件名是 Windows 的保留名"
    if not name.endswith(_SUFFIXES):
        return "材料包里不放这种文件，只放 Word、PDF、网页、图片和文字"
    return None
