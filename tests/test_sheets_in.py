"""Reading a workbook back: what it changes, what both sides changed, what is refused."""

from __future__ import annotations

import contextlib
import datetime
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from boards.board.board import Approval
from boards.cli import main
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.errors import BoardError
from boards.sheets.out import workbook
from boards.sheets.plan import Plan, plan
from helpers import MINIMAL, TODAY, check_tree, read_board, report, write_tree
from sites import change, tree
from workbooks import Cells, Formula, Picture, got, opened, put, saved

NAME = "台账.xlsx"


@pytest.fixture
def content(site: Path) -> bytes:
    """The small site's workbook."""
    return workbook(read_board(site), TODAY)


@pytest.fixture
def cells(content: bytes) -> Cells:
    """The same, open."""
    return opened(content)


def planned(site: Path, cells: Cells, **merged: Any) -> Plan:
    return plan(site, saved(cells, **merged), site / NAME, TODAY)


def refused(site: Path, content: bytes) -> str:
    """What is said about a workbook; nothing may have been written."""
    before = tree(site)
    with pytest.raises(BoardError) as raised:
        plan(site, content, site / NAME, TODAY)
    assert tree(site) == before
    return report(raised.value.problems)


def run(site: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["sheets", *arguments, "--folder", str(site)], input=typed)


def typed(sheet: str, row: int, heading: str, value: Any) -> Callable[[Cells], None]:
    return lambda cells: put(cells, sheet, row, heading, value)


DISPIMG = Formula('=_xlfn.DISPIMG("ID_61A4C7AE",1)', '=DISPIMG("ID_61A4C7AE",1)')
"""How WPS writes a picture that was put into a cell."""

