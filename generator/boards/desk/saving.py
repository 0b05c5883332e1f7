"""From a form to the files: what it changes, what stands against it, and writing it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from boards.amend import Action, AmendFault, Edit, Files, Value, amended, write
from boards.amend.adding.answers import Refused
from boards.amend.adding.drafts import (
    PERIODS,
    changed_record,
    new_record,
    proposed_id,
    read_id,
)
from boards.amend.adding.drafts import Draft as Meant
from boards.board.board import MODELS, Board
from boards.clock import build_date, moment
from boards.desk import history
from boards.desk.desk import Desk, Look
from boards.desk.drafts import Draft
from boards.desk.forms import asked_of, typed_of
from boards.desk.history import Saved, Whole
from boards.desk.posted import Posted, Values, bare, posted
from boards.desk.said import cure_of, told
from boards.errors import Problem
from boards.intake.proposal import Proposal
from boards.records import Keyed, Record
from boards.records.schema import described, labels

ID = "-id"
"""The control of the id of a new record of a period; no field is called so."""
TAKE = "-take."
"""Before a field's name: the control that says which of two versions of it is meant."""
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else has changed since the form was opened, and this form, too."""

    name: str
    label: str
    mine: Value | None
    theirs: Value | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a form comes to if it is saved now."""

    form: Posted
    after: Look
    """The records as they would be; as they are if nothing can be tried."""
    refused: Mapping[str, str]
    """What is wrong with single fields, by the names of their controls."""
    whole: str = ""
    """What stands against saving that is no field's."""
    elsewhere: tuple[Problem, ...] = ()
    """What would be wrong with other records, and is not yet."""
    clashes: tuple[Clash, ...] = ()
    meant: Meant | None = None
    """What saving does to the records; None if it would do nothing, or cannot be told."""
    files: Files = field(default_factory=dict)

    lapses: bool = False
    """Whether an approval is lost over it."""

    @property
    def can_be_saved(self) -> bool:
        """Whether nothing is wrong and there is something to write."""
        wrong = self.refused or self.elsewhere or self.whole or self.clashes
        return self.meant is not None and not wrong


def try_form(desk: Desk, draft: Draft) -> Trial:
    """Read a form and try it out; nothing is written."""
    now = desk.look()
    form = posted(now.board, asked_of(draft.table), draft.pairs)
    trial = Trial(form, now, form.refused)
    there = now.board.table(draft.table).get(draft.id) if draft.id else None
    if not draft.id and not form.values:
        return trial
    try:
        if not draft.id:
            meant = _added(now.board, draft, form.values)
        elif there is None:
            gone = "这一条已经不在台账里了：别处把它删掉了，或换了编号；写好的还在这里"
            return replace(trial, whole=gone)
        else:
            fields, clashes = _changes(there, draft, form.values)
            trial = replace(trial, clashes=clashes)
            if not fields:
                return trial
            meant = changed_record(now.board, there, fields)
        files = amended(now.board, desk.root, meant.edits)
    except (Refused, AmendFault) as error:
        return replace(trial, whole=str(error))
    after = desk.tried(files)
    own, elsewhere = _sorted_out(desk.root, now, after, files)
    wrong = {form.control(described(row.field)): f"{row.found}；{cure_of(row)}" for row in own}
    return replace(
        trial,
        after=after,
        refused={**wrong, **form.refused},
        elsewhere=elsewhere,
        meant=meant,
        files=files,
        lapses=_is_approved(now.board, there) and not _is_approved(after.board, there),
    )


def _is_approved(board: Board, record: Keyed | None) -> bool:
    """Whether a record may be published as it stands on a board."""
    now = board.table(record.table).get(record.id) if record else None
    return isinstance(now, Record) and board.is_approved(now)


def _added(board: Board, draft: Draft, values: Values) -> Meant:
    record_id = ""
    if not MODELS[draft.table].natural_key:
        typed = dict(draft.pairs).get(ID, "").strip()
        proposed = typed or proposed_id(board, draft.table, values, build_date())
        if not proposed:
            asked = "先选是哪一个" if draft.table in PERIODS else "先写名称或标题，编号从它来"
            raise Refused(asked)
        record_id = read_id(board, draft.table, proposed)
    return new_record(board, draft.table, record_id, values)


def _changes(
    there: Keyed, draft: Draft, values: Values
) -> tuple[dict[str, Value | None], tuple[Clash, ...]]:
    """The fields that this form changes, and those that were changed elsewhere meanwhile."""
    now, base = bare(typed_of(there)), bare(draft.base or {})
    taken = {name.removeprefix(TAKE): text for name, text in draft.pairs if name.startswith(TAKE)}
    fields: dict[str, Value | None] = {}
    clashes = []
    for question in asked_of(draft.table):
        name = question.name
        mine, theirs = values.get(name), now.get(name)
        if mine in (base.get(name), theirs):
            continue
        if theirs != base.get(name) and taken.get(name) not in (MINE, THEIRS):
            clashes.append(Clash(name, question.label, mine, theirs))
        elif taken.get(name) != THEIRS:
            fields[name] = mine
    return fields, tuple(clashes)


