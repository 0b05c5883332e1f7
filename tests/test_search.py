"""What readers type, and what it finds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boards.board.load import load
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.lazy import Lazy
from boards.site import search
from boards.views import Page, all_pages
from boards.words.common import PageBody
from helpers import TODAY
from sites import copy_site


def page(url: str, title: str, about: str, *words: str, kind: str, pinyin: str = "") -> Page:
    return Page(url, title, "", kind, Lazy(lambda: PageBody(about, None, words)), pinyin)


PAGES = [
    page("cases/a.html", "Ⅱ830工作面过断层", "每班一量", "电液控支架", kind="案例"),
    page("cases/b.html", "Ⅱ1057工作面", "平衡千斤顶", "再生支座", kind="案例"),
    page("members/c.html", "陈化永", "集团公司劳模", kind="人员"),
    page("members/z.html", "祝君文", "党员", "</script>\u2028", kind="人员"),
]


def test_the_index_keeps_the_words_as_they_read() -> None:
    first = search.entries(PAGES)[0]
    assert first.text == "每班一量 电液控支架"


def test_the_index_knows_no_markdown(tmp_path: Path) -> None:
    root = copy_site(tmp_path, made=False)
    written = (root / "content" / "about.md").read_text(encoding="utf-8")
    assert "\n## 四个责任区\n" in written and "\n- **思想是根本。** 党员" in written
    edition = Edition(EditionName.PREVIEW, TODAY)
    board, _ = prepare(load(root / "data", root / "content")[0], edition)
    found = {entry.url: entry.text for entry in search.entries(all_pages(board, edition))}
    assert "四个责任区 思想是根本。 党员" in found["about.html"]
    for url, text in found.items():
        assert "**" not in text and "##" not in text and " - " not in text, url


@pytest.mark.parametrize("typed", ["chy", "chenhuayong", "huayong"])
def test_a_title_carries_its_pinyin(typed: str) -> None:
    assert [e.title for e in search.entries(PAGES) if typed in e.keys] == ["陈化永"]


def test_traditional_characters_are_folded_to_simplified_ones() -> None:
    text = "".join(entry.text for entry in search.entries(PAGES))
    pairs = search.variants(text)
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert table["電"] == "电"
    assert "".join(table.get(c, c) for c in "電液控") == "电液控"
    assert "電" in pairs and "鐵" not in pairs, "only what the pages hold"


def test_the_index_is_a_script_that_nothing_in_it_can_close() -> None:
    script = search.script(search.entries(PAGES))
    assert script.startswith("window.boardsSearchIndex={")
    assert "<" not in script and "\u2028" not in script
    payload = json.loads(script.removeprefix("window.boardsSearchIndex=").rstrip(";\n"))
    assert len(payload["entries"]) == len(PAGES)


def test_a_name_said_otherwise_is_found_by_how_it_is_said() -> None:
    said = page("members/s.html", "单小明", "党员", kind="人员", pinyin="shan xiao ming")
    assert search.entries([said])[0].keys == "sxm shanxiaoming"
