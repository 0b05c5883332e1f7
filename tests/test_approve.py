"""Approval: who may take which step, what is recorded where, and what is signed."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from boards.amend.approval import (
    CannotApprove,
    Steps,
    awaiting,
    chosen,
    leaning_on,
    missing_steps,
    recorded,
)
from boards.board.board import Board
from boards.cli import main
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.errors import BoardError
from boards.papers import approval as papers
from boards.papers.approval import draft, to_pdf
from boards.papers.views.approval import ApprovalSheet, approval_sheet
from boards.records.schema import leaves
from boards.typst.fonts import font_set
from helpers import (
    AGREED,
    MINIMAL,
    TODAY,
    TYPED,
    changed,
    check_tree,
    read_board,
    report,
    settled,
    write_tree,
)
from sites import change, tree

NAMES = ("--checked-by", "李宣传", "--approved-by", "王书记", "--date", "2019-07-08")
STEPS = Steps("张内勤", "李宣传", "王书记", datetime.date(2019, 7, 8))

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过读取 PDF 文字的测试"
)


def waiting(tmp_path: Path, *, case: str = "") -> Path:
    """The small site, member, crew, case and quarter awaiting approval; `case` is its review."""
    files = dict(TYPED)
    approved = "    review:\n      proposed_by: 张内勤\n      checked_by: 李宣传\n"
    approved += "      approved_by: 支部书记\n      approved_on: 2019-07-05\n"
    for name in ("data/members.yml", "data/coverage.yml", "data/zones.yml"):
        text = str(files[name])
        assert text.count(approved) == 1
        kept = "    review:  # 还没上会\n      proposed_by: 赵内勤  # 起草\n"
        files[name] = text.replace(approved, kept if "crews" in text else "")
    area = "    valid_from: 2019-01-01\n"
    files["data/zones.yml"] = str(files["data/zones.yml"]).replace(
        area, f"{area}    audience: branch\n"
    )
    text = str(files["data/cases/fault-crossing.yml"])
    text = text.replace("source: people\n", "source: ledger\n").replace("zhu-jun-wen", "wang-wei")
    files["data/cases/fault-crossing.yml"] = text.split("review:")[0] + case
    quarter = str(files["data/quarters/2019-Q1.yml"])
    files["data/quarters/2019-Q1.yml"] = quarter.split("review:", maxsplit=1)[0]
    return write_tree(tmp_path, {**settled(files), ".boards/fonts.json": _known_fonts()})


@functools.cache
def _known_fonts() -> bytes:
    """What a site remembers of the typefaces: read once, not for every test."""
    with tempfile.TemporaryDirectory() as folder:
        font_set(Path(folder) / "data", None)
        return (Path(folder) / ".boards" / "fonts.json").read_bytes()


def approve(root: Path, *arguments: str, code: int = 0, typed: str = "") -> str:
    """Run the command; both streams together."""
    done: Result = CliRunner().invoke(
        main, ["approve", "--folder", str(root), *arguments], input=typed
    )
    assert done.exit_code == code, done.output
    assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit)
    return done.output


def records_of(root: Path) -> dict[str, bytes]:
    """The site's own files, without what the command writes beside them."""
    return {
        name: content
        for name, content in tree(root).items()
        if name.startswith(("data/", "content/"))
    }


def sheets(root: Path) -> list[str]:
    return sorted(file.name for file in (root / "approvals").glob("*.pdf"))


def sheet_of(board: Board, *names: str) -> ApprovalSheet:
    return approval_sheet(board, chosen(board, names, again=True), STEPS, TODAY)


def words_of(sheet: ApprovalSheet) -> str:
    return "\n".join(
        f"{row.label}={''.join(block.text for block in row.blocks)}"
        for item in sheet.items
        for row in item.rows
    )


