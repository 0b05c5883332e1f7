"""What pages, stylesheets and scripts refer to, and whether browsers load it unasked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True, slots=True)
class Reference:
    """An address as it is written, and whether a browser loads it on its own."""

    address: str
    loads: bool


_LINKS = {("a", "href"), ("area", "href"), ("blockquote", "cite"), ("q", "cite")}
"""Followed only when a reader asks; every other address is loaded or sent something."""
_ADDRESSES = ("href", "src", "data", "poster", "action", "formaction", "background", "cite", "ping",
              "xlink:href", "manifest", "codebase", "data-face")  # fmt: skip
_SELECTOR = ",".join(f"[{name.replace(':', chr(92) + ':')}]" for name in _ADDRESSES)
_PAINTS = ("style", "fill", "stroke", "filter", "mask", "clip-path", "marker-start", "marker-mid",
           "marker-end", "cursor")  # fmt: skip
"""Attributes that hold what a stylesheet could."""
_MOVES = {"animate", "set"}
"""Elements of SVG that can give another an address."""
_LOOKED_AT = ",".join([
    _SELECTOR, *(f"[{name}]" for name in (*_PAINTS, "srcset", "imagesrcset", "srcdoc")),
    *_MOVES, "style", "script", "meta",
])  # fmt: skip
_HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
_KEPT_ESCAPED = set("\"'()\\")
_DATA_TYPES = {"application/json", "application/ld+json"}

_CSS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]*))"""
    r"""|@import\s*(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)
_IMAGE_SET = re.compile(r"image-set\(((?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
_CSS_NAMING = re.compile(r"[(@\\]")
"""One of these stands wherever a stylesheet names an address; in most colours none does."""
_CSS_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\([^\n0-9a-f])", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCRIPT = re.compile(r"""["'`](?:https?:|wss?:|ftp:)?(?:/|\\/){2}[^\s"'`<>\\]+""", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"\s*window\.\w+\s*=\s*(.*?);?\s*\Z", re.DOTALL)

_NEVER_LOADED = (
    "https://unpkg.com/mermaid@",
    "https://unpkg.com/resize-observer-polyfill",
    "https://api.github.com/",
    "https://${",
)
"""Material's bundle names these for diagrams, source repositories and browsers of before 2020;
our pages have no diagram and no repository, and the servers' policy forbids them besides."""


def in_page(page: LexborHTMLParser) -> Iterator[Reference]:
    """Every address in a page, those in its styles and scripts included."""
    for element in page.css(_LOOKED_AT):
        yield from _in_element(element)
    if _HANDLER.search(page.html or ""):  # perhaps; a look at every attribute takes its time
        for element in page.css("*"):
            for name, value in element.attributes.items():
                if name.startswith("on"):
                    yield from in_script(value or "")


def _in_element(element: LexborNode) -> Iterator[Reference]:
    tag = element.tag
    attributes = element.attributes
    if tag == "meta":
        if (attributes.get("http-equiv") or "").lower() == "refresh":
            yield Reference(attributes.get("content") or "", loads=True)  # leads nowhere we know
        return
    yield from _in_attributes(tag, attributes)
    for name in _PAINTS:
        if paint := attributes.get(name):
            yield from in_stylesheet(paint)
    if tag == "style":
        yield from in_stylesheet(element.text())
    elif tag == "script" and attributes.get("type") not in _DATA_TYPES:
        yield from in_script(element.text())


def _in_attributes(tag: str | None, attributes: Mapping[str, str | None]) -> Iterator[Reference]:
    for name in _ADDRESSES:
        if address := attributes.get(name):
            named = tag == "link" and attributes.get("rel") == "canonical"
            yield Reference(address, loads=not named and (tag, name) not in _LINKS)
    if inner := attributes.get("srcdoc"):
        yield from in_page(LexborHTMLParser(inner))
    if tag in _MOVES:
        yield Reference(attributes.get("to") or attributes.get("values") or "", loads=True)
    sets = f"{attributes.get('srcset') or ''},{attributes.get('imagesrcset') or ''}"
    for candidate in filter(str.strip, sets.split(",")):
        yield Reference(candidate.split()[0], loads=True)


def in_stylesheet(css: str) -> Iterator[Reference]:
    """Every address in a stylesheet; all of them are loaded."""
    if not _CSS_NAMING.search(css):
        return
    css = _CSS_ESCAPE.sub(_unescaped, _CSS_COMMENT.sub("", css))
    sets = " ".join(match[1] for match in _IMAGE_SET.finditer(css))
    for match in (*_CSS.finditer(css), *_QUOTED.finditer(sets)):
        address = next((group for group in match.groups() if group is not None), "")
        if address and not address.startswith("#"):
            yield Reference(address, loads=True)


def _unescaped(escape: re.Match[str]) -> str:
    """The character that a CSS escape stands for; a quote or bracket keeps its escape."""
    code = int(escape[1], 16) if escape[1] else ord(escape[2])
    character = chr(code) if 0 < code < 0x110000 else ""
    return escape[0] if character in _KEPT_ESCAPED else character


def in_script(script: str) -> Iterator[Reference]:
    """Addresses elsewhere that a script holds; it cannot be told whether it loads them."""
    if is_data(script):
        return
    for match in _SCRIPT.finditer(script):
        address = match.group()[1:].replace("\\", "")
        if not address.startswith(_NEVER_LOADED):
            yield Reference(address, loads=True)


def is_data(script: str) -> bool:
    """Whether a script does nothing but set one name to a value in JSON, which loads nothing."""
    assigned = _ASSIGNMENT.match(script)
    try:
        return bool(assigned and json.loads(assigned[1]) is not None)
    except ValueError:
        return False
