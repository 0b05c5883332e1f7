"""What something brought in would do to the records, to be looked through before it is done."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from boards.amend import Action, Files, Value, write
from boards.board.board import Board
from boards.board.load import load
from boards.errors import BoardError, Place, errors_in
from boards.sheets.changes import Difference


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not brought in: where it stands, what it is, why, and what to do."""

    place: Place
    what: str
    why: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that only somebody who knows can say."""

    key: str
    """What the answer is given for, such as the row."""
    place: Place
    question: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One record that would come in, or be changed."""

    key: str
    """What it stands in: the row, or the file."""
    place: Place
    action: Action
    table: str
    id: str
    title: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    """What is set, as it stands in the records."""
    differences: tuple[Difference, ...] = ()
    said: tuple[str, ...] = ()
    """What is kept otherwise than it was typed."""
    lapses: bool = False
    """Whether an approval is lost over it."""


def fingerprint(entry: Entry) -> str:
    """The same for entries that do the same, so that nothing is written that nobody has seen."""
    told = json.dumps([entry.table, entry.id, str(entry.action), entry.fields], sort_keys=True)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that would be done, and all that would not, with the reasons."""

    entries: tuple[Entry, ...] = ()
    same: tuple[str, ...] = ()
    """What is there already and stays as it is."""
    left_out: tuple[LeftOut, ...] = ()
    asks: tuple[Ask, ...] = ()
    said: tuple[str, ...] = ()
    files: Files = field(default_factory=dict)
    """New content of every file that changes, photos among them."""


def board_of(root: Path) -> Board:
    """The records as they are; raises BoardError if one cannot be read."""
    board, problems = load(root / "data", root / "content")
    if errors := errors_in(problems):
        raise BoardError(errors)
    return board


def carry_out(proposal: Proposal, root: Path, today: datetime.date) -> Path | None:
    """Write what was looked through, whole or not at all; the folder of what stood there before.

    Raises OSError.
    """
    return write(proposal.files, root, f"{today}-import")
