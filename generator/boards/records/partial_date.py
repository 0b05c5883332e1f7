"""A date as far as it is known."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the year, month or day, as sources give them."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def last_day(self) -> datetime.date:
        """The last day it can mean; what is known `as of` a month is known as of its end."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def wording(self) -> str:
        """2019年8月19日, as far as it is known."""
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}"

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)
