"""Posters of what other units sent: their experience, under their name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boards.board import Board
from boards.formats import Face
from boards.media import picture_at
from boards.records import Shared
from boards.rules.received import folder_of
from boards.views.exchange import provenance_of
from boards.views.posters.words import (
    Poster,
    PosterPhoto,
    PosterZone,
    Prose,
    Words,
    poster_zone,
    said,
    said_if,
    told,
)
from boards.views.posters.work import PosterFact


@dataclass(frozen=True, slots=True)
class PosterSection:
    """A part of the write-up."""

    title: Words
    text: Prose


@dataclass(frozen=True, slots=True)
class ExperiencePoster:
    """兄弟单位经验: another unit's write-up, as long as it is."""

    unit: str
    type: str
    zone: PosterZone
    title: Words
    headline: Words | None
    author: Words | None
    summary: Prose
    facts: tuple[PosterFact, ...]
    sections: tuple[PosterSection, ...]
    figures: tuple[PosterPhoto, ...]


def experience_posters(board: Board) -> Iterator[Poster]:
    """A poster for each write-up that came in."""
    for row in board.received.values():
        yield Poster(
            kind="experience",
            record=row.id,
            title=f"{row.title}（{row.unit.name}）",
            url=f"exchange/{row.id}.html",
            view=_view(board, row),
            provenance=(provenance_of(row),),
            marks=(),
        )


def _view(board: Board, row: Shared) -> ExperiencePoster:
    return ExperiencePoster(
        unit=row.unit.full_name,
        type=row.type.label,
        zone=poster_zone(board.zones[row.zone]),
        title=said(row, "title", face=Face.SONG),
        headline=said_if(row, "headline", face=Face.SONG),
        author=said_if(row, "author"),
        summary=told(row, "summary"),
        facts=tuple(
            PosterFact(said(row, "facts", number, "label"), said(row, "facts", number, "value"))
            for number in range(len(row.facts))
        ),
        sections=tuple(
            PosterSection(
                said(row, "sections", number, "title", face=Face.SONG),
                told(row, "sections", number, "text"),
            )
            for number in range(len(row.sections))
        ),
        figures=tuple(_figures(board, row)),
    )


def _figures(board: Board, row: Shared) -> Iterator[PosterPhoto]:
    for figure in row.figures:
        made = picture_at(board, board.data / folder_of(row) / figure.file).print
        yield PosterPhoto(made.path.name, made.width, made.height, figure.alt, figure.caption or "")
