"""Somebody who sits at the desk in a real browser."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from desks import OpenDesk


class Officer:
    """Somebody who sits at the desk."""

    def __init__(self, tab: Any, desk: OpenDesk) -> None:
        self.tab, self.desk = tab, desk
        self.complaints: list[str] = []
        tab.on(
            "console", lambda told: self.complaints.append(f"{told.text} {told.location['url']}")
        )
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: dialog.accept())
        answer = tab.goto(desk.given.address)
        assert answer.ok, "a key opens a desk once"

    def go(self, place: str) -> None:
        self.tab.goto(f"http://127.0.0.1:{self.desk.given.port}{self.desk.given.at}/{place}")

    def open_record(self, place: str) -> None:
        self.go(place)
        self.until("没有改动")

    def until(self, state: str) -> None:
        """Wait until the form says so."""
        self.tab.locator("#state", has_text=state).wait_for()

    def save(self) -> None:
        self.tab.keyboard.press("Control+s")
        self.until("保存了")


def photo() -> bytes:
    """A photo that is fine enough."""
    content = io.BytesIO()
    Image.new("RGB", (900, 1200), "#a05030").save(content, "JPEG")
    return content.getvalue()
