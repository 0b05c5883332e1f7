"""经验交流: what this branch gives out, and what other units have sent (兄弟单位经验)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from markupsafe import Markup

from boards.board.board import Board
from boards.lazy import Lazy
from boards.media import Rendition, picture_at
from boards.records import Shared
from boards.rules.received import folder_of
from boards.words.common import (
    Link,
    Page,
    PageBody,
    PhotoView,
    Provenance,
    ZoneBadge,
    day,
    zone_badge,
)
from boards.words.text import to_html, to_plain

EXCHANGE = "exchange/index.html"
FEED = "exchange/feed.xml"
DATA = "exchange/boards.json"


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack that the site offers."""

    url: str
    path: Path
    label: str
    size: str
    digest: str
    """The SHA-256 of its bytes."""


@dataclass(frozen=True, slots=True)
class OwnPack:
    """A write-up of this branch, ready to be given out."""

    key: str
    title: str
    kind: str
    level: str
    zone: str
    summary: str
    page: str
    """The page it belongs to, from the site's root."""
    files: tuple[PackFile, ...]
    updated: str
    """Since when it stands as it does: day of approval, or as of when it holds; ISO."""


@dataclass(frozen=True, slots=True)
class ReceivedCard:
    """A write-up of another unit in short."""

    title: str
    url: str
    unit: str
    kind: str
    zone: ZoneBadge
    summary: Markup


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """A write-up of another unit, whole."""

    card: ReceivedCard
    headline: str
    author: str
    level: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, Markup], ...]
    figures: tuple[PhotoView, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """The whole section."""

    packs: tuple[OwnPack, ...]
    blocked: bool
    received: tuple[ReceivedCard, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """The packs of a site, made."""

    packs: tuple[OwnPack, ...] = ()
    blocked: bool = False
    """Whether there are none because what may leave does not hold together."""

    @property
    def files(self) -> tuple[PackFile, ...]:
        """Every file the site must hold."""
        return tuple(file for pack in self.packs for file in pack.files)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One write-up in the feed."""

    id: str
    title: str
    updated: str
    page: str
    archive: str
    kind: str
    summary: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """The feed of what this branch gives out."""

    id: str
    title: str
    updated: str
    author: str
    address: str
    entries: tuple[FeedEntry, ...]


def feed_view(board: Board, exchange: Exchange, today: datetime.date) -> FeedView:
    """The feed; its links are relative where the site does not know its own address."""
    branch = board.branch
    root = f"{branch.site_url.rstrip('/')}/" if branch.site_url else ""
    base = root or "../"
    name = f"urn:branch-boards:{branch.id}"
    entries = tuple(
        FeedEntry(
            id=f"{root}exchange/{pack.key}.zip" if root else f"{name}:{pack.key}",
            title=pack.title,
            updated=_moment(pack.updated or today.isoformat()),
            page=f"{base}{pack.page}",
            archive=f"{base}{pack.files[-1].url}",
            kind=pack.kind,
            summary=pack.summary,
        )
        for pack in exchange.packs
    )
    return FeedView(
        id=f"{root}{FEED}" if root else name,
        title=f"{branch.name} 经验交流",
        updated=max((entry.updated for entry in entries), default=_moment(today.isoformat())),
        author=f"{branch.group}{branch.mine} {branch.name}",
        address=f"{base}{FEED}",
        entries=entries,
    )


def _moment(iso_day: str) -> str:
    return f"{iso_day}T00:00:00+08:00"


def exchange_pages(board: Board, exchange: Exchange) -> Iterator[Page]:
    """The section's front, and a page for each write-up that came in."""
    front = Lazy(lambda: _front(board, exchange))
    yield Page(EXCHANGE, "经验交流", "exchange.html", "经验交流", front)
    for row in board.received.values():
        body = Lazy(partial(_of_received, board, row))
        yield Page(_url_of(row), row.title, "received.html", Shared.kind, body)


def _front(board: Board, exchange: Exchange) -> PageBody:
    cards = tuple(_card(board, row) for row in board.received.values())
    view = ExchangeView(exchange.packs, exchange.blocked, cards)
    words = tuple(pack.title for pack in exchange.packs)
    return PageBody("给兄弟单位的材料，和兄弟单位的经验", view, words)


def _of_received(board: Board, row: Shared) -> PageBody:
    card = _card(board, row)
    view = ReceivedView(
        card=card,
        headline=row.headline or "",
        author=row.author or "",
        level=row.level.label,
        facts=tuple((fact.label, fact.value) for fact in row.facts),
        sections=tuple((part.title, to_html(part.text)) for part in row.sections),
        figures=tuple(_figures(board, row)),
        provenance=provenance_of(row),
    )
    words = (
        card.unit,
        to_plain(row.summary),
        *(f"{part.title} {to_plain(part.text)}" for part in row.sections),
    )
    return PageBody(f"来自{card.unit}", view, words)


def _url_of(row: Shared) -> str:
    return f"exchange/{row.id}.html"


def received_pictures(board: Board) -> Iterator[Rendition]:
    """Pictures of received write-ups in the sizes the site shows."""
    for row in board.received.values():
        for figure in row.figures:
            made = picture_at(board, board.data / folder_of(row) / figure.file)
            yield from (made.small, made.large)


def _card(board: Board, row: Shared) -> ReceivedCard:
    return ReceivedCard(
        title=row.title,
        url=_url_of(row),
        unit=row.unit.full_name,
        kind=row.type.label,
        zone=zone_badge(board.zones[row.zone]),
        summary=to_html(row.summary),
    )


def _figures(board: Board, row: Shared) -> Iterator[PhotoView]:
    for figure in row.figures:
        made = picture_at(board, board.data / folder_of(row) / figure.file)
        yield PhotoView(
            small=made.small.url,
            small_width=made.small.width,
            large=made.large.url,
            width=made.large.width,
            height=made.large.height,
            alt=figure.alt,
            caption=figure.caption or "",
            credit=figure.credit or "",
        )


def provenance_of(row: Shared) -> Provenance:
    """Where a received write-up comes from and what its sender's right to share rests on."""
    source = row.source
    parts = (
        [f"《{source.title}》", source.publisher, day(source.date), source.passage]
        if source
        else []
    )
    approval = row.approval
    approved = f"{approval.approved_by or row.unit.name} {day(approval.approved_on)}批准".strip()
    return Provenance(
        source="，".join(part for part in parts if part),
        approval="原已公开发表" if approval.basis == "published" else approved,
        as_of=row.as_of.wording if row.as_of else "",
    )


def page_of(shared: Shared) -> Link:
    """The page of this site that an own write-up belongs to."""
    name = shared.key.split("-", 1)[1]
    if shared.type in {"case", "innovation"}:
        return Link(shared.title, f"cases/{name}.html")
    if shared.type == "talk":
        return Link(shared.title, f"quarters/{name.rsplit('-', 1)[0]}.html")
    return Link(shared.title, f"zones/{name}.html")


def updated(shared: Shared) -> str:
    """Since when a write-up stands as it does, as an ISO day."""
    known: datetime.date | None = shared.approval.approved_on
    if known is None and shared.as_of:
        known = shared.as_of.last_day
    return known.isoformat() if known else ""
