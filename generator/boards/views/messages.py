"""Daily messages (微消息)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from boards.board import Board
from boards.editions import Edition
from boards.records import Message
from boards.views.common import (
    Page,
    Provenance,
    day,
    marks,
    provenances,
    weekday,
)

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
    paste: str
    """The whole day as one text for the group."""


@dataclass(frozen=True, slots=True)
class MessagesView:
    """微消息: today and earlier, newest first, then what is ready for the days to come."""

    days: tuple[MessageDay, ...]
    to_come: tuple[MessageDay, ...]
    types: tuple[str, ...]
    provenance: tuple[Provenance, ...]


def messages_page(board: Board, edition: Edition) -> Page:
    """微消息."""
    messages = board.messages.values()
    types = tuple(kind.name for kind in board.kinds.values())
    today = edition.today.isoformat()
    days = message_days(board)
    view = MessagesView(
        days=tuple(day for day in days if day.iso_date <= today),
        to_come=tuple(day for day in reversed(days) if day.iso_date > today),
        types=types or tuple(board.message_kinds.values()),
        provenance=provenances(board, messages),
    )
    words = tuple(message.text for message in board.messages.values())
    return Page(
        "messages.html",
        "每日微消息",
        "每天发到班组群里的话",
        "messages.html",
        view,
        "微消息",
        words,
    )


def recent_days(board: Board, edition: Edition) -> tuple[MessageDay, ...]:
    """The days the browser may choose today's from, however late or early it is opened."""
    first = (edition.today - DAYS_BACK).isoformat()
    last = (edition.today + DAYS_AHEAD).isoformat()
    return tuple(day for day in message_days(board) if first <= day.iso_date <= last)


def message_days(board: Board) -> tuple[MessageDay, ...]:
    """Messages by day, newest day first, kinds in their fixed order."""
    by_date: dict[datetime.date, list[Message]] = {}
    for message in board.messages.values():
        by_date.setdefault(message.date, []).append(message)
    kinds = board.message_kinds
    places = list(kinds)
    days = []
    for date, rows in sorted(by_date.items(), key=lambda item: item[0], reverse=True):
        rows.sort(key=lambda message: places.index(message.type))
        cards = tuple(
            MessageCard(
                type=kinds[row.type],
                text=row.text,
                marks=marks(board, row),
            )
            for row in rows
        )
        title = f"{day(date)} {weekday(date)}"
        paste = "\n".join(
            [f"【{board.branch.brand}】{title}"] + [f"{c.type}：{c.text}" for c in cards]
        )
        days.append(MessageDay(title, date.isoformat(), cards, paste))
    return tuple(days)
