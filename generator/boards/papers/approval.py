"""The approval sheet (党务公开审批单) as PDF, and the folder it goes to."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from boards.amend import write
from boards.approval import Steps, amended_files, wants_names
from boards.board import Board
from boards.layout import KEPT
from boards.output import require_ours
from boards.papers.sheet import keep, set_sheet
from boards.records import Record
from boards.views.approval import ApprovalSheet, approval_sheet

FOLDER = "approvals"
"""The folder that sheets are written to, beside data/."""


def to_pdf(board: Board, sheet: ApprovalSheet, day: datetime.date) -> bytes:
    """The sheet as PDF/A-2b, dated `day`; raises what `set_sheet` raises."""
    titles = "；".join(item.title for item in sheet.items)
    return set_sheet(board, "approval", sheet, f"{sheet.title}：{titles}", day)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an approval has left: changed files, their backup, the sheet to sign, if any is."""

    changed: tuple[Path, ...]
    backup: Path | None
    sheet: Path | None


def record(
    board: Board, root: Path, records: Sequence[Record], steps: Steps, today: datetime.date
) -> Recorded:
    """Record the steps in the records' files and write the sheet of those that take them.

    What only rests on a publication, or whose steps stand there, was signed for elsewhere.
    Nothing is written unless the files hold together afterwards and the sheet is made. Raises what
    `amended_files` and `to_pdf` raise, RefusedTarget if the sheets' folder is not ours, OSError.
    """
    files = amended_files(board, root, records, steps, today)
    day = steps.approved_on or today
    signed = [row for row in records if wants_names(board, row)]
    changed = tuple(file for file in files if file.name != KEPT)
    if not signed:
        return Recorded(changed, write(files, root, f"{today}-approve"), None)
    pdf = to_pdf(board, approval_sheet(board, signed, steps, today), day)
    require_ours(root / FOLDER)
    backup = write(files, root, f"{today}-approve")
    sheet = keep(pdf, root / FOLDER, _name(signed, day), replace=False)
    return Recorded(changed, backup, sheet)


def draft(
    board: Board, root: Path, records: Sequence[Record], steps: Steps, today: datetime.date
) -> Path:
    """Write a sheet to sign before anything is recorded; a later one takes its place.

    Raises what `to_pdf` raises, and RefusedTarget.
    """
    pdf = to_pdf(board, approval_sheet(board, records, steps, today), steps.approved_on or today)
    require_ours(root / FOLDER)
    return keep(pdf, root / FOLDER, f"{_name(records, today)}-draft", replace=True)


def _name(records: Sequence[Record], day: datetime.date) -> str:
    """The day and the record, or how many there are."""
    return f"{day}-{records[0].id if len(records) == 1 else len(records)}"
