"""A group's branches: each a site of its own, a portal over them, and a report of what to mend."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from boards.errors import BoardError
from boards.fleet import processes
from boards.fleet.archives import pack
from boards.fleet.build import FleetBuilt, build_fleet
from boards.fleet.fleet import read_fleet
from boards.fleet.report import FILE, BranchTold, as_text
from boards.fleet.shards import grams, shard_of
from boards.fleet.store import Store
from boards.fleet.tasks import MOST_ATTEMPTS, Place, Task, holds_until, run
from boards.packs.keys import make_key
from boards.releases.manifest import faults_of, read_manifest
from fleets import HEAD, Here, branch_files, built, list_branches, write_fleet
from helpers import TODAY, read_board, write_tree
from sites import change, tree

pytestmark = pytest.mark.slow  # and of the days they say themselves

NEAR = "er-qu"
FAR = "yi-qu"
ELSEWHERE = {
    "data/branch.yml": [("name: 综采二区党支部", "name: 机电区党支部"), ("朱仙庄矿", "东风矿")]
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FleetBuilt:
    """Two branches of two mines, built."""
    root = tmp_path_factory.mktemp("fleet")
    file = write_fleet(root, {NEAR: branch_files(NEAR), FAR: branch_files(FAR, ELSEWHERE)})
    return built(file)


@pytest.fixture
def group(made: FleetBuilt, tmp_path: Path) -> Path:
    """A copy of that fleet that a test may change; returns its fleet.yml."""
    shutil.copytree(made.portal.parents[1], tmp_path / "group")
    return tmp_path / "group" / "fleet.yml"


def row(fleet_built: FleetBuilt, key: str):  # type: ignore[no-untyped-def]
    return next(one for one in fleet_built.branches if one.id == key)


# fleet.yml


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["fleet.yml:1:1 错误"]),
        ("name: x\n", ["缺少必填的“集团公司”", "缺少必填的“支部”"]),
        (f"{HEAD}branches:\n  - id: a\n", ["fleet.yml:4:5", "支部 a 没有写 folder 或 release"]),
        (
            f"{HEAD}branches:\n  - id: a\n    folder: x\n    release: y\n",
            ["folder 和 release 都写了", "只有成品的写 release"],
        ),
        (
            f"{HEAD}branches:\n  - id: a\n    folder: x\n  - id: A\n    folder: x\n",
            ["编号 A 用过了（a）", "和支部 a 是同一个文件夹"],
        ),
        (f"{HEAD}circle: branch\nbranches:\n  - id: a\n    folder: x\n",
         ["门户不能只给支部内部看"]),
        (f"{HEAD}look: hal\nbranches:\n  - id: a b\n    foldr: x\n",
         ["look（样式）", "hall", "编号“a b”用了不支持的字符", "改成 folder"]),
        (f"{HEAD}branches:\n  - id：a\n    folder: x\n", ["冒号是全角的"]),
    ],
)  # fmt: skip
def test_every_fault_of_the_list_is_told_at_once_with_its_line(
    tmp_path: Path, text: str, said: list[str]
) -> None:
    file = tmp_path / "fleet.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BoardError) as error:
        read_fleet(file)
    told = str(error.value)
    assert [words for words in said if words not in told] == []
    assert told.count("改法") >= len(told.splitlines()) // 2


# Building


def test_every_branch_becomes_a_site_of_its_own_and_the_portal_leads_to_it(
    made: FleetBuilt,
) -> None:
    published = made.portal.parent
    for key in (NEAR, FAR):
        site = published / "branches" / key
        assert faults_of(site) == []
        assert read_manifest(site).edition == "publish"
    assert faults_of(made.portal) == []
    front = (made.portal / "index.html").read_text(encoding="utf-8")
    for key, name in ((NEAR, "综采二区党支部"), (FAR, "机电区党支部")):
        assert f'<a href="../branches/{key}/index.html">{name}</a>' in front
    assert "朱仙庄矿" in front and "东风矿" in front


def test_the_server_of_the_portal_lets_branches_pages_run_what_they_need(made: FleetBuilt) -> None:
    policy = (made.portal / "server" / "nginx.conf").read_text(encoding="utf-8")
    for key in (NEAR, FAR):
        own = (made.portal.parent / "branches" / key / "server" / "nginx.conf").read_text(
            encoding="utf-8"
        )
        digests = set(re.findall(r"'sha256-[^']+'", own))
        assert len(digests) > 3
        assert [one for one in digests if one not in policy] == []


def test_what_has_not_changed_costs_a_digest(group: Path) -> None:
    before = tree(group.parent / "publish")
    executor = Here()
    again = built(group, executor)
    assert executor.done == []
    assert not any(one.renewed or one.failure for one in again.branches)
    assert tree(group.parent / "publish") == before


def test_the_branch_that_has_changed_is_built_and_no_other(group: Path) -> None:
    folder = group.parent / "branches" / FAR
    write_tree(folder, branch_files(FAR, {**ELSEWHERE, "data/zones.yml": [("件", "台")]}))
    executor = Here()
    again = built(group, executor)
    assert executor.done == [FAR]
    assert row(again, FAR).renewed and not row(again, NEAR).renewed


def test_a_damaged_site_is_put_right_without_building_it(group: Path) -> None:
    page = group.parent / "publish" / "branches" / NEAR / "honours.html"
    page.write_bytes(b"")
    executor = Here()
    again = built(group, executor)
    assert executor.done == [], "what comes of the same records is in the store"
    assert row(again, NEAR).renewed
    assert page.stat().st_size > 1000


def test_a_branch_is_made_anew_on_the_day_that_one_of_its_records_names(group: Path) -> None:
    board = read_board(group.parent / "branches" / NEAR)
    assert holds_until(board, TODAY) == datetime.date(2026, 12, 1)
    folder = group.parent / "branches" / NEAR
    leaving = [
        (
            "    standing: member\n    posts:",
            "    standing: member\n    left_on: 2026-11-25\n    posts:",
        )
    ]
    write_tree(folder, branch_files(NEAR, {"data/members.yml": leaving}))
    assert holds_until(read_board(folder), TODAY) == datetime.date(2026, 11, 25)
    fleet, executor = read_fleet(group), Here()
    for day, done in ((TODAY, [NEAR]), (datetime.date(2026, 11, 24), []),
                      (datetime.date(2026, 11, 25), [NEAR])):  # fmt: skip
        executor.done.clear()
        build_fleet(fleet, day, executor)
        assert executor.done == done, day


def test_the_folders_of_branches_are_only_read(made: FleetBuilt) -> None:
    for folder in (made.portal.parents[1] / "branches").iterdir():
        assert {item.name for item in folder.iterdir()} == {"content", "data", "mkdocs.yml"}


def test_a_private_key_leaves_no_folder(group: Path) -> None:
    folder = group.parent / "branches" / FAR
    make_key(folder)
    change(folder / "data" / "prints.yml", "place: 区队会议室", "place: 会议室")
    key = (folder / "keys" / "signing.pem").read_bytes()
    built(group)
    others = {
        file: file.read_bytes() for file in group.parent.rglob("*")
        if file.is_file() and not file.is_relative_to(folder)
    }  # fmt: skip
    assert any(b"data/prints.yml" in content for content in others.values())
    assert [file for file, content in others.items() if key.splitlines()[1] in content] == []


def test_what_is_changed_while_it_is_read_is_not_taken_for_what_it_was(
    group: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = group.parent / "branches" / NEAR
    change(folder / "data" / "prints.yml", "place: 区队会议室", "place: 会议室")

    def while_packed(files: list[tuple[str, Path]], target: Path) -> None:
        change(folder / "data" / "prints.yml", "place: 会议室", "place: 井口")
        pack(files, target)

    monkeypatch.setattr("boards.fleet.build.pack", while_packed)
    assert "台账正在改；改完再生成一次" in row(built(group), NEAR).failure
    monkeypatch.undo()
    assert row(built(group), NEAR).failure == ""


# What fails


def test_three_broken_branches_stop_nothing_and_the_report_says_what_to_mend(group: Path) -> None:
    root = group.parent
    before = tree(root / "publish" / "branches" / FAR)
    change(root / "branches" / FAR / "data" / "members.yml", "name: 王伟", "name：王伟")
    hooked = branch_files("san-qu")
    hooked["mkdocs.yml"] = bytes(hooked["mkdocs.yml"]) + b"hooks:\n  - evil.py\n"  # type: ignore[arg-type]
    write_tree(root / "branches" / "san-qu", hooked)
    list_branches(
        root,
        [f"  - id: {key}\n    folder: branches/{key}\n" for key in (NEAR, FAR, "san-qu", "si-qu")],
    )
    again = built(group)
    assert [one.id for one in again.branches if one.failure] == [FAR, "san-qu", "si-qu"]
    said = (root / FILE).read_text(encoding="utf-8")
    assert said == again.report.read_text(encoding="utf-8")
    for words in (
        "共 4 个支部：更新 0 个，要改 3 个，过时 2 个。",
        "东风矿机电区党支部（yi-qu）：门户里是 2026-11-23 的一版",
        "在 branches/yi-qu",
        "data/members.yml:13:9 错误 冒号是全角的",
        "改法：改成半角冒号加一个空格：name: 王伟",
        "san-qu：还没有能用的网站，门户里没有它",
        "mkdocs.yml 里有 hooks",
        "si-qu",
        "检查 fleet.yml 里的路径",
        "最近的内容是 2019-08-31",
    ):
        assert words in said, words
    assert tree(root / "publish" / "branches" / FAR) == before, "the last good one stays"
    for name, content in tree(again.portal).items():
        for words in ("san-qu", "si-qu", "过时", "要改", "冒号是全角的"):
            assert words.encode() not in content, name


def test_a_report_does_not_drown_in_one_branch(made: FleetBuilt) -> None:
    fleet = read_fleet(made.portal.parents[1] / "fleet.yml")
    rows = [BranchTold("a", "", "branches/a", "\n".join(f"错误 {n}" for n in range(70)))]
    said = as_text(fleet, rows, (), TODAY)
    assert "错误 19\n" in said and "错误 20" not in said
    assert "还有 50 行没有列出；在它的文件夹里运行 boards check 看全部" in said


def test_a_branch_that_kills_its_process_is_found_and_the_others_are_built(
    tmp_path: Path,
) -> None:
    """Begun so often in one run without an end, a task is held to be what kills its workers."""
    store = Store(str(tmp_path / "store"))
    place = Place(store.address, str(tmp_path / "work"), "run")
    from boards.built import of_program  # noqa: PLC0415

    task = Task("x", "0" * 64, TODAY, "intranet", of_program())
    for _ in range(MOST_ATTEMPTS):
        store.begin("run", task.key)
    assert "程序中断了 3 次" in run(task, place).failure
    assert store.outcome(task.key) is None, "another run tries again"


def test_processes_make_what_one_process_makes(group: Path) -> None:
    """The same sites, by two processes that were spawned."""
    root = group.parent
    shutil.rmtree(root / ".boards" / "fleet" / "store")
    shutil.rmtree(root / ".boards" / "fleet" / "made")
    before = {key: read_manifest(root / "publish" / "branches" / key).files for key in (NEAR, FAR)}
    told = build_fleet(read_fleet(group), TODAY, partial(processes.outcomes, jobs=2))
    assert not any(one.failure for one in told.branches)
    after = {key: read_manifest(root / "publish" / "branches" / key).files for key in (NEAR, FAR)}
    assert after == before


# Finished sites


@pytest.fixture
def finished(made: FleetBuilt, tmp_path: Path) -> Path:
    """A branch's own finished site, somewhere else, and a fleet that takes nothing but it."""
    site = tmp_path / "share" / "publish"
    shutil.copytree(made.portal.parent / "branches" / NEAR, site)
    list_branches(tmp_path, ["  - id: er-qu\n    release: share/publish\n"])
    return site


