"""The site in a real browser: every page from a server and from a folder, search, filters, keys."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from browsers import PAGES, SIZES, addresses, browser, in_browser, site, sync_api, tab
from sites import build_site, change, copy_site

__all__ = ["addresses", "browser", "site", "tab"]
pytestmark = in_browser


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_loads_quietly_and_fits(
    browser: Any, addresses: dict[str, str], scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    complaints: list[str] = []
    outside: list[str] = []
    tab = context.new_page()
    tab.on(
        "console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None
    )
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    own = (addresses[scheme], "data:")
    tab.on("request", lambda r: None if r.url.startswith(own) else outside.append(r.url))
    for page in PAGES:
        tab.goto(addresses[scheme] + page)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, page
        assert tab.locator("h1").count() == 1, page
    context.close()
    assert complaints == []
    assert outside == []


FINDS = {
    "830": "cases/ii830-fault-crossing.html",
    "Ⅱ830": "cases/ii830-fault-crossing.html",
    "II830": "cases/ii830-fault-crossing.html",
    "ii830": "cases/ii830-fault-crossing.html",
    "化永": "members/chen-hua-yong.html",
    "陈化永": "members/chen-hua-yong.html",
    "陳化永": "members/chen-hua-yong.html",
    "chy": "members/chen-hua-yong.html",
    "chenhuayong": "members/chen-hua-yong.html",
    "千斤顶": "cases/ii1057-jack-seat.html",
    "千斤頂": "cases/ii1057-jack-seat.html",
    "電液控": "cases/ii830-fault-crossing.html",
    "五星红旗": "honours.html",
    "落差 支架": "cases/ii830-fault-crossing.html",
    "安全 台账": "zones/safety.html",
    "陈 化永": "members/chen-hua-yong.html",
    "2季度": "quarters/2019-Q2.html",
    "大屏": "screen.html",
}


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_finds_what_people_type(tab: Any, addresses: dict[str, str], scheme: str) -> None:
    tab.goto(addresses[scheme] + "quarters/2019-Q2.html")
    tab.keyboard.press("/")
    box = tab.get_by_role("searchbox", name="搜索内容")
    for query, page in FINDS.items():
        box.fill(query)
        found = tab.locator(f"[data-bb-search-results] a[href$='/{page}']").first
        sync_api.expect(found, query).to_be_visible()
    box.fill("查无此词")
    sync_api.expect(tab.locator("[data-bb-search-count]")).to_contain_text("没有找到")


def test_the_newest_star_is_found_first(tab: Any, addresses: dict[str, str]) -> None:
    tab.goto(addresses["file"] + "index.html")
    tab.keyboard.press("/")
    tab.get_by_role("searchbox", name="搜索内容").fill("党员之星")
    links = tab.locator("[data-bb-search-results] a")
    sync_api.expect(links.first).to_have_attribute("href", "./quarters/2019-Q2.html")
    sync_api.expect(links.nth(1)).to_have_attribute("href", "./quarters/2019-Q1.html")


def test_search_works_by_keyboard_alone(tab: Any, addresses: dict[str, str]) -> None:
    tab.goto(addresses["file"] + "index.html")
    tab.keyboard.press("/")
    tab.keyboard.type("chy")
    sync_api.expect(tab.locator("[data-bb-search-results] a").first).to_be_visible()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/members/chen-hua-yong.html")
    tab.keyboard.press("/")
    sync_api.expect(tab.locator("[data-bb-search]")).to_be_visible()
    tab.keyboard.press("Escape")
    sync_api.expect(tab.locator("[data-bb-search]")).to_be_hidden()


def test_every_link_of_the_home_page_opens_from_a_folder(
    tab: Any, addresses: dict[str, str]
) -> None:
    tab.goto(addresses["file"] + "index.html")
    hrefs = tab.locator("a[href]").evaluate_all("all => all.map(a => a.href.baseVal ?? a.href)")
    inside = {href.split("#")[0] for href in hrefs if href.startswith("file:")}
    assert len(inside) > 15
    for href in sorted(inside):
        tab.goto(href)
        assert tab.locator("h1:visible").count() == 1, href


def test_todays_message_is_chosen_by_the_readers_clock(tab: Any, addresses: dict[str, str]) -> None:
    tab.clock.set_fixed_time("2026-11-25T08:00:00")
    tab.goto(addresses["file"] + "index.html")
    shown = tab.locator(".bb-today__day:visible")
    assert shown.get_attribute("data-date") == "2026-11-25"
    assert tab.locator("#today").inner_text() == "今日微消息"
    tab.clock.set_fixed_time("2027-03-01T08:00:00")
    tab.reload()
    assert tab.locator(".bb-today__day:visible").get_attribute("data-date") == "2026-11-29"
    assert tab.locator("#today").inner_text() == "最近的微消息"


def test_the_roster_filters_without_a_reload(tab: Any, addresses: dict[str, str]) -> None:
    tab.goto(addresses["file"] + "members/index.html")
    everyone = tab.locator("[data-bb-roster] li[data-zones]:visible").count()
    tab.get_by_label("责任区").select_option("safety")
    some = tab.locator("[data-bb-roster] li[data-zones]:visible")
    assert 0 < some.count() < everyone
    assert all("safety" in zones for zones in some.evaluate_all("a => a.map(x => x.dataset.zones)"))
    roles = tab.get_by_label("岗位").locator("option:enabled")
    values = roles.evaluate_all("all => all.map(option => option.value)")
    assert "safety.inspector" in values
    for role in filter(None, values):
        tab.get_by_label("岗位").select_option(role)
        assert some.count() > 0, f"{role} is on offer and nobody has it"
    tab.get_by_role("button", name="显示全部").click()
    sync_api.expect(some).to_have_count(everyone)


def test_a_roster_that_nobody_is_left_on_says_so(tab: Any, addresses: dict[str, str]) -> None:
    """As when the browser fills in what was chosen before."""
    tab.goto(addresses["file"] + "members/index.html")
    for name in ("zones", "roles"):
        tab.evaluate(
            """name => {
              const list = document.querySelector('[data-bb-filters]').elements[name];
              const option = new Option('无', 'nobody');
              list.add(option);
              list.value = 'nobody';
              list.dispatchEvent(new Event('change', {bubbles: true}));
            }""",
            name,
        )
    sync_api.expect(tab.get_by_text("没有党员同时符合这几项")).to_be_visible()
    tab.get_by_role("button", name="显示全部").click()
    sync_api.expect(tab.get_by_text("没有党员同时符合这几项")).to_be_hidden()


def test_the_site_reads_without_javascript(browser: Any, addresses: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(addresses["file"] + "index.html")
    assert tab.locator(".bb-today__day:visible").count() == 1
    tab.goto(addresses["file"] + "members/index.html")
    assert tab.locator("[data-bb-filters]:visible").count() == 0
    assert tab.locator("[data-bb-roster] li[data-zones]:visible").count() > 10
    context.close()


def test_a_days_messages_can_be_copied(browser: Any, addresses: dict[str, str]) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(addresses["http"] + "messages.html")
    tab.get_by_role("button", name="复制全天").first.click()
    tab.get_by_role("button", name="已复制").wait_for()
    text = tab.evaluate("navigator.clipboard.readText()")
    assert text.startswith("【四区联动党旗红】2026年11月23日")
    context.close()


def test_nothing_transforms_shades_or_covers_the_emblem(
    tab: Any, addresses: dict[str, str]
) -> None:
    tab.goto(addresses["file"] + "index.html")
    facts = tab.locator(".bb-emblem").evaluate(
        """emblem => {
          const box = emblem.getBoundingClientRect();
          const chain = [];
          for (let e = emblem; e; e = e.parentElement) {
            const s = getComputedStyle(e);
            chain.push([s.transform, s.rotate, s.filter, s.opacity, s.animationName, s.boxShadow]);
          }
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return {
            ratio: box.width / box.height,
            fill: getComputedStyle(emblem).fill,
            chain,
            covered: !(top === emblem || emblem.contains(top)) && !top.contains(emblem),
          };
        }"""
    )
    assert facts["ratio"] == 1
    assert facts["fill"] == "rgb(242, 193, 78)"
    assert not facts["covered"]
    for transform, rotate, filters, opacity, animation, _ in facts["chain"]:
        assert (transform, rotate, filters, opacity, animation) == (
            "none",
            "none",
            "none",
            "1",
            "none",
        )
    assert facts["chain"][0][5] == "none"


def test_a_printed_page_is_the_page_alone(tab: Any, addresses: dict[str, str]) -> None:
    tab.emulate_media(media="print")
    tab.goto(addresses["file"] + "zones/safety.html")
    for gone in (".md-header", ".md-tabs", ".bb-search", ".bb-other-zones", ".bb-chart__table"):
        assert tab.locator(f"{gone}:visible").count() == 0, gone
    band = tab.locator(".bb-band").evaluate("e => getComputedStyle(e).backgroundColor")
    assert band == "rgb(122, 12, 18)"
    kept = tab.locator(".bb-band").evaluate("e => getComputedStyle(e).webkitPrintColorAdjust")
    assert kept == "exact"
    whole = tab.locator(".bb-plate").first.evaluate("e => getComputedStyle(e).breakInside")
    assert whole == "avoid"
    assert tab.locator(".bb-provenance:visible").count() == 1


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过读取 PDF 文字的测试"
)
def test_every_printed_sheet_of_a_preview_says_that_it_may_not_be_shown(
    tab: Any, addresses: dict[str, str], tmp_path: Path
) -> None:
    for page in ("index", "zones/safety", "outcomes", "posters/index"):
        tab.goto(f"{addresses['file']}{page}.html")
        file = tmp_path / "page.pdf"
        tab.pdf(path=str(file), prefer_css_page_size=True, print_background=True)
        read = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True)
        *sheets, _ = read.stdout.decode("utf-8").split("\f")
        assert sheets and all("不得对外发布" in sheet for sheet in sheets), page
        assert page != "outcomes" or len(sheets) == 1, "one row alone on a second sheet"


LINES_OF_NAMES = """() => [...document.querySelectorAll('.bb-name')].map(name => {
  const lines = [], walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const top = range.getBoundingClientRect().bottom;
    if (last === null || Math.abs(top - last) > 4) lines.push('');
    lines[lines.length - 1] += range.toString();
    last = top;
  }
  return lines;
})"""
"""Each name as the lines it is broken into."""


def test_the_longest_name_fits_a_phone_and_breaks_after_its_dot(
    browser: Any, tmp_path_factory: Any
) -> None:
    root = copy_site(tmp_path_factory.mktemp("long"))
    change(root / "data" / "members.yml", "name: 党员子\n", "name: 阿卜杜热西提·买买提吐尔逊\n")
    address = build_site(root).target.as_uri() + "/"
    context = browser.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    pages = ("index", "quarters/2019-Q2", "zones/production", "members/sample-zi", "members/index")
    for page in (*pages, "coverage"):
        tab.goto(f"{address}{page}.html")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390, page
        names = [lines for lines in tab.evaluate(LINES_OF_NAMES) if "·" in "".join(lines)]
        assert names, page
        whole = (["阿卜杜热西提·买买提吐尔逊"], ["阿卜杜热西提·", "买买提吐尔逊"])
        assert all(lines in whole for lines in names), f"{page}: {names}"
    context.close()


def test_facts_with_several_values_keep_their_columns(tab: Any, addresses: dict[str, str]) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto(f"{addresses['file']}/cases/ii830-fault-crossing.html")
    left = tab.evaluate(
        "() => { const list = document.querySelector('.bb-facts dl');"
        "list.querySelector('dd').after(list.querySelector('dd').cloneNode(true));"
        "const left = (name) => [...list.querySelectorAll(name)].map((node) => node.offsetLeft);"
        "return { labels: left('dt'), values: left('dd') }; }"
    )  # fmt: skip
    assert len(set(left["labels"])) == 1
    assert len(set(left["values"])) == 1


def test_the_room_is_searched_by_words_and_other_sizes_are_chosen(
    tab: Any, addresses: dict[str, str]
) -> None:
    tab.goto(addresses["file"] + "posters/index.html")
    box = tab.get_by_role("searchbox", name="找海报")
    shown = tab.locator(".bb-print:visible")
    every = shown.count()
    box.fill("桌牌 陈化永")
    sync_api.expect(shown).to_have_count(1)
    sync_api.expect(tab.locator(".bb-print-filter output")).to_have_text("找到 1 张")
    sync_api.expect(tab.get_by_role("heading", name="责任区展板")).to_be_hidden()
    box.fill("查无此词")
    sync_api.expect(tab.locator(".bb-print-filter output")).to_contain_text("没有找到")
    box.fill("")
    sync_api.expect(shown).to_have_count(every)
    folded = tab.locator(".bb-more .bb-print").last
    sync_api.expect(folded).to_be_hidden()
    tab.goto(f"{tab.url.split('#')[0]}#{folded.get_attribute('id')}")
    sync_api.expect(folded).to_be_in_viewport()
    order = tab.locator("#brand .bb-order")
    order.locator("summary").click()
    order.get_by_label("尺寸").select_option("A1")
    order.get_by_label("印法").select_option("offset")
    sync_api.expect(order.locator("code")).to_have_text(
        "boards poster brand --size A1 --profile offset"
    )
