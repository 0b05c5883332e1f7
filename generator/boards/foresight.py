"""What a build would refuse of the characters in the records, told when they are checked.

Which characters reach a poster or a pack, and in which typeface, only their views know. They are
asked for nothing unless something is written that a typeface lacks, so that checking stays fast.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from boards.board.board import Board
from boards.board.load import Instead
from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.editions.faulty import sound
from boards.errors import BoardError, Problem, errors_in
from boards.formats import Face
from boards.records import Audience
from boards.typst.font_files import FontsUnusable
from boards.typst.fonts import FontSet, font_set

_ESCAPE = re.compile(r"\\[xuU]")


def check_site(
    root: Path, today: datetime.date, instead: Instead | None = None
) -> tuple[Board, list[Problem]]:
    """As `check_folders` of a site's two folders, with what no typeface can set besides."""
    board, problems = check_folders(root / "data", root / "content", today, instead)
    problems += unsettable(board, today, problems)
    return board, sorted(problems, key=lambda problem: problem.sort_key)


def unsettable(board: Board, today: datetime.date, problems: list[Problem]) -> list[Problem]:
    """Every character that a build as of `today` would refuse, in the same words.

    `problems` are those of the board already known; what is faulty otherwise is not looked at.
    Unusable typefaces are no fault of the records: a build and `boards doctor` speak of them.
    """
    if not board.branches:
        return []
    settings = board.branch.posters
    try:
        fonts = font_set(board.data, settings.fonts if settings else None)
    except FontsUnusable:
        return []
    if not (settings and settings.glyphs) and not _is_anything_odd(board, fonts):
        return []
    edition = Edition(EditionName.PREVIEW, today)
    whole = sound(board, edition) if errors_in(problems) else board
    return list(_refused(whole, edition, fonts)) if whole else []


def _is_anything_odd(board: Board, fonts: FontSet) -> bool:
    """Whether any file holds a character that a face lacks, or an escape that may be one."""
    texts = {origin.path: origin.lines for origin in board.origins.values()}
    for lines in texts.values():
        text = "\n".join(lines)
        if _ESCAPE.search(text):
            return True
        if not all(fonts.has(face, character) for character in set(text) for face in Face):
            return True
    return False


def _refused(board: Board, edition: Edition, fonts: FontSet) -> Iterator[Problem]:
    from boards.packs import paper  # noqa: PLC0415 - heavy, as all that makes something is
    from boards.packs.shareable import ON_SITE, shareable  # noqa: PLC0415
    from boards.posters.lacking import missing_glyphs  # noqa: PLC0415
    from boards.posters.room import IN_PRINT_ROOM, by_age, posters_of  # noqa: PLC0415
    from boards.typst.glyphs import check_glyph_pictures  # noqa: PLC0415

    try:
        prepared, there = posters_of(board, edition, IN_PRINT_ROOM)
        packed = shareable(board, edition, Audience.SISTER_UNITS, ON_SITE)
    except BoardError:  # it does not hold together; a build says why
        return
    yield from check_glyph_pictures(prepared)
    told = set()
    for problem in missing_glyphs(prepared, by_age(prepared, there)[0], fonts):
        told.add(problem.place)
        yield problem
    for problem in (p for one in packed for p in paper.missing_glyphs(board, one, fonts)):
        if problem.place not in told:
            told.add(problem.place)
            yield problem
