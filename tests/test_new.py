"""A sister unit starts from nothing: one command, and a site that builds, prints and publishes."""

from __future__ import annotations

import datetime
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hatchling.builders.wheel import WheelBuilder

from boards.amend.starter import (
    QUESTIONS,
    STARTER,
    AnswerRefused,
    FolderRefused,
    make_site,
    proposed_answer,
    read_answer,
)
from boards.amend.upgrade import plan
from boards.board.board import Board
from boards.board.load import load
from boards.build import build
from boards.cli import COMMANDS, main
from boards.editions.edition import Edition, EditionName
from boards.errors import BoardError
from boards.formats import KINDS
from boards.records.terms import Terms
from helpers import LEFT, TODAY, check_tree, report, write_tree
from sites import ROOT

ANSWERS = {
    "name": "综采一区党支部", "unit": "综采一区", "mine": "某某煤矿", "group": "某某集团",
    "brand": "党员先锋岗", "id": "zong-cai-yi-qu",
}  # fmt: skip
OPTIONS = [part for name, answer in ANSWERS.items() for part in (f"--{name}", answer)]


def made_in(folder: Path, day: datetime.date = TODAY, **answers: str) -> Path:
    return make_site(folder / "site", {**ANSWERS, **answers}, day)


def board_of(site: Path) -> Board:
    return load(site / "data", site / "content")[0]


def ask(folder: Path, *arguments: str, typed: str = "", code: int = 0) -> str:
    done = CliRunner().invoke(main, ["new", *arguments, str(folder)], input=typed)
    assert done.exit_code == code, done.output
    return done.output


# The whole way, from a wheel in an environment of its own.


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that holds the built wheel; the rest comes from this one."""
    folder = tmp_path_factory.mktemp("环境 一")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))
    venv.create(folder / "venv", with_pip=False)
    paths = sysconfig.get_paths("venv", vars={"base": str(folder / "venv")})
    own = Path(paths["purelib"])
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(own)
    others = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    (own / "others.pth").write_text("\n".join(others), encoding=sys.getfilesystemencoding())
    return Path(paths["scripts"]) / ("python.exe" if os.name == "nt" else "python")


def boards(python: Path, *arguments: str, folder: Path) -> str:
    """Run the installed `boards` with warnings as errors."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    strict = ["-W", "error", "-X", "utf8"]
    done = subprocess.run(
        [str(python), *strict, "-m", "boards", *arguments],
        cwd=folder, check=False, capture_output=True, encoding="utf-8", env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Warning" not in done.stderr
    return done.stdout + done.stderr


def test_from_a_wheel_to_a_published_site(installed: Path, tmp_path: Path) -> None:
    where = "import boards, boards_theme; print(boards.__file__, boards_theme.__file__)"
    found = subprocess.run(
        [str(installed), "-c", where],
        check=True, capture_output=True, encoding="utf-8", cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTHON")},
    ).stdout  # fmt: skip
    assert str(ROOT) not in found
    said = boards(installed, "new", "我们 的网站", *OPTIONS, folder=tmp_path)
    assert "建好了" in said and "boards build" in said
    site = tmp_path / "我们 的网站"
    assert boards(installed, "check", folder=site).strip() == "没有发现问题。"
    said = boards(installed, "build", folder=site)
    assert re.search(r"生成了 \d+ 页、\d+ 种海报", said)
    kinds_of_pages(site / "site")
    posters = {file.stem for file in (site / "site" / "posters").glob("*.png")}
    there = {kind for kind in KINDS if any(poster.startswith(kind) for poster in posters)}
    assert there == KINDS.keys() - {"experience"}, "that one is made of what other units send"
    approve(installed, site)
    assert re.search(r"共略去 \d+ 条：示例 \d+ 条。", boards(installed, "publish", folder=site))
    published = "".join(
        file.read_text(encoding="utf-8") for file in (site / "publish").rglob("*.html")
    )
    assert "党员先锋岗" in published
    assert "党员甲" not in published and "待审" not in published


def kinds_of_pages(site: Path) -> None:
    pages = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    assert pages >= {
        "index.html", "screen.html", "zones/safety.html", "members/sample-jia.html",
        "honours.html", "cases/sample-spill-tray.html", "outcomes.html", "coverage.html",
        "messages.html", "about.html", "write-ups/sample-spill-tray.html", "posters/index.html",
        "exchange/index.html",
    }  # fmt: skip
    assert any(re.fullmatch(r"quarters/\d{4}-Q\d\.html", page) for page in pages)
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "示例" in home and "综采一区党支部" in home


def approve(python: Path, site: Path) -> None:
    """What the new site's README tells to do with the branch and the zones."""
    told = (site / "README.md").read_text(encoding="utf-8")
    command = re.search(r"`boards (approve \S+ thought safety quality production)`", told)
    assert command, "the README names the records that a site cannot do without"
    names = ["--proposed-by", "张内勤", "--checked-by", "李宣传", "--approved-by", "王书记"]
    boards(python, *command[1].split(), *names, folder=site)


# What the site holds.


def test_before_approval_publishing_says_what_is_missing(tmp_path: Path) -> None:
    site = made_in(tmp_path)
    with pytest.raises(
        BoardError, match=r"(?s)支部的介绍不能公开（待审）.*先审批：boards approve zong-cai-yi-qu"
    ):
        build(site, Edition(EditionName.PUBLISH, TODAY))
    assert not (site / "publish").exists()


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-03-31", "2026-04-01", "2026-12-31", "2027-01-02", "2028-02-29",
     "2030-10-01"],
)  # fmt: skip
def test_no_day_of_the_year_makes_a_fault_or_a_notice(day: str, tmp_path: Path) -> None:
    on = datetime.date.fromisoformat(day)
    assert report(check_tree(made_in(tmp_path, on), on)) == ""


