"""What a column holds, told by its cells alone: names, years, levels, Party membership."""

from __future__ import annotations

import re
from collections.abc import Callable

from boards.records import Level, Standing
from boards.records.understood import dated, folded, one_of, year_of

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤祝单解柴左冉齐庞颜庄聂章鲁岳翟殷詹申欧耿关兰焦俞樊安柳尤毕葛牛纪季倪苗裴祁凌霍景车成曲牟闻"
)
_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_MOSTLY = 0.8


def guessed_field(table: str, cells: list[str]) -> str:
    """The field of a table that these cells are plainly of; empty if that cannot be told."""
    for field, looks in _LOOKS.get(table, {}).items():
        if cells and sum(map(looks, cells)) >= _MOSTLY * len(cells):
            return field
    return ""


def is_name(text: str) -> bool:
    """Whether a text is a Chinese name by its length and surname."""
    plain = folded(text)
    return bool(_NAME.fullmatch(plain)) and plain[0] in _SURNAMES


def is_surname(character: str) -> bool:
    """Whether a character is one of the common surnames."""
    return character in _SURNAMES


def _is_standing(text: str) -> bool:
    called = {str(one): (one.label, *one.also) for one in Standing}
    return folded(text) in {name for names in called.values() for name in names}


def _is_level(text: str) -> bool:
    called = {str(one): (one.label, *one.also) for one in Level}
    return text.endswith("级") and bool(one_of(text, called))


def _is_year(text: str) -> bool:
    parts = dated(text)
    return year_of(text) is not None or (len(parts) > 1 and 1950 <= parts[0] <= 2100)


def _is_sex(text: str) -> bool:
    return text in ("男", "女")


_LOOKS: dict[str, dict[str, Callable[[str], bool]]] = {
    "members": {"standing": _is_standing, "drawn": _is_sex, "name": is_name},
    "honours": {"level": _is_level, "year": _is_year, "holder": is_name},
}
