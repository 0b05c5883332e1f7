"""The print room (海报中心): every poster with its picture, its files and how to make others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from boards.formats import KINDS
from boards.records import Profile
from boards.views.common import Link, Page

ROOM = "posters/index.html"


@dataclass(frozen=True, slots=True)
class PosterFile:
    """A file of a poster, ready to print."""

    url: str
    path: Path
    label: str
    paper: str
    """What it is printed on, and how much of it."""


@dataclass(frozen=True, slots=True)
class PosterCard:
    """A poster in the print room."""

    id: str
    kind: str
    title: str
    marks: tuple[str, ...]
    version: str
    preview: PosterFile
    width: int
    height: int
    files: tuple[PosterFile, ...]
    tiled: str
    """How many office sheets make the poster when pasted together; empty for what fits on one."""
    command: str
    """What to type, without size and way of printing."""
    default: str
    sizes: tuple[Link, ...]
    """Every size it comes in: what it is called, and what to type."""
    notes: tuple[str, ...]
    page: str
    """The page it belongs to."""


@dataclass(frozen=True, slots=True)
class PosterGroup:
    """The posters of one kind."""

    id: str
    title: str
    cards: tuple[PosterCard, ...]


@dataclass(frozen=True, slots=True)
class PrintRoomView:
    """The whole room."""

    groups: tuple[PosterGroup, ...]
    profiles: tuple[Link, ...]
    """The ways of printing: what each is called, and what to type."""
    wants_address: bool
    """Whether to say that QR codes need the site's address."""
    preview: bool
    """Whether its readers keep the records, and can use commands."""


@dataclass(frozen=True, slots=True)
class PrintRoom:
    """The posters of a site, made."""

    cards: tuple[PosterCard, ...] = ()
    wants_address: bool = False
    preview: bool = False

    @property
    def files(self) -> tuple[PosterFile, ...]:
        """Every file the site must hold."""
        return tuple(file for card in self.cards for file in (*card.files, card.preview))

    def links(self, page: str) -> tuple[Link, ...]:
        """What a page offers to print: its own posters, one by one; its plates together."""
        found = [card for card in self.cards if card.page.split("#")[0] == page]
        singles = [Link(card.title, f"{ROOM}#{card.id}") for card in found if card.kind != "plate"]
        plates = [Link("责任管理牌", f"{ROOM}#kind-plate")] if len(singles) < len(found) else []
        return (*singles, *plates)


def print_room_page(room: PrintRoom) -> Page:
    """The print room's page."""
    groups = tuple(
        PosterGroup(f"kind-{kind.id}", kind.label, cards)
        for kind in KINDS.values()
        if (cards := tuple(card for card in room.cards if card.kind == kind.id))
    )
    profiles = tuple(Link(profile.label, str(profile)) for profile in Profile)
    view = PrintRoomView(groups, profiles, room.wants_address, room.preview)
    words = tuple(card.title for card in room.cards)
    return Page(ROOM, "海报中心", "打印展板、海报和桌牌", "posters.html", view, "海报", words)
