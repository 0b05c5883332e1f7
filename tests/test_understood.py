"""What people write and anybody understands is taken: in YAML, in a workbook, and when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.board.board import Board
from boards.cli import main
from boards.records import Member
from boards.records.understood import period
from boards.records.work import Comparator
from boards.sheets.out import workbook
from boards.sheets.plan import plan
from dirty_photos import pixels
from helpers import MINIMAL, TODAY, changed, check_tree, read_board, report, write_tree
from sites import change, tree
from test_add import add
from test_add import site as asked_site
from workbooks import opened, put, saved

MEMBERS = "data/members.yml"
QUARTER = "data/quarters/2019-Q1.yml"


def with_changes(*changes: tuple[str, str, str]) -> dict[str, str | bytes]:
    files = dict(MINIMAL)
    for name, old, new in changes:
        text = str(files[name])
        assert text.count(old) == 1, (name, old)
        files[name] = text.replace(old, new)
    return files


AS_PEOPLE_WRITE = with_changes(
    (MEMBERS, "name: 王伟\n    standing: member", "name: 王　伟\n    standing: 中共党员"),
    (MEMBERS, "role: gatekeeper", "role: 把关者"),
    (MEMBERS, "      - quality-group", "      - 质量包保小组"),
    (MEMBERS, "sample: true", "sample: √"),
    ("data/honours.yml", "holder: branch", "holder: 支部"),
    ("data/honours.yml", "year: 2016", "year: 2016年度"),
    ("data/honours.yml", "holder: zhu-jun-wen", "holder: 祝君文"),
    ("data/honours.yml", "level: group\n    year: 2015", "level: 集团公司\n    year: 2015"),
    ("data/outcomes.yml", "zone: thought", "zone: 思想"),
    ("data/outcomes.yml", 'comparator: ">"\n    value: 95\n    unit: "%"', "value: 超过95%"),
    ("data/coverage.yml", "strength: 20", "strength: 20人"),
    ("data/coverage.yml", "member: wang-wei", "member: 王伟"),
    ("data/messages.yml", "date: 2019-06-24", "date: 2019年6月24日"),
    ("data/messages.yml", "type: weather", "type: 天气"),
    ("data/cases/fault-crossing.yml", "zone: quality\nface: ii830", "zone: 质量责任区\nface: Ⅱ830"),
    (QUARTER, "date: 2019-04-03", "date: 2019/4/3"),
    (QUARTER, "zone: thought\n    score: 92", "zone: 思想区\n    score: 92分"),
    (QUARTER, "star:\n  member: wang-wei", "star:\n  member: 王伟"),
    (QUARTER, "source: ledger", "source: 支部台账"),
    (QUARTER, "approved_on: 2019-04-08", "approved_on: 2019.4.8"),
)  # fmt: skip


def test_in_yaml_it_is_the_same_board(tmp_path: Path) -> None:
    usual = read_board(write_tree(tmp_path / "usual", MINIMAL))
    root = write_tree(tmp_path / "people", AS_PEOPLE_WRITE)
    assert report(check_tree(root)) == ""
    board = read_board(root)
    for row in usual.everything():
        assert board.table(row.table)[row.id] == row


def test_files_stay_as_they_were_typed(tmp_path: Path) -> None:
    root = write_tree(tmp_path, AS_PEOPLE_WRITE)
    before = tree(root)
    board = read_board(root)
    assert plan(root, workbook(board, TODAY), root / "台账.xlsx", TODAY).made == ()
    assert tree(root) == before


def test_a_name_of_two_is_no_answer(tmp_path: Path) -> None:
    files = with_changes(
        (MEMBERS, "name: 祝君文", "name: 王 伟"),
        (QUARTER, "star:\n  member: wang-wei", "star:\n  member: 王伟"),
    )
    said = report(check_tree(write_tree(tmp_path, files)))
    assert "找不到编号“王伟”" in said
    assert "叫这个名称的有 zhu-jun-wen、wang-wei，写其中一个编号" in said


def test_an_id_stands_before_a_name(tmp_path: Path) -> None:
    """Somebody whose name is another's id is not taken for that one."""
    files = with_changes((MEMBERS, "name: 祝君文", "name: Wang-Wei".replace("-", "·")))
    board = read_board(write_tree(tmp_path, files))
    assert board.quarters["2019-Q1"].star.member == "wang-wei"


