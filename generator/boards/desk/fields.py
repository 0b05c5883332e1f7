"""What a form shows: its fields, how each is filled in, and what there is to choose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Control(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    PROSE = "prose"
    PICTURE = "picture"
    FLAG = "flag"
    CHIPS = "chips"
    PICK = "pick"
    ROLE = "role"
    SEVERAL = "several"
    LINES = "lines"
    FIXED = "fixed"
    NOTHING = "nothing"
    GROUP = "group"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    id: str
    label: str
    chosen: bool
    within: str = ""
    """The zone that a role is one of."""
    face: str = ""
    """A picture of whoever it is, in data/media."""


@dataclass(frozen=True, slots=True)
class Part:
    """One group of a list."""

    token: str
    title: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a form."""

    path: str
    """The name of its control; see `posted`."""
    label: str
    help: str
    control: Control
    value: str = ""
    values: tuple[str, ...] = ()
    """Of a list of lines."""
    choices: tuple[Choice, ...] = ()
    fields: tuple[FieldView, ...] = ()
    parts: tuple[Part, ...] = ()
    pattern: Part | None = None
    """A new group of a list; nothing where there is one for each zone, and no more."""
    required: bool = False
    can_be_empty: bool = True
    """Whether nothing may be chosen: it must not be filled in, and nothing is taken for granted."""
    short: bool = False
    """Whether two of its kind stand side by side: a number, a year."""
    long: bool = False
    """Whether what stands in a line is wider than the form."""
    day: bool = False
    """Whether it is a day, which may be chosen from a calendar, too."""
    dialect: bool = False
    """Whether it is a long text that knows a few signs, whose look is shown while it is typed."""
    branch_only: bool = False
    lacks: tuple[str, str] = ("", "")
    """The table, and what people call its records, of which there is none yet to choose."""
    refused: str = ""
    """What is wrong with what was typed."""


@dataclass(frozen=True, slots=True)
class FormView:
    """All fields of a record: those in use, and those seldom used."""

    fields: tuple[FieldView, ...]
    seldom: tuple[FieldView, ...]
