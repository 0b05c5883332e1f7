"""Which records an edition may hold: everything downstream sees only what is left here.

The preview edition shows samples and what awaits approval, marked as such. The publishing edition
leaves both out and says so. Neither ever holds what is not meant for the circle it stands in.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from boards.board import MODELS, Board
from boards.errors import BoardError, Place, errors_in
from boards.records import Audience, Keyed, Member, Record
from boards.records.schema import project
from boards.rules import check
from boards.rules.people import has_left


class EditionName(StrEnum):
    """The two editions of a site."""

    PREVIEW = "preview"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class Edition:
    """What is being made, for whom, and on which day (nothing downstream reads the clock)."""

    name: EditionName
    today: datetime.date
    circle: Audience = Audience.INTRANET


def build_date() -> datetime.date:
    """The day SOURCE_DATE_EPOCH names, or today: the only reading of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.date.today()


@dataclass(frozen=True, slots=True)
class Withheld:
    """A record an edition leaves out, where it stands, and why."""

    kind: str
    title: str
    place: Place
    reason: str


def prepare(board: Board, edition: Edition) -> tuple[Board, list[Withheld]]:
    """The board as `edition` may hold it, and what was left out.

    Raises BoardError if what remains does not hold together, such as an approved honour whose
    holder awaits approval.
    """
    withheld = list(_withheld(board, edition))
    dropped = {(row.table, row.id) for row, _ in withheld}
    tables = {
        name: {
            row.id: _as_seen(row, edition)
            for row in board.table(name).values()
            if (name, row.id) not in dropped
        }
        for name in MODELS
    }
    prepared = board.with_tables(tables)
    if dropped:
        _require_whole(board, prepared, edition)
    return prepared, [_describe(board, row, reason) for row, reason in withheld]


def _withheld(board: Board, edition: Edition) -> Iterator[tuple[Record, str]]:
    for record in board.records():
        if record.table == "branches":
            continue
        if not record.audience.reaches(edition.circle):
            yield record, f"公开范围只到{record.audience.label}"
        elif edition.name is EditionName.PUBLISH and record.sample:
            yield record, "示例"
        elif edition.name is EditionName.PUBLISH and not board.is_approved(record):
            yield record, "待审"


def _as_seen(row: Keyed, edition: Edition) -> Keyed:
    """A row with nothing in it that the edition's circle may not see."""
    if isinstance(row, Member) and row.photo:
        consented = row.consent is not None and row.consent.site
        if not consented or has_left(row, edition.today):
            row = row.model_copy(update={"photo": None})
    seen: Keyed = project(row, edition.circle)
    return seen


def _require_whole(board: Board, prepared: Board, edition: Edition) -> None:
    known = {problem.sort_key for problem in check(board, edition.today)}
    broken = [
        replace(problem, found=f"在这一版里{problem.found}（被引用的记录没有公开或未审批）")
        for problem in errors_in(check(prepared, edition.today))
        if problem.sort_key not in known
    ]
    if broken:
        raise BoardError(broken)


def _describe(board: Board, record: Record, reason: str) -> Withheld:
    origin = board.origins.get((record.table, record.id))
    place = origin.place(()) if origin else Place(record.table)
    return Withheld(record.kind, record.title_text, place, reason)