MANGLED = [
    ("人员", 2, "联系方式", 3.42224199901011e17, "人员!S2", "E+17", "不能照抄"),
    ("人员", 2, "承诺", 1e17, "人员!F2", "数字 1E+17", "不能照抄"),
    ("工作面", 3, "编号", 8103, "工作面!A3", "数字 8103，不是文字", "设为“文本”"),
    ("成效", 2, "数值", 95.0, "成效!E2", "数字 95，不是文字", "95.0"),
    ("班组", 2, "在册人数", 20.5, "班组!C2", "数字 20.5，不是整数", "整数，没有小数"),
    ("班组", 2, "在册人数", -20, "班组!C2", "数字 -20，不是整数", "整数，没有小数"),
    ("班组", 2, "在册人数", "二十", "班组!C2", "“二十”不是数目", "只写整数"),
    ("班组", 2, "在册人数", Formula("=12+8", 20), "班组!C2", "公式，现在算得 20", "直接输入结果"),
    ("季度", 2, "联动会议·地点", Formula("=T(B2)", ""), "季度!C2", "公式，没有算出内容", "输入"),
    ("班组", 2, "名称", Formula("=NA()", "#N/A"), "班组!B2", "错误值 #N/A", "清空后重新输入"),
    ("班组", 2, "数据截至", datetime.date(2019, 6, 1), "班组!H2", "日期格式", "2019-06 或 20"),
    ("季度", 2, "联动会议·日期", datetime.datetime(2019, 4, 3, 8), "季度!B2", "日期格式", "04-03"),
    ("季度", 2, "联动会议·日期", 43558, "季度!B2", "数字 43558，不是文字", "设为“文本”"),
    ("季度", 2, "联动会议·地点", datetime.time(12, 30), "季度!C2", "时间格式（12:30:00）", "12:30"),
    ("季度", 2, "联动会议·日期", "4月3日", "季度!B2", "“4月3日”认不出来", "写成 2019-08-19"),
    ("人员", 4, "示例", "有", "人员!V4", "“有”不是“是”或“否”", "写“是”或“否”"),
    ("成效", 2, "数值", "不少", "成效!E2", "“不少”不是数字", "写到“单位”，“大于”等写到“比较”"),
    ("荣誉", 2, "出处", "", "荣誉!A2", "没有写出处", "补上“出处”；虚构的示例“示例”选“是”"),
    ("人员", 2, "姓名", " 祝君文", "人员!B2", "内容开头有空格", "去掉空格：祝君文"),
    ("人员", 2, "姓名", "祝君文　", "人员!B2", "内容末尾有空格", "去掉空格：祝君文"),
    ("人员", 2, "姓名", "　", "人员!B2", "这一格只有空格", "清空这一格"),
    ("人员", 2, "姓名", "祝\u200b君文", "人员!B2", "夹着零宽空格（U+200B）", "删掉这个字符"),
    ("人员", 2, "姓名", "", "人员!B2", "缺少必填的“姓名”", "填上：只写姓名"),
    ("人员", 2, "承诺", "null", "人员!F2", "没有填写内容（“null”是程序写的空值）", "清空这一格"),
    ("人员", 2, "拼音", "#N/A", "人员!G2", "错误值 #N/A", "清空后重新输入"),
    ("人员", 2, "职务或工种", DISPIMG, "人员!D2", "这一格里是一张图片", "清空这一格"),
    ("人员", 2, "承诺", DISPIMG.text, "人员!F2", "这一格里是一张图片", "放进 data/media"),
    ("人员", 2, "照片·文件", Formula("=IMAGE(A1)", "#VALUE!"), "人员!H2", "一张图片", "media/"),
    ("荣誉", 3, "名称", Formula('=dispimg("ID_7",1)', "#NAME?"), "荣誉!B3", "一张图片", "清空"),
    ("人员", 2, "承诺", "两行\n承诺", "人员!F2", "这里写成了多行", "写在一行里"),
    ("人员", 2, "编号", "zhu jun wen", "人员!A2", "不支持的字符", "zhu-jun-wen"),
    ("人员", 3, "编号", "ZHU-JUN-WEN", "人员!A3", "已经用过，第一次在第 2 行", "换"),
    ("人员", 2, "政治面貌", "团员", "人员!C2", "“团员”不在可选范围里", "可选：党员、预备党员"),
    ("人员", 3, "小组", "质量组", "人员!E3", "找不到编号“质量组”", "quality-group"),
    ("荣誉", 3, "获得者", "zhu-jun-wen 王伟", "荣誉!C3", "“王伟”对不上", "重新选"),
    ("荣誉", 2, "年度", "不详", "荣誉!E2", "年份“不详”认不出来", "清空这一格"),
    ("荣誉", 3, "获得者", "zhu-jun-wen 祝君文 ", "荣誉!C3", "前后有空格", "去掉空格：zhu"),
    ("人员·责任区岗位", 2, "岗位", "speaker 宣讲人", "人员·责任区岗位!C2", "没有岗位", "把关者"),
    ("人员·责任区岗位", 2, "所属人员", "没有此人", "人员·责任区岗位!A2", "“人员”表里没有", "选"),
    ("班组·包保分工", 2, "包保人数", "11", "班组·包保分工!A2", "包保合计 19 人", "“包保人数”"),
    ("季度·四区成绩", 2, "得分", "101", "季度·四区成绩!C2", "101", "0"),
    ("季度", 2, "编号", "2019上半年", "季度!A2", "不合要求", "年份-Q季度"),
    ("微消息", 2, "编号", "第一条", "微消息!D2", "“第一条”用了不支持的字符", "只用英文字母"),
    ("微消息", 3, "日期", "2019-06-24", "微消息!B3", "缺少必填的“类别”", "从下拉里选"),
]  # fmt: skip
"""A cell, what is typed there, where the message points, what it has found, what it advises."""


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [(case[:3], case[3], case[4:]) for case in MANGLED],
    ids=[f"{case[0]}-{case[2]}-{case[3]!r}".replace("/", "") for case in MANGLED],
)
def test_a_cell_that_is_not_what_was_typed_is_refused_by_name(
    site: Path, cells: Cells, cell: tuple[str, int, str], value: Any, expected: tuple[str, str, str]
) -> None:
    place, found, hint = expected
    put(cells, *cell, value)
    said = refused(site, saved(cells)).split("\n    改法：")
    assert said[0].startswith(f"{NAME} {place} 错误 "), said
    assert found in said[0]
    assert hint in said[1].split("\n")[0]


def test_what_is_said_of_groups_and_lists_names_their_headings(site: Path, cells: Cells) -> None:
    put(cells, "人员", 2, "照片·文件", "media/没有.jpg")
    put(cells, "人员", 2, "照片·替代文字", "工作照")
    del cells["季度·四区成绩"][1]
    said = refused(site, saved(cells))
    assert "改法：把照片放进 data/media，或清空“照片”\n" in said
    assert "改法：补上一行，“责任区”选“thought”\n" in said


