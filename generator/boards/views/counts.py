"""What a zone counts and holds month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boards.board.board import Board
from boards.records import Activity, Month, OwnCount, Record, Zone
from boards.records.counts import COUNTS
from boards.records.months import MonthId
from boards.views.charts import Chart, bar_chart
from boards.words.common import day, marks

MONTHS_SHOWN = 12
ACTIVITIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something the zone held."""

    date: str
    type: str
    topic: str
    detail: str
    marks: tuple[str, ...]


def month_charts(board: Board, zone_id: str, months: list[Month]) -> tuple[Chart, ...]:
    """A chart for each thing the zone counts, over the months that counted it."""
    return (*_usual_charts(zone_id, months), *_own_charts(board, zone_id, months))


def own_counts(board: Board, zone_id: str) -> list[OwnCount]:
    """What a zone counts besides."""
    return [count for count in board.counts.values() if count.zone == zone_id]


def _own_charts(board: Board, zone_id: str, months: list[Month]) -> Iterator[Chart]:
    for count in own_counts(board, zone_id):
        found = [(month, figure) for month in months if (figure := month.figure(count.id))]
        if found:
            yield bar_chart(
                count.name,
                _period(found[0][0], found[-1][0]),
                ["应完成", "完成"] if count.paired else [count.name],
                count.unit,
                [
                    (
                        _short(month),
                        (figure.due or 0, figure.done) if count.paired else (figure.done,),
                    )
                    for month, figure in found
                ],
            )


def _short(month: Month) -> str:
    return f"{int(month.id[5:])}月"


def _usual_charts(zone_id: str, months: list[Month]) -> tuple[Chart, ...]:
    held = [(month, month.counts(zone_id)) for month in months]
    counted = [(month, counts) for month, counts in held if counts]
    if not counted:
        return ()
    return tuple(
        bar_chart(
            tally.title,
            _period(counted[0][0], counted[-1][0]),
            [mark.label for mark in shown.values()],
            tally.unit,
            [
                (_short(month), tuple(getattr(counts, name) for name in shown))
                for month, counts in counted
            ],
        )
        for tally, shown in COUNTS[zone_id].tallies().items()
    )


def _period(first: Month, last: Month) -> str:
    """2019年1月至6月."""
    if first is last:
        return first.title_text
    begin, end = MonthId.of(first.id), MonthId.of(last.id)
    return f"{begin.title}至{end.within_year if end.year == begin.year else end.title}"


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
