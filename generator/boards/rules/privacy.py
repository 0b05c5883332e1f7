"""What may never stand in a record: birthdays, identity numbers, phones, bank cards, coordinates.

The list is default-deny: a number that passes its own checksum is taken for what it looks like.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from boards.errors import Cure, Named, Severity

_CARD = re.compile(r"身份证(?:号码?|件号)?[\s:是为]{0,3}\d{17}[\dXx](?!\d)")
"""Called so, it is one, though somebody has mistyped a digit and it fails its checksum."""
_LANDLINE = re.compile(r"(?:电话|座机|联系方式)[\s:是为]{0,3}(?:0\d{2,3}[- ]?)\d{7,8}(?!\d)")
_DIGITS = re.compile(r"(?<!\d)(?<!\d\.)\d+(?:[ -]{1,6}\d+)*(?:[ -]{0,6}[Xx])?(?!\.?\d)")
_DIGIT = re.compile(r"\d")
_GROUP = re.compile(r"\d+[Xx]?|[Xx]")
_SHORTEST = 11
"""Digits of a mobile number, the shortest that is looked for."""
_LONGEST = 20
"""Digits of the longest number looked for, a bank card's, and one more."""
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_NAMED = r"(?:[东西]经|[南北]纬|[经纬]度)[\s:为约是]{0,3}\d{1,3}(?:\.\d+|\s*[°度]\s*\d+)"
_COORDINATES = re.compile(
    # Runs of spaces are bounded: four unbounded ones in a row take minutes over 200 spaces.
    r"\d{1,3}\.\d{3,}\s{0,4}[°度]?\s{0,4}[NSEWnsew东西南北]?\s{0,4}[,，、;；]?\s{0,4}"
    r"(?:[NSEWnsew]|[东西]经|[南北]纬)?\s{0,4}"
    r"(?<![\d.])\d{1,3}\.\d{3,}"
    r"|\d{1,3}\s*[°度]\s*\d{1,2}\s*(?:[′']|分\s*\d{1,2}(?:\.\d+)?\s*秒)"
    rf"|{_NAMED}(?:[\d.°度分秒′\s,、;和]{{0,16}}{_NAMED})?"
    r"|(?:(?<![A-Za-z])[XYxy]\s*[=:]|坐标[\s=:为是(]{0,3})\s*\d{5,}"
)
# Underground, 上巷12号支架 is where a support stands.
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:路|街|(?<![上下机风两运回轨双平石煤中主副])巷|村|小区|家属[院区]"
    r"|大道|胡同|花园|公寓|宿舍)[\u4e00-\u9fff]{0,4}\s*\d{1,4}(?:-\d{1,4})?\s*"
    r"(?:号楼?|栋|幢|排|单元|室)(?!支架|钻场|钻孔|测点|煤仓|皮带)"
    r"|[A-Za-z\d]\s*[栋幢]\s*(?:\d{3,4}|\d{1,2}\s*单元)|\d\s*单元\s*\d{3,4}"
)

_S = r"\s{0,3}"
_N = rf"[\d〇零一二三四五六七八九十廿]{{1,4}}{_S}"
_DAY = rf"(?:(?:{_N}[年./-]{_S})?{_N}[月./-]{_S}初?{_N}[日号]?|{_N}年{_S}{_N}月)"
_LUNAR = r"[正冬腊一二三四五六七八九十]{1,2}月[初十廿卅][一二三四五六七八九十]"
"""A day as the old calendar has it: 腊月初八."""
_BORN = r"(?:(?<![党国矿厂队军])(?<![党国矿厂队军]的)生日|出生(?:日期|年月)?|生于|寿辰)"
"""The Party and the country have birthdays of which one speaks."""
_BIRTHDAY = re.compile(
    rf"{_BORN}[\s:是为在于,(农阳阴公历]{{0,6}}(?:{_DAY}|{_LUNAR})"
    rf"|{_LUNAR}[\s,(是为他她的过)]{{0,6}}{_BORN}"
    rf"|(?:{_DAY}|{_LUNAR}|{_N}年)[\s,]{{0,3}}生人"
    rf"|{_DAY}[\s,(是为他她的过)]{{0,6}}{_BORN}"
    rf"|\d{{4}}{_S}年{_S}{_N}月(?:{_S}{_N}日)?{_S}生(?=[,。;)\s]|$)"
)

_SPELT = "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_SPELT_RUN = re.compile(f"[{_SPELT}]{{3,}}")
_AS_DIGITS = str.maketrans(_SPELT, "00012345678911" + "23456789")
_DASHES = re.compile("[‐‒–—―−·•・]")
_DOTTED = re.compile(r"(?<![\d.])\d{3,}(?:\.\d{3,}){2,}(?!\.?\d)")
"""A number in groups; a fraction has one dot."""
_MARKS = re.compile(r"(?<=\d)(?:[*_~`\\ -]{1,5}|[*_~`\\ ]{0,2}\n {0,3}[*_~`]{0,2})(?=[\dXx])")
"""What Markdown does not show between digits: emphasis, code, an escape, a broken line."""


