"""The big screen: it rotates, obeys keys and dates, is large enough, and never grows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsers import browser, in_browser
from sites import build_site, change, copy_site

__all__ = ["browser"]
pytestmark = in_browser

SETTINGS = """
  screen:
    seconds: 10
    slides:
      - part: brand
      - part: star
      - part: zone
      - part: honours
      - part: cases
      - part: outcomes
      - part: message
      - part: notice
        title: 安全活动月
        text: 本月每个班组开展一次应急演练。
        start: 2026-11-24
        end: 2026-11-25
        seconds: 20
      - part: notice
        title: 早会
        weekdays: [周一]
        opens: 07:30
        closes: 17:00
      - part: notice
        title: 夜班
        opens: 22:00
        closes: 06:00
      - part: zone
        seconds: 3
        fresh_days: 365
"""


@pytest.fixture(scope="module")
def screen_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_site(tmp_path_factory.mktemp("screen"))
    branch = root / "data" / "branch.yml"
    change(branch, "  stale_after_months: 12\n", f"  stale_after_months: 12{SETTINGS}")
    return build_site(root).target


@pytest.fixture
def hall(browser: Any, screen_site: Path) -> Iterator[Any]:
    """The television, its clock at eight on 23 November 2026, started from a folder."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    tab = context.new_page()
    tab.clock.install(time="2026-11-23T08:00:00")
    tab.goto(screen_site.as_uri() + "/screen.html")
    yield tab
    context.close()


def shown(tab: Any) -> str:
    slides = tab.locator("[data-seconds]:visible")
    assert slides.count() == 1
    return str(slides.get_attribute("class")).split("--")[1]


def whole_round(tab: Any) -> list[str]:
    return [press(tab, "ArrowRight") for _ in range(tab.locator("[data-seconds]").count())]


def titles(tab: Any) -> set[str]:
    """The headings of all that is shown now."""
    found = set()
    for _ in range(tab.locator("[data-seconds]").count()):
        tab.keyboard.press("ArrowRight")
        found.add(tab.locator("h1:visible").inner_text())
    return found


def press(tab: Any, key: str) -> str:
    tab.keyboard.press(key)
    return shown(tab)


def test_it_starts_with_the_brand_and_moves_on_by_itself(hall: Any) -> None:
    assert shown(hall) == "brand"
    hall.clock.run_for(9000)
    assert shown(hall) == "brand"
    hall.clock.run_for(1500)
    assert shown(hall) == "star"


def test_keys_and_remote_control_move_pause_and_jump(hall: Any) -> None:
    assert press(hall, "ArrowRight") == "star"
    assert press(hall, "ArrowLeft") == "brand"
    assert press(hall, "3") == "star"  # the star's citation fills two slides
    hall.keyboard.press("Enter")
    hall.clock.run_for(60_000)
    assert shown(hall) == "star"
    assert hall.locator("[data-do=pause]").inner_text() == "继续"
    hall.keyboard.press(" ")
    hall.clock.run_for(20_500)  # as long as its text takes to read
    assert shown(hall) == "zone"


def test_a_slide_stands_as_long_as_it_takes_to_read(hall: Any) -> None:
    slides = hall.locator("section:not([data-fallback])").evaluate_all(
        "all => all.map(s => [Number(s.dataset.seconds),"
        " (s.querySelector('.slide__text') || {textContent: ''}).textContent.length])"
    )
    assert all(
        seconds >= 4 + words / 5 for seconds, words in slides if words and seconds not in (3, 20)
    )
    assert all(seconds >= 10 or seconds == 3 for seconds, _ in slides)


@pytest.mark.parametrize(
    ("query", "part"), [("?from=2", "star"), ("?from=cases", "cases"), ("?from=x", "brand")]
)
def test_a_second_screen_begins_elsewhere(
    hall: Any, screen_site: Path, query: str, part: str
) -> None:
    hall.goto(f"{screen_site.as_uri()}/screen.html{query}")
    assert shown(hall) == part


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-11-23T07:29:00", False),
        ("2026-11-23T07:30:00", True),  # a Monday
        ("2026-11-23T16:59:00", True),
        ("2026-11-23T17:00:00", False),
        ("2026-11-24T08:00:00", False),
    ],
)
def test_a_slide_is_shown_at_its_times_on_its_days_of_the_week(
    hall: Any, moment: str, due: bool
) -> None:
    hall.clock.set_fixed_time(moment)
    assert ("早会" in titles(hall)) is due


def test_over_midnight(hall: Any) -> None:
    for moment, due in (("23:00", True), ("05:59", True), ("06:00", False), ("12:00", False)):
        hall.clock.set_fixed_time(f"2026-11-24T{moment}:00")
        assert ("夜班" in titles(hall)) is due, moment


def test_what_was_not_renewed_is_not_shown(hall: Any) -> None:
    old = hall.locator(".slide--zone[data-seconds='3']")
    assert set(old.evaluate_all("all => all.map(s => s.dataset.end)")) == {"2020-07-02"}
    for day, due in (("2026-11-23", True), ("2027-01-23", False)):
        hall.clock.set_fixed_time(f"{day}T08:00:00")
        assert ("message" in whole_round(hall)) is due
        assert "zone" in whole_round(hall) and not old.locator("visible=true").count()


def test_full_screen_by_one_key(hall: Any) -> None:
    hall.evaluate(
        "document.documentElement.requestFullscreen = () => { window.asked = 1; "
        "return Promise.resolve(); }"
    )
    hall.keyboard.press("f")
    assert hall.evaluate("window.asked") == 1


