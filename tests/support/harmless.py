"""All surfaces of a site in a few milliseconds, and whether one holds what it should not."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import re
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.errors import BoardError, Problem, errors_in
from boards.formats import KINDS, known_size
from boards.packs.content import PackContent
from boards.packs.page import to_html
from boards.packs.record import RECORD, from_yaml, to_yaml
from boards.packs.share import pictures_of
from boards.packs.shareable import shareable
from boards.packs.wechat import to_wechat
from boards.packs.word import to_docx
from boards.posters.room import posters_of
from boards.posters.setting import Studio, as_json, office_layout
from boards.records import Audience
from boards.site import html as pages
from boards.site import search
from boards.site.whole import Makings, whole_site
from boards.typst.fonts import font_set
from helpers import TODAY

PREVIEW = Edition(EditionName.PREVIEW, TODAY)
CASE_LIMIT = 60
"""Seconds that one case may take on a busy machine; what hangs takes longer."""
_MARKDOWN = {"a", "h2", "h3", "h4", "li", "ol", "p", "span", "strong", "ul"}
"""What hand-written text may become on a page."""
_MARKDOWN_ATTRIBUTES = {
    ("a", "href"), ("h2", "id"), ("h3", "id"), ("h4", "id"), ("li", "value"), ("span", "class"),
}  # fmt: skip
_ADDRESSES = ("href", "src", "srcset", "action", "formaction", "data", "poster", "xlink:href")


@dataclass(frozen=True)
class Surfaces:
    """What is made of a board, by name."""

    html: dict[str, str]
    typst: dict[str, str]
    docx: dict[str, bytes]
    records: dict[str, bytes]
    feed: str
    index: str


@dataclass(frozen=True)
class Shape:
    """What HTML is made of besides its words."""

    elements: frozenset[tuple[str, str]] = field(repr=False)
    """Each tag with each of its attributes; an empty one for the tag itself."""
    scripts: frozenset[str] = field(repr=False)
    schemes: frozenset[str]

    def __or__(self, other: Shape) -> Shape:
        return Shape(
            self.elements | other.elements,
            self.scripts | other.scripts,
            self.schemes | other.schemes,
        )


class Hang(BaseException):
    """A case that takes too long; no product code can catch it by accident."""


@contextlib.contextmanager
def bounded(seconds: int = CASE_LIMIT) -> Iterator[None]:
    """Stop what hangs: by an alarm where there is one, else by looking at the clock afterwards."""
    start = time.monotonic()
    alarm = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang(f"longer than {seconds} s")

    if alarm:
        previous = signal.signal(signal.SIGALRM, stop)
        signal.alarm(seconds)
    try:
        yield
    finally:
        if alarm:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, previous)
    assert time.monotonic() - start < seconds


@functools.cache
def _fonts(data: Path) -> object:
    return font_set(data, None)


_PACKED: dict[bytes, tuple[bytes, str, str]] = {}
"""What was made of each write-up: most cases change one and leave the others as they were."""


class Refused(Exception):
    """Records that are refused, in words."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems


def surfaces_of(root: Path, packs: int = 99) -> Surfaces:
    """Every surface of the site in `root`.

    Of write-ups to share only so many are made: they are what takes longest. Raises Refused.
    """
    board, problems = check_folders(root / "data", root / "content", TODAY)
    assert_told(root, problems)
    if errors := errors_in(problems):
        raise Refused(errors)
    board = replace(board, settled=frozenset((row.table, row.id) for row in board.records()))
    try:
        site = whole_site(prepare(board, PREVIEW)[0], PREVIEW, Makings())
        prepared, posters = posters_of(board, PREVIEW)
        shared = shareable(board, PREVIEW, Audience.SISTER_UNITS)
    except BoardError as error:
        assert_told(root, error.problems)
        raise Refused(error.problems) from error
    html = {page.url: pages.render(page) for page in site.pages}
    assert site.screen and site.feed
    html["screen"] = pages.render_screen(site.screen())[0]
    docx, records = {}, {}
    for row in (*shared[:packs], *board.received.values()):
        records[row.key] = to_yaml(row)
        key, pictures = records[row.key] + row.id.encode(), pictures_of(board, row)
        if key not in _PACKED:
            if len(_PACKED) > 50:
                _PACKED.clear()
            content = PackContent(row, pictures)
            page, article = to_html(content).decode(), to_wechat(content).html.decode()
            _PACKED[key] = to_docx(content), page, article
        docx[row.key], html[f"pack {row.key}"], html[f"article {row.key}"] = _PACKED[key]
    studio = Studio(prepared, _fonts(root / "data"))  # type: ignore[arg-type]
    typst = {}
    for poster in posters:
        size = known_size(KINDS[poster.kind].default)
        typst[poster.id] = as_json(studio, poster, size, office_layout(size))
    feed = pages.render_feed(site.feed)
    return Surfaces(html, typst, docx, records, feed, search.script(search.entries(site.pages)))


