"""The MkDocs plugin: hands MkDocs finished pages, and keeps everything else out.

MkDocs gives the shell (Material's header, navigation, footer) and serves the preview. It is known
to this file, `mkdocs_pages` and `site` alone, because the core has to outlive it.
"""

from __future__ import annotations

import datetime
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material's advertisement on import

from mkdocs.config import base as config_base
from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from boards import pages, search
from boards.board import Board
from boards.check import check_folders
from boards.editions import Edition, EditionName, build_date, prepare
from boards.errors import BoardError, Problem, errors_in
from boards.media import Rendition, photos, picture
from boards.mkdocs_pages import RecordPage, ShellPage, headings_of, virtual_file
from boards.salvage import salvage
from boards.views import Page, all_pages
from boards.views.common import day
from boards.views.problems import problems_page
from boards.views.screen import ScreenView, screen_view

log = logging.getLogger("mkdocs.plugins.boards")

_DROPPED_ASSETS = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "assets/images/")
"""Material's own search, its logo and favicon: none of our pages uses them."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What the page shell may see besides MkDocs' own context."""

    brand: str
    owner: str
    updated: str
    preview: bool
    faults: int = 0
    """How many faults the page problems.html lists; only a preview is ever built with any."""


class BoardsConfig(config_base.Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say to the plugin."""

    data_dir = config_options.Dir(default="data", exists=True)  # `data` is taken by MkDocs itself
    date = config_options.Optional(config_options.Type((str, datetime.date)))


class BoardsPlugin(BasePlugin[BoardsConfig]):  # type: ignore[no-untyped-call]
    """Turns the branch's records into the pages of a MkDocs site."""

    def __init__(self) -> None:
        self.edition = Edition(EditionName.PREVIEW, build_date())
        self.prepared: Board | None = None
        self.serving = False
        self._photos: list[Rendition] = []
        self._screen: ScreenView | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Remember whether faults should be shown as a page (serve) or stop the build."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep out what would need a network or an address."""
        config.theme.static_templates -= {"sitemap.xml"}  # for search engines; there are none here
        if not config.site_url:
            config.theme.static_templates -= {"404.html"}
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace whatever stands in docs_dir by the pages of the board."""
        found, shell = self._pages(config)
        config.extra["boards"] = shell
        kept = Files([file for file in files if _is_asset(file, config)])
        in_nav = set(_addresses(config.nav))
        alone = [page for page in found if page.url in in_nav or headings_of(page)]
        for rendered in pages.render(alone):
            file = virtual_file(rendered.page.url, config)
            kept.append(RecordPage(rendered, file, config).file)
        together: dict[str, list[Page]] = {}
        for page in found:
            if page not in alone:
                folder = page.url[: page.url.rfind("/") + 1]
                together.setdefault(folder, []).append(page)
        for folder, members in together.items():
            kept.append(ShellPage(folder, members, config).file)
        for photo in self._photos:
            kept.append(File.generated(config, photo.url, abs_src_path=str(photo.path)))
        if self._screen is not None:
            html = pages.render_screen(self._screen)
            version = pages.screen_version(html)
            kept.append(File.generated(config, pages.SCREEN, content=html))
            kept.append(File.generated(config, "assets/screen-version.js", content=version))
        index = search.script(search.entries(found))
        kept.append(File.generated(config, search.SCRIPT, content=index))
        return kept

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Write the pages of a folder into the shell that was rendered for them."""
        if not isinstance(page, ShellPage):
            return output
        for url, html in page.fill(output):
            target = Path(config.site_dir, url)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(html.encode("utf-8"))
        return ""

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:  # noqa: ARG002
        """Rebuild when a record changes, not only when content does."""
        server.watch(self.config.data_dir)
        return server

    def _pages(self, config: MkDocsConfig) -> tuple[list[Page], Shell]:
        if self.prepared is not None:
            return self._all(self.prepared)
        if self.config.date:
            self.edition = replace(self.edition, today=_day(self.config.date))
        folders = Path(self.config.data_dir), Path(config.docs_dir)
        board, problems = check_folders(*folders, self.edition.today)
        if errors_in(problems):
            return self._with_faults(board, problems)
        return self._all(prepare(board, self.edition)[0])

    def _all(self, board: Board) -> tuple[list[Page], Shell]:
        self._screen = screen_view(board, self.edition)
        pictures = {photo.file: picture(board, photo) for _, _, photo in photos(board)}
        self._photos = [size for shown in pictures.values() for size in (shown.small, shown.large)]
        return all_pages(board, self.edition), _shell(board, self.edition)

    def _with_faults(self, board: Board, problems: list[Problem]) -> tuple[list[Page], Shell]:
        """In a preview, show what can be shown and the faults first; otherwise stop."""
        if not self.serving:
            raise PluginError("\n" + str(BoardError(errors_in(problems))))
        for problem in errors_in(problems):
            log.error(problem.as_text())
        faults = problems_page(errors_in(problems))
        whole = salvage(board, self.edition)
        if whole is None:
            return [faults], Shell("支部展板", "", day(self.edition.today), preview=True)
        found, shell = self._all(whole)
        shown = [replace(faults, url="problems.html"), *found]
        return shown, replace(shell, faults=len(errors_in(problems)))


def _day(typed: object) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(typed))
    except ValueError as error:
        raise PluginError(f"mkdocs.yml 里的 date“{typed}”要写成 2026-11-23 的样子") from error


def _shell(board: Board, edition: Edition) -> Shell:
    branch = board.branch
    return Shell(
        brand=branch.brand,
        owner=f"{branch.group}{branch.mine} {branch.name}",
        updated=day(edition.today),
        preview=edition.name is EditionName.PREVIEW,
    )


def _is_asset(file: File, config: MkDocsConfig) -> bool:
    """Only the theme's own assets that our pages use; never anything lying about in content/."""
    from_content = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
    wanted = file.src_uri.startswith("assets/") and not file.src_uri.startswith(_DROPPED_ASSETS)
    return wanted and not from_content and not file.src_uri.endswith(".map")


def _addresses(nav: Any) -> Iterator[str]:
    """The addresses of the pages that mkdocs.yml lists."""
    if isinstance(nav, str):
        yield nav.removesuffix(".md") + ".html"
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _addresses(value)
    elif isinstance(nav, list):
        for item in nav:
            yield from _addresses(item)
