"""Daily messages (微消息)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.editions.editions import Edition
from boards.records import Message
from boards.records.months import MonthId
from boards.words.common import (
    Link,
    Page,
    Provenance,
    day,
    marks,
    provenances,
    shared_marks,
    weekday,
)

LATEST = 100
"""Days on the first page; where there are more, every year has a page of its own: a message a day
for twenty years weighs seven megabytes."""
DAYS_BACK, DAYS_AHEAD = datetime.timedelta(days=30), datetime.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class MessageCard:
    """A message, ready to paste into the crews' group."""

    type: str
    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageDay:
    """One day's messages."""

    title: str
    iso_date: str
    messages: tuple[MessageCard, ...]
    marks: tuple[str, ...]
    """The marks that all of them carry; each shows only what it carries besides."""
    paste: str
    """The whole day as one text for the group."""


@dataclass(frozen=True, slots=True)
class MessageMonth:
    """The days of a month, folded but for the latest."""

    title: str
    days: tuple[MessageDay, ...]
    unfolded: bool


@dataclass(frozen=True, slots=True)
class MessagesView:
    """微消息: the latest day, those before by month, then what is ready for the days to come."""

    latest: MessageDay | None
    months: tuple[MessageMonth, ...]
    to_come: tuple[MessageDay, ...]
    types: tuple[str, ...]
    years: tuple[Link, ...]
    """Pages of all messages of a year, the latest first, where there are too many for one page."""
    provenance: tuple[Provenance, ...]


def messages_pages(board: Board, edition: Edition) -> list[Page]:
    """微消息: the latest, and where there are more, those of each year."""
    today = edition.today.isoformat()
    days = message_days(board)
    said = [day for day in days if day.iso_date <= today]
    by_year: dict[str, list[MessageDay]] = {}
    for day_of in said if len(said) > LATEST else []:
        by_year.setdefault(day_of.iso_date[:4], []).append(day_of)
    kinds = tuple(kind.name for kind in board.kinds.values())
    view = MessagesView(
        latest=said[0] if said else None,
        months=_by_month(said[1:LATEST]),
        to_come=tuple(day for day in reversed(days) if day.iso_date > today),
        types=kinds or tuple(board.message_kinds.values()),
        years=tuple(Link(f"{year}年", f"messages/{year}.html") for year in by_year),
        provenance=provenances(board, board.messages.values()),
    )
    title, about = "每日微消息", "每天发到班组群里的话"
    words = () if by_year else tuple(message.text for message in board.messages.values())
    first = Page("messages.html", title, about, "messages.html", view, "微消息", words)
    rows: dict[str, list[Message]] = {}
    for message in board.messages.values():
        rows.setdefault(str(message.date.year), []).append(message)
    return [
        first,
        *(
            _year_page(
                year, found, replace(view, latest=None, provenance=provenances(board, rows[year]))
            )
            for year, found in by_year.items()
        ),
    ]


def _by_month(days: Sequence[MessageDay]) -> tuple[MessageMonth, ...]:
    """Days by month, newest first as they come."""
    found: dict[str, list[MessageDay]] = {}
    for day_of in days:
        found.setdefault(day_of.iso_date[:7], []).append(day_of)
    return tuple(
        MessageMonth(MonthId.of(month).title, tuple(rows), place == 0)
        for place, (month, rows) in enumerate(found.items())
    )


def _year_page(year: str, days: Sequence[MessageDay], view: MessagesView) -> Page:
    """A year's messages; search finds them here and not on the first page as well."""
    words = tuple(card.text for day in days for card in day.messages)
    shown = replace(view, months=_by_month(days), to_come=())
    title, about = f"{year}年微消息", f"{year}年发到班组群里的话"
    return Page(f"messages/{year}.html", title, about, "messages.html", shown, "微消息", words)


def recent_days(board: Board, edition: Edition) -> tuple[MessageDay, ...]:
    """The days the browser may choose today's from, however late or early it is opened."""
    first, last = edition.today - DAYS_BACK, edition.today + DAYS_AHEAD
    return _days(board, [row for row in board.messages.values() if first <= row.date <= last])


def message_days(board: Board) -> tuple[MessageDay, ...]:
    """Messages by day, newest day first, kinds in their fixed order."""
    return _days(board, board.messages.values())


def _days(board: Board, messages: Iterable[Message]) -> tuple[MessageDay, ...]:
    by_date: dict[datetime.date, list[Message]] = {}
    for message in messages:
        by_date.setdefault(message.date, []).append(message)
    kinds = board.message_kinds
    places = list(kinds)
    days = []
    for date, rows in sorted(by_date.items(), key=lambda item: item[0], reverse=True):
        rows.sort(key=lambda message: places.index(message.type))
        carried = {row.id: marks(board, row) for row in rows}
        shared = shared_marks(carried.values())
        cards = tuple(
            MessageCard(
                type=kinds[row.type],
                text=row.text,
                marks=tuple(mark for mark in carried[row.id] if mark not in shared),
            )
            for row in rows
        )
        title = f"{day(date)} {weekday(date)}"
        paste = "\n".join(
            [f"【{board.branch.brand}】{title}"] + [f"{c.type}：{c.text}" for c in cards]
        )
        days.append(MessageDay(title, date.isoformat(), cards, shared, paste))
    return tuple(days)
