"""What was seen to be out of order on pages, and how it has to be."""

from __future__ import annotations

from typing import Any

from browsers import addresses, browser, in_browser, site

__all__ = ["addresses", "browser", "site"]
pytestmark = in_browser

LINES = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  return new Set([...range.getClientRects()].filter(box => box.width > 1)
    .map(box => Math.round(box.bottom / 12))).size;
}"""
"""How many lines an element's words take, of whatever sizes they are."""


def opened(browser: Any, address: str, width: int = 1366) -> Any:
    tab = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    tab.goto(address)
    return tab


def test_a_drawn_portrait_fills_its_frame(browser: Any, addresses: dict[str, str]) -> None:
    for page in ("index", "members/index", "zones/quality", "members/sample-jia"):
        tab = opened(browser, f"{addresses['file']}{page}.html")
        inner = tab.locator("svg.bb-portrait").evaluate_all(
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
    assert set(arrows) == {"none"}


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
