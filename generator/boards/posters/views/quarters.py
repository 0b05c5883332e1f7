"""Posters of a quarter: the star, the excellent zone, the scoreboard."""

from __future__ import annotations

from collections.abc import Iterator
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
    summary: Words
    won: bool


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
    return tuple(
        LinkageRow(
            zone=poster_zone(zone),
            looks_at=said(zone, "meeting_input"),
            score=quarter.results[results[zone.id]].score,
            summary=said(quarter, "results", results[zone.id], "summary"),
            won=zone.id == quarter.excellent_zone.zone,
        )
        for zone in board.zones.values()
    )
