"""What people write for a date, a number, or yes and no, read as it is meant.

A reading is taken only where there is no other; who reads the record sees what was kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from boards.records.months import MonthId, QuarterId

_DATE = re.compile(
    r"([0-9]{4})(?:年?|(?:[-./]|年)([0-9]{1,2})(?:月?|(?:[-./]|月)([0-9]{1,2})日?))", re.ASCII
)
_QUARTER = re.compile(r"([0-9]{4})(?:年?[-/]?Q([1-4])|年?第?([1-4一二三四])季度?)", re.ASCII)
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_COUNT = re.compile(
    r"共?([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0+)?([\u4e00-\u9fff]{0,3}|%)"
)
_MORE_OR_LESS = re.compile("[多余来左右上下约几半数百千万亿十第至到]")
"""Characters behind a number that make another of it, or none that is known."""
_MEASURED = re.compile(r"(\D{0,4})([0-9]+(?:\.[0-9]+)?)([^\d.,]{0,8})")
_VAGUE = re.compile("[多余几约]|左右|上下|以上|以下")
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:年度?)?")
YES = ("true", "是", "对", "yes", "y", "√", "✓", "✔", "同意")
NO = ("false", "否", "不", "不是", "no", "n", "×", "✗", "✘", "不同意")
"""What people write for yes and no."""


def folded(text: str) -> str:
    """Text without spaces and with full-width letters and digits as plain ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def dated(text: str) -> tuple[int, ...]:
    """Year, month and day as far as they are written: 2019年8月, 2019-8-19; empty if none are."""
    plain = folded(text)
    found = _DATE.fullmatch(plain) or _DIGITS.fullmatch(plain)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def period(text: str) -> str:
    """The id of a quarter or month: of 2026年第二季度, 2026Q2, 2026年8月; else empty."""
    plain = folded(text).upper()
    if found := _QUARTER.fullmatch(plain):
        part = found[2] or found[3]
        return str(QuarterId(int(found[1]), "一二三四".find(part) + 1 or int(part)))
    parts = dated(plain)
    return str(MonthId(*parts)) if len(parts) == 2 else ""


def counted(text: str) -> int | None:
    """A whole number with or without its unit: 11人, 93分, 1,200."""
    found = _COUNT.fullmatch(folded(text))
    if found is None or _MORE_OR_LESS.search(found[2]):
        return None
    return int(found[1].replace(",", ""))


def figured(text: str) -> str:
    """A number as it was typed, in plain digits; empty if it is none."""
    plain = folded(text)
    return plain if _FIGURE.fullmatch(plain) else ""


def measured(text: str) -> tuple[str, str, str]:
    """A number between a word or sign that compares and a unit; three empty texts if unclear."""
    found = _MEASURED.fullmatch(folded(text))
    return (
        ("", "", "") if found is None or _VAGUE.search(found[3]) else (found[1], found[2], found[3])
    )


def year_of(text: str) -> int | None:
    """A year: 2024, 2024年, 2024年度."""
    found = _YEAR.fullmatch(folded(text))
    return int(found[1]) if found else None


def yes_or_no(text: str) -> bool | None:
    """Whether somebody says yes."""
    word = folded(text).casefold()
    return True if word in YES else False if word in NO else None


def one_of(text: str, called: Mapping[str, tuple[str, ...]]) -> str:
    """The word whose name is meant: the word itself, a name, else part of one name only.

    `called` gives the names of each word. Empty if there is none, or several.
    """
    meant = folded(text).casefold()
    names = {
        word: [folded(one).casefold() for one in (word, *each)] for word, each in called.items()
    }
    same = [word for word, each in names.items() if meant in each]
    if not same and len(meant) > 1:
        same = [word for word, each in names.items() if any(meant in one for one in each[1:])]
    return same[0] if len(same) == 1 else ""
