"""What the page of a proposal may see: questions, columns, what would change, what stays out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column of a table, and what it is taken for."""

    letter: str
    heading: str
    samples: str
    why: str
    options: tuple[Option, ...]
    """What it can be; none for what may not be kept."""


@dataclass(frozen=True, slots=True)
class Control:
    """A question with its answers, or with a line to type in."""

    name: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""
    help: str = ""
    picture: str = ""
    """Of a photo the path below the desk's where a small one is."""


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A member whose photo comes in, and what is said of the consent."""

    id: str
    name: str
    day: str
    places: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """A record that would come in."""

    key: str
    what: str
    kind: str
    title: str
    lines: tuple[str, ...]
    lapses: bool
    may_skip: bool
    """Whether it is a row that can be left out."""


@dataclass(frozen=True, slots=True)
class LeftView:
    """Something that stays out."""

    where: str
    what: str
    why: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class LotView:
    """What was sent, and what it would do."""

    name: str
    title: str
    about: str
    controls: tuple[Control, ...]
    seen: str
    """What is shown, so that nothing else is written."""
    was: tuple[Option, ...]
    """The kind and the sheet that the columns are of: with others they are guessed anew."""
    columns: tuple[ColumnView, ...]
    asks: tuple[Control, ...]
    consents: tuple[ConsentView, ...]
    entries: tuple[EntryView, ...]
    count: int
    """Records that would be written, also those that are not shown; sources aside."""
    more: int
    """Entries that are not shown."""
    may_skip: bool
    skipped: tuple[str, ...]
    left: tuple[LeftView, ...]
    notes: tuple[str, ...]
    same: tuple[str, ...]
    can_take: bool
    draft: str
    """What the button says that puts it into a form; empty where there is none."""
    is_told: bool
    """Whether it is a message, of which the form makes the record."""
    following: int
    """How many files are looked through after it."""


@dataclass(frozen=True, slots=True)
class BringView:
    """Where files are dropped, and what was made of those that were."""

    kinds: tuple[Option, ...]
    done: str = ""
    said: str = ""
    lot: LotView | None = None
