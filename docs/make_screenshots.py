"""Makes docs/images/: the pictures of the manual, of this repository's own example site.

The site is built in a temporary folder as of one day, so that the pictures change only when the
product does. Needs the extra `browser`, Debian's chromium and poppler-utils.

Run in the project's folder: just screenshots
"""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
DAY = datetime.datetime(2019, 8, 19, 12, tzinfo=datetime.UTC)
"""The day the example branch's case study was published."""
PAGES = {
    "home": "index.html",
    "zone": "zones/quality.html",
    "print-room": "posters/index.html",
    "exchange": "exchange/index.html",
}
ROOMS = {
    "desk-record": "record/cases/ii830-fault-crossing",
    "desk-quarter": "quarter/2019-Q2",
    "desk-hanging": "hanging",
}
ROSTER = "\n".join(
    [
        "序号\t姓 名\t性别\t出生年月\t政治面貌\t现任职务\t入党时间\t联系电话",
        "1\t党员 戊\t男\t1985.3\t党员\t采煤机司机\t2009年9月\t13800000000",
        "2\t党员己、党员庚（电工）\t男\t1990.6\t预备党员\t电工\t\t",
    ]
)
"""Invented people, as a roster is pasted."""
SHEET = "cases/ii830-fault-crossing"
POSTER = "star-2019-Q2"
PORT = 8765
WIDTH = 1000
"""Pixels of a picture; the manual is read at about this width."""


def main() -> None:
    """Build the site, take its pictures, write them."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "content"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "mkdocs.yml", root)
        boards(root, "build")
        boards(root, "approve", SHEET, "--sheet-only")
        sheet = next((root / "approvals").glob("*.pdf"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            tab = browser.new_page(viewport={"width": 1280, "height": 860})
            for name, address in PAGES.items():
                tab.goto((root / "site" / address).as_uri())
                keep(name, tab.screenshot(animations="disabled"))
            desk(root, tab)
            problems(root, tab)
            browser.close()
        keep("star-poster", (root / "site" / "posters" / f"{POSTER}.png").read_bytes(), 560)
        keep("approval-sheet", first_page(sheet), 640)


def boards(root: Path, *arguments: str) -> None:
    """Run a command as people do, on the day of the pictures."""
    subprocess.run([sys.executable, "-m", "boards", *arguments], cwd=root, env=day(), check=True)


def day() -> dict[str, str]:
    """The environment with the date held still."""
    return {**os.environ, "SOURCE_DATE_EPOCH": str(int(DAY.timestamp()))}


def desk(root: Path, tab: Any) -> None:
    """Picture rooms of the desk."""
    command = [sys.executable, "-m", "boards", "desk", "--no-browser"]
    with subprocess.Popen(
        command, cwd=root, env=day(), stdout=subprocess.PIPE, encoding="utf-8", bufsize=1
    ) as server:
        assert server.stdout
        try:
            said = re.search(r"http://[^ \n]+", server.stdout.readline())
            server.stdout.readline()
            assert said
            tab.goto(said[0])
            at = tab.url
            keep("desk-today", tab.screenshot(animations="disabled"))
            tab.goto(f"{at}bring")
            tab.fill("#pasted", ROSTER)
            tab.get_by_role("button", name="看一看").click()
            tab.locator(".columns").wait_for()
            keep("desk-bring", tab.screenshot(animations="disabled"))
            for name, place in ROOMS.items():
                tab.goto(f"{at}{place}")
                tab.wait_for_timeout(3000)  # pages beside a form, and pictures, come later
                keep(name, tab.screenshot(animations="disabled"))
        finally:
            server.terminate()


def problems(root: Path, tab: Any) -> None:
    """Picture what `boards serve` shows while records have faults."""
    file = root / "data" / "members.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in (("name: 李涛\n", "name：李涛\n"), ("zone: thought\n", "zone: thougt\n")):
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "boards", "serve", "--port", str(PORT)], cwd=root, env=day()
    ) as server:
        try:
            address = f"http://127.0.0.1:{PORT}/"
            wait_for(address)
            tab.goto(f"{address}problems.html")
            keep("problems", tab.screenshot(animations="disabled"))
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    """Wait until a server answers; raises TimeoutError after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


def first_page(pdf: Path) -> bytes:
    """The first page of a PDF as PNG."""
    command = ["pdftoppm", "-png", "-r", "110", "-f", "1", "-l", "1", str(pdf)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def keep(name: str, png: bytes, width: int = WIDTH) -> None:
    """Write a picture, no wider than `width` pixels."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((width, 10 * width))
    picture.save(IMAGES / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main()
