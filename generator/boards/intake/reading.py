"""Cells as people write them, read as values of a record; only where there is no other reading."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from boards.amend import Value
from boards.board.board import Board
from boards.board.naming import names_of
from boards.errors import listing
from boards.intake.discreet import called, findings
from boards.intake.targets import Target
from boards.records import Level, Standing
from boards.records.choices import Choice
from boards.records.understood import dated, folded, one_of, year_of
from boards.sheets.rows import wording
from boards.sheets.values import Refused, Wording

_SERIAL = range(25569, 60000)
"""Days as Excel counts them, from 1970 to 2064."""
_EPOCH = datetime.date(1899, 12, 30)
_SHORT_YEAR = re.compile(r"['’‘`]?(\d{2})(?:年|[.\-/](?=\d))(.*)")
_HOUR = re.compile(
    r"(?:[\sT]+|(?<=日))(?:[上下]午)?\d{1,2}[:：时点](?:\d{1,2}分?)?(?:[:：]\d{1,2}\S*)?$"
)
"""The time of day behind a day."""
_SPLIT = re.compile(r"[、，,;；/／\n]+")
_STANDINGS = {
    "正式": "member", "预备": "probationary", "是": "member", "否": "worker", "党员": "member",
    "共青团员": "worker", "团员": "worker", "入党积极分子": "worker", "积极分子": "worker",
    "√": "member", "✓": "member", "×": "worker", "发展对象": "worker",
    "民主党派": "worker", "无党派": "worker",
}  # fmt: skip
_GIVERS: tuple[tuple[str, Level], ...] = (
    (r"全国|国家|中央|国务院|中华|中国(?!煤)", Level.COUNTRY),
    (r"省|[^政]部$|自治区", Level.PROVINCE),
    (r"行业|协会|中国煤炭|煤炭工业", Level.INDUSTRY),
    (r"集团|公司|股份|控股", Level.GROUP),
    (r"市", Level.CITY),
    (r"矿", Level.MINE),
    (r"区队|工区|采区|支部|队$|区$|科$", Level.TEAM),
)
"""Who gives an honour, by words of the name, the widest first; a group's name may hold a mine."""