def renamed(cells: Cells, old: str, new: str) -> Cells:
    return {new if name == old else name: rows for name, rows in cells.items()}


def with_heading(heading: str, new: str) -> Callable[[Cells], None]:
    def typed_over(cells: Cells) -> None:
        row = cells["人员"][0]
        row[[str(value).rstrip("*") for value in row].index(heading)] = new

    return typed_over


def stray(cells: Cells) -> None:
    for row in cells["人员"]:
        row.append("")
    cells["人员"][1][-1] = "旁边的话"


def below(cells: Cells) -> None:
    width = len(cells["人员"][0])
    cells["人员"] += [[""] * width, ["合计", *[""] * (width - 1)]]


def far_away(cells: Cells) -> None:
    cells["人员"] += [[] for _ in range(60_000)] + [["远"]]


MISPLACED = [
    (with_heading("承诺", "诺言"), "人员!A1", "缺少“承诺”这一列", "表头写“承诺”"),
    (with_heading("承诺", "承诺书"), "人员!F1", "不认识表头“承诺书”", "表头改回“承诺”"),
    (with_heading("拼音", "承诺"), "人员!F1", "表头“承诺”有 2 列", "只留一列"),
    (with_heading("拼音", "身份证号"), "人员!G1", "不设“身份证号”这一项", "属个人隐私"),
    (stray, "人员!AF2", "表格外面有内容", "删掉"),
    (below, "人员!A5", "表格中间有空行", "删掉这一整行"),
    (far_away, "人员!AE60005", "离表格很远的地方有内容", "Ctrl+End"),
]


@pytest.mark.parametrize(("mangle", "place", "found", "hint"), MISPLACED)
def test_what_stands_in_the_wrong_place_is_refused(
    site: Path, cells: Cells, mangle: Callable[[Cells], None], place: str, found: str, hint: str
) -> None:
    mangle(cells)
    said = refused(site, saved(cells))
    assert f"{NAME} {place} 错误 {found}" in said
    assert hint in said


def test_merged_cells_and_unknown_sheets_are_refused(site: Path, cells: Cells) -> None:
    said = refused(site, saved(cells, {"荣誉": ["B2:B3"]}))
    assert f"{NAME} 荣誉!B2 错误 这里的单元格合并了" in said
    said = refused(site, saved(renamed(cells, "荣誉", "荣誉榜")))
    assert f"{NAME} 荣誉榜!A1 错误 不认识工作表“荣誉榜”\n    改法：表名改回“荣誉”" in said


def test_a_picture_placed_in_a_cell_by_excel_is_refused_with_the_cell(
    site: Path, cells: Cells
) -> None:
    cells["荣誉"][1][5] = Picture(in_cell=True)
    said = refused(site, saved(cells))
    assert f"{NAME} 荣誉!F2 错误 排序：这一格里是一张图片" in said
    assert "放进 data/media" in said


def test_pictures_laid_over_a_sheet_are_told_and_not_lost(site: Path, cells: Cells) -> None:
    put(cells, "人员", 3, "照片·文件", Picture(in_cell=False))
    cells["照片"] = [[Picture(in_cell=False)]]
    said = refused(site, saved(cells))
    assert f"{NAME} 人员!H3 错误 这里贴着图片" in said
    assert f"{NAME} 照片!A1 错误 不认识工作表“照片”" in said


def test_an_empty_sheet_of_ones_own_is_no_matter(site: Path, cells: Cells) -> None:
    assert planned(site, {**cells, "Sheet1": []}).made == ()


def test_all_faults_are_told_at_once(site: Path, cells: Cells) -> None:
    put(cells, "人员", 2, "姓名", 8103)
    put(cells, "荣誉", 2, "级别", "很高")
    put(cells, "季度·心得分享", 2, "日期", "昨天")
    put(cells, "班组·包保分工", 2, "包保人数", "11")
    said = refused(site, saved(cells))
    assert said.count("错误") == 4


def broken(content: bytes, seed: int) -> bytes:
    """The workbook with a few characters of one of its parts changed, lost or added."""
    chance = random.Random(seed)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()}
        spoilt = chance.choice([name for name in parts if "/" in name])
        for name, part in parts.items():
            at = chance.randrange(len(part)) if name == spoilt else len(part)
            strange = chance.choice([b"", b"<", b'"', b"1E+17", b"A1048576", b'" t="e'])
            new.writestr(name, part[:at] + strange * (name == spoilt) + part[at + 3 :])
    return target.getvalue()


