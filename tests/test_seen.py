"""What was seen to be out of order on pages, and how it has to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from browsers import PAGES, addresses, browser, in_browser, site
from sites import build_site, copy_site

__all__ = ["addresses", "browser", "site"]
pytestmark = in_browser

LINES = """element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const boxes = [];
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    boxes.push(...[...range.getClientRects()].filter(box => box.width > 1));
  }
  boxes.sort((one, other) => one.top - other.top);
  return boxes.filter((box, at) => !at || box.top > boxes[at - 1].bottom - 4).length;
}"""
"""How many lines an element's words take, of whatever sizes they are."""


def opened(browser: Any, address: str, width: int = 1366) -> Any:
    tab = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    tab.goto(address)
    return tab


def test_a_drawn_portrait_fills_its_frame(browser: Any, addresses: dict[str, str]) -> None:
    for page in ("index", "members/index", "zones/quality", "members/sample-jia"):
        tab = opened(browser, f"{addresses['file']}{page}.html")
        inner = tab.locator("img.bb-portrait").evaluate_all(
            "all => all.map(e => [e.clientWidth, e.clientHeight])"
        )
        assert inner, page
        assert all(abs(width * 4 - height * 3) <= 2 for width, height in inner), page


def test_the_boxes_of_the_loop_are_alike(browser: Any, addresses: dict[str, str]) -> None:
    tab = opened(browser, addresses["file"] + "index.html")
    boxes = tab.locator(".bb-loop__steps rect").evaluate_all(
        "all => all.map(e => [e.getAttribute('width'), e.getAttribute('height')])"
    )
    assert len(boxes) == 3
    assert len(set(map(tuple, boxes))) == 1


def test_people_of_roles_side_by_side_stand_in_line(
    browser: Any, addresses: dict[str, str]
) -> None:
    tab = opened(browser, addresses["file"] + "zones/quality.html")
    tops = tab.locator(".bb-role .bb-people").evaluate_all(
        "all => all.map(e => Math.round(e.firstElementChild.getBoundingClientRect().top))"
    )
    assert len(tops) == 3
    assert len(set(tops)) == 1


def test_no_line_of_a_process_begins_with_its_arrow(
    browser: Any, addresses: dict[str, str]
) -> None:
    tab = opened(browser, addresses["file"] + "zones/quality.html", 390)
    arrows = tab.locator(".bb-flow li").evaluate_all(
        "all => all.map(e => getComputedStyle(e, '::before').content)"
    )
    assert set(arrows) == {"counter(flow)"}, "a number, and no arrow"


def test_short_words_stay_whole_on_the_narrowest_phone(
    browser: Any, addresses: dict[str, str]
) -> None:
    wanted = {
        "index.html": (".bb-home-brand__name", "#this-quarter"),
        "quarters/index.html": (".bb-quarters h2 > a",),
        "quarters/2019-Q2.html": ("h1 > :first-child", "h1 > :last-child"),
        "outcomes.html": (".bb-metric__value:not(.bb-metric__value--words)",),
    }
    for page, selectors in wanted.items():
        tab = opened(browser, addresses["file"] + page, 320)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, page
        for selector in selectors:
            for element in tab.locator(selector).all():
                assert element.evaluate(LINES) == 1, f"{page}: {element.inner_text()}"


def test_no_page_is_wider_than_the_narrowest_phone(browser: Any, addresses: dict[str, str]) -> None:
    tab = opened(browser, addresses["file"] + "index.html", 320)
    for page in ("zones/quality", "zones/safety", "coverage", "posters/index", "exchange/index"):
        tab.goto(f"{addresses['file']}{page}.html")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, page


def test_what_pages_rest_on_is_said_without_contradiction(
    browser: Any, addresses: dict[str, str]
) -> None:
    for page in ("members/index.html", "quarters/index.html"):
        tab = opened(browser, addresses["file"] + page)
        assert tab.locator(".bb-provenance", has_text="公开依据").count() == 1, page
        assert tab.locator(".bb-provenance", has_text="示例").count() == 1, page