ALLOW: Cure = ("把它写进 branch.yml 的", Named("allow"))
"""What to do about words that are meant as they stand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that must not, or perhaps should not, be published."""

    snippet: str
    found: str
    cure: Cure
    severity: Severity = Severity.ERROR


def private_findings(text: str, *, markdown: bool = False) -> Iterator[Finding]:
    """What looks private in `text`, however its numbers are typed: spaced out, dotted, in words.

    Of `markdown` it is what a reader will see.
    """
    folded = _folded(text, markdown=markdown)
    if not _DIGIT.search(folded):
        return
    known = list(_numbers(folded))
    for start, end, kind in known:
        hint = "删掉号码；公开的内容里不留个人号码"
        yield Finding(_as_typed(text, folded, start, end), f"出现了{kind}", hint)
    for kind, pattern in (("身份证号", _CARD), ("电话号码", _LANDLINE)):
        for match in pattern.finditer(folded):
            if any(match.start() <= start < match.end() for start, _, _ in known):
                continue  # told already
            snippet = _as_typed(text, folded, *match.span())
            yield Finding(snippet, f"出现了{kind}", "删掉号码；公开的内容里不留个人号码")
    for match in _COORDINATES.finditer(folded):
        snippet = _as_typed(text, folded, *match.span())
        yield Finding(snippet, "出现了坐标", "删掉坐标，写工作面或地点名称")
    for match in _ADDRESS.finditer(folded):
        cure = ("是住址就删掉；不是就", ALLOW)
        found = f"“{match.group()}”像是住址"
        snippet = _as_typed(text, folded, *match.span())
        clear = re.search("(?:小区|家属[院区]).*楼", match.group())
        yield Finding(snippet, found, cure, Severity.ERROR if clear else Severity.NOTICE)


def birthday_findings(text: str) -> Iterator[Finding]:
    """Whose day of birth is told in `text`: the system never collects one."""
    folded = unicodedata.normalize("NFKC", text)
    for match in _BIRTHDAY.finditer(folded):
        snippet = _as_typed(text, folded, *match.span())
        yield Finding(snippet, f"出现了生日“{match.group()}”", "删掉；生日属个人隐私，不登记")


def _folded(text: str, *, markdown: bool) -> str:
    """The text with plain digits, and dashes and spaces between them, if it can be as long."""
    folded = unicodedata.normalize("NFKC", html.unescape(text) if markdown else text)
    if markdown:
        folded = _MARKS.sub(lambda marks: " " * len(marks.group()), folded)
    folded = _SPELT_RUN.sub(lambda run: run.group().translate(_AS_DIGITS), folded)
    folded = _DASHES.sub("-", folded).replace("\t", " ")
    return _DOTTED.sub(lambda run: run.group().replace(".", "-"), folded)


def _as_typed(text: str, folded: str, start: int, end: int) -> str:
    return text[start:end] if len(folded) == len(text) else folded[start:end]


def _numbers(folded: str) -> Iterator[tuple[int, int, str]]:
    """Where private numbers stand: written whole, in groups, or beside other numbers."""
    for run in _DIGITS.finditer(folded):
        if len(run.group()) < _SHORTEST:
            continue
        groups = [group.span() for group in _GROUP.finditer(folded, *run.span())]
        first = 0
        while first < len(groups):
            last, kind = _longest_number(folded, groups, first)
            if kind:
                yield groups[first][0], groups[last][1], kind
            first = last + 1


def _longest_number(
    folded: str, groups: list[tuple[int, int]], first: int
) -> tuple[int, str | None]:
    """The last group, and the kind, of the longest private number that begins at `first`."""
    parts: list[str] = []
    longest: tuple[int, str | None] = (first, None)
    are_all = first == 0 and len(groups) <= _LONGEST
    for last in range(first, len(groups)):
        parts.append(folded[slice(*groups[last])])
        if sum(map(len, parts)) > _LONGEST:
            break
        # Dates and small counts stand side by side too: only parts like those of a number
        # typed in groups are put together, unless the parts are all there is.
        grouped = all(len(p) >= 3 or p in "Xx" for p in parts[parts[0] in {"86", "0086"} :])
        if not grouped and not are_all:
            break
        if (grouped or last + 1 == len(groups)) and (kind := _number_kind("".join(parts))):
            longest = last, kind
    return longest


def _number_kind(number: str) -> str | None:
    if re.fullmatch(r"\d{17}[\dXx]", number) and _is_identity_number(number):
        return "身份证号"
    digits = number.rstrip("Xx")  # who types an x behind another number hides it from nobody
    if re.fullmatch(r"(?:(?:00)?86)?1[3-9]\d{9}", digits):
        return "手机号"
    if 16 <= len(digits) <= 19 and _passes_luhn(digits):
        return "银行卡号"
    return None


def _is_identity_number(number: str) -> bool:
    """GB 11643: seventeen digits weighted, modulo 11."""
    total = sum(int(n) * weight for n, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17].upper()


def _passes_luhn(number: str) -> bool:
    """ISO/IEC 7812-1: every second digit from the right doubled."""
    digits = [int(character) for character in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
