"""Rules about the steps of approval: two people take them, for content that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from boards.board.board import Approval, Board
from boards.board.called import command, names_of
from boards.errors import Problem, Severity
from boards.records import Audience, Record
from boards.records.seal import is_one_person

_CONTENT = ("review", "approved_content")


def approvals(board: Board) -> Iterator[Problem]:
    """Checker and approver are two people (党务公开条例, article 15); what was approved stands."""
    for row in board.records():
        review = row.review
        if review and is_one_person(review.checked_by, review.approved_by):
            found = f"审核人和审批人都是“{review.approved_by}”；条例要求由两个人分别负责"
            hint = "换一个人审核；审核人写真正核过的人"
            yield board.problem(row, ("review", "checked_by"), found, hint)
    if board.settled is None:  # what an edition has made of the records was approved before
        yield from _lapsed(board)


def _lapsed(board: Board) -> Iterator[Problem]:
    """What looks approved and is not; what was typed so, once for every file."""
    changed: list[Record] = []
    typed: dict[str, list[Record]] = defaultdict(list)
    for row in board.records():
        if row.sample or row.audience is Audience.BRANCH:
            continue
        state = board.approval(row)
        if state is Approval.CHANGED:
            changed.append(row)
        elif state is Approval.UNSEALED:
            origin = board.origins.get((row.table, row.id))
            typed[origin.path if origin else row.table].append(row)
    for row, name in zip(changed, names_of(board, changed), strict=True):
        found = "审批以后内容改过，发布版先用上次审批的；没有存下的就略去它"
        hint = f"重新审批：boards approve {name}；不该改的改回去"
        yield board.problem(row, _CONTENT, found, hint, severity=Severity.NOTICE)
    for rows in typed.values():
        more = f"（这个文件里共 {len(rows)} 条）" if len(rows) > 1 else ""
        found = f"写了审批，却没有登记审批的是什么内容，发布版会略去它{more}"
        hint = f"核对以后登记：{command(board, rows)}；从旧版升上来的，先运行 boards upgrade"
        yield board.problem(rows[0], _CONTENT, found, hint, severity=Severity.NOTICE)
