"""Reading and checking in one step: every problem of every file, sorted by place."""

from __future__ import annotations

import datetime
from pathlib import Path

from boards.board import Board
from boards.errors import Problem
from boards.load import Instead, load
from boards.media import check_photos
from boards.rules import check


def check_folders(
    data: Path, content: Path, today: datetime.date, instead: Instead | None = None
) -> tuple[Board, list[Problem]]:
    """The board of two folders as of `today`, and everything wrong with it.

    `instead` is read in place of the files it names, to try what is about to be written.
    """
    board, problems = load(data, content, instead)
    problems += check(board, today)
    problems += check_photos(board)
    return board, sorted(problems, key=lambda problem: problem.sort_key)