def test_who_decided_stands_apart_from_what_was_decided(
    browser: Any, addresses: dict[str, str]
) -> None:
    tab = opened(browser, addresses["file"] + "quarters/2019-Q2.html")
    pair = tab.locator(".bb-pair").bounding_box()
    decided = tab.get_by_text("评定：").bounding_box()
    assert decided["y"] - pair["y"] - pair["height"] >= 8


def test_the_navigation_fits_small_windows_and_its_parts_open_by_key(
    browser: Any, addresses: dict[str, str]
) -> None:
    for width in (1366, 960, 720):
        tab = opened(browser, addresses["file"] + "index.html", width)
        links = tab.locator(".md-tabs__link:visible")
        boxes = [link.bounding_box() for link in links.all()]
        assert len(boxes) == 6
        assert len({box["y"] for box in boxes}) == 1, width
        assert boxes[-1]["x"] + boxes[-1]["width"] <= width
        assert not tab.locator("label.md-header__button[for=__drawer]").is_visible()
    menu = tab.locator(".bb-menu a", has_text="光荣榜")
    assert not menu.is_visible()
    tab.locator(".md-tabs__link", has_text="党员").focus()
    for _ in range(3):
        tab.keyboard.press("Tab")
    assert menu.is_visible()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/honours.html")


def test_a_phone_reaches_every_page_of_the_navigation_without_javascript(
    browser: Any, addresses: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(addresses["file"] + "index.html")
    links = tab.locator(".bb-drawer a")
    assert not links.first.is_visible()
    tab.locator("label.md-header__button[for=__drawer]").click()
    names = [link.inner_text() for link in links.all() if link.is_visible()]
    assert len(names) == 13
    tab.locator(".bb-drawer a", has_text="工作成效").click()
    tab.wait_for_url("**/outcomes.html")
    tab.locator(".bb-siblings a", has_text="典型案例").click()
    tab.wait_for_url("**/cases/index.html")
    context.close()


def test_header_tabs_and_page_begin_and_end_in_line(
    browser: Any, addresses: dict[str, str]
) -> None:
    for width in (1366, 1920, 960):
        tab = opened(browser, addresses["file"] + "zones/index.html", width)
        edges = tab.evaluate(
            """() => {
              const box = name => document.querySelector(name).getBoundingClientRect();
              const text = document.createRange();
              text.selectNodeContents(document.querySelector('.md-tabs__link'));
              return [
                [box('.bb-header__brand').left, text.getBoundingClientRect().left,
                 box('.bb-band__title').left, box('.bb-footer__brand').left],
                [box('.bb-header__search').right, box('.bb-zones').right],
              ];
            }"""
        )
        for side in edges:
            assert max(side) - min(side) < 1, (width, edges)


def test_neighbours_lead_through_the_whole_roster(browser: Any, addresses: dict[str, str]) -> None:
    tab = opened(browser, addresses["file"] + "members/index.html")
    listed = tab.locator(".bb-person").evaluate_all("all => all.map(e => e.href)")
    tab.goto(listed[0])
    seen = [tab.url]
    while tab.locator("[rel=next]").count():
        tab.goto(tab.locator("[rel=next]").evaluate("link => link.href"))
        seen.append(tab.url)
    assert seen == listed


def test_the_strip_of_a_long_page_stays_below_the_header_and_leads_to_its_parts(
    browser: Any, addresses: dict[str, str]
) -> None:
    for width in (1366, 390):
        tab = opened(browser, addresses["file"] + "zones/quality.html", width)
        links = tab.locator(".bb-parts a")
        assert links.count() > 3
        for link in links.all():
            link.click()
            tab.wait_for_timeout(50)
            facts = tab.evaluate(
                """() => {
                  const box = name => document.querySelector(name).getBoundingClientRect();
                  const aim = document.querySelector(location.hash).getBoundingClientRect();
                  return [box('.md-header').bottom, box('.bb-parts').top, box('.bb-parts').bottom,
                    aim.top, innerHeight];
                }"""
            )
            header, top, bottom, aim, height = facts
            assert header - 1 <= top
            assert bottom <= aim < height, facts


SMALL = """() => [...document.querySelectorAll('a[href], button, summary, select, label[for]')]
  .filter(e => e.getClientRects().length && getComputedStyle(e).visibility === 'visible')
  .filter(e => !e.closest('.bb-drawer, .md-skip') && !e.matches('.md-overlay, .md-skip'))
  .filter(e => {
    const style = getComputedStyle(e);
    const around = [...e.parentElement.childNodes];
    const sentence = style.display === 'inline' && e.closest('p, li, dd, figcaption, td') &&
      around.some(n => n.nodeType === 3 && n.textContent.trim().length > 3);
    const covers = getComputedStyle(e, '::after').position === 'absolute';
    return !sentence && !covers;
  })
  .filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => e.tagName + ' ' + (e.textContent.trim() || e.className) + ' ' +
    Math.round(e.getBoundingClientRect().height))"""
"""All that a finger would miss: what is lower than 44 px and no word of a sentence."""


def test_a_finger_hits_what_it_aims_at(browser: Any, addresses: dict[str, str]) -> None:
    tab = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    for page in [*PAGES, "members/sample-zi.html"]:
        tab.goto(addresses["file"] + page)
        assert tab.evaluate(SMALL) == [], page


def test_honours_are_one_list_that_is_looked_at_three_ways(
    browser: Any, addresses: dict[str, str]
) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, java_script_enabled=False
    )
    tab = context.new_page()
    tab.goto(addresses["file"] + "honours.html")
    honours = tab.locator(".bb-honour:visible")
    total = honours.count()
    for name, heading in (("按级别", "集团公司级"), ("按获得者", "陈化永"), ("按年度", "2018年度")):
        tab.get_by_text(name, exact=True).click()
        assert honours.count() == total
        assert tab.get_by_role("heading", name=heading).is_visible()
    context.close()


