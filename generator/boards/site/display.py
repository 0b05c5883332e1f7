"""Display type: what finished pages show in it, and the face that it is set in.

The theme's stylesheets say what it is: whatever they set in `var(--bb-display)`. What stands there
is read from the pages, and the heavy Song goes out with just these characters.
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from boards.cache import Cache
from boards.site.contents import OWN
from boards.typst.fonts import display_face

FACE = "assets/song.woff2"
"""Where the face stands; tokens.css and main.html name it."""

_RECIPE = "1"
"""Raise it when the same characters would be made into another face."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_WHERE = re.compile(r":where\(([^(),]+)\)")
"""It selects as what stands in it does, which selectolax finds at a parent only."""
_LINE_ENDS = dict.fromkeys(map(ord, "\n\r\t"))


@dataclass(frozen=True, slots=True)
class _Rules:
    """Selectors of what stylesheets set in display type, and of what they set in that of text."""

    display: str
    text: str


@functools.cache
def _rules() -> _Rules:
    """Those of the theme: one for all sites, as a site's own styles are not known here."""
    found: dict[str, list[str]] = {"display": [], "hei": []}
    for file in sorted(OWN.glob("*.css")):
        css = _COMMENT.sub("", file.read_text(encoding="utf-8"))
        for selectors, declarations in _RULE.findall(css):
            for name, rows in found.items():
                if re.search(rf"(?:^|[;\s])font(?:-family)?:[^;]*var\(--bb-{name}\)", declarations):
                    rows.append(_WHERE.sub(r"\1", selectors.strip()))
    return _Rules(",".join(found["display"]), ",".join(found["hei"]))


def in_display_type(page: LexborHTMLParser) -> str:
    """All that a page, or a part of one, shows in display type, now or by its script."""
    rules = _rules()
    others = {node.mem_id for node in page.css(rules.text)}
    shown = [node for node in page.css(rules.display) if node.mem_id not in others]
    return "".join(text for node in shown for text in _texts(node, others))


def _texts(node: LexborNode, others: set[int]) -> Iterator[str]:
    yield node.attributes.get("data-otherwise") or ""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text()
        elif child.mem_id not in others:
            yield from _texts(child, others)


def face(texts: Iterable[str], kept: Path) -> Path:
    """The file of a face with the characters of `texts`: WOFF2, the same bytes for the same ones.

    `kept` is a site's `home`, where it is kept. Raises FontsUnusable if there is no such face.
    """
    characters = "".join(sorted(set("".join(texts).translate(_LINE_ENDS))))
    heavy = display_face()
    cache = Cache(kept / "faces", _RECIPE)
    key = cache.key(heavy.sha256, version("fonttools"), version("brotli"), characters)
    entry = cache.get(key) or cache.put(key, {".woff2": _subset(heavy.file, characters)})
    return entry.files[".woff2"]


def whole() -> Path:
    """The whole face, for a preview that is served: nobody knows what is typed next.

    It is no WOFF2, but browsers go by what a file holds.
    """
    return display_face().file


def _subset(file: Path, characters: str) -> bytes:
    from fontTools import subset  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415

    options = subset.Options(
        bidi_closure=False,
        drop_tables=["BASE", "STAT", "vhea", "vmtx"],
        hinting=False,
        layout_features=["ccmp", "halt", "kern", "liga", "locl", "mark", "palt"],
    )
    with TTFont(file, lazy=True, recalcTimestamp=False) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        made = io.BytesIO()
        font.save(made)
    return made.getvalue()
