"""Whole builds in trouble: killed, out of room, shut out, two at once; and equal everywhere."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from boards.editions.edition import EditionName
from boards.releases.manifest import MANIFEST, faults_of, fingerprint_of
from helpers import settle
from mounts import mounted
from sites import build_site, change, copy_site, tree

pytestmark = pytest.mark.slow

NAMES = ("党员丁\n", "党员丁丁\n")

SHARE = ["share", "case", "ii830-fault-crossing", "--script", "hant"]


def boards(*words: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command as its user does."""
    return subprocess.run(
        [sys.executable, "-m", "boards", *words, "--folder", str(folder)],
        check=False, capture_output=True, encoding="utf-8", env={**os.environ, **settings},
    )  # fmt: skip


def rename_member(root: Path, old: str, new: str) -> None:
    change(root / "data" / "members.yml", f"name: {old}", f"name: {new}")


def test_a_build_killed_at_any_instant_leaves_the_old_site_or_the_new(
    tmp_path: Path, kills: int
) -> None:
    """Two versions in turn; each build is killed somewhere in the time that a build takes."""
    root = copy_site(tmp_path)
    whole = set()
    for old, new in (NAMES, NAMES[::-1]):
        rename_member(root, old, new)
        build_site(root)
        whole.add(fingerprint_of(root / "site"))
    assert len(whole) == 2
    begin = time.monotonic()
    assert boards("build", folder=root).returncode == 0
    takes = time.monotonic() - begin
    chance = random.Random(2026)
    for count in range(kills):
        rename_member(root, NAMES[count % 2], NAMES[1 - count % 2])
        command = [sys.executable, "-m", "boards", "build", "--folder", str(root)]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(chance.random() * takes * 1.1)
            process.kill()
        assert faults_of(root / "site") == []
        assert fingerprint_of(root / "site") in whole
    assert boards("build", folder=root).returncode == 0
    rest = {item.name for item in (root / ".site.releases").iterdir() if not item.name.isdigit()}
    assert rest == {".branch-boards", "lock"}


def test_a_disk_without_room_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", "size=80m", "tmpfs"):
        root = copy_site(disk / "site-of-branch")
        assert boards("build", folder=root).returncode == 0
        before = tree(root / "site")
        rename_member(root, *NAMES)
        fill(disk, leaving=4)
        said = boards("build", folder=root)
        assert said.returncode == 1
        assert "只剩" in said.stderr
        assert "MB" in said.stderr
        assert "Traceback" not in said.stderr
        assert tree(root / "site") == before


@pytest.mark.parametrize("room", [0, 1, 3, 6])
def test_a_disk_that_fills_up_halfway_leaves_the_old_site(tmp_path: Path, room: int) -> None:
    """The check of free space is taken out: somebody else may have filled the disk after it."""
    disk = tmp_path / "disk"
    with mounted(disk, "-t", "tmpfs", "-o", "size=80m", "tmpfs"):
        root = copy_site(disk / "site-of-branch")
        build_site(root)
        before = tree(root / "site")
        rename_member(root, *NAMES)
        fill(disk, leaving=room)
        blind = "import boards.releases.renewal as r; assert r._require_room\n"
        blind += "r._require_room = lambda *_: None\n"
        run = f"{blind}import sys; from boards.__main__ import main; sys.argv[0] = 'boards'; main()"
        said = subprocess.run(
            [sys.executable, "-c", run, "build", "--folder", str(root)],
            check=False, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        assert said.returncode == 1, said.stdout
        assert "Traceback" not in said.stderr
        assert "没有" in said.stderr
        assert tree(root / "site") == before
        (disk / "ballast").unlink()
        assert boards("build", folder=root).returncode == 0


def fill(disk: Path, *, leaving: int) -> None:
    """Use up a disk but for some megabytes."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with (disk / "ballast").open("wb") as ballast:
        ballast.write(b"\0" * (free - leaving * 1024 * 1024))


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "branch")
    build_site(root, EditionName.PUBLISH)
    share = tmp_path / "share"
    with mounted(share, "-t", "tmpfs", "-o", "ro", "tmpfs"):
        said = boards("publish", str(share / "boards"), folder=root)
        assert said.returncode == 1
        assert "读写不了" in said.stderr
        assert "Traceback" not in said.stderr
        assert faults_of(root / "publish") == []


def test_two_builds_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    command = [sys.executable, "-m", "boards", "build", "--folder", str(root)]
    started = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        for _ in range(2)
    ]  # fmt: skip
    ended = [(process.communicate(), process.returncode) for process in started]
    codes = sorted(code for _, code in ended)
    assert codes in ([0, 1], [0, 0])  # [0, 0]: one was done before the other began
    refused = [said[1] for said, code in ended if code == 1]
    # Whoever has only just taken the lock has not yet said who it is.
    assert all(re.search("另一个程序正在生成 site（(进程 |刚刚开始)", words) for words in refused)
    assert faults_of(root / "site") == []


@pytest.mark.slow
def test_equal_records_give_equal_manifests_everywhere(tmp_path: Path) -> None:
    """Folders, time zones, hash seeds and languages differ; nothing is taken from a cache."""
    made = []
    for folder, zone, seed, language in (
        ("one", "Asia/Shanghai", "1", "C.UTF-8"),
        ("另 一个/folder", "America/Lima", "4711", "POSIX"),
    ):
        root = copy_site(tmp_path / folder, made=False)
        settings = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": language, "PYTHONUTF8": "1"}
        for words in (["build"], ["publish"], ["posters"], SHARE):
            said = boards(*words, folder=root, **settings)
            assert said.returncode == 0, said.stderr
        outputs = ("site", "publish", "posters", "share")
        made.append({f"{name}/{file}": data for name in outputs
                     for file, data in tree(root / name).items()})  # fmt: skip
    one, other = made
    assert [name for name in one if one[name] != other.get(name)] == []
    assert one.keys() == other.keys()
    assert f"site/{MANIFEST}" in one
    assert len(one) > 250


def test_publish_to_a_folder_copies_checks_and_can_go_back(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "branch")
    share = tmp_path / "共享 文件夹" / "展板"
    share.parent.mkdir()
    said = boards("publish", str(share), folder=root)
    assert said.returncode == 0, said.stderr
    assert "逐个核对无误" in said.stdout
    assert fingerprint_of(share) == fingerprint_of(root / "publish")
    assert faults_of(share) == []
    first = fingerprint_of(share)
    change(root / "data" / "branch.yml", "motto: 围绕", "motto: 紧紧围绕")
    settle(root)
    assert boards("publish", str(share), folder=root).returncode == 0
    assert fingerprint_of(share) != first
    said = boards("rollback", str(share), folder=root)
    assert said.returncode == 0, said.stderr
    assert fingerprint_of(share) == first
    assert "第 1 版" in said.stdout
    assert "第 2 版" in boards("rollback", str(share), "--list", folder=root).stdout


def test_publish_refuses_a_folder_of_others(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "branch")
    share = tmp_path / "share"
    share.mkdir()
    (share / "台账.xlsx").write_bytes(b"precious")
    said = boards("publish", str(share), folder=root)
    assert said.returncode == 1
    assert "不是本程序生成的文件" in said.stderr
    assert tree(share) == {"台账.xlsx": b"precious"}
