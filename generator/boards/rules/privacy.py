"""What may never stand in published text: identity numbers, phones, bank cards, coordinates.

The list is default-deny: a number that passes its own checksum is taken for what it looks like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from boards.errors import Severity

_DIGITS = re.compile(r"(?<!\d)(?<!\d\.)\d+(?:[ -]{1,3}\d+)*[Xx]?(?!\.?\d)")
_GROUP = re.compile(r"\d+[Xx]?")
_LONGEST = 20
"""Digits of the longest number looked for, a bank card's, and one more."""
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_COORDINATES = re.compile(
    # Runs of spaces are bounded: four unbounded ones in a row take minutes over 200 spaces.
    r"\d{1,3}\.\d{3,}\s{0,4}[°度]?\s{0,4}[NSEWnsew东西南北]?\s{0,4}[,，、;；]?\s{0,4}"
    r"(?:[NSEWnsew]|[东西]经|[南北]纬)?\s{0,4}"
    r"(?<![\d.])\d{1,3}\.\d{3,}"
    r"|\d{1,3}°\s*\d{1,2}[′']"
    r"|[XYxy]\s*[=＝]\s*\d{5,}"
)
# Underground, 上巷12号支架 is where a support stands.
_ADDRESS = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:路|街|(?<![上下机风两运回轨双平石煤中主副])巷|村|小区|家属院)"
    r"[\u4e00-\u9fff]{0,4}\s*\d{1,4}\s*(?:号楼?|栋|幢|单元|室)(?!支架|钻场|钻孔|测点|煤仓|皮带)"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that must not, or perhaps should not, be published."""

    snippet: str
    found: str
    hint: str
    severity: Severity = Severity.ERROR


def private_findings(text: str) -> Iterator[Finding]:
    """What looks private in `text`, full-width digits and spaced-out numbers included."""
    if not any(character.isdecimal() for character in text):
        return
    folded = unicodedata.normalize("NFKC", text)
    for start, end, kind in _numbers(folded):
        hint = "删掉号码；公开的内容里不留个人号码"
        yield Finding(_as_typed(text, folded, start, end), f"出现了{kind}", hint)
    for match in _COORDINATES.finditer(folded):
        snippet = _as_typed(text, folded, *match.span())
        yield Finding(snippet, "出现了坐标", "删掉坐标，写工作面或地点名称")
    for match in _ADDRESS.finditer(folded):
        hint = "是住址就删掉；不是就把它写进 branch.yml 的 allow"
        found = f"“{match.group()}”像是住址"
        snippet = _as_typed(text, folded, *match.span())
        yield Finding(snippet, found, hint, Severity.NOTICE)


def _as_typed(text: str, folded: str, start: int, end: int) -> str:
    return text[start:end] if len(folded) == len(text) else folded[start:end]


def _numbers(folded: str) -> Iterator[tuple[int, int, str]]:
    """Where private numbers stand: written whole, in groups, or beside other numbers."""
    for run in _DIGITS.finditer(folded):
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
    for last in range(first, len(groups)):
        parts.append(folded[slice(*groups[last])])
        if sum(map(len, parts)) > _LONGEST:
            break
        # Dates and small counts stand side by side too: only parts like those of a number
        # typed in groups are put together, unless the parts are all there is.
        grouped = all(len(part) >= 3 for part in parts[parts[0] == "86" :])
        if (grouped or last - first + 1 == len(groups)) and (kind := _number_kind("".join(parts))):
            longest = last, kind
    return longest


def _number_kind(number: str) -> str | None:
    if re.fullmatch(r"\d{17}[\dXx]", number) and _is_identity_number(number):
        return "身份证号"
    if re.fullmatch(r"(?:86)?1[3-9]\d{9}", number):
        return "手机号"
    if number.isdecimal() and 16 <= len(number) <= 19 and _passes_luhn(number):
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
