"""A write-up as a WeChat article: what the account's editor takes by copy and paste."""

from __future__ import annotations

import re
from dataclasses import dataclass

from boards.colours import colours
from boards.packs.content import PackContent
from boards.packs.view import write_up
from boards.templates import templates
from boards.words.lines import kept_lines
from boards.words.text import to_plain

TEMPLATE = "wechat.html"
TITLE_LIMIT = 64
"""Characters of a title that the editor of a public account takes."""
SUMMARY_LIMIT = 120
"""Characters of a summary (摘要) that it takes."""

_STRONG_PAUSE = re.compile(r"[。！？；!?;]")
_PAUSE = re.compile(r"[，：、,: ）)》”]|——")


@dataclass(frozen=True, slots=True)
class WeChat:
    """An article: what goes into the editor's title, summary and text."""

    title: str
    summary: str
    html: bytes
    """A document to open and copy; its pictures stand beside it as images/1.jpg and so on."""
    notes: tuple[str, ...]
    """What whoever publishes it should know, in words."""


def to_wechat(content: PackContent) -> WeChat:
    """The article with styles on each element, as the editor drops style sheets, classes and ids.

    Links become words: in an article they lead nowhere but to other articles. Raises KeyError for
    a figure whose picture is not in `content`.
    """
    shared = content.shared
    view = write_up(content, {name: name for name in content.pictures})
    document = templates("packs").get_template(TEMPLATE).render(view=view, colours=colours())
    html, links = _inlined(kept_lines(document))
    plain = to_plain(shared.summary).replace("\n", "")
    title, summary = shorten(shared.title, TITLE_LIMIT), shorten(plain, SUMMARY_LIMIT)
    notes = [
        f"{name}有 {len(whole)} 个字，超过公众号的 {limit} 个字，截成了“{short}”"
        for name, whole, short, limit in (
            ("标题", shared.title, title, TITLE_LIMIT),
            ("摘要", plain, summary, SUMMARY_LIMIT),
        )
        if short != whole
    ]
    if links:
        notes.append(f"正文里有 {links} 处网址链接，公众号文章里点不开，只留下了文字")
    if shared.source and shared.source.url:
        notes.append(f"出处的网址可以填进“阅读原文”：{shared.source.url}")
    return WeChat(title, summary, html, tuple(notes))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut after a sentence, else at a pause, and … for the rest."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    for pauses in (_STRONG_PAUSE, _PAUSE):
        ends = [pause.end() for pause in pauses.finditer(head)]
        if ends and ends[-1] >= limit // 2:
            head = head[: ends[-1]]
            break
    return head.rstrip("，：、,: ；;—") + "…"


def _inlined(document: str) -> tuple[bytes, int]:
    """The document with its style sheet spread over its elements, and how many links it had."""
    import css_inline  # noqa: PLC0415 - heavy
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    tree = LexborHTMLParser(inliner.inline(document))
    for node in tree.css("[class], [id]"):
        for name in ("class", "id"):
            if name in node.attributes:
                del node.attrs[name]
    links = len(tree.css("a"))
    tree.unwrap_tags(["a"])
    return f"{tree.html}\n".encode(), links
