"""What looks after a site, done at the desk as the commands do it: health, upgrade, keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from boards.amend.upgrade import apply, plan
from boards.board.folder import KEY_FILE
from boards.doctor import examine, this_machine
from boards.packs.keys import own_key
from boards.records.shared import Unit
from desks import Answer, OpenDesk, open_desk
from helpers import read_board
from packs import OWN, SENDER, with_words
from sites import copy_site


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(copy_site(tmp_path)) as opened:
        yield opened


def test_the_health_is_what_the_command_tells(desk: OpenDesk) -> None:
    page = desk.get("upkeep/health").text
    for finding in examine(desk.root, this_machine()):
        assert f"<b>{finding.check}</b>" in page
    assert page.index(">注意<") < page.index("<b>Python</b>"), "what is to be done stands first"
    assert not re.search(r"boards [a-z]", page), "where to click, not what to type"


def seen(page: Answer) -> str:
    return re.findall('name="seen" value="([0-9a-f]+)"', page.text)[0]


def test_an_upgrade_is_shown_before_it_is_done(desk: OpenDesk) -> None:
    apply(desk.root, plan(desk.root), "before")
    assert "已经是最新的格式" in desk.get("upkeep").text
    schema = desk.root / "data/schema/members.schema.json"
    schema.write_bytes(b"{}")
    page = desk.get("upkeep")
    assert "members.schema.json" in page.text
    schema.write_bytes(b"[]\n")
    (desk.root / "data/schema/cases.schema.json").unlink()
    refused = desk.post("upkeep/upgrade", [("seen", seen(page))])
    assert refused.status == 409
    assert schema.read_bytes() == b"[]\n"
    done = desk.post("upkeep/upgrade", [("seen", seen(desk.get("upkeep")))])
    assert done.headers["location"].endswith("upkeep?done=kept")
    assert plan(desk.root).changes == ()
    [kept] = desk.root.glob("backups/*-upgrade/data/schema/members.schema.json")
    assert kept.read_bytes() == b"[]\n"


def test_a_key_is_made_once_and_only_its_public_half_is_shown(desk: OpenDesk) -> None:
    desk.post("upkeep/key", [])
    own = own_key(desk.root)
    assert own is not None
    page = desk.get("upkeep").text
    assert own.fingerprint in page
    pem = (desk.root / KEY_FILE).read_text(encoding="ascii")
    assert pem.splitlines()[1] not in page
    assert desk.post("upkeep/key", []).status == 409
    assert (desk.root / KEY_FILE).read_text(encoding="ascii") == pem


def arrived(desk: OpenDesk) -> str:
    """A signed pack of another unit that waits to be looked through."""
    other = Unit(id=OWN, name="采煤三区党支部", mine="某矿", group="某集团")
    content = with_words(SENDER, unit=other)
    name = hashlib.sha256(content).hexdigest()
    folder = desk.root / "desk" / "parcels"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return name


def test_a_senders_key_is_noted_only_if_asked_and_can_be_taken_back(desk: OpenDesk) -> None:
    name = arrived(desk)
    page = desk.get(f"exchange?parcel={name}").text
    assert SENDER.fingerprint in page
    assert "登记 某集团某矿 采煤三区党支部 的公钥" in page
    desk.post("taken", [("name", name), ("what", "take")])
    assert read_board(desk.root).received
    assert not read_board(desk.root).keys
    name = arrived(desk)
    desk.post("taken", [("name", name), ("what", "take"), ("replace", "1"), ("trust", "1")])
    assert [key.public for key in read_board(desk.root).keys.values()] == [SENDER.public]
    assert SENDER.fingerprint in desk.get("upkeep").text
    again = desk.get(f"exchange?parcel={arrived(desk)}").text
    assert "公钥登记过" in again
    assert "登记 某集团某矿 采煤三区党支部 的公钥" not in again
    desk.post("undo/1", [])
    assert not read_board(desk.root).keys
