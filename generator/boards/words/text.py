"""Long text to sanitised HTML, the only way hand-written markup reaches a page, and to blocks."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from boards.words.lines import kept_lines

_TAGS = {"a", "h2", "h3", "h4", "li", "ol", "p", "strong", "ul"}
_ATTRIBUTES = {"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "li": {"value"}}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a long text, for its table of contents."""

    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A long text ready for a page."""

    html: Markup
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a block that look alike."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item."""

    kind: str
    """paragraph, heading, bullet or number."""
    runs: tuple[Run, ...]
    level: int = 0
    """2 to 4 on headings."""
    ordinal: int = 0
    """Which item of its list it opens; 0 on what follows in the same item."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


_REMEMBERED = 2**13
"""Texts that are not rendered again; fifty people write a quarter of that in twenty years."""


@functools.lru_cache(_REMEMBERED)
def to_prose(markdown: str) -> Prose:
    """Render Markdown and keep only harmless elements; images come from records, not from text."""
    html, headings = _clean(markdown)
    return Prose(Markup(kept_lines(html)), headings)


@functools.lru_cache(_REMEMBERED)
def _clean(markdown: str) -> tuple[str, tuple[Heading, ...]]:
    import nh3  # noqa: PLC0415 - heavy, and `boards check` does without

    with _ONE_AT_A_TIME:
        converter = _converter()
        made = converter.reset().convert(markdown)
        headings = tuple(Heading(*title) for title in converter.titles)
    html = nh3.clean(
        made, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None
    )
    return html, headings


def to_html(markdown: str | None) -> Markup:
    """The HTML alone; nothing for nothing."""
    return to_prose(markdown).html if markdown else Markup()


def to_plain(markdown: str) -> str:
    """The words alone, a paragraph a line; items keep their numbers."""
    return "\n".join(
        f"{block.ordinal}. {block.text.strip()}"
        if block.kind == "number" and block.ordinal
        else block.text.strip()
        for block in to_blocks(markdown)
    )


@functools.lru_cache(_REMEMBERED)
def to_blocks(markdown: str) -> tuple[Block, ...]:
    """The same text as a neutral tree, for surfaces that are not HTML: posters, Word."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    body = LexborHTMLParser(_clean(markdown)[0]).body
    return tuple(_blocks(body)) if body else ()


_HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
_LISTS = {"ul": "bullet", "ol": "number"}


def _blocks(parent: Any, kind: str = "paragraph") -> Iterator[Block]:
    """Blocks of an element; text that stands in it directly is a block of its own."""
    loose: list[Run] = []
    for node in parent.iter(include_text=True):
        if not (level := _HEADINGS.get(node.tag, 0)) and node.tag not in {"p", *_LISTS}:
            loose += _runs_of(node, strong=False)
            continue
        yield from _block(loose, kind)
        loose = []
        if node.tag in _LISTS:
            for item in node.iter():
                yield from _item(item, _LISTS[node.tag])
        else:
            runs = list(_runs(node, strong=False))
            yield from (
                replace(block, level=level) for block in _block(runs, "heading" if level else kind)
            )
    yield from _block(loose, kind)


def _item(item: Any, kind: str) -> Iterator[Block]:
    """What stands in an item of a list; its first words follow its number."""
    number = int(item.attributes.get("value") or 1)
    for at, block in enumerate(_blocks(item, kind)):
        yield replace(block, ordinal=number) if at == 0 else block


def _block(runs: list[Run], kind: str) -> Iterator[Block]:
    tidy = [replace(run, text=re.sub(r"\s*\n\s*", " ", run.text)) for run in runs]
    if "".join(run.text for run in tidy).strip():
        yield Block(kind, tuple(run for run in tidy if run.text))


def _runs(node: Any, strong: bool) -> Iterator[Run]:
    for child in node.iter(include_text=True):
        yield from _runs_of(child, strong)


def _runs_of(node: Any, strong: bool) -> Iterator[Run]:
    if node.tag == "-text":
        yield Run(node.text(deep=False), strong)
    else:
        yield from _runs(node, strong or node.tag == "strong")


_ONE_AT_A_TIME = threading.Lock()
"""The converter notes headings in itself, and posters are made beside pages."""


@functools.cache
def _converter() -> Any:
    from boards.words.converter import Dialect  # noqa: PLC0415 - heavy

    return Dialect()
