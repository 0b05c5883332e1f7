"""What the portal's templates may see: already worded, sorted and cut into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boards.words.common import ZoneBadge

ROWS = 100
"""Rows of a page of a long list."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    name: str
    group: str
    updated: str
    parts: tuple[tuple[str, str], ...]
    """The portal's sections: title and address."""


@dataclass(frozen=True, slots=True)
class PortalPage:
    """One page of the portal."""

    url: str
    title: str
    description: str
    template: str
    view: object

    @property
    def part(self) -> str:
        """The address of the section that it belongs to."""
        folder = self.url.rpartition("/")[0]
        return f"{folder}/index.html" if folder else self.url


@dataclass(frozen=True, slots=True)
class Unit:
    """A branch in short."""

    name: str
    mine: str
    url: str


@dataclass(frozen=True, slots=True)
class Star:
    """A branch's star and excellent zone of a quarter."""

    name: str
    url: str
    job: str
    citation: str
    unit: Unit
    zone: ZoneBadge
    """The excellent one."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A word or a number that leads to a list, and how long that is."""

    title: str
    url: str
    count: int
    zone: ZoneBadge | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A branch in its mine's list."""

    unit: Unit
    brand: str
    star: Star | None
    cases: int
    honours: int


@dataclass(frozen=True, slots=True)
class Mine:
    """A mine and its branches."""

    name: str
    url: str
    rows: tuple[UnitRow, ...]
    listed: bool
    """Whether the front page has room for its branches."""


@dataclass(frozen=True, slots=True)
class HonourLine:
    """The honours of one level by year."""

    level: str
    cells: tuple[Chip | None, ...]


@dataclass(frozen=True, slots=True)
class HonourTable:
    """All honours by level and year."""

    years: tuple[str, ...]
    lines: tuple[HonourLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take."""

    url: str
    label: str
    size: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a long list."""

    title: str
    url: str
    lead: str
    note: str
    unit: Unit
    zone: ZoneBadge | None = None
    files: tuple[Download, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLink:
    """Another page of the same list."""

    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list."""

    kicker: str
    rows: tuple[Row, ...]
    pager: tuple[PageLink, ...]
    chips: tuple[Chip, ...] = ()
    """Other lists beside it."""

    @property
    def short(self) -> bool:
        """Whether its rows are short enough for two columns."""
        return all(row.zone is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class StarsView:
    """One page of a quarter's stars."""

    kicker: str
    stars: tuple[Star, ...]
    pager: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class MinesView:
    """All mines, or one."""

    kicker: str
    mines: tuple[Mine, ...]


@dataclass(frozen=True, slots=True)
class HonoursView:
    """The table of honours."""

    table: HonourTable


@dataclass(frozen=True, slots=True)
class CasesView:
    """Cases by zone and by word."""

    zones: tuple[Chip, ...]
    words: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class FrontView:
    """The front page."""

    group: str
    name: str
    lead: str
    skyline: str
    quarter: str
    """The quarter whose stars are shown; empty where there are none."""
    stars: tuple[Star, ...]
    more_stars: int
    """How many there are beside."""
    mines: tuple[Mine, ...]
    honours: HonourTable
    cases: CasesView
    packs: tuple[Row, ...]
    more_packs: int


def paged(
    folder: str, stem: str, rows: Sequence[Row] | Sequence[Star], size: int = ROWS
) -> Iterator[tuple[str, Sequence[Row] | Sequence[Star], tuple[PageLink, ...]]]:
    """A list in pages: the address of each, its rows, and the links between them."""
    parts = [rows[start : start + size] for start in range(0, len(rows), size)] or [rows]
    urls = [f"{folder}{stem}{f'-{n}' if n > 1 else ''}.html" for n in range(1, len(parts) + 1)]
    for here, part in enumerate(parts):
        yield urls[here], part, _pager(urls, here)


def _pager(urls: Sequence[str], here: int) -> tuple[PageLink, ...]:
    """The first, the last, and those around the one that is shown."""
    if len(urls) == 1:
        return ()
    shown = sorted({0, len(urls) - 1, *range(max(0, here - 3), min(len(urls), here + 4))})
    return tuple(PageLink(f"第 {n + 1} 页", urls[n], n == here) for n in shown)