def test_a_year_later_it_still_has_no_fault(tmp_path: Path) -> None:
    later = TODAY.replace(year=TODAY.year + 2)
    assert "错误" not in report(check_tree(made_in(tmp_path), later))


def test_all_but_the_branch_and_its_zones_are_samples(tmp_path: Path) -> None:
    real = [row for row in board_of(made_in(tmp_path)).records() if not row.sample]
    assert [row.id for row in real] == [
        "zong-cai-yi-qu", "thought", "safety", "quality", "production",
    ]  # fmt: skip


def test_nothing_of_the_example_branch_is_handed_on(tmp_path: Path) -> None:
    own = board_of(ROOT)
    words = {own.branch.name, own.branch.mine, own.branch.group, own.branch.brand, "四区联动"}
    words |= {own.branch.unit, own.branch.motto, own.branch.introduction, "人民网", "淮北"}
    words |= {row.name for row in own.members.values() if not row.sample}
    words |= {row.name for row in own.faces.values()}
    for file in STARTER.rglob("*"):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            assert [word for word in words if word in text] == [], file.name
    theirs = board_of(made_in(tmp_path))
    for row in own.zones.values():
        assert theirs.zones[row.id].summary != row.summary
        assert {r.does for r in theirs.zones[row.id].roles}.isdisjoint(r.does for r in row.roles)


