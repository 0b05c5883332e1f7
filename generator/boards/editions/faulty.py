"""What can still be shown of a board with faults, for the preview while somebody is editing."""

from __future__ import annotations

from dataclasses import replace

from boards.board.board import MODELS, Board
from boards.editions.edition import Edition
from boards.editions.editions import prepare
from boards.errors import BoardError, errors_in
from boards.media import check_photos
from boards.rules import check


def salvage(board: Board, edition: Edition) -> Board | None:
    """What an edition may hold of a board's sound part; None as for `sound`."""
    rest = sound(board, edition)
    return prepare(rest, edition)[0] if rest else None


def sound(board: Board, edition: Edition) -> Board | None:
    """Leave out every record a fault points at until the rest holds together for an edition.

    Returns None when what the site cannot do without is itself at fault.
    """
    board = replace(board, broken=frozenset())  # a reference to an unreadable record is a fault now
    while board.branches and len(board.zones) == 4:
        faults = errors_in([*check(board, edition.today), *check_photos(board)])
        if not faults:
            try:
                prepare(board, edition)
                return board
            except BoardError as error:
                faults = error.problems
        faulty = board.records_at({problem.place for problem in faults})
        if not faulty:
            return None
        board = board.with_tables(
            {
                name: {
                    key: row for key, row in board.table(name).items() if (name, key) not in faulty
                }
                for name in MODELS
            }
        )
    return None