@pytest.mark.parametrize(
    ("day", "due"),
    [("2026-11-23", False), ("2026-11-24", True), ("2026-11-25", True), ("2026-11-26", False)],
)
def test_a_notice_is_shown_on_its_days_only(hall: Any, day: str, due: bool) -> None:
    hall.clock.set_fixed_time(f"{day}T08:00:00")
    assert ("安全活动月" in titles(hall)) is due


def test_messages_are_those_of_the_readers_day(hall: Any) -> None:
    hall.clock.set_fixed_time("2026-11-25T08:00:00")
    while shown(hall) != "message":
        hall.keyboard.press("ArrowRight")
    days = hall.locator("[data-date]:visible").evaluate_all("all => all.map(d => d.dataset.date)")
    assert days == ["2026-11-25"]


FAULTS = """() => {
  const slide = document.querySelector('[data-seconds]:not([hidden])');
  const foot = slide.querySelector('.slide__foot');
  const floor = foot ? foot.getBoundingClientRect().top : innerHeight;
  const faults = [];
  for (const e of slide.querySelectorAll('*')) {
    const text = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!text || e.closest('svg')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    const box = e.getBoundingClientRect();
    if (!box.width) continue;
    if (size < innerHeight / 22) faults.push([e.className, 'small', size]);
    const inFoot = e.closest('.slide__foot');
    if (!inFoot && box.bottom > floor) faults.push([e.className, 'low']);
    if (box.right > innerWidth - 40) faults.push([e.className, 'wide']);
  }
  return faults;
}"""
"""Text on the slide shown that is too small, meets the foot, or runs off the side."""


def faults_of_all_slides(tab: Any) -> list[Any]:
    found = []
    for _ in range(tab.locator("[data-seconds]").count()):
        found += [[shown(tab), *fault] for fault in tab.evaluate(FAULTS)]
        tab.keyboard.press("ArrowRight")
    return found


def test_everything_is_large_enough_and_nothing_overlaps_the_foot(hall: Any) -> None:
    hall.clock.set_fixed_time("2026-11-24T08:00:00")
    assert faults_of_all_slides(hall) == []


@pytest.mark.slow
def test_the_longest_texts_still_fit(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = copy_site(tmp_path_factory.mktemp("long"))
    data = root / "data"
    long = SETTINGS.replace("安全活动月", "安全" * 14).replace("本月每个班组", "本月每个班组" * 40)
    change(data / "branch.yml", "  stale_after_months: 12\n", f"  stale_after_months: 12{long}")
    case = data / "cases" / "ii830-fault-crossing.yml"
    change(case, "headline: 每班一量，差一毫米也要管", "headline: " + "每班一量" * 7)
    change(case, "title: Ⅱ830工作面过断层：每班量一次落差", "title: " + "工作面过断层" * 10)
    honours = (data / "honours.yml").read_text(encoding="utf-8")
    honours = honours.replace("title: 标准化区队", "title: " + "标准化区队先进集体" * 4)
    (data / "honours.yml").write_text(honours, encoding="utf-8")
    change(data / "members.yml", "name: 党员子\n", "name: 阿卜杜热西提·买买提吐尔逊\n")
    change(data / "members.yml", "job: 机电技术员\n", "job: 综采工作面刮板输送机司机兼机电技术员\n")
    messages = (data / "messages.yml").read_text(encoding="utf-8")
    first = re.search(r"date: 2026-11-24\n.*?    text: (.*?)\n", messages, flags=re.DOTALL)
    assert first
    messages = messages.replace(first.group(1), "升井后换干衣服，喝口热水。" * 20)
    (data / "messages.yml").write_text(messages, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    tab = context.new_page()
    tab.clock.set_fixed_time("2026-11-24T08:00:00")
    tab.goto(build_site(root).target.as_uri() + "/screen.html")
    assert faults_of_all_slides(tab) == []
    context.close()


def test_two_days_of_running_leave_nothing_behind(hall: Any) -> None:
    def nodes() -> int:
        return int(hall.evaluate("document.querySelectorAll('*').length"))

    whole_round(hall)
    before = nodes()
    for _ in range(48):
        hall.clock.fast_forward("01:00:00")
    hall.clock.run_for(11_000)
    hall.wait_for_function("document.querySelectorAll('head script').length === 0")
    assert nodes() == before


def test_a_newer_site_is_taken_up_by_itself(browser: Any, screen_site: Path) -> None:
    script = screen_site / "assets" / "screen-version.js"
    old = script.read_text(encoding="utf-8")
    context = browser.new_context()
    tab = context.new_page()
    tab.clock.install(time="2026-11-23T08:00:00")
    tab.goto(screen_site.as_uri() + "/screen.html")
    tab.evaluate("window.before = true")
    tab.clock.run_for(11 * 60 * 1000)
    assert tab.evaluate("window.before") is True
    try:
        script.write_text('window.boardsScreenVersion = "newer";\n', encoding="utf-8")
        with tab.expect_navigation():
            tab.clock.run_for(11 * 60 * 1000)
        assert tab.evaluate("window.before") is None
    finally:
        script.write_text(old, encoding="utf-8")
    context.close()


def test_without_anything_due_the_brand_is_shown(
    browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = copy_site(tmp_path_factory.mktemp("idle"))
    notice = "      - part: notice\n        title: 旧通知\n        end: 2019-01-01\n"
    stale = f"\n  screen:\n    slides:\n{notice}"
    branch = root / "data" / "branch.yml"
    change(branch, "  stale_after_months: 12\n", f"  stale_after_months: 12{stale}")
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(build_site(root).target.as_uri() + "/screen.html")
    assert shown(tab) == "brand"
    assert press(tab, "ArrowRight") == "brand"
    context.close()
