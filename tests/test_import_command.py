"""`boards import` as people meet it: a proposal, questions, and nothing written unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import main
from brought import encrypted, jpeg
from helpers import read_board
from sites import tree

pytestmark = pytest.mark.slow  # and of no day

ROSTER = "姓名,身份证,政治面貌,干啥的\n李涛,340602198001010013,党员,电工\n孙*,,党员,电工\n"


def bring(site: Path, *arguments: str, typed: str = "", code: int = 0) -> str:
    done = CliRunner().invoke(main, ["import", *arguments, "--folder", str(site)], input=typed)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def roster(tmp_path: Path) -> str:
    file = tmp_path / "名册.csv"
    file.write_bytes(ROSTER.encode("gb18030"))
    return str(file)


def test_nothing_is_written_unless_somebody_agrees(site: Path, roster: str) -> None:
    before = tree(site / "data")
    said = bring(site, "roster", roster, typed="\nn\n", code=1)
    assert "A 姓名 → 姓名" in said
    assert "B 身份证 不带：不登记身份证号" in said
    assert "新增 李涛（li-tao）" in said
    assert "孙*" in said.partition("没有带进来的")[2]
    assert "什么也没有写入" in said
    assert bring(site, "roster", roster, code=1), "nor where nobody answers"
    assert tree(site / "data") == before


def test_a_column_is_put_right_at_the_question(site: Path, roster: str) -> None:
    said = bring(site, "roster", roster, typed="D=职务\n\ny\n")
    assert "D 干啥的 → 职务或工种" in said
    assert "写好了" in said
    assert read_board(site).members["li-tao"].job == "电工"


def test_it_can_be_said_beforehand(site: Path, roster: str) -> None:
    bring(site, "roster", roster, "--column", "干啥的=职务", "--yes")
    assert read_board(site).members["li-tao"].job == "电工"


def test_namesakes_are_asked_about_or_told_apart_by_an_option(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text("姓名,面貌,职务\n李涛,党员,班长\n李涛,党员,电工\n", encoding="utf-8")
    said = bring(site, "roster", str(file), "--yes")
    assert "--who 2=编号" in said
    assert "li-tao" not in read_board(site).members
    bring(site, "roster", str(file), "--who", "2=new", "--who", "3=skip", "--yes")
    assert read_board(site).members["li-tao"].job == "班长"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["roster", "没有.xlsx"], "打不开"),
        (["photos", "没有"], "这个文件夹"),
        (["records", "没有"], "核对 boards export"),
        (["table", "{roster}", "--as", "天气"], "没有“天气”这一类"),
        (["roster", "{roster}", "--column", "职务"], "写成“什么=什么”的样子"),
        (["roster", "{roster}", "--column", "D=工资"], "没有“工资”这一项"),
        (["roster", "{roster}", "--sheet", "二"], "没有工作表“二”"),
        (["roster", "{roster}", "--source", "某报"], "没有“某报”这个出处"),
        (["roster", "{locked}"], "文件加了密码"),
        (["write-up", "{roster}"], "不是 Word 文档"),
        (["page", "{roster}"], "这不是网页"),
    ],
)
def test_slips_are_answered_and_nothing_is_written(
    arguments: list[str], said: str, site: Path, roster: str, tmp_path: Path
) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(encrypted())
    before = tree(site / "data")
    filled = [one.format(roster=roster, locked=locked) for one in arguments]
    told = bring(site, *filled, "--yes", code=1)
    assert said in told
    assert "Traceback" not in told
    assert tree(site / "data") == before


def test_photos_of_a_folder_are_asked_about_one_by_one(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    (folder / "祝君文.jpg").write_bytes(jpeg())
    said = bring(site, "photos", str(folder), typed="2026-11-01\n1\ny\n")
    assert "祝君文 哪天同意的" in said
    consent = read_board(site).members["zhu-jun-wen"].consent
    assert consent
    assert (consent.site, consent.print) == (True, False)


def test_a_message_is_gone_on_with_by_questions(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "三季度.txt"
    said = (
        "2019年第三季度评定：10月8日开会。党员之星：王伟\n事迹：每班先量落差再移架，没有一次漏下。\n"
        "优质责任区：质量责任区\n理由：偏差都留在当班解决，没有过夜。\n"
        "思想92分，安全95分，质量97分，生产94分"
    )
    file.write_text(said, encoding="utf-8")
    # meeting: day; place, decided by; four zones: score, summary; star: member, citation; zone,
    # citation; then what is seldom said, and yes
    typed = "\n" * 3 + "".join(f"\n第{n}区这一季做得稳。\n" for n in range(4)) + "\n" * 4
    out = bring(site, "results", str(file), typed=typed + "\n" * 6 + "y\n" * 3)
    assert "党员之星：王伟" in out
    quarter = read_board(site).quarters["2019-Q3"]
    assert quarter.star.member == "wang-wei"
    assert [row.score for row in quarter.results] == [92, 95, 97, 94]
    assert "偏差都留在当班" in quarter.excellent_zone.citation
