"""Rules about what other units sent: it is whole, and it is somebody else's."""

from __future__ import annotations

from collections.abc import Iterator

from boards.board import Board
from boards.errors import Problem
from boards.layout import RECEIVED
from boards.records import Shared


def received(board: Board) -> Iterator[Problem]:
    """Pictures are there, folders are named rightly, and nothing of our own stands among theirs."""
    for row in board.received.values():
        if board.branches and row.unit.id == board.branch.id:
            found = "这是本支部自己发出的材料"
            hint = f"删掉文件夹 data/{folder_of(row)}；自己的经验写在 cases 里"
            yield board.problem(row, ("unit", "id"), found, hint)
        if row.id != f"{row.unit.id}-{row.key}":
            found = "文件夹的名字和里面的发出单位、名称不一致"
            hint = f"改名为 data/{folder_of(row)}，或重新用 boards receive 接收"
            yield board.problem(row, ("key",), found, hint)
            continue
        for number, figure in enumerate(row.figures):
            if not (board.data / folder_of(row) / figure.file).is_file():
                found = f"缺少图片 {figure.file}"
                hint = "重新用 boards receive 接收这个材料包"
                yield board.problem(row, ("figures", number, "file"), found, hint)


def folder_of(row: Shared) -> str:
    """Where a received write-up lies below data/."""
    return f"{RECEIVED}/{row.unit.id}/{row.key}"
