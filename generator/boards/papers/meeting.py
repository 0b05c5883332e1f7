"""The sheet of the linkage meeting (四区创建联动会议评议单) as PDF, and the folder it goes to."""

from __future__ import annotations

import datetime
from pathlib import Path

from boards.board.board import Board
from boards.output import require_ours
from boards.papers.sheet import keep, set_sheet
from boards.papers.views.meeting import MeetingSheet, meeting_sheet
from boards.words.scoreboard import Scoreboard

FOLDER = "meetings"
"""The folder that sheets are written to, beside data/."""


def to_pdf(board: Board, sheet: MeetingSheet, day: datetime.date) -> bytes:
    """The sheet as PDF/A-2b, dated `day`; raises what `set_sheet` raises."""
    quarter = dict(sheet.facts)["季度"]
    return set_sheet(board, "meeting", sheet, f"{sheet.title}：{quarter}", day)


def draft(board: Board, root: Path, gathered: Scoreboard, today: datetime.date) -> Path:
    """Write the sheet of a quarter; a later one takes its place.

    Raises what `to_pdf` raises, RefusedTarget if the folder is not ours, and OSError.
    """
    require_ours(root / FOLDER)
    pdf = to_pdf(board, meeting_sheet(board, gathered, today), today)
    return keep(pdf, root / FOLDER, gathered.quarter, replace=True)
