"""Records in the making checked by the models: what can be kept of each, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from boards.amend import Action, Edit, Value
from boards.amend.adding.drafts import changed_record
from boards.board.board import MODELS, Board
from boards.errors import Cure, Place
from boards.intake.proposal import Entry, LeftOut
from boards.records import Keyed, Model, Record
from boards.records.choices import Choice
from boards.records.refusals import refusals
from boards.records.schema import FieldPath, as_typed, labels, specs
from boards.sheets.changes import Difference, excerpt
from boards.sheets.hints import cure_in_cells, to_fill
from boards.sheets.rows import wording
from boards.words.pinyin import free_id

_TOLD = ("name", "title", "source")
"""Fields of a new record that are told otherwise: by what it is called, and once for all."""
_Fault = tuple[FieldPath, str, Cure]
"""Of a record: the field, what was found, what to do."""


def typed_fields(record: Keyed) -> dict[str, Value]:
    """A record as its file has it, without its id."""
    fields = as_typed(record)
    assert isinstance(fields, dict)
    return {name: value for name, value in fields.items() if name != "id"}


@dataclass(frozen=True, slots=True)
class Meant:
    """A record in the making."""

    table: str
    key: str
    place: Place
    fields: Mapping[str, Value]
    there: Keyed | None = None
    """The record that it is about, if there is one already."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where its fields stood."""
    said: tuple[str, ...] = ()
    id: str = ""
    """Of a new one; made of its name where it is empty."""


class Made:
    """Entries one after another, so that no two get one id."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.words = wording(board)
        self.taken = {row.id.casefold() for row in board.everything()}
        self.left_out: list[LeftOut] = []
        self.same: list[str] = []

    def entry(self, meant: Meant) -> Entry | None:
        """What a record comes to: a new one, a changed one, or none, of which the reason is told.

        A field that will not do is left out alone if the record can be without it.
        """
        table, there, fields = meant.table, meant.there, meant.fields
        before = typed_fields(there) if there else {}
        fields = {name: _together(before.get(name), value) for name, value in fields.items()}
        name = str(next((fields[n] for n in ("name", "title", "text") if n in fields), meant.key))
        record_id = there.id if there else meant.id or self._id(table, fields, name)
        while True:
            whole = {"id": record_id, **before, **fields}
            made, faults = _validated(table, whole)
            if made is not None:
                break
            bad = {path[0] for path, _, _ in faults if path}
            dropped = bad & {name for name in fields if name != "id"}
            required = {n for n in bad if specs(MODELS[table])[str(n)].is_required}
            if not dropped or (required and there is None):
                self._tell(meant, faults, f"{MODELS[table].kind}“{name[:30]}”")
                return None
            self._tell(meant, faults)
            fields = {name: value for name, value in fields.items() if name not in dropped}
        names = [*fields, *_put_elsewhere(made, whole)]
        kept = {n: typed for n in names if (typed := _typed(made, n)) != before.get(n)}
        if there is not None and not kept:
            self.same.append(f"{MODELS[table].kind}“{there.title_text}”")
            return None
        self.taken.add(record_id.casefold())
        shown = kept if there else [n for n in kept if n not in _TOLD]
        differences = tuple(self._difference(table, n, there, made) for n in shown)
        action = Action.CHANGE if there else Action.ADD
        title, said = made.title_text, meant.said
        return Entry(
            meant.key, meant.place, action, table, record_id, title, kept, differences, said
        )

    def free(self, record_id: str) -> str:
        """An id that nothing has, this one or one like it."""
        return free_id(record_id, self.taken)

    def _id(self, table: str, fields: Mapping[str, Value], name: str) -> str:
        natural = MODELS[table].natural_id(fields)
        return (
            natural
            or free_id(name, self.taken, str(fields.get("year") or ""))
            or free_id(f"{MODELS[table].table}-1", self.taken)
        )

    def _tell(self, meant: Meant, faults: list[_Fault], whole: str = "") -> None:
        for path, found, cure in faults:
            at = meant.places.get(str(path[0]), meant.place) if path else meant.place
            what = whole or labels(MODELS[meant.table], path)
            missing = len(path) == 1 and path[0] not in meant.fields
            said = to_fill(MODELS[meant.table], path) if missing else cure
            self.left_out.append(LeftOut(at, what, found, cure_in_cells(meant.table, said)))

    def _difference(self, table: str, name: str, before: Keyed | None, after: Keyed) -> Difference:
        label = specs(MODELS[table])[name].label
        old = self._shown(before, name) if before else ""
        new = self._shown(after, name)
        return Difference(label, excerpt(old, new) if before else "", excerpt(new, old))

    def _shown(self, record: Keyed, name: str) -> str:
        value = getattr(record, name)
        spec = specs(type(record))[name]
        return shown_value(self.board, value, spec.reference)


def shown_value(board: Board, value: Any, reference: Any = None) -> str:
    """A value of a record as people read it: labels of choices, names behind ids."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "；".join(shown_value(board, part, reference) for part in value)
    if isinstance(value, Choice):
        return str(value.label)
    if isinstance(value, Model):
        parts = ((getattr(value, n), spec.reference) for n, spec in specs(type(value)).items())
        return " ".join(text for part, ref in parts if (text := shown_value(board, part, ref)))
    if isinstance(value, bool):
        return "是" if value else "否"
    if reference:
        row = board.named(reference, str(value))
        own = reference.names(board.branch.name).get(str(value), "")
        return row.title_text if row else own or str(value)
    return str(as_typed(value))


def _typed(record: Keyed, name: str) -> Value:
    """A field as the records are to have it, however it was typed."""
    return as_typed(getattr(record, name))


def _put_elsewhere(record: Keyed, given: Mapping[str, Any]) -> list[str]:
    """Fields that a record has from what was typed into another: the unit of 95%."""
    return [name for name in specs(type(record)) if name in record.model_fields_set - given.keys()]


def _together(before: Value | None, value: Value) -> Value:
    """A list with what it held before; anything else as it comes."""
    if isinstance(value, list) and isinstance(before, list):
        return [*before, *(part for part in value if part not in before)]
    return value


def _validated(table: str, whole: Mapping[str, Any]) -> tuple[Any, list[_Fault]]:
    model = MODELS[table]
    try:
        return model.model_validate(whole), []
    except ValidationError as error:
        return None, list(refusals(model, error))


def edits_of(board: Board, entry: Entry) -> tuple[Edit, ...]:
    """What is done to the records for an entry; an approval of changed words is taken back."""
    there = board.table(entry.table).get(entry.id)
    if entry.action is Action.CHANGE and there is not None:
        return changed_record(board, there, dict(entry.fields)).edits
    return (Edit(entry.table, entry.id, dict(entry.fields), Action.ADD),)


def lapses(board: Board, after: Board, entry: Entry) -> bool:
    """Whether a record may be published as it stands, and no longer once it is changed."""
    old, new = (side.table(entry.table).get(entry.id) for side in (board, after))
    if not (isinstance(old, Record) and isinstance(new, Record)):
        return False
    return board.is_approved(old) and not after.is_approved(new)
