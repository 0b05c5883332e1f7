"""What pages, stylesheets and scripts refer to, and whether browsers load it unasked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
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
              "xlink:href")  # fmt: skip
_SELECTOR = ",".join(f"[{name.replace(':', chr(92) + ':')}]" for name in _ADDRESSES)
_DATA_TYPES = {"application/json", "application/ld+json"}

_CSS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]*))"""
    r"""|@import\s*(?:"([^"]*)"|'([^']*)')"""
    r"""|image-set\(\s*(?:"([^"]*)"|'([^']*)')"""
)
_SCRIPT = re.compile(r"""["'`](?:https?:|wss?:|ftp:)?//[^\s"'`<>\\]+""")
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
    for element in page.css(f"{_SELECTOR},[srcset],[imagesrcset],[style],style,script,meta"):
        yield from _in_element(element)


def _in_element(element: LexborNode) -> Iterator[Reference]:
    tag = element.tag
    attributes = element.attributes
    if tag == "meta":
        if (attributes.get("http-equiv") or "").lower() == "refresh":
            yield Reference(attributes.get("content") or "", loads=True)  # leads nowhere we know
        return
    for name in _ADDRESSES:
        if address := attributes.get(name):
            named = tag == "link" and attributes.get("rel") == "canonical"
            yield Reference(address, loads=not named and (tag, name) not in _LINKS)
    sets = f"{attributes.get('srcset') or ''},{attributes.get('imagesrcset') or ''}"
    for candidate in filter(str.strip, sets.split(",")):
        yield Reference(candidate.split()[0], loads=True)
    yield from in_stylesheet(attributes.get("style") or "")
    if tag == "style":
        yield from in_stylesheet(element.text())
    elif tag == "script" and attributes.get("type") not in _DATA_TYPES:
        yield from in_script(element.text())


def in_stylesheet(css: str) -> Iterator[Reference]:
    """Every address in a stylesheet; all of them are loaded."""
    for match in _CSS.finditer(css):
        address = next((group for group in match.groups() if group is not None), "")
        if address and not address.startswith("#"):
            yield Reference(address, loads=True)


def in_script(script: str) -> Iterator[Reference]:
    """Addresses elsewhere that a script holds; it cannot be told whether it loads them."""
    if is_data(script):
        return
    for match in _SCRIPT.finditer(script):
        address = match.group()[1:]
        if not address.startswith(_NEVER_LOADED):
            yield Reference(address, loads=True)


def is_data(script: str) -> bool:
    """Whether a script does nothing but set one name to a value in JSON, which loads nothing."""
    assigned = _ASSIGNMENT.match(script)
    try:
        return bool(assigned and json.loads(assigned[1]) is not None)
    except ValueError:
        return False
