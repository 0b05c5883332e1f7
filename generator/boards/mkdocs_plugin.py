"""The MkDocs plugin: hands MkDocs finished pages, and keeps everything else out.

MkDocs gives the shell (Material's header, navigation, footer) and serves the preview. It is known
to this file, `mkdocs_pages` and `site` alone, because the core has to outlive it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material's advertisement on import

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from boards import pages, search
from boards.check import check_folders
from boards.editions import Edition, EditionName, build_date, prepare
from boards.errors import BoardError, errors_in
from boards.making import makings
from boards.media import Rendition
from boards.mkdocs_pages import RecordPage, ShellPage, virtual_file
from boards.output import MARKER, OURS, RefusedTarget, require_ours
from boards.packs.keys import KeyFault
from boards.posters.fonts import FontsUnusable
from boards.posters.typesetting import NotSet
from boards.releases.manifest import MANIFEST
from boards.salvage import salvage
from boards.views import Page
from boards.views.exchange import DATA, FEED, PackFile
from boards.views.posters.room import PosterFile
from boards.views.site import Makings, Site, faulty_site, whole_site

log = logging.getLogger("mkdocs.plugins.boards")

_DROPPED_ASSETS = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "assets/images/")
"""Material's own search, its logo and favicon: none of our pages uses them."""


class BoardsPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Turns the branch's records into the pages of a MkDocs site."""

    def __init__(self) -> None:
        self.prepared: Site | None = None
        """The site to render, when somebody has already made it (see `site.render_site`)."""
        self.expected: frozenset[str] = frozenset()
        """The addresses of all files that the site consists of, known before they are written."""
        self.serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Remember whether faults should be shown as a page (serve) or stop the build."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep out what would need a network or an address."""
        config.use_directory_urls = False  # links must open from a folder
        config.theme.static_templates -= {"sitemap.xml"}  # for search engines; there are none here
        if not config.site_url:
            config.theme.static_templates -= {"404.html"}
        if self.prepared is None and not self.serving:
            _require_preview(Path(config.site_dir))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace whatever stands in docs_dir by the pages of the board."""
        site = self.prepared or self._read(config)
        config.extra["boards"] = site.shell
        assets = [file for file in files if _is_asset(file, config)]
        kept = Files(assets)
        if site.screen is None:
            config.nav = None  # nothing but the faults can be shown
        named = dict(_entries(config.nav))
        site = _called(site, named)
        in_nav = {"index.html", *named}
        alone = [page for page in site.pages if page.url in in_nav]
        for rendered in pages.render(alone):
            file = virtual_file(rendered.page.url, config)
            kept.append(RecordPage(rendered, file, config).file)
        together: dict[str, list[Page]] = {}
        for page in site.pages:
            if page.url not in in_nav:
                folder = page.url[: page.url.rfind("/") + 1]
                together.setdefault(folder, []).append(page)
        for folder, members in together.items():
            kept.append(ShellPage(folder, members, config).file)
        made: list[Rendition | PosterFile | PackFile] = [
            *site.photos,
            *site.posters,
            *site.packs,
        ]
        for ready in made:
            kept.append(File.generated(config, ready.url, abs_src_path=str(ready.path)))
        scripts = _scripts(site)
        for url, content in scripts.items():
            kept.append(File.generated(config, url, content=content))
        self.expected = frozenset(
            [file.dest_uri for file in assets]
            + [item.url for item in (*site.pages, *made)]
            + [*scripts, *config.theme.static_templates]
        )
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

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Mark the preview as ours, so that the next one may take its place."""
        if self.prepared is None:
            (Path(config.site_dir) / MARKER).write_text(OURS, encoding="utf-8")

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:  # noqa: ARG002
        """Rebuild when a record changes, not only when content does."""
        server.watch(str(_data(config)))
        return server

    def _read(self, config: MkDocsConfig) -> Site:
        """The preview of what stands in the folders now, faults and all."""
        edition = Edition(EditionName.PREVIEW, build_date())
        board, problems = check_folders(_data(config), Path(config.docs_dir), edition.today)
        errors = errors_in(problems)
        if not errors:
            try:
                made = makings(board, edition)
                return whole_site(prepare(board, edition)[0], edition, made)
            except BoardError as error:
                errors = error.problems
            except (FontsUnusable, NotSet, KeyFault) as error:
                raise PluginError(str(error)) from error
        if not self.serving:
            raise PluginError("\n" + str(BoardError(errors)))
        for problem in errors:
            log.error(problem.as_text())
        rest = salvage(board, edition)
        seen = whole_site(rest, edition, Makings()) if rest else None
        return faulty_site(errors, seen, edition.today)


def _require_preview(site_dir: Path) -> None:
    """MkDocs empties its target before it builds: that may only ever be a preview of ours."""
    try:
        require_ours(site_dir)
    except RefusedTarget as error:
        raise PluginError(f"mkdocs.yml 的 site_dir：{error}") from error
    if (site_dir / MANIFEST).is_file():
        raise PluginError(
            f"mkdocs.yml 的 site_dir 是正式的 {site_dir.name}，"
            "mkdocs 会先把它清空；改回 .preview，正式的网站用 boards build 生成"
        )


def _data(config: MkDocsConfig) -> Path:
    """The records, which always stand beside mkdocs.yml."""
    return Path(config.config_file_path).parent / "data"


def _scripts(site: Site) -> dict[str, str]:
    """What the site holds besides pages and photos, by address."""
    made = {search.SCRIPT: search.script(search.entries(site.pages))}
    if site.screen is not None:
        made[pages.SCREEN], made[pages.SCREEN_VERSION] = pages.render_screen(site.screen)
    if site.feed is not None and site.portal:
        made[FEED], made[DATA] = pages.render_feed(site.feed), site.portal
    return made


def _is_asset(file: File, config: MkDocsConfig) -> bool:
    """Only the theme's own assets that our pages use; never anything lying about in content/."""
    from_content = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
    wanted = file.src_uri.startswith("assets/") and not file.src_uri.startswith(_DROPPED_ASSETS)
    return wanted and not from_content and not file.src_uri.endswith(".map")


def _entries(nav: Any, title: str = "") -> Iterator[tuple[str, str]]:
    """The addresses of the pages that mkdocs.yml lists, and what it calls each, if anything."""
    if isinstance(nav, str):
        yield nav.removesuffix(".md") + ".html", title
    elif isinstance(nav, dict):
        for word, value in nav.items():
            yield from _entries(value, str(word))
    elif isinstance(nav, list):
        for item in nav:
            yield from _entries(item)


def _called(site: Site, named: Mapping[str, str]) -> Site:
    """The site with its pages called as in mkdocs.yml: in navigation, headings and search alike."""
    return replace(
        site,
        pages=tuple(
            replace(page, title=title) if (title := named.get(page.url)) else page
            for page in site.pages
        ),
    )
