"""Every sign of ASCII wherever somebody may type it, and the oracle of what is read of it."""

from __future__ import annotations

import re
import string

SIGNS = re.compile(
    r"^[ \t\u3000\u00a0]*(?:#{2,4}[ \u3000]+|-[ \u3000]+|[1-9]\d?\.[ \u3000]+)(?=\S)"
    r"|(?<!\*)\*\*(?!\*)|\]\(http",
    re.MULTILINE,
)
"""The signs of the dialect: headings, items, bold, links."""


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


CONTEXTS = (
    "规格1200{0}800{0}600毫米", "甲{0}乙{0}丙", "a{0}b{0}c", "{0}2皮带机", "{0}注：如下",
    "{0} 空格", "{0}{0}甲乙{0}{0}", "{0}甲{0}", "（见{0}）", "甲{0}", "8{0}", "a{0} b {0}c",
    "甲，{0}乙{0}。", "{0}{0}{0}", "[{0}](1)", "甲\n{0}乙", "甲\n{0}{0}{0}", "甲{0}\n乙",
    "甲\n{0} 乙", "　　{0}甲\n　　{0}乙", "    {0}8",
)  # fmt: skip


def expected(typed: str) -> str:
    """The oracle: what a reader finds of a text."""
    return squeezed(SIGNS.sub("", typed))


EVERYTHING = "\n\n".join(
    text
    for text in (context.format(sign) for sign in string.punctuation for context in CONTEXTS)
    if not SIGNS.search(text)
)
"""All of it in one text, but for what is a sign of the dialect."""
