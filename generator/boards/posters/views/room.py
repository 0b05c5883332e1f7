"""The print room (海报中心): every poster with its picture, its files and how to make others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boards.formats import KINDS, Kind, known_size
from boards.lazy import Lazy
from boards.looks import USUAL, looks
from boards.posters.views.words import Poster
from boards.records import Profile
from boards.words.common import Link, Page, PageBody

ROOM = "posters/index.html"
_MANY, _AHEAD = 12, 8
"""Posters of a kind that are easily walked past; and how many, four rows, are in sight of more."""


@dataclass(frozen=True, slots=True)
class PosterFile:
    """A file of a poster, ready to print."""

    url: str
    path: Path
    label: str


@dataclass(frozen=True, slots=True)
class PosterSize:
    """A poster in one size: a file for each sheet."""

    label: str
    paper: str
    """What it is printed on, and how much of it."""
    files: tuple[PosterFile, ...]


@dataclass(frozen=True, slots=True)
class PosterCard:
    """A poster in the print room."""

    id: str
    kind: str
    title: str
    marks: tuple[str, ...]
    version: str
    """Of each of its sheets, in words."""
    pictures: tuple[PosterFile, ...]
    """One for each sheet."""
    width: int
    height: int
    sizes: tuple[PosterSize, ...]
    """What is ready to print; first the size that the pictures show."""
    command: str
    """What to type, without size and way of printing."""
    notes: tuple[str, ...]
    page: str
    """The page it belongs to."""

    @property
    def files(self) -> tuple[PosterFile, ...]:
        """Every file of it that the site must hold."""
        return (*(file for size in self.sizes for file in size.files), *self.pictures)


@dataclass(frozen=True, slots=True)
class PosterGroup:
    """The posters of one kind."""

    id: str
    title: str
    default: str
    """The size it usually comes in, as it is typed."""
    sizes: tuple[Link, ...]
    """Every size it comes in: what it is called, and what to type."""
    tiled: str
    """How many office sheets make a poster when pasted together; empty for what fits on one."""
    ahead: tuple[PosterCard, ...]
    """Those in sight."""
    folded: tuple[PosterCard, ...]
    """Those that a click or the filter brings out."""


@dataclass(frozen=True, slots=True)
class OlderPosters:
    """A year whose posters are made when somebody wants them."""

    id: str
    title: str
    command: str
    posters: tuple[Link, ...]
    """What each is called, and the page it belongs to."""


@dataclass(frozen=True, slots=True)
class PrintRoomView:
    """The whole room."""

    groups: tuple[PosterGroup, ...]
    older: tuple[OlderPosters, ...]
    profiles: tuple[Link, ...]
    """The ways of printing: what each is called, and what to type."""
    look: str
    """The look of all of them, in words."""
    other_looks: str
    """The others there are, in words."""
    wants_address: bool
    """Whether to say that QR codes need the site's address."""
    preview: bool
    """Whether its readers keep the records, and can use commands."""


@dataclass(frozen=True, slots=True)
class PrintRoom:
    """The posters of a site, made."""

    cards: tuple[PosterCard, ...] = ()
    older: tuple[Poster, ...] = ()
    """Posters of earlier years, which are not made with the site."""
    tiled: Mapping[str, str] = field(default_factory=dict)
    """How many office sheets make a poster of each kind; see PosterGroup."""
    look: str = ""
    """The name of the look that they are set in."""
    wants_address: bool = False
    preview: bool = False

    @property
    def files(self) -> tuple[PosterFile, ...]:
        """Every file the site must hold."""
        return tuple(file for card in self.cards for file in card.files)

    def links(self, page: str) -> tuple[Link, ...]:
        """What a page offers to print: its own posters, those that are many together."""
        found = [card for card in self.cards if card.page.split("#")[0] == page]
        kinds = [KINDS[kind] for kind in dict.fromkeys(card.kind for card in found)]
        singles = [Link(c.title, f"{ROOM}#{c.id}") for c in found if not KINDS[c.kind].many]
        groups = [Link(kind.label, f"{ROOM}#{_kind_id(kind)}") for kind in kinds if kind.many]
        years = dict.fromkeys(poster.year for poster in self.older if poster.url == page)
        older = [Link(f"{year} 年的海报", f"{ROOM}#{_year_id(year)}") for year in years]
        return (*singles, *groups, *older)


def print_room_page(room: PrintRoom) -> Page:
    """The print room's page."""
    groups = tuple(
        _group(kind, cards, room.tiled.get(kind.id, ""))
        for kind in KINDS.values()
        if (cards := tuple(card for card in room.cards if card.kind == kind.id))
    )
    profiles = tuple(Link(profile.label, str(profile)) for profile in Profile)
    own = room.look or USUAL
    view = PrintRoomView(
        groups=groups,
        older=_by_year(room.older),
        profiles=profiles,
        look=looks()[own].label,
        other_looks="、".join(
            f"{row.label}（{row.about}）" for row in looks().values() if row.name != own
        ),
        wants_address=room.wants_address,
        preview=room.preview,
    )
    words = tuple(card.title for card in room.cards)
    body = PageBody("打印展板、海报和桌牌", view, words)
    return Page(ROOM, "海报中心", "posters.html", "海报", Lazy(lambda: body))


def _group(kind: Kind, cards: tuple[PosterCard, ...], tiled: str) -> PosterGroup:
    ahead = _AHEAD if len(cards) > _MANY else len(cards)
    return PosterGroup(
        id=_kind_id(kind),
        title=kind.label,
        default=kind.default,
        sizes=tuple(Link(known_size(name).label, name) for name in kind.sizes),
        tiled=tiled,
        ahead=cards[:ahead],
        folded=cards[ahead:],
    )


def _by_year(older: Sequence[Poster]) -> tuple[OlderPosters, ...]:
    """Years that are not made with the site, newest first as the posters come."""
    return tuple(
        OlderPosters(
            id=_year_id(year),
            title=f"{year} 年",
            command=f"boards posters --year {year}",
            posters=tuple(Link(row.title, row.url) for row in older if row.year == year),
        )
        for year in dict.fromkeys(poster.year for poster in older)
    )


def _kind_id(kind: Kind) -> str:
    return f"kind-{kind.id}"


def _year_id(year: int | None) -> str:
    return f"year-{year}"
