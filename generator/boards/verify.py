"""Walks a finished site as a visitor without a network would: every link, nothing from outside."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from boards.mkdocs_plugin import BuildFailed

_LOADING = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("source", "src"),
    ("iframe", "src"),
}
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)""")


class _References(HTMLParser):
    """Collects what a page links to, loads, and can be linked at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, bool]] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if names.get("id"):
            self.anchors.add(str(names["id"]))
        for attribute in ("href", "src"):
            if names.get(attribute):
                loads = (tag, attribute) in _LOADING and names.get("rel") != "canonical"
                self.links.append((str(names[attribute]), loads))


def verify(site: Path) -> int:
    """Check a site and return its number of pages; raises BuildFailed naming every fault."""
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    pages = {name: _read(site / name) for name in sorted(files) if name.endswith(".html")}
    faults = [
        fault
        for name, page in pages.items()
        if name != "404.html"  # its addresses are absolute: it is served at any depth
        for address, loads in page.links
        if (fault := _fault(name, address, loads, files, pages))
    ]
    for name in sorted(files):
        if name.endswith(".css"):
            faults += _css_faults(name, (site / name).read_text(encoding="utf-8"))
    if faults:
        raise BuildFailed("\n".join(faults))
    return len(pages)


def _read(file: Path) -> _References:
    parser = _References()
    parser.feed(file.read_text(encoding="utf-8"))
    return parser


def _fault(
    page: str, address: str, loads: bool, files: set[str], pages: dict[str, _References]
) -> str | None:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        outside = loads and parts.scheme != "data"
        return f"{page}：从外部加载 {address}" if outside else None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if not parts.path:
        target = page
    if target not in files:
        return f"{page}：链接 {address} 没有对应的文件"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return f"{page}：链接 {address} 没有对应的位置"
    return None


def _css_faults(name: str, css: str) -> list[str]:
    addresses = (match.group(1) for match in _CSS_URL.finditer(css))
    outside = [a for a in addresses if urlsplit(a).netloc]
    return [f"{name}：从外部加载 {address}" for address in outside]
