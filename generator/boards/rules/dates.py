"""Rules about dates: nothing has happened later than today, and today can be right."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass

from boards.board.board import Board
from boards.errors import Cure, Place, Problem, Remove
from boards.records import Keyed, PartialDate, Record
from boards.records.schema import REMEMBERED, FieldPath

CLOCK = Place("")
"""Where it is told that the computer's date is wrong: in no file, before all files."""

_FEW = 3
"""Dates of which nothing can be concluded."""
_YEARS = 20
"""Nobody leaves a board without a new date for so long."""


@dataclass(frozen=True, slots=True)
class _Past:
    """A date of something that has happened, and what is said if it has not yet."""

    row: Keyed
    path: FieldPath
    label: str
    written: str
    day: datetime.date
    """The first day that is meant."""
    cure: Cure = "核对日期"
    is_ours: bool = True
    """Whether the branch itself writes such dates, newer ones as long as the board is kept."""

    def told(self, today: datetime.date) -> str:
        """What is wrong with it as of `today`."""
        return f"{self.label} {self.written}比今天（{today}）还晚"


def _of_records(board: Board) -> Iterator[_Past]:
    for record in board.records():
        yield from _of_record(record)
    for source in board.sources.values():
        if source.date:
            day = source.date
            yield _Past(source, ("date",), "发表日期", f"{day} ", day, is_ours=False)
    for honour in board.honours.values():
        if honour.year:
            day = datetime.date(honour.year, 1, 1)
            yield _Year(honour, ("year",), "年度", f"{honour.year}", day, "核对年度", is_ours=False)
    for quarter in board.quarters.values():
        met, hint = quarter.meeting.date, "核对日期；没有开会就先不登记"
        label = f"{board.words.meeting_short}日期"
        yield _Past(quarter, ("meeting", "date"), label, f"{met} ", met, hint)


@functools.lru_cache(REMEMBERED)
def _of_record(record: Record) -> tuple[_Past, ...]:
    found = []
    if record.as_of:
        day = _first_day(record.as_of)
        found.append(_Past(record, ("as_of",), "数据截至", f"{record.as_of}，", day))
    if record.review and record.review.approved_on:
        day = record.review.approved_on
        found.append(_Past(record, ("review", "approved_on"), "审批日期", f"{day} ", day))
    return tuple(found)


class _Year(_Past):
    """A year, which is told otherwise than a day."""

    def told(self, today: datetime.date) -> str:
        """What is wrong with it as of `today`."""
        return f"{self.label} {self.written} 还没有到（今天是 {today}）"


def _of_people_and_prints(board: Board) -> Iterator[_Past]:
    for member in board.members.values():
        if member.consent:  # of talks and group photos, too
            day = member.consent.date
            yield _Past(member, ("consent", "date"), "同意日期", f"{day} ", day)
    for row in board.prints.values():
        day, hint = row.printed_on, "核对日期；没有印就先不登记"
        yield _Past(row, ("printed_on",), "印制日期", f"{day} ", day, hint)
        if row.taken_down and row.taken_down >= row.printed_on:  # else `prints` says so
            day = row.taken_down
            cure = ("核对日期；没有撤下就", Remove())
            yield _Past(row, ("taken_down",), "撤下日期", f"{day} ", day, cure)


def _first_day(date: PartialDate) -> datetime.date:
    return datetime.date(date.year, date.month or 1, date.day or 1)


def _past(board: Board) -> list[_Past]:
    return [*_of_records(board), *_of_people_and_prints(board)]


def future(board: Board, today: datetime.date) -> Iterator[Problem]:
    """Nothing is dated later than today."""
    for past in _past(board):
        if past.day > today:
            yield board.problem(past.row, past.path, past.told(today), past.cure)


def clock(board: Board, today: datetime.date) -> Problem | None:
    """What is wrong with today itself, as far as the records tell; None if it may be right.

    A computer whose battery is empty begins again in 2010 or 2099. Most dates of a board are then
    later than today, or all of them ages ago; a mistyped date or two are something else.
    """
    past = _past(board)
    later = sum(one.day > today for one in past)
    ours = [one.day for one in past if one.is_ours]
    found = ""
    if len(past) >= _FEW and later * 2 > len(past):
        found = f"今天是 {today}，台账里 {len(past)} 个日期有 {later} 个比它还晚"
    elif len(ours) >= _FEW and today.year - max(ours).year > _YEARS:
        found = f"今天是 {today}，台账里最晚的日期是 {max(ours)}"
    if not found:
        return None
    hint = "在屏幕右下角核对日期和时间，改好再运行；命令里写了 --date 的，核对那个日期"
    return Problem(CLOCK, f"这台电脑的日期好像不对：{found}", hint)


def newest(board: Board) -> datetime.date:
    """The latest day on record; of a board without any date, the first day there is."""
    return max((one.day for one in _past(board)), default=datetime.date.min)
