"""The approval sheet (党务公开审批单) as PDF, and the folder it goes to."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from boards.amend import write
from boards.approval import Steps, amended_files
from boards.board import Board
from boards.output import MARKER, require_ours, write_whole
from boards.posters.fonts import FontSet, font_set
from boards.posters.typesetting import Typesetter
from boards.records import Record
from boards.views.approval import ApprovalSheet, approval_sheet
from boards.views.posters.words import Face

FOLDER = "approvals"
"""The folder that sheets are written to, beside data/."""


def to_pdf(board: Board, sheet: ApprovalSheet, day: datetime.date) -> bytes:
    """The sheet as PDF/A-2b, dated `day`, in as many pages as it takes.

    A character that a typeface lacks is printed as 〓 with its code: a sheet to sign must show that
    something stands there. Raises FontsUnusable and NotSet.
    """
    settings = board.branch.posters
    fonts = font_set(board.data, settings.fonts if settings else None)
    typesetter = Typesetter(board.data.parent / ".boards", fonts)
    content: dict[str, Any] = _printable(asdict(sheet), fonts)
    titles = "；".join(item.title for item in sheet.items)
    content |= {
        "description": f"{sheet.title}：{titles}"[:200],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "script": "hans",
        "faces": {str(face): family for face, family in typesetter.families.items()},
    }
    return typesetter.pdf("papers/approval", json.dumps(content, ensure_ascii=False))


def _printable(value: Any, fonts: FontSet) -> Any:
    """The same with every character that a typeface lacks named by its code."""
    if isinstance(value, dict):
        return {key: _printable(part, fonts) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, fonts) for part in value]
    if not isinstance(value, str):
        return value
    return "".join(
        letter if all(fonts.has(face, letter) for face in Face) else f"〓（U+{ord(letter):04X}）"
        for letter in value
    )


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an approval has left: changed files, their backup, the sheet to sign."""

    changed: tuple[Path, ...]
    backup: Path | None
    sheet: Path


def record(
    board: Board, root: Path, records: Sequence[Record], steps: Steps, today: datetime.date
) -> Recorded:
    """Record the steps in the records' files and write the sheet.

    Nothing is written unless the files hold together afterwards and the sheet is made. Raises what
    `amended_files` and `to_pdf` raise, RefusedTarget if the sheets' folder is not ours, OSError.
    """
    files = amended_files(board, root, records, steps, today)
    day = steps.approved_on or today
    pdf = to_pdf(board, approval_sheet(board, records, steps, today), day)
    require_ours(root / FOLDER)
    backup = write(files, root, f"{today}-approve")
    return Recorded(tuple(files), backup, _keep(pdf, root, _name(records, day), replace=False))


def draft(
    board: Board, root: Path, records: Sequence[Record], steps: Steps, today: datetime.date
) -> Path:
    """Write a sheet to sign before anything is recorded; a later one takes its place.

    Raises what `to_pdf` raises, and RefusedTarget.
    """
    pdf = to_pdf(board, approval_sheet(board, records, steps, today), steps.approved_on or today)
    require_ours(root / FOLDER)
    return _keep(pdf, root, f"{_name(records, today)}-draft", replace=True)


def _name(records: Sequence[Record], day: datetime.date) -> str:
    """The day and the record, or how many there are."""
    return f"{day}-{records[0].id if len(records) == 1 else len(records)}"


def _keep(pdf: bytes, root: Path, name: str, *, replace: bool) -> Path:
    """Write a sheet; unless `replace`, a number keeps it from an earlier one's place."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    file = folder / f"{name}.pdf"
    number = 2
    while file.exists() and not replace:
        file = folder / f"{name}-{number}.pdf"
        number += 1
    write_whole(file, pdf)
    return file
