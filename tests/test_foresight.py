"""`boards check` tells what a build would refuse about characters, in the same words, and fast."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from boards.check import check_folders
from boards.doctor import examine, this_machine
from boards.editions.edition import Edition, EditionName
from boards.errors import BoardError, Problem, errors_in
from boards.foresight import check_site
from boards.packs.downloads import exchange
from boards.posters.room import print_room
from helpers import MINIMAL, TODAY, changed, report, settle, write_tree

PREVIEW = Edition(EditionName.PREVIEW, TODAY)
MEMBERS = "data/members.yml"
CASE = "data/cases/fault-crossing.yml"


def pledging(text: str) -> dict[str, str | bytes]:
    return changed(MEMBERS, "    name: 王伟\n", f"    name: 王伟\n    pledge: {text}\n")


def refused(root: Path) -> list[Problem]:
    """What a build would refuse of sound records, posters first."""
    board, problems = check_folders(root / "data", root / "content", TODAY)
    assert errors_in(problems) == []
    for make in (print_room, exchange):
        try:
            make(board, PREVIEW)
        except BoardError as error:
            return error.problems
    return []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (pledging("我爱矿山♥\ufe0f"), "“♥”后面跟着一个看不见的表情记号（U+FE0F）"),
        (pledging("我爱矿山😀"), "“😀”（U+1F600）在黑体“Noto Sans SC”里没有，印出来会是空白"),
        (pledging('"我爱矿山\\U0001F600"'), "“😀”（U+1F600）"),
        (pledging("第1\ufe0f\u20e3"), "“1”后面跟着一个看不见的按键框（U+20E3）"),
        (pledging("好👍\U0001f3fb"), "“👍”后面跟着一个看不见的肤色记号（U+1F3FB）"),
        (pledging("葛\U000e0100工"), "“葛”后面跟着一个看不见的异体字记号（U+E0100）"),
        (changed(MEMBERS, "name: 王伟", "name: 王𰻝"), "“𰻝”（U+30EDD）在宋体"),
        (changed("data/branch.yml", "mine: 朱仙庄矿", "mine: 朱仙庄😀矿"), "“😀”（U+1F600）在"),
        (changed(CASE, "测量支架落差。", "测量支架落差⛏\ufe0f。"), "“⛏”后面跟着"),
        (changed(MEMBERS, "name: 党员甲", "name: 党员𰻝"), "“𰻝”（U+30EDD）在宋体"),
    ],
)
def test_check_says_what_build_will_refuse(
    files: dict[str, str | bytes], found: str, tmp_path: Path
) -> None:
    root = write_tree(tmp_path, files)
    said = report(check_site(root, TODAY)[1])
    assert found in said
    assert said == report(refused(root))


@pytest.mark.slow
def test_a_character_that_only_a_pack_would_hold_is_told_where_it_stands(tmp_path: Path) -> None:
    write_up = (
        "---\ntitle: 过断层\ntype: write-up\ncase: fault-crossing\nsummary: 一句话。\n"
        "audience: public\nsource: people\nas_of: 2019-08\nreview:\n  basis: published\n---\n\n"
        "## 背景\n\n坡度大😀。\n"
    )
    root = settle(write_tree(tmp_path, {**MINIMAL, "content/write-ups/fault.md": write_up}))
    said = report(check_site(root, TODAY)[1])
    assert said.startswith("content/write-ups/fault.md:16:4 错误 文章“过断层” body（正文）：“😀”")
    assert "材料包的 PDF 里会是空白" in said
    assert said == report(refused(root))


@pytest.mark.slow
@pytest.mark.parametrize(
    "files",
    [
        changed("data/messages.yml", "多云，升井", "多云😀，升井♥\ufe0f"),
        changed("content/about.md", "综采二区党支部是", "综采二区党支部😀是"),
        changed(MEMBERS, "    name: 王伟\n", "    name: 王伟\n    remark: 很好😀\n"),
    ],
)
def test_what_no_poster_and_no_pack_holds_may_be_any_character(
    files: dict[str, str | bytes], tmp_path: Path
) -> None:
    root = write_tree(tmp_path, files)
    assert report(check_site(root, TODAY)[1]) == ""
    assert refused(root) == []


def test_other_faults_do_not_hide_it(tmp_path: Path) -> None:
    files = pledging("我爱矿山😀")
    files["data/honours.yml"] = str(files["data/honours.yml"]).replace("2016\n", "二〇一六\n")
    said = report(check_site(write_tree(tmp_path, files), TODAY)[1])
    assert "年份“二〇一六”认不出来" in said
    assert "“😀”（U+1F600）" in said


def test_an_emoji_put_together_of_several_is_called_that(tmp_path: Path) -> None:
    said = report(check_site(write_tree(tmp_path, pledging("全家👨\u200d👩")), TODAY)[1])
    assert "“👨”后面夹着零宽连接符（U+200D）" in said
    assert "用几个符号拼成的一个表情" in said


def test_an_invisible_mark_in_a_name_is_not_called_a_sign(tmp_path: Path) -> None:
    files = changed(MEMBERS, "name: 王伟", "name: 葛\U000e0100伟")
    said = report(check_site(write_tree(tmp_path, files), TODAY)[1])
    assert "“葛”后面跟着一个看不见的异体字记号（U+E0100）" in said
    assert "不该出现的符号" not in said


def test_doctor_counts_it(tmp_path: Path) -> None:
    root = write_tree(tmp_path, pledging("我爱矿山😀"))
    (found,) = (row for row in examine(root, this_machine()) if row.check == "台账")
    assert found.found == "1 个错误、0 条提醒"


def test_a_check_without_odd_characters_loads_nothing_that_draws(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    code = (
        "import sys\nfrom boards.cli.check import check\n"
        f"try:\n    check.main(['--folder', {str(root)!r}])\nexcept SystemExit:\n    pass\n"
        "print(sorted(n for n in sys.modules if n in {'boards.views', 'markdown', 'docx', 'lxml'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_folder_that_cannot_be_written_is_checked_all_the_same(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    (root / ".boards").write_text("", encoding="utf-8")
    assert report(check_site(root, TODAY)[1]) == ""