def test_a_damaged_file_is_refused(site: Path, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        at = packed.getinfo("xl/worksheets/sheet2.xml").header_offset + 200
    assert "文件已损坏" in refused(site, content[:at] + bytes(200) + content[at + 200 :])
    for word, other, said in (
        (b'<row r="2"', b'<row r="x"', "文件已损坏"),
        (b' t="s"', b' t="z"', "文件里的内容读不了，可能已损坏\n"),
    ):
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(word, other))
        assert said in refused(site, target.getvalue())


def test_a_broken_file_gets_an_answer(site: Path, content: bytes) -> None:
    for seed in range(40):
        with contextlib.suppress(BoardError):
            plan(site, broken(content, seed), site / NAME, TODAY)


@pytest.mark.parametrize(
    ("file", "found"),
    [
        (b"not a workbook", "不是 .xlsx 文件"),
        (b"PK\x05\x06" + bytes(18), "不是 .xlsx 文件"),
        (saved({"Sheet1": [["姓名"], ["王伟"]]}), "不是 boards sheets out 导出的"),
        (saved({"导出登记": [["别的版本", "x"]]}), "别的版本"),
    ],
    ids=["text", "empty archive", "other workbook", "other version"],
)
def test_a_file_that_is_not_ours_is_refused(site: Path, file: bytes, found: str) -> None:
    assert found in refused(site, file)


def test_another_branchs_workbook_is_refused(site: Path, cells: Cells) -> None:
    cells["导出登记"][0][1] = "yi-qu"
    assert "这个文件是“yi-qu”导出的" in refused(site, saved(cells))


def test_a_day_that_excel_has_made_a_date_of_is_that_day(site: Path, cells: Cells) -> None:
    put(cells, "季度", 2, "联动会议·日期", datetime.date(2019, 4, 3))
    put(cells, "人员", 4, "示例", True)
    assert planned(site, cells).made == ()
    put(cells, "季度", 2, "联动会议·日期", datetime.date(2019, 4, 4))
    (made,) = planned(site, cells).made
    assert [(part.old, part.new) for part in made.differences] == [("2019-04-03", "2019-04-04")]


def test_counts_typed_as_numbers_are_taken_exactly(site: Path, cells: Cells) -> None:
    put(cells, "班组", 2, "在册人数", 20)
    put(cells, "班组·包保分工", 2, "包保人数", 12.0)
    put(cells, "荣誉", 2, "年度", 2016)
    put(cells, "班组", 2, "名称", Formula('="采煤"&"一班"', "采煤一班"))
    assert planned(site, cells).made == ()


def test_a_line_end_behind_a_word_is_no_matter(site: Path, cells: Cells) -> None:
    for row, heading in [(3, "获得者"), (2, "公开范围"), (2, "名称")]:
        put(cells, "荣誉", row, heading, got(cells, "荣誉", row, heading) + "\n")
    assert planned(site, cells).made == ()


def test_order_of_rows_and_columns_and_a_filter_do_not_matter(site: Path, cells: Cells) -> None:
    head, *rows = cells["人员"]
    cells["人员"] = [head[::-1], *(row[::-1] for row in reversed(rows))]
    assert planned(site, cells, hidden={"人员": [2, 3]}).made == ()


