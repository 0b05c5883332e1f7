"""Words that must be written one way, and claims that grow stale."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from boards.errors import Cure, Remove, Severity
from boards.rules.privacy import ALLOW, Finding

_MISSPELLINGS = {
    "辛福": (re.compile("辛福"), "幸福", Severity.ERROR),
    "作好": (re.compile("(?<![工操动创写制合协])作好"), "做好", Severity.NOTICE),
    "座右名": (re.compile("座右名"), "座右铭", Severity.ERROR),
    "按装": (re.compile("按装(?![配置车药载])"), "安装", Severity.ERROR),
}
"""What is typed, where it is a slip (工作好 is none), what was meant, and how sure that is."""

_NUMERAL = "一二三四五六七八九十百两几0-9０-９"
_RELATIVE = re.compile(
    rf"(?:连续|近|最近|过去)[{_NUMERAL}]+个?(?:年|月|季度|天)|近年来|[今去前]年|目前|至今|近期"
    r"|\d{4}\s*年(?:\d{1,2}月)?以来"
)


_OR_ALLOW: Cure = ("；确实要这样写就", ALLOW)

_STANDS_FOR_NOTHING = re.compile(
    r"无|没有|暂无|不详|待[定补填核]|未知|略|同上|[/\\\-—–.。?？…×、*_·\s]+|[xX]{2,}"
)
"""What people write where they have nothing to say; a reader would read just that."""


def stands_for_nothing(text: str) -> Iterator[Finding]:
    """A whole field that says 无, or a dash: nothing is what should stand there."""
    bare = text.strip()
    if bare and _STANDS_FOR_NOTHING.fullmatch(bare):
        cure = ("没有内容就", Remove(), _OR_ALLOW)
        yield Finding(bare, f"“{bare}”会照样显示出来", cure, Severity.NOTICE)


def misspelt(text: str) -> Iterator[Finding]:
    """Common slips of the pen in this genre."""
    for wrong, (pattern, right, severity) in _MISSPELLINGS.items():
        for _ in pattern.finditer(text):
            found, cure = f"“{wrong}”多半是“{right}”的误写", (f"改成“{right}”", _OR_ALLOW)
            yield Finding(wrong, found, cure, severity)


def miswritten_brand(text: str, brand: str, short: str) -> Iterator[Finding]:
    """The brand with one character wrong, such as a homophone."""
    said: list[tuple[int, int]] = []
    for name, pattern in ((brand, _one_wrong(brand)), (short, _one_wrong(short))):
        for match in pattern.finditer(text):
            inside = any(start <= match.start() < end for start, end in said)
            if not inside and match.group() not in {name, brand[: len(name)]}:
                said.append(match.span())
                found = f"“{match.group()}”与品牌“{name}”差一个字"
                yield Finding(match.group(), found, (f"改成“{name}”", _OR_ALLOW))


_LONGEST_NAME = 60
"""Characters of a brand that anybody would look for by heart."""


@functools.cache
def _one_wrong(name: str) -> re.Pattern[str]:
    """`name` with any one inner character replaced; the first and last anchor the match."""
    if len(name) > _LONGEST_NAME:  # a pattern for each character of it takes minutes to build
        return re.compile("(?!)")
    inner = range(1, len(name) - 1)
    variants = [re.escape(name[:n]) + "." + re.escape(name[n + 1 :]) for n in inner]
    return re.compile("|".join(variants) or "(?!)")


def miswritten_faces(text: str, names: tuple[str, ...]) -> Iterator[Finding]:
    """A face's name in letters instead of its Roman numeral, or spaced out."""
    if not _numerals(names).search(text):  # as good as always; faces are more every year
        return
    for name in names:
        pattern = _look_alikes(name)
        for match in pattern.finditer(text) if pattern else ():
            if match.group() != name:
                found = f"工作面“{match.group()}”的写法不统一"
                yield Finding(match.group(), found, f"改成“{name}”（罗马数字是一个字符）")


@functools.cache
def _numerals(names: tuple[str, ...]) -> re.Pattern[str]:
    """Matches every way of typing any of the names' Roman numerals."""
    found = {_typed(character) for name in names for character in name if _plain(character)}
    return re.compile("|".join(sorted(found)) or "(?!)")


@functools.cache
def _look_alikes(name: str) -> re.Pattern[str] | None:
    """Matches every way of typing a name that has a Roman numeral character in it."""
    if not any(map(_plain, name)):
        return None
    parts = (f"{_typed(c)}\\s*" if _plain(c) else re.escape(c) for c in name)
    return re.compile(r"(?<![A-Za-z])" + "".join(parts) + r"(?!\d)")


def _plain(character: str) -> str:
    """The letters that stand for a character which is not one itself; empty for any other."""
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character else ""


def _typed(character: str) -> str:
    """Matches a Roman numeral, the letters it is typed with, and those they are mistaken for."""
    letters = (
        "[IiLl|ⅠＩｉ]" if c == "I" else f"[{re.escape(c)}{re.escape(c.lower())}]"
        for c in _plain(character)
    )
    return f"(?:{''.join(letters)}|{re.escape(character)}|{re.escape(character.lower())})"


def relative_claims(text: str) -> list[str]:
    """Words whose meaning depends on when they were written, such as 连续五年."""
    return [match.group() for match in _RELATIVE.finditer(text)]
