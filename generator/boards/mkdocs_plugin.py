"""The only file that knows MkDocs: hands it finished pages, and keeps everything else out.

MkDocs gives the shell (Material's header, navigation, footer) and serves the preview. Record
pages arrive as finished HTML, so Python-Markdown never runs over them; they stay out of the
navigation, which Material would otherwise render into every page.
"""

from __future__ import annotations

import datetime
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material's advertisement on import

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import base as config_base
from mkdocs.config import config_options, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from boards import pages, search
from boards.board import Board
from boards.editions import Edition, EditionName, build_date, prepare
from boards.errors import BoardError, Problem, errors_in
from boards.load import load
from boards.rules import check
from boards.salvage import salvage
from boards.text import Heading
from boards.views import Page, all_pages
from boards.views.common import day
from boards.views.problems import problems_page

log = logging.getLogger("mkdocs.plugins.boards")

_DROPPED_ASSETS = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "assets/images/")
_DROPPED_ENDINGS = (".map",)


@dataclass(frozen=True, slots=True)
class Shell:
    """What the page shell may see besides MkDocs' own context."""

    brand: str
    owner: str
    updated: str
    preview: bool
    faults: int = 0
    """How many faults the page problems.html lists; only a preview is ever built with any."""


class RecordPage(MkDocsPage):
    """A page whose HTML is finished before MkDocs sees it."""

    def __init__(self, rendered: pages.RenderedPage, file: File, config: MkDocsConfig) -> None:
        self.rendered = rendered
        super().__init__(rendered.page.title, file, config)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' interface
        """Set what MkDocs would have read from a file."""
        page = self.rendered.page
        headings: tuple[Heading, ...] = getattr(page.view, "headings", ())
        self.markdown = ""
        self.meta = {
            "title": page.title,
            "description": page.description,
            "hide": ["navigation"] if headings else ["navigation", "toc"],
        }
        self.toc = TableOfContents(_nested(headings))

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Set what MkDocs would have rendered."""
        self.content = self.rendered.html

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Links are verified on the finished site, not here."""


def _nested(headings: Iterable[Heading]) -> list[AnchorLink]:
    roots: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(heading.title, heading.anchor, heading.level)
        if heading.level > 2 and roots:
            roots[-1].children.append(link)
        else:
            roots.append(link)
    return roots


class BoardsConfig(config_base.Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may say to the plugin."""

    data_dir = config_options.Dir(default="data", exists=True)  # `data` is taken by MkDocs itself
    date = config_options.Optional(config_options.Type(str))


class BoardsPlugin(BasePlugin[BoardsConfig]):  # type: ignore[no-untyped-call]
    """Turns the branch's records into the pages of a MkDocs site."""

    def __init__(self) -> None:
        self.edition = Edition(EditionName.PREVIEW, build_date())
        self.prepared: Board | None = None
        self.serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Remember whether faults should be shown as a page (serve) or stop the build."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep out what would need a network or an address."""
        if not config.site_url:
            config.theme.static_templates -= {"404.html", "sitemap.xml"}
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace whatever stands in docs_dir by the pages of the board."""
        found, shell = self._pages(config)
        config.extra["boards"] = shell
        kept = Files([file for file in files if _is_asset(file, config)])
        for rendered in pages.render(found):
            kept.append(_record_file(rendered, config))
        index = search.script(search.entries(found))
        kept.append(File.generated(config, search.SCRIPT, content=index))
        return kept

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:  # noqa: ARG002
        """Rebuild when a record changes, not only when content does."""
        server.watch(self.config.data_dir)
        return server

    def _pages(self, config: MkDocsConfig) -> tuple[list[Page], Shell]:
        if self.prepared is not None:
            return self._all(self.prepared)
        if self.config.date:
            today = datetime.date.fromisoformat(self.config.date)
            self.edition = replace(self.edition, today=today)
        board, problems = load(Path(self.config.data_dir), Path(config.docs_dir))
        problems += check(board, self.edition.today)
        if errors_in(problems):
            return self._with_faults(board, problems)
        return self._all(prepare(board, self.edition)[0])

    def _all(self, board: Board) -> tuple[list[Page], Shell]:
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


def _shell(board: Board, edition: Edition) -> Shell:
    branch = board.branch
    return Shell(
        brand=branch.brand,
        owner=f"{branch.group}{branch.mine} {branch.name}",
        updated=day(edition.today),
        preview=edition.name is EditionName.PREVIEW,
    )


def _is_asset(file: File, config: MkDocsConfig) -> bool:
    """Only the theme's own files that our pages use; never anything lying about in content/."""
    from_content = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
    unused = file.src_uri.startswith(_DROPPED_ASSETS) or file.src_uri.endswith(_DROPPED_ENDINGS)
    return not from_content and not unused


def _record_file(rendered: pages.RenderedPage, config: MkDocsConfig) -> File:
    source = rendered.page.url.removesuffix(".html") + ".md"
    file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    RecordPage(rendered, file, config)
    return file


def render_site(config_file: Path, board: Board, edition: Edition, target: Path) -> None:
    """Render a prepared board into `target`; any warning of MkDocs is an error.

    Raises BuildFailed with what MkDocs had to say.
    """
    messages = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        config = load_config(str(config_file), site_dir=str(target), strict=True)
        plugin = config.plugins["boards"]
        assert isinstance(plugin, BoardsPlugin)
        plugin.edition, plugin.prepared = edition, board
        mkdocs_build(config)
    except Abort as error:
        raise BuildFailed("\n".join(messages.lines)) from error
    finally:
        logger.removeHandler(messages)


def serve_site(config_file: Path, port: int) -> None:
    """Serve the preview on this machine, rebuilding when a file changes, until interrupted."""
    from mkdocs.commands.serve import serve  # noqa: PLC0415

    serve(str(config_file), dev_addr=f"127.0.0.1:{port}")


class BuildFailed(Exception):
    """MkDocs could not build the site, or warned; the message says why."""


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
