"""The samples of a site: which there are, and taking all of them out with whatever names them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.amend import Action, Edit, Files, amended
from boards.board.board import Board
from boards.check import check_folders
from boards.errors import Problem, errors_in
from boards.records import Keyed, Model
from boards.records.schema import FieldSpec, as_typed, leaves, specs

NEEDED = ("branches", "zones")
"""Tables whose rows no site can do without: a sample there is made one's own, and not removed."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What taking the samples out would do."""

    gone: tuple[Keyed, ...]
    needed: tuple[Keyed, ...]
    """Samples that must stay."""
    freed: tuple[tuple[Keyed, str], ...]
    """Real records that name a sample, each with the field that loses it."""
    pictures: tuple[str, ...]
    """Photos that only these samples show, by their paths in `data`."""
    files: Files
    problems: tuple[Problem, ...]
    """What would be wrong then and is not now."""


def samples(board: Board) -> list[Keyed]:
    """Every row that is marked as a sample, in the order of the tables."""
    return [row for row in board.everything() if getattr(row, "sample", False)]


def removal(board: Board, root: Path, today: datetime.date) -> Removal:
    """Make the new files in memory and check them; nothing is written. Raises AmendFault."""
    there = samples(board)
    gone = [row for row in there if row.table not in NEEDED]
    keys = {(row.table, row.id) for row in gone}
    freed = list(_freed(board, keys))
    edits = [Edit(row.table, row.id, {}, Action.REMOVE) for row in gone]
    edits += [Edit(row.table, row.id, {name: value}) for row, name, value in freed]
    files = amended(board, root, edits) if edits else {}
    pictures = _pictures(board, keys)
    return Removal(
        gone=tuple(gone),
        needed=tuple(row for row in there if row.table in NEEDED),
        freed=tuple((row, specs(type(row))[name].label) for row, name, _ in freed),
        pictures=pictures,
        files={**files, **{board.data / path: None for path in pictures}},
        problems=tuple(_new_problems(board, root, today, files)) if files else (),
    )


def _new_problems(
    board: Board, root: Path, today: datetime.date, files: Files
) -> Iterator[Problem]:
    """What would be wrong with these files and is not now."""
    _, before = check_folders(board.data, root / "content", today)
    _, after = check_folders(board.data, root / "content", today, files)
    known = {_said(problem) for problem in errors_in(before)}
    return (row for row in errors_in(after) if _said(row) not in known)


def _pictures(board: Board, gone: set[tuple[str, str]]) -> tuple[str, ...]:
    """Photos that nothing else shows; none where a record cannot be read, which may show one."""
    if board.broken:
        return ()
    shown: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for row in board.everything():
        pictures = (leaf.value for leaf in leaves(row) if leaf.spec.picture)
        shown[(row.table, row.id) in gone] |= {path.casefold(): path for path in pictures}
    return tuple(
        path
        for same, path in shown[True].items()
        if same not in shown[False] and (board.data / path).is_file()
    )


def _said(problem: Problem) -> tuple[str, str, str, str]:
    """What a problem says, wherever its line has moved to."""
    return problem.place.path, problem.record, problem.field, problem.found


def _freed(board: Board, gone: set[tuple[str, str]]) -> Iterator[tuple[Keyed, str, Any]]:
    """Fields of rows that stay, without the samples that they name; None takes a field out.

    A name that a row cannot do without stays, and is told as a problem.
    """
    for row in board.everything():
        if (row.table, row.id) in gone:
            continue
        named = {leaf.path[0] for leaf in leaves(row) if _leads_to(board, leaf, gone)}
        for name in sorted(str(step) for step in named):
            spec = specs(type(row))[name]
            value = getattr(row, name)
            left = _without(board, spec, value, gone)
            if left != value:
                yield row, name, as_typed(left) if left not in (None, ()) else None


def _leads_to(board: Board, leaf: Any, gone: set[tuple[str, str]]) -> bool:
    return bool(leaf.reference) and _is_gone(board, leaf.spec, leaf.value, gone)


def _is_gone(board: Board, spec: FieldSpec, value: Any, gone: set[tuple[str, str]]) -> bool:
    target = board.named(spec.reference, value) if spec.reference else None
    return target is not None and (target.table, target.id) in gone


def _without(board: Board, spec: FieldSpec, value: Any, gone: set[tuple[str, str]]) -> Any:
    """A value without references to what goes, as far as it can do without."""
    if isinstance(value, tuple):
        kept = (item for item in value if not _is_gone(board, spec, item, gone))
        return tuple(_without(board, spec, item, gone) for item in kept)
    if isinstance(value, Model):
        changes = {
            inner.name: _without(board, inner, getattr(value, inner.name), gone)
            for inner in specs(type(value)).values()
        }
        return value.model_copy(update=changes)
    can_go = not spec.is_required and _is_gone(board, spec, value, gone)
    return None if can_go else value
