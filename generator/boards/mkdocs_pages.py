"""Finished pages in MkDocs' hands: Python-Markdown never runs over them.

Record pages stay out of the navigation, which Material would render into every one of them, and
share one rendering of the shell a folder: 2000 of them took 8 s with Material's shell rendered for
each and take 1.5 s this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from boards import pages
from boards.views import Page


class RecordPage(MkDocsPage):
    """A page whose HTML is finished before MkDocs sees it."""

    def __init__(self, rendered: pages.RenderedPage, file: File, config: MkDocsConfig) -> None:
        self.rendered = rendered
        super().__init__(rendered.page.title, file, config)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' interface
        """Set what MkDocs would have read from a file."""
        page = self.rendered.page
        hidden = ["navigation", "toc"]
        self.markdown = ""
        self.meta = {"title": page.title, "description": page.description, "hide": hidden}

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Set what MkDocs would have rendered."""
        self.content = self.rendered.html

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Links are verified on the finished site, not here."""


_TITLE, _DESCRIPTION, _ADDRESS, _ARTICLE = (f"boards-shell-{n}" for n in "abcd")
_SENTINELS = re.compile(f"({_TITLE}|{_DESCRIPTION}|{_ADDRESS}|{_ARTICLE})")


class ShellPage(RecordPage):
    """Stands for all record pages of one folder: Material renders its shell once for them.

    Its title, description, address and article are sentinels; `fill` puts a page in their places.
    """

    def __init__(self, folder: str, found: list[Page], config: MkDocsConfig) -> None:
        self.found = found
        page = Page(f"{folder}{_ADDRESS}.html", _TITLE, _DESCRIPTION, "", None, "")
        file = virtual_file(page.url, config)
        super().__init__(pages.RenderedPage(page, _ARTICLE), file, config)

    def fill(self, shell: str) -> Iterator[tuple[str, str]]:
        """Address and whole HTML of each page; the shell is cut first, so no text is mistaken."""
        pieces = _SENTINELS.split(shell)
        for rendered in pages.render(self.found):
            page = rendered.page
            values = {
                _TITLE: escape(page.title),
                _DESCRIPTION: escape(page.description),
                _ADDRESS: PurePosixPath(page.url).stem,
                _ARTICLE: rendered.html,
            }
            yield page.url, "".join(str(values.get(piece, piece)) for piece in pieces)


def virtual_file(url: str, config: MkDocsConfig) -> File:
    """A file of MkDocs' that exists only in memory, outside the navigation."""
    source = url.removesuffix(".html") + ".md"
    return File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