def test_a_finished_site_is_copied_and_verified(finished: Path, tmp_path: Path) -> None:
    told = built(tmp_path / "fleet.yml")
    assert told.branches[0].renewed and not told.branches[0].failure
    there = tmp_path / "publish" / "branches" / "er-qu"
    assert read_manifest(there) == read_manifest(finished)
    assert not built(tmp_path / "fleet.yml").branches[0].renewed


def _without(name: str) -> object:
    return lambda site: (site / name).unlink()


def _told(**changes: object) -> object:
    def change_it(site: Path) -> None:
        file, manifest = site / "exchange" / "boards.json", site / "manifest.json"
        content = json.loads(file.read_text(encoding="utf-8"))
        old = file.read_bytes()
        file.write_text(json.dumps({**content, **changes}), encoding="utf-8")
        _signed(manifest, "exchange/boards.json", old, file.read_bytes())

    return change_it


def _index(site: Path) -> None:
    file = site / "assets" / "search-index.js"
    old = file.read_bytes()
    file.write_text("window.boardsSearchIndex={};alert(1);\n", encoding="utf-8")
    _signed(site / "manifest.json", "assets/search-index.js", old, file.read_bytes())


def _signed(manifest: Path, name: str, old: bytes, new: bytes) -> None:
    import hashlib  # noqa: PLC0415

    content = json.loads(manifest.read_text(encoding="utf-8"))
    assert content["files"][name]["sha256"] == hashlib.sha256(old).hexdigest()
    content["files"][name] = {"size": len(new), "sha256": hashlib.sha256(new).hexdigest()}
    manifest.write_text(json.dumps(content), encoding="utf-8")


