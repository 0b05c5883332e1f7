"""A fleet's branches come, are looked at, and are brought to the present format."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from boards.cli import main
from boards.fleet.fleet import read_fleet
from fleets import HEAD, branch_files, list_branches, write_fleet
from helpers import read_board, write_tree
from sites import tree

NEW = ["--name", "通风区党支部", "--unit", "通风区", "--mine", "东风矿",
       "--brand", "四区联动党旗红", "--id", "tong-feng-qu"]  # fmt: skip


def run(*arguments: str) -> Result:
    """Run `boards fleet`."""
    return CliRunner().invoke(main, ["fleet", *arguments])


def of_schema(key: str, version: int) -> dict[str, str | bytes]:
    """A branch whose records are of another version."""
    files = branch_files(key)
    text = str(files["data/branch.yml"])
    return {**files, "data/branch.yml": text.replace("schema: 2", f"schema: {version}")}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A fleet of one branch, which is its template, too."""
    return write_fleet(
        tmp_path, {"er-qu": branch_files("er-qu")}, f"{HEAD}template: branches/er-qu\n"
    )


def test_a_new_branch_is_made_after_the_template_and_listed(file: Path) -> None:
    done = run("new", str(file), *NEW)
    assert done.exit_code == 0, done.output
    fleet = read_fleet(file)
    assert [branch.id for branch in fleet.said.branches] == ["er-qu", "tong-feng-qu"]
    board = read_board(fleet.place(fleet.said.branches[1]))
    assert (board.branch.name, board.branch.group) == ("通风区党支部", "示范集团")
    assert board.branch.motto == "围绕中心抓党建"
    assert "和集团模板" not in run("status", str(file)).output


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("look: hall\n", "支部的列表不在文件末尾"),
        (None, "编号 er-qu 在 fleet.yml 里已经有了"),
    ],
)
def test_a_branch_that_cannot_be_listed_is_not_made(
    file: Path, harm: str | None, said: str
) -> None:
    if harm:
        file.write_text(file.read_text("utf-8") + harm, encoding="utf-8")
    before = tree(file.parent)
    done = run("new", str(file), *(NEW if harm else [*NEW[:-1], "er-qu"]))
    assert done.exit_code == 1 and said in done.output, done.output
    assert tree(file.parent) == before


def test_status_tells_what_is_to_be_done_and_changes_nothing(file: Path) -> None:
    root = file.parent
    zones = [
        (f"name: {zone}责任区", f"name: {zone}阵地") for zone in ("思想", "安全", "质量", "生产")
    ]
    tags = [(f"tag: {tag}", "tag: 另说") for tag in ("根本", "底线", "关键", "重点")]
    branches = {
        "unlike": branch_files("unlike", {"data/zones.yml": [*zones, *tags]}),
        "broken": {
            **branch_files("broken"),
            "data/members.yml": "members:\n  - id：x\n    name: y\n",
        },
        "old": of_schema("old", 1),
    }
    for key, files in branches.items():
        write_tree(root / "branches" / key, files)
    keys = ["er-qu", *branches, "gone"]
    list_branches(
        root, [f"  - id: {key}\n    folder: branches/{key}\n" for key in keys],
        f"{HEAD}template: branches/er-qu\n",
    )  # fmt: skip
    before = tree(root)
    said = run("status", str(file)).output
    assert tree(root) == before
    for words in (
        "unlike：和集团模板有 8 处不同",
        "broken：要改：10 个错误，先看 data/cases/fault-crossing.yml:16:5 找不到编号",
        "old：旧格式：台账是版本 1，现在是 2；运行 boards fleet upgrade",
        "gone：找不到",
        "er-qu：还没有能用的网站",
        "5 个支部，0 个没有要办的。",
    ):
        assert words in said, said


def test_an_upgrade_of_all_leaves_out_whoever_cannot_be(file: Path) -> None:
    root = file.parent
    write_tree(root / "branches" / "old", of_schema("old", 1))
    write_tree(root / "branches" / "new", of_schema("new", 9))
    list_branches(root, [f"  - id: {key}\n    folder: branches/{key}\n" for key in ("new", "old")])
    before = tree(root)
    assert "old：要改" in run("upgrade", "--dry-run", str(file)).output
    assert tree(root) == before
    done = run("upgrade", str(file))
    assert done.exit_code == 1
    assert "new：没有升级：data/branch.yml" in done.output
    assert "1 个支部没有升级" in done.output
    assert "schema: 2" in (root / "branches/old/data/branch.yml").read_text("utf-8")
    assert (root / "branches" / "old" / "backups").is_dir()
