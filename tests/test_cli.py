"""The commands as people meet them: in Chinese, with the right exit code, never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import COMMANDS, main
from helpers import wang_wei, write_tree
from sites import change, copy_site

pytestmark = pytest.mark.slow  # and of no day


def run(*arguments: str, folder: Path, code: int = 0) -> str:
    """Run `boards` as its own process, as people do; both streams together."""
    done = subprocess.run(
        [sys.executable, "-m", "boards", *arguments],
        cwd=folder,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


WORDS = """
    add again all approve approved backup boards bold branch branches brand build cai case check
    checked cluster column consent content crossing CSV csv Ctrl data date desk doc doctor docx
    dry Excel export fault fleet folder format group hall hans hant headline help honour honours
    html http IMG import index innovation INTEGER item job jobs jpg JSON json keys limit list
    look media member mhtml mine mkdocs month name new ods office offset only out page PDF
    photos plain port poster posters PPT practice prints profile proposed public publish quarter
    RANGE receive received records remove replace reports results rollback roster run samples san
    schema script serve share sheet sheets sister site size skip source star status store table talk
    tcp text tiled together trust txt type unit units upgrade url version wang wei white who
    wide Word WPS wps write xls xlsx year yes yml zhang zip zone zong zongcai
"""
"""English words that stand in the help: commands, options, names of files and programs."""


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["check"],
        ["add"],
        ["quarter"],
        ["approve"],
        ["build"],
        ["publish"],
        ["prints"],
        ["serve"],
        ["rollback"],
        ["posters"],
        ["poster"],
        ["share"],
        ["receive"],
        ["keys"],
        ["new"],
        ["upgrade"],
        ["backup"],
        ["doctor"],
        ["sheets"],
        ["sheets", "out"],
        ["sheets", "in"],
        ["import"],
        ["import", "roster"],
        ["import", "honours"],
        ["import", "table"],
        ["import", "write-up"],
        ["import", "photos"],
        ["import", "page"],
        ["import", "results"],
        ["import", "records"],
        ["export"],
        ["samples"],
        ["samples", "remove"],
        ["fleet"],
        ["fleet", "build"],
        ["fleet", "status"],
        ["fleet", "new"],
        ["fleet", "upgrade"],
    ],
)
def test_help_is_in_chinese_with_an_example(command: list[str], tmp_path: Path) -> None:
    said = run(*command, "--help", folder=tmp_path)
    words = set(re.findall(r"[A-Za-z]{3,}", said))
    assert words <= set(WORDS.split()), words - set(WORDS.split())
    assert "boards" in said


def test_the_commands_stand_in_the_order_of_a_day(tmp_path: Path) -> None:
    said = run("--help", folder=tmp_path)
    found = re.findall(r"^  boards (\w+)", said.partition("不用命令:")[2], flags=re.MULTILINE)
    assert sorted(found) == sorted(COMMANDS)
    days = ["check", "build", "approve", "publish", "posters", "prints", "share", "doctor"]
    assert [name for name in found if name in days] == days
    assert "boards publish --help" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "没有命令 chekc"),
        (["check", "--fromat", "json"], "没有选项 --fromat"),
        (["check", "--date", "昨天"], "要写成 2019-08-19 的样子"),
        (["check", "--folder", "没有"], "不存在"),
    ],
)
def test_slips_are_answered_in_chinese(arguments: list[str], said: str, tmp_path: Path) -> None:
    assert said in run(*arguments, folder=tmp_path, code=2)


def test_the_real_data_has_no_error_and_the_notices_the_article_deserves(tmp_path: Path) -> None:
    said = run("check", folder=copy_site(tmp_path))
    deserved = ["没有年度"] * 3 + ["连续五年", "2018年以来", "采煤单效"]
    notices = [line for line in said.splitlines() if " 提醒 " in line]
    assert len(notices) == len(deserved)
    for words in deserved:
        assert any(words in line for line in notices)
    assert "共 0 个错误、6 条提醒" in said


def test_claims_were_fresh_when_they_were_made(tmp_path: Path) -> None:
    said = run("check", "--date", "2019-12-01", folder=copy_site(tmp_path))
    assert "连续五年" not in said


def test_errors_exit_1_and_json_carries_every_part(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data" / "cases" / "ii830-fault-crossing.yml", "zone: quality", "zone: qualty")
    said = run("check", "--format", "json", folder=root, code=1)
    errors = [row for row in json.loads(said) if row["severity"] == "error"]
    assert len(errors) == 1
    assert errors[0]["path"] == "data/cases/ii830-fault-crossing.yml"
    assert errors[0]["line"] > 1
    assert errors[0]["field"] == "zone（责任区）"
    assert "qualty" in errors[0]["found"]
    assert "quality" in errors[0]["hint"]


def test_what_the_system_refuses_is_said_in_chinese(tmp_path: Path) -> None:
    said = run("receive", "gone.zip", folder=copy_site(tmp_path), code=1)
    assert "gone.zip 打不开（没有这个文件或文件夹）；核对文件名" in said


def test_build_says_where_to_open_the_site(tmp_path: Path) -> None:
    said = run("build", folder=copy_site(tmp_path))
    assert "打开 site" in said
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_failed_build_says_that_the_old_site_stands(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data" / "members.yml", "name: 党员丁\n", "name：党员丁\n")
    said = run("build", folder=root, code=1)
    assert "冒号是全角的" in said
    assert "网站没有重新生成" in said


def test_publish_lists_what_awaits_approval_and_counts_samples(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    file = root / "data" / "branch.yml"
    head, rest = file.read_text(encoding="utf-8").split("  - id: lesson-depth\n")
    rest = re.sub(
        "    review:\n      basis: published\n      approved_content: .*\n", "", rest, count=1
    )
    file.write_text(f"{head}  - id: lesson-depth\n{rest}", encoding="utf-8", newline="\n")
    said = run("publish", folder=root)
    assert "略去 启示“让品牌内容不断生长”（待审）  data/branch.yml:" in said
    assert "党员甲" not in said, "samples would drown what awaits approval"
    assert re.search(r"共略去 \d+ 条：示例 \d+ 条、待审 1 条。", said)


def test_publish_counts_every_reason_for_what_is_left_out(tmp_path: Path) -> None:
    root = write_tree(tmp_path, wang_wei("    contact: 内线\n"))
    said = run("publish", "--date", "2026-11-23", folder=root)
    assert "共略去 3 条：示例 3 条。\n" in said
    assert "网站另略去 2 处：公开范围只到支部内部 1 处、本人没有同意上网页 1 处。\n" in said


def test_a_folder_without_a_site_gets_an_answer(tmp_path: Path) -> None:
    assert "没有找到数据文件夹" in run("build", folder=tmp_path, code=1)
    root = copy_site(tmp_path / "other")
    (root / "mkdocs.yml").unlink()
    assert "缺少 mkdocs.yml" in run("build", folder=root, code=1)
    (root / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", encoding="utf-8")
    assert "mkdocs.yml" in run("build", folder=root, code=1)


def test_what_is_published_tells_readers_no_commands(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    for command in ("build", "publish"):
        run(command, folder=root)
    rooms = [
        (root / name / "posters/index.html").read_text("utf-8") for name in ("site", "publish")
    ]
    assert ["boards " in room for room in rooms] == [True, False]
    for page in (root / "publish").rglob("*.html"):
        words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", "", page.read_text("utf-8"), flags=re.S)
        assert not re.search(r"\bboards [a-z]", words), page.name
    assert "带队：" in (root / "site/zones/safety.html").read_text("utf-8")


def test_posters_made_one_by_one_are_named_when_they_go(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    run("poster", "brand", "--size", "A3", folder=root)
    said = run("posters", folder=root)
    assert "删掉了以前做的 1 个文件：brand-A3.pdf" in said
    assert "删掉了" not in run("posters", folder=root)


TITLE = "把尺子带到断层前：Ⅱ830工作面质量包保的做法"


@pytest.mark.parametrize(
    "typed",
    [
        ("share", "案例", TITLE), ("share", "攻坚案例", "ii830-fault-crossing"),
        ("share", "case", TITLE), ("poster", "党员之星", "2019-Q2"),
        ("poster", "star", "2019年第二季度"), ("poster", "季度党员之星", "2019年二季度"),
    ],
)  # fmt: skip
def test_kinds_and_titles_are_taken_in_chinese(tmp_path: Path, typed: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*typed, "--folder", str(copy_site(tmp_path / "site"))])
    assert done.exit_code == 0, done.output
    assert "生成了" in done.output


def test_a_title_of_another_kind_is_told_with_its_own_kind(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site")
    done = CliRunner().invoke(main, ["share", "创新", TITLE, "--folder", str(root)])
    assert "不是 innovation 这一类；输入 boards share case ii830-fault-crossing" in done.output
