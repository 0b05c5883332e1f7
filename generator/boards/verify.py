"""Walks a finished site as a visitor without a network would: every link, nothing from outside."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from boards.errors import BuildFailed

_LOADING = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("source", "src"),
    ("iframe", "src"),
}
_CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)""")


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page links to (with whether it loads it), and the anchors it can be linked at."""

    links: tuple[tuple[str, bool], ...]
    anchors: frozenset[str]


def verify(site: Path) -> int:
    """Check a site and return its number of pages; raises BuildFailed naming every fault."""
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    pages = {name: _read(site / name) for name in sorted(files) if name.endswith(".html")}
    faults = [] if "index.html" in files else ["缺少首页 index.html"]
    faults += _page_faults(files, pages)
    for name in sorted(files):
        if name.endswith(".css"):
            faults += _css_faults(name, (site / name).read_text(encoding="utf-8"), files)
    if faults:
        raise BuildFailed("\n".join(faults))
    return len(pages)


def _read(file: Path) -> _Page:
    links = []
    anchors = set()
    for element in LexborHTMLParser(file.read_bytes()).css("[id],[href],[src],[srcset]"):
        attributes = element.attributes
        if attributes.get("id"):
            anchors.add(str(attributes["id"]))
        for name in ("href", "src"):
            if address := attributes.get(name):
                loads = (element.tag, name) in _LOADING and attributes.get("rel") != "canonical"
                links.append((address, loads))
        for candidate in (attributes.get("srcset") or "").split(","):
            if candidate.strip():
                links.append((candidate.split()[0], True))
    return _Page(tuple(links), frozenset(anchors))


def _page_faults(files: set[str], pages: dict[str, _Page]) -> list[str]:
    """Faults of all pages; pages of a folder share most links, so each is judged once a folder."""
    judged: dict[tuple[str, str, bool], str | None] = {}
    faults = []
    for name, page in pages.items():
        if name == "404.html":  # its addresses are absolute: it is served at any depth
            continue
        for address, loads in page.links:
            inside = address.startswith("#")
            key = (name if inside else posixpath.dirname(name), address, loads)
            if key not in judged:
                judged[key] = _fault(name, address, loads, files, pages)
            if judged[key]:
                faults.append(f"{name}：{judged[key]}")
    return faults


def _fault(
    page: str, address: str, loads: bool, files: set[str], pages: dict[str, _Page]
) -> str | None:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return f"从外部加载 {address}" if loads and parts.scheme != "data" else None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if not parts.path:
        target = page
    if target not in files:
        return f"链接 {address} 没有对应的文件"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return f"链接 {address} 没有对应的位置"
    return None


def _css_faults(name: str, css: str, files: set[str]) -> list[str]:
    addresses = (match.group(1) for match in _CSS_URL.finditer(css))
    loaded = [a for a in addresses if urlsplit(a).scheme != "data" and a[0] != "#"]
    faults = (_fault(name, address, True, files, {}) for address in loaded)
    return [f"{name}：{fault}" for fault in faults if fault]
