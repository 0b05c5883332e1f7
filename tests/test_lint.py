"""Which texts are read for words and private data, and what an allow-list silences."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from boards.rules.lint import lint
from helpers import MINIMAL, TODAY, TYPED, changed, check_tree, read_board, settle, write_tree

CASE = "data/cases/fault-crossing.yml"
RESULTS = "results: 落差有了数据。"


def found(root: Path, files: dict[str, str | bytes], today: datetime.date = TODAY) -> list[str]:
    return [problem.found for problem in check_tree(settle(write_tree(root, files)), today)]


def with_results(text: str, extra: str = "") -> dict[str, str | bytes]:
    return changed(CASE, RESULTS, f"results: {text}{extra}")


PLACES = [
    ("data/branch.yml", "围绕中心抓党建"),
    ("data/branch.yml", "支部台账"),
    ("data/branch.yml", "现场有党员守着，心里就有底。"),
    ("data/zones.yml", "上端头至中部的支架"),
    ("data/zones.yml", "班中走动式巡查"),
    ("data/honours.yml", "集团公司劳模"),
    ("data/coverage.yml", "采煤一班"),
    ("data/messages.yml", "今日多云，升井后先歇一歇。"),
    ("data/cases/fault-crossing.yml", "量得出来，才管得住"),
    ("data/cases/fault-crossing.yml", "精度要求到毫米。"),
    ("data/quarters/2019-Q1.yml", "每班先走一遍工作面。"),
    ("data/quarters/2019-Q1.yml", "李宣传"),
    ("data/months/2019-01.yml", "怎样干好每一班"),
    ("content/about.md", "综采二区党支部是采煤一线的区队支部。"),
    ("content/about.md", "四个责任区怎样联动。"),
]


@pytest.mark.parametrize(("name", "text"), PLACES)
def test_a_phone_number_is_found_wherever_it_might_be_shown(
    tmp_path: Path, name: str, text: str
) -> None:
    problems = check_tree(write_tree(tmp_path, changed(name, text, f"{text}13800138000")))
    assert [problem.found for problem in problems] == ["出现了手机号"]
    (problem,) = problems
    line = (tmp_path / name).read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert line[problem.place.column - 1 :].startswith("13800138000")


def test_a_phone_number_may_stand_where_it_is_asked_for_and_in_no_remark(tmp_path: Path) -> None:
    kept = "name: 王伟\n    contact: 13800138000"
    assert found(tmp_path, changed("data/members.yml", "name: 王伟", kept)) == []
    kept += "\n    remark: 家里电话 13900139000"
    assert found(tmp_path, changed("data/members.yml", "name: 王伟", kept)) == ["出现了手机号"]


def test_the_digest_of_an_approval_is_no_phone_number(tmp_path: Path) -> None:
    old = "approved_on: 2019-07-05\n\n  - id: sample-jia"
    line = "      approved_content: a13800138000bcde\n"
    text = str(TYPED["data/members.yml"]).replace(old, old.replace("\n", f"\n{line}", 1))
    write_tree(tmp_path, {**MINIMAL, "data/members.yml": text})
    said = [problem.found for problem in check_tree(tmp_path)]
    assert said[-1].startswith("审批以后内容改过")
    assert not any("手机号" in words for words in said)


def test_an_allow_list_silences_what_is_no_home(tmp_path: Path) -> None:
    files = with_results("在矿东路12号楼开会。")
    assert found(tmp_path, files) == ["“在矿东路12号楼”像是住址"]
    allow = "  member_count: 15\n  allow:\n    - 在矿东路12号楼开会\n"
    branch = changed("data/branch.yml", "  member_count: 15\n", allow)["data/branch.yml"]
    assert found(tmp_path, {**files, "data/branch.yml": branch}) == []


def test_an_allow_list_silences_only_what_it_holds(tmp_path: Path) -> None:
    files = with_results("四驱联动和四曲联动。")
    allow = "  member_count: 15\n  allow:\n    - 四驱联动\n"
    branch = changed("data/branch.yml", "  member_count: 15\n", allow)["data/branch.yml"]
    assert found(tmp_path, {**files, "data/branch.yml": branch}) == [
        "“四曲联动”与品牌“四区联动”差一个字"
    ]


def test_the_title_of_a_source_is_quoted_as_it_was_published(tmp_path: Path) -> None:
    files = changed("data/branch.yml", "title: 支部台账", "title: 四驱联动与职工辛福感")
    assert found(tmp_path, files) == []


def test_a_claim_grows_stale_after_twelve_months(tmp_path: Path) -> None:
    files = with_results("连续五年没有事故。")
    assert found(tmp_path, files, datetime.date(2020, 8, 31)) == []
    assert found(tmp_path, files, datetime.date(2020, 9, 1)) == [
        "“连续五年”是 2019-08 的说法，已超过 12 个月"
    ]


def test_after_how_many_months_is_the_branch_s_to_say(tmp_path: Path) -> None:
    slower = "  member_count: 15\n  stale_after_months: 120\n"
    branch = changed("data/branch.yml", "  member_count: 15\n", slower)["data/branch.yml"]
    assert found(tmp_path, {**with_results("连续五年没有事故。"), "data/branch.yml": branch}) == []


def test_a_sample_makes_no_claim_that_could_grow_stale(tmp_path: Path) -> None:
    files = changed("data/messages.yml", "text: 今日多云", "as_of: 2019-06\n    text: 目前多云")
    assert found(tmp_path, files) == []


def test_a_claim_without_a_date_of_its_own_has_its_source_s(tmp_path: Path) -> None:
    files = changed(CASE, "as_of: 2019-08\n", "")
    text = files[CASE]
    assert isinstance(text, str)
    files[CASE] = text.replace(RESULTS, "results: 近年来没有事故。")
    assert found(tmp_path, files) == ["“近年来”是 2019-08-19 的说法，已超过 12 个月"]


def test_the_small_site_is_clean_on_any_day(tmp_path: Path) -> None:
    for year in (2019, 2030, 2039):
        assert found(tmp_path, MINIMAL, datetime.date(year, 12, 31)) == []


def test_a_digest_that_looks_like_a_number_is_none(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    review = board.members["wang-wei"].review
    assert review
    for digits in ("13912345678abcde", "6222020000000003"):
        sealed = review.model_copy(update={"approved_content": digits})
        member = board.members["wang-wei"].model_copy(update={"review": sealed})
        other = board.with_tables({"members": {"wang-wei": member}})
        assert [*lint(other, TODAY)] == []
