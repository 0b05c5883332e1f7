"""Registering what is there already: a sample makes room, a real record is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from boards.errors import BoardError
from boards.sheets.out import workbook
from boards.sheets.plan import plan
from helpers import TODAY, check_tree, read_board, report
from test_add import add, refused
from test_new import made_in
from workbooks import opened, put, saved


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
