"""What each poster says, before it is set in any size."""

from __future__ import annotations

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.posters.views.experience import experience_posters
from boards.posters.views.people import desk_card_posters, pledge_posters, roster_poster
from boards.posters.views.plates import plate_posters
from boards.posters.views.quarters import quarter_posters
from boards.posters.views.words import Poster
from boards.posters.views.work import case_posters, honours_poster, outcomes_poster
from boards.posters.views.zones import brand_poster, zone_posters

__all__ = ["Poster", "all_posters"]


def all_posters(board: Board, edition: Edition) -> list[Poster]:
    """Every poster of a board that `editions.prepare` has made for paper."""
    return [
        *brand_poster(board),
        *zone_posters(board, edition),
        *plate_posters(board),
        *roster_poster(board, edition),
        *quarter_posters(board),
        *honours_poster(board),
        *case_posters(board),
        *outcomes_poster(board),
        *experience_posters(board),
        *pledge_posters(board, edition),
        *desk_card_posters(board, edition),
    ]
