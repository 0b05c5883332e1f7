"""The desk on a disk that is full, and in a folder that can only be read."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from boards.desk.drafts import Draft
from desks import OpenDesk, draft_of, open_desk
from helpers import read_board
from mounts import mounted
from sites import copy_site, tree

pytestmark = pytest.mark.slow

ROOMS = (
    "",
    "ledger/members",
    "record/members/sample-jia",
    "posters",
    "release",
    "settings",
    "past",
)
WORK = {
    "settings": [("who", "李宣传")],
    "posters/roster": [("size", "A2"), ("profile", "office"), ("sheet", "A4"), ("look", "")],
    "quarter/2019-Q2": [],
    "publish": [("target", "")],
    "order/cases": [("id", "ii1057-jack-seat"), ("id", "ii830-fault-crossing")],
}


@contextlib.contextmanager
def full(place: Path) -> Iterator[Path]:
    with mounted(place, "-t", "tmpfs", "-o", "size=9m", "tmpfs"):
        root = copy_site(place / "branch", made=False)
        with (place / "rest").open("wb", buffering=0) as rest, contextlib.suppress(OSError):
            while True:
                rest.write(bytes(4096))
        yield root


@contextlib.contextmanager
def read_only(place: Path) -> Iterator[Path]:
    root = copy_site(place.parent / "original", made=False)
    with mounted(place, "--bind", str(root)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        yield place


@pytest.fixture(params=[full, read_only], ids=["full", "read-only"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenDesk]:
    with request.param(tmp_path / "disk") as root, open_desk(root) as opened:
        yield opened


def sent(draft: Draft) -> list[tuple[str, str]]:
    own = [("-table", draft.table), ("-record", draft.id), ("-draft", draft.name)]
    return [*own, ("-base", json.dumps(draft.base)), *draft.pairs]


def test_everything_can_be_looked_at_and_what_cannot_be_written_is_said(desk: OpenDesk) -> None:
    before = tree(desk.root / "data")
    for place in ROOMS:
        assert desk.get(place).status == 200, place
    form = sent(draft_of(read_board(desk.root).members["sample-jia"], {"pledge": "写不下的话"}))
    told = json.loads(desk.post("check", form).text)
    assert "草稿没有记下" in told["unkept"]
    assert told["can_be_saved"]
    for place, pairs in {**WORK, "save": form}.items():
        answer = desk.post(place, pairs)
        assert answer.status == 409, place
        assert "读写不了" in answer.text or "没有发布" in answer.text, (place, answer.text[:200])
    assert tree(desk.root / "data") == before
