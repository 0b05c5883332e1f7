"""Reading and checking in one step: every problem of every file, sorted by place."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from pathlib import Path

from boards.board.board import Board
from boards.board.load import Instead, Memory, load
from boards.errors import Problem
from boards.media import check_photos
from boards.rules import check


def check_folders(
    data: Path,
    content: Path,
    today: datetime.date,
    instead: Instead | None = None,
    memory: Memory | None = None,
    photos: Callable[[Board], Iterable[Problem]] = check_photos,
) -> tuple[Board, list[Problem]]:
    """The board of two folders as of `today`, and everything wrong with it.

    `instead` and `memory` are as for `load`; `photos` says which of them cannot be used.
    """
    board, problems = load(data, content, instead, memory)
    problems += check(board, today)
    problems += photos(board)
    return board, sorted(problems, key=lambda problem: problem.sort_key)
