"""What needs a record that an edition may not hold: it goes too, or the part of it that does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.board.kept import Key
from boards.errors import Problem
from boards.records import Audience, Keyed
from boards.records.schema import FieldPath, leaves, without

NEEDED = "要用到的记录不在这一版里"
"""Why a record goes that needs one which may not be shown, without names."""
LET_IN = "相关的记录公开、审批以后再生成"
"""What lets it in, where it cannot be known which record is wanted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be seen or read: in full, and without names and days."""

    reason: str
    cause: str
    cure: str = ""
    """What lets it in."""


Part = tuple[FieldPath, Refusal]
"""A part of a record that is left out, and why."""


@dataclass(frozen=True, slots=True)
class Gone:
    """All that an edition leaves out: whole records, and parts of the others."""

    whole: Mapping[Key, Refusal]
    parts: Mapping[Key, list[Part]]


def with_what_leans(
    board: Board,
    whole: Mapping[Key, Refusal],
    parts: Mapping[Key, list[Part]],
    circle: Audience,
) -> Gone:
    """What goes in the end, where `whole` and `parts` go by themselves.

    Only the part goes that needs what is gone, such as one of several names; the record goes where
    it cannot do without, such as an honour without its holder, and then what needs that.
    """
    rows = {(row.table, row.id): row for row in board.everything()}
    whole, found = dict(whole), dict(parts)
    while whole:
        lost: dict[Key, Refusal] = {}
        for key, row in rows.items():
            if key in whole:
                continue
            own = parts.get(key, [])
            found[key] = [*own, *_leaning(board, row, own, whole, circle)]
            if without(row, [path for path, _ in found[key]]) is None:
                lost[key] = indispensable(row, found[key])
        if not lost:
            break
        whole |= lost
    return Gone(whole, {key: gone for key, gone in found.items() if gone and key not in whole})


def indispensable(row: Keyed, parts: list[Part]) -> Refusal:
    """Why a record goes that cannot do without these parts together."""
    alone = (why for path, why in parts if without(row, [path]) is None)
    return next(alone, next(why for _, why in reversed(parts)))


def _leaning(
    board: Board, row: Keyed, own: list[Part], whole: Mapping[Key, Refusal], circle: Audience
) -> Iterator[Part]:
    for leaf in leaves(row):
        if not leaf.reference or leaf.value in leaf.reference.also:
            continue
        gone_already = any(leaf.path[: len(path)] == path for path, _ in own)
        if gone_already or not leaf.audience.reaches(circle):
            continue
        target = board.named(leaf.reference, leaf.value)
        why = whole.get((target.table, target.id)) if target else None
        if target and why:
            said = f"要用到的{target.kind}“{target.title_text}”不在这一版里（{why.reason}）"
            yield leaf.path, Refusal(said, NEEDED, why.cure)


def with_cause(gone: Gone, problem: Problem) -> Problem:
    """A problem of an edition, with the true cause and the command that lets in what it wants."""
    wanted = [
        why
        for (_, key), why in gone.whole.items()
        if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", problem.found)
    ]
    reasons = "；".join(dict.fromkeys(why.reason for why in wanted))
    cures = "；".join(dict.fromkeys(why.cure for why in wanted if why.cure))
    found = f"在这一版里{problem.found}{f'（{reasons}）' if reasons else ''}"
    return replace(problem, found=found, cure=cures or LET_IN)
