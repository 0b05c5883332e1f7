"""Dates against today: a mistyped one is told where it stands, a wrong clock once and first."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import main
from boards.views.problems import problems_page
from helpers import MINIMAL, TODAY, changed, check_tree, report, write_tree
from sites import ROOT, copy_site, tree

WRONG = "日期 错误 这台电脑的日期好像不对："


@pytest.mark.parametrize("year", [1980, 2010, 2015])
def test_a_clock_that_begins_again_is_told_first_and_once(site: Path, year: int) -> None:
    said = report(check_tree(site, datetime.date(year, 1, 1)))
    assert said.startswith(f"{WRONG}今天是 {year}-01-01，台账里 ")
    assert said.count("错误") == 1
    assert "还晚\n    改法：在屏幕右下角核对日期和时间" in said
    assert said.count("改法") == 1, "nothing follows from a date that is wrong"


def test_so_is_one_far_ahead_and_no_claim_is_called_stale_for_it(tmp_path: Path) -> None:
    now, then = (
        [problem.found for problem in check_tree(ROOT, day)]
        for day in (datetime.date(2019, 9, 1), datetime.date(2099, 1, 1))
    )
    assert then == [
        "这台电脑的日期好像不对：今天是 2099-01-01，台账里最晚的日期是 2019-08-01",
        *now,
    ]


def test_ten_years_without_a_record_are_no_fault_of_the_clock(site: Path) -> None:
    said = report(check_tree(site, datetime.date(2036, 1, 1)))
    assert WRONG not in said


def test_old_honours_and_articles_alone_say_nothing_of_the_clock(tmp_path: Path) -> None:
    files = {
        name: text.replace("    as_of: 2019-08\n", "").replace("  as_of: 2019-08\n", "")
        for name, text in MINIMAL.items()
        if isinstance(text, str) and name in ("data/branch.yml", "data/honours.yml")
    }
    assert WRONG not in report(check_tree(write_tree(tmp_path, files), datetime.date(2050, 1, 1)))


def test_a_few_mistyped_years_are_told_where_they_stand(tmp_path: Path) -> None:
    """A column filled down with next year's approvals is no wrong clock."""
    files = {
        name: text.replace("approved_on: 2019", "approved_on: 2027")
        if isinstance(text, str)
        else text
        for name, text in MINIMAL.items()
    }
    said = report(check_tree(write_tree(tmp_path, files)))
    assert WRONG not in said
    assert said.count("审批日期 2027-") == 4


def test_two_dates_prove_nothing(tmp_path: Path) -> None:
    files = changed("data/branch.yml", "    date: 2019-08-19\n", "    date: 2026-12-01\n")
    alone = {name: files[name] for name in ("data/branch.yml",)}
    alone["data/branch.yml"] = str(alone["data/branch.yml"]).replace("as_of: 2019-08", "")
    said = report(check_tree(write_tree(tmp_path, alone)))
    assert "发表日期 2026-12-01 比今天（2026-11-23）还晚" in said


def test_nothing_is_written_while_the_clock_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_site(tmp_path, made=False)
    before = tree(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1262304000")  # 2010-01-01
    for command in (["build"], ["publish"], ["approve", "--list"], ["add", "honour"]):
        done = CliRunner().invoke(main, [*command, "--folder", str(root)])
        assert done.exit_code == 1, command
    assert {name for name in tree(root) if not name.startswith(".")} == before.keys()


def test_the_page_of_faults_calls_it_by_name(site: Path) -> None:
    problems = check_tree(site, datetime.date(2010, 1, 1))
    (row,) = problems_page(problems).view.rows
    assert (row.place, row.subject) == ("日期", "")
    assert TODAY.year > 2010
