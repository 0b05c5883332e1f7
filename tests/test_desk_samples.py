"""Samples leave a site at the desk as they do by the command, and can be put back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from boards.amend import AmendFault
from boards.amend.samples import Removal, removal, samples
from boards.clock import build_date
from boards.desk import history
from boards.desk.rooms import samples as rooms
from desks import Answer, OpenDesk, open_desk
from helpers import read_board
from sites import change, copy_site


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(copy_site(tmp_path)) as opened:
        yield opened


def agreed(page: Answer) -> list[tuple[str, str]]:
    return [("seen", re.findall('name="seen" value="([0-9a-f]+)"', page.text)[0])]


def test_all_that_goes_is_shown_before_it_goes(desk: OpenDesk) -> None:
    page = desk.get("samples").text
    planned = removal(read_board(desk.root), desk.root, build_date())
    assert f"全部删掉（{len(planned.gone)} 条）" in page
    for row in planned.gone:
        assert row.title_text in page
    for row, label in planned.freed:
        assert f"“{row.title_text}”的{label}" in page
    assert f"还有 {len(samples(read_board(desk.root)))} 条" in desk.get("settings").text


def test_they_go_at_once_and_each_can_be_put_back(desk: OpenDesk) -> None:
    planned = removal(read_board(desk.root), desk.root, build_date())
    done = desk.post("samples", agreed(desk.get("samples")))
    assert done.headers["location"].endswith("samples?done=1")
    left = samples(read_board(desk.root))
    assert {row.key for row in left} == {row.key for row in planned.needed}
    assert "没有可删的示例" in desk.get("samples").text
    message = next(row for row in planned.gone if row.table == "messages")
    saved = next(row for row in history.read(desk.root) if row.id == message.id)
    desk.post(f"undo/{saved.number}", [])
    assert message.id in read_board(desk.root).messages


def test_what_nobody_has_seen_is_not_done(desk: OpenDesk) -> None:
    seen = agreed(desk.get("samples"))
    change(desk.root / "data/members.yml", "name: 陈化永\n", "name: 陈 化永\n")
    before = len(samples(read_board(desk.root)))
    refused = desk.post("samples", seen)
    assert refused.status == 409
    assert "和刚才看到的不一样了" in refused.text
    assert len(samples(read_board(desk.root))) == before


def test_why_samples_cannot_be_taken_out_is_said(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = agreed(desk.get("samples"))

    def locked(*_: object) -> Removal:
        raise AmendFault("members.yml 正被别的程序占用；关掉它再试")

    monkeypatch.setattr(rooms, "removal", locked)
    answer = desk.post("samples", seen)
    assert answer.status < 500
    assert "现在还不能删，先改好这些：members.yml 正被别的程序占用" in answer.text
    assert samples(read_board(desk.root))


def test_the_whole_site_is_seen_from_the_desk(desk: OpenDesk) -> None:
    assert 'href="%s/site/index.html"' % desk.given.at in desk.get("").text  # noqa: UP031
    page = desk.get("site/members/sample-ding.html")
    assert "党员丁" in page.text
    assert "script-src" in page.headers["content-security-policy"]
    assert desk.get("site/assets/boards.js").status == 200
    change(desk.root / "data/members.yml", "name: 党员丁\n", "name: 党员丁丁\n")
    assert "党员丁丁" in desk.get("site/members/sample-ding.html").text
    assert desk.get("site/posters/index.html").headers["location"].endswith("/posters")
    assert desk.get("site/../data/members.yml").status == 404
