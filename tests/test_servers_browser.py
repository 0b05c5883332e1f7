"""The whole site in a real browser, delivered by nginx as it would be on an intranet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boards.editions.edition import EditionName
from boards.site.servers import policy
from boards.site.verify import visited
from browsers import PAGES, browser, in_browser, sync_api
from servers import served
from sites import build_site, copy_site

__all__ = ["browser"]
pytestmark = in_browser


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = copy_site(tmp_path_factory.mktemp("site"))
    return {name.value: build_site(root, name).target for name in EditionName}


@pytest.fixture(scope="module")
def addresses(
    editions: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    folder = tmp_path_factory.mktemp("server")
    preview, publish = EditionName.PREVIEW.value, EditionName.PUBLISH.value
    with (
        served("nginx", editions[preview], folder / "preview") as one,
        served("nginx", editions[publish], folder / "publish") as other,
    ):
        yield {preview: one, publish: other}


@pytest.fixture
def address(addresses: dict[str, str]) -> str:
    return addresses[EditionName.PREVIEW.value]


class Listener:
    """A tab, and all that the browser had to complain about."""

    def __init__(self, context: Any) -> None:
        self.heard: list[str] = []
        self.tab = context.new_page()
        self.tab.on("console", lambda message: self.heard.append(message.text))
        self.tab.on("pageerror", lambda error: self.heard.append(str(error)))
        self.tab.on("requestfailed", self._failed)
        self.tab.on("response", self._answered)

    def _failed(self, request: Any) -> None:
        # The viewer of PDFs drops requests of its own, and a tab that goes on those for its icon;
        # what a policy refuses fails otherwise, and what is missing is answered by 404.
        if request.url.startswith("http") and request.failure != "net::ERR_ABORTED":
            self.heard.append(f"{request.url} {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.heard.append(f"{response.url} {response.status}")


@pytest.fixture
def quiet(browser: Any) -> Iterator[Any]:
    """A tab of which nothing may be heard."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    listener = Listener(context)
    yield listener.tab
    context.close()
    assert listener.heard == []


@pytest.mark.parametrize("edition", [name.value for name in EditionName])
def test_every_kind_of_page_is_quiet(
    quiet: Any, edition: str, addresses: dict[str, str], editions: dict[str, Path]
) -> None:
    site = editions[edition]
    alone = sorted(page.relative_to(site).as_posix() for page in site.glob("exchange/*.html"))
    pages = [page for page in [*PAGES, "screen.html", *alone] if (site / page).is_file()]
    assert len(pages) >= 18
    for page in pages:
        quiet.goto(addresses[edition] + page)
        assert quiet.locator("h1:visible").count() == 1, page
        assert quiet.evaluate("document.styleSheets.length") > 0, page


def test_search_works(quiet: Any, address: str) -> None:
    quiet.goto(f"{address}cases/index.html")
    quiet.keyboard.press("/")
    quiet.keyboard.type("chy")
    found = quiet.locator("[data-bb-search-results] a").first
    sync_api.expect(found).to_be_visible()
    quiet.keyboard.press("Enter")
    quiet.wait_for_url("**/members/chen-hua-yong.html")
    quiet.keyboard.press("/")
    quiet.get_by_role("button", name="关闭").click()
    sync_api.expect(quiet.locator("[data-bb-search]")).to_be_hidden()


def test_the_scheme_is_switched_and_kept(quiet: Any, address: str) -> None:
    quiet.goto(f"{address}index.html")
    quiet.get_by_title("换成深色").click()
    for page in ("index.html", "honours.html"):
        quiet.goto(address + page)
        assert quiet.locator("body").get_attribute("data-md-color-scheme") == "slate", page
    quiet.get_by_title("换成浅色").click()
    assert quiet.locator("body").get_attribute("data-md-color-scheme") == "default"


def test_the_big_screen_turns_and_asks_for_a_newer_site(quiet: Any, address: str) -> None:
    quiet.clock.install(time="2026-11-23T08:00:00")
    quiet.goto(f"{address}screen.html")
    quiet.keyboard.press("ArrowRight")
    with quiet.expect_response("**/screen-version.js?*") as asked:
        quiet.clock.run_for(11 * 60 * 1000)
    assert asked.value.status == 200


def test_the_print_rooms_files_open(quiet: Any, address: str) -> None:
    quiet.goto(f"{address}posters/index.html")
    sources = quiet.locator("img").evaluate_all("all => all.map(image => image.src)")
    links = quiet.locator("a[href$='.pdf']").evaluate_all("all => all.map(link => link.href)")
    assert len(links) > 50
    answer = quiet.goto(links[0])
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    for other in (sources[0], f"{address}exchange/feed.xml", f"{address}exchange/boards.json"):
        assert quiet.goto(other).status == 200


def test_the_roster_and_the_messages_read_without_scripts(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    listener = Listener(context)
    listener.tab.goto(f"{address}members/index.html")
    assert listener.tab.locator("[data-bb-filters]:visible").count() == 0
    listener.tab.goto(f"{address}messages.html")
    assert listener.tab.locator("[data-bb-copy]:visible").count() == 0
    context.close()
    assert listener.heard == []


HOLDING_INLINE = ["index.html", "zones/index.html", "members/index.html", "messages.html",
                  "exchange/practice-safety.html"]  # fmt: skip


def test_no_hash_can_be_spared(browser: Any, address: str, editions: dict[str, Path]) -> None:
    whole = policy(visited(editions[EditionName.PREVIEW.value]))
    spared = [named for named in hashes(whole) if not complaints_without(browser, address, named)]
    assert spared == []


def hashes(said: str) -> list[str]:
    return re.findall(r"'sha256-[^']+'", said)


def complaints_without(browser: Any, address: str, named: str) -> list[str]:
    """What is heard, with scripts and without, when the policy lacks one hash."""

    def weaken(route: Any) -> None:
        answer = route.fetch()
        headers = dict(answer.headers)
        key = "content-security-policy"
        headers[key] = headers[key].replace(named, "")
        route.fulfill(response=answer, headers=headers)

    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        listener = Listener(context)
        listener.tab.route("**/*.html", weaken)
        for page in HOLDING_INLINE:
            listener.tab.goto(address + page)
            if listener.heard:
                break
        context.close()
        if listener.heard:
            break
    return listener.heard


def test_what_slips_into_a_page_does_not_run(browser: Any, address: str) -> None:
    """As if the escaping of texts had failed."""
    slipped = (
        "<script>window.ran = 'script'</script>"
        "<img src=assets/none.png onerror=\"window.ran = 'handler'\">"
        "<iframe srcdoc=\"<script>parent.ran = 'frame'</script>\"></iframe>"
        f"<img src={address.replace('127.0.0.1', 'localhost')}assets/favicon.svg>"
    )

    def slip(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</article>", slipped))

    context = browser.new_context()
    listener = Listener(context)
    listener.tab.route("**/honours.html", slip)
    listener.tab.goto(f"{address}honours.html")
    assert listener.tab.evaluate("window.ran") is None
    assert listener.tab.locator("img[onerror]").count() == 1
    context.close()
    refused = [message for message in listener.heard if "Content Security Policy" in message]
    assert sum("inline script" in message for message in refused) >= 2
    assert sum("inline event handler" in message for message in refused) == 1
    assert sum("localhost" in message for message in refused) == 1
