"""Reading a workbook against the records as they stand: what it would change, or what is wrong."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from boards.amend import Files, amended
from boards.board.board import MODELS, Board
from boards.board.load import load
from boards.check import check_folders
from boards.errors import BoardError, Place, Problem, errors_in
from boards.media import check_photos
from boards.rules import check
from boards.sheets.arriving import Incoming
from boards.sheets.baseline import Baseline, agreement
from boards.sheets.changes import Change, changes
from boards.sheets.gone import told_of_samples
from boards.sheets.grid import read_workbook
from boards.sheets.hints import in_words_of_cells
from boards.sheets.incoming import incoming
from boards.sheets.renewal import recall


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workbook would do to the records, found to be right."""

    made: tuple[Change, ...] = ()
    files: Files = field(default_factory=dict)
    """New content of every file that changes."""
    kept: tuple[str, ...] = ()
    """Records that were changed in YAML since the workbook was written, and stay so."""
    untouched: tuple[str, ...] = ()
    """Kinds that the workbook has no sheets for."""
    made_ids: tuple[tuple[str, str], ...] = ()
    """Names of new records that nobody has given an id, each with the one made of it."""
    notices: tuple[Problem, ...] = ()
    token: str = ""
    """Names the baseline in the workbook."""
    baseline: Baseline | None = None
    """What workbook and records agree on once this is written; None if they already did."""


def plan(root: Path, content: bytes, file: Path, today: datetime.date) -> Plan:
    """What a workbook, read as `content` from `file`, would change below `root`; writes nothing.

    Raises BoardError with everything that is wrong with it or with the records it would make.
    """
    board, problems = load(root / "data", root / "content")
    if errors := errors_in(problems):
        raise BoardError(errors)
    book = read_workbook(content, file.name)
    own = book.baseline
    if own and own.branch != board.branch.id:
        found = f"这个文件是“{own.branch}”导出的，本支部是“{board.branch.id}”"
        hint = "用本支部 boards sheets out 导出的文件"
        raise BoardError([Problem(Place(file.name), found, hint)])
    if own is None:
        raise BoardError(book.problems)
    book.baseline = recall(root, file, content, own.token) or own
    arriving = incoming(book, board)
    changed, wanted = changes(board, arriving, book)
    told = [*arriving.problems, *changed.conflicts]
    together = [*check(wanted, today), *check_photos(wanted)]
    together = told_of_samples(together, wanted, arriving, book.baseline)
    told += [in_words_of_cells(problem) for problem in together]
    if errors := errors_in(told):
        raise BoardError(errors)
    files = amended(board, root, changed.edits)
    after = check_folders(root / "data", root / "content", today, files)[1] if files else []
    if errors := errors_in(after):
        raise BoardError(errors)
    return Plan(
        tuple(changed.made),
        files,
        tuple(changed.kept),
        tuple(MODELS[table].kind for table in arriving.absent),
        tuple((name, key) for key, name in arriving.made_ids.items()),
        tuple(told),
        own.token,
        _renewed(wanted, arriving, book.baseline),
    )


def _renewed(board: Board, arriving: Incoming, before: Baseline) -> Baseline | None:
    made = agreement(board, arriving.tables, before)
    return made if made.token != before.token else None
