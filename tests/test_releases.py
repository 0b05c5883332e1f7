"""Releases replace one another whole: nothing is lost, mixed up, or taken that is not ours."""

from __future__ import annotations

import errno
import http.client
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from boards.output import MARKER, RefusedTarget
from boards.releases import renewal as renewal_module
from boards.releases import send as send_module
from boards.releases import swap as exchange_module
from boards.releases.lock import Busy
from boards.releases.manifest import (
    MANIFEST,
    ReleaseFault,
    faults_of,
    read_manifest,
    write_manifest,
)
from boards.releases.renewal import DiskFull, renewal
from boards.releases.rollback import kept_releases, roll_back
from boards.releases.send import require_elsewhere, send
from boards.site.verify import verify
from helpers import LEFT, TODAY
from sites import tree


def renew(target: Path, text: str, size: int = 1000) -> None:
    """Put a small release in a target's place; every file of it says `text`."""
    with renewal(target, size) as staging:
        for name in ("index.html", "a/page.html"):
            file = staging / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        write_manifest(staging, "publish", TODAY)


def live(target: Path) -> str:
    assert faults_of(target) == []
    return (target / "index.html").read_text(encoding="utf-8")


@pytest.fixture(params=["exchange", "renames"])
def target(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for releases, on a system that can exchange folders and on one that cannot."""
    if request.param == "renames":
        monkeypatch.setattr(renewal_module, "exchange", lambda one, other: False)
    elif not sys.platform.startswith("linux"):
        pytest.skip("only Linux exchanges folders")
    return tmp_path / "site"


def test_linux_exchanges_in_one_step(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux exchanges folders")
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "word").write_text(name, encoding="utf-8")
    assert exchange_module.exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "word").read_text(encoding="utf-8") == "other"
    assert (tmp_path / "other" / "word").read_text(encoding="utf-8") == "one"


def test_the_newest_is_live_and_three_before_it_are_kept(target: Path) -> None:
    for number in range(1, 7):
        renew(target, f"第 {number} 版")
    assert live(target) == "第 6 版"
    assert [(row.number, row.live) for row in kept_releases(target)] == [
        (6, True), (5, False), (4, False), (3, False),
    ]  # fmt: skip
    assert sorted(item.name for item in target.parent.iterdir()) == [".site.releases", "site"]


def test_rolling_back_goes_further_back_each_time_and_forward_by_number(target: Path) -> None:
    for number in (1, 2, 3):
        renew(target, str(number))
    assert roll_back(target).number == 2
    assert live(target) == "2"
    assert roll_back(target).number == 1
    with pytest.raises(ReleaseFault, match="没有更早"):
        roll_back(target)
    assert roll_back(target, 3).number == 3
    assert live(target) == "3"
    roll_back(target, 1)
    renew(target, "4")
    assert live(target) == "4"
    assert [row.number for row in kept_releases(target)] == [4, 3, 2, 1]


def test_a_release_is_whole_with_what_windows_left_in_it(target: Path) -> None:
    renew(target, "1")
    (target / "Thumbs.db").write_bytes(b"")
    renew(target, "2")
    assert roll_back(target).number == 1
    assert live(target) == "1"


def test_killed_while_rolling_back_every_release_keeps_its_own_number(tmp_path: Path) -> None:
    target = tmp_path / "site"
    renew(target, "1")
    renew(target, "2")
    kept = target.with_name(".site.releases")
    target.rename(tmp_path / "two")  # what the exchange does, after which the program was killed
    (kept / "0001").rename(target)
    (tmp_path / "two").rename(kept / "0001")
    renew(target, "3")
    folders = {f.name: (f / "index.html").read_text(encoding="utf-8") for f in kept.glob("0*")}
    assert folders == {"0001": "1", "0002": "2"}


def test_a_release_that_is_not_there_is_not_rolled_back_to(target: Path) -> None:
    renew(target, "1")
    renew(target, "2")
    with pytest.raises(ReleaseFault, match="没有保留第 9 版；可选的有：1"):
        roll_back(target, 9)
    with pytest.raises(ReleaseFault, match="现在用的就是第 2 版"):
        roll_back(target, 2)
    with pytest.raises(ReleaseFault, match="没有保留的版本"):
        roll_back(target.with_name("publish"))
    assert live(target) == "2"


def test_rolling_back_tells_which_pages_come_back(target: Path) -> None:
    with renewal(target, 1000) as staging:
        for name in ("index.html", "members/zhang-san.html"):
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_text(name, encoding="utf-8")
        write_manifest(staging, "publish", TODAY)
    renew(target, "2")
    assert roll_back(target).returning == ("members/zhang-san.html",)
    assert roll_back(target, 2).returning == ("a/page.html",)


def test_a_damaged_release_is_not_put_back(target: Path) -> None:
    renew(target, "1")
    renew(target, "2")
    kept = target.with_name(".site.releases") / "0001"
    (kept / "index.html").write_text("x", encoding="utf-8")
    with pytest.raises(ReleaseFault, match="第 1 版已损坏"):
        roll_back(target)
    assert live(target) == "2"


def test_a_failure_while_writing_leaves_the_old_one_and_no_rest(target: Path) -> None:
    renew(target, "1")
    with pytest.raises(OSError, match="No space"), renewal(target, 1000) as staging:
        (staging / "index.html").write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert live(target) == "1"
    assert not (target.with_name(".site.releases") / "staging").exists()


def test_a_file_that_somebody_put_into_a_release_is_not_lost(target: Path) -> None:
    renew(target, "1")
    (target / "通知.docx").write_bytes(b"precious")
    with pytest.raises(RefusedTarget, match=r"通知\.docx"):
        renew(target, "2")
    assert (target / "通知.docx").read_bytes() == b"precious"
    (target / "通知.docx").unlink()
    (target / "Thumbs.db").write_bytes(b"")  # Windows leaves these behind
    renew(target, "2")
    assert live(target) == "2"


@pytest.mark.parametrize("name", ["site", ".site.releases"])
def test_folders_of_others_are_neither_replaced_nor_filled(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "照片.jpg").write_bytes(b"precious")
    with pytest.raises(RefusedTarget, match=name):
        renew(tmp_path / "site", "1")
    assert (tmp_path / name / "照片.jpg").read_bytes() == b"precious"


def test_a_numbered_folder_of_others_beside_it_is_not_taken_for_a_release(target: Path) -> None:
    renew(target, "1")
    photos = target.with_name(".site.releases") / "0001"
    photos.mkdir()
    (photos / "照片.jpg").write_bytes(b"precious")
    with pytest.raises(RefusedTarget, match="0001 不是本程序生成的"):
        renew(target, "2")
    assert tree(photos) == {"照片.jpg": b"precious"}


@pytest.mark.parametrize(
    "name", [".htaccess", "~报告.docx", ".git/config", "a/.user.ini", "a/备份.zip"]
)
def test_hidden_files_of_others_are_not_lost_either(target: Path, name: str) -> None:
    renew(target, "1")
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_bytes(b"precious")
    with pytest.raises(RefusedTarget, match=re.escape(name)):
        renew(target, "2")
    assert (target / name).read_bytes() == b"precious"


def test_what_a_system_leaves_is_no_file_of_others(target: Path) -> None:
    renew(target, "1")
    for name in LEFT:
        (target / "a" / name).parent.mkdir(parents=True, exist_ok=True)
        (target / "a" / name).write_bytes(b"x")
    renew(target, "2")
    assert live(target) == "2"


def test_a_folder_with_only_a_systems_own_is_empty(target: Path) -> None:
    for name in LEFT:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(b"x")
    renew(target, "1")
    assert live(target) == "1"
    assert {"@eaDir", "desktop.ini"}.isdisjoint(item.name for item in target.iterdir())


def test_what_a_system_leaves_while_a_release_grows_is_no_part_of_it(target: Path) -> None:
    with renewal(target) as staging:
        for name in (*LEFT, "index.html"):
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(b"x")
        assert verify(staging, {"index.html", MARKER}) == 1
        write_manifest(staging, "preview", TODAY)
    assert read_manifest(target).files.keys() == {"index.html"}
    assert faults_of(target) == []


def test_where_a_manifest_is_broken_nothing_is_replaced(target: Path) -> None:
    """It cannot be told whether a file is ours, so that the folder is left to whoever knows."""
    renew(target, "1")
    (target / "通知.docx").write_bytes(b"precious")
    (target / MANIFEST).write_text('{"half', encoding="utf-8")
    with pytest.raises(RefusedTarget, match="改个名字留着"):
        renew(target, "2")
    assert (target / "通知.docx").read_bytes() == b"precious"


@pytest.mark.parametrize(
    "marker", ["由 branch-boards 生成".encode("gbk"), b"", f"第 {'9' * 5000} 版\n".encode()]
)
def test_a_marker_that_somebody_edited_stops_nothing(target: Path, marker: bytes) -> None:
    renew(target, "1")
    (target / MARKER).write_bytes(marker)
    renew(target, "2")
    assert live(target) == "2"
    assert len(kept_releases(target)) == 2


@pytest.mark.parametrize("note", [b"", b"abc", "二".encode("gbk"), b"-1"])
def test_a_note_that_cannot_be_read_stops_nothing(target: Path, note: bytes) -> None:
    renew(target, "1")
    (target.with_name(".site.releases") / "swapping.txt").write_bytes(note)
    renew(target, "2")
    assert live(target) == "2"


def test_a_copy_of_an_earlier_release_does_not_push_it_out(target: Path) -> None:
    renew(target, "1")
    renew(target, "2")
    kept = target.with_name(".site.releases")
    shutil.copytree(kept / "0001", kept / "0001 - 副本")
    (kept / "0001 - 副本" / "more.txt").write_bytes(b"x")
    renew(target, "3")
    assert roll_back(target, 1).number == 1
    assert live(target) == "1"


@pytest.mark.parametrize("name", ["site", ".site.releases"])
def test_a_file_in_the_way_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"precious")
    with pytest.raises(RefusedTarget, match="不是普通文件夹"):
        renew(tmp_path / "site", "1")
    assert (tmp_path / name).read_bytes() == b"precious"


def test_a_link_in_the_place_of_a_site_is_refused(tmp_path: Path) -> None:
    renew(tmp_path / "elsewhere", "1")
    try:
        (tmp_path / "site").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    with pytest.raises(RefusedTarget, match="不是普通文件夹"):
        renew(tmp_path / "site", "2")
    assert live(tmp_path / "elsewhere") == "1"


def test_an_empty_folder_may_be_filled(target: Path) -> None:
    target.mkdir()
    renew(target, "1")
    assert live(target) == "1"


def test_a_whole_disk_is_not_taken_for_a_folder() -> None:
    with pytest.raises(RefusedTarget, match="整个磁盘"), renewal(Path("/")):
        pass
    for ask in (roll_back, kept_releases):
        with pytest.raises(RefusedTarget, match="整个磁盘"):
            ask(Path("/"))


def test_a_stick_s_own_folder_is_a_whole_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path).name == "stick")
    with pytest.raises(RefusedTarget, match="整个磁盘"), renewal(tmp_path / "stick"):
        pass


def test_too_little_room_is_said_before_anything_is_written(target: Path) -> None:
    renew(target, "1")
    with pytest.raises(DiskFull, match="只剩"):
        renew(target, "2", size=10**18)
    assert live(target) == "1"


HOLDING = """
import sys
from pathlib import Path
from boards.releases.renewal import renewal
with renewal(Path(sys.argv[1]), 1000):
    print("holding", flush=True)
    sys.stdin.read()
"""


def test_two_at_once_are_told_apart_by_process(tmp_path: Path) -> None:
    target = tmp_path / "site"
    renew(target, "1")
    command = [sys.executable, "-c", HOLDING, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"holding\n"
        with pytest.raises(Busy, match=rf"进程 {other.pid}"):
            renew(target, "2")
        with pytest.raises(Busy, match=rf"进程 {other.pid}"):
            roll_back(target)
        other.kill()
    renew(target, "2")  # the lock of the dead is free
    assert live(target) == "2"


def test_a_folder_held_open_for_a_while_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renew(target, "1")
    rename = Path.rename
    refusals = iter([True, True, False])

    def held(self: Path, other: Path) -> Path:
        if next(refusals, False):
            raise PermissionError(13, "in use", str(self))
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", held)
    renew(target, "2")
    assert live(target) == "2"


def test_a_folder_held_open_for_good_keeps_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows: the second of the two renames never succeeds."""
    monkeypatch.setattr(renewal_module, "exchange", lambda one, other: False)
    monkeypatch.setattr(exchange_module, "PATIENCE", 0.0)
    target = tmp_path / "site"
    renew(target, "1")
    rename = Path.rename

    def held(self: Path, other: Path) -> Path:
        if self.name == "staging" and Path(other) == target:
            raise PermissionError(13, "in use", str(self))
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        renew(target, "2")
    assert live(target) == "1"
    monkeypatch.undo()
    renew(target, "3")
    assert live(target) == "3"


def test_what_fails_after_the_swap_costs_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    renew(target, "1")
    if not exchange_module.exchange(target, target):
        pytest.skip("only Linux exchanges folders")

    def interrupted(release: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(renewal_module, "_keep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        renew(target, "2")
    assert live(target) == "2"
    monkeypatch.undo()
    assert roll_back(target).number == 1
    assert live(target) == "1"


def test_where_neither_the_new_nor_the_old_can_be_put_the_next_run_puts_the_old_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two renames, and a program that takes hold of the place in between."""
    monkeypatch.setattr(renewal_module, "exchange", lambda one, other: False)
    monkeypatch.setattr(exchange_module, "PATIENCE", 0.0)
    target = tmp_path / "site"
    renew(target, "1")
    rename = Path.rename

    def held(self: Path, other: Path) -> Path:
        if Path(other) == target:
            raise PermissionError(13, "in use", str(self))
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        renew(target, "2")
    assert not target.exists()
    monkeypatch.setattr(Path, "rename", rename)
    with renewal_module.ready(target):
        pass
    assert live(target) == "1"


RENEWING = """
import itertools, sys
from pathlib import Path
from boards.clock import build_date
from boards.releases import renewal as renewal_module
from boards.releases.manifest import write_manifest
from boards.releases.renewal import renewal
from boards.releases.rollback import roll_back
if sys.argv[2] == "renames":
    renewal_module.exchange = lambda one, other: False
target = Path(sys.argv[1])
print("ready", flush=True)
for count in itertools.count():
    with renewal(target, 1000) as staging:
        for name in ("index.html", "other.html"):
            (staging / name).write_text(f"{count}", encoding="utf-8")
        write_manifest(staging, "publish", build_date())
    if count % 5 == 4:
        roll_back(target)
"""


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_any_instant_the_old_or_the_new_release_is_there(
    tmp_path: Path, way: str, kills: int
) -> None:
    """Renewals and rollbacks one after another, killed a random while after they began."""
    import random  # noqa: PLC0415
    import time  # noqa: PLC0415

    chance = random.Random(2026)
    target = tmp_path / "site"
    renew(target, "first")
    for _ in range(kills):
        command = [sys.executable, "-c", RENEWING, str(target), way]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.random() * 0.05)
            process.kill()
        if way == "exchange":
            assert faults_of(target) == []  # without any recovery: readers never wait for us
        renew(target, "after")
        assert live(target) == "after"
        rest = {item.name for item in target.with_name(".site.releases").iterdir()}
        assert {name for name in rest if not name.isdigit()} <= {MARKER, "lock"}
        for kept in target.with_name(".site.releases").glob("0*"):
            assert faults_of(kept) == []


DYING = """
import itertools, os, shutil, sys
from pathlib import Path
from boards.clock import build_date
from boards.releases import renewal as renewal_module
from boards.releases.manifest import write_manifest
from boards.releases.places import earlier, number_of
from boards.releases.renewal import renewal

target, way, when = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
if way == "renames":
    renewal_module.exchange = lambda one, other: False

def renew():
    with renewal(target, 1000) as staging:
        (staging / "index.html").write_text(f"{number_of(staging)}")
        write_manifest(staging, "publish", build_date())

def dying(real, left):
    def call(*words, **settings):
        left[0] -= 1
        if left[0] == 0 and when == "before":
            os._exit(9)
        if left[0] == 0 and when == "half" and real in writing:
            real(words[0], words[1][: len(words[1]) // 3], **settings)
            os._exit(9)
        result = real(*words, **settings)
        if left[0] == 0:
            os._exit(9)
        return result
    return call

for step in itertools.count(1):
    live = number_of(target)
    child = os.fork()
    if not child:
        left = [step]
        writing = [Path.write_text, Path.write_bytes]
        for name in ("rename", "replace", "mkdir", "rmdir", "unlink", "write_text", "write_bytes"):
            setattr(Path, name, dying(getattr(Path, name), left))
        shutil.rmtree = dying(shutil.rmtree, left)
        renewal_module.exchange = dying(renewal_module.exchange, left)
        renew()
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = number_of(target)
    with renewal_module.ready(target):
        pass
    there = sorted({number_of(target), *earlier(target)})
    print(code, step, live, seen, number_of(target), there, flush=True)
    if code == 0:
        break
    renew()
"""


@pytest.mark.parametrize("when", ["before", "half", "after"])
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_dying_at_every_step_loses_nothing(tmp_path: Path, way: str, when: str) -> None:
    """Each change that a renewal makes on the disk is once the last one before power is gone."""
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    target = tmp_path / "site"
    for number in (1, 2, 3, 4):
        renew(target, str(number))
    said = subprocess.run(
        [sys.executable, "-c", DYING, str(target), way, when],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    lines = [line.split(" ", 5) for line in said.stdout.splitlines()]
    assert len(lines) > 10
    assert lines[-1][0] == "0"
    for _, step, live, seen, after, kept in lines:
        old_or_new = {live, str(int(live) + 1)}
        assert after in old_or_new, step
        assert live in re.findall(r"\d+", kept), f"step {step}: release {live} is lost"
        assert "0" not in re.findall(r"\d+", kept), f"step {step}: something half made is kept"
        assert seen in (old_or_new if way == "exchange" else {*old_or_new, "None"}), step
    rest = {item.name for item in target.with_name(".site.releases").iterdir()}
    assert {name for name in rest if not name.isdigit()} == {MARKER, "lock"}
    if way == "renames":
        assert "None" in {line[3] for line in lines}, "the instant between the renames was not met"


def test_a_reader_never_finds_an_error_or_a_mixture(tmp_path: Path) -> None:
    """A hundred swaps under a reader over HTTP: every answer is whole, and none goes back."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux exchanges folders")
    target = tmp_path / "site"
    renew_large(target, 0)
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": print_nothing})
    handler = partial(quiet, directory=str(target))
    answers: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            answers.extend(get(server, name) for name in ("index.html", "page.html"))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threads = [threading.Thread(target=work) for work in (server.serve_forever, read)]
        for thread in threads:
            thread.start()
        for number in range(1, 101):
            renew_large(target, number)
        done.set()
        threads[1].join()
        server.shutdown()
        threads[0].join()
    assert [answer for answer in answers if not answer.isdecimal()] == []
    assert answers == sorted(answers), "an older release was seen after a newer one"
    assert len(set(answers)) > 25


_TIMES = 100_000


def renew_large(target: Path, number: int) -> None:
    """A release whose files say their number over and over: 400 kB each."""
    with renewal(target, 1000) as staging:
        for name in ("index.html", "page.html"):
            (staging / name).write_text(f"{number:04d}" * _TIMES, encoding="utf-8")
        write_manifest(staging, "publish", TODAY)


def get(server: http.server.HTTPServer, name: str) -> str:
    """The number that a whole answer says, or what is wrong with it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.request("GET", f"/{name}")
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    if answer.status != 200:
        return f"status {answer.status}"
    return text[:4] if text == text[:4] * _TIMES else "a mixture"


def print_nothing(*words: object) -> None:
    """In place of a server's log."""


def test_a_release_is_sent_whole_and_what_arrived_is_checked(tmp_path: Path) -> None:
    release = tmp_path / "publish"
    renew(release, "1")
    share = tmp_path / "共享" / "展板"
    share.parent.mkdir()
    assert send(release, share) == 3
    marked = {name: data for name, data in tree(release).items() if name != MARKER}
    assert {name: data for name, data in tree(share).items() if name != MARKER} == marked
    renew(release, "2")
    send(release, share)
    assert live(share) == "2"
    assert roll_back(share).number == 1


def test_what_arrives_damaged_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, share = tmp_path / "publish", tmp_path / "share"
    renew(release, "1")
    send(release, share)
    renew(release, "2")
    copy = send_module._copy

    def damage(source: Path, target: Path) -> None:
        copy(source, target)
        if target.name == "page.html":
            target.write_bytes(b"")

    monkeypatch.setattr(send_module, "_copy", damage)
    with pytest.raises(ReleaseFault, match=r"a/page\.html 的内容不对"):
        send(release, share)
    assert live(share) == "1"


def test_a_release_is_not_sent_into_itself_or_nowhere(tmp_path: Path) -> None:
    release = tmp_path / "publish"
    renew(release, "1")
    for target in (release, release / "copy", tmp_path):
        with pytest.raises(RefusedTarget, match="互相包含"):
            send(release, target)
    with pytest.raises(RefusedTarget, match="找不到"):
        send(release, tmp_path / "no-such" / "share")
    assert live(release) == "1"


@pytest.mark.parametrize("name", ["../precious", "a/../../precious", "..\\precious", "/", "", "C:x",
                                  "\\\\share\\x", "a\0b", "\ud800"])  # fmt: skip
def test_no_manifest_leads_out_of_its_release(tmp_path: Path, name: str) -> None:
    check_manifest_refused(tmp_path, name)


def test_no_manifest_leads_to_an_absolute_path(tmp_path: Path) -> None:
    check_manifest_refused(tmp_path, str(tmp_path / "precious"))


def check_manifest_refused(folder: Path, name: str) -> None:
    """A release is sent whose manifest names one file more, and nothing is read or written."""
    release = folder / "publish"
    renew(release, "1")
    (folder / "precious").write_bytes(b"precious")
    content = json.loads((release / MANIFEST).read_text(encoding="utf-8"))
    content["files"][name] = {"size": 8, "sha256": "x"}
    (release / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ReleaseFault, match="没有完整的"):
        send(release, folder / "share")
    assert (folder / "precious").read_bytes() == b"precious"
    assert not (folder / "share").exists()


@pytest.mark.parametrize("size", ["Infinity", "[" * 100_000])
def test_a_manifest_of_nonsense_is_no_manifest(tmp_path: Path, size: str) -> None:
    renew(tmp_path / "publish", "1")
    text = '{"date": "2026-11-23", "edition": "x", "files": {"a": {"sha256": "x", "size": '
    (tmp_path / "publish" / MANIFEST).write_text(f"{text}{size}}}}}}}", encoding="utf-8")
    with pytest.raises(ReleaseFault, match="没有完整的"):
        send(tmp_path / "publish", tmp_path / "share")


def test_a_share_that_goes_away_meanwhile_is_told(tmp_path: Path) -> None:
    renew(tmp_path / "publish", "1")
    (tmp_path / "share").mkdir()
    with pytest.raises(ReleaseFault, match="断开了"):
        send(tmp_path / "publish", tmp_path / "share" / "x",
             lambda done, total: shutil.rmtree(tmp_path / "share", ignore_errors=True))  # fmt: skip


@pytest.mark.parametrize("name", ["", "data", "data/new", "site", "publish", ".boards/x", ".."])
def test_a_copy_for_others_never_goes_into_the_site_s_own_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "branch" / "data").mkdir(parents=True)
    with pytest.raises(RefusedTarget, match="网站自己的文件夹"):
        require_elsewhere(tmp_path / "branch", tmp_path / "branch" / name)


def test_a_bad_target_is_told_before_anything_is_made(tmp_path: Path) -> None:
    site, other = tmp_path / "branch", tmp_path / "other"
    site.mkdir()
    require_elsewhere(site, other)
    with pytest.raises(RefusedTarget, match="找不到"):
        require_elsewhere(site, tmp_path / "no-such" / "share")
    other.mkdir()
    (other / "照片.jpg").write_bytes(b"precious")
    with pytest.raises(RefusedTarget, match="不是本程序生成的"):
        require_elsewhere(site, other)


def test_an_unfinished_folder_is_not_sent(tmp_path: Path) -> None:
    release = tmp_path / "publish"
    renew(release, "1")
    (release / MANIFEST).unlink()
    with pytest.raises(ReleaseFault, match="没有完整的"):
        send(release, tmp_path / "share")


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda site: (site / "index.html").unlink(), "缺少 index.html"),
        (lambda site: (site / "more.html").touch(), "多出 more.html"),
        (lambda site: (site / "index.html").write_text("2"), "index.html 的内容不对"),
    ],
)
def test_a_manifest_tells_every_difference(tmp_path: Path, damage: object, fault: str) -> None:
    renew(tmp_path / "site", "1")
    damage(tmp_path / "site")  # type: ignore[operator]
    assert faults_of(tmp_path / "site") == [fault]
