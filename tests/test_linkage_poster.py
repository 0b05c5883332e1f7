"""The scoreboard on paper: what changed since last quarter, on an axis that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from boards.board.board import Board
from boards.check import check_folders
from boards.posters.views.quarters import LinkagePoster, quarter_posters
from boards.records import Quarter
from helpers import TODAY
from sites import ROOT


@pytest.fixture(scope="module")
def example() -> Board:
    board, _ = check_folders(ROOT / "data", ROOT / "content", TODAY)
    assert board
    return board


def scored(quarter: Quarter, scores: Mapping[str, int], *, sample: bool = True) -> Quarter:
    results = [
        row.model_copy(update={"score": scores.get(row.zone, row.score)}) for row in quarter.results
    ]
    return quarter.model_copy(update={"results": tuple(results), "sample": sample})


def linkage(board: Board, *quarters: Quarter) -> LinkagePoster:
    """The scoreboard of the newest of them."""
    known = replace(board, quarters={quarter.id: quarter for quarter in quarters})
    view = next(poster.view for poster in quarter_posters(known) if poster.kind == "linkage")
    assert isinstance(view, LinkagePoster)
    return view


def changes(view: LinkagePoster) -> list[str]:
    return [row.change for row in view.rows]


def test_each_zone_says_how_it_stands_to_last_quarter(example: Board) -> None:
    first, second = (example.quarters[f"2019-Q{number}"] for number in (1, 2))
    level = scored(second, {"thought": 92})
    assert changes(linkage(example, first, level)) == [
        "与上季度持平",
        "比上季度降 3 分",
        "比上季度升 7 分",
        "比上季度升 3 分",
    ]


def test_nothing_is_said_of_a_quarter_that_is_not_there(example: Board) -> None:
    first, second = (example.quarters[f"2019-Q{number}"] for number in (1, 2))
    assert changes(linkage(example, second)) == [""] * 4
    assert {row.before for row in linkage(example, second).rows} == {None}
    later = second.model_copy(update={"id": "2019-Q4"})
    assert changes(linkage(example, first, later)) == [""] * 4


def test_no_sample_is_held_against_a_real_quarter(example: Board) -> None:
    first, second = (example.quarters[f"2019-Q{number}"] for number in (1, 2))
    assert changes(linkage(example, first, scored(second, {}, sample=False))) == [""] * 4


@pytest.mark.parametrize(
    ("scores", "ticks"),
    [
        ((91, 93, 97, 94), (85, 90, 95, 100)),
        ((100, 100, 100, 100), (85, 90, 95, 100)),
        ((90, 90, 91, 90), (80, 85, 90, 95)),
        ((0, 55, 97, 94), (0, 20, 40, 60, 80, 100)),
        ((0, 0, 0, 0), (0, 5)),
    ],
)
def test_the_axis_holds_all_scores_and_is_no_longer_than_it_must(
    example: Board, scores: tuple[int, ...], ticks: tuple[int, ...]
) -> None:
    quarter = example.quarters["2019-Q2"]
    zones = [row.zone for row in quarter.results]
    axis = linkage(example, scored(quarter, dict(zip(zones, scores, strict=True)))).axis
    assert (axis.low, axis.high, axis.ticks) == (ticks[0], axis.high, ticks)
    assert axis.low <= min(scores)
    assert max(scores) <= axis.high
