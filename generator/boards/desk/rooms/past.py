"""What was saved: who changed what when, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.board.board import MODELS, Board
from boards.desk.changing import undo
from boards.desk.compared import Piece, compared
from boards.desk.history import Saved, read
from boards.desk.office import TABLES, Office
from boards.desk.reading import in_words
from boards.records.schema import labels

_SHOWN = 200
"""Saves that one page lists."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that was changed, word by word."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SavedView:
    """One save."""

    number: int
    at: str
    who: str
    what: str
    link: str
    changes: tuple[Change, ...]
    taken_back: bool
    can_come_again: bool


@dataclass(frozen=True, slots=True)
class PastView:
    """Saves, the latest first."""

    of: str
    """The record that they are of; empty for all."""
    rows: tuple[SavedView, ...]


def show(office: Office, request: Request, _: FormData) -> Response:
    """All saves, or those of one record."""
    table, record_id = (request.path_params.get(name, "") for name in ("table", "id"))
    saved = read(office.root)
    undone = {row.undoes for row in saved}
    rows = [row for row in saved if not table or (row.table, row.id) == (table, record_id)]
    there = office.desk.look().board
    views = tuple(
        SavedView(
            number=row.number,
            at=row.at,
            who=row.who or "（没有写姓名）",
            what=f"{row.said}{row.kind}“{row.title}”",
            link=f"record/{row.table}/{row.id}" if row.id in there.table(row.table) else "",
            changes=tuple(_changes(there, row)),
            taken_back=row.number in undone,
            can_come_again=bool(row.before) and row.id in there.table(row.table),
        )
        for row in reversed(rows[-_SHOWN:])
        if row.table in MODELS
    )
    of = next((row.title for row in reversed(rows)), "") if table else ""
    room = table if table in TABLES else "past"
    return office.page(room, "past.html", view=PastView(of, views))


def _changes(board: Board, row: Saved) -> Iterator[Change]:
    before, after = row.before or {}, row.after or {}
    model = MODELS[row.table]
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            old, new = (in_words(board, model, name, of.get(name)) for of in (before, after))
            label = labels(model, (name,)) or name
            yield Change(label, tuple(compared(old, new)))


def take_back(office: Office, request: Request, _: FormData) -> Response:
    """Undo one save."""
    said = undo(office.desk, request.path_params["number"], office.settings.who)
    if said:
        return office.page("past", "refused.html", HTTPStatus.CONFLICT, said=said, back="past")
    return office.to("past")
