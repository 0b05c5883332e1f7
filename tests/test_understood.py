"""What people write and anybody understands is taken: in YAML, in a workbook, and when asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from boards.board import Board
from boards.records import Member
from boards.records.work import Comparator
from boards.sheets.out import workbook
from boards.sheets.plan import plan
from helpers import MINIMAL, TODAY, changed, check_tree, read_board, report, write_tree
from sites import change, tree
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