def test_a_record_is_added_changed_and_removed(site: Path, cells: Cells) -> None:
    put(cells, "人员", 2, "职务或工种", "采煤机司机")
    put(cells, "人员", 5, "编号", "li-si")
    put(cells, "人员", 5, "姓名", "李四")
    put(cells, "人员", 5, "政治面貌", "预备党员")
    put(cells, "人员", 5, "小组", "质量包保小组")
    put(cells, "人员", 5, "出处", "ledger 支部台账")
    put(cells, "人员·责任区岗位", 3, "所属人员", "李四")
    put(cells, "人员·责任区岗位", 3, "责任区", "思想责任区")
    put(cells, "人员·责任区岗位", 3, "岗位", "暖心人")
    del cells["微消息"][1]
    (site / NAME).write_bytes(saved(cells))
    before = tree(site)

    said = run(site, "in", str(site / NAME), typed="n\n")
    assert said.exit_code == 1
    assert "什么也没有写入" in said.output
    assert tree(site) == before

    said = run(site, "in", str(site / NAME), typed="y\n")
    assert said.exit_code == 0, said.output
    assert "  改动 祝君文（zhu-jun-wen）\n       职务或工种：（空） → 采煤机司机\n" in said.output
    assert "  新增 李四（li-si）\n" in said.output
    assert "  删除 2019年6月24日 天气预报（2019-06-24-weather）\n" in said.output
    assert "共新增 1 条、改动 1 条、删除 1 条。" in said.output
    assert "这些审批过，现在改了内容，要重新审批：祝君文\n" in said.output
    text = (site / "data" / "members.yml").read_text(encoding="utf-8")
    old = before["data/members.yml"].decode("utf-8")
    new = """
  - id: li-si
    name: 李四
    standing: probationary
    posts:
      - zone: thought
        role: carer
    groups:
      - quality-group
    source: ledger
"""
    job = "    standing: member\n    job: 采煤机司机\n"
    assert text == old.replace("    standing: member\n", job, 1).rstrip("\n") + "\n" + new
    assert "weather" not in (site / "data" / "messages.yml").read_text(encoding="utf-8")
    kept = next((site / "backups").iterdir())
    assert f"原来的文件备份在 {kept}" in said.output
    assert (kept / "data" / "members.yml").read_bytes() == before["data/members.yml"]

    said = run(site, "in", str(site / NAME), "--yes")
    assert "没有改动" in said.output, "the same workbook once more"


PEOPLE = ("李四", "单晓明", "王伟", "李四", "买买提·吐尔逊")


def without_ids(cells: Cells) -> None:
    """New people as somebody types them who does not know what an id is."""
    for number, name in enumerate(PEOPLE, 5):
        put(cells, "人员", number, "姓名", name)
        put(cells, "人员", number, "政治面貌", "党员")
        put(cells, "人员", number, "出处", "支部台账")
    put(cells, "人员", 6, "拼音", "shan xiao ming")
    put(cells, "人员·责任区岗位", 3, "所属人员", "单晓明")
    put(cells, "人员·责任区岗位", 3, "责任区", "思想责任区")
    put(cells, "人员·责任区岗位", 3, "岗位", "暖心人")


def test_names_without_ids_get_them_from_pinyin_and_they_are_shown(
    site: Path, cells: Cells
) -> None:
    without_ids(cells)
    put(cells, "荣誉", 4, "名称", "先进个人")
    put(cells, "荣誉", 4, "获得者", "单晓明")
    put(cells, "荣誉", 4, "级别", "矿级")
    put(cells, "荣誉", 4, "年度", "2025")
    put(cells, "荣誉", 4, "出处", "支部台账")
    (site / NAME).write_bytes(saved(cells))
    before = tree(site)
    said = run(site, "in", str(site / NAME), typed="n\n").output
    assert (
        "没有写编号的，按拼音拟好了：李四 li-si、单晓明 shan-xiao-ming、王伟 wang-wei-2、"
        "李四 li-si-2、买买提·吐尔逊 mai-mai-ti-tu-er-xun、先进个人 xian-jin-ge-ren-2025\n"
    ) in said
    assert tree(site) == before, "shown before it is written"

    run(site, "in", str(site / NAME), "--yes")
    board = read_board(site)
    assert board.members["shan-xiao-ming"].posts[0].role == "carer"
    assert board.honours["xian-jin-ge-ren-2025"].holder == "shan-xiao-ming"
    assert [key for key, row in board.members.items() if row.name == "王伟"] == [
        "wang-wei", "wang-wei-2",
    ]  # fmt: skip
    assert "没有改动" in run(site, "in", str(site / NAME), "--yes").output, "known by their names"


def test_who_cleared_an_id_is_known_by_name(site: Path, cells: Cells) -> None:
    put(cells, "人员", 2, "编号", "")
    put(cells, "人员", 2, "职务或工种", "采煤机司机")
    (made,) = planned(site, cells).made
    assert (made.action, made.id) == ("change", "zhu-jun-wen")


