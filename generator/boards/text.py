"""Long text: Markdown to sanitised HTML, the only way hand-written markup reaches a page."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
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
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    body = LexborHTMLParser(str(to_html(markdown))).body
    lines = body.text(separator="\n", strip=True).split("\n") if body else []
    return "\n".join(line.strip() for line in lines if line.strip())


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
