"""Every sign wherever somebody may type it, what is read of it, and where lines may not break."""

from __future__ import annotations

import re
import string
from pathlib import Path

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

NEVER_FIRST = "、，。；：！？）》”’】〕〉」』…—–－～〜~·・%％‰℃°㎡㎥/!),.:;?]}"
NEVER_LAST = "（《“‘【〔〈「『([{/"
_PHRASES = (
    "2018—2019年和2019～2020年抓落实", "支部——党员——职工拧成一股绳", "阿卜杜·买买提和王伟带班",
    "巷道5㎡、30㎥都量到", "思想/安全/质量/生产四区", "“党建+”与（安全+）同抓",
    "合格率≥95%，温度20℃以下", "讲到……就干到……为止", "从Ⅱ830—Ⅱ1057，8:00—16:00",
    "人民网－中国共产党新闻网", "**思想**——根本", "**“安全”**——底线",
    "（2018—2019年）——“先定标准”——再干", "50‰、95％～98％", "甲/乙/丙", "km/h和t/m",
)  # fmt: skip
STRESS = "，".join("又再还"[:shift] + phrase for shift in range(4) for phrase in _PHRASES)
"""Each phrase at several places of a line."""


def faults(lines: list[str]) -> list[str]:
    return [line for line in lines if line and (line[0] in NEVER_FIRST or line[-1] in NEVER_LAST)]


def stressed(root: Path) -> Path:
    """A copy of this repository's site with all of it in the texts of a case and a quarter."""
    case = root / "data" / "cases" / "ii830-fault-crossing.yml"
    text = case.read_text(encoding="utf-8")
    for field in ("summary", "background", "results"):
        text = re.sub(rf"^{field}: \|\n  .*$", f"{field}: |\n  {STRESS}。", text, flags=re.M)
    assert text.count(STRESS) == 3
    case.write_text(text, encoding="utf-8")
    quarter = root / "data" / "quarters" / "2019-Q2.yml"
    text = quarter.read_text(encoding="utf-8")
    cited = STRESS[: STRESS.rindex("，", 0, 280)]
    text = re.sub(r"^  citation: \|\n    .*$", f"  citation: |\n    {cited}。", text, flags=re.M)
    assert text.count(cited) == 2
    quarter.write_text(text, encoding="utf-8")
    return root
