"""A whole site as views: pages, the frame around them, photos, posters, the big screen."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from boards.board.board import Board
from boards.drawings import SCENES, SKYLINE, Drawing, bust_of
from boards.editions.edition import Edition, EditionName
from boards.errors import Problem
from boards.figures import Figure
from boards.lazy import Lazy
from boards.looks import USUAL
from boards.media import Rendition, photos, picture
from boards.posters.views.room import PosterFile, PrintRoom, print_room_page
from boards.site.projection import Projection, projection
from boards.views import all_pages
from boards.views.cases import figure_shown
from boards.views.exchange import (
    Exchange,
    FeedView,
    PackFile,
    exchange_pages,
    feed_view,
    received_pictures,
)
from boards.views.problems import problems_page
from boards.views.screen import ScreenView, screen_view
from boards.words.common import Page, day


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around every page."""

    brand: str
    owner: str
    updated: str
    preview: bool
    screen: bool
    """Whether there is a big screen to link to."""
    faults: int = 0
    """How many faults the page problems.html lists; only a preview is ever built with any."""


@dataclass(frozen=True, slots=True)
class Makings:
    """What is made beside the pages, before them: posters and packs."""

    room: PrintRoom = field(default_factory=PrintRoom)
    exchange: Exchange = field(default_factory=Exchange)


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is rendered."""

    shell: Shell
    pages: tuple[Page, ...]
    photos: tuple[Rendition, ...] = ()
    screen: Lazy[ScreenView] | None = None
    look: str = USUAL
    drawings: tuple[Drawing | Figure, ...] = ()
    posters: tuple[PosterFile, ...] = ()
    packs: tuple[PackFile, ...] = ()
    feed: FeedView | None = None
    told: Lazy[Projection] | None = None
    """boards.json, for other programs."""


def whole_site(board: Board, edition: Edition, makings: Makings) -> Site:
    """The site of a board that has come from `editions.prepare`, with what was made for it."""
    room = makings.room
    branch = board.branch
    pages = [replace(page, posters=room.links(page.url)) for page in all_pages(board, edition)]
    own = [picture(board, photo) for _, _, photo in photos(board)]
    shown = [size for made in own for size in (made.small, made.large)]
    return Site(
        shell=Shell(
            brand=branch.brand,
            owner=f"{branch.group}{branch.mine} {branch.name}",
            updated=day(edition.today),
            preview=edition.name is EditionName.PREVIEW,
            screen=True,
        ),
        pages=(*pages, *exchange_pages(board, makings.exchange), print_room_page(room)),
        photos=tuple(dict.fromkeys([*shown, *received_pictures(board)])),  # one may be used twice
        look=branch.look or USUAL,
        drawings=_drawings(board),
        screen=Lazy(lambda: screen_view(board, edition)),
        posters=room.files,
        packs=makings.exchange.files,
        feed=feed_view(board, makings.exchange, edition.today),
        told=Lazy(lambda: projection(board, edition, makings.exchange.packs)),
    )


def _drawings(board: Board) -> tuple[Drawing | Figure, ...]:
    """What is drawn on the pages: those without a photo, zones, skyline, figures of cases."""
    busts = [bust_of(member) for member in board.members.values() if not member.photo]
    figures = [figure for case in board.cases.values() if (figure := figure_shown(case))]
    return tuple(dict.fromkeys([*busts, *SCENES.values(), SKYLINE, *figures]))


def faulty_site(errors: Sequence[Problem], rest: Site | None, today: datetime.date) -> Site:
    """What a preview shows of a board with faults: the faults, and what is left of the site."""
    faults = problems_page(errors)
    if rest is None:
        shell = Shell("支部展板", "", day(today), preview=True, screen=False)
        return Site(shell, (faults,))
    return replace(
        rest,
        shell=replace(rest.shell, faults=len(errors)),
        pages=(replace(faults, url="problems.html"), *rest.pages),
    )
