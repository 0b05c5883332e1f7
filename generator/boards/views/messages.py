"""Daily messages (微消息)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.records import Message
from boards.records.months import MonthId
from boards.words.common import (
    Link,
    Page,
    PageBody,
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
    said = {row.date for row in board.messages.values() if row.date <= edition.today}
    years = sorted({date.year for date in said}, reverse=True) if len(said) > LATEST else []
    links = tuple(Link(f"{year}年", f"messages/{year}.html") for year in years)

    def page(url: str, title: str, find: Callable[[], PageBody]) -> Page:
        return Page(url, title, "messages.html", "微消息", Lazy(find))

    first = page("messages.html", "每日微消息", lambda: _latest(board, edition, links))
    return [
        first,
        *(
            page(link.url, f"{link.title}微消息", partial(_of_year, board, edition, year, links))
            for year, link in zip(years, links, strict=True)
        ),
    ]


def _latest(board: Board, edition: Edition, years: tuple[Link, ...]) -> PageBody:
    days, today = message_days(board), edition.today.isoformat()
    said = [day for day in days if day.iso_date <= today]
    view = MessagesView(
        latest=said[0] if said else None,
        months=_by_month(said[1:LATEST]),
        to_come=tuple(day for day in reversed(days) if day.iso_date > today),
        types=_types(board),
        years=years,
        provenance=provenances(board, board.messages.values()),
    )
    words = () if years else tuple(message.text for message in board.messages.values())
    return PageBody("每天发到班组群里的话", view, words)


def _of_year(board: Board, edition: Edition, year: int, years: tuple[Link, ...]) -> PageBody:
    """A year's messages; search finds them here and not on the first page as well."""
    rows = [row for row in board.messages.values() if row.date.year == year]
    days = _days(board, [row for row in rows if row.date <= edition.today])
    view = MessagesView(
        latest=None,
        months=_by_month(days),
        to_come=(),
        types=_types(board),
        years=years,
        provenance=provenances(board, rows),
    )
    words = tuple(card.text for day in days for card in day.messages)
    return PageBody(f"{year}年发到班组群里的话", view, words)


def _types(board: Board) -> tuple[str, ...]:
    """What kinds of messages there are, in the branch's own words if it has any."""
    own = tuple(kind.name for kind in board.kinds.values())
    return own or tuple(board.message_kinds.values())


def _by_month(days: Sequence[MessageDay]) -> tuple[MessageMonth, ...]:
    """Days by month, newest first as they come."""
    found: dict[str, list[MessageDay]] = {}
    for day_of in days:
        found.setdefault(day_of.iso_date[:7], []).append(day_of)
    return tuple(
        MessageMonth(MonthId.of(month).title, tuple(rows), place == 0)
        for place, (month, rows) in enumerate(found.items())
    )


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
