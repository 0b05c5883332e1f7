"""Rules about people: photos, honours, crews, areas."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator

from boards.board.board import Board
from boards.errors import Cure, Named, Problem, Severity, listing
from boards.records import Honour
from boards.records.schema import FieldPath
from boards.records.typed_values import NOBODY
from boards.rules.photos import photo_file

_NOTICE = Severity.NOTICE


def people(board: Board) -> Iterator[Problem]:
    """Photos exist."""
    for member in board.members.values():
        if member.id.casefold() == "branch":
            found = "人员编号不能叫 branch，荣誉里用它代表支部"
            yield board.problem(member, ("id",), found, "换一个编号")
        if member.id.casefold() == NOBODY:
            found = f"人员编号不能叫 {NOBODY}，案例图片里用它表示无可辨认的人"
            yield board.problem(member, ("id",), found, "换一个编号")
        if member.photo is None:
            continue
        yield from photo_file(board, member, ("photo",), member.photo)


def honours(board: Board) -> Iterator[Problem]:
    """No honour twice; a missing year is noticed."""
    for honour in board.honours.values():
        if honour.year is None:
            cure = ("查到证书或文件后补上", Named("year"), "；在此之前页面写“年份待核”")
            yield board.problem(honour, (), "没有年度", cure, severity=_NOTICE)
    same: dict[tuple[object, ...], list[Honour]] = defaultdict(list)
    for honour in board.honours.values():
        same[tuple(getattr(honour, name) for name in Honour.only_once)].append(honour)
    for rows in (rows for rows in same.values() if len(rows) > 1 and rows[0].year):
        for honour in rows:
            found = f"同一获得者同一年度的“{honour.title}”登记了 {len(rows)} 次"
            yield board.problem(honour, ("title",), found, _keep_one(board, rows))


def _keep_one(board: Board, rows: list[Honour]) -> str:
    """Which of several equal honours is to go: the samples, if there are any."""
    samples = [row for row in rows if row.sample]
    if not samples or len(samples) == len(rows):
        return "只留一条"
    places = [board.origins[(row.table, row.id)].place(()) for row in samples]
    where = listing([f"{at.path} 第 {at.line} 行" for at in places])
    return f"删掉其中的示例（{where}）；示例都不要了，运行 boards samples remove"


def crews(board: Board, today: datetime.date) -> Iterator[Problem]:
    """Heads taken on by members add up to the crew, and the members are here."""
    for crew in board.crews.values():
        if crew.id.casefold() == "branch":
            found = "班组编号不能叫 branch，荣誉里用它代表支部"
            yield board.problem(crew, ("id",), found, "换一个编号")
        if crew.as_of is None:
            cure: Cure = ("补上", Named("as_of"), "，例如 2019-08")
            yield board.problem(crew, (), "包保没有写明截至日期", cure)
        taken = sum(taking.heads for taking in crew.takers)
        if taken != crew.strength:
            gap = crew.strength - taken
            found = f"包保合计 {taken} 人，在册 {crew.strength} 人，" + (
                f"还有 {gap} 人没有人包保" if gap > 0 else f"多出 {-gap} 人"
            )
            cure = ("调整", Named("heads"), "，使合计等于", Named("strength"))
            yield board.problem(crew, ("takers",), found, cure)
        counts = Counter(taking.member for taking in crew.takers)
        for number, taking in enumerate(crew.takers):
            path: FieldPath = ("takers", number, "member")
            if counts[taking.member] > 1:
                found = f"“{taking.member}”在这个班组写了 {counts[taking.member]} 次"
                yield board.problem(crew, path, found, "合成一条")
            member = board.members.get(taking.member)
            if member and not member.standing.in_party:
                found = f"包保人“{member.name}”的政治面貌是“{member.standing.label}”"
                yield board.problem(crew, path, found, "包保由党员承担；核对人选或政治面貌")
            if member and member.has_left(today):
                found = f"包保党员“{member.name}”已于 {member.left_on} 离开"
                yield board.problem(crew, path, found, "把他包保的人数分给别的党员")


def areas(board: Board, today: datetime.date) -> Iterator[Problem]:
    """Plates are in force, and those they name are here."""
    for area in board.areas.values():
        if area.valid_to and area.valid_to < area.valid_from:
            found = f"到期日期 {area.valid_to} 早于生效日期 {area.valid_from}"
            yield board.problem(area, ("valid_to",), found, "核对两个日期")
        elif area.valid_to and area.valid_to < today:
            found = f"责任管理牌已于 {area.valid_to} 到期"
            cure = ("续签后改", Named("valid_to"), "，并更换现场的牌")
            yield board.problem(area, ("valid_to",), found, cure, severity=_NOTICE)
        for number, member_id in enumerate(area.members):
            member = board.members.get(member_id)
            if member and member.has_left(today):
                found = f"责任党员“{member.name}”已于 {member.left_on} 离开"
                hint = "换上接替的党员，并更换现场的牌"
                yield board.problem(area, ("members", number), found, hint)
