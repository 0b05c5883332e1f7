"""The search index: one script that works from a server and from a folder.

Text is folded once here and queries are folded the same way in the browser: NFKC, lower case,
simplified characters, no spaces. Substrings are then enough for Chinese: 化永 finds 陈化永, 830
finds Ⅱ830. Names and titles are also found by their pinyin and its initials.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from boards.views import Page

SCRIPT = "assets/search-index.js"
"""Where the index stands on the site."""

_SPACES = re.compile(r"\s+")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What search knows of one page."""

    url: str
    title: str
    kind: str
    text: str
    """Folded text, found by substring."""
    keys: str
    """Pinyin of the title: initials, then whole syllables."""


def fold(text: str) -> str:
    """Text as search compares it, apart from traditional characters (see `variants`)."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).lower())


def entries(pages: Iterable[Page]) -> list[Entry]:
    """An entry for every page."""
    pages = list(pages)
    simplify = _simplifier()
    return [
        Entry(
            url=page.url,
            title=page.title,
            kind=page.kind,
            text=simplify(fold("\n".join((page.title, page.description, *page.words)))),
            keys=_pinyin(page.title),
        )
        for page in pages
    ]


def script(found: list[Entry]) -> str:
    """The index as a script: a folder opened by double-click allows no other way to load it."""
    payload = {
        "entries": [[e.url, e.title, e.kind, e.text, e.keys] for e in found],
        "variants": variants("".join(entry.text for entry in found)),
    }
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.boardsSearchIndex={safe};\n"


def variants(text: str) -> str:
    """Pairs of a traditional character and its simplified form, for the characters of `text`.

    The browser folds queries with it: 電液控 becomes 电液控.
    """
    used = set(_HAN.findall(text))
    everything = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = _simplifier()("\n".join(everything)).split("\n")
    pairs = zip(everything, simplified, strict=True)
    return "".join(one + other for one, other in pairs if one != other and other in used)


def _simplifier() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def _pinyin(title: str) -> str:
    # Names are not phrases, and the phrase dictionary costs a tenth of a second to import.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    syllables = lazy_pinyin(_SPACES.sub("", title), errors="ignore")
    return "".join(syllable[0] for syllable in syllables) + " " + "".join(syllables)
