"""A branch's records together, each knowing the line it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import Any, TypeVar

from boards.digests import digest_of
from boards.errors import Cure, Place, Problem, Severity
from boards.records import (
    Area,
    Article,
    Branch,
    Case,
    Crew,
    Face,
    Group,
    Honour,
    Keyed,
    KnownKey,
    Lesson,
    Member,
    Message,
    MessageKind,
    MessageType,
    Month,
    Outcome,
    OwnCount,
    Practice,
    Print,
    Quarter,
    Quote,
    Record,
    Reference,
    Shared,
    Source,
    Zone,
)
from boards.records.schema import FieldPath, describe, labels
from boards.records.seal import seal
from boards.records.terms import Terms
from boards.yaml.tree import Node

MODELS: dict[str, type[Keyed]] = {
    model.table: model
    for model in (
        Branch, Source, Face, Lesson, Quote, Zone, OwnCount, Practice, Area, Group, Member, Honour,
        Outcome, Crew, MessageKind, Message, Case, Quarter, Month, Article, Print, Shared,
        KnownKey,
    )
}  # fmt: skip
"""Every table of a board and the model of its rows."""

Found = TypeVar("Found")

ANY_ID = "*"
"""Stands in `Board.broken` for records of which not even the id could be read."""


class Approval(Enum):
    """Whether a record may be published by the 党务公开条例, and if not, what is in the way."""

    GIVEN = auto()
    STEPS = auto()
    """Not all of the steps before publication have been taken."""
    SOURCE = auto()
    """It rests on a source that is not published."""
    UNSEALED = auto()
    """Nobody knows what for: its digest was never taken."""
    CHANGED = auto()
    """It was given for other content."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was typed."""

    path: str
    node: Node
    lines: tuple[str, ...]

    def place(self, path: FieldPath, snippet: str = "") -> Place:
        """The position of a field, or of `snippet` inside it when it can be found there."""
        line, column = self.node.position(path)
        if snippet:
            for number in range(line - 1, len(self.lines)):
                at = self.lines[number].find(snippet, column - 1 if number == line - 1 else 0)
                if at >= 0:
                    return Place(self.path, number + 1, at + 1)
        return Place(self.path, line, column)


