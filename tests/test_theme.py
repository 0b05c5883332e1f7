"""The theme on disk: nothing from outside, nothing too new, and the emblem left alone."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from sites import ROOT, build_site, copy_site, tree

THEME = ROOT / "theme" / "boards_theme"
STYLES = sorted(THEME.rglob("*.css"))
SCRIPTS = sorted(THEME.rglob("*.js"))

TOO_NEW_FOR_CHROME_94 = {
    ".css": (
        r":has\(|@container|@layer|@scope|@property|@starting-style|color-mix\(|\boklch\(|anchor\("
        r"|\d(dvh|svh|lvh)\b|\bsubgrid\b|^\s*&|(?<!-)\b(translate|rotate|scale):"
        r"|(?<!-webkit-)\bmask(-image)?:"
    ),
    ".js": (
        r"structuredClone|\.findLast|\.toSorted|\.toReversed|Object\.groupBy|Array\.fromAsync"
        r"|showPopover|\.at\(|\.replaceAll|\?\?=|\|\|=|&&=|\bstatic \{"
    ),
}
"""What breaks a page there; `text-wrap`, say, is newer but ignored without harm.

Chromium of about five years ago (94, autumn 2021) is what old mine computers run."""


@pytest.mark.parametrize("file", [*STYLES, *SCRIPTS], ids=lambda file: file.name)
def test_nothing_is_newer_than_the_oldest_browser(file: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.search(TOO_NEW_FOR_CHROME_94[file.suffix], text, flags=re.MULTILINE)
    assert found is None, found


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_no_style_turns_shades_or_moves_the_emblem(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for rule in re.findall(r"([^{}]*\.bb-emblem[^{}]*)\{([^}]*)\}", text):
        names = {part.split(":")[0].strip() for part in rule[1].split(";") if part.strip()}
        allowed = {"display", "flex", "width", "height", "margin-bottom", "fill"}
        assert names <= allowed, rule
        sizes = dict(part.split(":", 1) for part in rule[1].split(";") if ":" in part)
        sizes = {name.strip(): value.strip() for name, value in sizes.items()}
        assert sizes.get("width") == sizes.get("height")


def test_the_emblem_is_drawn_in_one_file_only() -> None:
    path = re.search(r' d="([^"]+)"', (THEME / "pages/parts/emblem.html").read_text("utf-8"))
    assert path
    start = path.group(1)[:40]
    drawn = [f.name for f in THEME.rglob("*") if f.suffix in {".html", ".svg", ".css"}
             and start in f.read_text(encoding="utf-8")]  # fmt: skip
    assert drawn == ["emblem.html"]


def test_the_favicon_is_not_the_emblem() -> None:
    assert "bb-emblem" not in (THEME / "site/assets/favicon.svg").read_text(encoding="utf-8")


def test_the_home_page_is_light(tmp_path: Path) -> None:
    site = tree(build_site(copy_site(tmp_path)).target)
    page = site["index.html"].decode("utf-8")
    loaded = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"]+\.(?:js|css|svg))"', page)
    assert len(loaded) >= 8
    total = sum(len(gzip.compress(site[name])) for name in {"index.html", *loaded})
    assert total <= 300_000, f"{total} bytes"
