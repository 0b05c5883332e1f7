"""Marks that are not seen themselves: they only say how the character before them is to look."""

from __future__ import annotations

import unicodedata


def _called(character: str) -> str:
    """What a mark is called; empty for what is none."""
    code = ord(character)
    if code in (0xFE0E, 0xFE0F):
        return "表情记号"
    if 0xFE00 <= code <= 0xFE0D or 0xE0100 <= code <= 0xE01EF:
        return "异体字记号"
    if 0x1F3FB <= code <= 0x1F3FF:
        return "肤色记号"
    if code in (0x034F, 0x115F, 0x1160, 0x180E, 0x2800, 0x3164, 0xFFA0):
        return "空白字符"
    if code == 0x20E3:
        return "按键框"
    return "附加记号" if unicodedata.category(character) in ("Mn", "Me") else ""


def shown_at_end(text: str) -> str:
    """The last character of a text that is seen; empty after white space, and of no text."""
    shown = next((other for other in reversed(text) if not _called(other)), "")
    return shown.strip()


def behind(before: str, character: str) -> tuple[str, str] | None:
    """What is said of a mark behind a text, and what to do; None if it is no mark."""
    mark, shown = _called(character), shown_at_end(before)
    if not mark or not shown:
        return None
    found = f"“{shown}”后面跟着一个看不见的{mark}（U+{ord(character):04X}）"
    return found, f"把“{shown}”连同它后面的记号删掉，重新打一个“{shown}”，不从表情里选、不粘贴"
