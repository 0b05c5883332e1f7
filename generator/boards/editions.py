"""Which records an edition may hold: everything downstream sees only what is left here.

The preview edition shows samples and what awaits approval, marked as such. The publishing edition
leaves both out and says so. Neither ever holds what is not meant for the circle it stands in.
"""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from boards.board import MODELS, Board
from boards.errors import BoardError, Place, errors_in
from boards.records import Audience, Keyed, Member, Record
from boards.records.schema import project
from boards.rules import check_together


class EditionName(StrEnum):
    """The two editions of a site."""

    PREVIEW = "preview"
    PUBLISH = "publish"


class Surface(StrEnum):
    """Where it is shown; people agree to each separately (`Consent` has a field for each)."""

    SITE = "site"
    PRINT = "print"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Edition:
    """What is being made, for whom, and on which day (nothing downstream reads the clock)."""

    name: EditionName
    today: datetime.date
    circle: Audience = Audience.INTRANET
    surfaces: frozenset[Surface] = frozenset({Surface.SITE})
    """Where it will be seen; a photo wants its person's consent to each."""


def build_date() -> datetime.date:
    """The day SOURCE_DATE_EPOCH names, or today: the only reading of the clock.

    Ends the program with a message if the variable holds no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.date.today()
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        sys.exit(f"环境变量 SOURCE_DATE_EPOCH“{epoch}”不是秒数；改正它，或删掉这个变量")


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
    holder awaits approval, or if the branch itself, which no edition can do without, may not be
    shown.
    """
    _require_branch(board, edition)
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
        if record.table != "branches" and (reason := _reason(board, record, edition)):
            yield record, reason


def _reason(board: Board, record: Record, edition: Edition) -> str | None:
    """Why an edition may not hold a record, if it may not."""
    if not record.audience.reaches(edition.circle):
        return f"公开范围只到{record.audience.label}"
    if edition.name is EditionName.PUBLISH and record.sample:
        return "示例"
    if edition.name is EditionName.PUBLISH and not board.is_approved(record):
        return "待审"
    return None


def _require_branch(board: Board, edition: Edition) -> None:
    if reason := _reason(board, board.branch, edition):
        found = f"支部的介绍不能公开（{reason}），这一版缺不了它"
        hint = "补全 branch 的 review、audience，去掉 sample，再生成"
        raise BoardError([board.problem(board.branch, (), found, hint)])


def _as_seen(row: Keyed, edition: Edition) -> Keyed:
    """A row with nothing in it that the edition's circle may not see."""
    if isinstance(row, Member) and row.photo:
        consent = row.consent
        consented = consent is not None and all(getattr(consent, s) for s in edition.surfaces)
        if not consented or row.has_left(edition.today):
            row = row.model_copy(update={"photo": None})
    seen: Keyed = project(row, edition.circle)
    return seen


def _require_whole(board: Board, prepared: Board, edition: Edition) -> None:
    known = {problem.sort_key for problem in check_together(board, edition.today)}
    broken = [
        replace(
            problem,
            found=f"在这一版里{problem.found}（那条记录没有公开或没有审批）",
            hint="给那条记录补上审批（review）和公开范围；或者这一条也先不审批",
        )
        for problem in errors_in(check_together(prepared, edition.today))
        if problem.sort_key not in known
    ]
    if broken:
        raise BoardError(broken)


def _describe(board: Board, record: Record, reason: str) -> Withheld:
    origin = board.origins.get((record.table, record.id))
    place = origin.place(()) if origin else Place(record.table)
    return Withheld(record.kind, record.title_text, place, reason)
