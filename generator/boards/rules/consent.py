"""Rules about consent: whoever is seen or quoted and has not been asked is told of in time."""

from __future__ import annotations

from collections.abc import Iterator

from boards.board.board import Board
from boards.errors import Named, Problem, Severity
from boards.records import Keyed
from boards.records.schema import FieldPath


def consents(board: Board) -> Iterator[Problem]:
    """A notice for every photo and talk that nobody will see for want of consent."""
    for row, path, who, found in _wanting(board):
        member = board.members.get(who)
        if member and member.consent is None:
            until = "显示画像" if path == ("photo",) else "发布时略去"
            cure = ("取得本人同意后填写", Named("consent"), f"；在此之前{until}")
            said = found.format(member.name)
            yield board.problem(row, path, said, cure, severity=Severity.NOTICE)


def _wanting(board: Board) -> Iterator[tuple[Keyed, FieldPath, str, str]]:
    """What wants whose consent, and what is said if it is not there."""
    for member in board.members.values():
        if member.photo:
            yield member, ("photo",), member.id, "没有肖像同意，照片不会显示"
    for quarter in board.quarters.values():
        for number, talk in enumerate(quarter.talks):
            said = "分享人{}没有填写同意，这篇心得不会显示"
            yield quarter, ("talks", number), talk.member, said
