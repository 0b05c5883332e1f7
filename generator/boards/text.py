"""Long text: Markdown to sanitised HTML, the only way hand-written markup reaches a page."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

_TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h2", "h3", "h4",
    "hr", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "th": {"align"}}

_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2026"
_BROKEN_LINE = re.compile(rf"(?<=[{_WIDE}])\n[ \u3000]*(?=[{_WIDE}])")
_INDENT = re.compile(r"^[\u3000\u00a0]+", re.MULTILINE)


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


def to_prose(markdown: str) -> Prose:
    """Render Markdown and keep only harmless elements; images come from records, not from text."""
    import nh3  # noqa: PLC0415 - heavy, and `boards check` does without

    converter = _converter()
    try:
        html = converter.reset().convert(_tidy(markdown))
    except RecursionError:  # lists or quotes inside each other by the hundred
        _converter.cache_clear()
        html, converter = str(escape(markdown)), _converter()
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None
    )
    headings = tuple(
        Heading(token["level"], token["id"], token["name"])
        for token in _flatten(converter.toc_tokens)
    )
    return Prose(Markup(clean), headings)


def to_html(markdown: str | None) -> Markup:
    """The HTML alone; nothing for nothing."""
    return to_prose(markdown).html if markdown else Markup()


def to_plain(markdown: str) -> str:
    """The words alone, a paragraph a line."""
    return "\n".join(block.text.strip() for block in to_blocks(markdown))


def to_blocks(markdown: str) -> tuple[Block, ...]:
    """The same text as a neutral tree, for surfaces that are not HTML: posters, Word."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    body = LexborHTMLParser(str(to_html(markdown))).body
    return tuple(_blocks(body)) if body else ()


_HEADINGS = {"h2": 2, "h3": 3, "h4": 4}
_STRONG = {"strong", "th", "dt"}
_LEAVES = {"p", "td", "th", "dt", "dd", "pre", *_HEADINGS}
_LISTS = {"ul", "ol"}


def _blocks(parent: Any, kind: str = "paragraph") -> Iterator[Block]:
    """Blocks of an element; text that stands in it directly is a block of its own."""
    loose: list[Run] = []
    number = 0
    for node in parent.iter(include_text=True):
        if node.tag in _LISTS or node.tag in _LEAVES or node.tag in _CONTAINERS:
            yield from _block(loose, kind)
            loose = []
        if node.tag == "li":
            number += 1
            inside = "number" if parent.tag == "ol" else "bullet"
            for at, block in enumerate(_blocks(node, inside)):
                first = at == 0 and block.kind == inside
                yield replace(block, ordinal=number) if first else block
        elif node.tag in _LEAVES:
            level = _HEADINGS.get(node.tag, 0)
            strong = node.tag in _STRONG
            leaf = "heading" if level else kind
            yield from (replace(b, level=level) for b in _block(list(_runs(node, strong)), leaf))
        elif node.tag in _LISTS or node.tag in _CONTAINERS:
            yield from _blocks(node, kind)
        else:
            loose += _runs_of(node, strong=False)
    yield from _block(loose, kind)


_CONTAINERS = {"blockquote", "li", "table", "thead", "tbody", "tr", "dl"}


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
    elif node.tag == "br":
        yield Run(" ", strong)
    else:
        yield from _runs(node, strong or node.tag in _STRONG)


def _tidy(markdown: str) -> str:
    """Join Chinese lines without a space, and leave first-line indents to the theme."""
    return _BROKEN_LINE.sub("", _INDENT.sub("", markdown))


def _flatten(tokens: list[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _flatten(token["children"])


@functools.cache
def _converter() -> Any:
    import markdown  # noqa: PLC0415

    return markdown.Markdown(
        extensions=["tables", "sane_lists", "toc"],
        extension_configs={"toc": {"slugify": _slug, "toc_depth": "2-4"}},
        output_format="html",
    )


def _slug(title: str, separator: str) -> str:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", title).lower())
    return separator.join(words)
