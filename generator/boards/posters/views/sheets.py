"""Lists that go on: a poster whose content is a list may take further sheets of one size.

A view that is such a list knows how it is divided (`Listing`); how many sheets a poster takes in
a size is found out by setting it (`posters.plan`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Protocol, Self, TypeVar, runtime_checkable

from boards.board.board import Board
from boards.posters.views.words import Poster, Prose, Words, words_of
from boards.words.common import provenances

Item = TypeVar("Item")
Group = TypeVar("Group")


@runtime_checkable
class Listing(Protocol):
    """A view whose content is a list."""

    @property
    def most_parts(self) -> int:
        """How many parts it could be divided into, one item or more in each."""

    def parts(self, count: int) -> Sequence[Self]:
        """The same list in `count` parts of about one length, in order, nothing left out."""


def most_sheets(poster: Poster) -> int:
    """How many sheets a poster could take; 1 if its content is no list."""
    return max(1, poster.view.most_parts) if isinstance(poster.view, Listing) else 1


def sheets_of(board: Board, poster: Poster, count: int) -> Iterator[Poster]:
    """A poster on `count` sheets, each with the records and sources of what stands on it."""
    if count == 1:
        yield poster
        return
    assert isinstance(poster.view, Listing)
    records = {(row.table, row.id): row for row in poster.records}
    head = [key for key in records if poster.record][:1]
    for number, view in enumerate(poster.view.parts(count), start=1):
        there = [tuple(words.at.split("/")[:2]) for words in words_of(view)]
        shown = [records[key] for key in dict.fromkeys((*head, *there)) if key in records]
        yield dataclasses.replace(
            poster,
            view=view,
            records=tuple(shown),
            provenance=provenances(board, shown),
            sheet=number,
            sheets=count,
        )


def shared_out(
    items: Sequence[Item],
    count: int,
    weight: Callable[[Item], float] = lambda _: 1.0,
    seams: Sequence[int] = (),
) -> list[tuple[Item, ...]]:
    """`items` in order, in `count` runs of about one weight; where there are fewer, some are empty.

    Of equal items the runs differ by one at most. A run ends at one of `seams`, the places where
    something new begins, if that is near enough to where it would end.
    """
    before = [0.0]
    for item in items:
        before.append(before[-1] + weight(item))
    share = before[-1] / count
    ends = [0]
    for number in range(1, count):
        first, last = min(ends[-1] + 1, len(items)), len(items) - (count - number)
        ends.append(_end(range(first, max(first, last) + 1), before, share * number, share, seams))
    return [tuple(items[a:b]) for a, b in zip(ends, [*ends[1:], len(items)], strict=True)]


_NEAR = 0.2
"""How much of a sheet may stay free so that what belongs together is not divided."""


def _end(
    places: range, before: Sequence[float], wanted: float, share: float, seams: Sequence[int]
) -> int:
    """Where a run ends: near to `wanted`, rather a little farther off than in a group's middle."""

    def cost(at: int) -> tuple[float, int]:
        away = abs(before[at] - wanted) + (0 if at in seams else _NEAR * share)
        return round(away, 6), -at

    return min(places, key=cost)


def shared_in_groups(
    groups: Sequence[tuple[Group, Sequence[Item]]],
    count: int,
    weight: Callable[[Item], float] = lambda _: 1.0,
) -> list[list[tuple[Group, tuple[Item, ...]]]]:
    """Groups in order, in `count` runs of about one weight; a group may go on in the next run."""
    flat = [(number, item) for number, (_, items) in enumerate(groups) for item in items]
    seams = [at for at in range(1, len(flat)) if flat[at][0] != flat[at - 1][0]]
    return [
        [
            (groups[number][0], tuple(item for _, item in members))
            for number, members in groupby(run, key=lambda row: row[0])
        ]
        for run in shared_out(flat, count, lambda row: weight(row[1]), seams)
    ]


FEW = 4
"""A list of so many is said again on every sheet; a longer one is shared out."""


def said_again(items: tuple[Item, ...], count: int) -> list[tuple[Item, ...]]:
    """What each of `count` sheets has of a list that is only part of what they say."""
    return [items] * count if len(items) <= max(FEW, count - 1) else shared_out(items, count)


def longest_shared(*lists: Sequence[object]) -> int:
    """The length of the longest of these that is not said again; 1 if there is none."""
    return max((len(items) for items in lists if len(items) > FEW), default=1)


def length(*texts: Words | Prose | None) -> int:
    """How many characters there are in texts, for the weight of an item."""
    return sum(len(text.text) for text in texts if text)
