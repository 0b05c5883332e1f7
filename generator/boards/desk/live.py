"""The page, and the posters, of a record as it is being typed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from boards.clock import build_date
from boards.desk.desk import Look
from boards.desk.drafts import Draft
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.errors import BoardError
from boards.formats import KINDS, Size
from boards.posters.make import Order, make
from boards.posters.setting import office_layout
from boards.posters.views import Poster
from boards.posters.workshop import workshop
from boards.records import Keyed
from boards.site.contents import Content, contents
from boards.site.display import FACE, whole
from boards.site.preview import with_faults
from boards.site.shell import wanted_of
from boards.site.shells import shells
from boards.site.whole import Makings, whole_site

SITE = "site"
"""Under which name the records are shown as they are kept; drafts are called by digests."""
_REMEMBERED = 6
"""Records that are looked at at once; of more the earliest is forgotten."""
_LISTS = {"members": "roster", "honours": "honours", "outcomes": "outcomes", "branches": "brand"}
"""Kinds of posters that show records of a table together."""
_PAGES = {
    "members": "members/{id}.html",
    "cases": "cases/{id}.html",
    "quarters": "quarters/{id}.html",
    "zones": "zones/{id}.html",
    "areas": "zones/{zone}.html#area-{id}",
    "groups": "zones/{zone}.html#group-{id}",
    "practices": "zones/{zone}.html",
    "honours": "honours.html",
    "outcomes": "outcomes.html",
    "counts": "zones/{zone}.html",
    "crews": "coverage.html",
    "kinds": "messages.html",
    "messages": "messages.html",
    "prints": "posters/index.html",
    "months": "zones/index.html",
}
"""Where records of a table are shown; the home page shows all others."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The site of the records at one moment, of which pages are made when they are asked for."""

    number: int
    look: Look
    record: Keyed | None
    """The one that is being typed; None if it cannot be read yet."""
    edition: Edition
    files: dict[str, Content] = field(default_factory=dict)


class Live:
    """What is shown of each record that is being typed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._shown: dict[str, Shown] = {}
        self._one = threading.Lock()
        self._number = 0

    def show(self, draft: Draft, look: Look, record: Keyed | None) -> Shown:
        """From now on show these records under the name of a draft."""
        return self._remember(draft.name, look, record)

    def _remember(self, name: str, look: Look, record: Keyed | None) -> Shown:
        with self._one:
            self._number += 1
            self._shown.pop(name, None)
            edition = Edition(EditionName.PREVIEW, build_date())
            shown = Shown(self._number, look, record, edition)
            self._shown[name] = shown
            while len(self._shown) > _REMEMBERED:
                del self._shown[next(iter(self._shown))]
            return shown

    def show_site(self, look: Look) -> None:
        """From now on show the records as they are kept under the name `SITE`."""
        now = self.shown(SITE)
        if now is None or now.look is not look:
            self._remember(SITE, look, None)

    def shown(self, name: str) -> Shown | None:
        """What is shown under a name."""
        with self._one:
            return self._shown.get(name)

    def content(self, name: str, url: str) -> bytes | Path | None:
        """What stands at an address of the site that is shown under a name.

        Raises BuildFailed if there is no shell to show anything in.
        """
        with self._one:
            shown = self._shown.get(name)
            if shown is None:
                return None
            if not shown.files:
                shown.files.update(self._files(shown))
        content = shown.files.get(url)
        return content() if callable(content) else content

    def _files(self, shown: Shown) -> Mapping[str, Content]:
        board, edition = shown.look.board, shown.edition
        errors = list(shown.look.errors)
        if not errors:
            try:
                site = whole_site(prepare(board, edition)[0], edition, Makings())
            except BoardError as error:
                errors = error.problems
        if errors:
            site = with_faults(board, edition, errors)
        around = shells(self._root / "mkdocs.yml", wanted_of(site))
        return {**contents(site, around), FACE: whole()}


def page_of(record: Keyed | None) -> str:
    """The address of the page that shows a record, with the place on it."""
    if record is None:
        return "index.html"
    if record.table == "articles":
        return "about.html" if record.id == "about" else f"write-ups/{record.id}.html"
    pattern = _PAGES.get(record.table, "index.html")
    return pattern.format(id=record.id, zone=getattr(record, "zone", ""))


def may_stand_on_posters(table: str) -> bool:
    """Whether there are posters that show a record of this table."""
    return table in {*_LISTS, *(kind.table for kind in KINDS.values())}


def posters_with(look: Look, record: Keyed) -> Iterator[Poster]:
    """The posters that a record stands on: those named after it first."""
    if not may_stand_on_posters(record.table):
        return
    there = look.posters[1].values()
    for poster in there:
        if KINDS[poster.kind].table == record.table and poster.record == record.id:
            yield poster
    yield from (poster for poster in there if poster.kind == _LISTS.get(record.table))


def picture_of(seen: Look, poster_id: str, size: Size, look: str) -> Path:
    """A small picture of a poster of the preview; of a list its first sheet.

    Raises BoardError if it cannot be set, KeyError if there is no such poster.
    """
    prepared, there = seen.posters
    order = Order(there[poster_id], size, office_layout(size), preview=True, chosen=True)
    [made] = make(workshop(prepared, look), [order])
    picture = made.sheets[0].preview
    assert picture
    return picture
