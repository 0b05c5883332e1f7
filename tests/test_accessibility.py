"""WCAG 2.1 AA on every kind of page, light and dark, wide and narrow, and at twice the size."""

from __future__ import annotations

import gzip
from importlib.resources import files
from typing import Any

import pytest

from boards.looks import USUAL, looks
from browsers import PAGES, SIZES, addresses, browser, in_browser, site

__all__ = ["addresses", "browser", "site"]
pytest.importorskip("axe_playwright_python", reason="没有安装 axe，跳过无障碍测试")
pytestmark = in_browser

CSS = "text/css"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_no_violation(
    browser: Any, addresses: dict[str, str], scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    tab = context.new_page()
    found = []
    for page in [*PAGES, "screen.html"]:
        tab.goto(addresses["http"] + page)
        if page == "index.html":
            tab.keyboard.press("/")
            tab.keyboard.type("830")
            tab.locator("[data-bb-search-results] a").first.wait_for()
            found += _violations(tab, f"{page} with search open")
            tab.keyboard.press("Escape")
        found += _violations(tab, page)
    context.close()
    assert found == []


@pytest.mark.parametrize("look", [name for name in looks() if name != USUAL])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_other_looks(
    browser: Any, addresses: dict[str, str], scheme: str, look: str
) -> None:
    """A look is one stylesheet: it takes the place of the usual one, on pages that show it all."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, color_scheme=scheme, reduced_motion="reduce"
    )
    style = (files("boards_theme") / "looks" / look / "site.css").read_text(encoding="utf-8")
    context.route("**/assets/look.css", lambda route: route.fulfill(body=style, content_type=CSS))
    tab = context.new_page()
    found = []
    for page in ("index.html", "zones/safety.html", "quarters/2019-Q2.html", "screen.html"):
        tab.goto(addresses["http"] + page)
        found += _violations(tab, page)
    context.close()
    assert found == []


HOME_LIMIT = 300_000
"""Bytes that the home page fetches, without photos. Texts travel packed: nginx, Caddy and IIS do so
by the configurations that every site carries."""


def test_the_home_page_is_light(browser: Any, addresses: dict[str, str]) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    fetched: dict[str, int] = {}
    tab.on("response", lambda got: fetched.update({got.url: _packed(got)}))
    tab.goto(addresses["http"] + "index.html", wait_until="networkidle")
    context.close()
    assert len(fetched) > 5
    assert sum(fetched.values()) <= HOME_LIMIT, sorted(fetched.items(), key=lambda one: -one[1])


def _packed(response: Any) -> int:
    body = response.body()
    return len(body if response.url.endswith(".woff2") else gzip.compress(body, 6))


def _violations(tab: Any, page: str) -> list[str]:
    tab.evaluate(AXE)
    report = tab.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{page}: {v['id']}: {v['nodes'][0]['html'][:120]}" for v in report["violations"]]


def test_at_twice_the_size_nothing_has_to_be_scrolled_sideways(
    browser: Any, addresses: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 683, "height": 384}, device_scale_factor=2)
    tab = context.new_page()
    for page in PAGES:
        tab.goto(addresses["file"] + page)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 683, page
    context.close()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Any, addresses: dict[str, str]
) -> None:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    tab.goto(addresses["file"] + "index.html")
    wanted = tab.locator(".bb-page a[href]").count()
    reached = set()
    for _ in range(wanted + 40):
        tab.keyboard.press("Tab")
        state = tab.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e || !e.closest('.bb-page')) return null;
              const style = getComputedStyle(e);
              const marked = e.querySelector('circle, rect');
              const ring = style.outlineStyle !== 'none' ||
                (marked && getComputedStyle(marked).stroke === 'rgb(255, 255, 255)');
              return [[...document.querySelectorAll('.bb-page a[href]')].indexOf(e), !!ring];
            }"""
        )
        if state:
            reached.add(state[0])
            assert state[1], f"link {state[0]} does not show that it has the focus"
    context.close()
    assert len(reached - {-1}) == wanted


SHIFTS = """() => new Promise(done => {
  const moved = [];
  new PerformanceObserver(list => {
    for (const e of list.getEntries()) if (!e.hadRecentInput) moved.push([
      e.value, e.sources.map(s => s.node ? s.node.className || s.node.nodeName : ''),
    ]);
  }).observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})"""


def test_nothing_moves_while_a_page_loads(browser: Any, addresses: dict[str, str]) -> None:
    """A layout that moves does so at every load; a machine at its limits once in a while."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    for page in PAGES:
        for last_try in (False, True):
            tab.goto(addresses["http"] + page)
            moved = tab.evaluate(SHIFTS)
            if sum(value for value, _ in moved) < 0.01:
                break
            assert not last_try, f"{page}: {moved}"
    context.close()


def test_the_header_is_as_high_without_its_script(browser: Any, addresses: dict[str, str]) -> None:
    heights = []
    for java_script in (True, False):
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}, java_script_enabled=java_script
        )
        tab = context.new_page()
        tab.goto(addresses["http"] + "index.html")
        heights.append(tab.locator(".md-header").bounding_box()["height"])
        context.close()
    assert heights[0] == heights[1]
