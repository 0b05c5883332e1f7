"""What a zone holds month by month."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Activity, Month, Record, Zone
from boards.words.common import day, marks

ACTIVITIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something the zone held."""

    date: str
    type: str
    topic: str
    detail: str
    marks: tuple[str, ...]


def zone_calendar(board: Board, zone: Zone, months: list[Month]) -> tuple[CalendarEntry, ...]:
    """The newest activities of the zone."""
    entries = [
        (activity, month)
        for month in months
        for activity in month.activities
        if activity.zone == zone.id
    ]
    entries.sort(key=lambda entry: entry[0].date, reverse=True)
    return tuple(_entry(board, activity, month) for activity, month in entries[:ACTIVITIES_SHOWN])


def _led(board: Board, activity: Activity) -> str:
    if not activity.speaker:
        return ""
    return f"{activity.type.leading}：{board.members[activity.speaker].name}"


def _entry(board: Board, activity: Activity, month: Record) -> CalendarEntry:
    winners = "、".join(board.members[winner].name for winner in activity.winners)
    parts = [
        activity.occasion or "",
        _led(board, activity),
        f"优胜：{winners}" if winners else "",
    ]
    return CalendarEntry(
        date=day(activity.date),
        type=activity.type.label,
        topic=activity.topic,
        detail="；".join(part for part in parts if part),
        marks=marks(board, month),
    )