def assert_told(root: Path, problems: list[Problem]) -> None:
    """Every problem says what, how to mend it, and where, at a place that there is."""
    for problem in problems:
        assert problem.found.strip(), problem
        assert problem.hint.strip(), problem
        assert "\n" not in problem.found + problem.hint + problem.record + problem.field, problem
        assert len(problem.as_text()) < 2500, "nobody reads a message of that length"
        assert problem.place.line >= 1 and problem.place.column >= 1, problem
        file = root / problem.place.path
        if file.is_file() and file.suffix in (".yml", ".md"):
            lines = _lines(file.read_bytes())
            assert problem.place.line <= len(lines), problem
            assert problem.place.column <= len(lines[problem.place.line - 1]) + 2, problem
        json.dumps(problem.as_dict(), ensure_ascii=False).encode()  # a lone surrogate cannot be


def _lines(raw: bytes) -> list[str]:
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = raw.decode(encoding)
            return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [""]


def shape_of(html: str) -> Shape:
    """What a browser makes of a page: elements, attributes, scripts, kinds of addresses."""
    elements: set[tuple[str, str]] = set()
    scripts: set[str] = set()
    schemes: set[str] = set()
    for node in LexborHTMLParser(html).css("*"):
        tag = str(node.tag)
        elements.add((tag, ""))
        for name, value in node.attributes.items():
            elements.add((tag, name))
            if name in _ADDRESSES and (found := re.match(r"\s*([a-zA-Z][\w+.-]*):", value or "")):
                schemes.add(found[1].lower())
        if tag == "script":
            scripts.add(re.sub(r'version = "[0-9a-f]*"', "", node.text()))
    return Shape(frozenset(elements), frozenset(scripts), frozenset(schemes))


def shape_of_all(made: Surfaces) -> Shape:
    """Of all pages together."""
    shape = Shape(frozenset(), frozenset(), frozenset())
    for html in made.html.values():
        shape |= shape_of(html)
    return shape


def assert_harmless(made: Surfaces, usual: Shape) -> None:
    """No element, attribute, script or kind of address that the untouched site does not have."""
    for name, html in made.html.items():
        shape = shape_of(html)
        written = {(tag, "") for tag in _MARKDOWN} | _MARKDOWN_ATTRIBUTES
        styled = {(tag, "style") for tag in _MARKDOWN} if name.startswith("article ") else set()
        assert shape.elements <= usual.elements | written | styled, (
            name, shape.elements - usual.elements - written - styled,
        )  # fmt: skip
        assert not [attribute for _, attribute in shape.elements if attribute.startswith("on")]
        assert shape.scripts <= usual.scripts, name
        assert shape.schemes <= usual.schemes | {"http", "https"}, (name, shape.schemes)
    for name, content in made.typst.items():
        assert isinstance(json.loads(content), dict), name
    for name, archive in made.docx.items():
        _assert_word(name, archive)
    for key, record in made.records.items():
        again, problems = from_yaml(record, RECORD)
        assert again and not problems, (key, problems)
        assert to_yaml(again) == record
    ElementTree.fromstring(made.feed)
    assert "<" not in made.index
    json.loads(made.index.removeprefix("window.boardsSearchIndex=").rstrip(";\n"))


def _assert_word(name: str, archive: bytes) -> None:
    """Well-formed XML in every part, and no instruction, macro or outside target in any."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        for part in opened.namelist():
            assert re.fullmatch(r"[\w\[\]./-]+", part), (name, part)
            if part.endswith((".xml", ".rels")):
                content = opened.read(part)
                root = ElementTree.fromstring(content)
                tags = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
                assert not tags & {"fldSimple", "object", "control", "altChunk"}, (name, part)
                assert b'TargetMode="External"' not in content, (name, part)
