"""What records know of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from boards.records import Quarter, Review
from boards.records.schema import describe
from helpers import MINIMAL, changed, read_board, write_tree


def test_records_are_called_what_people_call_them(site: Path) -> None:
    board = read_board(site)
    titles = {table: [row.title_text for row in board.table(table).values()] for table in (
        "branches", "members", "quarters", "months", "messages", "cases", "faces", "quotes",
    )}  # fmt: skip
    assert titles == {
        "branches": ["综采二区党支部"],
        "members": ["祝君文", "王伟", "党员甲"],
        "quarters": ["2019年第一季度"],
        "months": ["2019年1月"],
        "messages": ["2019年6月24日 天气预报"],
        "cases": ["Ⅱ830工作面过断层"],
        "faces": ["Ⅱ830", "8103"],
        "quotes": ["chief"],
    }


def test_a_record_in_a_file_of_its_own_is_named_by_the_file(site: Path) -> None:
    board = read_board(site)
    assert [*board.cases, *board.quarters, *board.months, *board.articles] == [
        "fault-crossing", "2019-Q1", "2019-01", "about",
    ]  # fmt: skip


STEPS = {
    "proposed_by": "甲", "checked_by": "乙", "approved_by": "丙", "approved_on": "2019-07-05",
}  # fmt: skip


def test_four_steps_are_an_approval() -> None:
    assert Review.model_validate(STEPS).is_complete


@pytest.mark.parametrize("step", STEPS)
def test_three_steps_are_not(step: str) -> None:
    taken = {name: value for name, value in STEPS.items() if name != step}
    assert not Review.model_validate(taken).is_complete


def test_what_was_published_needs_no_steps_but_what_was_not_does(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    assert board.is_approved(board.members["zhu-jun-wen"])
    assert board.is_approved(board.members["wang-wei"])
    assert not board.is_approved(board.members["sample-jia"])
    url = "    url: http://dangjian.people.com.cn/\n"
    board = read_board(write_tree(tmp_path, changed("data/branch.yml", url, "")))
    assert not board.is_approved(board.members["zhu-jun-wen"])


def test_a_field_is_described_by_what_is_typed_and_what_it_is_called() -> None:
    assert describe(Quarter, ("star", "member")) == "star.member（党员之星·人员）"
    assert describe(Quarter, ("talks", 1, "date")) == "talks[2].date（心得分享·日期）"
    assert describe(Quarter, ("nothing",)) == "nothing"
