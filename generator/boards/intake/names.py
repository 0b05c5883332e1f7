"""The people that a cell names, however it is typed: 王 伟, 李涛和赵敏等3人, 古丽•阿依, 2.王磊*."""

from __future__ import annotations

import re

from boards.intake.sniffing import is_name
from boards.records.understood import folded

_SPLIT = re.compile(r"[、，,;；/／\n]+")
_BRACKETS = re.compile(r"[（(【\[].*?[)）】\]]")
_COUNT = r"[\d一二两三四五六七八九十]{1,3}"
_AND_OTHERS = re.compile(rf"等(?:({_COUNT})[人名位](?:同志)?|人|同志)?$")
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[、.．)）]|[①-⑳])\s*")
_NEXT = re.compile(r"(?<=[\u4e00-\u9fff*])\s*(?=\d{1,3}\s*[、.．)）]\s*[\u4e00-\u9fff]|[①-⑳])")
"""Where a numbered name follows another one: 1.王伟 2.李涛."""
_MARKED = re.compile(r"[*＊★☆△▲※#＃√●○◆]+$")
_DOTS = re.compile(r"(?<=[\u4e00-\u9fffA-Za-z])[•・‧∙⋅．.。﹒●](?=[\u4e00-\u9fffA-Za-z])")
"""What stands for the dot in names of peoples who have one: each office types another."""
_HAN = re.compile("[\u4e00-\u9fff]{2,4}")
_COMPOUND = re.compile("欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|东方|端木|长孙")
"""Surnames of two characters: what follows one after a space is the given name."""


def names_in(text: str) -> list[str]:
    """The names in a cell, without numbers before, marks and brackets behind each."""
    bare = _BRACKETS.sub("", text).strip() or text.strip()  # in them, a comma parts no people
    plain = _AND_OTHERS.sub("", _NUMBERED.sub("", bare))
    apart = _NEXT.sub("、", plain)
    parts = [part.strip() for part in _SPLIT.split(apart) if part.strip()]
    return [_bare(name) for part in parts for name in _together(_NUMBERED.sub("", part))]


def unnamed_in(text: str) -> str:
    """What says that there are more people than are named: 等3人; empty if all are named."""
    found = _AND_OTHERS.search(text.strip())
    if found is None or len(found.group()) < 2:
        return ""
    count = found[1] or ""
    named = len(names_in(text))
    numbers = {**{str(n): n for n in range(1, 100)}, **_SPELT}
    return "" if count and numbers.get(count, 99) <= named else found.group()


_SPELT = {word: n for n, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def _together(part: str) -> list[str]:
    """What stands between two commas: one name, or several with spaces or 和 between them."""
    joined = re.split("以及|[和与及]", folded(part))
    if len(joined) > 1 and all(map(is_name, joined)):
        return joined
    far = [folded(piece) for piece in re.split(r"\s{2,}|\u3000", part) if piece.strip()]
    if len(far) > 1 and all(map(is_name, far)):
        return far
    pieces = part.split()
    apart = len(pieces) > 1 and all(map(_HAN.fullmatch, pieces))
    return pieces if apart and not _COMPOUND.fullmatch(pieces[0]) else [part]


def _bare(name: str) -> str:
    """A name without what is typed around it."""
    kept = _DOTS.sub("·", name.strip())
    outside = folded(_MARKED.sub("", _BRACKETS.sub("", folded(kept))))
    without = outside.removesuffix("同志")
    outside = without if len(without) > 1 else outside
    if re.fullmatch("[\u4e00-\u9fff·]{2,12}", outside):
        return outside
    return kept
