"""Whose a photo is, by its name or by that of its folder."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from boards.board.board import Board
from boards.records import Case, Member
from boards.records.understood import folded

_DECORATED = re.compile(
    r"^(?:\d{1,3}[-_.、\s]*)?(.*?)(?:[-_.\s]*(?:[(（]\d{1,3}[)）]|\d{1,3}|副本|的?(?:证件|工作|个人|生活|标准)?"
    r"(?:照片|照|头像|寸照|寸|像|相片)))*$"
)
"""What people and programs put around a name: 01-王伟（2）照片."""
_BY_CAMERAS = re.compile(
    r"(?:img|dsc|dscn|pic|photo|image|mmexport|wechat|wx_camera|screenshot|微信图片|图片|qq图片|照片)?"
    r"[-_\s]*[\d_\-\s()（）]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Owner:
    """The record that a photo is of."""

    record: Member | Case
    caption: str = ""
    """What the file's name says of the photo besides."""


def owner_of(board: Board, name: str, today: datetime.date) -> Owner | str:
    """Whose a photo is; else why that cannot be told."""
    path = PurePosixPath(name)
    stem = folded(path.stem)
    called = _plain(path.stem)
    members = [
        row
        for row in board.members.values()
        if not row.sample and {called, stem} & {folded(row.name), row.id}
    ]
    if len(members) > 1:
        return f"叫“{called}”的有 {len(members)} 个"
    if members:
        gone = members[0].has_left(today)
        return f"{members[0].name}已经离开，照片不再显示" if gone else Owner(members[0])
    for words in (path.stem, path.parent.name):
        cases = _cases(board, _plain(words))
        if len(cases) == 1:
            named_by_folder = words == path.parent.name
            says = named_by_folder and not _BY_CAMERAS.fullmatch(path.stem)
            return Owner(cases[0], path.stem if says else "")
        if cases:
            return f"“{words}”像是好几个案例"
    inside = [row.name for row in board.members.values() if folded(row.name) in stem]
    if len(inside) > 1:
        return f"里面有{'、'.join(inside)}，不是一个人的照片"
    return "没有叫这个名字的人或案例"


def _plain(words: str) -> str:
    """A name without its number and what says that it is a photo."""
    found = _DECORATED.fullmatch(words.strip())
    return folded(found[1] if found and found[1] else words)


def _cases(board: Board, words: str) -> list[Case]:
    """The cases that are called so, by id, title, or a good part of the title."""
    if not words:
        return []
    there = [row for row in board.cases.values() if not row.sample]
    same = [row for row in there if words in (row.id, folded(row.title))]
    if same or len(words) < 3:
        return same
    return [row for row in there if words in folded(row.title) or folded(row.title) in words]
