"""The forms that a write-up goes out in, each declared once: its files, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from boards.packs.content import PackContent
from boards.packs.page import to_html
from boards.packs.paper import to_pdf
from boards.packs.wechat import to_wechat
from boards.packs.word import to_docx
from boards.typst.engine import Typesetter


@dataclass(frozen=True, slots=True)
class Formed:
    """A write-up in one form."""

    files: Mapping[str, bytes]
    """By their names in the pack."""
    notes: tuple[str, ...] = ()
    """What whoever gives it on should know, in words."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form."""

    make: Callable[[PackContent, Typesetter], Formed]
    ending: str = ""
    """Of its only file, which is named after the write-up; empty if there are several."""
    label: str = ""
    """What readers of the site, who are offered that file by itself, know it as."""


def _file(ending: str, label: str, made: Callable[[PackContent, Typesetter], bytes]) -> Form:
    def make(content: PackContent, setter: Typesetter) -> Formed:
        return Formed({f"{content.shared.key}{ending}": made(content, setter)})

    return Form(make, ending, label)


def _article(content: PackContent, _: Typesetter) -> Formed:
    """For WeChat's editor: its pictures stand beside it."""
    article = to_wechat(content)
    files = {
        "article.html": article.html,
        "title-and-summary.txt": f"{article.title}\n\n{article.summary}\n".encode(),
        **content.pictures,
    }
    return Formed({f"wechat/{name}": file for name, file in files.items()}, article.notes)


FORMS = (
    _file(".docx", "Word", lambda content, _: to_docx(content)),
    _file(".pdf", "PDF", to_pdf),
    _file(".html", "网页", lambda content, _: to_html(content)),
    Form(_article),
)
"""In the order in which they are offered."""
