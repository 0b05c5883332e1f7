"""Rules about what other units sent: it is whole, and it is somebody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from boards.board.board import Board
from boards.board.folder import PACK_MANIFEST, PACK_RECORD, RECEIVED
from boards.digests import digest_of
from boards.errors import Problem, Severity
from boards.records import Shared

_AGAIN = "重新用 boards receive 接收这个材料包"


def received(board: Board) -> Iterator[Problem]:
    """All is as it came, folders are named rightly, and nothing of our own stands among theirs."""
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
                yield board.problem(row, ("figures", number, "file"), found, _AGAIN)
        yield from _changed(board, row)


def _changed(board: Board, row: Shared) -> Iterator[Problem]:
    """Files that are no longer what their sender has approved and sent."""
    folder = board.data / folder_of(row)
    came = _digests(folder / PACK_MANIFEST)
    if came is None:
        found = f"没有清单 {PACK_MANIFEST}，看不出收下以后改过没有"
        yield board.problem(row, (), found, _AGAIN, severity=Severity.NOTICE)
        return
    for name in (PACK_RECORD, *(figure.file for figure in row.figures)):
        if (folder / name).is_file() and came.get(name) != digest_of(folder / name):
            found = f"{name} 收下以后改过，不是对方发来的样子"
            yield board.problem(row, (), found, f"{_AGAIN}，加 --replace；要改请对方改好再发")


def _digests(manifest: Path) -> dict[str, object] | None:
    """The digest of each file as it came; None if nothing tells."""
    try:
        files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
        return {name: facts["sha256"] for name, facts in files.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def folder_of(row: Shared) -> str:
    """Where a received write-up lies below data/."""
    return f"{RECEIVED}/{row.unit.id}/{row.key}"
