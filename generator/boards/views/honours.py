"""The honour wall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from boards.board.board import Board
from boards.lazy import Lazy
from boards.records import Branch, Crew, Honour, Level, Member
from boards.words.common import (
    Page,
    PageBody,
    Provenance,
    marks,
    provenances,
)
from boards.words.strokes import stroke_key


@dataclass(frozen=True, slots=True)
class HonourCard:
    """One honour."""

    title: str
    year: str
    level: str
    holder: str
    holder_url: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HonourGroup:
    """Honours of one year, level or holder."""

    title: str
    honours: tuple[HonourCard, ...]


@dataclass(frozen=True, slots=True)
class HonourWallView:
    """The honour wall, arranged three ways."""

    by_year: tuple[HonourGroup, ...]
    by_level: tuple[HonourGroup, ...]
    by_holder: tuple[HonourGroup, ...]
    total: int
    provenance: tuple[Provenance, ...]


def honour_card(board: Board, honour: Honour) -> HonourCard:
    """One honour with its holder by name."""
    holder = board.holder(honour)
    return HonourCard(
        title=honour.title,
        year=f"{honour.year}年度" if honour.year else "年份待核",
        level=honour.level.label,
        holder=holder.name,
        holder_url=_page_of(holder),
        marks=marks(board, honour),
    )


def _page_of(holder: Branch | Crew | Member) -> str:
    """Where readers learn more of who holds an honour."""
    if isinstance(holder, Member):
        return f"members/{holder.id}.html"
    return "coverage.html" if isinstance(holder, Crew) else "about.html"


def sorted_honours(board: Board) -> list[Honour]:
    """Explicit order, then level, newest year (undated last), branch, crews, persons; strokes."""

    def key(honour: Honour) -> tuple[object, ...]:
        holder = board.holder(honour)
        order = honour.order if honour.order is not None else 10**6
        year = -honour.year if honour.year else 0
        place = (Branch, Crew, Member).index(type(holder))
        strokes = stroke_key(holder.name) if place else ()
        return (order, list(Level).index(honour.level), year, place, strokes)

    return sorted(board.honours.values(), key=key)


def honours_in_order(board: Board) -> tuple[HonourCard, ...]:
    """All honours as cards, in the order of the wall."""
    return tuple(honour_card(board, honour) for honour in sorted_honours(board))


def honour_wall(board: Board) -> HonourWallView:
    """All honours, arranged three ways."""
    honours = sorted_honours(board)
    years = sorted({honour.year for honour in honours if honour.year}, reverse=True)
    by_year = [
        _group(board, f"{year}年度", (h for h in honours if h.year == year)) for year in years
    ]
    by_year.append(_group(board, "其他荣誉", (h for h in honours if not h.year)))
    by_level = [_group(board, lv.label, (h for h in honours if h.level is lv)) for lv in Level]
    holders = list(dict.fromkeys(honour.holder for honour in honours))
    by_holder = []
    for holder in holders:
        group = [honour for honour in honours if honour.holder == holder]
        by_holder.append(_group(board, honour_card(board, group[0]).holder, group))
    return HonourWallView(
        by_year=tuple(group for group in by_year if group.honours),
        by_level=tuple(group for group in by_level if group.honours),
        by_holder=tuple(group for group in by_holder if group.honours),
        total=len(honours),
        provenance=provenances(board, honours),
    )


def honours_page(board: Board) -> Page:
    """The honour wall."""
    return Page("honours.html", "光荣榜", "honours.html", "荣誉", Lazy(lambda: _body(board)))


def _body(board: Board) -> PageBody:
    view = honour_wall(board)
    words = tuple(f"{card.title} {card.holder} {card.year}" for card in honours_in_order(board))
    return PageBody("集体和个人获得的荣誉", view, words)


def _group(board: Board, title: str, honours: Iterable[Honour]) -> HonourGroup:
    return HonourGroup(title, tuple(honour_card(board, honour) for honour in honours))
