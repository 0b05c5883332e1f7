"""The portal in a real browser: from a server and from a folder, its search, its weight, axe."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from boards.looks import looks
from browsers import SIZES, addresses, browser, in_browser, sync_api, tab
from fleets import branch_files, built, write_fleet

__all__ = ["addresses", "browser", "tab"]
pytest.importorskip("axe_playwright_python", reason="没有安装 axe，跳过无障碍测试")
pytestmark = in_browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PAGES = (
    "index.html", "mines/index.html", "mines/zhu-xian-zhuang-kuang.html", "stars/index.html",
    "honours/index.html", "honours/group-2016.html", "cases/index.html", "cases/zone-quality.html",
    "write-ups/index.html",
)  # fmt: skip
FIRST_LOAD = 200_000
"""Bytes of the front page and all that it loads, unpacked."""
ELSEWHERE = {
    "data/branch.yml": [("name: 综采二区党支部", "name: 机电区党支部"), ("朱仙庄矿", "东风矿")]
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that readers are given: the portal and two branches."""
    root = tmp_path_factory.mktemp("fleet")
    branches = {"er-qu": branch_files("er-qu"), "yi-qu": branch_files("yi-qu", ELSEWHERE)}
    return built(write_fleet(root, branches)).portal.parent


def search(tab: Any, typed: str) -> list[str]:
    """Type something and read what is found."""
    tab.keyboard.press("/")
    dialog = tab.locator("[data-bb-search]")
    tab.get_by_role("searchbox", name="搜索内容").fill(typed)
    sync_api.expect(dialog).to_have_attribute("data-answered", typed)
    found = tab.locator("[data-bb-search-results] a").all_inner_texts()
    tab.keyboard.press("Escape")
    return [" ".join(text.split()) for text in found]


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_search_finds_in_all_branches_what_people_type(
    tab: Any, addresses: dict[str, str], scheme: str
) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(f"{addresses[scheme]}portal/index.html")
    for typed, title in (
        ("830", "Ⅱ830工作面过断层"), ("過斷層", "Ⅱ830工作面过断层"), ("wangwei", "王伟"),
        ("ww", "王伟"), ("王 伟", "王伟"), ("毫米", "Ⅱ830工作面过断层"), ("伟", "王伟"),
    ):  # fmt: skip
        found = search(tab, typed)
        for unit in ("朱仙庄矿 综采二区党支部", "东风矿 机电区党支部"):
            assert any(unit in text and title in text for text in found), (typed, found)
    assert search(tab, "机电区")[0].startswith("东风矿 机电区党支部")
    tab.keyboard.press("/")
    tab.get_by_role("searchbox", name="搜索内容").fill("zzzz")
    sync_api.expect(tab.locator("[data-bb-search-count]")).to_contain_text("没有找到")
    tab.get_by_role("searchbox", name="搜索内容").fill("wangwei")
    tab.locator("[data-bb-search-results] a").first.click()
    sync_api.expect(tab.locator("h1")).to_contain_text("王伟")
    assert "/branches/" in tab.url
    assert said == []


def test_a_search_loads_few_shards_and_only_when_it_is_asked(
    tab: Any, addresses: dict[str, str]
) -> None:
    loaded: list[str] = []
    tab.on("request", lambda request: loaded.append(request.url))
    tab.goto(f"{addresses['http']}portal/index.html", wait_until="networkidle")
    assert not any("search/" in url or "search-index" in url for url in loaded)
    search(tab, "过断层")
    dialog = tab.locator("[data-bb-search]")
    assert int(dialog.get_attribute("data-shards")) <= 4
    assert sum("search-index" in url for url in loaded) == 2
    assert int(dialog.get_attribute("data-took")) < 1000


def test_a_first_look_is_light(tab: Any, addresses: dict[str, str]) -> None:
    fetched: dict[str, int] = {}
    tab.on("response", lambda got: fetched.update({got.url: len(got.body())}))
    tab.goto(f"{addresses['http']}portal/index.html", wait_until="networkidle")
    assert len(fetched) > 6
    assert sum(fetched.values()) <= FIRST_LOAD, fetched


@pytest.mark.parametrize(("scheme", "size"), [("light", "desktop"), ("dark", "phone")])
def test_axe_finds_no_violation(
    browser: Any, addresses: dict[str, str], scheme: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = []
    for name in PAGES:
        page.goto(f"{addresses['http']}portal/{name}")
        found += _violations(page, name)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), name
    page.goto(f"{addresses['http']}portal/index.html")
    for look in looks().values():
        style = page.add_style_tag(content=look.style.decode("utf-8"))
        found += _violations(page, look.name)
        style.evaluate("style => style.remove()")
    page.keyboard.press("/")
    page.keyboard.type("830")
    page.locator("[data-bb-search-results] a").first.wait_for()
    found += _violations(page, "search")
    context.close()
    assert found == []


def _violations(page: Any, name: str) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({ runOnly: { type: 'tag', values: rules } })", RULES)[
        "violations"
    ]
    return [f"{name}: {one['id']} {one['nodes'][0]['html'][:150]}" for one in found]
