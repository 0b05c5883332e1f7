"""What a page says: the same for two pages that differ in their tags only."""

from __future__ import annotations

import html
import re


def words_in(page: str) -> str:
    """All that a page says, without its tags, spaces, and the ¶ that some put behind headings."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", page)).replace("¶", "").split())
