"""Grey rows of a workbook whose samples have been taken out of the records meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from boards.board.board import Board
from boards.errors import Problem
from boards.records.schema import leaves
from boards.sheets.arriving import Incoming
from boards.sheets.baseline import Agreed, Baseline

_SAMPLE = "sample"


def was_sample(agreed: Agreed | None) -> bool:
    """Whether a record was a sample when workbook and records agreed."""
    return bool(agreed and _SAMPLE in (agreed.records or agreed.workbook or {}))


def told_of_samples(
    problems: list[Problem], wanted: Board, arriving: Incoming, baseline: Baseline
) -> list[Problem]:
    """The same problems; who names a sample that is gone is told so, and which row is to go."""
    gone = {
        key: agreed.name
        for (table, key), agreed in baseline.records.items()
        if was_sample(agreed) and key not in wanted.table(table)
    }
    naming = dict(_naming(wanted, arriving, gone)) if gone else {}
    return [
        replace(problem, found=said[0], cure=said[1]) if (said := naming.get(_cell(problem)))
        else problem
        for problem in problems
    ]  # fmt: skip


def _cell(problem: Problem) -> tuple[str, int, int]:
    return problem.place.sheet, problem.place.line, problem.place.column


def _naming(
    wanted: Board, arriving: Incoming, gone: dict[str, str]
) -> Iterator[tuple[tuple[str, int, int], tuple[str, str]]]:
    for (table, key), origin in arriving.origins.items():
        row = wanted.table(table).get(key)
        for leaf in leaves(row) if row else ():
            if not leaf.reference or leaf.value not in gone:
                continue
            if wanted.named(leaf.reference, leaf.value) is None:
                place = origin.place(leaf.path)
                found = f"示例“{gone[leaf.value]}”（{leaf.value}）已经从台账里删掉了"
                hint = "这一行是示例留下来的，整行删掉；是真实的，换成真实的记录"
                yield (place.sheet, place.line, place.column), (found, hint)
