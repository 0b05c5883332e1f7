"""Ids proposed from Chinese names."""

from __future__ import annotations

import re
import unicodedata

from pypinyin import lazy_pinyin


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
