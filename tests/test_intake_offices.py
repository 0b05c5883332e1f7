"""Tables as offices draw them: side by side, in sections, with sums, and forms that are none."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from boards.board.load import load
from boards.intake.proposal import carry_out
from boards.intake.remembered import remember
from boards.intake.roster import TablePlan, plan_table
from boards.intake.wanted import Wanted
from boards.sheets.values import Refused
from brought import said_in
from helpers import TODAY
from workbooks import saved

_PARTY = Wanted("members", every={"standing": "党员"})


def planned(site: Path, rows: list[list[Any]], wanted: Wanted, **more: Any) -> TablePlan:
    """What a workbook of one sheet would do."""
    return plan_table(site, saved({"表": rows}, **more), "表.xlsx", TODAY, wanted)


def brought(site: Path, plan: TablePlan, table: str) -> dict[str, Any]:
    """What comes in of it, by what it is called."""
    before = load(site / "data", site / "content")[0].table(table)
    carry_out(plan.proposal, site, TODAY)
    now = load(site / "data", site / "content")[0].table(table)
    return {row.title_text: row for key, row in now.items() if key not in before}


_HALF = ["序号", "姓名", "职务"]


@pytest.mark.parametrize(
    "rows",
    [
        [["党员名单"], [*_HALF, "", *_HALF], ["1", "李涛", "班长", "", "3", "孙立", "电工"],
         ["2", "赵敏", "泵工", "", "", "", ""]],
        [[*_HALF, *_HALF], ["1", "李涛", "班长", "2", "赵敏", "泵工"],
         ["3", "孙立", "电工", "", "", ""]],
        [["姓名", "职务"] * 3, ["李涛", "班长", "赵敏", "泵工", "孙立", "电工"]],
    ],
    ids=["隔一列", "紧挨着", "三栏"],
)  # fmt: skip
def test_tables_beside_each_other_are_all_read(rows: list[list[Any]], site: Path) -> None:
    plan = planned(site, rows, _PARTY)
    assert any("左右并排" in line for line in plan.proposal.said)
    assert plan.layout.count == 3
    jobs = {name: row.job for name, row in brought(site, plan, "members").items()}
    assert jobs == {"李涛": "班长", "赵敏": "泵工", "孙立": "电工"}


def test_tables_beside_each_other_hold_no_more_than_one_may(site: Path) -> None:
    rows = [["姓名", "职务"] * 40, *[["李涛", "班长"] * 40] * 130]
    with pytest.raises(Refused, match="不像一个支部的名单"):
        planned(site, rows, _PARTY)


def test_what_is_said_of_a_column_holds_for_the_tables_beside_it(site: Path) -> None:
    rows = [["姓名", "班组"] * 2, ["李涛", "班长", "赵敏", "泵工"]]
    chosen = Wanted("members", columns={"B": "job"}, every={"standing": "党员"})
    plan = planned(site, rows, chosen)
    remember(site, plan.layout, {"B": "job"})
    assert {e.title: e.fields["job"] for e in plan.proposal.entries} == {
        "李涛": "班长", "赵敏": "泵工",
    }  # fmt: skip
    again = planned(site, rows, _PARTY)
    assert [e.fields["job"] for e in again.proposal.entries] == ["班长", "泵工"]


def test_two_people_of_one_name_beside_each_other_are_asked_about(site: Path) -> None:
    rows = [["姓名", "职务"] * 2, ["李涛", "班长", "李涛", "泵工"]]
    asks = planned(site, rows, _PARTY).proposal.asks
    assert [ask.key for ask in asks] == ["2", "2.1003"]
    answers = {"2": "new", "2.1003": "skip"}
    plan = planned(site, rows, Wanted("members", who=answers, every={"standing": "党员"}))
    assert [entry.fields["job"] for entry in plan.proposal.entries] == ["班长"]


@pytest.mark.parametrize(
    "section", ["第二党小组", "采煤一班", "机关党支部（5人）", "一、在职党员", "退休人员名单"]
)
def test_the_name_of_a_group_is_no_person(section: str, site: Path) -> None:
    rows = [["姓名", "职务"], [section, ""], ["李涛", "班长"]]
    plan = planned(site, rows, _PARTY)
    assert list(brought(site, plan, "members")) == ["李涛"]
    assert any("小标题" in left.why for left in plan.proposal.left_out)


@pytest.mark.parametrize("row", [["合计", "2人", ""], ["小 计", "", "2"], ["合计：2人", "", ""]])
def test_a_sum_is_no_person(row: list[str], site: Path) -> None:
    rows = [["序号", "姓名", "职务"], ["1", "李涛", "班长"], row]
    plan = planned(site, rows, _PARTY)
    assert [left.why for left in plan.proposal.left_out] == ["不是一条记录，像是合计或说明"]


def test_an_honour_that_begins_like_a_note_is_one(site: Path) -> None:
    rows = [["荣誉名称", "获得者", "级别"], ["联系群众先进个人", "王伟", "矿级"],
            ["统计工作先进个人", "王伟", "矿级"], ["填表人：李涛", "审核：王伟", ""]]  # fmt: skip
    plan = planned(site, rows, Wanted("honours"))
    assert list(brought(site, plan, "honours")) == ["联系群众先进个人", "统计工作先进个人"]


def test_a_line_that_names_a_year_is_the_year_of_the_honours_below_it(site: Path) -> None:
    rows = [["荣誉名称", "获奖人", "级别"], ["2018年"], ["标兵", "王伟", "矿级"], ["2019年度"],
            ["劳模", "王伟", "集团级"]]  # fmt: skip
    plan = planned(site, rows, Wanted("honours"), merged={"表": ["A2:C2", "A4:C4"]})
    assert any("按上面的小标题“2018年”" in line for line in said_in(plan.proposal))
    years = {name: row.year for name, row in brought(site, plan, "honours").items()}
    assert years == {"标兵": 2018, "劳模": 2019}


def test_a_form_of_one_person_is_refused_by_what_it_is(site: Path) -> None:
    rows = [["党员基本信息登记表"], ["姓名", "李涛", "性别", "男"],
            ["职务", "班长", "入党时间", "2009.7"], ["身份证号", "(略)", "电话", ""]]  # fmt: skip
    with pytest.raises(Refused, match="登记表"):
        planned(site, rows, _PARTY)


def test_a_form_beside_a_roster_does_not_hide_it(site: Path) -> None:
    form = [["姓名", "李涛", "性别", "男"], ["职务", "班长", "电话", ""]]
    roster = [["姓名", "职务"], ["赵敏", "泵工"]]
    book = saved({"登记表": form, "名册": roster})
    plan = plan_table(site, book, "表.xlsx", TODAY, _PARTY)
    assert [entry.title for entry in plan.proposal.entries] == ["赵敏"]


def test_what_stands_around_a_number_is_kept(site: Path) -> None:
    rows = [["指标", "完成值", "单位", "截至"], ["出勤率", ">95%", "", "2026.1"],
            ["单产", "15.2万吨/月", "", "2026.1"], ["轻伤", "0起", "起", ""]]  # fmt: skip
    plan = planned(site, rows, Wanted("outcomes"))
    kept = {
        name: (str(row.comparator), str(row.value), row.unit)
        for name, row in brought(site, plan, "outcomes").items()
    }
    assert kept == {
        "出勤率": (">", "95", "%"),
        "单产": ("=", "15.2", "万吨/月"),
    }
    [left] = plan.proposal.left_out
    assert left.cure == "补上“数据截至”，例如 2019-08", "by its heading"


def test_a_column_that_all_need_is_missed_once(site: Path) -> None:
    rows = [["姓名", "职务"], ["李涛", "班长"], ["赵敏", "泵工"], ["王伟", "区长"]]
    plan = planned(site, rows, Wanted("members"))
    assert "表里没有政治面貌这一列，每一行都要有，新的 2 行都带不进来" in plan.proposal.said
    assert not plan.proposal.left_out
    assert [entry.title for entry in plan.proposal.entries] == ["王伟"]


def test_a_cell_that_all_need_is_missed_by_its_heading(site: Path) -> None:
    rows = [["姓名", "政治面貌"], ["李涛", ""]]
    [left] = planned(site, rows, Wanted("members")).proposal.left_out
    assert left.cure.startswith("填上：") and "standing" not in left.cure


def test_sheets_of_the_same_kind_are_to_be_brought_one_by_one(site: Path) -> None:
    rows = [["姓名", "政治面貌"], ["李涛", "党员"]]
    book = saved({"第一党小组": rows, "第二党小组": rows, "说明": [["截至十月"]]})
    said = plan_table(site, book, "表.xlsx", TODAY, Wanted("members")).proposal.said
    assert any("没有读：第二党小组、说明；同样的表一张一张带" in line for line in said)


@pytest.mark.parametrize("heads", [["工种", "职务"], ["职务", "工种"]])
def test_of_two_columns_for_one_field_the_second_fills_what_the_first_leaves(
    heads: list[str], site: Path
) -> None:
    jobs = {"职务": ["", "班长"], "工种": ["采煤工", "电工"]}
    people = [[name, "党员", *(jobs[head][at] for head in heads)] for at, name in
              enumerate(("李涛", "赵敏"))]  # fmt: skip
    rows = [["姓名", "政治面貌", *heads], *people]
    plan = planned(site, rows, Wanted("members"))
    assert [e.fields["job"] for e in plan.proposal.entries] == ["采煤工", "班长"]
    told = {column.heading: column for column in plan.layout.columns}
    assert told["工种"].why == "“职务或工种”那一列空着的行用它"
    as_shown = {column.letter: column.field or column.second for column in plan.layout.columns}
    same = planned(site, rows, Wanted("members", columns=as_shown))
    assert same.proposal.entries == plan.proposal.entries, "as the desk sends it back"
    without = {**as_shown, told["工种"].letter: "不要"}
    plan = planned(site, rows, Wanted("members", columns=without))
    assert [e.fields.get("job") for e in plan.proposal.entries] == [None, "班长"]


def test_a_name_cut_in_two_cells_is_no_person(site: Path) -> None:
    rows = [["姓名", "", "职务"], ["李", "涛", "班长"], ["赵敏", "", "泵工"]]
    plan = planned(site, rows, _PARTY)
    assert [entry.title for entry in plan.proposal.entries] == ["赵敏"]
    assert [left.why for left in plan.proposal.left_out] == ["“李”只有一个字，不像姓名"]


def test_messages_come_with_the_hour_and_their_kind_in_short(site: Path) -> None:
    rows = [["日期", "类别", "内容"], ["2019年6月1日 8:00", "安全", "先停电挂牌。"],
            [datetime.datetime(2019, 6, 2, 6, 30), "天气", "多云。"],
            ["2019-06-03", "每日一题", "答题。"]]  # fmt: skip
    plan = planned(site, rows, Wanted("messages"))
    kept = [(e.fields["date"], e.fields["type"]) for e in plan.proposal.entries]
    assert kept == [("2019-06-01", "safety"), ("2019-06-02", "weather")]
    cures = [left.cure for left in plan.proposal.left_out]
    assert "有的是：" in cures[0] and "safety" not in cures[0]


def test_a_tick_under_whether_somebody_is_a_member_says_yes(site: Path) -> None:
    rows = [["姓名", "是否党员"], ["李涛", "√"], ["赵敏", "×"], ["王磊", "是"]]
    plan = planned(site, rows, Wanted("members"))
    standings = [entry.fields["standing"] for entry in plan.proposal.entries]
    assert standings == ["member", "worker", "member"]
