"""Every kind of record can be kept in a workbook, and the branch itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.amend.adding.questions import ACTIVITIES, KINDS, kind_of
from boards.cli import main
from boards.records.terms import Weekday
from boards.sheets.columns import all_sheets
from boards.sheets.out import workbook
from helpers import TODAY, check_tree, read_board, report
from sites import change, tree
from workbooks import Cells, opened, put, saved

NAME = "台账.xlsx"
LEDGER = {"出处": "支部台账", "数据截至": "2026-11"}


@pytest.fixture
def cells(site: Path) -> Cells:
    """The small site's workbook."""
    return opened(workbook(read_board(site), TODAY))


def read(site: Path, cells: Cells, code: int = 0) -> str:
    (site / NAME).write_bytes(saved(cells))
    where = ["--folder", str(site), "--date", str(TODAY)]
    done = CliRunner().invoke(main, ["sheets", "in", str(site / NAME), "--yes", *where])
    assert done.exit_code == code, done.output
    return done.output


def fill_in(cells: Cells, sheet: str, typed: dict[str, str]) -> None:
    """A row below the last one of a sheet."""
    row = len(cells[sheet]) + 1
    for heading, text in typed.items():
        put(cells, sheet, row, heading, text)


def test_whatever_can_be_registered_by_questions_has_a_sheet_but_long_articles() -> None:
    sheets = {sheet.name for sheet in all_sheets()}
    asked = {kind_of(table) for table in KINDS.values() if table != ACTIVITIES}
    assert asked - sheets == {"文章"}
    assert "月份·活动" in sheets


ROWS: dict[str, dict[str, str]] = {
    "微消息": {"日期": "2026-11-24", "类别": "安全", "内容": "先看顶板。", **LEDGER},
    "月份": {"编号": "2026-11", "出处": "支部台账"},
    "月份·活动": {
        "所属月份": "2026-11", "日期": "2026年11月5日", "责任区": "安全", "类别": "排查",
        "主题": "查皮带机头",
    },
    "班组": {"名称": "检修班", "在册人数": "12人", **LEDGER},
    "班组·包保分工": {"所属班组": "检修班", "包保党员": "王伟", "包保人数": "12"},
    "成效": {"名称": "设备完好率", "责任区": "生产", "数值": "不低于98%", **LEDGER},
    "责任范围": {
        "责任区": "安全", "名称": "三号皮带", "范围": "机头到机尾", "责任党员": "王伟",
        "职责": "每班巡一遍", "生效日期": "2026-1-1", **LEDGER,
    },
    "小组": {
        "责任区": "生产", "名称": "机电保障组", "组成": "电工", "职责": "检修", **LEDGER,
    },
    "启示": {"标题": "从小事做起", "内容": "先做成一件。", **LEDGER},
    "评价": {"内容": "有党员的地方放心。", "说话人身份": "班长", **LEDGER},
    "微消息类别": {"名称": "班前提醒"},
    "张挂登记": {
        "海报": "党员亮身份", "尺寸": "80×120厘米", "版本": "3F9A1C02", "印制日期": "2026-11-20",
        "张挂地点": "井口等候室",
    },
}  # fmt: skip


def test_a_row_of_each_kind_is_a_record(site: Path, cells: Cells) -> None:
    for sheet, typed in ROWS.items():
        fill_in(cells, sheet, typed)
    said = read(site, cells)
    assert "新增 10 条、改动 0 条、删除 0 条" in said
    assert " 错误 " not in report(check_tree(site))
    board = read_board(site)
    assert board.messages["2026-11-24-safety"].text == "先看顶板。"
    assert [one.topic for one in board.months["2026-11"].activities] == ["查皮带机头"]
    assert [one.heads for one in board.crews["jian-xiu-ban"].takers] == [12]
    assert board.outcomes["she-bei-wan-hao-lv"].comparator == ">="
    assert board.areas["san-hao-pi-dai"].members == ("wang-wei",)
    assert {one.poster for one in board.prints.values()} >= {"roster"}
    assert "没有改动" in read(site, cells)


def test_the_branch_is_kept_on_a_sheet_of_its_own(site: Path) -> None:
    file = site / "data/branch.yml"
    settings = "  posters:\n    contact: 区队内勤\n"
    change(file, "  member_count: 15\n", f"  member_count: 15\n{settings}")
    cells = opened(workbook(read_board(site), TODAY))
    words = {
        "品牌": "党员先锋岗", "品牌简称": "先锋岗", "理念": "把党建做在现场",
        "简介": "综采二区党支部有党员15名。", "网站地址": "http://10.1.2.3/dj",
        "用语·例会日": "不固定",
    }  # fmt: skip
    for heading, text in words.items():
        put(cells, "支部", 2, heading, text)
    assert "理念：围绕中心抓党建 → 把党建做在现场" in read(site, cells)
    branch = read_board(site).branch
    assert (branch.brand, branch.brand_short) == ("党员先锋岗", "先锋岗")
    assert (branch.motto, branch.site_url) == ("把党建做在现场", "http://10.1.2.3/dj")
    assert branch.introduction == "综采二区党支部有党员15名。"
    assert branch.terms.weekday is Weekday.NONE
    assert settings in file.read_text(encoding="utf-8"), "what no sheet has stays as it is"


@pytest.mark.parametrize("rows", [0, 2])
def test_there_is_one_branch(site: Path, cells: Cells, rows: int) -> None:
    own = cells["支部"][1]
    cells["支部"][1:] = [["yi-qu", *own[1:]], own][:rows]
    before = tree(site / "data")
    said = read(site, cells, code=1)
    assert "“支部”表里只能有本支部一行" in said
    assert "只留一行，编号写 er-qu" in said
    assert tree(site / "data") == before


def test_a_workbook_without_the_sheet_of_the_branch_leaves_it_alone(
    site: Path, cells: Cells
) -> None:
    del cells["支部"]
    put(cells, "人员", 3, "承诺", "量了再说。")
    assert "文件里没有这些表，不动：支部" in read(site, cells)
    assert read_board(site).branch.motto == "围绕中心抓党建"
