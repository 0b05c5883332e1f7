"""What stands in a page of the desk when it is opened."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from boards.desk.drafts import FOLDER
from boards.desk.office import TABLES
from boards.desk.rooms import own
from desks import OpenDesk, draft_of, new_draft, open_desk
from helpers import read_board
from sites import change, copy_site

pytestmark = pytest.mark.slow  # and of no day


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    root = copy_site(tmp_path_factory.mktemp("desk"), made=False)
    with open_desk(root) as opened:
        yield opened


def opened(desk: OpenDesk, place: str) -> str:
    """A page, or the one that it leads to."""
    answer = desk.get(place)
    if answer.status == 303:
        answer = desk.get(answer.headers["location"].removeprefix(f"{desk.given.at}/"))
    assert answer.status == 200
    return answer.text


def value_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


def test_a_new_record_begins_as_another_one_stands_without_what_is_its_own(desk: OpenDesk) -> None:
    member = read_board(desk.root).members["sample-jia"]
    page = opened(desk, "new/members?copy=sample-jia")
    assert value_of(page, "job") == member.job
    assert "checked" not in page.partition('name="sample" value="true"')[2][:10]
    assert not (desk.root / FOLDER).exists(), "looking leaves no draft behind"


def test_a_poster_that_was_hung_is_written_down_with_what_is_known(desk: OpenDesk) -> None:
    known = "poster=roster&size=A2&version=12345678&printed_on=2019-08-19"
    page = opened(desk, f"new/prints?{known}")
    assert [value_of(page, name) for name in ("poster", "size", "version", "printed_on")] == [
        "roster", "A2", "12345678", "2019-08-19",
    ]  # fmt: skip


def test_what_hangs_is_listed_with_what_is_wrong_with_it(desk: OpenDesk) -> None:
    rows = [row for row in read_board(desk.root).prints.values() if not row.taken_down]
    page = opened(desk, "hanging")
    for row in rows:
        assert row.place in page
        assert quote(row.id) in page
        assert desk.get(f"record/prints/{quote(row.id)}").status == 200
    assert "已经有2019年第二季度的了" in page


def test_a_period_is_proposed_where_none_or_a_wrong_one_is_asked_for(desk: OpenDesk) -> None:
    for place in ("new/quarters", "new/quarters?id=2019-06", "new/quarters?id=x"):
        assert re.fullmatch(r"\d{4}-Q[1-4]", value_of(opened(desk, place), "-id")), place
    assert value_of(opened(desk, "new/months?id=2019-07"), "-id") == "2019-07"


def test_every_problem_leads_to_its_field(desk: OpenDesk) -> None:
    change(desk.root / "data/members.yml", "pledge: 把任务", "pledge: 电话13912345678把任务")
    page = opened(desk, "")
    assert "/record/members/sample-jia#at-pledge" in page
    assert "/record/honours/" in page


def test_lists_say_what_is_to_be_read_and_not_who_approved_it(tmp_path: Path) -> None:
    root = copy_site(tmp_path, made=False)
    steps = "proposed_by: 李宣传\n      checked_by: 王委员\n      approved_by: 赵书记"
    published = "basis: published\n      approved_content: 10ea513a656645db"
    change(root / "data/members.yml", published, steps)
    with open_desk(root) as other:
        page = other.get("ledger/members").text
    assert "祝君文" in page
    assert not [name for name in ("李宣传", "王委员", "赵书记") if name in page]


def test_what_the_disk_will_not_do_is_said_on_a_page_from_which_one_gets_on(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "settings.json")

    monkeypatch.setattr(own, "keep_settings", full)
    headers = {
        **desk.own,
        "Accept": "text/html",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = desk.ask("POST", f"{desk.given.at}/settings", b"who=x", headers)
    assert answer.status == 409
    assert "磁盘满了" in answer.text
    assert f"{desk.given.at}/ledger/members" in answer.text


def test_the_page_beside_a_form_is_there_for_records_of_every_ledger(desk: OpenDesk) -> None:
    board = read_board(desk.root)
    seen = set()
    for table in TABLES:
        for record in list(board.table(table).values())[:1]:
            draft = draft_of(record, {})
            own = [("-table", table), ("-record", record.id), ("-draft", draft.name)]
            sent = [*own, ("-base", json.dumps(draft.base)), ("-looking", "1"), *draft.pairs]
            page = json.loads(desk.post("check", sent).text)["page"].partition("#")[0]
            assert desk.get(page.removeprefix(f"{desk.given.at}/")).status == 200, table
            seen.add(table)
    assert len(seen) > 15


def test_a_form_that_is_only_looked_at_leaves_no_draft(desk: OpenDesk) -> None:
    filled = {"name": "王强", "standing": "member", "source": "people-2019-08-19"}
    draft = new_draft("members", filled)
    own = [("-table", "members"), ("-record", ""), ("-draft", draft.name), ("-base", "null")]
    file = desk.root / FOLDER / f"{draft.name}.json"
    assert desk.post("check", [*own, ("-looking", "1"), *draft.pairs]).status == 200
    assert not file.exists()
    assert desk.post("check", [*own, *draft.pairs]).status == 200
    assert file.exists()
