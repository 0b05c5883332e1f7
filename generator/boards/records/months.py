"""Months and quarters, as the ids of records name them."""

from __future__ import annotations

import calendar
import datetime
from typing import NamedTuple


class MonthId(NamedTuple):
    """A month, written 2019-06."""

    year: int
    month: int

    @classmethod
    def of(cls, text: str) -> MonthId:
        """The month of an id that the ledger has let pass."""
        year, month = text.split("-")
        return cls(int(year), int(month))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def title(self) -> str:
        """2019年6月."""
        return f"{self.year}年{self.within_year}"

    @property
    def within_year(self) -> str:
        """6月."""
        return f"{self.month}月"

    @property
    def last_day(self) -> datetime.date:
        """The day that it ends on."""
        days = calendar.monthrange(self.year, self.month)[1]
        return datetime.date(self.year, self.month, days)

    def shifted(self, by: int) -> MonthId:
        """The month that comes so many later, or earlier."""
        year, at = divmod(self.year * 12 + self.month - 1 + by, 12)
        return MonthId(year, at + 1)


class QuarterId(NamedTuple):
    """A quarter, written 2019-Q2."""

    year: int
    number: int

    @classmethod
    def of(cls, text: str) -> QuarterId:
        """The quarter of an id that the ledger has let pass."""
        year, number = text.split("-Q")
        return cls(int(year), int(number))

    @classmethod
    def around(cls, day: datetime.date) -> QuarterId:
        """The quarter that a day is in."""
        return cls(day.year, (day.month + 2) // 3)

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    @property
    def title(self) -> str:
        """2019年第二季度."""
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    @property
    def months(self) -> tuple[MonthId, ...]:
        """Its three months."""
        return tuple(MonthId(self.year, self.number * 3 - before) for before in (2, 1, 0))

    @property
    def last_day(self) -> datetime.date:
        """The day that it ends on."""
        return self.months[-1].last_day

    def shifted(self, by: int) -> QuarterId:
        """The quarter that comes so many later, or earlier."""
        year, at = divmod(self.year * 4 + self.number - 1 + by, 4)
        return QuarterId(year, at + 1)
