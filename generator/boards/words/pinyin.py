"""Ids proposed from Chinese names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from pypinyin import lazy_pinyin

LONGEST = 40
"""Characters of an id that is proposed."""


def free_id(name: str, taken: Collection[str], tail: str = "") -> str:
    """An id from the sound of a name that is not among `taken`, numbered if it must be.

    `tail` stands behind it, such as a year. Empty if the name has no sound.
    """
    base = "-".join(part for part in (spelled_out(name, LONGEST), tail) if part)
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    free = next(made for made in (base, *numbered) if made.casefold() not in taken)
    return free if spelled_out(name, LONGEST) else ""


def spelled_out(text: str, longest: int) -> str:
    """A text in pinyin, `zhang-san`, in whole syllables up to `longest` characters; may be empty.

    Latin letters and digits stay: Ⅱ830 is `ii830`.
    """
    plain = unicodedata.normalize("NFKC", text)
    syllables = re.findall("[a-z0-9]+", "-".join(lazy_pinyin(plain)).lower())
    made = ""
    for syllable in syllables:
        longer = f"{made}-{syllable}" if made else syllable[:longest]
        if len(longer) > longest:
            break
        made = longer
    return made