_OF_A_LIFE = re.compile(
    "配偶|妻子|丈夫|爱人|老伴|离异|离婚|丧偶|未婚|已婚|子女|儿子|女儿|父亲|母亲|父母|岳父|岳母|公婆"
    "|高血压|糖尿病|心脏病|冠心病|肝炎|尘肺|癌|肿瘤|残疾|患病|患有|住院|手术|病史|病休|怀孕|低保|贫困"
)
"""Words of remarks that tell of somebody's family or health; a pledge may speak of a wife."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as it is kept, and what is to be said of it if it is not what stands there."""

    value: Value
    said: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells in the words of one board."""

    board: Board
    today: datetime.date
    words: Wording

    @classmethod
    def of(cls, board: Board, today: datetime.date) -> Reader:
        """A reader for the records as they are."""
        return cls(board, today, wording(board))

    def read(
        self, target: Target, text: str, *, number: bool, given: Mapping[str, Value]
    ) -> Reading:
        """The value of a field; `given` are those of its row before. Raises Refused."""
        refuse_private(text)
        if target.field == "remark" and (found := _OF_A_LIFE.search(text)):
            why = f"里面写着家庭或健康情况（{found.group()}）"
            raise Refused(why, "这一格没有带进来；个人信息不登记")
        special: dict[str, Callable[[str], Reading]] = {
            "level": self._level,
            "standing": _standing,
            "posts.zone": self._zone,
        }
        if target.field in special:
            return special[target.field](text)
        if target.field == "posts.role":
            return self._role(text, str(given.get("posts.zone", "")))
        if target.field == "year":
            return self._year(text)
        assert target.column
        if target.column.is_day or target.column.is_partial_date:
            return self._day(target, text, number=number)
        if target.column.many:
            return self._several(target, text)
        return Reading(self._one(target, text))

    def _several(self, target: Target, text: str) -> Reading:
        """The values of a cell that holds a list; those that are none are told."""
        found: list[Value] = []
        said = []
        for part in (part.strip() for part in _SPLIT.split(text) if part.strip()):
            try:
                found.append(self._one(target, part))
            except Refused as fault:
                said.append(fault)
        if not found and said:
            raise said[0]
        return Reading(found, "；".join(f"{fault.found}，没有带" for fault in said))

    def _one(self, target: Target, text: str) -> str:
        """One value as it stands in the records: of a name the id that is meant."""
        column = target.column
        assert column
        text = " ".join(text.split()) if not column.is_long else text
        cell = self.words.typed_cell(column, text, "")
        typed = str(cell[0] if isinstance(cell, list) else cell)
        if column.reference:
            rows = self.board.nameable(column.reference)
            own = column.reference.names(self.board.branch.name)
            if typed in (*rows, *column.reference.also):
                return typed
            called = {key: (name,) for key, name in own.items()}
            called |= {key: (row.title_text,) for key, row in rows.items()}
            if column.path == ("type",) and (meant := one_of(text, called)):
                return meant  # 安全 is 安全提示; of people a part of a name is not enough
            names = listing([name for (name,) in called.values()], 8)
            raise Refused(f"没有叫“{text[:20]}”的", f"先登记它，再带进来一次；有的是：{names}")
        return typed

    def _level(self, text: str) -> Reading:
        called = {str(one): (one.label, *one.also) for one in Level}
        plain = folded(text)
        same = [word for word, names in called.items() if plain in map(folded, names)]
        if same:
            return Reading(same[0], _kept(text, Level(same[0])))
        own = self.board.branch
        for name, level in ((own.group, Level.GROUP), (own.mine, Level.MINE)):
            if plain.removesuffix("级") == folded(name):
                return Reading(str(level), _kept(text, level))
        for pattern, level in _GIVERS:
            if re.search(pattern, plain):
                return Reading(str(level), _kept(text, level))
        options = listing([one.label for one in Level])
        raise Refused(f"“{text[:20]}”看不出是哪一级", f"改成 {options} 中的一个")

    def _zone(self, text: str) -> Reading:
        called = {zone.id: (zone.name, *names_of(zone)) for zone in self.board.zones.values()}
        found = one_of(text, called)
        if not found:
            raise Refused(f"没有“{text[:20]}”这个责任区", "改成四个责任区中的一个")
        return Reading(found, _said(text, called[found][0]))

    def _role(self, text: str, zone: str) -> Reading:
        there = self.board.zones.get(zone)
        if there is None:
            raise Refused("没有写是哪个责任区的岗位", "补一列责任区；岗位在各自的责任区里")
        called = {role.id: (role.name,) for role in there.roles}
        found = one_of(text, called)
        if not found:
            names = listing([role.name for role in there.roles])
            raise Refused(f"{there.name}没有岗位“{text[:20]}”", f"改成 {names} 中的一个")
        return Reading(found, _said(text, called[found][0]))

    def _year(self, text: str) -> Reading:
        year = year_of(text)
        if year is None:
            parts = self._parts(text)
            year = parts[0] if parts else None
        if year is None or not 1949 <= year <= self.today.year:
            raise Refused(f"“{text[:20]}”看不出是哪一年", "写四位年份，例如 2018；不知道就空着")
        return Reading(str(year), _said(text, str(year)))

    def _day(self, target: Target, text: str, *, number: bool) -> Reading:
        if number and re.fullmatch(r"\d{4}\.\d{1,2}", text):
            cure = "把这一格设为“文本”，写成 2019-10 的样子"
            raise Refused(f"是数字 {text}，可能是 {text}0", cure)
        parts = self._parts(_HOUR.sub("", text.strip()))
        wanted = 3 if target.column and target.column.is_day else 1
        if len(parts) < wanted:
            raise Refused(f"日期“{text[:20]}”认不出来", "写成 2019-08-19 的样子")
        kept = "-".join(f"{part:02}" for part in parts)
        return Reading(kept, _said(text, kept))

    def _parts(self, text: str) -> tuple[int, ...]:
        """Year, month and day as far as a date is written, also as a serial number or '19.9."""
        plain = folded(text)
        if plain.isdecimal() and len(plain) == 5 and int(plain) in _SERIAL:
            day = _EPOCH + datetime.timedelta(int(plain))
            return day.year, day.month, day.day
        if parts := dated(plain.rstrip(".。")):
            return parts
        if found := _SHORT_YEAR.fullmatch(plain):
            century = 2000 if int(found[1]) <= self.today.year % 100 else 1900
            rest = f"-{found[2]}" if found[2] else ""
            return dated(f"{century + int(found[1])}{rest}")
        return ()


def refuse_private(text: str) -> None:
    """Refuse a cell with somebody's number, dwelling or birthday in it, without saying it again."""
    for finding in findings(text):
        raise Refused(f"里面{called(finding)}", "这一格没有带进来；个人信息不登记")


def _standing(text: str) -> Reading:
    plain = folded(text).removeprefix("中共")
    if plain in _STANDINGS:
        found = _STANDINGS[plain]
    else:
        called = {str(one): (one.label, *one.also) for one in Standing}
        found = one_of(text, called)
    if not found:
        options = listing([one.label for one in Standing])
        raise Refused(f"政治面貌“{text[:20]}”认不出来", f"改成 {options} 中的一个")
    return Reading(found, _kept(text, Standing(found)))


def _kept(text: str, choice: Choice) -> str:
    return _said(text, choice.label)


def _said(text: str, kept: str) -> str:
    """What is said of a value that is kept otherwise than it was typed."""
    return "" if text == kept else f"“{' '.join(text.split())[:30]}”记作 {kept}"
