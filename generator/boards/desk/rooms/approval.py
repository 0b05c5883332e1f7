"""Approval: what awaits it, what has changed since the last one, the sheet, taking the steps."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend import AmendFault
from boards.amend.approval import CannotApprove, Steps, awaiting, leaning_on, missing_steps
from boards.board.board import Board
from boards.board.kept import last_approved
from boards.clock import build_date
from boards.desk.compared import compared
from boards.desk.forms import typed_of
from boards.desk.office import Office
from boards.desk.reading import in_words
from boards.desk.rooms.files import MadeFile, made_named, made_of
from boards.desk.rooms.past import Change
from boards.desk.said import told
from boards.errors import BoardError
from boards.papers.approval import draft, record
from boards.records import Record
from boards.records.schema import labels, specs
from boards.records.understood import dated


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that awaits approval."""

    key: str
    kind: str
    title: str
    link: str
    missing: str
    needs: str
    """What else it refers to that awaits approval, by title."""
    changes: tuple[Change, ...]
    """What is other than when it was last approved; all of it is new if it never was."""


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """All that awaits approval, and the form of the steps as it was filled in."""

    waiting: tuple[Waiting, ...]
    today: str
    people: tuple[str, ...]
    """Who has taken a step before."""
    chosen: frozenset[str] = frozenset()
    names: tuple[str, str, str] = ("", "", "")
    sheets: tuple[MadeFile, ...] = ()
    """To print and sign."""
    said: str = ""
    """What stands against it."""
    lacking: tuple[str, ...] = ()
    """The controls that it is about."""
    done: str = ""
    """How many records were just approved."""
    kept: tuple[MadeFile, ...] = ()
    """The sheets of these, to be signed and kept."""


def show(office: Office, request: Request, _: FormData) -> Response:
    """What awaits approval."""
    asked = request.query_params
    sheets = made_named(office, "approvals", asked.getlist("sheet"))
    names = (office.settings.who, "", "")
    done = asked.get("done", "")
    return _page(office, replace(_view(office), names=names, done=done, kept=sheets))


def _view(office: Office) -> ApprovalView:
    board = office.desk.look().board
    before = last_approved(board)
    waiting = (_waiting(board, row, before.get((row.table, row.id))) for row in awaiting(board))
    return ApprovalView(tuple(waiting), str(build_date()), tuple(_people(board)))


def _people(board: Board) -> list[str]:
    steps = (row.review for row in board.records() if row.review)
    names = ((step.proposed_by, step.checked_by, step.approved_by) for step in steps)
    return sorted({name for row in names for name in row if name})


def _page(office: Office, view: ApprovalView) -> Response:
    status = HTTPStatus.CONFLICT if view.said else HTTPStatus.OK
    return office.page("approval", "approval.html", status, view=view)


def _key(row: Record) -> str:
    return f"{row.table}/{row.id}"


def _waiting(board: Board, row: Record, before: Record | None) -> Waiting:
    return Waiting(
        key=_key(row),
        kind=row.kind,
        title=row.title_text,
        link=f"record/{row.table}/{row.id}",
        missing="、".join(missing_steps(board, row)),
        needs="、".join(other.title_text for other in leaning_on(board, [row])),
        changes=tuple(_changes(board, row, before)) if before else (),
    )


def _changes(board: Board, row: Record, before: Record) -> Iterator[Change]:
    old, new = typed_of(before), typed_of(row)
    told = specs(type(row))
    for name in {**old, **new}:
        if told[name].approved and old.get(name) != new.get(name):
            was, now = (in_words(board, type(row), name, of.get(name)) for of in (old, new))
            pieces = compared(was, now)
            yield Change(labels(type(row), (name,)), tuple(pieces))


def take_steps(office: Office, _: Request, form: FormData) -> Response:
    """Record the steps for what was chosen, or make the sheet to sign."""
    board, today = office.desk.look().board, build_date()
    wanted = frozenset(str(key) for key in form.getlist("record"))
    rows = [row for row in awaiting(board) if _key(row) in wanted]
    if form.get("together"):
        rows += leaning_on(board, rows)
    proposed, checked, approved = (str(form.get(name, "")).strip() for name in _LABELS)
    names = (proposed, checked, approved)
    view = replace(_view(office), chosen=wanted, names=names)
    try:
        if not rows:
            raise CannotApprove(["没有选要审批的记录"])
        if form.get("what") == "sheet":
            sheets = draft(board, office.root, rows, Steps(*names), today)
            return _page(office, replace(view, sheets=made_of(office, sheets)))
        if lacking := [key for key, name in zip(_LABELS, names, strict=True) if not name]:
            view = replace(view, lacking=tuple(lacking))
            raise CannotApprove([f"还没有写{'、'.join(_LABELS[key] for key in lacking)}"])
        view = replace(view, today=str(form.get("approved_on") or today), lacking=("approved_on",))
        day = _day(view.today)
        view = replace(view, lacking=())
        with office.desk.writing():
            written = record(board, office.root, rows, Steps(*names, day), today)
    except (CannotApprove, AmendFault) as error:
        return _page(office, replace(view, said=str(error)))
    except BoardError as error:
        said = told(error.problems)
        return _page(office, replace(view, said=said))
    done = [("done", str(len(rows))), *(("sheet", file.name) for file in written.sheets)]
    return office.to(f"approval?{urlencode(done)}")


_LABELS = {"proposed_by": "提出人", "checked_by": "审核人", "approved_by": "审批人"}


def _day(typed: str) -> datetime.date:
    """A day as people type it; raises CannotApprove."""
    numbers = dated(typed)
    try:
        return datetime.date(*numbers)
    except (TypeError, ValueError):
        raise CannotApprove([f"审批日期“{typed}”认不出来，写成 2019-08-19 的样子"]) from None
