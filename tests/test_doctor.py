"""`boards doctor`: each thing that can be wrong is told, with what to do; nothing is changed."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from boards.board.folder import KEY_FILE
from boards.doctor import Finding, Machine, State, examine, stops_a_build, this_machine
from boards.doctor import folder as folder_module
from boards.packs.keys import make_key
from boards.releases.lock import alone
from boards.releases.places import beside, prepare_beside, staging_of
from helpers import MINIMAL, TODAY, noon, write_tree
from sites import change
from test_cli import run


@pytest.fixture(scope="module")
def well() -> Machine:
    """This machine with everything that a test machine may lack set right."""
    return replace(this_machine(), today=TODAY, epoch="", unloadable={}, legacy_console=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site without errors or notices, known by its address, as if typed on the tests' day."""
    root = write_tree(tmp_path / "展板", MINIMAL)
    address = "  site_url: http://10.0.0.5/boards/\n"
    change(root / "data" / "branch.yml", "  member_count: 15\n", f"  member_count: 15\n{address}")
    for file in (root / "data").rglob("*"):
        os.utime(file, (int(noon(TODAY)),) * 2)
    return root


def of(check: str, root: Path, machine: Machine) -> Finding:
    """The one finding of a check."""
    (found,) = (finding for finding in examine(root, machine) if finding.check == check)
    return found


def test_a_good_site_has_nothing_but_good_findings_except_its_samples(
    root: Path, well: Machine
) -> None:
    rest = {f.check: f for f in examine(root, well) if f.state is not State.GOOD}
    assert set(rest) == {"发布版"}
    assert "示例" in rest["发布版"].found
    assert "运行 boards publish" in rest["发布版"].advice


def test_nothing_is_changed_by_looking(root: Path, well: Machine) -> None:
    prepare_beside(root / "site")
    before = sorted(path for path in root.rglob("*"))
    examine(root, well)
    after = sorted(path for path in root.rglob("*") if ".boards" not in path.parts)
    assert after == before, "but for what can be made again"