@pytest.mark.parametrize(
    ("value", "comparator", "number", "unit"),
    [
        ("95%", Comparator.EQUAL, "95", "%"),
        (">=95％", Comparator.AT_LEAST, "95", "%"),
        ("不低于 95.0 %", Comparator.AT_LEAST, "95.0", "%"),
        ("10万吨/月", Comparator.EQUAL, "10", "万吨/月"),
    ],
)
def test_a_measure_is_taken_apart(
    tmp_path: Path, value: str, comparator: Comparator, number: str, unit: str
) -> None:
    whole = 'comparator: ">"\n    value: 95\n    unit: "%"'
    files = changed("data/outcomes.yml", whole, f'value: "{value}"')
    outcome = read_board(write_tree(tmp_path, files)).outcomes["attendance"]
    assert (outcome.comparator, outcome.value, outcome.unit) == (comparator, number, unit)


@pytest.mark.parametrize("value", ["大约95", "95多", "90-95", "95%以上", "<95"])
def test_what_may_mean_another_number_is_not(tmp_path: Path, value: str) -> None:
    files = changed("data/outcomes.yml", "value: 95", f'value: "{value}"')
    assert f"“{value}”不是数字" in report(check_tree(write_tree(tmp_path, files)))


TYPED = [
    ("人员", 3, "政治面貌", "中共预备党员", ("members", "wang-wei", "standing", "probationary")),
    ("荣誉", 3, "年度", "2017年", ("honours", "model-worker", "year", 2017)),
    ("荣誉", 3, "级别", "矿", ("honours", "model-worker", "level", "mine")),
    ("荣誉", 3, "获得者", "王　伟", ("honours", "model-worker", "holder", "wang-wei")),
    ("成效", 2, "责任区", "安全", ("outcomes", "attendance", "zone", "safety")),
]


@pytest.mark.parametrize("typed", TYPED, ids=[f"{one[0]}-{one[2]}-{one[3]}" for one in TYPED])
def test_in_a_workbook_it_is_taken_and_written_as_it_is_kept(
    site: Path, typed: tuple[str, int, str, str, tuple[str, str, str, object]]
) -> None:
    sheet, row, heading, text, (table, key, field, kept) = typed
    cells = opened(workbook(read_board(site), TODAY))
    put(cells, sheet, row, heading, text)
    (made,) = plan(site, saved(cells), site / "台账.xlsx", TODAY).made
    assert (made.table, made.id) == (table, key)
    planned = plan(site, saved(cells), site / "台账.xlsx", TODAY)
    write_tree(site, {p.relative_to(site).as_posix(): c or b"" for p, c in planned.files.items()})
    assert getattr(board_of(site).table(table)[key], field) == kept
    (content,) = planned.files.values()
    assert f"{field}: {kept}\n" in (content or b"").decode()


def test_counts_and_dates_in_cells_are_written_as_they_are_kept(site: Path) -> None:
    cells = opened(workbook(read_board(site), TODAY))
    put(cells, "班组", 2, "在册人数", "21人")
    put(cells, "班组·包保分工", 2, "包保人数", "13人")
    put(cells, "季度", 2, "联动会议·日期", "2019年4月4日")
    files = plan(site, saved(cells), site / "台账.xlsx", TODAY).files
    text = "".join((content or b"").decode() for content in files.values())
    assert "strength: 21\n" in text and "heads: 13\n" in text and "date: 2019-04-04\n" in text


NEW_ROWS = {
    ("人员", 5): {
        "姓名": "韩　梅", "政治面貌": "正式党员", "小组": "质量包保小组", "照片·文件": "han.jpg",
        "照片·替代文字": "韩梅", "示例": "√",
    },
    ("荣誉", 4): {
        "名称": "先进", "获得者": "王伟", "级别": "矿", "年度": "2024年", "出处": "ledger",
    },
    ("成效", 3): {
        "名称": "完好率", "责任区": "生产", "数值": "超过 98%", "出处": "ledger",
        "数据截至": "2026年11月",
    },
    ("班组", 3): {"名称": "检修班", "在册人数": "11人", "示例": "是", "数据截至": "2026-11"},
    ("班组·包保分工", 4): {"所属班组": "检修班", "包保党员": "sample-jia", "包保人数": "11人"},
}  # fmt: skip


