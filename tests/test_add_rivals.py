"""Registering what is there already: a sample makes room, a real record is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import main
from boards.errors import BoardError
from boards.sheets.out import workbook
from boards.sheets.plan import plan
from helpers import TODAY, check_tree, read_board, report
from test_add import add, refused
from test_new import made_in
from workbooks import Cells, opened, put, saved


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A site as `boards new` makes it."""
    return made_in(tmp_path)


def test_a_message_takes_the_place_of_a_sample(fresh: Path) -> None:
    before = {row.id for row in read_board(fresh).messages.values()}
    said = add(fresh, "message", typed=("", "安全", "今天下雨，路滑。", "", "y"))
    assert "现在是一条示例（data/messages.yml 第" in said
    assert said.index("现在是一条示例") < said.index("内容（")
    board = read_board(fresh)
    assert {row.id for row in board.messages.values()} == before
    kept = board.messages[f"{TODAY}-safety"]
    assert (kept.text, kept.sample) == ("今天下雨，路滑。", False)
    assert report(check_tree(fresh)) == ""


def test_a_message_that_is_there_is_told_before_its_text_is_typed(fresh: Path) -> None:
    add(fresh, "message", typed=("", "安全", "今天下雨，路滑。", "", "y"))
    typed = ("", "安全", "", "生产任务", "今天检修。", "", "y")
    said = add(fresh, "message", typed=typed)
    assert f"boards add message {TODAY}-safety" in said
    assert said.index("已经有了（data/messages.yml 第") < said.index("内容（")
    assert read_board(fresh).messages[f"{TODAY}-task"].text == "今天检修。"


def test_an_honour_takes_the_place_of_its_sample(fresh: Path) -> None:
    sample = read_board(fresh).honours["sample-honour-branch"]
    typed = (sample.title, "支部", "矿级", str(sample.year), "", "", "y")
    said = add(fresh, "honour", typed=typed)
    assert "现在是一条示例（data/honours.yml 第" in said
    honours = [row for row in read_board(fresh).honours.values() if row.title == sample.title]
    assert [row.sample for row in honours] == [False]
    assert "已经有了（data/honours.yml 第" in refused(fresh, "honour", typed=typed)


def test_equal_honours_say_which_of_them_is_a_sample(fresh: Path) -> None:
    file = fresh / "data" / "honours.yml"
    text = file.read_text(encoding="utf-8")
    year = read_board(fresh).honours["sample-honour-branch"].year
    own = (
        "\n  - id: ours\n    title: 先进党支部\n    holder: branch\n    level: mine\n"
        f"    year: {year}\n    source: ledger\n    as_of: 2026-11\n"
    )
    file.write_text(text + own, encoding="utf-8")
    said = report(check_tree(fresh))
    assert "登记了 2 次" in said
    assert "删掉其中的示例（data/honours.yml 第 5 行）" in said
    assert "boards samples remove" in said


def test_a_workbook_says_that_the_row_in_the_way_is_a_sample(fresh: Path) -> None:
    cells = opened(workbook(read_board(fresh), TODAY))
    row = len(cells["微消息"]) + 1
    for heading, value in (("日期", str(TODAY)), ("类别", "安全注意事项"), ("内容", "路滑。")):
        put(cells, "微消息", row, heading, value)
    with pytest.raises(BoardError) as raised:
        plan(fresh, saved(cells), fresh / "台账.xlsx", TODAY)
    said = report(raised.value.problems)
    assert "第 3 行是示例（灰色的行）" in said
    assert "把第 3 行整行删掉" in said


def without_samples(fresh: Path) -> Cells:
    """A workbook from before the samples were removed, with a real person in it."""
    cells = opened(workbook(read_board(fresh), TODAY))
    done = CliRunner().invoke(main, ["samples", "remove", "--folder", str(fresh)], input="y\n")
    assert done.exit_code == 0, done.output
    row = len(cells["人员"]) + 1
    for heading, value in (("姓名", "王伟"), ("政治面貌", "中共党员"), ("出处", "ledger")):
        put(cells, "人员", row, heading, value)
    return cells


def test_grey_rows_of_removed_samples_are_left_aside_and_told(fresh: Path) -> None:
    planned = plan(fresh, saved(without_samples(fresh)), fresh / "台账.xlsx", TODAY)
    assert [change.title for change in planned.made] == ["王伟"]
    assert "季度“2026年第三季度”" in planned.kept


def test_what_is_typed_over_a_removed_sample_is_taken_and_its_leftovers_are_named(
    fresh: Path,
) -> None:
    cells = without_samples(fresh)
    for heading, value in (("示例", ""), ("出处", "ledger"), ("党员之星·人员", "王伟")):
        put(cells, "季度", 2, heading, value)
    with pytest.raises(BoardError) as raised:
        plan(fresh, saved(cells), fresh / "台账.xlsx", TODAY)
    said = report(raised.value.problems)
    assert "季度·心得分享!C2 错误" in said
    assert "示例“党员乙”（sample-yi）已经从台账里删掉了" in said
    assert "整行删掉" in said
    assert "找不到编号" not in said
    del cells["季度·心得分享"][1]
    planned = plan(fresh, saved(cells), fresh / "台账.xlsx", TODAY)
    assert sorted(change.title for change in planned.made) == ["2026年第三季度", "王伟"]


def test_a_removed_sample_that_is_changed_but_still_marked_says_what_to_do(fresh: Path) -> None:
    cells = without_samples(fresh)
    put(cells, "季度", 2, "联动会议·地点", "井口会议室")
    with pytest.raises(BoardError) as raised:
        plan(fresh, saved(cells), fresh / "台账.xlsx", TODAY)
    assert "台账里删掉了这条示例" in report(raised.value.problems)
    assert "把“示例”一格清空" in report(raised.value.problems)
