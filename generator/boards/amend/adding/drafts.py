"""A new record: the id that it may have, trying it out, and writing it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from boards.amend import Action, Edit, Files, Value, amended, write
from boards.amend.adding.answers import Refused, in_answers
from boards.amend.adding.questions import ACTIVITIES, KINDS
from boards.amend.adding.rivals import is_sample, rival, said_of
from boards.amend.textfile import TextFile
from boards.board.board import MODELS, Board
from boards.board.called import name_of
from boards.board.folder import FOLDERS
from boards.check import check_folders
from boards.errors import Place, Problem, errors_in, worded
from boards.records import Basis, Keyed, Record
from boards.records.fields import Id
from boards.records.schema import as_typed, specs
from boards.records.understood import period

PERIODS = ("quarters", "months")
"""Tables whose ids are periods, so that the id is asked first."""
Answers = Mapping[str, Value]


def read_id(board: Board, table: str, typed: str) -> str:
    """The id that was typed, if a new record can have it; raises Refused.

    It can have that of a sample with a file of its own, whose place it then takes.
    """
    text = period_id(table, typed.strip())
    if table in FOLDERS:
        pattern, wanted = FOLDERS[table]
        if not re.fullmatch(pattern, text):
            raise Refused(f"“{text}”不合要求；写成{wanted}")
    try:
        TypeAdapter(Id).validate_python(text)
    except ValidationError as error:
        said = error.errors()[0]["ctx"]
        raise Refused(f"{said['found']}；{worded(said['cure'], in_answers)}") from error
    for row in board.table(table).values():
        if row.id.casefold() == text.casefold():
            if is_free(board, table, row.id):
                return row.id
            place = board.origins[(table, row.id)].place(())
            word = next(word for word, name in KINDS.items() if name == table)
            cure = f"换一个编号；要改那一条，停下以后运行 boards add {word} {row.id}"
            if isinstance(row, Record) and row.sample:
                cure = f"那是一条示例，换一个编号，或先删掉 {place.path} 里的这一条"
            raise Refused(f"“{row.id}”已经有了（{row.title_text}）；{cure}")
    return text


def period_id(table: str, typed: str) -> str:
    """The id of the period that was typed, if rows of the table are periods; else what was typed.

    A month is none of the quarters, nor the other way round.
    """
    meant = period(typed) if table in PERIODS else ""
    return meant if meant and re.fullmatch(FOLDERS[table][0], meant) else typed


def is_free(board: Board, table: str, record_id: str) -> bool:
    """Whether no record has an id, or only a sample that stands alone in its file."""
    row = board.table(table).get(record_id)
    return row is None or (table in FOLDERS and isinstance(row, Record) and row.sample)


def wants(board: Board, name: str, answers: Answers) -> bool:
    """Whether a field makes sense with the answers so far: a passage is one of a publication."""
    if name == "passage":
        source = board.sources.get(str(answers.get("source")))
        return source is not None and source.type == "published"
    return True


@dataclass(frozen=True, slots=True)
class Tried:
    """What writing a record would do: the files, the new lines and where, and what is wrong."""

    files: Files
    place: Place
    lines: tuple[str, ...]
    errors: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    name: str
    """What `boards approve` calls it."""
    replaces: bool
    """Whether it takes the place of a sample."""


def try_out(board: Board, root: Path, draft: Draft, today: datetime.date) -> Tried:
    """Make the new files in memory and check them all; raises AmendFault. Nothing is written."""
    files = amended(board, root, draft.edits)
    ((file, content),) = files.items()
    assert content is not None
    after, problems = check_folders(board.data, root / "content", today, files)
    shown = file.relative_to(root).as_posix()
    before = file.read_bytes() if file.exists() else b""
    if draft.replaces:
        room = [edit for edit in draft.edits if edit.action is Action.REMOVE]
        before = amended(board, root, room)[file] or b""
    start, lines = _new_lines(before, content)
    here = range(start + 1, start + 1 + len(lines))
    record = after.table(draft.table).get(draft.id)
    return Tried(
        files,
        Place(shown, start + 1),
        lines,
        tuple(errors_in(problems)),
        tuple(p for p in problems if p.place.path == shown and p.place.line in here),
        name_of(after, record) if isinstance(record, Record) else "",
        draft.replaces,
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written: the record, and what is done to the files."""

    table: str
    id: str
    edits: tuple[Edit, ...]

    @property
    def replaces(self) -> bool:
        """Whether a sample makes room for it."""
        return any(edit.action is Action.REMOVE for edit in self.edits)


def new_record(board: Board, table: str, record_id: str, answers: Answers) -> Draft:
    """Adding a record, in a sample's place if that is where it is to stand; raises Refused."""
    if not record_id:  # made of the answers, as of a message for a day
        record_id = MODELS[table].natural_id(answers) or ""
    there = rival(board, table, answers)
    if there and not is_sample(there):
        raise Refused(said_of(board, there))
    room = dict.fromkeys(row.id for row in (there, board.table(table).get(record_id)) if row)
    gone = (Edit(table, key, {}, Action.REMOVE) for key in room)
    return Draft(table, record_id, (*gone, Edit(table, record_id, answers, Action.ADD)))


def new_activity(board: Board, answers: Answers) -> Draft:
    """Putting an activity into its month, which is begun with it if nobody has yet."""
    fields = {name: value for name, value in answers.items() if name != "source"}
    key = str(answers["date"])[:7]
    month = board.months.get(key)
    if month is None or month.sample:
        begun = {ACTIVITIES: [fields], "source": answers["source"]}
        return new_record(board, "months", key, begun)
    there = as_typed(month.activities)
    assert isinstance(there, list)
    return changed_record(board, month, {ACTIVITIES: [*there, fields]})


def changed_record(board: Board, record: Keyed, fields: Mapping[str, Value | None]) -> Draft:
    """Changing some fields of a record; None takes a field out.

    Words that were approved and are changed have only been proposed anew.
    """
    known = specs(type(record))
    lapses = isinstance(record, Record) and board.is_approved(record) and record.review
    if lapses and any(known[name].approved for name in fields) and lapses.basis is Basis.STEPS:
        proposer = lapses.proposed_by
        fields = {**fields, "review": {"proposed_by": proposer} if proposer else None}
    return Draft(record.table, record.id, (Edit(record.table, record.id, fields),))


def _new_lines(before: bytes, content: bytes) -> tuple[int, tuple[str, ...]]:
    """The lines that are new in a file, and how many stand before them."""
    old = TextFile.of(before).lines
    new = TextFile.of(content).lines
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    lines = new[head : len(new) - tail]
    blank = next((n for n, line in enumerate(lines) if line.strip()), 0)
    return head + blank, lines[blank:]


def save(board: Board, root: Path, draft: Draft, today: datetime.date) -> Path | None:
    """Write what was tried out; gives the folder of what stood there before, if anything.

    Raises AmendFault if the file has been changed meanwhile, and OSError.
    """
    return write(amended(board, root, draft.edits), root, f"{today}-add")