def test_rows_without_ids_are_known_again_however_they_are_spaced_and_sorted(
    site: Path, cells: Cells
) -> None:
    put(cells, "人员", 5, "姓名", "韩　梅")
    put(cells, "人员", 5, "政治面貌", "正式党员")
    put(cells, "人员", 5, "出处", "支部台账")
    put(cells, "评价", 3, "内容", "有党员的地方干得放心。")
    put(cells, "评价", 3, "说话人身份", "采煤班班长")
    put(cells, "评价", 3, "出处", "支部台账")
    for years in (("2024年", "2025"), ("2025年", "2024")):  # the rows are sorted anew in between
        for row, year in enumerate(years, 4):
            put(cells, "荣誉", row, "名称", "先进集体")
            put(cells, "荣誉", row, "获得者", "支部")
            put(cells, "荣誉", row, "级别", "矿级")
            put(cells, "荣誉", row, "年度", year)
            put(cells, "荣誉", row, "出处", "支部台账")
        (site / NAME).write_bytes(saved(cells))
        said = run(site, "in", str(site / NAME), "--yes").output
        assert "改动 0 条、删除 0 条" in said or "没有改动" in said
    board = read_board(site)
    assert board.members["han-mei"].name == "韩梅"
    assert board.honours["xian-jin-ji-ti-2024"].year == 2024
    assert len(board.quotes) == 2


def test_a_name_without_a_sound_needs_an_id(site: Path, cells: Cells) -> None:
    put(cells, "工作面", 4, "名称", "——")
    assert f"{NAME} 工作面!A4 错误 工作面“——” 编号：缺少必填的“编号”" in refused(site, saved(cells))


def test_comments_and_all_that_is_not_changed_stay_as_they_were(site: Path) -> None:
    file = site / "data" / "coverage.yml"
    change(file, "crews:\n", "# 包保\ncrews:\n")
    change(file, "    strength: 20\n", "    strength: 20   # 花名册\n")
    cells = opened(workbook(read_board(site), TODAY))
    put(cells, "班组", 2, "在册人数", "21")
    put(cells, "班组·包保分工", 3, "包保人数", "9")
    (site / NAME).write_bytes(saved(cells))
    old = file.read_text(encoding="utf-8")
    said = run(site, "in", str(site / NAME), "--yes")
    assert "包保分工：zhu-jun-wen 祝君文 | 8 → zhu-jun-wen 祝君文 | 9" in said.output
    assert file.read_text(encoding="utf-8") == old.replace(
        "strength: 20 ", "strength: 21 "
    ).replace("heads: 8", "heads: 9")


def test_a_remark_asks_for_no_new_approval_and_a_typed_one_is_none(
    site: Path, cells: Cells
) -> None:
    put(cells, "人员", 2, "内部备注", "证书在档案柜")
    put(cells, "人员", 3, "承诺", "尺子面前人人一样。")
    put(cells, "人员", 3, "审批·审批日期", "2019-08-01")
    put(cells, "人员", 4, "承诺", "看见隐患不绕着走。")
    assert [(item.id, item.lapses) for item in planned(site, cells).made] == [
        ("zhu-jun-wen", False),
        ("wang-wei", True),
        ("sample-jia", False),
    ]


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ("生日3月5日", "出现了生日“生日3月5日”"),
        ("家里电话13800138000", "出现了手机号"),
        ("证件11010519491231002X", "出现了身份证号"),
    ],
)
def test_a_remark_in_a_cell_holds_nothing_private(
    site: Path, cells: Cells, remark: str, said: str
) -> None:
    put(cells, "人员", 3, "内部备注", remark)
    with pytest.raises(BoardError) as caught:
        planned(site, cells)
    (problem,) = caught.value.problems
    assert problem.found == said
    assert problem.place.sheet == "人员"


def test_steps_typed_in_a_cell_await_their_digest(site: Path, cells: Cells) -> None:
    """A row that was copied carries the steps of another record, which nobody took for it."""
    page = cells["荣誉"]
    page.append(list(page[1]))
    put(cells, "荣誉", len(page), "编号", "first-2018")
    put(cells, "荣誉", len(page), "名称", "先进集体")
    put(cells, "荣誉", len(page), "年度", "2018")
    for heading, words in (
        ("审批·依据", ""), ("审批·提出人", "张内勤"), ("审批·审核人", "李宣传"),
        ("审批·审批人", "支部书记"), ("审批·审批日期", "2019-07-05"),
    ):  # fmt: skip
        put(cells, "荣誉", len(page), heading, words)
    assert "指纹" not in "".join(map(str, page[0]))
    (site / NAME).write_bytes(saved(cells))
    said = run(site, "in", str(site / NAME), "--yes").output
    assert "这些填了审批，读回以后还要用 boards approve 登记才算：先进集体" in said
    board = read_board(site)
    assert board.approval(board.honours["first-2018"]) is Approval.UNSEALED
    assert "first-2018" not in prepare(board, Edition(EditionName.PUBLISH, TODAY))[0].honours
    told = report(check_tree(site))
    assert "提醒 荣誉“先进集体” review.approved_content" in told
    assert "核对以后登记：boards approve first-2018" in told


