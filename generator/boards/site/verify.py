"""Walks a finished site as a visitor without a network would: all is there, nothing from outside.

What the site should hold is known before MkDocs runs; what it does hold is read here by other code
than wrote it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from boards.errors import BuildFailed
from boards.leftovers import is_left_behind
from boards.site.facts import Facts, Reader, private_in
from boards.site.links import Reference, in_page, in_script, in_stylesheet, is_data

_LONGEST_NAME = 160
"""Characters of an address: Windows takes 260 for a whole path, the site's own folder included."""
_TEXTS = (".css", ".js", ".xml", ".svg", ".json")
_HELD = ("data:image/", "data:font/")
"""What an address may hold itself; a page in it would be read by nobody."""
_LED_TO = {"", "http", "https", "mailto", "tel"}
"""Where links may lead; others run a script, or open something on the reader's computer."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


Pages = Mapping[str, tuple[Facts, ...]]
"""What was found in every page, by address: several parts of it, the first shared with others."""


def visited(site: Path, shells: Sequence[Sequence[str]] = ()) -> Pages:
    """Read every page of a site; `shells` are pieces of those that pages may stand in."""
    reader = Reader(shells)
    return {
        name: reader.page((site / name).read_bytes().decode("utf-8", errors="replace"))
        for name in sorted(_files_of(site))
        if name.endswith(".html")
    }


def verify(
    site: Path,
    expected: Set[str],
    allowed: Sequence[str] = (),
    pages: Pages | None = None,
    beside: Container[str] = (),
) -> int:
    """Check a site and return its number of pages.

    `expected` are the addresses of all files that it should hold, `allowed` the words that the
    branch lets pass (branch.yml), `pages` what `visited` found, `beside` the addresses of files of
    other sites (`../…`) where links may lead. Raises BuildFailed naming every fault: a file that is
    missing, empty, not expected, or named so that Windows cannot keep it; a link, anchor or asset
    that is not there; anything that would be loaded from outside; a number that may not be
    published.
    """
    files = _files_of(site)
    pages = visited(site) if pages is None else pages
    faults = [*_file_faults(files, expected), *_page_faults(set(files), pages, beside)]
    for name in sorted(files):
        private = [found for part in pages.get(name, ()) for found in part.private]
        if name.endswith(_TEXTS):
            text = files[name].read_text(encoding="utf-8")
            faults += _faults_of(name, _references_in(name, text), set(files))
            if name.endswith((".xml", ".json")) or is_data(text):
                private += private_in(text)
        faults += [
            f"{name}：{found}（{snippet}）"
            for found, snippet in private
            if not any(snippet in word for word in allowed)
        ]
    if faults:
        raise BuildFailed("\n".join(faults))
    return len(pages)


def _files_of(site: Path) -> dict[str, Path]:
    """All files by address, but for what systems leave behind."""
    there = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    return {name: file for name, file in there.items() if not is_left_behind(name)}


def _references_in(name: str, text: str) -> Iterator[Reference]:
    """What a file that is no page refers to; feeds and data hold addresses, but load nothing."""
    if name.endswith(".js"):
        yield from in_script(text)
    elif name.endswith(".css"):
        yield from in_stylesheet(text)
    elif name.endswith(".svg"):
        yield from in_page(LexborHTMLParser(text))


def _file_faults(files: dict[str, Path], expected: Set[str]) -> Iterator[str]:
    for name in sorted(expected - files.keys()):
        yield f"缺少 {name}"
    folded: dict[str, str] = {}
    for name in sorted(files):
        if name not in expected:
            yield f"多出 {name}"
        elif files[name].stat().st_size == 0:
            yield f"{name} 是空的"
        parts = name.split("/")
        if len(name) > _LONGEST_NAME or any(_UNSAFE.search(p) or _DEVICES.match(p) for p in parts):
            yield f"{name} 在 Windows 上存不了"
        if (other := folded.setdefault(name.casefold(), name)) != name:
            yield f"{name} 和 {other} 只差大小写"


def _page_faults(files: set[str], pages: Pages, beside: Container[str]) -> Iterator[str]:
    """Faults of all pages; pages of a folder share most links, so each is judged once a folder."""
    anchors = {
        name: frozenset().union(*(part.anchors for part in parts)) for name, parts in pages.items()
    }
    judged: dict[tuple[str, Reference], str | None] = {}
    alike: dict[tuple[str, int], list[Reference]] = {}
    for name, parts in pages.items():
        folder = posixpath.dirname(name)
        for part in parts:
            # What is shared with pages of the same folder was judged with the first of them, but
            # for the links inside the page.
            key = (folder, id(part))
            for reference in alike.get(key, part.references):
                if name == "404.html" and re.match("/(?!/)", reference.address):
                    continue  # absolute within the server: it is served at any depth
                inside = reference.address.startswith("#")
                place = (name if inside else folder, reference)
                if place not in judged:
                    judged[place] = _fault(name, reference, files, anchors, beside)
                if judged[place]:
                    yield f"{name}：{judged[place]}"
            if key not in alike:
                alike[key] = [
                    reference
                    for reference in part.references
                    if reference.address.startswith("#") or judged.get((folder, reference))
                ]


def _fault(
    page: str,
    reference: Reference,
    files: set[str],
    anchors: Mapping[str, Set[str]],
    beside: Container[str] = (),
) -> str | None:
    address = reference.address
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"网址 {address} 不完整"
    if parts.scheme or parts.netloc:
        if reference.loads:
            return None if address.startswith(_HELD) else f"从外部加载 {address}"
        return None if parts.scheme in _LED_TO else f"链接 {address} 不是网址"
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if not parts.path:
        target = page
    if target not in files and target not in beside:
        return f"链接 {address} 没有对应的文件"
    if parts.fragment and unquote(parts.fragment) not in anchors.get(
        target, (unquote(parts.fragment),)
    ):
        return f"链接 {address} 没有对应的位置"
    return None


def _faults_of(name: str, references: Iterator[Reference], files: set[str]) -> Iterator[str]:
    for reference in references:
        if fault := _fault(name, reference, files, {}):
            yield f"{name}：{fault}"
