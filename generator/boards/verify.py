"""Walks a finished site as a visitor without a network would: all is there, nothing from outside.

What the site should hold is known before MkDocs runs; what it does hold is read here by other code
than wrote it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from boards.errors import BuildFailed, Severity
from boards.leftovers import is_left_behind
from boards.references import Reference, in_page, in_script, in_stylesheet, is_data
from boards.rules.privacy import private_findings

_LONGEST_NAME = 160
"""Characters of an address: Windows takes 260 for a whole path, the site's own folder included."""
_TEXTS = (".css", ".js", ".xml", ".svg", ".json")
_SAYING = ("alt", "title", "aria-label", "content")
"""Attributes that readers see or hear; `content` is that of a page's own notes."""
_HELD = ("data:image/", "data:font/")
"""What an address may hold itself; a page in it would be read by nobody."""
_LED_TO = {"", "http", "https", "mailto", "tel"}
"""Where links may lead; others run a script, or open something on the reader's computer."""
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
"""A digest, as boards.json holds one for each file: some of its digits pass for a phone's."""
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page refers to, the anchors it can be linked at, and the words it shows."""

    references: tuple[Reference, ...]
    anchors: frozenset[str]
    text: str


def verify(site: Path, expected: Set[str], allowed: Sequence[str] = ()) -> int:
    """Check a site and return its number of pages.

    `expected` are the addresses of all files that it should hold, `allowed` the words that the
    branch lets pass (branch.yml). Raises BuildFailed naming every
    fault: a file that is missing, empty, not expected, or named so that Windows cannot keep it; a
    link, anchor or asset that is not there; anything that would be loaded from outside; a number
    that may not be published.
    """
    there = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    files = {name: file for name, file in there.items() if not is_left_behind(name)}
    pages = {name: _read(files[name]) for name in sorted(files) if name.endswith(".html")}
    faults = [*_file_faults(files, expected), *_page_faults(set(files), pages)]
    for name in sorted(files):
        words = pages[name].text if name in pages else ""
        if name.endswith(_TEXTS):
            text = files[name].read_text(encoding="utf-8")
            faults += _faults_of(name, _references_in(name, text), set(files))
            words = text if name.endswith((".xml", ".json")) or is_data(text) else ""
        faults += [f"{name}：{fault}" for fault in _private(words, allowed)]
    if faults:
        raise BuildFailed("\n".join(faults))
    return len(pages)


def _read(file: Path) -> _Page:
    parsed = LexborHTMLParser(file.read_bytes())
    anchors = {str(element.attributes["id"]) for element in parsed.css("[id]")}
    references = tuple(in_page(parsed))
    shown = [part.text(separator="\n") for part in parsed.css("title,body")]
    for element in parsed.css(",".join(f"[{name}]" for name in _SAYING)):
        shown += [element.attributes.get(name) or "" for name in _SAYING]
    return _Page(references, frozenset(anchors), "\n".join(shown))


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


def _page_faults(files: set[str], pages: dict[str, _Page]) -> Iterator[str]:
    """Faults of all pages; pages of a folder share most links, so each is judged once a folder."""
    judged: dict[tuple[str, Reference], str | None] = {}
    for name, page in pages.items():
        for reference in page.references:
            if name == "404.html" and re.match("/(?!/)", reference.address):
                continue  # absolute within the server: it is served at any depth
            inside = reference.address.startswith("#")
            key = (name if inside else posixpath.dirname(name), reference)
            if key not in judged:
                judged[key] = _fault(name, reference, files, pages)
            if judged[key]:
                yield f"{name}：{judged[key]}"


def _fault(page: str, reference: Reference, files: set[str], pages: dict[str, _Page]) -> str | None:
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
    if target not in files:
        return f"链接 {address} 没有对应的文件"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
        return f"链接 {address} 没有对应的位置"
    return None


def _faults_of(name: str, references: Iterator[Reference], files: set[str]) -> Iterator[str]:
    for reference in references:
        if fault := _fault(name, reference, files, {}):
            yield f"{name}：{fault}"


def _private(text: str, allowed: Sequence[str]) -> Iterator[str]:
    """Numbers that may not be published; records were read already, settings and themes not."""
    for finding in private_findings(_DIGEST.sub("", text)):
        if finding.severity is Severity.ERROR and not any(finding.snippet in a for a in allowed):
            yield f"{finding.found}（{finding.snippet}）"