def test_a_digest_is_in_no_cell_and_survives_the_workbook(site: Path, cells: Cells) -> None:
    put(cells, "人员", 3, "内部备注", "证书在档案柜")
    put(cells, "人员", 3, "审批·审核人", "赵宣传")
    (site / NAME).write_bytes(saved(cells))
    run(site, "in", str(site / NAME), "--yes")
    board = read_board(site)
    review = board.members["wang-wei"].review
    assert review and review.checked_by == "赵宣传"
    assert board.is_approved(board.members["wang-wei"]), "its content is what it was"


def test_words_that_were_approved_and_changed_await_approval_again(
    site: Path, cells: Cells
) -> None:
    put(cells, "人员", 3, "承诺", "尺子面前人人一样。")
    (site / NAME).write_bytes(saved(cells))
    said = run(site, "in", str(site / NAME), "--yes").output
    assert "要重新审批：王伟" in said
    board = read_board(site)
    assert board.approval(board.members["wang-wei"]) is Approval.CHANGED
    assert "提醒 人员“王伟” review.approved_content" in report(check_tree(site))


def test_of_a_group_only_what_was_typed_is_listed(site: Path, cells: Cells) -> None:
    put(cells, "支部", 2, "用语·会议简称", "评议会")
    (change_made,) = planned(site, cells).made
    listed = [(part.label, part.old, part.new) for part in change_made.differences]
    assert listed == [("用语·会议简称", "", "评议会")]
    result = run(site, "in", *_kept(site, cells), "--yes")
    assert result.exit_code == 0, result.output
    assert "    meeting_short: 评议会\n" in (site / "data/branch.yml").read_text(encoding="utf-8")
    put(cells, "支部", 2, "用语·会议简称", "")
    (change_made,) = planned(site, cells).made
    listed = [(part.label, part.old, part.new) for part in change_made.differences]
    assert listed == [("用语·会议简称", "评议会", "")]


def _kept(site: Path, cells: Cells) -> list[str]:
    (site / NAME).write_bytes(saved(cells))
    return [str(site / NAME)]


def test_a_new_quarter_is_a_new_file_and_a_removed_case_goes(site: Path, cells: Cells) -> None:
    for sheet, key in (
        ("季度", "编号"),
        ("季度·四区成绩", "所属季度"),
        ("季度·心得分享", "所属季度"),
    ):
        rows = [row[:] for row in cells[sheet][1:]]
        cells[sheet] += rows
        for number in range(len(rows) + 2, len(cells[sheet]) + 1):
            put(cells, sheet, number, key, "2019-Q2")
    put(cells, "季度", 3, "联动会议·日期", "2019-07-03")
    put(cells, "季度", 3, "审批·审批日期", "2019-07-08")
    put(cells, "季度·心得分享", 3, "日期", "2019-07-05")
    for sheet in ("案例", "案例·做法"):
        del cells[sheet][1:]
    done = planned(site, cells)
    files = {file.relative_to(site).as_posix(): content for file, content in done.files.items()}
    assert set(files) == {"data/quarters/2019-Q2.yml", "data/cases/fault-crossing.yml"}
    assert files["data/cases/fault-crossing.yml"] is None
    made = (files["data/quarters/2019-Q2.yml"] or b"").decode("utf-8")
    assert "\nmeeting:\n  date: 2019-07-03\n" in made


def test_a_kind_without_sheets_is_left_alone(site: Path, cells: Cells) -> None:
    without = {name: rows for name, rows in cells.items() if not name.startswith("班组")}
    done = planned(site, without)
    assert (done.made, done.untouched) == ((), ("班组",))
    del cells["班组·包保分工"]
    assert "缺少工作表“班组·包保分工”" in refused(site, saved(cells))


