"""What can be done to records, and what is said when it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from boards.amend.spelling import Value


class Action(StrEnum):
    """What happens to a record."""

    CHANGE = "change"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Edit:
    """What to do to one record."""

    table: str
    """As in `boards.board.board.MODELS`."""
    id: str
    """The record's id on the board; for a new one the id it gets."""
    fields: Mapping[str, Value | None]
    """Top-level fields to set, as they stand in YAML; None takes the field out."""
    action: Action = Action.CHANGE


class AmendFault(Exception):
    """Something that cannot be written so that it is read back; the message names the file."""
