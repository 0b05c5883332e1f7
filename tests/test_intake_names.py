"""Names and headings as people type them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boards.intake.names import names_in, unnamed_in
from boards.intake.roster import TablePlan, plan_table
from boards.intake.wanted import Wanted
from helpers import TODAY
from workbooks import saved


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("王 伟", ["王伟"]),
        ("王　伟", ["王伟"]),
        ("司马  光", ["司马光"]),
        ("欧阳 建国", ["欧阳建国"]),
        ("王伟 李涛", ["王伟", "李涛"]),
        ("王 伟　　李 涛", ["王伟", "李涛"]),
        ("李涛和赵敏", ["李涛", "赵敏"]),
        ("李涛、赵敏及王磊", ["李涛", "赵敏", "王磊"]),
        ("王和平", ["王和平"]),
        ("和平", ["和平"]),
        ("李涛等3人", ["李涛"]),
        ("李涛、赵敏等同志", ["李涛", "赵敏"]),
        ("1.李涛\n2.赵敏", ["李涛", "赵敏"]),
        ("1、李涛", ["李涛"]),
        ("1.李涛 2.赵敏", ["李涛", "赵敏"]),
        ("1）李涛2）赵敏*3）王磊", ["李涛", "赵敏", "王磊"]),
        ("①李涛②赵敏", ["李涛", "赵敏"]),
        ("李涛*", ["李涛"]),
        ("李涛同志", ["李涛"]),
        ("李涛（预备）★", ["李涛"]),
        ("赵*", ["赵*"]),
        ("王伟（班长、党员）", ["王伟"]),
        ("王伟（班长），李涛（组长、党员）", ["王伟", "李涛"]),
        ("古丽•阿依", ["古丽·阿依"]),
        ("买买提.艾力", ["买买提·艾力"]),
        ("阿卜杜拉・买买提（班长）", ["阿卜杜拉·买买提"]),
        ("综采二区党支部", ["综采二区党支部"]),
        ("安全和质量小组", ["安全和质量小组"]),
    ],
)
def test_the_people_in_a_cell_are_told_apart(cell: str, names: list[str]) -> None:
    assert names_in(cell) == names


@pytest.mark.parametrize(
    ("cell", "said"),
    [("李涛等3人", "等3人"), ("李涛、赵敏等两人", ""), ("李涛、赵敏等人", "等人"), ("李等", "")],
)
def test_people_who_are_only_counted_are_told(cell: str, said: str) -> None:
    assert unnamed_in(cell) == said


def _planned(site: Path, rows: list[list[Any]]) -> TablePlan:
    return plan_table(site, saved({"表": rows}), "表.xlsx", TODAY, Wanted("honours"))


def test_an_honour_of_some_who_are_not_named_is_told(site: Path) -> None:
    rows = [["荣誉名称", "获得者", "级别"], ["标兵", "王伟等5人", "矿级"]]
    proposal = _planned(site, rows).proposal
    assert [entry.fields["holder"] for entry in proposal.entries[-1:]] == ["wang-wei"]
    assert [left.why for left in proposal.left_out] == ["写着“等5人”，没有写名字的人带不进来"]


def test_the_level_is_taken_from_where_it_is_written(site: Path) -> None:
    rows = [["荣誉名称", "获得者", "授奖单位", "级别"], ["标兵", "王伟", "某学会", "省级"]]
    plan = _planned(site, rows)
    assert plan.layout.columns[2].why == "“级别”那一列空着的行用它"
    assert [entry.fields["level"] for entry in plan.proposal.entries[-1:]] == ["province"]


@pytest.mark.parametrize("heading", ["入党日期", "参加工作时间", "任职\n时间"])
def test_a_day_of_somebodys_life_is_not_the_year_of_an_honour(heading: str, site: Path) -> None:
    rows = [["荣誉名称", "获得者", "级别", heading], ["标兵", "王伟", "矿级", "2009.7"]]
    plan = _planned(site, rows)
    assert "\n" not in plan.layout.columns[3].heading
    assert "year" not in plan.proposal.entries[-1].fields


def test_who_is_no_person_is_not_to_be_put_on_the_roster(site: Path) -> None:
    rows = [["荣誉名称", "获得者", "级别"], ["标兵", "机电科", "矿级"], ["标兵", "李四", "矿级"]]
    unit, person = _planned(site, rows).proposal.left_out
    assert "写“支部”" in unit.cure
    assert person.cure == "先把这个人带进人员（名册），再带一次"
