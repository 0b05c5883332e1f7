"""Every room of the desk: quiet, within the screen, for everybody, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from browsers import browser, in_browser, tab
from desks import OpenDesk, open_desk
from helpers import read_board
from officers import Officer
from sites import copy_site

__all__ = ["browser", "tab"]
pytest.importorskip("axe_playwright_python", reason="没有安装 axe，跳过无障碍测试")
pytestmark = in_browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
ROOMS = {
    "today": "",
    "ledger": "ledger/members",
    "member": "record/members/sample-jia",
    "case": "record/cases/ii830-fault-crossing",
    "quarter": "record/quarters/2019-Q2",
    "month": "record/months/2019-06",
    "branch": "record/branches/zongcai-er-qu",
    "new member": "new/members",
    "new month": "new/months",
    "approval": "approval",
    "quarter step by step": "quarter/2019-Q2",
    "bring": "bring",
    "exchange": "exchange",
    "posters": "posters",
    "poster": "posters/roster",
    "what hangs": "hanging",
    "release": "release",
    "history": "past",
    "settings": "settings",
    "upkeep": "upkeep",
    "samples": "samples",
    "file": "text?file=data/members.yml",
    "nothing": "ledger/nothing",
}
BY_KEYBOARD = (
    "today", "ledger", "member", "month", "approval", "quarter step by step", "bring", "exchange",
    "posters", "poster", "what hangs", "release", "history", "settings", "upkeep",
    "samples", "file",
)  # fmt: skip
"""Rooms with controls of every kind."""
REACHABLE = """() => {
  const shown = (one) => one.checkVisibility();
  const wanted = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((one) => shown(one) && !one.disabled && one.tabIndex >= 0 && one.type !== "hidden");
  const called = (one) => one.type === "radio" ? `radio ${one.name}` : `n${wanted.indexOf(one)}`;
  window.calledAs = (one) => one && wanted.includes(one) ? called(one) : "";
  return [...new Set(wanted.map(called))];
}"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(copy_site(tmp_path)) as opened:
        yield opened


@pytest.fixture
def officer(tab: Any, desk: OpenDesk) -> Officer:
    tab.route("**/live/**", lambda route: route.abort())  # the site's own pages have their tests
    return Officer(tab, desk)


def faults(tab: Any, *besides: str) -> list[str]:
    """What axe says, of all but what has been looked at, and what is wider than the screen."""
    tab.evaluate(AXE)
    report = tab.evaluate(
        "([rules, besides]) => axe.run({exclude: ['iframe', ...besides]}, {runOnly: rules})",
        [RULES, besides],
    )
    found = [f"{row['id']}: {row['nodes'][0]['html'][:120]}" for row in report["violations"]]
    wide = tab.evaluate("document.documentElement.scrollWidth") > 1366
    return [*found, *(["too wide"] if wide else [])]


def ready(officer: Officer, place: str) -> None:
    officer.go(place)
    officer.tab.locator("main").wait_for()
    if officer.tab.locator("#form").count():
        officer.tab.locator("#state:not(:empty)").wait_for()


def test_every_room_is_quiet_fits_and_can_be_used_by_all(officer: Officer) -> None:
    found = []
    for name, place in ROOMS.items():
        ready(officer, place)
        besides = () if name == "today" else (".side",)
        found += [f"{name}: {fault}" for fault in faults(officer.tab, *besides)]
    assert found == []
    quiet = ("404", "ERR_FAILED")  # a page that is not there, and the pages that are not loaded
    assert [told for told in officer.complaints if not any(q in told for q in quiet)] == []


def test_the_first_page_of_all_can_be_used_by_all(tab: Any, tmp_path: Path) -> None:
    with open_desk(tmp_path) as empty:
        somebody = Officer(tab, empty)
        assert faults(tab) == []
        tab.keyboard.type("综采一区党支部")
        assert tab.get_by_label("支部名称").input_value() == "综采一区党支部"
        assert somebody.complaints == []


def test_every_control_of_every_room_is_reached_by_keyboard(officer: Officer) -> None:
    found = []
    for name in BY_KEYBOARD:
        ready(officer, ROOMS[name])
        wanted = set(officer.tab.evaluate(REACHABLE))
        assert len(wanted) > 20, name
        officer.tab.evaluate("document.activeElement.blur()")
        for _ in range(2 * len(wanted) + 20):
            if not wanted:
                break
            officer.tab.keyboard.press("Tab")
            wanted.discard(officer.tab.evaluate("calledAs(document.activeElement)"))
        found += [f"{name}: {len(wanted)} not reached"] if wanted else []
    assert found == []


def test_a_message_is_written_and_found_by_keyboard_alone(officer: Officer) -> None:
    tab = officer.tab
    officer.go("")

    def to(selector: str) -> None:
        for _ in range(200):
            tab.keyboard.press("Tab")
            if tab.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(selector)


def test_a_roster_is_dropped_looked_through_and_taken(officer: Officer) -> None:
    tab, root = officer.tab, officer.desk.root
    officer.go("bring")
    rows = [
        "姓名,电话,面貌,干啥的",
        "李强,13812345678,党员,电工",
        "周敏,,党员,司机",
        "周敏,,党员,电工",
    ]
    roster = {
        "name": "名册.csv",
        "mimeType": "text/csv",
        "buffer": "\n".join(rows).encode("gb18030"),
    }
    tab.set_input_files("#files", [roster])
    tab.get_by_role("button", name="看一看").click()
    tab.get_by_label("D 列 干啥的 记到").select_option(label="职务或工种")
    tab.get_by_label("第 3 行是哪一个").select_option(label="台账里还没有，新登记一条人员")
    tab.get_by_label("第 4 行是哪一个").select_option(label="这一行不带")
    assert faults(tab) == []
    tab.get_by_role("button", name="按改的再看一遍").click()
    tab.get_by_text("职务或工种：电工").wait_for()
    assert "13812345678" not in tab.content()
    tab.get_by_role("button", name="收下 2 条").click()
    tab.get_by_text("带进来了 2 条").wait_for()
    assert read_board(root).members["li-qiang"].job == "电工"
    assert officer.complaints == []
