"""Pages to HTML: one template each, escaped by default, failing on any name it does not know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from boards.views import Page
from boards.views.screen import ScreenView

SCREEN = "screen.html"
SCREEN_VERSION = "boards-screen-version"
"""Stands in the screen's document until what it is the version of is known."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page and the HTML of its article, without the shell around it."""

    page: Page
    html: str


def render(pages: list[Page]) -> Iterator[RenderedPage]:
    """Render each page; links inside are relative, so a site works from any folder."""
    environment = _environment()
    for page in pages:
        template = environment.get_template(page.template)
        base = "../" * page.url.count("/")
        yield RenderedPage(page, template.render(page=page, view=page.view, base=base))


def render_screen(view: ScreenView) -> str:
    """The whole document of the big screen; it needs nothing of the site's shell."""
    html = _environment().get_template("screen.html").render(view=view, base="")
    version = hashlib.sha256(html.encode("utf-8")).hexdigest()[:12]
    return html.replace(SCREEN_VERSION, version)


def screen_version(html: str) -> str:
    """A script by which a running screen learns that a new one has been published."""
    found = re.search(r'data-version="(\w+)"', html)
    assert found
    return f'window.boardsScreenVersion = "{found.group(1)}";\n'


def _environment() -> Environment:
    folder = str(files("boards_theme") / "pages")
    return Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
