"""The ledgers: every record of a table in one list, to be looked for and opened."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend.adding.questions import THERE, kind_of
from boards.board.board import Board
from boards.desk import drafts
from boards.desk.drafts import Draft
from boards.desk.office import TABLES, Office
from boards.records import Case, Keyed, Member, Record
from boards.records.schema import leaves
from boards.words.pinyin import spelled_out

_LONG = 60
"""Characters of a record's words that a list shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in its list."""

    id: str
    title: str
    words: str
    """What it says, in part."""
    marks: tuple[str, ...]
    face: str
    """Its picture, by its path in data; empty if it has none."""
    found_by: str
    """All that it is looked for by, the sound of its title included."""


@dataclass(frozen=True, slots=True)
class LedgerView:
    """A table."""

    table: str
    name: str
    rows: tuple[Row, ...]
    drafts: tuple[Draft, ...]
    """New records that were begun and not saved."""
    can_grow: bool
    takes_photos: bool
    gone: bool
    """Whether one has just been taken away."""


def show(office: Office, request: Request, _: FormData) -> Response:
    """The list of a table."""
    table = request.path_params["table"]
    if table not in TABLES:
        return office.missing()
    look = office.desk.look()
    there = drafts.all_kept(office.root)
    wrong = look.board.records_at(row.place for row in look.errors)
    view = LedgerView(
        table=table,
        name=kind_of(table),
        rows=tuple(_row(look.board, row, wrong) for row in look.board.table(table).values()),
        drafts=tuple(row for row in there if row.table == table and not row.id),
        can_grow=table not in THERE,
        takes_photos=table == Member.table,
        gone="gone" in request.query_params,
    )
    return office.page(table, "ledger.html", view=view)


def _row(board: Board, record: Keyed, wrong: set[tuple[str, str]]) -> Row:
    title = record.title_text
    said = [
        str(leaf.value)
        for leaf in leaves(record)
        if leaf.spec.is_prose and leaf.spec.name not in ("passage", "remark")
    ]
    words = " · ".join(text for text in said if text != title and not text.isascii())
    marks = ["示例"] if getattr(record, "sample", False) else []
    if isinstance(record, Record) and not marks and not board.is_approved(record):
        marks.append("待审")
    if (record.table, record.id) in wrong:
        marks.append("有错误")
    found = f"{title} {record.id} {spelled_out(title, 60).replace('-', '')} {' '.join(said)}"
    return Row(
        id=record.id,
        title=title,
        words=words[:_LONG] + ("……" if len(words) > _LONG else ""),
        marks=tuple(marks),
        face=_face(record),
        found_by=found.casefold(),
    )


def _face(record: Keyed) -> str:
    match record:
        case Member(photo=photo) if photo:
            return photo.file
        case Case(figures=(first, *_)):
            return first.file
    return ""
