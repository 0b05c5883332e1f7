"""Reading a folder: what is read, what is left out, and what is said of each file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from boards.board.board import MODELS
from boards.board.folder import FILES, FOLDERS
from boards.board.load import load
from boards.errors import errors_in
from helpers import LEFT, MINIMAL, changed, check_tree, read_board, report, without, write_tree


def records(root: Path) -> dict[str, object]:
    board = read_board(root)
    return {name: board.table(name) for name in MODELS}


def test_every_table_of_the_small_site_is_read(site: Path) -> None:
    empty = {name for name, rows in records(site).items() if not rows}
    assert empty == {"received"}, "what comes from other units is tested in test_exchange.py"


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_make_no_difference(tmp_path: Path, site: Path, ends: str) -> None:
    other = write_tree(
        tmp_path / "other",
        {n: t.replace("\n", ends) if isinstance(t, str) else t for n, t in MINIMAL.items()},
    )
    assert check_tree(other) == []
    assert records(other) == records(site)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_make_no_difference_to_what_is_read(
    tmp_path: Path, site: Path, encoding: str
) -> None:
    files = {
        name: text.encode(encoding) if isinstance(text, str) else text
        for name, text in MINIMAL.items()
    }
    other = write_tree(tmp_path / "other", files)
    assert errors_in(check_tree(other)) == []
    assert records(other) == records(site)


@pytest.mark.parametrize("name", ["㛃", "𠅤", "䶮", "𰻝"])
def test_rare_characters_in_a_name(tmp_path: Path, name: str) -> None:
    root = write_tree(tmp_path, changed("data/members.yml", "name: 王伟", f"name: 王{name}"))
    assert check_tree(root) == []
    assert read_board(root).members["wang-wei"].name == f"王{name}"


@pytest.mark.parametrize("typed", ["8103", "010", "12:30", "NO", "2018-09"])
def test_what_looks_like_another_type_stays_text(tmp_path: Path, typed: str) -> None:
    files = changed("data/cases/fault-crossing.yml", "headline: 每班一量", f"headline: {typed}")
    root = write_tree(tmp_path, files)
    assert check_tree(root) == []
    assert read_board(root).cases["fault-crossing"].headline == typed


def test_no_folder_at_all_is_one_message(tmp_path: Path) -> None:
    assert report(check_tree(tmp_path)) == (
        "data:1:1 错误 没有找到数据文件夹 data\n"
        "    改法：在网站文件夹里运行命令（里面有 data、content 和 mkdocs.yml）\n"
    )


@pytest.mark.parametrize("name", ["branch.yml", "zones.yml"])
def test_a_file_no_site_can_do_without_is_missed_once(tmp_path: Path, name: str) -> None:
    problems = check_tree(write_tree(tmp_path, without(f"data/{name}")))
    assert report(problems) == f"data/{name}:1:1 错误 缺少这个文件\n    改法：补上 data/{name}\n"


@pytest.mark.parametrize("name", ["honours", "outcomes", "coverage", "messages"])
def test_other_files_need_not_be_there(tmp_path: Path, name: str) -> None:
    assert check_tree(write_tree(tmp_path, without(f"data/{name}.yml"))) == []


def test_folders_need_not_be_there(tmp_path: Path) -> None:
    files = {n: t for n, t in MINIMAL.items() if n.split("/")[1:2] != ["cases"]}
    assert check_tree(write_tree(tmp_path, files)) == []


@pytest.mark.parametrize("wrong", ["member.yml", "members.yaml", "members.yml.txt", "Members.yml"])
def test_a_misnamed_file_is_the_only_complaint(tmp_path: Path, wrong: str) -> None:
    files = {**without("data/members.yml"), f"data/{wrong}": MINIMAL["data/members.yml"]}
    assert report(check_tree(write_tree(tmp_path, files))) == (
        f"data/{wrong}:1:1 错误 不认识“{wrong}”，没有读取\n    改法：改名为 members.yml\n"
    )


@pytest.mark.parametrize(
    "name",
    ["data/Thumbs.db", "data/desktop.ini", "data/.DS_Store", "data/._members.yml",
     "data/~$台账.xlsx", "data/quarters/._2019-Q1.yml", "data/.git/config", "content/._about.md",
     "data/media/x.jpg", "data/schema/member.json",
     *(f"{folder}/{name}" for name in LEFT for folder in ("data", "content")),
     *(f"data/{folder}/{name}" for name in LEFT[9:12]
       for folder in ("quarters", "media", "received", "received/yi-qu"))],
)  # fmt: skip
def test_what_a_system_leaves_behind_is_passed_over(tmp_path: Path, name: str) -> None:
    assert check_tree(write_tree(tmp_path, {**MINIMAL, name: b"\x00\x05"})) == []


@pytest.mark.parametrize("name", [*(f"data/{name}" for name in FILES), "content/about.md"])
def test_a_file_that_cannot_be_read_does_not_make_the_others_wrong(
    tmp_path: Path, name: str
) -> None:
    problems = check_tree(write_tree(tmp_path, {**MINIMAL, name: b"\xff\xff\xff"}))
    assert [problem.place.path for problem in problems] == [name]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/members.yml", "name: 王伟", "name: <王伟>"),
        ("data/branch.yml", "name: Ⅱ830", "nam: Ⅱ830"),
        ("data/branch.yml", "type: published", "type: publishd"),
        ("data/zones.yml", "name: 质量责任区", "nama: 质量责任区"),
        ("data/zones.yml", "name: 质量包保小组", "name: 质量包保小组\n    name: 又一组"),
        ("data/members.yml", "members:", "member:"),
        ("data/branch.yml", "sources:", "source:"),
        ("data/branch.yml", "name: 综采二区党支部", "name:\n    - 综采二区党支部"),
    ],
)
def test_a_faulty_record_is_one_complaint_not_one_for_each_that_names_it(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    problems = check_tree(write_tree(tmp_path, changed(name, old, new)))
    assert [problem.place.path for problem in problems] == [name]


def test_all_files_are_complained_of_at_once(tmp_path: Path) -> None:
    broken = {name: "- @x\n" for name in MINIMAL if name.endswith(".yml") and "/" in name}
    (tmp_path / "content").mkdir()
    paths = {problem.place.path for problem in check_tree(write_tree(tmp_path, broken))}
    assert paths == set(broken)


def test_an_article_keeps_its_lines(site: Path) -> None:
    board = read_board(site)
    article = board.articles["about"]
    assert article.body.startswith("## 我们是谁")
    place = board.origins[("articles", "about")].place(("body",), "采煤一线")
    assert (place.path, place.line, place.column) == ("content/about.md", 15, 9)


def test_articles_of_one_name_in_two_folders_are_one_too_many(tmp_path: Path) -> None:
    files = {**MINIMAL, "content/write-ups/about.md": MINIMAL["content/about.md"]}
    (problem,) = check_tree(write_tree(tmp_path, files))
    assert problem.found == "文件名和 content/about.md 相同"


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_record_may_not_contradict_the_name_of_its_file(tmp_path: Path, folder: str) -> None:
    name = next(name for name in MINIMAL if name.startswith(f"data/{folder}/"))
    text = MINIMAL[name]
    assert isinstance(text, str)
    problems = check_tree(write_tree(tmp_path, {**MINIMAL, name: f"id: nonsense\n{text}"}))
    assert [problem.hint for problem in problems] == ["删掉 id 这一行；编号就是文件名"]
    own = name.rsplit("/")[-1].removesuffix(".yml")
    assert check_tree(write_tree(tmp_path, {**MINIMAL, name: f"id: {own}\n{text}"})) == []


def test_loading_changes_nothing(site: Path) -> None:
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    load(site / "data", site / "content")
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before


def test_a_folder_in_the_place_of_a_file_is_an_error(site: Path) -> None:
    (site / "data" / "honours.yml").unlink()
    (site / "data" / "honours.yml").mkdir()
    said = [problem.found for problem in load(site / "data", site / "content")[1]]
    assert said == ["这里应是文件，却是文件夹"]


def test_a_site_without_content_is_told_so(site: Path) -> None:
    shutil.rmtree(site / "content")
    said = [problem.found for problem in load(site / "data", site / "content")[1]]
    assert said == ["没有找到文章文件夹"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 上建不出这个文件名")
def test_a_file_that_windows_cannot_hold_is_refused(tmp_path: Path) -> None:
    files = {**MINIMAL, "data/cases/con.yml": MINIMAL["data/cases/fault-crossing.yml"]}
    (problem,) = check_tree(write_tree(tmp_path, files))
    assert problem.found == "编号“con”是 Windows 的保留名，不能做文件名"
    assert problem.place.path == "data/cases/con.yml"