Bad = Callable[[Machine], Machine]
MACHINES: dict[str, tuple[Bad, str, State, str]] = {
    "old Python": (
        lambda m: replace(m, python=(3, 10, 4)),
        "Python", State.PROBLEM, "安装 Python 3.11",
    ),
    "not installed": (
        lambda m: replace(m, required=(), installed={}),
        "程序", State.NOTICE, "没有安装，是直接从文件夹",
    ),
    "package missing": (
        lambda m: replace(m, required=("branch-glue>=1",), installed={"branch-boards": "0.1.0"}),
        "程序", State.PROBLEM, "缺少 branch-glue",
    ),
    "package too old": (
        lambda m: replace(
            m, required=("typst>=0.15,<0.16",),
            installed={"branch-boards": "0.1.0", "typst": "0.13.1"},
        ),
        "程序", State.PROBLEM, "typst 是 0.13.1，要 <0.16,>=0.15",
    ),
    "wheel broken": (
        lambda m: replace(m, unloadable={"typst": "DLL load failed"}, system="win32"),
        "编译的组件", State.PROBLEM, "vc_redist.x64.exe",
    ),
    "no HEIC": (
        lambda m: replace(m, unloadable={"pillow-heif": "No module named 'pillow_heif'"}),
        "编译的组件", State.GOOD, "要先转成 JPG",
    ),
    "font missing": (
        lambda m: replace(m, fonts={}),
        "海报字体", State.PROBLEM, "缺少 NotoSerifSC-Regular.otf",
    ),
    "font exchanged": (
        lambda m: replace(m, fonts={**m.fonts, "NotoSerifSC-Regular.otf": "0" * 64}),
        "海报字体", State.PROBLEM, "NotoSerifSC-Regular.otf 和核对过的不是同一个",
    ),
    "console": (
        lambda m: replace(m, system="win32", code_page=936, legacy_console=True),
        "屏幕上的中文", State.NOTICE, "chcp 65001",
    ),
    "no date": (
        lambda m: replace(m, today=None, epoch="昨天"),
        "日期", State.PROBLEM, "SOURCE_DATE_EPOCH“昨天”不是秒数",
    ),
    "fixed date": (
        lambda m: replace(m, epoch="1566172800", today=datetime.date(2019, 8, 19)),
        "日期", State.NOTICE, "固定在 2019-08-19",
    ),
    "clock begun again": (
        lambda m: replace(m, today=datetime.date(2009, 1, 1)),
        "日期", State.PROBLEM, "这台电脑的日期好像不对：今天是 2009-01-01",
    ),
    "clock far ahead": (
        lambda m: replace(m, today=datetime.date(2099, 1, 1)),
        "日期", State.PROBLEM, "这台电脑的日期好像不对：今天是 2099-01-01",
    ),
    "clock behind": (
        lambda m: replace(m, today=TODAY - datetime.timedelta(days=2)),
        "日期", State.NOTICE, "核对电脑的日期",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MACHINES)
def test_what_is_wrong_with_the_program_or_machine(case: str, root: Path, well: Machine) -> None:
    spoil, check, state, said = MACHINES[case]
    found = of(check, root, spoil(well))
    assert found.state is state
    assert said in found.as_text()
    assert stops_a_build([found]) is (state is State.PROBLEM)


def test_without_a_date_records_are_not_judged(root: Path, well: Machine) -> None:
    assert "没有检查" in of("台账", root, replace(well, today=None, epoch="x")).found


def test_a_file_in_the_place_of_a_folder_cannot_be_written_into(root: Path, well: Machine) -> None:
    (root / ".boards").write_text("", encoding="utf-8")
    found = of("写入", root, well)
    assert found.state is State.PROBLEM
    assert ".boards（不是文件夹）" in found.found


def test_a_folder_that_refuses_writing(
    root: Path, well: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**where: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder_module.tempfile, "TemporaryFile", refused)
    assert "没有权限，或正被别的程序占用" in of("写入", root, well).found


@pytest.mark.parametrize(
    ("free", "state", "said"),
    [(1_000_000, State.PROBLEM, "生成要"), (200_000_000, State.NOTICE, "不多了")],
)
def test_little_room(
    free: int, state: State, said: str, root: Path, well: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(root)._replace(free=free)
    monkeypatch.setattr(folder_module.shutil, "disk_usage", lambda path: usage)
    found = of("磁盘空间", root, well)
    assert found.state is state
    assert said in found.found


def test_what_a_killed_build_left(root: Path, well: Machine) -> None:
    prepare_beside(root / "publish")
    staging_of(root / "publish").mkdir()
    found = of("上次生成", root, well)
    assert found.state is State.NOTICE
    assert ".publish.releases/staging" in found.found
    assert "再生成一次" in found.advice


HOLD = """
import sys
from pathlib import Path
from boards.releases.lock import alone
with alone(Path("site")):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_build_that_is_running(root: Path, well: Machine) -> None:
    prepare_beside(root / "site")
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        found = of("上次生成", root, well)
        other.communicate()
    assert found.state is State.PROBLEM
    assert f"进程 {other.pid}" in found.found
    assert of("上次生成", root, well).state is State.GOOD
    with alone(root / "site"):
        """Looking has not kept the lock."""


def test_a_site_folder_that_is_not_ours(root: Path, well: Machine) -> None:
    (root / "site").mkdir()
    (root / "site" / "照片.jpg").write_bytes(b"x")
    found = of("上次生成", root, well)
    assert found.state is State.PROBLEM
    assert "不是本程序生成的文件" in found.found


@pytest.mark.parametrize(
    ("old", "new", "state", "said"),
    [
        ("  name: boards", "  name: material", State.PROBLEM, "theme: name: boards"),
        ("plugins:\n  - boards", "plugins: []", State.PROBLEM, "plugins: - boards"),
        ("site_dir: .preview", "site_dir: site", State.NOTICE, "会先把它清空"),
    ],
)
def test_settings(old: str, new: str, state: State, said: str, root: Path, well: Machine) -> None:
    change(root / "mkdocs.yml", old, new)
    found = of("mkdocs.yml", root, well)
    assert found.state is state
    assert said in found.found


def test_no_settings_at_all(root: Path, well: Machine) -> None:
    (root / "mkdocs.yml").unlink()
    assert "缺少 mkdocs.yml" in of("mkdocs.yml", root, well).found


def test_a_key_that_others_can_read(root: Path, well: Machine) -> None:
    fingerprint = make_key(root).fingerprint
    assert of("签名钥匙", root, replace(well, system="win32")).found == f"指纹 {fingerprint}"
    if os.name == "nt":
        pytest.skip("Windows has no such rights")
    (root / KEY_FILE).chmod(stat.S_IRUSR | stat.S_IRGRP)
    found = of("签名钥匙", root, replace(well, system="linux"))
    assert found.state is State.NOTICE
    assert "权限 440" in found.found


def test_a_key_that_git_has(root: Path, well: Machine) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    make_key(root)
    for arguments in (["init", "-q"], ["add", "--force", KEY_FILE.as_posix()]):
        subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)
    found = of("签名钥匙", root, well)
    assert found.state is State.NOTICE
    assert "进了 git" in found.found


def test_a_damaged_key(root: Path, well: Machine) -> None:
    (root / KEY_FILE).parent.mkdir()
    (root / KEY_FILE).write_bytes(b"x")
    found = of("签名钥匙", root, well)
    assert found.state is State.NOTICE
    assert "损坏" in found.found


@pytest.mark.parametrize(
    ("typed", "state", "said"),
    [
        ("", State.NOTICE, "boards upgrade"),
        ("schema: 99", State.PROBLEM, "换成新版"),
    ],
)
def test_data_of_another_version(
    typed: str, state: State, said: str, root: Path, well: Machine
) -> None:
    change(root / "data" / "branch.yml", "schema: 2", typed)
    found = of("台账格式", root, well)
    assert found.state is state
    assert said in found.advice


def test_records_with_errors(root: Path, well: Machine) -> None:
    change(root / "data" / "members.yml", "name: 王伟", "nmae: 王伟")
    found = of("台账", root, well)
    assert found.state is State.PROBLEM
    assert "个错误" in found.found
    assert "boards check" in found.advice
    assert not [f for f in examine(root, well) if f.check == "发布版"], "it cannot be told"


def test_a_folder_without_records_is_not_said_to_be_of_any_version(
    tmp_path: Path, well: Machine
) -> None:
    found = {finding.check: finding for finding in examine(tmp_path, well)}
    assert "台账格式" not in found
    assert found["台账"].state is found["mkdocs.yml"].state is State.PROBLEM


def test_records_with_notices(root: Path, well: Machine) -> None:
    (root / "data" / "说明.txt").write_text("x", encoding="utf-8")
    found = of("台账", root, well)
    assert found.state is State.NOTICE
    assert "0 个错误、1 条提醒" in found.found


def test_a_site_without_an_address(root: Path, well: Machine) -> None:
    change(root / "data" / "branch.yml", "  site_url: http://10.0.0.5/boards/\n", "")
    found = of("网址", root, well)
    assert found.state is State.NOTICE
    assert "没有二维码" in found.found


def test_typefaces_of_the_sites_own_that_are_not_there(root: Path, well: Machine) -> None:
    own = "  posters:\n    fonts:\n      folder: fonts\n      song: 方正小标宋\n"
    (root / "data" / "fonts").mkdir()
    change(root / "data" / "branch.yml", "  member_count: 15\n", f"  member_count: 15\n{own}")
    found = of("自备字体", root, well)
    assert found.state is State.PROBLEM
    assert "“方正小标宋”不在字体文件夹里" in found.found


def test_what_keeps_a_site_from_being_published_does_not_stop_a_preview(
    root: Path, well: Machine
) -> None:
    change(
        root / "data" / "branch.yml",
        "  linkage: 每季度开一次联动会议。\n",
        "  linkage: 每季度开一次联动会议。\n  sample: true\n",
    )
    found = of("发布版", root, well)
    assert found.state is State.NOTICE
    assert "预览不受影响" in found.found
    assert "boards publish" in found.advice


def test_the_command_says_a_line_a_check_and_ends_with_1_only_for_problems(root: Path) -> None:
    prepare_beside(root / "site")
    said = run("doctor", folder=root)
    lines = said.splitlines()
    assert sum(line.startswith("【") for line in lines) == len(examine(root, this_machine()))
    assert lines[-1].startswith("共检查 ")
    (beside(root / "site") / "lock").touch()
    (root / "mkdocs.yml").unlink()
    rows = json.loads(run("doctor", "--format", "json", folder=root, code=1))
    assert {row["state"] for row in rows} == {"good", "notice", "problem"}
    assert all(set(row) == {"check", "state", "found", "advice"} for row in rows)
