"""Pages to HTML: one template each, escaped by default, failing on any name it does not know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from boards.lines import kept_lines
from boards.views import Page
from boards.views.exchange import FeedView
from boards.views.screen import ScreenView

SCREEN = "screen.html"
SCREEN_VERSION = "assets/screen-version.js"


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page and the HTML of its article, without the shell around it."""

    page: Page
    html: str


def render(pages: Iterable[Page]) -> Iterator[RenderedPage]:
    """Render each page; links inside are relative, so a site works from any folder."""
    environment = templates("pages")
    for page in pages:
        template = environment.get_template(page.template)
        base = "../" * page.url.count("/")
        yield RenderedPage(page, template.render(page=page, view=page.view, base=base))


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


def templates(folder: str) -> Environment:
    """The templates of one folder of the theme, under the rules that all of them share."""
    return Environment(
        loader=FileSystemLoader(str(files("boards_theme") / folder), encoding="utf-8"),
        auto_reload=False,  # a site of five hundred pages asks 18 000 times whether one is newer
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
