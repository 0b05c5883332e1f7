"""Daily messages (微消息)."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board import Board
from boards.records import (
    MessageType,
)
from boards.views.common import (
    Page,
    Provenance,
    day,
    marks,
    provenances,
    weekday,
)


@dataclass(frozen=True, slots=True)
class MessageCard:
    """A message, ready to paste into the crews' group."""

    type_id: str
    type: str
    date: str
    iso_date: str
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
    """微消息 by day, newest first."""

    days: tuple[MessageDay, ...]
    types: tuple[str, ...]
    provenance: tuple[Provenance, ...]


def messages_page(board: Board) -> Page:
    """微消息."""
    messages = board.messages.values()
    types = tuple(kind.label for kind in MessageType)
    view = MessagesView(message_days(board), types, provenances(board, messages))
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


def message_days(board: Board) -> tuple[MessageDay, ...]:
    """Messages by day, newest day first, kinds in their fixed order."""
    dates = sorted({message.date for message in board.messages.values()}, reverse=True)
    kinds = list(MessageType)
    days = []
    for date in dates:
        rows = [message for message in board.messages.values() if message.date == date]
        rows.sort(key=lambda message: kinds.index(message.type))
        cards = tuple(
            MessageCard(
                type_id=str(row.type),
                type=row.type.label,
                date=day(date),
                iso_date=date.isoformat(),
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
