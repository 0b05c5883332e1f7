"""Whether the words of the brand fit the figure that all of them stand in."""

from __future__ import annotations

from collections.abc import Iterator

from boards.board.board import Board
from boards.errors import Problem

LIMIT = 8
"""Characters that a circle or box of the loop holds at the smallest size that reads well."""
_GATHERING = 10
"""The same for the line of small type below."""


def terms(board: Board) -> Iterator[Problem]:
    """Names of zones, what they are to the work, and the words of the steps are short enough."""
    for branch in board.branches.values():
        words = branch.words
        for name, text, limit in (
            ("meeting_short", words.meeting_core, LIMIT),
            ("chosen", words.chosen, LIMIT),
            ("display", words.display, LIMIT),
            ("sharing", words.sharing_day, LIMIT),
            ("gathering", words.gathering, _GATHERING),
        ):
            if len(text) > limit:
                hint = f"缩到 {limit} 个字以内"
                yield board.problem(branch, ("terms", name), _too_long(text), hint)
    for zone in board.zones.values():
        for name, text in (("name", zone.short), ("tag", zone.tag)):
            if len(text) > LIMIT:
                hint = f"缩到 {LIMIT} 个字以内" + ("（不算“责任区”）" if name == "name" else "")
                yield board.problem(zone, (name,), _too_long(text), hint)


def _too_long(text: str) -> str:
    return f"“{text}”有 {len(text)} 个字，联动图里放不下"
