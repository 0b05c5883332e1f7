"""The approval sheet (党务公开审批单) as PDF, and the folder it goes to."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boards.amend import write
from boards.amend.approval import Steps, amended_files, wants_names
from boards.board.board import Board
from boards.board.folder import KEPT
from boards.output import require_ours
from boards.papers.sheet import keep, set_sheet
from boards.papers.views.approval import ApprovalSheet, approval_sheet
from boards.records import Record
from boards.records.schema import leaves
from boards.typst.engine import forget

FOLDER = "approvals"
"""The folder that sheets are written to, beside data/."""
PER_SHEET = 150_000
"""Characters of a sheet, twenty more for each field: some fifty quarters or five hundred messages.

More records go to further sheets, each to be signed: setting one takes about a kilobyte of memory
for every character, two gigabytes for three thousand records.
"""


def to_pdf(board: Board, sheet: ApprovalSheet, day: datetime.date) -> bytes:
    """The sheet as PDF/A-2b, dated `day`; raises what `set_sheet` raises."""
    titles = "；".join(item.title for item in sheet.items)
    return set_sheet(board, "approval", sheet, f"{sheet.title}：{titles}", day)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an approval has left: changed files, their backup, the sheets to sign, if any are."""

    changed: tuple[Path, ...]
    backup: Path | None
    sheets: tuple[Path, ...]


def record(
    board: Board, root: Path, records: Sequence[Record], steps: Steps, today: datetime.date
) -> Recorded:
    """Record the steps in the records' files and write the sheets of those that take them.

    What only rests on a publication, or whose steps stand there, was signed for elsewhere.
    Nothing is written unless the files hold together afterwards and the sheets are made. Raises
    what `amended_files` and `to_pdf` raise, RefusedTarget if their folder is not ours, OSError.
    """
    files = amended_files(board, root, records, steps, today)
    changed = tuple(file for file in files if file.name != KEPT)
    signed = [row for row in records if wants_names(board, row)]
    if not signed:
        return Recorded(changed, write(files, root, f"{today}-approve"), ())
    made = _pdfs(board, signed, steps, today)
    require_ours(root / FOLDER)
    backup = write(files, root, f"{today}-approve")
    name = _name(signed, steps.approved_on or today)
    return Recorded(changed, backup, _keep(made, root / FOLDER, name, replace=False))


def draft(
    board: Board, root: Path, records: Sequence[Record], steps: Steps, today: datetime.date
) -> tuple[Path, ...]:
    """Write sheets to sign before anything is recorded; later ones take their place.

    Raises what `to_pdf` raises, and RefusedTarget.
    """
    made = _pdfs(board, records, steps, today)
    require_ours(root / FOLDER)
    return _keep(made, root / FOLDER, f"{_name(records, today)}-draft", replace=True)


def _pdfs(
    board: Board, records: Sequence[Record], steps: Steps, today: datetime.date
) -> list[bytes]:
    """The sheets of records, as many as it takes."""
    parts = list(_parts(records))
    made = []
    for number, part in enumerate(parts, 1):
        place = f"第 {number} 份，共 {len(parts)} 份" if len(parts) > 1 else ""
        sheet = approval_sheet(board, part, steps, today, place)
        made.append(to_pdf(board, sheet, steps.approved_on or today))
        if place:
            forget()
    return made


def _parts(records: Sequence[Record]) -> Iterator[list[Record]]:
    """Records in their order, as many to a sheet as can be set at once."""
    part: list[Record] = []
    size = 0
    for record in records:
        length = sum(20 + len(str(leaf.value)) for leaf in leaves(record))
        if part and size + length > PER_SHEET:
            yield part
            part, size = [], 0
        part.append(record)
        size += length
    yield part


def _keep(pdfs: list[bytes], folder: Path, name: str, *, replace: bool) -> tuple[Path, ...]:
    names = [f"{name}-sheet-{n:02}" for n in range(1, len(pdfs) + 1)] if pdfs[1:] else [name]
    made = zip(pdfs, names, strict=True)
    return tuple(keep(pdf, folder, each, replace=replace) for pdf, each in made)


def _name(records: Sequence[Record], day: datetime.date) -> str:
    """The day and the record, or how many there are."""
    return f"{day}-{records[0].id if len(records) == 1 else len(records)}"