def test_it_is_a_site_of_its_own_and_up_to_date(tmp_path: Path) -> None:
    site = made_in(tmp_path)
    assert {file.name for file in site.iterdir()} == {
        "README.md", "mkdocs.yml", "content", "data", ".gitignore", ".vscode",
    }  # fmt: skip
    assert plan(site).changes == ()
    theirs = (site / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    assert [line for line in theirs if not line.startswith("site_name:")] == [
        line for line in ours if not line.startswith("site_name:")
    ]
    generated = {"/site/", "/publish/", "/posters/", "/share/", "/.boards/", "/keys/", "/backups/"}
    assert generated <= set((site / ".gitignore").read_text(encoding="utf-8").splitlines())


def test_the_readme_names_only_commands_and_files_there_are(tmp_path: Path) -> None:
    site = made_in(tmp_path)
    text = (site / "README.md").read_text(encoding="utf-8")
    for command in re.findall(r"`boards ([a-z]+)", text):
        assert command in COMMANDS
    for name in re.findall(r"`((?:data|content)/[\w/.-]*)`", text):
        assert (site / name).exists() or name == "data/media/", name


# Names as people have them.

HARD = [
    "8103", "是", "true", "NO", "2019-08", "1e5", "a: b", "甲 #1队", "# 甲", "- 甲",
    '"优秀" 党支部', "'先锋'", "[甲]", "{{ name }}", "{甲}", "&甲", "*甲", "@甲", "!甲", "%甲", "|",
    ">", "甲\\n乙", "C:\\甲", "甲：乙", "`甲`", "<b>甲</b>", "𠅤甲", "甲·乙", "?", ":", "=", "---",
]  # fmt: skip


@pytest.mark.parametrize("start", range(0, len(HARD), 5))
def test_any_name_stands_as_it_was_typed(start: int, tmp_path: Path) -> None:
    asked = [name for name in QUESTIONS if name != "id"]
    hard = (HARD + HARD)[start : start + len(asked)]
    typed = {name: read_answer(name, text) for name, text in zip(asked, hard, strict=True)}
    site = made_in(tmp_path, **typed)
    branch = board_of(site).branch
    assert {name: getattr(branch, name) for name in typed} == typed
    assert branch.introduction.startswith(typed["name"])
    settings = yaml.safe_load((site / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["site_name"] == typed["brand"]


@pytest.mark.slow
def test_the_longest_names_fit_every_poster(tmp_path: Path) -> None:
    long = "中共某某矿业集团有限责任公司某某煤矿综合机械化采煤第一区队"
    site = made_in(tmp_path, name=long[:30], unit=long[:16], mine=long[:12], brand="党建引领" * 4)
    assert build(site, Edition(EditionName.PREVIEW, TODAY)).posters > 20


@pytest.mark.parametrize(
    "brand", ["四大责任区", "四个责任区", "党员责任区", "红色引擎", "先锋领航", "一区一品牌", "党"]
)
def test_no_likely_brand_is_at_odds_with_the_samples(brand: str, tmp_path: Path) -> None:
    assert report(check_tree(made_in(tmp_path, brand=brand))) == ""


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("id", "../x", "只用英文字母"),
        ("id", "a/b", "只用英文字母"),
        ("id", "a\\b", "只用英文字母"),
        ("id", "综采", "只用英文字母"),
        ("id", "con", "保留名"),
        ("id", "index", "目录页"),
        ("id", "a" * 61, "太长"),
        ("name", "", "没有填写"),
        ("mine", "null", "没有填写"),
        ("name", "  ", "没有填写"),
        ("name", "甲\n乙", "多行"),
        ("name", "甲\u200b乙", "零宽空格"),
        ("name", "甲\u202e乙", "方向控制符"),
        ("name", "甲\x07", "控制字符"),
        ("brand", "甲" * 31, "太长"),
    ],
)
def test_a_hostile_answer_is_refused(question: str, text: str, said: str) -> None:
    with pytest.raises(AnswerRefused, match=said):
        read_answer(question, text)


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("综采一区党支部", "综采一区"),
        ("中共综采一区支部委员会", "综采一区"),
        ("机电科党总支", "机电科"),
        ("先锋队", "先锋队"),
    ],
)
def test_the_unit_and_an_id_are_proposed(name: str, proposed: str) -> None:
    assert proposed_answer("unit", {"name": name}) == proposed


def test_an_id_is_proposed_by_its_sound() -> None:
    assert proposed_answer("id", {"unit": "综采一区"}) == "zong-cai-yi-qu"
    assert proposed_answer("id", {"unit": "综采2队（A班）"}) == "zong-cai-2-dui-a-ban"
    assert proposed_answer("id", {"unit": "——"}) is None