def test_photos_of_a_case_open_large_and_turn_by_key(browser: Any, tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    (root / "data" / "media").mkdir(exist_ok=True)
    lines = ["figures:"]
    for name, size in {"wide": (1600, 900), "tall": (900, 1600), "third": (1200, 900)}.items():
        Image.new("RGB", size, "gray").save(root / "data" / "media" / f"{name}.jpg")
        lines += [
            f"  - file: media/{name}.jpg",
            f"    alt: {name}的现场",
            "    people:\n      - nobody",
        ]
    case = root / "data" / "cases" / "ii830-fault-crossing.yml"
    case.write_text("\n".join([case.read_text("utf-8").rstrip(), *lines, ""]), encoding="utf-8")
    page = (build_site(root).target / "cases" / "ii830-fault-crossing.html").as_uri()
    tab = opened(browser, page)
    frame, picture = tab.locator(".bb-figure--lead a"), tab.locator(".bb-figure--lead img")
    assert frame.bounding_box()["width"] > 1200
    assert picture.bounding_box()["width"] == frame.bounding_box()["width"]
    frame.click()
    large = tab.locator(".bb-gallery img")
    assert large.get_attribute("alt") == "wide的现场"
    tab.keyboard.press("ArrowRight")
    assert large.get_attribute("alt") == "tall的现场"
    tab.get_by_role("button", name="下一张").click()
    tab.get_by_role("button", name="下一张").click()
    assert large.get_attribute("alt") == "wide的现场"
    tab.keyboard.press("ArrowLeft")
    assert large.get_attribute("alt") == "third的现场"
    tab.keyboard.press("Escape")
    assert not large.is_visible()
    assert tab.evaluate("document.activeElement.matches('.bb-figure--lead a')")
    tab.goto(page.replace("ii830-fault-crossing.html", "index.html"))
    tab.locator(".bb-case-card").first.click()
    tab.wait_for_url("**/cases/ii830-fault-crossing.html")
