"""Posters of a quarter: the star, the excellent zone, the scoreboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.formats import Face
from boards.posters.views.sheets import length, shared_out
from boards.posters.views.words import (
    Poster,
    PosterPerson,
    PosterZone,
    Prose,
    Words,
    poster,
    poster_person,
    poster_zone,
    said,
    termed,
    told,
)
from boards.records import Quarter, Record
from boards.records.months import QuarterId
from boards.words.common import day


@dataclass(frozen=True, slots=True)
class StarPoster:
    """季度党员之星."""

    quarter: str
    person: PosterPerson
    citation: Prose


@dataclass(frozen=True, slots=True)
class ExcellentZonePoster:
    """优质责任区."""

    quarter: str
    zone: PosterZone
    citation: Prose
    looks_at: Words
    score: int
    summary: Words


@dataclass(frozen=True, slots=True)
class LinkageRow:
    """One zone on the scoreboard."""

    zone: PosterZone
    looks_at: Words
    score: int
    before: int | None
    """Its score a quarter ago, if that quarter is on record."""
    change: str
    """The same in words."""
    summary: Words
    won: bool


@dataclass(frozen=True, slots=True)
class LinkageAxis:
    """The part of the hundred on which all scores lie, so that they can be told apart."""

    low: int
    high: int
    ticks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LinkageTalk:
    """A Friday talk."""

    date: str
    title: Words
    name: Words


@dataclass(frozen=True, slots=True)
class LinkagePoster:
    """季度联动成绩."""

    title: Words
    gathering: Words
    quarter: str
    meeting: str
    rows: tuple[LinkageRow, ...]
    axis: LinkageAxis
    star: PosterPerson | None
    """Nobody on the sheets after the first, which hold the talks."""
    winner: PosterZone
    talks: tuple[LinkageTalk, ...]

    @property
    def most_parts(self) -> int:
        """The results, and one talk a sheet."""
        return 1 + len(self.talks)

    def parts(self, count: int) -> list[LinkagePoster]:
        """The results, then the talks in order."""
        talks = shared_out(self.talks, count - 1, lambda talk: _LINE + length(talk.title))
        return [
            replace(self, talks=()),
            *(replace(self, rows=(), star=None, talks=some) for some in talks),
        ]


_LINE = 12
"""Characters that a talk's date and speaker take."""


def quarter_posters(board: Board) -> Iterator[Poster]:
    """Three posters for each quarter, newest first."""
    for quarter in sorted(board.quarters.values(), key=lambda row: row.id, reverse=True):
        url = f"quarters/{quarter.id}.html"
        rows = _rows(board, quarter)
        winner = next(row for row in rows if row.won)
        star = poster_person(board, board.members[quarter.star.member])
        name = quarter.title_text
        records: list[Record] = [quarter]
        yield poster(
            board,
            "star",
            StarPoster(name, star, told(quarter, "star", "citation")),
            records,
            url,
            f"{name}党员之星 {star.name.text}",
        )
        citation = told(quarter, "excellent_zone", "citation")
        yield poster(
            board,
            "excellent-zone",
            ExcellentZonePoster(
                name, winner.zone, citation, winner.looks_at, winner.score, winner.summary
            ),
            records,
            url,
            f"{name}优质责任区 {winner.zone.name.text}",
        )
        meeting = quarter.meeting
        title = termed(board.branch, "scoreboard", face=Face.SONG)
        view = LinkagePoster(
            title=title,
            gathering=termed(board.branch, "gathering_day", face=Face.SONG),
            quarter=name,
            meeting=" ".join(part for part in (day(meeting.date), meeting.place) if part),
            rows=rows,
            axis=_axis(rows),
            star=star,
            winner=winner.zone,
            talks=tuple(
                LinkageTalk(
                    day(talk.date),
                    said(quarter, "talks", number, "title"),
                    said(board.members[talk.member], "name", face=Face.SONG),
                )
                for number, talk in enumerate(quarter.talks)
            ),
        )
        yield poster(board, "linkage", view, records, url, f"{name}{title.text}")


def _rows(board: Board, quarter: Quarter) -> tuple[LinkageRow, ...]:
    results = {result.zone: number for number, result in enumerate(quarter.results)}
    scores = {zone: quarter.results[number].score for zone, number in results.items()}
    earlier = _scores_before(board, quarter)
    return tuple(
        LinkageRow(
            zone=poster_zone(zone),
            looks_at=said(zone, "meeting_input"),
            score=scores[zone.id],
            before=earlier.get(zone.id),
            change=_change(scores[zone.id], earlier.get(zone.id)),
            summary=said(quarter, "results", results[zone.id], "summary"),
            won=zone.id == quarter.excellent_zone.zone,
        )
        for zone in board.zones.values()
    )


def _scores_before(board: Board, quarter: Quarter) -> dict[str, int]:
    """The scores a quarter ago by zone; a sample says nothing of what is real."""
    before = board.quarters.get(str(QuarterId.of(quarter.id).shifted(-1)))
    if before is None or before.sample != quarter.sample:
        return {}
    return {result.zone: result.score for result in before.results}


def _change(score: int, before: int | None) -> str:
    if before is None:
        return ""
    if score == before:
        return "与上季度持平"
    return f"比上季度{'升' if score > before else '降'} {abs(score - before)} 分"


_STEP = 5
"""Points between two ticks."""
_LEAST = 3
"""Steps that an axis has at least, so that a point or two do not look like much."""


def _axis(rows: Sequence[LinkageRow]) -> LinkageAxis:
    """From the step below the lowest score to that above the highest, within 0 to 100."""
    scores = [score for row in rows for score in (row.score, row.before) if score is not None]
    high = min(100, (max(scores) // _STEP + 1) * _STEP)
    low = max(0, min((min(scores) - 1) // _STEP * _STEP, high - _LEAST * _STEP))
    step = _STEP if high - low <= 6 * _STEP else 4 * _STEP
    low = low // step * step
    return LinkageAxis(low, high, tuple(range(low, high + 1, step)))
