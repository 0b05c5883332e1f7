"""The ledgers: every record of a table in one list, to be looked for and opened."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend.adding.questions import THERE, kind_of
from boards.board.board import MODELS, Board
from boards.desk import drafts
from boards.desk.changing import has_order, put_in_order
from boards.desk.drafts import Draft
from boards.desk.office import TABLES, Office
from boards.records import Case, Keyed, Member, Record, Review
from boards.records.schema import leaves
from boards.words.pinyin import spelled_out

_LATEST_FIRST = {"messages": "date", "months": "id", "quarters": "id", "prints": "printed_on"}
"""Tables that grow from day to day, and the field of the day."""
_UNSAID = ("passage", "remark", "alt", *Review.model_fields)
"""Fields whose words say nothing of what a record is about."""
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
    has_order: bool
    """Whether its records are put in order by hand."""
    takes_photos: bool
    latest_first: bool
    marks: tuple[str, ...]
    """What some of its records are marked with."""
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
    rows = tuple(_row(look.board, row, wrong) for row in _sorted(look.board, table))
    view = LedgerView(
        table=table,
        name=kind_of(table),
        rows=rows,
        drafts=tuple(row for row in there if row.table == table and not row.id),
        can_grow=table not in THERE,
        has_order=has_order(MODELS[table]),
        takes_photos=table == Member.table,
        latest_first=table in _LATEST_FIRST,
        marks=tuple(dict.fromkeys(mark for row in rows for mark in row.marks)),
        gone="gone" in request.query_params,
    )
    return office.page(table, "ledger.html", view=view)


def _sorted(board: Board, table: str) -> list[Keyed]:
    """Records of days and periods with the latest first, those put in order so, others as kept."""
    rows = list(board.table(table).values())
    if table in _LATEST_FIRST:
        return sorted(rows, key=lambda row: str(getattr(row, _LATEST_FIRST[table])), reverse=True)
    if has_order(MODELS[table]):
        return sorted(rows, key=lambda row: _place(getattr(row, "order", None)))
    return rows


def _place(order: int | None) -> tuple[bool, int]:
    return order is None, order or 0


def put(office: Office, request: Request, form: FormData) -> Response:
    """Let the records of a table stand in the order that was chosen."""
    table = request.path_params["table"]
    if table not in TABLES or not has_order(MODELS[table]):
        return office.missing()
    ids = [str(key) for key in form.getlist("id")]
    if said := put_in_order(office.desk, table, ids, office.settings.who):
        return office.page(table, "refused.html", HTTPStatus.CONFLICT, said=said,
                           back=f"ledger/{table}")  # fmt: skip
    return office.to(f"ledger/{table}")


def _row(board: Board, record: Keyed, wrong: set[tuple[str, str]]) -> Row:
    title = record.title_text
    said = [
        str(leaf.value)
        for leaf in leaves(record)
        if leaf.spec.is_prose and leaf.spec.name not in _UNSAID
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
