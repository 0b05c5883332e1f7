"""A new record: the id and answers proposed for it, trying it out, and writing it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from boards.adding.answers import Refused
from boards.amend import Action, Edit, Files, Value, amended, write
from boards.amend.textfile import TextFile
from boards.board import MODELS, Board
from boards.check import check_folders
from boards.errors import Place, Problem, errors_in
from boards.layout import FOLDERS
from boards.naming import name_of
from boards.records import Record
from boards.records.fields import Id
from boards.scoreboard import Scoreboard, scoreboard, whole
from boards.sounds import spelled_out

PERIODS = ("quarters", "months")
"""Tables whose ids are periods, so that the id is asked first."""
_LONGEST = 40
Answers = Mapping[str, Value]
Proposals = Mapping[tuple[str, ...], str]
"""Answers that Enter takes, by the path of their field; a zone's name stands for its place."""


def proposed_id(board: Board, table: str, answers: Answers, today: datetime.date) -> str:
    """An id that is free: the last whole period, or the name in pinyin; empty if there is none."""
    if table in PERIODS:
        proposed = _last_period(table, today)
        return proposed if _is_free(board, table, proposed) else ""
    name = str(answers.get("name") or answers.get("title") or "")
    base = "-".join(p for p in (spelled_out(name, _LONGEST), str(answers.get("year") or "")) if p)
    taken = {row.id.casefold() for row in board.everything()}
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    free = next(made for made in (base, *numbered) if made.casefold() not in taken)
    return free if base else ""


def _last_period(table: str, today: datetime.date) -> str:
    months = 3 if table == "quarters" else 1
    number = (today.year * 12 + today.month - 1) // months - 1
    year, part = divmod(number, 12 // months)
    return f"{year}-Q{part + 1}" if table == "quarters" else f"{year}-{part + 1:02}"


def read_id(board: Board, table: str, typed: str) -> str:
    """The id that was typed, if a new record can have it; raises Refused.

    It can have that of a sample with a file of its own, whose place it then takes.
    """
    text = typed.strip()
    if table in FOLDERS:
        pattern, wanted = FOLDERS[table]
        if not re.fullmatch(pattern, text):
            raise Refused(f"“{text}”不合要求；写成{wanted.replace('.yml', '')}")
    try:
        TypeAdapter(Id).validate_python(text)
    except ValidationError as error:
        said = error.errors()[0]["ctx"]
        raise Refused(f"{said['found']}；{said['hint']}") from error
    for row in board.table(table).values():
        if row.id.casefold() == text.casefold():
            if _is_free(board, table, row.id):
                return row.id
            place = board.origins[(table, row.id)].place(())
            cure = f"要改就打开 {place.path} 第 {place.line} 行"
            if isinstance(row, Record) and row.sample:
                cure = f"那是一条示例，换一个编号，或先删掉 {place.path} 里的这一条"
            raise Refused(f"“{row.id}”已经有了（{row.title_text}）；{cure}")
    return text


def _is_free(board: Board, table: str, record_id: str) -> bool:
    """Whether no record has an id, or only a sample that stands alone in its file."""
    row = board.table(table).get(record_id)
    return row is None or (table in FOLDERS and isinstance(row, Record) and row.sample)


def known_answers(board: Board) -> dict[str, Value]:
    """Answers that need no question: the source, where the branch keeps exactly one ledger."""
    ledgers = [source.id for source in board.sources.values() if source.type == "internal"]
    return {"source": ledgers[0]} if len(ledgers) == 1 else {}


def wants(board: Board, name: str, answers: Answers) -> bool:
    """Whether a field makes sense with the answers so far: a passage is one of a publication."""
    if name == "passage":
        source = board.sources.get(str(answers.get("source")))
        return source is not None and source.type == "published"
    return True


def proposals(board: Board, table: str, record_id: str) -> tuple[Proposals, Scoreboard | None]:
    """For a quarter, the scores of its months and the zone they propose, if they are real."""
    if table != "quarters":
        return {}, None
    gathered = scoreboard(board, record_id)
    if gathered.is_sample or not any(gathered.months.values()):
        return {}, None
    made: dict[tuple[str, ...], str] = {
        ("results", zone.zone, "score"): whole(zone.score)
        for zone in gathered.zones
        if zone.score is not None
    }
    if len(gathered.leaders) == 1:
        made[("excellent_zone", "zone")] = gathered.leaders[0]
    return made, gathered


def proposed_as_of(board: Board, answers: Answers, today: datetime.date) -> str:
    """The month that a claim holds as of: that of its publication, else this one."""
    source = board.sources.get(str(answers.get("source")))
    day = source.date if source and source.date else today
    return f"{day:%Y-%m}"


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


def try_out(
    board: Board, root: Path, table: str, edit_id: str, answers: Answers, today: datetime.date
) -> Tried:  # fmt: skip
    """Make the new files in memory and check them all; raises AmendFault. Nothing is written."""
    files = amended(board, root, _edits(board, table, edit_id, answers))
    replaces = edit_id in board.table(table)
    ((file, content),) = files.items()
    assert content is not None
    after, problems = check_folders(board.data, root / "content", today, files)
    shown = f"{board.data.name}/{file.relative_to(board.data).as_posix()}"
    before = file.read_bytes() if file.exists() and not replaces else b""
    start, lines = _new_lines(before, content)
    here = range(start + 1, start + 1 + len(lines))
    record = after.table(table).get(edit_id)
    name = name_of(after, record) if record else edit_id
    return Tried(
        files,
        Place(shown, start + 1),
        lines,
        tuple(errors_in(problems)),
        tuple(p for p in problems if p.place.path == shown and p.place.line in here),
        name,
        replaces,
    )


def _edits(board: Board, table: str, record_id: str, answers: Answers) -> list[Edit]:
    """Adding a record, in a sample's place if that is where it is to stand."""
    added = Edit(table, record_id, answers, Action.ADD)
    there = record_id in board.table(table)
    return [Edit(table, record_id, {}, Action.REMOVE), added] if there else [added]


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


def save(
    board: Board, root: Path, table: str, record_id: str, answers: Answers, today: datetime.date
) -> Path | None:  # fmt: skip
    """Write a record that was tried out; gives the folder of what stood there before, if anything.

    Raises AmendFault if the file has been changed meanwhile, and OSError.
    """
    files = amended(board, root, _edits(board, table, record_id, answers))
    return write(files, root, f"{today}-add")


def kind_of(table: str) -> str:
    """What people call a record of a table."""
    return MODELS[table].kind
