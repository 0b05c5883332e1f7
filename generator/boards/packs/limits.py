"""Lengths that calls for cases ask for."""

from __future__ import annotations

from dataclasses import dataclass

from boards.records import Shared
from boards.words.text import to_plain


@dataclass(frozen=True, slots=True)
class Limit:
    """How many characters a text may have, white space not counted."""

    name: str
    least: int
    most: int


LIMITS = {
    "case": Limit("典型案例", 0, 3000),
    "item": Limit("信息稿", 300, 500),
}
"""征集典型案例: at most 3 000 characters; 信息稿: 300 to 500."""


def length(shared: Shared) -> int:
    """Characters of title and body, punctuation included."""
    texts = [shared.title, *(to_plain(part.text) + part.title for part in shared.sections)]
    return sum(len("".join(text.split())) for text in texts)


def check_length(shared: Shared, limit: Limit) -> str:
    """What to do about the length; empty if it is right."""
    found = length(shared)
    said = f"{limit.name}要求 {limit.least}–{limit.most} 字，这一篇 {found} 字"
    if found > limit.most:
        return f"{said}，要删去 {found - limit.most} 字"
    if found < limit.least:
        return f"{said}，要补上 {limit.least - found} 字"
    return ""