def _sorted_out(
    root: Path, now: Look, after: Look, files: Iterable[Path]
) -> tuple[list[Problem], tuple[Problem, ...]]:
    """The errors that a change brings: those of the record itself, and those of others.

    Only one record of its file is another one now, so what is new there is that record's.
    """
    known = {(row.record, row.field, row.found) for row in now.errors}
    new = [row for row in after.errors if (row.record, row.field, row.found) not in known]
    here = {file.relative_to(root).as_posix() for file in files}
    own = [row for row in new if row.place.path in here]
    return own, tuple(row for row in new if row.place.path not in here)


def save(desk: Desk, draft: Draft, who: str) -> tuple[Trial, str]:
    """Write a form down if nothing stands against it, and give the record's id, else an empty one.

    Raises OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        trial = try_form(desk, draft)
        if not trial.can_be_saved or trial.meant is None:
            return trial, ""
        before = desk.look().board.table(draft.table).get(draft.id) if draft.id else None
        record_id = _id_after(trial, draft)
        _write(desk, trial.files)
        after = trial.after.board.table(draft.table)[record_id]
        _tell(desk, who, before, after)
    return trial, record_id


def _id_after(trial: Trial, draft: Draft) -> str:
    """The id that a record has once it is saved: one that is made of its fields may be another."""
    assert trial.meant
    if trial.meant.id in trial.after.board.table(draft.table):
        return trial.meant.id
    return MODELS[draft.table].natural_id(trial.form.values) or ""


def _write(desk: Desk, files: Mapping[Path, bytes | None]) -> None:
    write(files, desk.root, f"{build_date()}-desk")


def _tell(desk: Desk, who: str, before: Keyed | None, after: Keyed | None, undoes: int = 0) -> None:
    row = after or before
    assert row
    whole: tuple[Whole | None, Whole | None] = (
        typed_of(before) if before else None,
        typed_of(after) if after else None,
    )
    history.add(
        desk.root,
        Saved(0, moment(), who, row.table, row.id, row.kind, row.title_text, *whole, undoes),
    )


def take_in(desk: Desk, planned: Callable[[], Proposal], who: str) -> Proposal:
    """Write what is brought in, as it comes to at this moment, each record a save of its own.

    Raises what `planned` raises, OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        proposal = planned()
        if not proposal.files:
            return proposal
        before = desk.look().board
        _write(desk, proposal.files)
        after = desk.look().board
        for entry in proposal.entries:
            old, new = (side.table(entry.table).get(entry.id) for side in (before, after))
            _tell(desk, who, old, new)
    return proposal


def remove(desk: Desk, table: str, record_id: str, who: str) -> str:
    """Take a record away; gives what stands against it, empty if it is gone.

    Raises OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        before = desk.look().board.table(table).get(record_id)
        if before is None:
            return ""
        edit = Edit(table, record_id, {}, Action.REMOVE)
        if said := _carry_out(desk, [edit]):
            return said
        _tell(desk, who, before, None)
    return ""


def undo(desk: Desk, number: int, who: str) -> str:
    """Take back what was saved; gives what stands against it, empty if it is done.

    Raises OSError and filelock.Timeout; then nothing was written.
    """
    with desk.writing():
        saved = next((row for row in history.read(desk.root) if row.number == number), None)
        if saved is None:
            return "没有这一次保存"
        now = desk.look().board.table(saved.table).get(saved.id)
        try:
            edit = _back(saved, now)
        except Refused as error:
            return str(error)
        if said := _carry_out(desk, [edit]):
            return said
        after = desk.look().board.table(saved.table).get(saved.id)
        _tell(desk, who, now, after, number)
    return ""


def _back(saved: Saved, now: Keyed | None) -> Edit:
    """What takes a save back; raises Refused if the record has been changed since."""
    if saved.after is None:
        if now is not None:
            raise Refused(f"“{saved.title}”已经又有一条了，不能再放回来")
        assert saved.before is not None
        return Edit(saved.table, saved.id, saved.before, Action.ADD)
    if now is None:
        raise Refused(f"“{saved.title}”已经不在台账里了")
    typed, after = typed_of(now), saved.after
    before = saved.before if saved.before is not None else {}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if later := [name for name in changed if typed.get(name) != after.get(name)]:
        names = "、".join(labels(type(now), (name,)) for name in later)
        raise Refused(f"{names} 后来又改过；先撤销后来的，或打开这一条直接改")
    if saved.before is None:
        return Edit(saved.table, saved.id, {}, Action.REMOVE)
    return Edit(saved.table, saved.id, {name: before.get(name) for name in changed})


def _carry_out(desk: Desk, edits: list[Edit]) -> str:
    """Write edits that bring no new error; gives what stands against them."""
    now = desk.look()
    try:
        files = amended(now.board, desk.root, edits)
    except AmendFault as error:
        return str(error)
    own, elsewhere = _sorted_out(desk.root, now, desk.tried(files), files)
    if new := [*own, *elsewhere]:
        return told(new)
    _write(desk, files)
    return ""
