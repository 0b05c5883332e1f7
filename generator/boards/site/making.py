"""What is made of a board beside its pages: posters for the print room, packs to share."""

from __future__ import annotations

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.packs.downloads import exchange
from boards.posters.room import print_room
from boards.progress import Progress, silent
from boards.site.whole import Makings


def makings(board: Board, edition: Edition, progress: Progress = silent) -> Makings:
    """Make what an edition of the site offers for print and download; `board` is as it was read.

    `progress` hears of every poster. Raises BoardError for what cannot be set, FontsUnusable.
    """
    room = print_room(board, edition, progress)
    return Makings(room, exchange(board, edition))
