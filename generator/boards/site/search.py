"""The search index: one script that works from a server and from a folder.

The browser folds text and queries alike (NFKC, lower case, simplified characters, no spaces), and
then substrings are enough for Chinese: 化永 finds 陈化永, 830 finds Ⅱ830. The index keeps text as
it reads, for excerpts. Names and titles are also found by their pinyin and its initials.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from boards.lazy import Lazy
from boards.views import Page
from boards.words.common import PageBody

SCRIPT = "assets/search-index.js"
"""Where the index stands on the site."""

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What search knows of one page."""

    url: str
    title: str
    kind: str
    text: str
    """What the page says, as it reads."""
    keys: str
    """Pinyin of the title: initials, then whole syllables; then how it is typed, too."""


def entries(pages: Iterable[Page]) -> list[Entry]:
    """An entry for every page."""
    return [Entry(page.url, page.title, page.kind, _text(page), _keys_of(page)) for page in pages]


def screen_entry(url: str) -> Entry:
    """The entry of the big screen, which is no page of the shell's."""
    about = "用电视或电脑全屏轮播，一屏一件事"
    return entries([Page(url, "大屏", "", "大屏", Lazy(lambda: PageBody(about, None)))])[0]


def _text(page: Page) -> str:
    """Description and words, each said once."""
    words = dict.fromkeys((page.description, *page.words))
    return _SPACES.sub(" ", " ".join(word for word in words if word)).strip()


def script(found: list[Entry]) -> str:
    """The index as a script: a folder opened by double-click allows no other way to load it."""
    payload = {
        "entries": [[e.url, e.title, e.kind, e.text, e.keys] for e in found],
        "variants": variants("".join(entry.title + entry.text for entry in found)),
    }
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.boardsSearchIndex={safe};\n"


def variants(text: str) -> str:
    """Pairs of a traditional character and its simplified form, for the characters of `text`.

    The browser folds with them: 電液控 becomes 电液控.
    """
    import opencc  # noqa: PLC0415

    simplify = opencc.OpenCC("t2s").convert
    everything = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = simplify("\n".join(everything)).split("\n")
    used = set(simplify("\n".join(sorted(set(text)))))
    pairs = zip(everything, simplified, strict=True)
    return "".join(one + other for one, other in pairs if one != other and other in used)


def _keys_of(page: Page) -> str:
    return " ".join((_pinyin(page), *page.also))


def _pinyin(page: Page) -> str:
    """Initials, then whole syllables."""
    if page.pinyin:
        return _keys(page.pinyin.lower().split())
    # Names are not phrases, and the phrase dictionary costs a tenth of a second to import.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    return _keys(lazy_pinyin(_SPACES.sub("", page.title), errors="ignore"))


def _keys(syllables: list[str]) -> str:
    return "".join(syllable[0] for syllable in syllables) + " " + "".join(syllables)
