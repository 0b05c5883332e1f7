"""No line of a long text or of a slide begins or ends where it may not, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from boards.packs.content import PackContent
from boards.packs.page import to_html as to_page
from boards.packs.wechat import to_wechat
from browsers import browser, in_browser
from packs import write_up
from signs import STRESS, faults, stressed
from sites import build_site, copy_site

__all__ = ["browser"]
pytestmark = in_browser

LINES = """width => {
  const lines = [];
  for (const block of document.querySelectorAll('.looked-at p, .looked-at li')) {
    if (width) block.style.width = width + 'px';
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let line = '', last = null;
    for (let node; (node = walker.nextNode());) {
      for (let at = 0; at < node.length; at++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const box = range.getClientRects()[0];
        if (!box) continue;
        const middle = (box.top + box.bottom) / 2;
        const next = last !== null && Math.abs(middle - last) > box.height / 2;
        if (next) { lines.push(line); line = ''; }
        last = middle;
        line += node.data[at];
      }
    }
    lines.push(line);
  }
  return lines;
}"""
"""The lines of all paragraphs, set to a width if one is given."""


def test_long_texts_in_a_browser(browser: Any) -> None:
    """On the site's pages, in packs and WeChat articles, from a phone's column to a desk's."""
    shared = write_up()
    sections = (shared.sections[0].model_copy(update={"text": STRESS}),)
    content = PackContent(shared.model_copy(update={"sections": sections, "figures": ()}))
    documents = {
        "page": to_page(content).decode(),
        "article": to_wechat(content).html.decode(),
    }
    tab = browser.new_page()
    for name, document in documents.items():
        tab.set_content(document.replace("<body", '<body class="looked-at"', 1))
        for width in range(120, 640, 23):
            lines = [line for line in tab.evaluate(LINES, width) if not line.startswith("——")]
            assert faults(lines) == [], (name, width)
    tab.close()


def test_the_big_screen(browser: Any, tmp_path: Path) -> None:
    root = stressed(copy_site(tmp_path))
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    tab = context.new_page()
    tab.goto(build_site(root).target.as_uri() + "/screen.html")
    looked_at = 0
    for _ in range(tab.locator("[data-seconds]").count()):
        tab.evaluate(
            "() => { for (const e of document.querySelectorAll('[data-seconds]'))"
            " e.classList.toggle('looked-at', !e.hidden); }"
        )
        lines = tab.evaluate(LINES, 0)
        looked_at += len(lines)
        assert faults(lines) == []
        tab.keyboard.press("ArrowRight")
    context.close()
    assert looked_at > 40
