"""Rules about the steps of approval: two people take them, and for these words."""

from __future__ import annotations

from collections.abc import Iterator

from boards.board import Board
from boards.errors import Problem, Severity
from boards.records.seal import is_one_person


def approvals(board: Board) -> Iterator[Problem]:
    """Checker and approver are two people (党务公开条例, article 15); what was approved stands."""
    for row in board.records():
        review = row.review
        if review and is_one_person(review.checked_by, review.approved_by):
            found = f"审核人和审批人都是“{review.approved_by}”；条例要求由两个人分别负责"
            hint = "换一个人审核；审核人写真正核过的人"
            yield board.problem(row, ("review", "checked_by"), found, hint)
        if review and not row.sample and board.is_changed(row):
            found = "审批以后内容改过，发布版会略去它"
            hint = "重新审批：boards approve 后面写这条的编号；不该改的改回去"
            where = ("review", "approved_content")
            yield board.problem(row, where, found, hint, severity=Severity.NOTICE)
