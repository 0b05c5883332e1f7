"""Rosters and honours in the shapes that branches keep them in, each with what should come in."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from boards.board.load import load
from boards.check import check_folders
from boards.errors import BoardError, errors_in
from boards.intake.proposal import carry_out
from boards.intake.remembered import remember
from boards.intake.roster import TablePlan, plan_book, plan_table
from boards.intake.tables import read_pasted
from boards.intake.wanted import Wanted
from boards.sheets.values import Refused
from brought import bomb, encrypted, lines, many_rows, ods, old, said_in, with_part, xls
from helpers import MINIMAL, TODAY, write_tree
from workbooks import Formula, saved

HEADS = ["序号", "姓名", "政治面貌", "职务"]
PEOPLE = [["1", "李涛", "党员", "采煤机司机"], ["2", "赵敏", "预备党员", "电工"]]
MEMBERS = {"李涛": ("member", "采煤机司机"), "赵敏": ("probationary", "电工")}


def _book(rows: list[list[Any]], **more: Any) -> bytes:
    return saved({"名册": rows}, **more)


@dataclass(frozen=True)
class Shape:
    """A roster, and the people it should bring: name, then standing and job."""

    file: str
    content: Callable[[], bytes]
    people: dict[str, tuple[str, str | None]]
    wanted: Wanted = field(default_factory=lambda: Wanted("members"))
    said: tuple[str, ...] = ()
    """What must be said of what is left out or read otherwise."""


ROSTERS = {
    "合并的标题、表下面的注": Shape(
        "花名册.xlsx",
        lambda: _book(
            [["综采二区支部花名册", "", "", ""], HEADS, *PEOPLE,
             ["合计：2人", "", "", ""], ["注：截至2026年", "", "", ""]],
            merged={"名册": ["A1:D1"]},
        ),
        MEMBERS,
        said=("第 5 行：不是一条记录", "第 6 行：不是一条记录"),
    ),
    "两行表头": Shape(
        "两行表头.xlsx",
        lambda: _book(
            [["序号", "姓名", "基本情况", ""], ["", "", "政治面貌", "职务"], *PEOPLE],
            merged={"名册": ["C1:D1"]},
        ),
        MEMBERS,
    ),
    "只有一列姓名": Shape(
        "党员名单.xlsx",
        lambda: _book([["姓名"], ["李涛"], ["赵 敏"]]),
        {"李涛": ("member", None), "赵敏": ("member", None)},
        said=("标题写着“党员”，都记作党员", "“赵 敏”记作 赵敏"),
    ),
    "没有表头": Shape(
        "名单.xlsx",
        lambda: _book([["李涛", "党员"], ["赵敏", "预备党员"], ["王磊", "群众"]]),
        {"李涛": ("member", None), "赵敏": ("probationary", None), "王磊": ("worker", None)},
    ),
    "GBK 的 CSV": Shape(
        "名册.csv", lambda: lines(HEADS, *PEOPLE).encode("gb18030"), MEMBERS
    ),
    "UTF-8 带 BOM、分号": Shape(
        "名册.csv", lambda: lines(HEADS, *PEOPLE, between=";").encode("utf-8-sig"), MEMBERS
    ),
    "记事本的 Unicode、制表符": Shape(
        "名册.txt", lambda: lines(HEADS, *PEOPLE, between="\t").encode("utf-16"), MEMBERS
    ),
    "老的 xls": Shape("名册.xls", lambda: xls([HEADS, *PEOPLE]), MEMBERS),
    "WPS 的 et": Shape("名册.et", lambda: xls([["党员名册"], [], HEADS, *PEOPLE]), MEMBERS),
    "ods": Shape("名册.ods", lambda: ods([HEADS, *PEOPLE]), MEMBERS),
    "不能登记的列": Shape(
        "全部.xlsx",
        lambda: _book(
            [["姓名", "出生年月", "身份证号码", "手机号", "家庭住址", "家庭成员", "健康状况",
              "民族", "政治面貌"],
             ["李涛", 29000, "340602198001010013", "13812345678", "安康小区3号楼", "妻子张某",
              "高血压", "汉", "党员"]]
        ),
        {"李涛": ("member", None)},
        said=("不登记出生年月", "不登记身份证号", "不登记电话", "不登记住址", "不登记家庭情况",
              "不登记健康", "台账没有这一项"),
    ),
    "表头看不出的身份证和手机": Shape(
        "名册.xlsx",
        lambda: _book(
            [["姓名", "号码", "其他", "政治面貌"],
             ["李涛", "340602198001010013", "138 1234 5678", "党员"]]
        ),
        {"李涛": ("member", None)},
        said=("不登记身份证号", "不登记电话"),
    ),
    "号码混在职务里": Shape(
        "名册.xlsx",
        lambda: _book([["姓名", "政治面貌", "职务"], ["李涛", "党员", "班长13812345678"],
                       ["赵敏", "党员", "电工"]]),
        {"李涛": ("member", None), "赵敏": ("member", "电工")},
        said=("里面出现了手机号",),
    ),
    "号码跟在姓名后面": Shape(
        "名册.xlsx",
        lambda: _book([["姓名", "政治面貌"], ["李涛13812345678", "党员"], ["赵敏", "党员"]]),
        {"赵敏": ("member", None)},
        said=("姓名：里面出现了手机号",),
    ),
    "一格三个名字": Shape(
        "分工.xlsx",
        lambda: _book([["职务", "人员", "政治面貌"], ["电工", "李涛、赵敏 王磊", "党员"]]),
        {"李涛": ("member", "电工"), "赵敏": ("member", "电工"), "王磊": ("member", "电工")},
    ),
    "往下合并的格子": Shape(
        "分组.xlsx",
        lambda: _book(
            [["工种", "姓名", "政治面貌"], ["电工", "李涛", "党员"], ["", "赵敏", "党员"]],
            merged={"名册": ["A2:A3"]},
        ),
        {"李涛": ("member", "电工"), "赵敏": ("member", "电工")},
    ),
    "隐藏的行": Shape(
        "筛选过.xlsx",
        lambda: _book([HEADS, *PEOPLE], hidden={"名册": [2]}),
        {"赵敏": ("probationary", "电工")},
        said=("这一行隐藏着",),
    ),
    "公式": Shape(
        "公式.xlsx",
        lambda: _book([HEADS, [Formula("=ROW()-1", 1), "李涛", Formula('=IF(1,"党员","")', "党员"),
                               Formula("=VLOOKUP(B2,[1]表!A:B,2,0)", "旧职务")]]),
        {"李涛": ("member", None)},
        said=("是公式，按算好的“党员”带进来", "从别的文件算来"),
    ),
    "公式算错了": Shape(
        "公式.xlsx",
        lambda: _book([HEADS, [1, "李涛", "党员", Formula("=NA()", "#N/A")]]),
        {"李涛": ("member", None)},
        said=("错误值",),
    ),
    "封面在前一张表": Shape(
        "台账.xlsx",
        lambda: saved({"封面": [["综采二区党支部台账"]], "党员": [HEADS, *PEOPLE]}),
        MEMBERS,
        said=("只读了“党员”；没有读：封面",),
    ),
    "中间又有表头": Shape(
        "分页.xlsx",
        lambda: _book([HEADS, PEOPLE[0], HEADS, PEOPLE[1]]),
        MEMBERS,
        said=("表头又写了一遍",),
    ),
    "责任区和岗位": Shape(
        "岗位.xlsx",
        lambda: _book([["姓名", "政治面貌", "责任区", "责任区岗位"],
                       ["李涛", "党员", "质量", "把关者"], ["赵敏", "党员", "安全", "把关者"]]),
        {"李涛": ("member", None), "赵敏": ("member", None)},
        said=("安全责任区没有岗位“把关者”",),
    ),
    "有一个小组不认得": Shape(
        "名册.xlsx",
        lambda: _book([["姓名", "小组", "面貌"], ["李涛", "质量包保小组、某组", "党员"]]),
        {"李涛": ("member", None)},
        said=("没有叫“某组”的，没有带",),
    ),
    "同一行写了两遍": Shape(
        "名册.xlsx",
        lambda: _book([HEADS, *PEOPLE, ["3", *PEOPLE[0][1:]]]),
        MEMBERS,
        said=("和第 2 行完全一样",),
    ),
    "姓名带职务": Shape(
        "名册.xlsx",
        lambda: _book([["姓名", "面貌"], ["李涛（班长）", "中共党员"], ["赵*", "党员"]]),
        {"李涛": ("member", None)},
        said=("“李涛（班长）”记作 李涛", "姓名“赵*”里有不该出现的符号"),
    ),
}  # fmt: skip


def said_of(planned: TablePlan) -> str:
    """All that is said of a table."""
    columns = [column.why for column in planned.layout.columns]
    return "\n".join([*columns, *said_in(planned.proposal)])


@pytest.mark.parametrize("name", ROSTERS)
def test_a_roster_brings_its_people(name: str, site: Path) -> None:
    shape = ROSTERS[name]
    before = load(site / "data", site / "content")[0].members
    planned = plan_table(site, shape.content(), shape.file, TODAY, shape.wanted)
    assert load(site / "data", site / "content")[0].members == before, "nothing is written yet"
    for words in shape.said:
        assert words in said_of(planned)
    carry_out(planned.proposal, site, TODAY)
    board, problems = check_folders(site / "data", site / "content", TODAY)
    assert not errors_in(problems)
    new = {row.name: row for key, row in board.members.items() if key not in before}
    assert {name: (str(row.standing), row.job) for name, row in new.items()} == shape.people


def test_cells_that_were_pasted_are_a_table(site: Path) -> None:
    book = read_pasted(lines(HEADS, *PEOPLE, between="\t"))
    planned = plan_book(site, book, "粘贴的内容", TODAY, Wanted())
    assert planned.layout.table == "members"
    assert [entry.title for entry in planned.proposal.entries] == ["李涛", "赵敏"]


def test_a_hidden_column_is_not_read(site: Path) -> None:
    content = _book([HEADS, *PEOPLE])
    content = with_part(content, "xl/worksheets/sheet1.xml", _hiding(content, 4))
    planned = plan_table(site, content, "名册.xlsx", TODAY, Wanted("members"))
    assert "这一列隐藏着" in said_of(planned)
    assert not planned.layout.column_of("job")


def _hiding(content: bytes, column: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        xml = packed.read("xl/worksheets/sheet1.xml")
    hidden = f'<cols><col min="{column}" max="{column}" hidden="1"/></cols><sheetData>'
    return xml.replace(b"<sheetData>", hidden.encode("ascii"))


HONOURS = [["获奖时间", "荣誉名称", "级别", "获得者"]]


@pytest.mark.parametrize(
    ("rows", "expected", "said"),
    [
        ([["2019", "优秀区队", "矿级", "支部"]], {("优秀区队", "branch", "mine", 2019)}, ()),
        (
            [["2019.9", "先进个人", "矿", "王伟、祝君文"]],
            {("先进个人", "wang-wei", "mine", 2019), ("先进个人", "zhu-jun-wen", "mine", 2019)},
            ("“2019.9”记作 2019", "“矿”记作 矿级"),
        ),
        (
            [["2019年9月", "标兵", "淮北矿业集团", "王 伟"]],
            {("标兵", "wang-wei", "group", 2019)},
            (),
        ),
        ([["43709", "标兵", "朱仙庄矿", "王伟"]], {("标兵", "wang-wei", "mine", 2019)}, ()),
        ([["'19.9", "标兵", "安徽省总工会", "王伟"]], {("标兵", "wang-wei", "province", 2019)}, ()),
        ([["99年", "标兵", "全国总工会", "王伟"]], {("标兵", "wang-wei", "country", 1999)}, ()),
        (
            [[datetime.date(2018, 5, 1), "标准化区队", "集团公司", "综采二区"]],
            {("标准化区队", "branch", "group", 2018)},
            ("“综采二区”记作支部",),
        ),
        (
            [["", "2018年度优秀共产党员", "矿级", "王伟"]],
            {("优秀共产党员", "wang-wei", "mine", 2018)},
            ("里的年度记到“年度”",),
        ),
        ([["2017", "标兵", "矿级", "李四"]], set(), ("人员和班组里没有“李四”",)),
        ([["2017", "标兵", "优秀", "王伟"]], set(), ("看不出是哪一级", "缺少必填的“级别”")),
        ([["近几年", "标兵", "矿级", "王伟"]], {("标兵", "wang-wei", "mine", None)}, ("是哪一年",)),
        ([["2031", "标兵", "矿级", "王伟"]], {("标兵", "wang-wei", "mine", None)}, ("是哪一年",)),
    ],
)  # fmt: skip
def test_an_honour_is_read_as_it_is_meant(
    rows: list[list[Any]], expected: set[Any], said: tuple[str, ...], site: Path
) -> None:
    before = load(site / "data", site / "content")[0].honours
    planned = plan_table(site, _book([*HONOURS, *rows]), "荣誉.xlsx", TODAY, Wanted())
    assert planned.layout.table == "honours"
    for words in said:
        assert words in said_of(planned)
    carry_out(planned.proposal, site, TODAY)
    now = load(site / "data", site / "content")[0].honours
    new = {
        (row.title, row.holder, str(row.level), row.year)
        for key, row in now.items()
        if key not in before
    }
    assert new == expected


def test_an_honour_that_is_there_comes_in_once(site: Path) -> None:
    rows = [["2016", "五星红旗党支部", "集团公司级", "综采二区党支部"]]
    planned = plan_table(site, _book([*HONOURS, *rows]), "荣誉.xlsx", TODAY, Wanted())
    assert planned.proposal.same == ("荣誉“五星红旗党支部”",)
    assert not planned.proposal.files


def test_the_source_is_made_where_a_branch_keeps_no_ledger(site: Path) -> None:
    file = site / "data" / "branch.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    type: internal\n    title: 支部台账\n",
                                 "    type: published\n    title: 某报\n    publisher: 某报\n"
                                 "    date: 2019-01-01\n    url: http://example.com/\n"),
                    encoding="utf-8")  # fmt: skip
    planned = plan_table(site, _book([HEADS, *PEOPLE]), "名册.xlsx", TODAY, Wanted())
    carry_out(planned.proposal, site, TODAY)
    board = load(site / "data", site / "content")[0]
    source = board.members["li-tao"].source
    assert source and board.sources[source].type == "internal"


def test_a_member_who_is_there_is_changed_and_the_approval_goes(site: Path) -> None:
    rows = [["姓名", "政治面貌", "职务"], ["王伟", "党员", "副区长"], ["祝君文", "", ""]]
    [entry] = plan_table(site, _book(rows), "名册.xlsx", TODAY, Wanted()).proposal.entries
    assert (entry.id, entry.lapses) == ("wang-wei", True)
    assert [(d.label, d.old, d.new) for d in entry.differences] == [
        ("职务或工种", "（空）", "副区长")
    ]


def test_two_of_one_name_are_asked_about(site: Path) -> None:
    file = site / "data" / "members.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        f"{text}\n  - id: wang-wei-2\n    name: 王伟\n    standing: member\n    job: 电工\n"
        "    source: ledger\n",
        encoding="utf-8",
    )
    content = _book([["姓名", "面貌", "职务"], ["王伟", "党员", "班长"]])
    planned = plan_table(site, content, "名册.xlsx", TODAY, Wanted())
    [ask] = planned.proposal.asks
    assert ask.question == "台账里叫“王伟”的有 2 个：第 2 行（班长）是哪一个？"
    assert [choice.key for choice in ask.choices] == ["wang-wei", "wang-wei-2", "new", "skip"]
    assert not planned.proposal.files
    told = Wanted(who={"2": "wang-wei-2"})
    [entry] = plan_table(site, content, "名册.xlsx", TODAY, told).proposal.entries
    assert entry.id == "wang-wei-2"
    told = Wanted(who={"2": "new"})
    [entry] = plan_table(site, content, "名册.xlsx", TODAY, told).proposal.entries
    assert entry.id == "wang-wei-3"


def test_two_rows_of_one_name_are_asked_about(site: Path) -> None:
    content = _book([["姓名", "面貌", "职务"], ["李涛", "党员", "班长"], ["李涛", "党员", "电工"]])
    planned = plan_table(site, content, "名册.xlsx", TODAY, Wanted())
    assert [ask.key for ask in planned.proposal.asks] == ["2", "3"]
    assert "表里第 2、3 行都叫“李涛”" in planned.proposal.asks[0].question
    told = Wanted(who={"2": "new", "3": "new"})
    entries = plan_table(site, content, "名册.xlsx", TODAY, told).proposal.entries
    assert [entry.id for entry in entries] == ["li-tao", "li-tao-2"]


def test_two_of_one_name_differ_by_what_is_not_kept(site: Path) -> None:
    rows = [["姓名", "面貌", "身份证"], ["李涛", "党员", "340602198001010013"],
            ["李涛", "党员", "340602199001010014"]]  # fmt: skip
    planned = plan_table(site, _book(rows), "名册.xlsx", TODAY, Wanted())
    assert len(planned.proposal.asks) == 2


def test_a_column_is_corrected_once_and_remembered(site: Path) -> None:
    rows = [["姓名", "面貌", "干啥的"], ["李涛", "党员", "电工"]]
    wanted = Wanted(columns={"C": "职务"})
    planned = plan_table(site, _book(rows), "名册.xlsx", TODAY, wanted)
    assert planned.proposal.entries[0].fields["job"] == "电工"
    remember(site, planned.layout, {"C": "job"})
    there = [rows[0], ["赵敏", "党员", "司机"]]
    again = plan_table(site, _book(there), "2.xlsx", TODAY, Wanted())
    assert again.proposal.entries[0].fields["job"] == "司机"
    rows = [["姓名", "干啥的"], ["赵敏", "司机"]]
    other = plan_table(site, _book(rows), "3.xlsx", TODAY, Wanted())
    assert not other.layout.column_of("job"), "another shape of table is another matter"


def test_what_may_not_be_kept_cannot_be_chosen_and_leaves_no_trace(site: Path) -> None:
    private = ("340602198001010013", "13812345678", "安康小区", "高血压", "1980")
    rows = [["姓名", "出生年月", "身份证", "联系电话", "住址", "健康", "面貌", "岗位"],
            ["李涛", "1980.1", *private[:2], "安康小区3号楼", "高血压", "党员", ""]]  # fmt: skip
    wanted = Wanted(columns={"B": "职务", "D": "承诺", "H": "职务"})
    planned = plan_table(site, _book(rows), "名册.xlsx", TODAY, wanted)
    assert [column.samples for column in planned.layout.columns[1:6]] == [()] * 5
    carry_out(planned.proposal, site, TODAY)
    remember(site, planned.layout, {"B": "job", "H": "job"})
    written = b"".join(file.read_bytes() for file in site.rglob("*") if file.is_file())
    for text in private:
        assert text.encode() not in written.replace(b"2019-01-01", b"")
        assert text not in str(planned.proposal)
    board = load(site / "data", site / "content")[0]
    assert board.members["li-tao"].contact is None


def test_what_all_have_alike_is_said_once(site: Path) -> None:
    rows = [["姓名", "职务"], ["李涛", "电工"]]
    planned = plan_table(site, _book(rows), "名册.xlsx", TODAY, Wanted("members"))
    assert planned.lacking == ("政治面貌",)
    assert not planned.proposal.files
    wanted = Wanted("members", every={"政治面貌": "群众"})
    planned = plan_table(site, _book(rows), "名册.xlsx", TODAY, wanted)
    assert planned.proposal.entries[0].fields["standing"] == "worker"


@pytest.mark.parametrize(
    ("kind", "text", "table", "title"),
    [
        ("微消息", "日期,类别,内容\n2026.11.3,天气预报,今日多云。\n", "messages", "天气预报"),
        ("成效", "指标,完成值,计量单位,截至\n出勤天数,26,天,2026.10\n", "outcomes", "出勤天数"),
        ("", "姓名,面貌\n李涛,党员\n", "members", "李涛"),
    ],
)
def test_other_tables_come_in_by_their_kind(
    kind: str, text: str, table: str, title: str, site: Path
) -> None:
    planned = plan_table(site, text.encode(), "表.csv", TODAY, Wanted(kind))
    [entry] = planned.proposal.entries
    assert (entry.table, title in entry.title) == (table, True), said_of(planned)


def test_a_day_that_excel_may_have_cut_short_is_not_guessed(site: Path) -> None:
    rows = [["姓名", "面貌", "调离日期"], ["李涛", "党员", 2019.1]]
    planned = plan_table(site, _book(rows), "名册.xlsx", TODAY, Wanted())
    assert "是数字 2019.1，可能是 2019.10" in said_of(planned)
    assert "left_on" not in planned.proposal.entries[0].fields


BAD = {
    "坏的": (lambda: _book([HEADS])[:500], "已损坏"),
    "空的": (lambda: b"", "空的"),
    "加密": (encrypted, "加了密码"),
    "宏": (lambda: with_part(_book([HEADS, *PEOPLE]), "xl/vbaProject.bin", b"x"), "宏"),
    "炸弹": (lambda: bomb("xl/sharedStrings.xml"), "展开后太大"),
    "实体": (
        lambda: with_part(_book([HEADS]), "xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        "不该有的内容",
    ),
    "二十万行": (lambda: many_rows(200_000), "5000 行以上"),
    "旧 Word": (lambda: old("WordDocument"), "旧格式的 Word"),
    "PPT": (lambda: old("PowerPoint Document"), "PPT"),
    "PDF": (lambda: b"%PDF-1.7 ...", "PDF 文件，不是表格"),
    "照片": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), "JPEG"),
    "网页改名": (lambda: b"<html><table><tr><td>\xe5\xa7\x93</table></html>", "扩展名改了"),
    "没有表头": (lambda: _book([["今天天气不错"], ["明天也不错"]]), "没有一行像"),
    "不是文本": (lambda: bytes(range(256)) * 4, "不是文本文件"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_answered_soon_and_nothing_is_written(name: str, site: Path) -> None:
    made, said = BAD[name]
    content = made()
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    began = time.perf_counter()
    with pytest.raises(Refused) as refused:
        plan_table(site, content, "名册.xlsx", TODAY, Wanted("members"))
    assert time.perf_counter() - began < 5
    assert said in f"{refused.value.found}；{refused.value.hint}"
    assert re.search("[\u4e00-\u9fff]", refused.value.hint)
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_a_workbook_that_ends_its_reader_ends_nothing_else(site: Path) -> None:
    """Damaged sizes of an old workbook ask for more memory than there is."""
    random = Random(1)
    content = xls([HEADS, *PEOPLE])
    for _ in range(12):
        spoiled = bytearray(content)
        for _ in range(20):
            spoiled[random.randrange(512, len(spoiled))] = random.randrange(256)
        with contextlib.suppress(Refused):
            plan_table(site, bytes(spoiled), "名册.xls", TODAY, Wanted("members"))


def test_records_that_cannot_be_read_are_mended_first(tmp_path: Path) -> None:
    site = write_tree(tmp_path, {**MINIMAL, "data/honours.yml": "honours: [\n"})
    with pytest.raises(BoardError):
        plan_table(site, _book([HEADS, *PEOPLE]), "名册.xlsx", TODAY, Wanted())
    shutil.rmtree(site)
