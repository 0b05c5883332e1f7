"""The portal's search: which branches say what, cut into shards that a browser loads as it needs.

A branch's own index is the shard that holds its text. What stands here leads to it: for every two
characters that follow one another (three of Latin letters and digits) the branches in whose titles,
and in whose text, they occur. The browser cuts what is typed in the same way.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from boards.site.search import SCRIPT, variants

CATALOGUE = "search/catalogue.js"
SHARD_BYTES = 24_000
"""What a shard is to hold, more or less."""
MOST_SHARDS = 4096
LONGEST_KEY = 6
"""Characters of pinyin that are looked up; the branch's own index sees the rest."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SPACES = re.compile(r"\s+")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


@dataclass(frozen=True, slots=True)
class Index:
    """A branch's own index, read."""

    entries: Sequence[Sequence[str]]
    """Address, title, kind, text and keys of each page."""


class IndexFault(Exception):
    """A search index that cannot be read, or is more than one."""


def read_index(release: Path) -> Index:
    """The search index of a finished site; raises IndexFault."""
    try:
        text = (release / SCRIPT).read_text(encoding="utf-8")
        found = re.fullmatch(r"window\.boardsSearchIndex=(\{.*\});\n", text, re.DOTALL)
        content: Any = json.loads(found[1]) if found else None
        rows = content["entries"]
        if not all(len(row) == 5 and all(isinstance(part, str) for part in row) for row in rows):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise IndexFault(f"{SCRIPT} 不是搜索目录") from None
    return Index(rows)


def search_files(
    branches: Iterable[tuple[str, str, str, Index]],
) -> Iterator[tuple[str, bytes]]:
    """Every file of the search, by address; `branches` are id, name, mine and index of each.

    They are read one by one: thousands of indexes do not stand in memory.
    """
    titles: dict[str, array[int]] = defaultdict(lambda: array("I"))
    texts: dict[str, array[int]] = defaultdict(lambda: array("I"))
    rows: list[tuple[str, str, str]] = []
    said: set[str] = set()
    simplify = _Folding()
    for number, (key, name, mine, index) in enumerate(branches):
        rows.append((key, name, mine))
        own, all_of = _grams(index, simplify)
        said.update(*(character for entry in index.entries for character in entry[1:4]))
        for gram in own:
            titles[gram].append(number)
        for gram in all_of - own:
            texts[gram].append(number)
    lists = {
        gram: "|".join(_numbers(found.get(gram, ()), len(rows)) for found in (titles, texts))
        for gram in sorted(titles.keys() | texts.keys())
    }
    yield from _shards(lists, rows, variants("".join(sorted(said))))


def _shards(
    lists: Mapping[str, str], rows: Sequence[Sequence[str]], pairs: str
) -> Iterator[tuple[str, bytes]]:
    size = sum(len(gram.encode("utf-8")) + len(found) + 6 for gram, found in lists.items())
    count = 1
    while count < MOST_SHARDS and size / count > SHARD_BYTES:
        count *= 2
    catalogue = {"shards": count, "branches": rows, "variants": pairs}
    yield CATALOGUE, _script("boardsCatalogue", catalogue)
    held: dict[int, dict[str, str]] = {number: {} for number in range(count)}
    for gram, found in lists.items():
        held[shard_of(gram, count)][gram] = found
    for number, shard in held.items():
        yield f"search/{number:03x}.js", _script("boardsShard", shard)


def _script(name: str, content: Any) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.{name}={safe};\n".encode()


class _Folding:
    """Text as the browser folds it: NFKC, small letters, simplified characters, no spaces."""

    def __init__(self) -> None:
        everything = "".join(chr(code) for code in range(0x4E00, 0xA000))
        pairs = variants(everything)
        self._simplified = str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True)))

    def __call__(self, text: str) -> str:
        """One text."""
        plain = unicodedata.normalize("NFKC", text).lower()
        return _SPACES.sub("", plain).translate(self._simplified)


def _grams(index: Index, fold: _Folding) -> tuple[set[str], set[str]]:
    """What a branch's titles hold, keys of pinyin among them, and what all its text holds."""
    own: set[str] = set()
    all_of: set[str] = set()
    for _, title, _, text, keys in index.entries:
        own |= grams(fold(title))
        all_of |= grams(fold(text))
        for key in keys.lower().split():
            own |= {f"^{key[:length]}" for length in range(1, min(len(key), LONGEST_KEY) + 1)}
    return own, all_of | own


def grams(folded: str) -> set[str]:
    """Every character, every two of a folded text, and every three Latin letters or digits."""
    found = set(folded)
    found.update(map("".join, pairwise(folded)))
    if _LATIN & found:
        for one, two, three in zip(folded, folded[1:], folded[2:], strict=False):
            if one in _LATIN and two in _LATIN and three in _LATIN:
                found.add(one + two + three)
    return found


def shard_of(gram: str, count: int) -> int:
    """The shard that a gram stands in: a hash that a browser computes alike."""
    made = 0
    for character in gram:
        made = (made * 31 + ord(character)) & 0xFFFFFFFF
    return (made ^ made >> 15) % count


def _numbers(found: Iterable[int], count: int) -> str:
    """Ascending numbers below `count`: by their distances, or bit by bit where that is shorter."""
    numbers = list(found)
    steps = (after - before for before, after in zip([-1, *numbers], numbers, strict=False))
    listed = ".".join(map(_base36, steps))
    if len(listed) <= count / 6 + 1:
        return listed
    bits = bytearray((count + 7) // 8)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return "!" + base64.b64encode(bits).decode("ascii")


def _base36(number: int) -> str:
    made = ""
    while number:
        number, digit = divmod(number, 36)
        made = _DIGITS[digit] + made
    return made or "0"
