"""MkDocs and Material, which draw the shell and serve the preview. No other file imports them.

They are asked for shells only (`draw`). `mkdocs build` and `mkdocs serve` go through the plugin,
which has the same shells drawn and the same files written as every other build.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material's advertisement on import

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from boards.cache import home
from boards.errors import BoardError, BuildFailed
from boards.output import MARKER, OURS, RefusedTarget, require_ours
from boards.releases.manifest import MANIFEST
from boards.site.contents import OWN, contents, write
from boards.site.display import FACE, face
from boards.site.preview import Unusable, preview
from boards.site.shell import Shells, Wanted, above, folder_of, mark, wanted_of
from boards.site.verify import visited
from boards.site.whole import Site

log = logging.getLogger("mkdocs.plugins.boards")

_DROPPED_ASSETS = ("assets/javascripts/lunr/", "assets/javascripts/workers/", "assets/images/")
"""Material's own search, its logo and favicon: none of our pages uses them."""


class ShellPage(MkDocsPage):
    """A page that is nothing but marks: MkDocs draws the shell around it."""

    def __init__(self, name: str, title: str, config: MkDocsConfig) -> None:
        self.name = name
        """An address, or a folder's name."""
        url = name if name.endswith(".html") else f"{name}{mark('address')}.html"
        source = url.removesuffix(".html") + ".md"
        file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        super().__init__(title, file, config)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' interface
        """Set what MkDocs would have read from a file."""
        hidden = ["navigation", "toc"]
        self.markdown = ""
        self.meta = {
            "title": self.title,
            "description": mark("description"),
            "hide": hidden,
            "above": above(self.file.dest_uri),
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Set what MkDocs would have rendered."""
        self.content = mark("article")

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Links are verified on the finished site, not here."""


class BoardsPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Has shells drawn, and writes a preview with them if it is not we who started MkDocs."""

    def __init__(self) -> None:
        self.wanted: Wanted | None = None
        """What the shells are drawn for, when it is only them that are asked for."""
        self.site: Site | None = None
        self.serving = False
        self.texts: dict[str, str] = {}
        self.named: dict[str, str] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002
        """Remember whether faults should be shown as a page (serve) or stop the build."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Keep out what would need a network or an address."""
        config.use_directory_urls = False  # links must open from a folder
        config.theme.static_templates -= {"sitemap.xml"}  # for search engines; there are none here
        if not config.site_url:
            config.theme.static_templates -= {"404.html"}
        if self.wanted is None and not self.serving:
            _require_preview(Path(config.site_dir))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace whatever stands in docs_dir by one page for each shell."""
        wanted = self.wanted
        if wanted is None:
            self.site = self._read(config)
            wanted = wanted_of(self.site)
        if not wanted.screen:
            config.nav = None  # nothing but the faults can be shown
        config.extra["boards"] = _words(wanted)
        self.texts = {}
        self.named = dict(_entries(config.nav))
        alone = [url for url in {"index.html": "", **self.named} if url in wanted.titles]
        folders = sorted({folder_of(url) for url in wanted.titles.keys() - set(alone)})
        pages = [ShellPage(url, self.named.get(url) or wanted.titles[url], config) for url in alone]
        pages += [ShellPage(folder, mark("title"), config) for folder in folders]
        return Files(
            [*(file for file in files if _is_asset(file, config)), *(p.file for p in pages)]
        )

    def on_post_page(
        self,
        output: str,
        *,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002
    ) -> str:
        """Keep the shell; nothing is written here."""
        assert isinstance(page, ShellPage)
        self.texts[page.name] = output
        return ""

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the preview, and mark it as ours so that the next one may take its place."""
        target = Path(config.site_dir)
        if self.site is not None:
            write(contents(self.site, self.shells(target)), target)
            shown = (part.display for parts in visited(target).values() for part in parts)
            shutil.copyfile(face(shown, home(_data(config))), target / FACE)
            (target / MARKER).write_text(OURS, encoding="utf-8")

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:  # noqa: ARG002
        """Rebuild when a record changes, not only when content does."""
        server.watch(str(_data(config)))
        return server

    def shells(self, drawn: Path) -> Shells:
        """What has been drawn; its files stand in `drawn`."""
        files = {
            file.relative_to(drawn).as_posix(): file.read_bytes()
            for file in sorted(drawn.rglob("*"))
            if file.is_file()
        }
        alone = [name for name in files if name.endswith(".html")]
        whole = {name: files.pop(name).decode("utf-8") for name in alone}
        return Shells(self.texts, whole, self.named, files)

    def _read(self, config: MkDocsConfig) -> Site:
        """The preview of what stands in the folders now, faults and all if it is served."""
        try:
            return preview(_data(config), Path(config.docs_dir), show_faults=self.serving)
        except (BoardError, Unusable) as error:
            raise PluginError(f"\n{error}") from error


def draw(config_file: Path, wanted: Wanted) -> Shells:
    """Have the shells of a site drawn.

    Any warning of MkDocs is an error. Raises BuildFailed with what MkDocs had to say.
    """
    with tempfile.TemporaryDirectory(prefix="boards-shell-") as folder:
        config = _read_config(config_file, site_dir=folder)
        plugin = _plugin_of(config)
        plugin.wanted = wanted
        with _failures_said("网页没有生成"):
            mkdocs_build(config)
        return plugin.shells(Path(folder))


def site_dir_of(config_file: Path) -> Path:
    """Where `mkdocs build` would write; raises BuildFailed if no site can be rendered with it."""
    config = _read_config(config_file)
    _plugin_of(config)
    return Path(config.site_dir)


def _plugin_of(config: MkDocsConfig) -> BoardsPlugin:
    plugin = config.plugins.get("boards")
    if not isinstance(plugin, BoardsPlugin) or config.theme.name != "boards":
        raise BuildFailed("mkdocs.yml 要有 theme: name: boards 和 plugins: - boards")
    return plugin


def _read_config(config_file: Path, **overrides: str) -> MkDocsConfig:
    if not config_file.is_file():
        raise BuildFailed(f"缺少 {config_file.name}；在网站文件夹里运行命令，或从备份换回它")
    with _failures_said(f"{config_file.name} 有问题"):
        return load_config(str(config_file), strict=True, **overrides)


@contextlib.contextmanager
def _failures_said(what: str) -> Iterator[None]:
    """Turn MkDocs' exceptions, and the warnings that led to them, into one BuildFailed."""
    messages = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    try:
        yield
    except MkDocsException as error:
        raise BuildFailed(f"{what}：" + ("\n".join(messages.lines) or str(error))) from error
    finally:
        logger.removeHandler(messages)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _words(wanted: Wanted) -> dict[str, Any]:
    """What the theme's templates may see: marks, and what decides what is drawn."""
    return {
        "brand": mark("brand"),
        "owner": mark("owner"),
        "updated": mark("updated"),
        "preview": wanted.preview,
        "screen": wanted.screen,
        "faults": mark("faults") if wanted.faulty else "",
    }


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


def _is_asset(file: File, config: MkDocsConfig) -> bool:
    """Only Material's assets that our pages use; never anything lying about in content/."""
    from_content = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
    if file.abs_src_path and Path(file.abs_src_path).parent == OWN:
        return False
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
