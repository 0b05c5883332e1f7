"""A record on the desk: its form, keeping what is typed, saving it, taking it away."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from boards.amend import Value
from boards.amend.adding.drafts import PERIODS
from boards.amend.adding.proposed import begun, proposed_id
from boards.amend.adding.questions import THERE, kind_of
from boards.board.board import Board
from boards.board.folder import FOLDERS
from boards.clock import build_date, moment
from boards.desk import drafts
from boards.desk.changing import remove
from boards.desk.drafts import Draft, draft_name, is_name, new_name
from boards.desk.fields import FormView
from boards.desk.forms import asked_of, form_of, typed_of
from boards.desk.history import read
from boards.desk.office import TABLES, Office
from boards.desk.posted import pairs_of, posted
from boards.desk.rooms.posters import Option
from boards.desk.rooms.told import told_of
from boards.desk.saving import ID, save, try_form
from boards.errors import why
from boards.looks import called_looks
from boards.records import Keyed

_ASKED = {"months": ("哪个月", "例如 2019-06"), "quarters": ("哪个季度", "例如 2019-Q2")}
_NOT_COPIED = ("sample", "photo", "consent", "contact", "left_on", "pinyin", "taken_down")
"""Fields that belong to one record alone."""
_OWN = ("-table", "-record", "-draft", "-base", "-looking")
"""Controls that are the form's own."""


@dataclass(frozen=True, slots=True)
class RecordView:
    """The page of a record that is being written."""

    table: str
    kind: str
    id: str
    draft: str
    title: str
    state: str
    """What stands beside the title: a sample, or awaiting approval."""
    base: str
    form: FormView
    period: str
    """The id that is proposed for a record of a period; empty for others."""
    asks_period: tuple[str, str]
    """What is asked for it, and an example; empty for others."""
    resumed: str
    """When the draft was left that is gone on with; empty if there was none."""
    can_go: bool
    """Whether it can be removed, and another one made of it."""
    saved: int
    """How many times it has been saved at the desk."""
    looks: tuple[Option, ...]


def show(office: Office, request: Request, _: FormData) -> Response:
    """The form of a record, or of a new one."""
    table = request.path_params["table"]
    if table not in TABLES:
        return office.missing()
    board = office.desk.look().board
    record_id = request.path_params.get("id", "")
    record = board.table(table).get(record_id)
    if (record_id and record is None) or (not record_id and table in THERE):
        return office.missing()
    asked = request.query_params
    name = draft_name(table, record_id) if record_id else asked.get("draft", "")
    if not is_name(name):
        rest = urlencode({key: text for key, text in asked.items() if key != "draft"})
        return office.to(f"new/{table}?draft={new_name()}&{rest}")
    kept = drafts.kept(office.root, name)
    base = typed_of(record) if record else None
    values: Mapping[str, Value] = base or _begun(board, table, asked)
    if kept:
        values, base = posted(board, asked_of(table), kept.pairs).values, kept.base
    view = RecordView(
        table=table,
        kind=kind_of(table),
        id=record_id,
        draft=name,
        title=record.title_text if record else f"登记{kind_of(table)}",
        state=_state(board, record),
        base=json.dumps(base, ensure_ascii=False),
        form=form_of(board, table, values, {}, build_date()),
        period=_period(board, table, asked.get("id", ""), kept),
        asks_period=("", "") if record else _ASKED.get(table, ("", "")),
        resumed=kept.at if kept else "",
        can_go=record is not None and table not in THERE,
        looks=tuple(Option(name, names[0]) for name, names in called_looks().items()),
        saved=sum((row.table, row.id) == (table, record_id) for row in read(office.root)),
    )
    return office.page(table, "record.html", view=view)


def _begun(board: Board, table: str, asked: Mapping[str, str]) -> dict[str, Value]:
    """What a new record begins with: what is known, what another one says, what a link says."""
    period = _period(board, table, asked.get("id", ""), None)
    values = begun(board, table, period, build_date()) if period or table not in PERIODS else {}
    if other := board.table(table).get(asked.get("copy", "")):
        values |= {key: row for key, row in typed_of(other).items() if key not in _NOT_COPIED}
    names = {question.name for question in asked_of(table)}
    return values | {name: text for name, text in asked.items() if name in names}


def _state(board: Board, record: Keyed | None) -> str:
    if getattr(record, "sample", False):
        return "示例"
    if record is None or not hasattr(record, "audience"):
        return ""
    return "已审批" if board.is_approved(record) else "待审"  # type: ignore[arg-type]


