"""A real browser and a served site, for the tests that look at pages.

Skipped where Playwright or Debian's Chromium is absent; `.ci/run` installs both.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sites import build_site, copy_site

sync_api = pytest.importorskip("playwright.sync_api", reason="没有安装 Playwright，跳过浏览器测试")
CHROMIUM = shutil.which("chromium")
in_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="没有安装 Chromium，跳过浏览器测试"),
]

SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
PAGES = [
    "index.html",
    "zones/index.html",
    "zones/thought.html",
    "zones/production.html",
    "members/index.html",
    "members/sample-jia.html",
    "honours.html",
    "cases/index.html",
    "cases/ii830-fault-crossing.html",
    "write-ups/ii830-fault-crossing.html",
    "quarters/index.html",
    "quarters/2019-Q2.html",
    "outcomes.html",
    "coverage.html",
    "messages.html",
    "exchange/index.html",
    "posters/index.html",
    "about.html",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(copy_site(tmp_path_factory.mktemp("site"))).target


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def addresses(site: Path) -> Iterator[dict[str, str]]:
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"http": f"http://127.0.0.1:{server.server_port}/", "file": site.as_uri() + "/"}
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()
