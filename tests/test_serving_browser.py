"""The live preview in a browser: an open page takes up an edit by itself and stays where it was."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from boards.serving import engine as engines
from boards.serving import server as servers
from boards.serving.engine import Engine
from browsers import browser, in_browser
from helpers import TODAY
from sites import change, copy_site

__all__ = ["browser"]
pytestmark = in_browser


def test_an_open_page_takes_up_an_edit_and_stays_where_it_was(
    tmp_path: Path, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "build_date", lambda: TODAY)
    root = copy_site(tmp_path)
    engine = Engine(root)
    engine.refresh()
    with servers._Server(("127.0.0.1", 0), engine) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1000, "height": 500})
        page.goto(f"http://127.0.0.1:{server.server_port}/members/index.html")
        page.evaluate("scrollTo(0, 600)")
        change(root / "data" / "members.yml", "name: 党员丁\n", "name: 党员丁丁\n")
        engine.refresh()
        page.wait_for_selector("text=党员丁丁", state="attached")
        assert page.evaluate("scrollY") == 600
        page.close()
        server.shutdown()
