"""Photos worked on aside, so that nobody waits for them: a branch may have hundreds."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from boards.board.board import Board
from boards.errors import Problem
from boards.media import PictureKey, check_photos, every_photo, picture, picture_key
from boards.pixels.decode import PhotoRefused
from boards.records import Photo
from boards.records.posters import GlyphPicture

_FEW = 3
"""Photos that are worked on at once: one that was just dropped should be seen at once."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many photos of those that are being worked on are done."""

    done: int
    total: int

    @property
    def said(self) -> str:
        """The same for people; nothing if none is left."""
        if self.done >= self.total:
            return ""
        return f"照片正在处理：{self.total} 张处理了 {self.done} 张。填写、保存都不耽误"


class Ahead:
    """The photos of a site that are not known yet, worked on one after another."""

    def __init__(self, finished: Callable[[], None]) -> None:
        """`finished` is called once all are known."""
        self._finished = finished
        self._seen: set[PictureKey] = set()
        """Worked on, whether they can be used or not."""
        self._progress = Progress(0, 0)
        self._one = threading.Lock()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    def check(self, board: Board) -> Iterator[Problem]:
        """As `check_photos`, of those that are known; many others are worked on aside."""
        wanted = dict(self._unknown(board))
        with self._one:
            if len(wanted) > _FEW and not self._progress.said:
                self._progress = Progress(0, len(wanted))
                threading.Thread(target=self._work, args=(board, wanted), daemon=True).start()
        if self._progress.said:
            yield from check_photos(board, lambda photo: self._is_known(board, photo))
        else:
            yield from check_photos(board)

    def _unknown(self, board: Board) -> Iterator[tuple[PictureKey, Photo | GlyphPicture]]:
        for _, _, photo in every_photo(board):
            try:
                key = picture_key(board, photo)
            except OSError:
                continue
            if key not in board.pictures and key not in self._seen:
                yield key, photo

    def _is_known(self, board: Board, photo: Photo | GlyphPicture) -> bool:
        key = picture_key(board, photo)
        return key in board.pictures or key in self._seen

    def _work(self, board: Board, wanted: dict[PictureKey, Photo | GlyphPicture]) -> None:
        try:
            for number, (key, photo) in enumerate(wanted.items(), start=1):
                with contextlib.suppress(PhotoRefused, OSError):  # `check` says so
                    picture(board, photo)
                self._seen.add(key)
                if number < len(wanted):
                    self._progress = Progress(number, len(wanted))
        finally:
            self._finished()
            self._progress = Progress(0, 0)
