"""From a form to the files: what it changes, what stands against it, and writing it down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from boards.amend import AmendFault, Files, Value, amended, write
from boards.amend.adding.answers import Refused
from boards.amend.adding.drafts import PERIODS, changed_record, new_record, read_id
from boards.amend.adding.drafts import Draft as Meant
from boards.amend.adding.proposed import proposed_id
from boards.board.board import MODELS, Board
from boards.clock import build_date, moment
from boards.desk import history
from boards.desk.desk import Desk, Look
from boards.desk.drafts import Draft
from boards.desk.forms import asked_of, typed_of
from boards.desk.history import Saved, Whole
from boards.desk.posted import Posted, Values, bare, posted
from boards.desk.said import cure_of
from boards.errors import Cure, Problem
from boards.records import Keyed, Record
from boards.records.schema import FieldPath, described

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
    own, elsewhere = sorted_out(desk.root, now, after, files)
    wrong = {form.control(_field(row)): f"{row.found}；{cure_of(row)}" for row in own}
    return replace(
        trial,
        after=after,
        refused={**wrong, **form.refused},
        elsewhere=elsewhere,
        meant=meant,
        files=files,
        lapses=_is_approved(now.board, there) and not _is_approved(after.board, there),
    )


def _field(problem: Problem) -> FieldPath:
    """The field that a problem is of; of what is wrong with a whole record, where to mend it."""
    if path := described(problem.field):
        return path
    return described(next(_named(problem.cure), ""))


def _named(cure: Cure) -> Iterator[str]:
    """The fields that a cure speaks of, in its order."""
    if isinstance(cure, tuple):
        for part in cure:
            yield from _named(part)
    elif name := getattr(cure, "field", ""):
        yield name


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


def sorted_out(
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
        after = trial.after.board.table(draft.table)[record_id]
        write_down(desk, trial.files, [told_of(who, before, after)])
    return trial, record_id


def _id_after(trial: Trial, draft: Draft) -> str:
    """The id that a record has once it is saved: one that is made of its fields may be another."""
    assert trial.meant
    if trial.meant.id in trial.after.board.table(draft.table):
        return trial.meant.id
    return MODELS[draft.table].natural_id(trial.form.values) or ""


def write_down(desk: Desk, files: Mapping[Path, bytes | None], rows: Iterable[Saved]) -> None:
    """Put new files in their places, with what the history tells of them, or neither.

    Raises OSError.
    """
    with history.noted(desk.root, rows):
        write(files, desk.root, f"{build_date()}-desk")


def told_of(who: str, before: Keyed | None, after: Keyed | None, undoes: int = 0) -> Saved:
    """What the history tells of a record that was so and is so now."""
    row = after or before
    assert row
    whole: tuple[Whole | None, Whole | None] = (
        typed_of(before) if before else None,
        typed_of(after) if after else None,
    )
    return Saved(0, moment(), who, row.table, row.id, row.kind, row.title_text, *whole, undoes)
