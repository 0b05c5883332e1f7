"""What a preview shows of the records as they stand in the folders now, with or without faults."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from boards.board.board import Board
from boards.check import check_folders
from boards.clock import build_date
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.editions.faulty import salvage
from boards.errors import BoardError, Problem, errors_in
from boards.packs.keys import KeyFault
from boards.site.making import makings
from boards.site.whole import Makings, Site, faulty_site, whole_site
from boards.typst.engine import NotSet
from boards.typst.font_files import FontsUnusable

log = logging.getLogger("mkdocs.plugins.boards")


class Unusable(Exception):
    """No preview can be made, for reasons that stand in no record."""


def preview(data: Path, content: Path, *, show_faults: bool) -> Site:
    """The preview of two folders.

    Raises BoardError if the records have errors, unless these are to be shown in it; Unusable.
    """
    edition = Edition(EditionName.PREVIEW, build_date())
    board, problems = check_folders(data, content, edition.today)
    errors = errors_in(problems)
    if not errors:
        try:
            made = makings(board, edition)
            return whole_site(prepare(board, edition)[0], edition, made)
        except BoardError as error:
            errors = error.problems
        except (FontsUnusable, NotSet, KeyFault) as error:
            raise Unusable(str(error)) from error
    if not show_faults:
        raise BoardError(errors)
    for problem in errors:
        log.error(problem.as_text())
    return with_faults(board, edition, errors)


def with_faults(board: Board, edition: Edition, errors: Sequence[Problem]) -> Site:
    """The faults of a board, and what is sound of it."""
    rest = salvage(board, edition)
    seen = whole_site(rest, edition, Makings()) if rest else None
    return faulty_site(errors, seen, edition.today)