@dataclass(frozen=True)
class Board:
    """All records of one branch, by table and id, in the order they are kept."""

    branches: Mapping[str, Branch] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    faces: Mapping[str, Face] = field(default_factory=dict)
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    quotes: Mapping[str, Quote] = field(default_factory=dict)
    zones: Mapping[str, Zone] = field(default_factory=dict)
    counts: Mapping[str, OwnCount] = field(default_factory=dict)
    practices: Mapping[str, Practice] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    honours: Mapping[str, Honour] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    crews: Mapping[str, Crew] = field(default_factory=dict)
    kinds: Mapping[str, MessageKind] = field(default_factory=dict)
    messages: Mapping[str, Message] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    quarters: Mapping[str, Quarter] = field(default_factory=dict)
    months: Mapping[str, Month] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    prints: Mapping[str, Print] = field(default_factory=dict)
    received: Mapping[str, Shared] = field(default_factory=dict)
    keys: Mapping[str, KnownKey] = field(default_factory=dict)

    data: Path = Path("data")
    """The folder the records were read from; photo paths are relative to it."""
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()
    """Records that were typed but could not be read; a reference to one is not a second fault."""
    pictures: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Photos that `media` has made already, by file, size and time of change; boards that are made
    of this one share them."""
    settled: frozenset[tuple[str, str]] | None = None
    """Where an edition has made something else of the records: those that were approved before."""
    known: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What follows from this very board, found once; a board made of it begins anew."""

    @property
    def branch(self) -> Branch:
        """The branch whose board this is; `rules` makes sure that there is one."""
        return next(iter(self.branches.values()))

    @property
    def words(self) -> Terms:
        """What the branch calls the parts of its brand; the usual words while it cannot be read."""
        return next((branch.words for branch in self.branches.values()), Terms())

    def table(self, name: str) -> Mapping[str, Keyed]:
        """A table by name."""
        rows: Mapping[str, Keyed] = getattr(self, name)
        return rows

    def named(self, reference: Reference, record_id: str) -> Keyed | None:
        """The record that a reference leads to, if there is one."""
        tables = (self.table(name) for name in reference.tables)
        return next((rows[record_id] for rows in tables if record_id in rows), None)

    def nameable(self, reference: Reference) -> dict[str, Keyed]:
        """Every record that a reference may lead to, by id, in the order of their tables."""
        found: dict[str, Keyed] = {}
        for name in reference.tables:
            for record_id, row in self.table(name).items():
                found.setdefault(record_id, row)
        return found

    def holder(self, honour: Honour) -> Branch | Crew | Member:
        """Who holds an honour: a person, a crew, or the branch."""
        person = self.members.get(honour.holder)
        return person or self.crews.get(honour.holder) or self.branch

    @property
    def message_kinds(self) -> dict[str, str]:
        """What each kind of messages is called, in the order of a day: own kinds, then the six."""
        own = {kind.id: kind.name for kind in self.kinds.values()}
        return own | {str(kind): kind.label for kind in MessageType if kind not in own}

    def everything(self) -> Iterator[Keyed]:
        """Every row of every table."""
        for name in MODELS:
            yield from self.table(name).values()

    def records(self) -> Iterator[Record]:
        """Every row that makes a claim (sources and faces do not)."""
        return (row for row in self.everything() if isinstance(row, Record))

    def with_tables(self, tables: Mapping[str, Any]) -> Board:
        """The same board with some tables replaced."""
        return replace(self, **tables)

    def once(self, key: object, find: Callable[[], Found]) -> Found:
        """What `find` makes of this board alone, as it was found before if it was."""
        if key not in self.known:
            self.known[key] = find()
        found: Found = self.known[key]
        return found

    def is_approved(self, record: Record) -> bool:
        """Whether it may be published."""
        if self.settled is not None:
            return (record.table, record.id) in self.settled
        return self.approval(record) is Approval.GIVEN

    def approval(self, record: Record) -> Approval:
        """Whether the four steps were taken, or the facts published before, and for this content.

        Only `boards approve` takes the digest: what somebody types as approved awaits it.
        """
        key = ("approval", record.table, record.id)
        known = self.known.get(key)
        if known is None or known[0] is not record:
            known = self.known[key] = (record, self._approval(record))
        state: Approval = known[1]
        return state

    def _approval(self, record: Record) -> Approval:
        review = record.review
        if review is None:
            return Approval.STEPS
        if review.basis == "published":
            source = self.sources.get(record.source or "")
            if source is None or not source.is_published:
                return Approval.SOURCE
        elif not review.is_complete:
            return Approval.STEPS
        if review.approved_content is None:
            return Approval.UNSEALED
        same = review.approved_content == self.seal(record)
        return Approval.GIVEN if same else Approval.CHANGED

    def seal(self, record: Record) -> str:
        """The digest of what readers may see of a record, its pictures as they are now."""
        return seal(record, self.picture)

    def picture(self, path: str) -> str:
        """The digest of a picture as it is now; empty if there is none."""
        return digest_of(self.data / path)

    def records_at(self, places: Iterable[Place]) -> set[tuple[str, str]]:
        """The records that stand at these places: the last one to begin at or before each line."""
        found = set()
        for place in places:
            before = [
                (origin.node.line, key)
                for key, origin in self.origins.items()
                if origin.path == place.path
                and origin.node.line <= place.line
                and key[1] in self.table(key[0])
            ]
            if before:
                found.add(max(before)[1])
        return found

    def problem(
        self,
        record: Keyed,
        path: FieldPath,
        found: str,
        cure: Cure,
        *,
        severity: Severity = Severity.ERROR,
        snippet: str = "",
    ) -> Problem:
        """A problem of one field of one record, placed where it was typed."""
        origin = self.origins.get((record.table, record.id))
        place = origin.place(path, snippet) if origin else Place(record.table)
        name, model = f"{record.kind}“{record.title_text}”", type(record)
        field, label = describe(model, path), labels(model, path)
        return Problem(place, found, cure, name, field, severity, label)

    def problem_at(
        self,
        at: str,
        found: str,
        cure: Cure,
        *,
        severity: Severity = Severity.ERROR,
        snippet: str = "",
    ) -> Problem:
        """The same for a field named as on paper: table, id and path, parted by slashes."""
        table, record_id, *path = at.split("/")
        steps = tuple(int(step) if step.isdecimal() else step for step in path)
        record = self.table(table)[record_id]
        return self.problem(record, steps, found, cure, severity=severity, snippet=snippet)
