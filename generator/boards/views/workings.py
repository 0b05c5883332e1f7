"""How the branch's work goes, for pages that have no record of it yet."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board.board import Board


@dataclass(frozen=True, slots=True)
class Step:
    """One of the things that follow one another."""

    title: str
    text: str


def quarter_steps(board: Board) -> tuple[Step, ...]:
    """From the four zones to the talk: the shape of the brand, in the words of the branch."""
    words = board.branch.words
    inputs = "、".join(zone.meeting_input for zone in board.zones.values())
    return (
        Step("四个区各报成绩", inputs),
        Step(words.meeting, f"{words.chosen}：一名党员之星，一个优质责任区"),
        Step(words.display, "结果公开，大家看，大家评"),
        Step(words.sharing_day, f"{words.gathering_day}上谈心得，一处的做法带到各区"),
    )


def coverage_steps() -> tuple[Step, ...]:
    """How every worker comes to be looked after."""
    return (
        Step("按班组登记人数", "每个班组在册多少人，先登记清楚"),
        Step("党员分工包保", "每名党员认领几个人，责任到人"),
        Step("加起来核对", "各人包保的人数相加，等于班组在册人数，一个不漏"),
    )
