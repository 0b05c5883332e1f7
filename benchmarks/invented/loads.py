"""How large a branch is and how long it has kept its records."""

from __future__ import annotations

import datetime
import random
import re
from dataclasses import dataclass

DAY = datetime.date(2025, 12, 31)
"""The day on which every load lives: its last year is just whole."""


@dataclass(frozen=True, slots=True)
class Load:
    """A branch of `members` people after `years` whole years of records."""

    members: int
    years: int
    seed: int = 0
    photos: int = 3000
    """Pixels of a photo's long side, those of a telephone's by default; no photos at all if 0."""

    @classmethod
    def read(cls, typed: str) -> Load:
        """The load that is written as 15x5; raises ValueError."""
        match = re.fullmatch(r"([1-9]\d*)x([1-9]\d*)", typed.replace("×", "x"))
        if not match:
            raise ValueError(f"{typed}: a load is written members x years, as in 15x5")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.members}x{self.years}"

    @property
    def calendar(self) -> range:
        """The years, the last one that of DAY."""
        return range(DAY.year - self.years + 1, DAY.year + 1)

    def dice(self, *what: object) -> random.Random:
        """Lots for one thing, whatever else is drawn before."""
        return random.Random("/".join(map(str, (self.seed, *what))))

    @property
    def first_day(self) -> datetime.date:
        """The day on which its records begin; a branch of no years has members, but no work yet."""
        return datetime.date(min(self.calendar.start, DAY.year), 1, 1)