def _period(board: Board, table: str, wanted: str, kept: Draft | None) -> str:
    """The period that a new record is of, as far as it is known."""
    if table not in PERIODS:
        return ""
    typed = dict(kept.pairs).get(ID, "") if kept else wanted
    named = re.fullmatch(FOLDERS[table][0], typed)
    return typed if kept or named else proposed_id(board, table, {}, build_date())


def _own(form: FormData) -> tuple[str, str, str]:
    """The table, the record and the draft that a form is of.

    Raises HTTPException if it is none of the desk's.
    """
    table, record_id, name = (str(form.get(key, "")) for key in _OWN[:3])
    if table not in TABLES or not is_name(name):
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return table, record_id, name


def _draft(form: FormData) -> Draft:
    """What was sent of a form; raises HTTPException if it is none of the desk's."""
    table, record_id, name = _own(form)
    pairs = [(key, text) for key, text in form.multi_items() if isinstance(text, str)]
    rest = tuple(pair for pair in pairs if pair[0] not in _OWN)
    told = dict(rest)
    title = next((told[name] for name in ("name", "title", "text") if told.get(name)), "")
    return Draft(table, record_id, name, title, moment(), rest, _base(str(form.get("-base", ""))))


def _base(text: str) -> dict[str, Value] | None:
    """The record as it was when its form was opened; raises HTTPException if it is none."""
    try:
        base = json.loads(text)
    except ValueError:
        base = ()
    if base is not None and not (isinstance(base, dict) and all(map(_is_typed, base.values()))):
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return base


def _is_typed(value: Any) -> bool:
    """Whether a value is as YAML has it typed: texts, lists and groups of them."""
    if isinstance(value, dict):
        return all(map(_is_typed, value.values()))
    return all(map(_is_typed, value)) if isinstance(value, list) else isinstance(value, str)


def check(office: Office, _: Request, form: FormData) -> Response:
    """Keep what is being typed, and say what is wrong with it and where it can be seen."""
    draft = _draft(form)
    trial = try_form(office.desk, draft)
    looking = bool(form.get("-looking"))  # opened, and nothing typed yet
    changed = trial.meant is not None or bool(trial.clashes or trial.refused or trial.whole)
    unkept = ""
    if changed and not looking:
        try:
            drafts.keep(office.root, draft)
        except OSError as error:
            unkept = f"草稿没有记下（{why(error)}），不要关这一页"
    return JSONResponse({**told_of(office, draft, trial), "unkept": unkept})


def keep(office: Office, _: Request, form: FormData) -> Response:
    """Save a record, if nothing stands against it."""
    draft = _draft(form)
    with suppress(OSError):  # whatever becomes of the save
        drafts.keep(office.root, draft)
    trial, record_id = save(office.desk, draft, office.settings.who)
    if not record_id:
        return JSONResponse({**told_of(office, draft, trial), "unkept": ""})
    drafts.drop(office.root, draft.name)
    return JSONResponse({"saved": f"{office.at}/record/{draft.table}/{record_id}?saved=1"})


def drop(office: Office, _: Request, form: FormData) -> Response:
    """Throw away what was typed and not saved."""
    table, record_id, name = _own(form)
    drafts.drop(office.root, name)
    return office.to(f"record/{table}/{record_id}" if record_id else f"ledger/{table}")


def take_away(office: Office, __: Request, form: FormData) -> Response:
    """Remove a record, if nothing else needs it."""
    table, record_id, _ = _own(form)
    if said := remove(office.desk, table, record_id, office.settings.who):
        return office.page(table, "refused.html", HTTPStatus.CONFLICT, said=said,
                           back=f"record/{table}/{record_id}")  # fmt: skip
    drafts.drop(office.root, draft_name(table, record_id))
    return office.to(f"ledger/{table}?gone=1")


def again(office: Office, request: Request, _: FormData) -> Response:
    """Put an earlier state of a record into its form, to be looked at and saved."""
    number = request.path_params["number"]
    saved = next((row for row in read(office.root) if row.number == number), None)
    record = office.desk.look().board.table(saved.table).get(saved.id) if saved else None
    if saved is None or saved.before is None or record is None:
        return office.missing()
    asked = {row.name for row in asked_of(saved.table)}
    values = {name: value for name, value in saved.before.items() if name in asked}
    pairs = tuple(pairs_of(values))
    name = draft_name(saved.table, saved.id)
    drafts.keep(
        office.root,
        Draft(saved.table, saved.id, name, saved.title, moment(), pairs, typed_of(record)),
    )
    return office.to(f"record/{saved.table}/{saved.id}")