def test_approval_is_recorded_where_it_belongs_and_nowhere_else(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    before = records_of(root)
    said = approve(root, "mining-1", *NAMES)
    assert "已登记 班组“采煤一班”" in said
    now = records_of(root)
    old = before.pop("data/coverage.yml").decode()
    new = now.pop("data/coverage.yml").decode()
    assert json.loads(now.pop("data/approved.jsonl").splitlines()[-1])["table"]  # what was approved
    assert now == before
    assert re.sub("      approved_content: [0-9a-f]{16}\n", "", new) == old.replace(
        "      proposed_by: 赵内勤  # 起草\n",
        "      proposed_by: 赵内勤  # 起草\n      checked_by: 李宣传\n"
        "      approved_by: 王书记\n      approved_on: 2019-07-08\n",
    )
    assert (root / "backups/2026-11-23-approve/data/coverage.yml").read_bytes().decode() == old
    board = read_board(root)
    crew = board.crews["mining-1"]
    assert f"approved_content: {board.seal(crew)}" in new
    assert board.is_approved(crew)
    assert sheets(root) == ["2019-07-08-mining-1.pdf"]


def test_what_was_approved_once_stays_approved_by_later_versions(site: Path) -> None:
    board = read_board(site)
    assert board.seal(board.quarters["2019-Q1"]) == "0749b244d86e5586"


def test_what_is_approved_is_published(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    edition = Edition(EditionName.PUBLISH, TODAY)
    assert "fault-crossing" not in prepare(read_board(root), edition)[0].cases
    approve(root, "fault-crossing", "--together", "--proposed-by", "张内勤", *NAMES)
    assert report(check_tree(root)) == ""
    assert "fault-crossing" in prepare(read_board(root), edition)[0].cases


def test_names_that_are_not_given_are_asked_for(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    said = approve(root, "wang-wei", "mining-1", typed="张内勤\n李宣传\n王书记\n")
    assert "还没有写提出人：“王伟”\n提出人: " in said
    board = read_board(root)
    member, crew = board.members["wang-wei"].review, board.crews["mining-1"].review
    assert member and crew
    assert (member.proposed_by, crew.proposed_by) == ("张内勤", "赵内勤")
    assert (member.checked_by, member.approved_by) == ("李宣传", "王书记")
    assert member.approved_on == TODAY
    assert sheets(root) == ["2026-11-23-2.pdf"]


def test_a_name_of_spaces_is_asked_for_again(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    said = approve(root, "wang-wei", typed=" \n张内勤\n　\n李宣传\n \n王书记\n")
    assert "王书记 审批" in said
    review = read_board(root).members["wang-wei"].review
    assert review and (review.proposed_by, review.checked_by) == ("张内勤", "李宣传")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wang-we"], "没有编号或名称是“wang-we”的记录。是不是 wang-wei（王伟）？"),
        (["王炜"], "没有编号或名称是“王炜”的记录。看有哪些：boards approve --list"),
        (["荣誉"], "荣誉没有等待审批的。"),
        (["memberz/wang-wei"], "没有“memberz”这一类。是不是 members/wang-wei？"),
        (
            ["cases/wang-wei"],
            "没有编号或名称是“cases/wang-wei”的记录。看有哪些：boards approve --list",
        ),
        (["sample-jia"], "人员“党员甲”是示例，内容是虚构的，不能审批；换成真实内容，删掉 sample"),
        (["zhu-jun-wen"], "人员“祝君文”事实已公开发表，内容也登记过，不用审批；确要走审批"),
        (["face-upper"], "责任范围“工作面上段”公开范围是支部内部（branch），不对外公开"),
    ],
)
def test_what_cannot_be_approved_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    root = waiting(tmp_path)
    before = tree(root)
    names = ("--proposed-by", "张内勤", *NAMES)
    answer = approve(root, "mining-1", *arguments, *names, code=1)
    assert said in answer
    assert "什么也没有登记。" in answer
    assert tree(root) == before


def test_everything_wrong_is_said_in_one_pass(tmp_path: Path) -> None:
    with pytest.raises(CannotApprove) as caught:
        chosen(read_board(waiting(tmp_path)), ["x", "sample-jia", "zhu-jun-wen"], again=False)
    assert len(caught.value.messages) == 3


def test_an_id_of_two_records_wants_its_table(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    (root / "data/cases/fault-crossing.yml").rename(root / "data/cases/mining-1.yml")
    said = approve(root, "mining-1", *NAMES, code=1)
    assert "编号“mining-1”有几条：写成 crews/mining-1（班组）、cases/mining-1（案例）" in said
    approve(root, "crews/mining-1", *NAMES)
    said = approve(root, "mining-1", *NAMES, "--proposed-by", "张内勤", "-n")
    assert "案例“Ⅱ830工作面过断层”" in said, "the other is approved"
    assert "cases/mining-1    案例" in approve(root, "--list")


@pytest.mark.parametrize("checker", ["王书记", "王 书记", "王书记 "])
def test_nobody_checks_what_they_approve(tmp_path: Path, checker: str) -> None:
    root = waiting(tmp_path)
    before = tree(root)
    said = approve(root, "mining-1", "--checked-by", checker, "--approved-by", "王书记", code=1)
    assert "条例把审核和审批分成两步，由两个人分别负责" in said
    assert tree(root) == before


def test_an_approval_cannot_lie_in_the_future(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    said = approve(root, "mining-1", *NAMES[:4], "--date", "2026-11-24", code=1)
    assert "审批日期 2026-11-24 还没有到" in said


CHANGES = [
    ("summary: 每班测量支架落差。", "summary: 返工减少九成。", True),
    ("- 量得出来，才管得住", "- 量得出来，就管得住", True),
    ("audience: public", "audience: sister-units", True),
    ("headline: 每班一量", "headline: 每班一量\nremark: 原件在档案柜\norder: 3", False),
    ("headline: 每班一量", "headline:   每班一量  # 定稿", False),
]


@pytest.mark.parametrize(("old", "new", "lapses"), CHANGES)
def test_an_approval_holds_for_the_words_it_was_given_for(
    tmp_path: Path, old: str, new: str, lapses: bool
) -> None:
    root = waiting(tmp_path)
    approve(root, "cases/fault-crossing", *NAMES, "--proposed-by", "张内勤", "--together")
    file = root / "data" / "cases" / "fault-crossing.yml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    board = read_board(root)
    told = "提醒 案例“Ⅱ830工作面过断层” review.approved_content" in report(check_tree(root))
    assert told is lapses
    listed = approve(root, "--list")
    assert ("缺：重新审批（审批以后内容改过）" in listed) is lapses
    published, _ = prepare(board, Edition(EditionName.PUBLISH, TODAY))
    case = published.cases["fault-crossing"]
    assert (case.summary, case.lessons) == ("每班测量支架落差。", ("量得出来，才管得住",))
    (root / "data/approved.jsonl").unlink()
    published, _ = prepare(read_board(root), Edition(EditionName.PUBLISH, TODAY))
    assert ("fault-crossing" in published.cases) is not lapses
    shown, _ = prepare(board, Edition(EditionName.PREVIEW, TODAY))
    assert shown.is_approved(shown.cases["fault-crossing"]) is not lapses
    if lapses:
        approve(root, "fault-crossing", *NAMES)
        assert "fault-crossing" not in [row.id for row in awaiting(read_board(root))]


def test_steps_typed_by_hand_await_their_digest_and_are_asked_for_no_more(tmp_path: Path) -> None:
    root = write_tree(tmp_path, TYPED)
    told = report(check_tree(root))
    assert (
        "data/coverage.yml:12:5 提醒 班组“采煤一班” review.approved_content（审批·审批内容指纹）："
        "写了审批，却没有登记审批的是什么内容，发布版会略去它\n"
        "    改法：核对以后登记：boards approve mining-1；从旧版升上来的，先运行 boards upgrade\n"
    ) in told
    assert "（这个文件里共 2 条）" in told, "once for every file"
    board = read_board(root)
    with pytest.raises(BoardError, match="待审，写了审批却没有登记内容"):
        prepare(board, Edition(EditionName.PUBLISH, TODAY))
    listed = approve(root, "--list")
    assert (
        "（data/coverage.yml:2）缺：登记（写了审批，没有用 boards approve 登记是什么内容）"
        in listed
    )
    said = approve(root, "mining-1", "wang-wei", "er-qu")
    assert "已登记 班组“采煤一班”：张内勤 提出，李宣传 审核，支部书记 审批，2019-07-05" in said
    assert "已登记 支部“综采二区党支部”：事实已公开发表，登记了内容" in said
    assert "审批单" not in said, "it was signed when the steps were taken"
    board = read_board(root)
    for record in (board.crews["mining-1"], board.members["wang-wei"], board.branch):
        assert board.is_approved(record)
    crew = board.crews["mining-1"].review
    assert crew and (crew.checked_by, str(crew.approved_on)) == ("李宣传", "2019-07-05")


def test_a_published_fact_that_was_reworded_is_looked_over_again(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    change(root / "data/honours.yml", "title: 五星红旗党支部", "title: 六星红旗党支部")
    board = read_board(root)
    assert [row.id for row in awaiting(board)] == ["five-star-2016"]
    assert "five-star-2016" not in prepare(board, Edition(EditionName.PUBLISH, TODAY))[0].honours
    said = approve(root, "five-star-2016")
    assert "已登记 荣誉“六星红旗党支部”：事实已公开发表，登记了内容" in said
    board = read_board(root)
    assert awaiting(board) == []
    review = board.honours["five-star-2016"].review
    assert review and review.basis == "published"


def test_who_leaves_or_takes_back_consent_needs_no_new_approval(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    approve(root, "wang-wei", *NAMES, "--proposed-by", "张内勤")
    file = root / "data" / "members.yml"
    change(
        file, "    name: 王伟\n", "    name: 王伟\n    contact: 内线 12\n    left_on: 2026-11-01\n"
    )
    change(file, AGREED, "    consent:\n      date: 2026-11-01\n")
    board = read_board(root)
    assert board.members["wang-wei"].left_on
    assert board.is_approved(board.members["wang-wei"])


def test_a_file_that_names_one_person_for_two_steps_is_refused(tmp_path: Path) -> None:
    review = "review:\n  proposed_by: 张内勤\n  checked_by: 王 书记\n  approved_by: 王书记\n"
    root = waiting(tmp_path, case=f"{review}  approved_on: 2019-07-08\n")
    said = report(check_tree(root))
    assert (
        "错误 案例“Ⅱ830工作面过断层” review.checked_by（审批·审核人）：审核人和审批人都是" in said
    )


def test_what_is_approved_is_approved_again_only_if_asked(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    approve(root, "mining-1", *NAMES)
    said = approve(root, "mining-1", *NAMES, code=1)
    assert "已经审批过（2019-07-08，王书记）；内容改了要重新审批，加 --again" in said
    approve(root, "mining-1", *NAMES[:4], "--date", "2019-08-01", "--again")
    review = read_board(root).crews["mining-1"].review
    assert review and str(review.approved_on) == "2019-08-01"
    assert sheets(root) == ["2019-07-08-mining-1.pdf", "2019-08-01-mining-1.pdf"]
    approve(root, "mining-1", *NAMES[:4], "--date", "2019-08-01", "--again")
    assert "2019-08-01-mining-1-2.pdf" in sheets(root)


def test_what_an_approved_record_leans_on_is_named_or_goes_with_it(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    board = read_board(root)
    assert [row.id for row in leaning_on(board, [board.cases["fault-crossing"]])] == ["wang-wei"]
    names = ("--proposed-by", "张内勤", *NAMES)
    said = approve(root, "fault-crossing", *names)
    assert "引用了还在待审的 1 条：wang-wei（人员“王伟”）" in said
    assert "加 --together" in said
    assert not read_board(root).members["wang-wei"].review
    approve(root, "2019-Q1", "--together", *names)
    assert read_board(root).members["wang-wei"].review


@pytest.mark.parametrize(
    ("words", "done"),
    [
        (["王伟", "采煤一班"], {"wang-wei", "mining-1"}),
        (["王 伟", "人员/王伟", "人员“王伟”", "members/王伟"], {"wang-wei"}),
        (["2019年一季度", "Ⅱ830工作面过断层", "--together"],
         {"2019-Q1", "fault-crossing", "wang-wei"}),
        (["季度", "人员"], {"2019-Q1", "wang-wei"}),
        (["班组", "采煤一班"], {"mining-1"}),
        (["--all"], {"2019-Q1", "fault-crossing", "wang-wei", "mining-1"}),
    ],
)  # fmt: skip
def test_chinese_names_titles_and_kinds_are_taken(
    tmp_path: Path, words: list[str], done: set[str]
) -> None:
    root = waiting(tmp_path)
    before = {row.id for row in awaiting(read_board(root))}
    approve(root, *words, *NAMES, "--proposed-by", "张内勤")
    assert before - {row.id for row in awaiting(read_board(root))} == done
    assert len(sheets(root)) == 1, "one sheet for many"


@pytest.mark.parametrize(
    ("typed", "done"),
    [
        ("1 3", (0, 2)), ("2-4", (1, 2, 3)), ("２－４", (1, 2, 3)), ("1、4", (0, 3)),
        ("人员 班组", None), ("全部", (0, 1, 2, 3)), ("", ()), ("9\n1", (0,)),
    ],
)  # fmt: skip
def test_records_are_picked_from_the_list(
    tmp_path: Path, typed: str, done: tuple[int, ...] | None
) -> None:
    root = waiting(tmp_path)
    listed = [row.id for row in awaiting(read_board(root))]
    said = approve(root, *NAMES, "--proposed-by", "张内勤", typed=f"{typed}\nn\n")
    assert f"1  {listed[0]}    " in said
    wanted = {"wang-wei", "mining-1"} if done is None else {listed[number] for number in done}
    assert set(listed) - {row.id for row in awaiting(read_board(root))} == wanted
    assert ("没有编号或名称是“9”的记录" in said) is typed.startswith("9")


def test_a_title_of_several_is_told_and_its_holder_tells_them_apart(tmp_path: Path) -> None:
    files = changed("data/honours.yml", "title: 五星红旗党支部", "title: 集团公司劳模")
    board = read_board(write_tree(tmp_path, files))
    with pytest.raises(CannotApprove, match="名称“集团公司劳模”有几条：写成 honours/"):
        chosen(board, ["集团公司劳模"], again=True)
    (meant,) = chosen(board, ["祝君文集团公司劳模"], again=True)
    assert meant.id == "model-worker"


def test_what_is_leaned_on_goes_along_if_somebody_says_so(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    said = approve(root, "Ⅱ830工作面过断层", *NAMES, "--proposed-by", "张内勤", typed="\n")
    assert "一起审批吗？不一起，发布版会略去引用它们的地方" in said
    assert read_board(root).members["wang-wei"].review


def test_a_reader_that_has_gone_is_not_told_that_nothing_was_recorded(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "boards", "approve", "wang-wei", "--folder", str(root), *NAMES]
    done = subprocess.run(
        [*command, "--proposed-by", "张内勤"],
        stdout=writer, stderr=subprocess.PIPE, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.close(writer)
    assert done.stderr == "后面的话没有说完：接收输出的程序先结束了；已经写好的文件都算数。\n"
    board = read_board(root)
    assert board.is_approved(board.members["wang-wei"])


def test_the_list_says_what_awaits_which_step(tmp_path: Path) -> None:
    said = approve(waiting(tmp_path), "--list")
    assert "mining-1    班组“采煤一班”（data/coverage.yml:2）缺：审核、审批、审批日期\n" in said
    assert "wang-wei    人员“王伟”（data/members.yml:12）缺：提出、审核、审批、审批日期\n" in said
    assert "sample-jia" not in said
    assert "brand" not in said
    assert "共 4 条等待审批。另有示例 3 条，不能审批。" in said


def test_a_source_that_is_not_published_does_not_stand_in(tmp_path: Path) -> None:
    root = waiting(tmp_path, case="review:\n  basis: published\n")
    board = read_board(root)
    case = board.cases["fault-crossing"]
    assert case in awaiting(board)
    assert missing_steps(board, case) == ["出处不是公开发表的（缺发表单位、日期或网址）"]


def test_what_is_known_of_a_board_is_not_said_of_one_made_of_it(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    approve(root, "wang-wei", *NAMES, "--proposed-by", "张内勤")
    board = read_board(root)
    approved = board.members["wang-wei"]
    assert board.is_approved(approved)
    moved = approved.model_copy(update={"job": "机电区队长"})
    assert not board.is_approved(moved), "another record under the same id"
    later = board.with_tables({"members": {**board.members, "wang-wei": moved}})
    assert not later.is_approved(moved)
    assert not later.with_tables({"sources": {}}).is_approved(moved)
    assert board.is_approved(approved)


def test_dry_says_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    before = tree(root)
    said = approve(root, "mining-1", *NAMES, "-n")
    assert f"会改 {root / 'data' / 'coverage.yml'}" in said
    assert "赵内勤" not in said.split("会改")[0]
    assert "没有写入" in said
    assert tree(root) == before


def test_a_sheet_for_the_meeting_records_nothing(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    before = records_of(root)
    for _ in range(2):
        approve(root, "mining-1", "--sheet-only")
    assert records_of(root) == before
    assert sheets(root) == ["2026-11-23-mining-1-draft.pdf"]


def test_records_too_many_for_one_sheet_go_to_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "PER_SHEET", 1)
    root = waiting(tmp_path)
    said = approve(root, "mining-1", "2019-Q1", "--sheet-only")
    names = [f"2026-11-23-2-draft-sheet-0{number}.pdf" for number in (1, 2)]
    assert sheets(root) == names
    assert f"{root / 'approvals' / names[0]} 到 {names[1]}，共 2 份，每份都要签字" in said
    board = read_board(root)
    sheet = approval_sheet(board, [board.crews["mining-1"]], STEPS, TODAY, "第 1 份，共 2 份")
    assert ("公开事项", "1 条（第 1 份，共 2 份）") in sheet.facts
    said = approve(root, "mining-1", "wang-wei", *NAMES, "--proposed-by", "张内勤")
    assert "2019-07-08-2-sheet-02.pdf" in sheets(root)
    assert "共 2 份，每份都要签字，打印出来签字存档" in said


MANY = r"""
import re, sys, typst
from pathlib import Path
from boards.typst.engine import forget
peaks, engine = [], typst.Compiler()
for number in range(4):
    engine.compile(f"{number} #lorem(30000)".encode(), format="pdf")
    if sys.argv[1:]:
        forget()
    status = Path("/proc/self/status").read_text()
    peaks.append(int(re.search(r"VmHWM:\s*(\d+)", status)[1]))
print(peaks[-1] - peaks[1])
"""
"""Sets four long documents; says how much more memory the last two took."""


@pytest.mark.skipif(sys.platform != "linux", reason="只在 Linux 上量内存")
def test_memory_does_not_grow_with_the_number_of_sheets() -> None:
    kept, let_go = (
        int(subprocess.run([sys.executable, "-c", MANY, *forgetting], stdout=-1, check=True).stdout)
        for forgetting in ((), ("forgetting",))
    )
    assert let_go < kept / 10


def test_a_ledger_with_errors_is_mended_first(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    file = root / "data/honours.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("2016", "二〇一六", 1), "utf-8")
    assert "先用 boards check 查看并改正" in approve(root, "mining-1", *NAMES, code=1)


def test_names_the_reader_would_refuse_are_refused_before_writing(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    before = tree(root)
    said = approve(root, "mining-1", "--checked-by", "李\u200b宣传", *NAMES[2:], code=1)
    assert "夹着零宽空格" in said
    assert tree(root) == before


def test_a_phone_as_a_name_is_refused_before_writing(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    before = tree(root)
    said = approve(root, "mining-1", "--checked-by", "李宣传 13800138000", *NAMES[2:], code=1)
    assert "review.checked_by（审批·审核人）：出现了手机号" in said
    assert tree(root) == before


def test_what_two_records_lean_on_is_named_once(tmp_path: Path) -> None:
    board = read_board(waiting(tmp_path))
    both = [board.cases["fault-crossing"], board.quarters["2019-Q1"]]
    assert [row.id for row in leaning_on(board, both)] == ["wang-wei"]


def test_steps_that_all_records_have_taken_stand_on_their_sheet(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    crew, quarter = board.crews["mining-1"], board.quarters["2019-Q1"]
    taken = Steps("张内勤", "李宣传", "支部书记", datetime.date(2019, 7, 5))
    assert recorded([crew], Steps()) == taken
    assert recorded([crew], STEPS) == dataclasses.replace(STEPS, proposed_by="张内勤")
    review = quarter.review
    assert review
    other = review.model_copy(update={"checked_by": "赵委员", "approved_on": TODAY})
    assert recorded([crew, quarter.model_copy(update={"review": other})], Steps()) == Steps(
        "张内勤", "", "支部书记"
    )


def test_a_folder_that_is_not_ours_stops_before_anything_is_recorded(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    write_tree(root, {"approvals/扫描件.jpg": b"x"})
    before = records_of(root)
    said = approve(root, "mining-1", *NAMES, code=1)
    assert "approvals 里有不是本程序生成的文件" in said
    assert records_of(root) == before


def test_the_sheet_has_every_word_that_is_published_and_none_that_is_not(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    file = root / "data/members.yml"
    text = file.read_text(encoding="utf-8")
    old = "    groups:\n      - quality-group\n"
    new = old + (
        "    contact: 电话一二三\n    remark: 只给支部看\n    pledge: 把关到底\n"
        "    photo:\n      file: media/wang.jpg\n      alt: 王伟在井口\n"
    )
    file.write_text(text.replace(old, new), encoding="utf-8")
    board = read_board(root)
    said = words_of(sheet_of(board, "wang-wei", "fault-crossing", "2019-Q1"))
    assert "电话一二三" not in said
    assert "只给支部看" not in said
    for words in (
        "承诺=把关到底",
        "责任区岗位 1=责任区：质量责任区；岗位：把关者",
        "小组=质量包保小组",
        "文件：media/wang.jpg",
        "做法 1=标题：每班测量；内容：精度要求到毫米。",
        "启示=量得出来，才管得住",
        "人员=王伟",
        "工作面=Ⅱ830",
        "出处=支部台账",
        "日期：2019年4月12日",
        "数据截至=2019年8月",
    ):
        assert words in said, words


def with_photo(root: Path, colour: str = "brown") -> Path:
    """Wang Wei with a photo of one colour; gives the photo."""
    file = root / "data/members.yml"
    text = file.read_text(encoding="utf-8")
    photo = "    photo:\n      file: media/wang.jpg\n      alt: 王伟在井口\n"
    old = "    groups:\n      - quality-group\n"
    file.write_text(text.replace(old, old + photo), encoding="utf-8")
    picture = root / "data/media/wang.jpg"
    picture.parent.mkdir()
    Image.new("RGB", (60, 80), colour).save(picture)
    return picture


def test_a_photo_replaced_under_its_own_name_awaits_approval_again(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    picture = with_photo(root)
    approve(root, "wang-wei", *NAMES, "--proposed-by", "张内勤")
    board = read_board(root)
    assert board.is_approved(board.members["wang-wei"])
    picture.touch()
    assert board.is_approved(board.members["wang-wei"]), "the same picture"
    moved = picture.rename(picture.with_name("han.jpg"))
    members = root / "data/members.yml"
    change(members, "file: media/wang.jpg", "file: media/han.jpg")
    board = read_board(root)
    assert board.is_approved(board.members["wang-wei"]), "the same picture in another place"
    Image.new("RGB", (60, 80), "navy").save(moved)
    board = read_board(root)
    assert not board.is_approved(board.members["wang-wei"])
    assert "提醒 人员“王伟” review.approved_content" in report(check_tree(root))
    assert prepare(board, Edition(EditionName.PUBLISH, TODAY))[0].members["wang-wei"].photo is None


@needs_poppler
def test_the_sheet_shows_the_picture_and_not_where_it_lies(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    with_photo(root)
    board = read_board(root)
    pdf = to_pdf(board, sheet_of(board, "wang-wei"), TODAY)
    (page,) = pages(pdf)
    assert "王伟在井口" in page
    assert "wang.jpg" not in page
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (image,) = (
            i
            for i in opened.objects
            if isinstance(i, pikepdf.Stream) and i.get("/Subtype") == "/Image"
        )
        colour = pikepdf.PdfImage(image).as_pil_image().convert("RGB").getpixel((5, 5))
    brown = (165, 42, 42)
    assert all(abs(a - b) < 8 for a, b in zip(colour, brown, strict=True))


def test_no_text_of_any_record_is_missing_from_its_sheet() -> None:
    from boards.board.load import load  # noqa: PLC0415
    from sites import ROOT  # noqa: PLC0415

    board = load(ROOT / "data", ROOT / "content")[0]
    guards = {"audience", "sample", "review", "remark", "id", "order", "source"}
    for record in board.records():
        (item,) = approval_sheet(board, [record], Steps(), TODAY).items
        said = re.sub(r"[\s*#|-]", "", item.title + words_of(_alone(item)))
        for leaf in leaves(record):
            private = str(leaf.audience) == "branch" or set(leaf.path) & guards
            plain = type(leaf.value) is str and not leaf.reference and leaf.path[-1] != "role"
            if plain and not private:
                text = re.sub(r"[\s*#|-]|^\d+\.", "", str(leaf.value), flags=re.MULTILINE)
                assert text in said, (record.id, leaf.path)


def _alone(item: object) -> ApprovalSheet:
    return ApprovalSheet("", "", (), (item,), ())  # type: ignore[arg-type]


def pages(pdf: bytes) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return [re.sub(r"[\s\u200b]", "", page) for page in done.stdout.decode("utf-8").split("\f")][
        :-1
    ]


@needs_poppler
def test_the_sheet_on_paper(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    approve(root, "mining-1", *NAMES)
    (page,) = pages((root / "approvals/2019-07-08-mining-1.pdf").read_bytes())
    for words in (
        "朱仙庄矿综采二区党支部", "党务公开审批单", "公开范围矿内网", "审批日期2019年7月8日",
        "采煤一班", "data/coverage.yml第2行", "包保分工1包保党员：王伟；包保人数：12", "提出",
        "赵内勤", "审核", "李宣传", "审批", "王书记", "实施", "签字", "第1页共1页",
    ):  # fmt: skip
        assert words in page, words


@needs_poppler
def test_before_the_meeting_the_lines_are_empty(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    board = read_board(root)
    (file,) = draft(board, root, [board.crews["mining-1"]], Steps(), TODAY)
    (page,) = pages(file.read_bytes())
    assert "待审批" in page
    assert "赵内勤" in page
    assert "王书记" not in page


@needs_poppler
def test_long_text_flows_on_and_is_signed_once(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    file = root / "data/cases/fault-crossing.yml"
    story = "\n\n".join(f"  第{n}段。{'每班测量支架落差。' * 60}" for n in range(1, 31))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("background: 工作面倾角大。", f"background: |\n{story}"), "utf-8")
    board = read_board(root)
    pdf = to_pdf(board, sheet_of(board, "fault-crossing"), TODAY)
    found = pages(pdf)
    assert len(found) > 6
    whole = "".join(found)
    assert all(f"第{n}段。" in whole for n in range(1, 31))
    assert sum("审批记录" in page for page in found) == 1
    assert "审批记录" in found[-1] and "实施" in found[-1]
    assert f"第{len(found)}页共{len(found)}页" in found[-1]


@needs_poppler
def test_a_character_without_glyph_is_named_not_dropped(tmp_path: Path) -> None:
    root = waiting(tmp_path)
    file = root / "data/coverage.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("采煤一班", "采煤一班😀"), "utf-8")
    board = read_board(root)
    (page,) = pages(to_pdf(board, sheet_of(board, "mining-1"), TODAY))
    assert "采煤一班〓（U+1F600）" in page


def test_the_same_sheet_is_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        board = read_board(waiting(tmp_path / name))
        made.append(to_pdf(board, sheet_of(board, "mining-1"), TODAY))
    assert made[0] == made[1]
