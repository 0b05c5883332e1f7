"""What is being made: which of the two editions, for whom, where it is seen, on which day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from boards.records import Audience


class EditionName(StrEnum):
    """The two editions of a site."""

    PREVIEW = "preview"
    PUBLISH = "publish"


class Surface(StrEnum):
    """Where it is shown; people agree to each separately (`Consent` has a field for each)."""

    SITE = "site"
    PRINT = "print"
    SHARE = "share"

    @property
    def label(self) -> str:
        """What people agree to, as `Consent` calls it."""
        return {"site": "上网页", "print": "印展板", "share": "给兄弟单位"}[self]


@dataclass(frozen=True, slots=True)
class Edition:
    """What is being made, for whom, and on which day (nothing downstream reads the clock)."""

    name: EditionName
    today: datetime.date
    circle: Audience = Audience.INTRANET
    surfaces: frozenset[Surface] = frozenset({Surface.SITE})
    """Where it will be seen; a photo wants its person's consent to each."""