# Where it may stand.


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    write_tree(tmp_path / "site", dict.fromkeys(LEFT[:10], b""))
    assert (made_in(tmp_path) / "mkdocs.yml").is_file()
    assert (tmp_path / "site" / "@eaDir").exists(), "a bin may hold what others want back"


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("有文件", "里已经有文件"),
        ("文件", "不是文件夹"),
        ("链接", "不是文件夹"),
        ("没有/下级", "上一级文件夹 .*没有 不存在"),
    ],
)
def test_a_folder_that_will_not_do_is_not_touched(folder: str, said: str, tmp_path: Path) -> None:
    write_tree(tmp_path, {"有文件/a.txt": "我的", "文件": "我的"})
    (tmp_path / "空的").mkdir()
    try:
        (tmp_path / "链接").symlink_to(tmp_path / "空的")
    except OSError:
        pytest.skip("这台电脑不许建链接")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FolderRefused, match=said):
        make_site(tmp_path / folder, ANSWERS, TODAY)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_is_open_gets_its_site_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "综采一区"
    root.mkdir()
    monkeypatch.chdir(root)  # as the double-click does; Windows then renames and removes it not
    same = root.stat().st_ino
    make_site(Path(), ANSWERS, TODAY)
    assert root.stat().st_ino == same
    assert report(check_tree(root, TODAY)) == ""
    assert list(tmp_path.iterdir()) == [root]


def test_a_site_that_cannot_be_moved_in_leaves_the_folder_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "综采一区"
    root.mkdir()
    moved = Path.rename

    def held(item: Path, target: Path) -> Path:
        if target == root / "data":
            raise PermissionError
        return moved(item, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        make_site(root, ANSWERS, TODAY)
    assert list(tmp_path.rglob("*")) == [root]


def test_nothing_is_left_of_a_site_that_would_have_faults(tmp_path: Path) -> None:
    with pytest.raises(AnswerRefused, match="手机号"):
        made_in(tmp_path, name="党支部13800138000")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_site_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "zones.yml":
            raise OSError(28, "No space left on device", str(self))
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    said = ask(tmp_path / "site", *OPTIONS, code=1)
    assert "磁盘满了" in said
    assert list(tmp_path.iterdir()) == []


# How it is asked.


def test_six_questions_are_asked_and_two_answer_themselves(tmp_path: Path) -> None:
    said = ask(tmp_path / "站", typed="综采一区党支部\n\n某某煤矿\n某某集团\n党员先锋岗\n\n")
    for label, _ in QUESTIONS.values():
        assert label in said
    assert "[综采一区]" in said and "[zong-cai-yi-qu]" in said
    branch = board_of(tmp_path / "站").branch
    assert (branch.unit, branch.id, branch.brand_short) == (
        "综采一区", "zong-cai-yi-qu", "党员先锋岗",
    )  # fmt: skip


def test_a_wrong_answer_is_asked_for_again(tmp_path: Path) -> None:
    given = [part for part in OPTIONS if part not in ("--id", ANSWERS["id"])]
    said = ask(tmp_path / "站", *given, typed="../坏\nok-1\n")
    assert "只用英文字母" in said
    assert board_of(tmp_path / "站").branch.id == "ok-1"


def test_an_answer_of_spaces_is_asked_for_again(tmp_path: Path) -> None:
    given = [part for part in OPTIONS if part not in ("--name", ANSWERS["name"])]
    said = ask(tmp_path / "站", *given, typed=" \n综采一区党支部\n")
    assert "没有填写内容，不能空着" in said
    assert "删掉" not in said


def test_a_wrong_option_ends_with_a_message(tmp_path: Path) -> None:
    said = ask(tmp_path / "站", *OPTIONS[:-1], "a/b", code=1)
    assert "没有建" in said and "a/b" in said
    assert list(tmp_path.iterdir()) == []


def test_who_stops_answering_leaves_nothing(tmp_path: Path) -> None:
    ask(tmp_path / "站", typed="综采一区党支部\n", code=1)
    assert list(tmp_path.iterdir()) == []


def test_editors_know_the_new_site(tmp_path: Path) -> None:
    site = made_in(tmp_path)
    settings = json.loads((site / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert all((site / schema).is_file() for schema in settings["yaml.schemas"])
    for file in (site / "data").rglob("*.yml"):
        first = file.read_text(encoding="utf-8").split("\n", 1)[0]
        assert (file.parent / first.split("$schema=")[1]).resolve().is_file()


def test_there_is_a_folder_for_photos(tmp_path: Path) -> None:
    assert (made_in(tmp_path) / "data" / "media").is_dir()


def test_the_branch_file_lists_every_word_that_can_be_changed(tmp_path: Path) -> None:
    text = (made_in(tmp_path) / "data" / "branch.yml").read_text(encoding="utf-8")
    for name in Terms.model_fields:
        assert f"  #   {name}: " in text
