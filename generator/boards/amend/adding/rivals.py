"""What a new record cannot stand beside: one of the same day and kind, or the same honour."""

from __future__ import annotations

from collections.abc import Mapping

from boards.amend import Value
from boards.amend.adding.questions import ACTIVITIES, KINDS
from boards.board.board import MODELS, Board
from boards.records import Keyed


def telling(table: str) -> tuple[str, ...]:
    """The fields that no two records of a table have alike; their ids aside."""
    if table == ACTIVITIES:
        return ()
    return MODELS[table].natural_key or MODELS[table].only_once


def rival(board: Board, table: str, answers: Mapping[str, Value]) -> Keyed | None:
    """The record that is there already in place of a new one, as far as it has been answered."""
    if table == ACTIVITIES:
        return None
    model = MODELS[table]
    if model.natural_key:
        return board.table(table).get(model.natural_id(answers) or "")
    if not model.only_once or any(name not in answers for name in model.only_once):
        return None
    wanted = [str(answers[name]) for name in model.only_once]
    rows = board.table(table).values()
    same = (row for row in rows if wanted == [str(getattr(row, n)) for n in model.only_once])
    found = list(same)
    return next((row for row in found if not is_sample(row)), next(iter(found), None))


def is_sample(row: Keyed) -> bool:
    """Whether a record makes room for a real one."""
    return bool(getattr(row, "sample", False))


def said_of(board: Board, row: Keyed) -> str:
    """That a real record is there, where, and how it is changed."""
    place = board.origins[(row.table, row.id)].place(())
    word = next(word for word, table in KINDS.items() if table == row.table)
    cure = f"要改那一条，按 Ctrl+C 停下以后运行 boards add {word} {row.id}"
    return f"“{row.title_text}”已经有了（{place.path} 第 {place.line} 行）；{cure}"
