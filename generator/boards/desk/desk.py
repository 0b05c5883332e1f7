"""What the desk has before it: the records as they stand in the folder at this moment."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from filelock import FileLock

from boards.amend import Files
from boards.board.board import Board
from boards.board.load import Memory
from boards.check import check_folders
from boards.clock import build_date
from boards.desk.ahead import Ahead
from boards.editions.edition import Edition, EditionName
from boards.errors import Problem, errors_in
from boards.posters.register import Hanging, review
from boards.posters.room import posters_of
from boards.posters.views import Poster
from boards.serving.watch import signature

_LOCK = Path("desk") / "writing.lock"
_PATIENCE = 10.0
"""Seconds after which whoever waits for another desk's save gives up."""


@dataclass(frozen=True)
class Look:
    """The records at one moment, and all that is wrong with them."""

    board: Board
    problems: tuple[Problem, ...]

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """What stops a build."""
        return tuple(errors_in(self.problems))

    @cached_property
    def posters(self) -> tuple[Board, dict[str, Poster]]:
        """The board as the posters of the preview may hold it, and these by their ids.

        Raises BoardError if there is an error.
        """
        prepared, there = posters_of(self.board, Edition(EditionName.PREVIEW, build_date()))
        return prepared, {poster.id: poster for poster in there}

    @cached_property
    def hanging(self) -> tuple[Hanging, ...]:
        """What hangs, and what of it is to be replaced; raises BoardError if there is an error."""
        return tuple(review(self.board, build_date()))


class Desk:
    """One site's folder, looked at again whenever something in it changes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.photos = Ahead(self.forget)
        self._memory = Memory()
        self._one = threading.Lock()
        self._seen: tuple[object, datetime.date] | None = None
        self._look = Look(Board(), ())

    def look(self) -> Look:
        """The records as they are now."""
        now = (signature(self.root), build_date())
        with self._one:
            if now != self._seen:
                self._look = self._read({})
                self._seen = now
            return self._look

    def forget(self) -> None:
        """Look again the next time, even if nothing seems to have changed."""
        self._seen = None

    def tried(self, files: Files) -> Look:
        """The records as they would be with some files changed; nothing is written."""
        with self._one:
            return self._read(files)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Alone among all desks on this folder; raises filelock.Timeout."""
        (self.root / _LOCK).parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self.root / _LOCK, timeout=_PATIENCE):
            yield

    def _read(self, files: Files) -> Look:
        folders = (self.root / "data", self.root / "content")
        board, problems = check_folders(
            *folders, build_date(), files, self._memory, self.photos.check
        )
        return Look(board, tuple(problems))