def _preview(site: Path) -> None:
    file = site / "manifest.json"
    file.write_text(file.read_text("utf-8").replace('"publish"', '"preview"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_without("honours.html"), "缺少"),
        (_without("manifest.json"), "没有完整的 manifest.json"),
        (_preview, "这是预览版"),
        (_told(schema="branch-boards/1"), "是别的版本"),
        (_told(circle="branch"), "比门户的范围窄"),
        (_told(cases="x"), "里的 cases 不对"),
        (_told(honours=[{"title": "x", "holder": "x", "level": "mine", "year": 2020,
                         "page": "javascript:alert(1)"}]), "不在清单里"),
        (_index, "不是搜索目录"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_finished_site_is_said_and_nothing_of_it_is_shown(
    finished: Path, tmp_path: Path, harm: object, said: str
) -> None:
    harm(finished)  # type: ignore[operator]
    told = built(tmp_path / "fleet.yml")
    assert said in told.branches[0].failure
    assert not (tmp_path / "publish" / "branches" / "er-qu").exists()
    assert "支部的网站生成以后在这里列出" in (told.portal / "index.html").read_text("utf-8")


def test_a_wider_portal_stands_in_a_folder_of_its_own_and_shows_what_its_circle_may_see(
    group: Path,
) -> None:
    file = list_branches(
        group.parent, [f"  - id: {NEAR}\n    folder: branches/{NEAR}\n"], f"{HEAD}circle: public\n"
    )
    told = built(file)
    assert told.portal == group.parent / "publish-public" / "portal"
    wide, narrow = (
        json.loads(
            (group.parent / name / "branches" / NEAR / "exchange" / "boards.json").read_text(
                "utf-8"
            )
        )
        for name in ("publish-public", "publish")
    )
    assert (wide["circle"], narrow["circle"]) == ("public", "intranet")
    assert narrow["quarters"] and not wide["quarters"], "王伟's quarter is for the mine"


# Search


def test_shards_hold_every_branch_that_says_what_is_typed(made: FleetBuilt) -> None:
    shards: dict[str, str] = {}
    for file in (made.portal / "search").glob("[0-9a-f]*.js"):
        found = re.fullmatch(r"window\.boardsShard=(.*);\n", file.read_text("utf-8"))
        if found:
            shards |= json.loads(found[1])
    both = shards["王伟"].split("|")[0]
    assert both in ("1.1", "!Aw==")
    assert shards["电区"].split("|") == ["", "2"], "the second alone, and in no title"
    assert "^ww" in shards and "^wangwe" in shards
    assert "830" in shards


def test_text_is_cut_in_twos_and_latin_in_threes() -> None:
    assert grams("ii830面") == {
        "i", "8", "3", "0", "面", "ii", "i8", "83", "30", "0面", "ii8", "i83", "830",
    }  # fmt: skip
    assert shard_of("支架", 1) == 0
    assert {shard_of(chr(code) + "架", 16) for code in range(0x4E00, 0x4F00)} == set(range(16))
