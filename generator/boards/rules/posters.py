"""Rules about how posters are made: what the settings name is there."""

from __future__ import annotations

from collections.abc import Iterator

from boards.board.board import Board
from boards.errors import Problem
from boards.rules.photos import astray


def posters(board: Board) -> Iterator[Problem]:
    """The folder of the site's own typefaces exists, and so does every picture of a character."""
    settings = board.branch.posters if board.branches else None
    for number, glyph in enumerate(settings.glyphs if settings else ()):
        path = ("posters", "glyphs", number, "file")
        if (board.data / glyph.file).is_file():
            yield from astray(board, board.branch, path, glyph.file)
        else:
            hint = "把图片放进 data/media，或删掉这一条"
            yield board.problem(board.branch, path, f"找不到图片 {glyph.file}", hint)
    if settings and settings.fonts and not (board.data / settings.fonts.folder).is_dir():
        found = f"找不到字体文件夹 data/{settings.fonts.folder}"
        hint = "建这个文件夹，把字体放进去；或删掉 posters.fonts"
        yield board.problem(board.branch, ("posters", "fonts", "folder"), found, hint)
