"""Rendering and serving a site through MkDocs, with its complaints as one exception."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from boards.errors import BuildFailed
from boards.mkdocs_plugin import BoardsPlugin
from boards.views.site import Site


def render_site(config_file: Path, site: Site, target: Path) -> frozenset[str]:
    """Render a site into `target` and return the addresses of what should stand there now.

    Any warning of MkDocs is an error. Raises BuildFailed with what MkDocs had to say.
    """
    config = _read_config(config_file, site_dir=str(target))
    plugin = _plugin_of(config)
    plugin.prepared = site
    with _failures_said("网页没有生成"):
        mkdocs_build(config)
    return plugin.expected


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


def serve_site(config_file: Path, port: int, ready: Callable[[], None]) -> None:
    """Serve the preview on this machine, rebuilding when a file changes, until interrupted.

    `ready` is called when the settings have been read and the first build begins.

    Raises BuildFailed if the site's settings cannot be read.
    """
    from mkdocs.commands.serve import serve  # noqa: PLC0415

    _read_config(config_file)
    ready()
    serve(str(config_file), dev_addr=f"127.0.0.1:{port}")


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
