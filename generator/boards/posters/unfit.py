"""What does not fit on a poster, told at the fields that are too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boards.board.board import Board
from boards.errors import Problem
from boards.formats import Size
from boards.posters.views import Poster

_LEAST = 8
"""Characters that are left of a text at least: to advise less is to advise deleting it."""


def main_record(board: Board, poster: Poster) -> str:
    """Where a fault of a whole poster is told: table and id of the record it is named after."""
    record = poster.records[0] if poster.record and poster.records else board.branch
    return f"{record.table}/{record.id}"


def too_long(
    board: Board, poster: Poster, size: Size, facts: list[dict[str, Any]], better: Sequence[Size]
) -> list[Problem]:
    """What does not fit even at the least size that can be read from where its readers stand.

    `facts` is what the template noted, `better` the sizes in which all would fit.
    """
    found = f"海报“{poster.title}”在 {size.label}上放不下："
    named = "、".join(other.label for other in better[:4])
    instead = f"；或换放得下的尺寸：{named}" if better else ""
    problems = []
    for fact in facts:
        texts, room = fact["texts"], fact["room"]
        if room < _LEAST or not texts:
            at = main_record(board, poster)
            hint = f"少写几项，或每项写短些{instead}"
            problems.append(board.problem_at(at, f"{found}内容太多", hint))
            continue
        together = f"最长的 {len(texts)} 项合起来太长，" if len(texts) > 1 else ""
        for text in texts:
            over = text["length"] - room
            said = (
                f"{found}{together}这一项 {text['length']} 字，"
                f"缩到看得清的最小字号也要删去约 {over} 字"
            )
            hint = f"缩短到 {room} 字以内{instead}"
            problems.append(board.problem_at(text["at"], said, hint))
    return problems
