"""Whose a photo is, by its name or by that of its folder."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from boards.board.board import Board
from boards.intake.sniffing import is_name, is_surname
from boards.records import Case, Member
from boards.records.understood import folded

_DECORATED = re.compile(
    r"^(?:\d{1,3}[-_.、\s]*)?(.*?)(?:[-_.\s]*(?:[(（]\d{1,3}[)）]|\d{1,3}|副本|的?(?:证件|工作|个人|生活|标准)?"
    r"(?:照片|照|头像|寸照|寸|像|相片)))*$"
)
"""What people and programs put around a name: 01-王伟（2）照片."""
_APART = re.compile(r"[-_.、，,\s()（）【】\[\]+]+")
_OF_THE_JOB = re.compile(
    r"\d+|.*(?:班|组|队|区|科|部|矿|支部|工|长|员|手|机|书记|主任|委员|师|党员|照片?|副本|像)"
)
"""What may stand beside a name in a file's name: the crew, the job; not what is going on."""
_SOMEBODY = re.compile("[\u4e00-\u9fff](?:工|队|总|哥|姐|班|书记|主任|师傅|区长|队长|班长|工长)")
"""张队, 李工: somebody else by surname and job."""
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
    called = plain_name(path.stem)
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
        cases = _cases(board, plain_name(words))
        if len(cases) == 1:
            named_by_folder = words == path.parent.name
            says = named_by_folder and not _BY_CAMERAS.fullmatch(path.stem)
            return Owner(cases[0], path.stem if says else "")
        if cases:
            return f"“{words}”像是好几个案例"
    inside = [row for row in board.members.values() if not row.sample and folded(row.name) in stem]
    if len(inside) > 1:
        return f"里面有{'、'.join(row.name for row in inside)}，不是一个人的照片"
    if inside:
        return _beside_a_name(inside[0], path.stem, today)
    return f"台账里没有“{called}”" if is_name(called) else "没有叫这个名字的人或案例"


def _beside_a_name(member: Member, stem: str, today: datetime.date) -> Owner | str:
    """A photo whose name holds somebody's, and other words."""
    words = [folded(word) for word in _APART.split(stem) if word]
    others = [word for word in words if plain_name(word) != folded(member.name)]
    alone = len(others) == len(words) - 1 and all(map(_OF_THE_JOB.fullmatch, others))
    alone = alone and not any(_is_somebody(word) for word in others)
    if not alone:
        return f"文件名里有“{member.name}”，看不出是不是这个人的单人照"
    return f"{member.name}已经离开，照片不再显示" if member.has_left(today) else Owner(member)


def _is_somebody(word: str) -> bool:
    """Whether a word is somebody's surname and job: 张队 is, 电工 and 综采队 are not."""
    return word != "高工" and _SOMEBODY.fullmatch(word) is not None and is_surname(word[0])


def plain_name(words: str) -> str:
    """A name without its number and what says that it is a photo."""
    found = _DECORATED.fullmatch(words.strip())
    return folded(found[1] if found and found[1] else words)


def _cases(board: Board, words: str) -> list[Case]:
    """The cases that are called so, by id, title, or a good part of the title."""
    if not words:
        return []
    there = [row for row in board.cases.values() if not row.sample]
    same = [row for row in there if words in (row.id, folded(row.title))]
    bare = _letters(words)
    if same or len(bare) < 3:
        return same
    titles = [(row, _letters(row.title)) for row in there]
    return [row for row, title in titles if bare in title or title in bare]


def _letters(words: str) -> str:
    """Only letters and digits: systems let no colon stand in a file's name."""
    return re.sub(r"[\W_]", "", folded(words))
