"""How a field is declared: what it says of itself to all that ask, show, compare and approve it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import Field

from boards.records.choices import Audience


class Trait(StrEnum):
    """What values of a type are, for all that treat them by it; it stands in `Annotated[...]`."""

    MARKDOWN = "markdown"
    PICTURE = "picture"
    """The path of a picture in data/media."""
    ID = "id"
    """The id of a record, or of a part of one."""
    ROLE = "role"
    """One of the roles of the zone that stands beside it."""
    ADDRESS = "address"
    """An address on the web."""
    EXACT = "exact"
    """Text that stands for itself and is nobody's wording, such as a name that has one spelling."""
    NUMBER = "number"
    """A few characters wide: a number, a year."""
    TELEPHONE = "telephone"
    """The one place for a telephone number."""
    SEALED = "sealed"
    """Written by `boards approve` alone: copied with a row, it would pass for another record's."""


class Asked(StrEnum):
    """Whether somebody who adds a record by answering questions is asked for a field."""

    ALWAYS = "always"
    USUALLY = "usually"
    """It may be passed over, but is mostly there."""
    MAYBE = "maybe"
    """As the schema has it: if there is no default, or if it is wanted."""
    LATER = "later"
    """Once the record is there: a new one has no use for it."""
    NEVER = "never"
    """The program proposes it, or a command of its own sees to it."""


def field(  # noqa: PLR0913 - each is one thing that a field says of itself
    label: str,
    description: str,
    default: Any = ...,
    audience: Audience = Audience.PUBLIC,
    *,
    asked: Asked = Asked.MAYBE,
    approved: bool = True,
    min_length: int | None = None,
    max_length: int | None = None,
) -> Any:
    """A field: its Chinese label, what to write in it, the widest circle it may reach."""
    return Field(
        default,
        title=label,
        description=description,
        json_schema_extra={"audience": str(audience), "asked": str(asked), "approved": approved},
        min_length=min_length,
        max_length=max_length,
    )


aside = functools.partial(field, approved=False)
"""A field that no approval is about: how the site is made, or what every build asks anew."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a field whose value is the id of a record in `table` (or one of the words `also`)."""

    table: str
    also: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Further tables; an id that several have is that of the first."""
    called: tuple[str, ...] = ()
    """What the words `also` are called, one by one; without it, as the branch is."""

    def names(self, branch: str) -> dict[str, str]:
        """The words `also` with what people call them; `branch` is the branch's own name."""
        return dict(zip(self.also, self.called or (branch,) * len(self.also), strict=True))

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that it may lead to, in the order they are looked through."""
        return (self.table, *self.others)
