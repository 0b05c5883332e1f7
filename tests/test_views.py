"""What views decide: what is drawn, and how texts are cut for the screen."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from boards.records import PartialDate
from boards.records.counts import COUNTS
from boards.records.schema import specs
from boards.views.slides import portions
from boards.words.common import provenances
from helpers import MINIMAL, read_board, write_tree


@pytest.mark.parametrize("text", ["！重要通知", "“安全！”。开始", "。。。", "一。二；三", "无句号"])
def test_nothing_is_dropped_when_a_text_is_cut(text: str) -> None:
    assert "".join(portions(text, 120)) == text


def test_long_text_is_cut_at_sentences_and_nothing_is_lost() -> None:
    text = "这是一句话，用来看怎样分页。" * 40
    pieces = portions(text, 120)
    assert "".join(pieces) == text
    assert all(len(piece) <= 120 for piece in pieces)
    assert all(piece.endswith("。") for piece in pieces)


@pytest.mark.parametrize("zone", COUNTS)
def test_every_count_of_a_month_is_drawn(zone: str) -> None:
    texts = {"adopted"}  # a list of texts, shown as one
    assert set(COUNTS[zone].shown()) == set(specs(COUNTS[zone])) - texts


def test_many_days_of_one_approver_are_told_as_the_first_to_the_last(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    crew, *_ = board.crews.values()
    assert crew.review
    later = crew.model_copy(update={"as_of": PartialDate(2020, 12, 31)})
    steps = {"approved_on": datetime.date(2021, 1, 4), "approved_content": board.seal(later)}
    later = later.model_copy(update={"review": crew.review.model_copy(update=steps)})
    other = crew.model_copy(
        update={"review": crew.review.model_copy(update={"approved_by": "王书记"})}
    )
    first, second = provenances(board, [later, crew, other, crew])
    assert first.approval == "支部书记 2019年7月5日至2021年1月4日批准"
    assert first.as_of == "2019年6月至2020年12月31日"
    assert second.approval == "王书记 2019年7月5日批准"
    assert second.as_of == "2019年6月"
    assert first.source == second.source == "《支部台账》"
