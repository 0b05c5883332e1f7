"""What stands around every page: header, navigation, footer, and the files that these need.

A shell is drawn once for all pages that share it, with marks where the words of a page and of the
site go. Who draws it is named in `site.shells` alone: the core has to outlive it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from markupsafe import escape

from boards.site.whole import Shell, Site
from boards.views import Page
from boards.words.common import Link

MARKS = ("title", "description", "address", "article", "brand", "owner", "updated", "faults")
"""What a shell leaves open: four words of a page, four of the site."""
_MARK = re.compile(rf"(boards-shell-(?:{'|'.join(MARKS)})-mark)")


def mark(name: str) -> str:
    """What stands in a shell for a word. It is cut there before anything is put in."""
    return f"boards-shell-{name}-mark"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a site's shells depend on, beside its settings."""

    preview: bool
    screen: bool
    """Whether there is more to show than faults, and so a navigation."""
    faulty: bool
    titles: Mapping[str, str]
    """Every page's title by its address."""

    @property
    def folders(self) -> set[str]:
        """The folders that pages stand in, each with its slash; that of the root is empty."""
        return set(map(folder_of, self.titles))


@dataclass(frozen=True, slots=True)
class Shells:
    """The shells of a site."""

    texts: Mapping[str, str]
    """By address for a page of the navigation, by folder for all others in it."""
    alone: Mapping[str, str]
    """Whole pages of no record, by address: 404.html."""
    named: Mapping[str, str]
    """What the navigation calls its pages, by address; empty where it takes the page's title."""
    files: Mapping[str, bytes]
    """Stylesheets, scripts and pictures, by address."""

    def call(self, site: Site) -> Site:
        """The site with its pages called as in the navigation, in headings, links and search."""
        titles = {page.url: self.named.get(page.url) or page.title for page in site.pages}

        def called(page: Page) -> Page:
            front = above(page.url)
            link = Link(titles[front], front) if front in titles else None
            return replace(page, title=titles[page.url], above=link)

        return replace(site, pages=tuple(map(called, site.pages)))

    def of(self, page: Page) -> str:
        """The name of the shell that a page stands in."""
        return page.url if page.url in self.texts else folder_of(page.url)


def wanted_of(site: Site) -> Wanted:
    """What a site's shells are to be drawn for."""
    return Wanted(
        preview=site.shell.preview,
        screen=site.shell.screen,
        faulty=site.shell.faults > 0,
        titles={page.url: page.title for page in site.pages},
    )


_FRONTS = {"write-ups/": "cases/index.html", "messages/": "messages.html"}
"""The pages that lead to those of a folder, where it is not the folder's own front."""


def above(url: str) -> str:
    """The page that one stands below, by address; empty for one that stands below none."""
    folder = folder_of(url)
    front = _FRONTS.get(folder, f"{folder}index.html") if folder else ""
    return "" if url == front else front


def folder_of(url: str) -> str:
    """The folder of an address, with its slash; empty for the root."""
    return url[: url.rfind("/") + 1]


def words_of(shell: Shell) -> dict[str, str]:
    """What the site says in every shell, by mark."""
    return {
        mark("brand"): escape(shell.brand),
        mark("owner"): escape(shell.owner),
        mark("updated"): escape(shell.updated),
        mark("faults"): str(shell.faults),
    }


def cut(text: str) -> list[str]:
    """A shell in pieces; every second one is a mark."""
    return _MARK.split(text)


def fill(pieces: Iterable[str], words: Mapping[str, str], page: Page, article: str) -> str:
    """A whole page: a shell's pieces with the words of site and page in place of the marks."""
    values = {
        **words,
        mark("title"): escape(page.title),
        mark("description"): escape(page.description),
        mark("address"): PurePosixPath(page.url).stem,
        mark("article"): article,
    }
    return "".join(values.get(piece, piece) for piece in pieces)
