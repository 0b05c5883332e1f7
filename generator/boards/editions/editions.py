"""Which records an edition may hold: everything downstream sees only what is left here.

The preview edition shows samples and what awaits approval, marked as such. The publishing edition
leaves both out and says so. Neither ever holds what is not meant for the circle it stands in.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from boards.board.board import MODELS, Board
from boards.board.called import shared_ids
from boards.board.kept import Key, last_approved
from boards.editions.edition import Edition, EditionName
from boards.editions.leaning import (
    LET_IN,
    NEEDED,
    Gone,
    Refusal,
    with_cause,
    with_what_leans,
)
from boards.editions.reasons import kept_back, reason_of, without_consent
from boards.errors import BoardError, Place, Problem, errors_in
from boards.records import Audience, Keyed, Record
from boards.records.schema import REMEMBERED, FieldPath, describe, project, without
from boards.rules import check_together

_NEEDED_BY_ALL = ("branches", "zones")
"""Tables of which no edition can do without a record."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something an edition leaves out, where it stands, and why: a record, or a part of one."""

    kind: str
    title: str
    place: Place
    reason: str
    part: str = ""
    """The field that is left out; nothing if it is the whole record."""
    cause: str = ""
    """The reason without names and days, to be counted by."""
    cure: str = ""
    """What lets it in, where that can be known."""


def prepare(board: Board, edition: Edition) -> tuple[Board, list[Withheld]]:
    """The board as `edition` may hold it, and the records that were left out whole.

    What was changed since its approval is published as it was approved, where that is kept. Raises
    BoardError if the branch itself or one of its zones may not be shown, which no edition can do
    without.
    """
    board = settle(board, edition)
    _require_branch(board, edition)
    prepared, gone = fitted(board, edition)
    return prepared, whole_records(board, gone)


def whole_records(board: Board, gone: Gone) -> list[Withheld]:
    """The records that are left out whole, as they are told."""
    rows = ((row, gone.whole.get((row.table, row.id))) for row in board.everything())
    return [described(board, row, why) for row, why in rows if why]


def settle(board: Board, edition: Edition) -> Board:
    """The board with what counts as approved, and for publishing the wording of each approval.

    A kept wording that no longer fits the rest, as one that names somebody who has left, is none.
    """
    if board.settled is not None:
        return board
    return board.once(("settled", edition), lambda: _settled(board, edition))


def _settled(board: Board, edition: Edition) -> Board:
    approved = {(row.table, row.id) for row in board.records() if board.is_approved(row)}
    kept = last_approved(board) if edition.name is EditionName.PUBLISH else {}
    while kept:
        made = _with_kept(board, approved, kept)
        seen = _projected(made, _gone(made, edition, {}), edition)
        broken = errors_in(check_together(seen, edition.today))
        misfits = board.records_at({problem.place for problem in broken}) & kept.keys()
        if not misfits:
            return made
        kept = {key: row for key, row in kept.items() if key not in misfits}
    return _with_kept(board, approved, {})


def _with_kept(board: Board, approved: Set[Key], kept: Mapping[Key, Record]) -> Board:
    tables: dict[str, dict[str, Keyed]] = {}
    for (table, key), row in kept.items():
        tables.setdefault(table, dict(board.table(table)))[key] = row
    settled = frozenset(approved | kept.keys())
    return replace(board.with_tables(tables), settled=settled)


def fitted(board: Board, edition: Edition) -> tuple[Board, Gone]:
    """A settled board as `edition` may hold it, and all that was left out of it.

    Whoever may not be shown any more stops nothing: what needs them, or no longer fits the rest
    without them, goes too. Raises BoardError where an edition cannot do without.
    """
    return board.once(("fitted", edition), lambda: _fitted(board, edition))


def _fitted(board: Board, edition: Edition) -> tuple[Board, Gone]:
    misfits: dict[Key, Refusal] = {}
    while True:
        gone = _gone(board, edition, misfits)
        seen = _projected(board, gone, edition)
        faults = errors_in(check_together(seen, edition.today)) if gone.whole else []
        if faults:
            known = {problem.sort_key for problem in check_together(board, edition.today)}
            faults = [problem for problem in faults if problem.sort_key not in known]
        if not faults:
            return seen, gone
        misfits |= _misfits(seen, gone, faults)


def gone_by_itself(board: Board, edition: Edition) -> Gone:
    """What an edition may not hold of a settled board, and what leans on that."""
    return _gone(board, edition, {})


def _gone(board: Board, edition: Edition, misfits: Mapping[Key, Refusal]) -> Gone:
    """What goes by itself and what leans on it; `misfits` were found to fit no longer."""
    borne = shared_ids(board)
    whole = {
        (row.table, row.id): why
        for row in board.records()
        if row.table != "branches" and (why := kept_back(board, row, edition, borne))
    }
    parts = {
        (row.table, row.id): found
        for row in board.everything()
        if (found := without_consent(board, row, edition))
    }
    return with_what_leans(board, {**misfits, **whole}, parts, edition.circle)


def _projected(board: Board, gone: Gone, edition: Edition) -> Board:
    return board.with_tables(
        {
            name: {
                row.id: _as_seen(row, gone, edition)
                for row in board.table(name).values()
                if (name, row.id) not in gone.whole
            }
            for name in MODELS
        }
    )


def _as_seen(row: Keyed, gone: Gone, edition: Edition) -> Keyed:
    """A row with nothing in it that the edition's circle may not see."""
    parts = gone.parts.get((row.table, row.id), [])
    return _projection(without(row, [path for path, _ in parts]), edition.circle)


@functools.lru_cache(REMEMBERED)
def _projection(row: Keyed, circle: Audience) -> Keyed:
    seen: Keyed = project(row, circle)
    return seen


def _misfits(seen: Board, gone: Gone, faults: list[Problem]) -> dict[Key, Refusal]:
    """The records at fault in an edition; BoardError where it cannot do without them."""
    found: dict[Key, Refusal] = {}
    stuck = []
    for problem in faults:
        keys = [key for key in seen.records_at({problem.place}) if key[0] not in _NEEDED_BY_ALL]
        for key in keys:
            parts = [part for part in gone.parts.get(key, []) if part[1].cause == NEEDED]
            said = f"少了不在这一版里的记录，{problem.found}"
            found[key] = parts[0][1] if parts else Refusal(said, NEEDED, LET_IN)
        if not keys:
            stuck.append(with_cause(gone, problem))
    if stuck:
        raise BoardError(stuck)
    return found


def _require_branch(board: Board, edition: Edition) -> None:
    if reason := reason_of(board, board.branch, edition):
        found = f"支部的介绍不能公开（{reason}），这一版缺不了它"
        hint = f"先审批：boards approve {board.branch.id}；示例要先换成真实内容、去掉 sample"
        if not board.branch.audience.reaches(edition.circle):
            hint = f"把 branch 的 audience 改成 {edition.circle}（{edition.circle.label}），再生成"
        raise BoardError([board.problem(board.branch, (), found, hint)])


def described(
    board: Board, row: Keyed, why: Refusal | str, path: FieldPath = (), part: str = ""
) -> Withheld:
    """Something that is left out of a record, or the whole of it, as it is told."""
    why = Refusal(why, why) if isinstance(why, str) else why
    origin = board.origins.get((row.table, row.id))
    place = origin.place(path) if origin else Place(row.table)
    part = describe(type(row), path) if path else part
    return Withheld(row.kind, row.title_text, place, why.reason, part, why.cause, why.cure)
