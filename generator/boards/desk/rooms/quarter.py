"""A quarter, step by step: months, the sheet, what the meeting decided, approval, posters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.board.board import Board
from boards.board.folder import FOLDERS
from boards.clock import build_date
from boards.desk.desk import Look
from boards.desk.office import Office
from boards.desk.rooms.files import MadeFile, made_of
from boards.formats import KINDS
from boards.papers.meeting import draft
from boards.papers.views.meeting import ScoreLine, meeting_sheet
from boards.records import Quarter, Record
from boards.records.months import MonthId, QuarterId
from boards.words.scoreboard import scoreboard


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of a quarter, done or not, and where it is done."""

    title: str
    done: bool
    said: str
    link: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class QuarterView:
    """A quarter on its way."""

    id: str
    title: str
    months: tuple[Step, ...]
    scores: tuple[ScoreLine, ...]
    proposal: str
    notices: tuple[str, ...]
    sheets: tuple[MadeFile, ...]
    meeting: Step
    approval: Step
    posters: tuple[Step, ...]
    before: str
    after: str
    """The ids of the quarters beside it; `after` is empty for one that has not ended."""


def show(office: Office, request: Request, _: FormData) -> Response:
    """The quarter that was asked for, or the last whole one."""
    now = QuarterId.around(build_date())
    typed = request.path_params.get("id", str(now.shifted(-1)))
    if not re.fullmatch(FOLDERS["quarters"][0], typed):
        return office.missing()
    return office.page("quarter", "quarter.html", view=_view(office, typed))


def sheet(office: Office, request: Request, _: FormData) -> Response:
    """Make the sheet that the meeting decides and signs on."""
    typed = request.path_params["id"]
    if not re.fullmatch(FOLDERS["quarters"][0], typed):
        return office.missing()
    board, today = office.desk.look().board, build_date()
    file = draft(board, office.root, scoreboard(board, typed), today)
    view = _view(office, typed, made_of(office, [file]))
    return office.page("quarter", "quarter.html", view=view)


def _view(office: Office, name: str, sheets: tuple[MadeFile, ...] = ()) -> QuarterView:
    look, today = office.desk.look(), build_date()
    board, quarter = look.board, QuarterId.of(name)
    gathered = scoreboard(board, name)
    told = meeting_sheet(board, gathered, today)
    held = board.quarters.get(name)
    real = held if held and not held.sample else None
    later = quarter.shifted(1)
    return QuarterView(
        id=name,
        title=quarter.title,
        months=tuple(_month(board, month) for month in quarter.months),
        scores=told.scores,
        proposal=told.proposal,
        notices=told.notices,
        sheets=sheets,
        meeting=_meeting(name, held),
        approval=_approval(board, real),
        posters=() if look.errors else tuple(_posters(look, name)),
        before=str(quarter.shifted(-1)),
        after=str(later) if later <= QuarterId.around(today) else "",
    )


def _month(board: Board, month: MonthId) -> Step:
    there = board.months.get(str(month))
    if there is None or there.sample:
        said = "现在是示例，登记真的就换掉它" if there else "还没有登记"
        return Step(month.title, False, said, f"new/months?id={month}", "登记")
    return Step(month.title, True, "登记了", f"record/months/{month}", "打开")


def _meeting(name: str, held: Quarter | None) -> Step:
    if held is None or held.sample:
        said = "开过会，把评定的登记进来；得分已经按三个月的数填好，照会上定的改"
        return Step("会议评定", False, said, f"new/quarters?id={name}", "登记")
    return Step("会议评定", True, "登记了", f"record/quarters/{name}", "打开")


def _approval(board: Board, held: Record | None) -> Step:
    if held is None:
        return Step("审批", False, "登记以后再审批")
    if board.is_approved(held):
        return Step("审批", True, "审批过了")
    return Step("审批", False, "等待审批", "approval", "去审批")


def _posters(look: Look, name: str) -> Iterator[Step]:
    for poster in look.posters[1].values():
        if poster.record == name:
            label = KINDS[poster.kind].label
            yield Step(label, True, "", f"posters/{poster.id}", "做成文件")
