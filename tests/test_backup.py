"""A copy of what nobody could make again: whole, read again, and nothing in it that it must not."""

from __future__ import annotations

import datetime
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from boards import backup
from boards.backup import BackupFault, back_up, last_backup
from boards.cli import main
from boards.packs.keys import make_key
from desks import OpenDesk, open_desk
from helpers import TODAY, write_tree
from sites import copy_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "网站"
    folder.mkdir()
    return copy_site(folder)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U 盘"
    folder.mkdir()
    return folder


def test_all_that_nobody_could_make_again_is_in_it_byte_for_byte(root: Path, stick: Path) -> None:
    write_tree(root, {"approvals/a.pdf": "签过字", "desk/history.jsonl": "{}\n"})
    made = back_up(root, stick, TODAY)
    with zipfile.ZipFile(made.file) as packed:
        there = {name: packed.read(name) for name in packed.namelist()}
    wanted = [*root.glob("data/**/*"), *root.glob("content/**/*"), root / "mkdocs.yml"]
    wanted += [root / "approvals/a.pdf", root / "desk/history.jsonl"]
    real = (file for file in wanted if file.is_file())
    files = {file.relative_to(root).as_posix(): file.read_bytes() for file in real}
    assert there == files
    assert made.count == len(files)
    assert [file.name for file in stick.iterdir()] == [f"{root.name}-备份-{TODAY}.zip"]


def test_the_private_key_and_what_can_be_made_again_are_not_in_it(root: Path, stick: Path) -> None:
    make_key(root)
    write_tree(root, {"publish/index.html": "页", "desk/writing.lock": ""})
    names = zipfile.ZipFile(back_up(root, stick, TODAY).file).namelist()
    assert [name for name in names if name.startswith(("keys", "publish", "desk/writing"))] == []


def test_an_earlier_copy_stays(root: Path, stick: Path) -> None:
    first = back_up(root, stick, TODAY).file
    content = first.read_bytes()
    second = back_up(root, stick, TODAY).file
    assert (second.stem, first.read_bytes()) == (f"{first.stem}-2", content)
    last = last_backup(root)
    assert last
    assert last.file == second


def test_no_half_of_a_copy_is_left(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "testzip", lambda _: "data/members.yml")
    with pytest.raises(BackupFault, match=r"data/members\.yml 和原来的不一样"):
        back_up(root, stick, TODAY)
    assert list(stick.iterdir()) == []
    assert last_backup(root) is None


@pytest.mark.parametrize("spoil", ["cut", "scratched"])
def test_a_stick_that_does_not_keep_what_is_written_is_told(
    root: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, spoil: str
) -> None:
    def lost(number: int) -> None:
        if spoil == "cut":
            os.ftruncate(number, os.fstat(number).st_size // 2)
        else:
            os.pwrite(number, bytes(range(255, 155, -1)), 150)

    monkeypatch.setattr(backup.os, "fsync", lost)
    with pytest.raises(BackupFault, match="换一个 U 盘再试"):
        back_up(root, stick, TODAY)
    assert list(stick.iterdir()) == []


def test_what_is_open_elsewhere_and_what_passes_is_no_part_of_it(root: Path, stick: Path) -> None:
    passing = ("approvals/~$审批单.docx", "data/Thumbs.db", "desk/.x.json.1-2.part", "desk/w.lock")
    write_tree(root, dict.fromkeys(passing, "x"))
    with zipfile.ZipFile(back_up(root, stick, TODAY).file) as made:
        assert not set(passing) & set(made.namelist())


@pytest.mark.parametrize(
    ("where", "said"), [(".", "坏了一起坏"), ("data", "坏了一起坏"), ("../没有", "找不到")]
)
def test_a_place_that_will_not_do(root: Path, where: str, said: str) -> None:
    with pytest.raises(BackupFault, match=said):
        back_up(root, root / where, TODAY)


@pytest.mark.parametrize("note", ["", "[]", '{"day": "gestern", "file": "", "count": 1}', "{}"])
def test_a_note_that_cannot_be_read_is_none(root: Path, note: str) -> None:
    write_tree(root, {"desk/backup.json": note})
    assert last_backup(root) is None


def test_the_command_says_what_it_did_and_what_is_not_in_it(root: Path, stick: Path) -> None:
    said = CliRunner().invoke(main, ["backup", str(stick), "--folder", str(root)])
    assert said.exit_code == 0
    assert "读过一遍，都对" in said.output
    assert "keys 文件夹不在里面" in said.output
    refused = CliRunner().invoke(main, ["backup", str(root), "--folder", str(root)])
    assert refused.exit_code == 1
    assert "没有备份" in refused.output


@pytest.fixture
def desk(root: Path) -> Iterator[OpenDesk]:
    with open_desk(root) as opened:
        yield opened


def test_a_desk_that_is_saving_is_not_taken_for_a_bad_stick(
    desk: OpenDesk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boards.desk.desk._PATIENCE", 0.1)
    with FileLock(desk.root / "desk" / "writing.lock"):
        said = desk.post("backup", [("backups", str(stick))]).text
    assert "另一台电脑正在保存" in said
    assert str(stick) not in said


def test_the_desk_says_how_long_ago_it_was_and_makes_one(desk: OpenDesk, stick: Path) -> None:
    assert "还没有备份过" in desk.get("").text
    assert "没有备份" in desk.post("backup", [("backups", "")]).text
    done = desk.post("backup", [("backups", str(stick))])
    assert "都对" in done.text
    assert f'value="{stick}"' in desk.get("release").text, "written once"
    page = desk.get("").text
    assert "还没有备份过" not in page
    assert "（今天）" in page
    made = last_backup(desk.root)
    assert made
    long_ago = made.day - datetime.timedelta(days=40)
    note = desk.root / "desk" / "backup.json"
    note.write_text(note.read_text("utf-8").replace(str(made.day), str(long_ago)), "utf-8")
    assert "40 天没有备份了" in desk.get("").text
