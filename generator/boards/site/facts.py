"""What a text of a finished site refers to, offers and shows, found out by reading it.

Pages share their shell. A page is read as the shell that it was put into, which is read once, as
the drawings that its article begins with, which are read once for equal ones in a row, and as the
rest of its article; a page that is not, byte for byte, a known shell around a closed article is
read whole. So nothing is believed of whoever wrote it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from boards.errors import Severity
from boards.rules.privacy import private_findings
from boards.site.display import in_display_type
from boards.site.links import Reference, in_page
from boards.site.shell import cut, mark

_SAYING = ("alt", "title", "aria-label", "content")
"""Attributes that readers see or hear; `content` is that of a page's own notes."""
_RUNS = {"", "module", "text/javascript", "application/javascript"}
"""Types of scripts that a browser runs; any other is a block of data."""
_DRAWINGS = re.compile(r"\s*<svg\b.*?/svg>", re.DOTALL)
"""What an article begins with: the drawings that it uses, which are the same on all pages."""
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
"""A digest, as boards.json holds one for each file: some of its digits pass for a phone's."""
_BLANK = re.compile(r"\s*\n\s*")
"""What stands between two lines of a page: most is the indentation of its tags."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in a text."""

    references: tuple[Reference, ...] = ()
    anchors: frozenset[str] = frozenset()
    """The places that it can be linked at."""
    scripts: frozenset[str] = frozenset()
    """The texts of scripts in it that run."""
    styles: frozenset[str] = frozenset()
    display: str = ""
    """What it shows in display type."""
    private: tuple[tuple[str, str], ...] = ()
    """What may not be published: in words, and as it stands there."""


def in_html(text: str) -> Facts:
    """What a whole page, or a part of one, holds."""
    return _facts(LexborHTMLParser(text))


def private_in(text: str) -> tuple[tuple[str, str], ...]:
    """What may not be published of what readers see; records were read already, themes not."""
    seen = _BLANK.sub("\n", _DIGEST.sub("", text))
    return tuple(
        (finding.found, finding.snippet)
        for finding in private_findings(seen)
        if finding.severity is Severity.ERROR
    )


def _facts(parsed: LexborHTMLParser) -> Facts:
    shown = [part.text(separator="\n") for part in parsed.css("title,body")]
    for element in parsed.css(",".join(f"[{name}]" for name in _SAYING)):
        shown += [element.attributes.get(name) or "" for name in _SAYING]
    scripts, styles = set(), set()
    for element in parsed.css("script:not([src]),style"):
        if element.tag == "style":
            styles.add(element.text(deep=True))
        elif (element.attributes.get("type") or "").strip().lower() in _RUNS:
            scripts.add(element.text(deep=True))
    return Facts(
        references=tuple(in_page(parsed)),
        anchors=frozenset(str(element.attributes["id"]) for element in parsed.css("[id]")),
        scripts=frozenset(scripts),
        styles=frozenset(styles),
        display=in_display_type(parsed),
        private=private_in("\n".join(shown)),
    )


class Reader:
    """Reads pages of which many stand in the same shells."""

    def __init__(self, shells: Sequence[Sequence[str]]) -> None:
        """`shells` are pieces, every second one a mark (see `shell.cut`)."""
        self._shells = shells
        self._last: Sequence[str] = ()
        self._read: dict[tuple[str, ...], Facts] = {}
        self._shown: dict[tuple[str, ...], Sequence[str]] = {}
        """What each shell shows in display type, cut at its marks."""
        self._last_drawings: tuple[str, str, str] | None = None
        self._last_drawn: Facts | None = None

    def page(self, text: str) -> tuple[Facts, ...]:
        """What a page holds: the whole, or its shell, which is the same object for all, and rest.

        The shell of the page before is tried first: pages of a folder are read in a row.
        """
        for pieces in (self._last, *self._shells):
            if pieces and (parts := _parted(text, pieces)):
                self._last = pieces
                return self._parts(pieces, parts) or (in_html(text),)
        return (in_html(text),)

    def _parts(self, pieces: Sequence[str], parts: dict[str, str]) -> tuple[Facts, ...]:
        """What shell, article and words hold; nothing if the page has to be read whole."""
        article = parts.pop(mark("article"), "")
        if any(set(word) & set("<>\"'") for word in parts.values()):
            return ()
        opened, closed = _tags_around(pieces)
        drawings = match.group() if (match := _DRAWINGS.match(article)) else ""
        parsed = _closed_in(opened, article[len(drawings) :], closed)
        drawn = self._drawn(opened, drawings, closed)
        if parsed is None or drawn is None:
            return ()
        key = tuple(pieces)
        if key not in self._read:
            found = in_html("".join(pieces))
            self._read[key] = replace(found, display="")
            self._shown[key] = cut(found.display)
        said = {name: html.unescape(word) for name, word in parts.items()}
        words = Facts(
            private=private_in("\n".join(said.values())),
            display="".join(said.get(piece, piece) for piece in self._shown[key]),
        )
        return self._read[key], drawn, _facts(parsed), words

    def _drawn(self, opened: str, drawings: str, closed: str) -> Facts | None:
        """What the drawings hold that an article begins with; nothing if they are not closed."""
        if (key := (opened, drawings, closed)) != self._last_drawings:
            parsed = _closed_in(*key)
            self._last_drawings = key
            self._last_drawn = _facts(parsed) if parsed else None
        return self._last_drawn


def _parted(text: str, pieces: Sequence[str]) -> dict[str, str]:
    """What stands in a page at the marks of its shell; nothing if it stands in another.

    A mark that occurs again must stand for the same.
    """
    parts: dict[str, str] = {}
    if not (text.startswith(pieces[0]) and text.endswith(pieces[-1])):
        return {}
    place = len(pieces[0])
    for name, piece, last in _steps(pieces):
        end = len(text) - len(piece) if last else text.find(piece, place)
        if end < place or parts.setdefault(name, text[place:end]) != text[place:end]:
            return {}
        place = end + len(piece)
    return parts


def _steps(pieces: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    for at in range(1, len(pieces), 2):
        yield pieces[at], pieces[at + 1], at + 2 == len(pieces)


def _tags_around(pieces: Sequence[str]) -> tuple[str, str]:
    """The tag before the article, and the one that closes it."""
    at = pieces.index(mark("article"))
    before, after = pieces[at - 1], pieces[at + 1]
    return before[before.rindex("<") :], after[: after.index(">") + 1]


def _closed_in(opened: str, part: str, closed: str) -> LexborHTMLParser | None:
    """A part of a page in the element around it; nothing if the part leaves one open."""
    parsed = LexborHTMLParser(f"{opened}{part}{closed}{opened}{closed}")
    return parsed if _is_closed(parsed) else None


def _is_closed(parsed: LexborHTMLParser) -> bool:
    """Whether a second, empty element stands behind an article: nothing in it is left open."""
    body = parsed.body
    first, last = (body.child, body.last_child) if body else (None, None)
    if first is None or last is None or last.prev is None:
        return False
    return last.tag == first.tag and last.child is None
