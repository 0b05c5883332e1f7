"""Posters of what other units sent: their experience, under their name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from boards.board.board import Board
from boards.formats import Face
from boards.media import picture_at
from boards.posters.views.sheets import shared_in_groups
from boards.posters.views.words import (
    Poster,
    PosterPhoto,
    PosterZone,
    Prose,
    Words,
    poster_zone,
    said,
    said_if,
    some_of,
    told,
)
from boards.posters.views.work import PosterFact
from boards.records import Shared
from boards.rules.received import folder_of
from boards.views.exchange import provenance_of
from boards.words.text import Block, Run


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

    @property
    def most_parts(self) -> int:
        """How it opens, and one paragraph a sheet."""
        return 1 + sum(len(section.text.blocks) for section in self.sections)

    def parts(self, count: int) -> list[ExperiencePoster]:
        """Its sections in order, between what opens it and those who took part."""
        around = _HEADLINE + _FACT * len(self.facts) + _PICTURE
        opening = Block("paragraph", (Run(self.summary.text + "图" * around),))
        rows = [
            (None, (opening,)),
            *((section, section.text.blocks) for section in self.sections),
        ]
        runs = shared_in_groups(rows, count, lambda block: _BREAK + len(block.text))
        return [
            self._part(run, opens=number == 0, closes=number == count - 1)
            for number, run in enumerate(runs)
        ]

    def _part(
        self,
        run: Sequence[tuple[PosterSection | None, tuple[Block, ...]]],
        *,
        opens: bool,
        closes: bool,
    ) -> ExperiencePoster:
        sections = tuple(
            PosterSection(section.title, some_of(section.text, blocks))
            for section, blocks in run
            if section
        )
        part = replace(self, sections=sections, author=self.author if closes else None)
        if opens:
            return part
        return replace(part, headline=None, summary=some_of(self.summary, ()), facts=(), figures=())


_BREAK = 12
"""Characters of room that the end of a paragraph leaves free."""
_HEADLINE, _FACT, _PICTURE = 120, 30, 300
"""Those that a headline takes, a line of the facts, and what is seen first."""


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