def test_new_rows_are_shown_as_they_are_kept_where_that_is_not_as_typed(site: Path) -> None:
    (site / "data/media").mkdir()
    pixels().save(site / "data/media/han.jpg")
    cells = opened(workbook(read_board(site), TODAY))
    for (sheet, row), typed in NEW_ROWS.items():
        for heading, text in typed.items():
            put(cells, sheet, row, heading, text)
    file = site / "台账.xlsx"
    file.write_bytes(saved(cells))
    where = ["--folder", str(site), "--date", str(TODAY)]
    said = CliRunner().invoke(main, ["sheets", "in", str(file), "--yes", *where]).output
    assert [line.strip() for line in said.splitlines() if "记作" in line] == [
        "姓名：“韩　梅”记作 韩梅",
        "政治面貌：“正式党员”记作 党员",
        "照片·文件：“han.jpg”记作 media/han.jpg",
        "示例：“√”记作 是",
        "级别：“矿”记作 矿级",
        "年度：“2024年”记作 2024",
        "在册人数：“11人”记作 11",
        "包保人数：“11人”记作 11",
        "责任区：“生产”记作 production 生产责任区",
        "比较：记作 超过",
        "数值：“超过 98%”记作 98",
        "单位：记作 %",
        "数据截至：“2026年11月”记作 2026-11",
    ]
    board = read_board(site)
    assert board.members["han-mei"].photo
    assert board.outcomes["wan-hao-lv"].zone == "production"


def board_of(root: Path) -> Board:
    return read_board(root)


def test_a_person_without_a_zone_has_no_role_by_name(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    change(
        root / MEMBERS,
        "zone: quality\n        role: gatekeeper",
        "zone: safety\n        role: 把关者",
    )
    assert "安全责任区没有岗位“把关者”" in report(check_tree(root))
    assert isinstance(read_board(root).members["wang-wei"], Member)


NEW_MEMBER = (
    "韩　梅", "正式党员", "", "n", "", "", "", "y", "han.jpg", "韩梅", "", "", "y", "2026-9-25",
    "是", "对", "", "", "",
)  # fmt: skip
_SCORES = tuple(line for score in ("93分", "94", "95", "96") for line in (score, "稳。"))
NEW_QUARTER = (
    "2026/10/9", "举手", "", *_SCORES, "王 伟", "好。", "。", "生产", "好。", "。", "n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "typed", "kept"),
    [
        (("member",), NEW_MEMBER, ("韩梅", "党员", "media/han.jpg", "2026-09-25", "是")),
        (("honour",), ("先进", "王　伟", "矿", "2024年", "", "y"), ("王伟", "矿级", "2024")),
        (("crew",), ("检修班", "11人", "王伟", "11人", "n", "", ""), ("11", "11")),
        (("quarter", "2026-Q3"), NEW_QUARTER, ("2026-10-09", "93", "王伟", "生产责任区")),
    ],
)
def test_when_asked_what_is_kept_is_said_at_once(
    tmp_path: Path, arguments: tuple[str, ...], typed: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    root = asked_site(tmp_path)
    (root / "data/media").mkdir()
    pixels().save(root / "data/media/han.jpg")
    said = add(root, *arguments, typed=(*typed, "y"))
    told = [line.strip() for line in said.splitlines() if "记作" in line]
    assert told == [f"记作 {word}" for word in kept]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026年第二季度", "2026-Q2"), ("2026年2季度", "2026-Q2"), ("2026q2", "2026-Q2"),
        ("２０２６年 第四季度", "2026-Q4"), ("2026年8月", "2026-08"), ("2026-8", "2026-08"),
        ("2026年11月", "2026-11"), ("2026年第五季度", ""), ("2026年", ""), ("2026年8月3日", ""),
        ("8月", ""), ("2026年上半年", ""),
    ],
)  # fmt: skip
def test_a_period_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert period(typed) == kept


def test_periods_in_a_workbook_are_what_they_are_called(site: Path) -> None:
    cells = opened(workbook(read_board(site), TODAY))
    row, talk = len(cells["月份"]) + 1, len(cells["月份·活动"]) + 1
    put(cells, "月份", row, "编号", "2026年8月")
    put(cells, "月份", row, "出处", "ledger")
    for heading, value in (
        ("所属月份", "2026年8月"), ("日期", "2026-08-03"), ("责任区", "安全"),
        ("类别", "集体排查"), ("主题", "查顶板"),
    ):  # fmt: skip
        put(cells, "月份·活动", talk, heading, value)
    (made,) = plan(site, saved(cells), site / "台账.xlsx", TODAY).made
    assert (made.id, made.title) == ("2026-08", "2026年8月")


def test_a_period_that_is_typed_when_adding_is_kept_by_its_id(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    done = CliRunner().invoke(
        main,
        ["add", "month", "2026年8月", "--folder", str(root)],
        input="n\n" * 4 + "\n" * 3 + "y\n",
    )
    assert "记作 2026-08" in done.output
    assert "不合要求" not in done.output
