"""Photos worked on aside: nobody waits for them, and what is wrong with one is still said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boards.desk import ahead
from boards.desk.desk import Desk
from helpers import MINIMAL, write_tree
from officers import photo

pytestmark = pytest.mark.slow  # and of no day

FOUR = "甲乙丙丁"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    root = write_tree(tmp_path, MINIMAL)
    (root / "data/media").mkdir()
    rows = "".join(
        f"  - id: photo-{number}\n    name: 王{name}\n    standing: member\n    source: ledger\n"
        f"    photo:\n      file: media/{number}.jpg\n      alt: 近照\n"
        for number, name in enumerate(FOUR)
    )
    file = root / "data/members.yml"
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n{rows}", encoding="utf-8")
    for number, _ in enumerate(FOUR):
        (root / f"data/media/{number}.jpg").write_bytes(photo() + bytes([number]))
    (root / "data/media/0.jpg").write_bytes(b"no photo")
    return Desk(root)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Photos wait until this is set."""
    going = threading.Event()
    real = ahead.picture

    def waiting(*given: Any) -> Any:
        going.wait(20)
        return real(*given)

    monkeypatch.setattr(ahead, "picture", waiting)
    yield going
    going.set()


def told(desk: Desk) -> list[str]:
    return [row.found for row in desk.look().errors]


def test_the_records_are_there_before_their_photos(desk: Desk, held: threading.Event) -> None:
    assert told(desk) == []
    assert len(desk.look().board.members) > len(FOUR)
    assert "4 张处理了 0 张" in desk.photos.progress.said
    held.set()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(20)
    assert desk.photos.progress.said == ""
    assert ["media/0.jpg" in found for found in told(desk)] == [True]


def test_a_photo_or_two_are_worked_on_at_once(
    desk: Desk, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_FEW", 4)
    assert ["media/0.jpg" in found for found in told(desk)] == [True]
    assert desk.photos.progress.said == ""
