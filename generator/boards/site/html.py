"""Pages to HTML: one template each, escaped by default, failing on any name it does not know."""

from __future__ import annotations

import hashlib

from boards.templates import templates
from boards.views import Page
from boards.views.exchange import FeedView
from boards.views.screen import ScreenView
from boards.words.lines import kept_lines

SCREEN = "screen.html"
SCREEN_VERSION = "assets/screen-version.js"


def render(page: Page) -> str:
    """A page's article, without the shell around it.

    Links inside are relative, so a site works from any folder.
    """
    template = templates("pages").get_template(page.template)
    return template.render(page=page, view=page.view, base="../" * page.url.count("/"))


def render_screen(view: ScreenView) -> tuple[str, str]:
    """The big screen's whole document, and the script by which a running one learns of a newer."""
    template = templates("pages").get_template(SCREEN)
    content = kept_lines(template.render(view=view, base="", version=""))
    version = hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]
    script = f'window.boardsScreenVersion = "{version}";\n'
    return kept_lines(template.render(view=view, base="", version=version)), script


def render_feed(view: FeedView) -> str:
    """The Atom feed."""
    return templates("pages").get_template("feed.xml").render(view=view)