def test_what_was_changed_in_yaml_only_stays(site: Path, cells: Cells) -> None:
    change(site / "data" / "honours.yml", "title: 集团公司劳模", "title: 矿劳模")
    change(
        site / "data" / "messages.yml",
        "messages:\n",
        "messages:\n"
        + """\
  - date: 2019-06-25
    type: health
    text: 下井前吃早饭。
    sample: true
""",
    )
    put(cells, "荣誉", 2, "年度", "2017")
    done = planned(site, cells)
    assert [item.id for item in done.made] == ["five-star-2016"]
    assert done.kept == ("荣誉“矿劳模”", "微消息“2019年6月25日 健康生活小贴士”")


@pytest.mark.parametrize(
    ("in_yaml", "in_workbook", "found"),
    [
        (
            ("name: 采煤一班", "name: 采一班"),
            typed("班组", 2, "名称", "采煤甲班"),
            "班组!B2 错误 班组“采煤甲班” 名称：上次一致以后台账和表里都改过，对不上："
            "名称 台账里是“采一班”、表里是“采煤甲班”",
        ),
        (
            ("name: 采煤一班", "name: 采一班"),
            lambda cells: [
                cells[sheet].__delitem__(slice(1, None)) for sheet in ("班组", "班组·包保分工")
            ],
            "班组!A1 错误 班组“采一班”：上次一致以后台账里改过，表里却删掉了这一行",
        ),
        (
            ("id: mining-1", "id: mining-9"),
            typed("班组", 2, "名称", "采煤甲班"),
            "班组!A2 错误 班组“采煤甲班”：上次一致以后台账里删掉了，表里却改过这一行",
        ),
    ],
)
def test_what_both_sides_changed_is_refused(
    site: Path, cells: Cells, in_yaml: tuple[str, str],
    in_workbook: Callable[[Cells], None], found: str,
) -> None:  # fmt: skip
    change(site / "data" / "coverage.yml", *in_yaml)
    in_workbook(cells)
    assert f"{NAME} {found}" in refused(site, saved(cells))


def test_the_same_change_on_both_sides_is_none(site: Path, cells: Cells) -> None:
    change(site / "data" / "coverage.yml", "name: 采煤一班", "name: 采一班")
    put(cells, "班组", 2, "名称", "采一班")
    assert planned(site, cells).made == ()


def test_faulty_yaml_is_told_first(site: Path, cells: Cells) -> None:
    change(site / "data" / "coverage.yml", "strength: 20", "strength: 二十")
    assert "data/coverage.yml:4:15 错误" in refused(site, saved(cells))


def test_out_does_not_write_over_a_workbook_unasked(site: Path) -> None:
    target = site / NAME
    assert run(site, "out", str(target)).exit_code == 0
    first = target.read_bytes()
    said = run(site, "out", str(target))
    assert said.exit_code == 1
    assert "已经有了" in said.output
    assert run(site, "out", str(target), "--replace").exit_code == 0
    assert target.read_bytes() == first
    assert "要以 .xlsx 结尾" in run(site, "out", str(site / "台账.xls")).output
    assert got(opened(first), "人员", 2, "姓名") == "祝君文"


def test_a_workbook_that_cannot_be_opened_gets_an_answer(site: Path) -> None:
    said = run(site, "in", str(site / "没有.xlsx"))
    assert said.exit_code == 1
    assert "打不开" in said.output
    change(site / "data" / "coverage.yml", "strength: 20", "strength: 二十")
    said = run(site, "out", str(site / NAME))
    assert said.exit_code == 1
    assert "“二十”不是数目" in said.output


def test_a_ledger_that_cannot_be_written_is_named_and_left_alone(
    site: Path, cells: Cells, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(cells, "班组", 2, "名称", "采一班")
    (site / NAME).write_bytes(saved(cells))
    before = tree(site / "data")

    def taken(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", taken)
    said = run(site, "in", str(site / NAME), "--yes")
    assert said.exit_code == 1
    assert f"{site / 'data' / 'coverage.yml'} 读写不了" in said.output
    assert ".part" not in said.output
    assert "什么也没有写入" in said.output
    assert tree(site / "data") == before


def test_a_record_whose_rows_are_at_fault_is_no_second_fault(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    cells = opened(workbook(read_board(root), TODAY))
    put(cells, "人员", 2, "政治面貌", 5)
    assert refused(root, saved(cells)).count("错误") == 1
