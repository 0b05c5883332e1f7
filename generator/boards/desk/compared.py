"""Two versions of a text, compared word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, came or went."""

    text: str
    what: str
    """same, gone or new."""


def compared(old: str, new: str) -> Iterator[Piece]:
    """What stayed, went and came, in the order of reading."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, start, stop, begin, end in matcher.get_opcodes():
        if what == "equal":
            yield Piece("".join(before[start:stop]), "same")
            continue
        if gone := "".join(before[start:stop]):
            yield Piece(gone, "gone")
        if come := "".join(after[begin:end]):
            yield Piece(come, "new")
