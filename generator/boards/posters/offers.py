"""What the editions would print today of the posters that hang, to be compared with those.

Only on how many sheets a list comes is found out by setting it, if that is not known yet.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from boards.board.board import Board
from boards.editions.edition import Edition, EditionName
from boards.formats import known_size
from boards.posters.room import IN_PRINT_ROOM, posters_of
from boards.posters.setting import version
from boards.posters.trials import planned
from boards.posters.views import Poster, all_posters
from boards.posters.views.sheets import most_sheets, sheets_of
from boards.posters.workshop import Workshop, workshop
from boards.records import Print
from boards.typst.engine import NotSet


@dataclass(frozen=True)
class Stock:
    """The posters of a board that is made for one surface, by id."""

    board: Board
    posters: Mapping[str, Poster]

    @functools.cached_property
    def _shop(self) -> Workshop:
        return workshop(self.board)

    def sheets(self, row: Print) -> list[Poster]:
        """What a poster consists of today, in the size that hangs."""
        poster = self.posters[row.poster]
        if most_sheets(poster) == 1:
            return [poster]
        try:
            count = planned(self._shop, poster, known_size(row.size)).sheets
        except NotSet:  # a character that no face has: nobody can print it, on however many sheets
            count = 1
        return list(sheets_of(self.board, poster, count))

    def hung(self, row: Print) -> Poster | None:
        """What would hang today where this hangs: the poster, or that sheet of it if it has one."""
        poster = self.posters.get(row.poster)
        if poster is None or row.sheet is None:
            return poster
        sheets = self.sheets(row)
        return sheets[row.sheet - 1] if row.sheet <= len(sheets) else None

    def has(self, row: Print) -> bool:
        """Whether its version is one that is printed today, of whatever sheet if it names none."""
        hung = self.hung(row)
        if hung and version(self.board, hung) == row.version:
            return True
        every = self.sheets(row) if hung and row.sheet is None else []
        return any(version(self.board, sheet) == row.version for sheet in every)


@dataclass(frozen=True, slots=True)
class Offer:
    """What an edition would print today of the posters that hang."""

    paper: Stock
    room: Stock
    """As the site's print room offers them: without photos that may not be on a site."""
    before: Stock
    """As if nobody had left."""

    @property
    def board(self) -> Board:
        """The board of what is printed."""
        return self.paper.board

    def matches(self, row: Print) -> bool:
        """Whether the poster that hangs says what this edition would say today."""
        return self.paper.has(row) or self.room.has(row)

    def present(self, row: Print) -> str:
        """The version that would be printed today; empty if there is none."""
        hung = self.paper.hung(row)
        return version(self.board, hung) if hung else ""

    def before_leaving(self, row: Print) -> Poster:
        """What would hang if nobody had left, on as many sheets as it takes today."""
        poster = self.before.posters[row.poster]
        if row.sheet is None or most_sheets(poster) == 1:
            return poster
        today = len(self.paper.sheets(row)) if row.poster in self.paper.posters else 1
        count = min(max(today, row.sheet), most_sheets(poster))
        sheets = list(sheets_of(self.before.board, poster, count))
        return sheets[min(row.sheet, count) - 1]


def offer_of(board: Board, name: EditionName, wanted: set[str], today: datetime.date) -> Offer:
    """What an edition would print of the posters in `wanted`.

    Raises BoardError if the edition does not hold together.
    """
    edition = Edition(name, today)
    prepared, every = posters_of(board, edition)
    in_room, seen = posters_of(board, edition, IN_PRINT_ROOM)
    members = {
        key: member.model_copy(update={"left_on": None}) for key, member in prepared.members.items()
    }
    as_before, before = prepared, every
    if members != prepared.members:
        as_before = prepared.with_tables({"members": members})
        before = all_posters(as_before, edition)

    def stock(board: Board, posters: list[Poster]) -> Stock:
        return Stock(board, {poster.id: poster for poster in posters if poster.id in wanted})

    return Offer(stock(prepared, every), stock(in_room, seen), stock(as_before, before))
