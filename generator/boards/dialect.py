"""The few signs that long text knows, and how its lines go together; all else is text as typed.

A line that is indented, opens a list or bears the number of an enumeration begins anew. Any other
continues the line above it, as whoever wraps lines by hand means it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,500})\]\((https?://(?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,500})\)"
)
"""[name](http://…): an address may hold pairs of brackets, as those of encyclopedias do."""

HEADING = re.compile(r"(#{2,4})[ \u3000]+(\S.*)")
_ITEM = re.compile(r"(?:-|([1-9]\d?)\.)[ \u3000]+(\S.*)")
_HAN = "一二三四五六七八九十"
_ENUMERATION = re.compile(
    rf"""(?:\*\*)?(?:
      [{_HAN}]{{1,3}}、(?![{_HAN}])
    | [(（](?:[{_HAN}]{{1,3}}|\d{{1,2}})[)）]
    | \d{{1,2}}[)）]
    | \d{{1,2}}[、.．](?!\d) | \d{{1,2}}[、.．](?=(?:19|20)\d\d\s?年)
    | [①-⒛❶-❿•●○◆◇■□▲△★☆※➢➤✓✔]
    | [*+>](?=[ \u3000]) | \*(?![*\s\d]) | \|
    )""",
    re.VERBOSE,
)
"""一、（一）1、1)（1）① • and what people draw instead; 1、2号支架 is none, nor is 1.5米."""
_RULE = re.compile(r"[-=*_~`+#.:| ]{3,}")
"""A line drawn by signs."""

_INDENT = re.compile(r"[ \t\u3000\u00a0]*")
_WIDE_SPACES = ("\u3000", "\u00a0")
_BLANKS = " \t\u3000\u00a0"
_DEEPEST = 3
"""Levels of lists in lists; nobody tells deeper ones apart."""
_ONE_LEVEL = 2
"""Columns by which a list in an item is indented at least, and the first line of a paragraph."""


_STARS = re.compile(r"\*+")
_NEVER_FIRST, _NEVER_LAST = "、，。；：！？）》”’,.;:!?)", "（《“‘(、，,"
_MANY = 200
"""Pairs of asterisks in one paragraph beyond which nobody means bold."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, paragraph or item of a list, its lines put together."""

    kind: str
    """paragraph, heading, bullet or number."""
    text: str
    level: int = 0
    """2 to 4 of headings; of what stands in a list how deep, from 1."""
    ordinal: int = 0
    """The number typed in front of an item, 1 for a sign; 0 on a further paragraph of an item."""


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph as one: Chinese joins without a space."""
    return f"{before}{'' if joins_closely(before[-1:], after[:1]) else chr(10)}{after}"


def joins_closely(before: str, after: str) -> bool:
    """Whether no space belongs between two characters that a line's end stood between."""
    return _is_wide(before) and _is_wide(after)


def unfolded(value: str, lines: Sequence[str]) -> str:
    """A value that YAML made one line of, its `lines` put together as ours are.

    YAML puts a space for a line's end and one line's end for a blank line.
    """
    at, before, blanks = 0, "", 0
    for line in lines:
        typed = line.strip(" \t")
        if not typed:
            blanks += 1
            continue
        # Quotes and escapes read otherwise than they are typed.
        tail, head = re.split(r"[\\\"']", before)[-1], re.split(r"[\\\"']", typed)[0]
        gap = "\n" * blanks or " "
        found = value.find(f"{tail}{gap}{head}", at) if before else -1
        if found >= 0:
            at = found + len(tail)
            first, second = value[:at], value[at + len(gap) :]
            if blanks:
                first += "\n\n"
            elif begins_anew(typed):
                first += "\n"
            elif not joins_closely(first[-1:], second[:1]):
                first += " "
            value = first + second
        before, blanks = typed, 0
    return value


def _is_wide(character: str) -> bool:
    """Chinese and its marks; of those as wide as the typeface has it (“ … Ⅱ ①) letters are not."""
    if not character:
        return False
    width = unicodedata.east_asian_width(character)
    return width in "WF" or (width == "A" and not unicodedata.category(character).startswith("L"))


def bold(text: str) -> list[tuple[int, int]]:
    """Where `**words**` stand, without their asterisks.

    Names are masked by asterisks (李**、王**), measures and powers written with them: they mean
    bold only where every two of a paragraph open before a word and close behind one.
    """
    spans = []
    opened = None
    stars = [found for found in _STARS.finditer(text) if len(found[0]) == 2]
    for found in stars if len(stars) <= _MANY else ():
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        if (_is_latin(before) and _is_latin(after)) or (before.isspace() and after.isspace()):
            continue
        if opened is None and after.strip() and after not in _NEVER_FIRST:
            opened = found.end()
        elif opened is not None and before.strip() and before not in _NEVER_LAST:
            spans.append((opened, found.start()))
            opened = None
        else:
            return []
    return [] if opened else spans


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def begins_anew(line: str) -> bool:
    """Whether a line is plainly meant to stand below the one above it, not behind it."""
    typed = line.strip(_BLANKS)
    return bool(
        line.startswith(_WIDE_SPACES)
        or _ITEM.fullmatch(typed)
        or HEADING.fullmatch(typed)
        or _ENUMERATION.match(typed)
        or _RULE.fullmatch(typed)
    )


def outline(text: str) -> list[Part]:
    """The parts of a text in order."""
    parts: list[Part] = []
    columns: list[int] = []  # of the items that are open, outermost first
    apart = True  # whether a blank line or a line of signs lies between
    for line in text.split("\n"):
        typed = line.strip(_BLANKS)
        if not typed:
            apart = True
            continue
        column, signs = _columns(line), _RULE.fullmatch(typed)
        anew = apart or begins_anew(line)
        if heading := HEADING.fullmatch(typed):
            columns.clear()
            parts.append(Part("heading", heading[2], len(heading[1])))
        elif not signs and (item := _ITEM.fullmatch(typed)):
            _open_item(columns, column)
            kind = "number" if item[1] else "bullet"
            parts.append(Part(kind, item[2], len(columns), int(item[1] or 1)))
        elif columns and column > columns[0] and not line.startswith(_WIDE_SPACES):
            anew = anew or column <= columns[-1]
            columns[:] = [outer for outer in columns if outer < column]
            _continue(parts, Part(parts[-1].kind, typed, len(columns)), anew=anew)
        else:
            columns.clear()
            anew = anew or parts[-1].kind != "paragraph" or column >= _ONE_LEVEL
            _continue(parts, Part("paragraph", typed), anew=anew)
        apart = bool(signs)
    return parts


def _columns(line: str) -> int:
    indent = _INDENT.match(line)
    return sum({"\u3000": 2, "\t": 4}.get(c, 1) for c in indent[0]) if indent else 0


def _open_item(columns: list[int], column: int) -> None:
    """Close the items that one at `column` ends, and open it."""
    while columns and column < columns[-1]:
        columns.pop()
    if columns and (column < columns[-1] + _ONE_LEVEL or len(columns) == _DEEPEST):
        columns.pop()
    columns.append(column)


def _continue(parts: list[Part], part: Part, *, anew: bool) -> None:
    if anew:
        parts.append(part)
    else:
        parts[-1] = replace(parts[-1], text=joined(parts[-1].text, part.text))
