"""Display type in a real browser: set in its own face from the first paint, and nothing jumps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from boards.site.display import FACE
from browsers import PAGES, SIZES, addresses, browser, in_browser, site, tab
from test_display import characters_in, pages_of

__all__ = ["addresses", "browser", "site", "tab"]
pytestmark = in_browser

EVERY = [*PAGES, "screen.html"]
SHOWN = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(parent.tagName)) continue;
    if (getComputedStyle(parent).fontFamily.startsWith('"Boards Display"'))
      for (const character of walker.currentNode.data) found.add(character);
  }
  return [...found];
}"""
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})"""


def faces_of(tab: Any, selector: str) -> set[tuple[str, bool]]:
    """The faces that elements are painted in, and whether the site brings them."""
    session = tab.context.new_cdp_session(tab)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    asked = {"nodeId": root, "selector": selector}
    nodes = session.send("DOM.querySelectorAll", asked)["nodeIds"]
    found = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node}) for node in nodes]
    session.detach()
    return {
        (font["postScriptName"], font["isCustomFont"]) for row in found for font in row["fonts"]
    }


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("size", SIZES)
def test_headings_are_painted_in_the_face_that_comes_with_the_site(
    browser: Any, addresses: dict[str, str], scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    for page in EVERY:
        tab.goto(addresses[scheme] + page)
        found = faces_of(tab, "h1:not([hidden] *), h1 .bb-name")
        marks = {(name, own) for name, own in found if "Sans" in name}
        assert found - marks == {("NotoSerifSC-Black", True)}, page
    context.close()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_nothing_moves_when_it_comes(tab: Any, addresses: dict[str, str], scheme: str) -> None:
    for page in EVERY:
        tab.goto(addresses[scheme] + page)
        # Where it comes late, what stands behind a number moves by the width of its digits.
        assert tab.evaluate(SHIFTED) < 0.001, page


def test_a_browser_sets_no_other_characters_in_it(
    tab: Any, addresses: dict[str, str], site: Path
) -> None:
    there = characters_in(site / FACE)
    shown: set[str] = set()
    for file in pages_of(site):
        tab.goto(addresses["http"] + file.relative_to(site).as_posix())
        shown |= set(tab.evaluate(SHOWN))
    assert there == (shown | set("今日最近的")) - set("\n"), "which of two words is the day's"


def test_it_fits_the_narrowest_phone(browser: Any, addresses: dict[str, str]) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    tab = context.new_page()
    for page in PAGES:
        tab.goto(addresses["file"] + page)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, page
    context.close()
