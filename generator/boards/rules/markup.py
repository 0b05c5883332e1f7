"""Markdown that a page would not show as it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boards.errors import Severity
from boards.rules.privacy import Finding

_NOT_SHOWN = (
    (r"^# .*", "一级标题不显示成标题", "页面已有大标题，这里从 ## 开始", Severity.NOTICE),
    (r"^#{5,} .*", "这么小的标题不显示", "标题只用 ## 到 ####", Severity.NOTICE),
    (
        r"!\[[^\]]{0,500}\]\([^)]{0,500}\)",
        "正文里的图片不显示",
        "图片写到案例的 figures 里",
        Severity.ERROR,
    ),
    (
        r"</?[a-zA-Z][^<>]{0,500}>",
        "正文里的 HTML 不显示",
        "删掉尖括号里的代码，用 Markdown 写",
        Severity.ERROR,
    ),
    (  # not on the page, but in the search index and in the record that packs carry
        r"<[!?][^>]{0,500}",
        "正文里的注释不显示，却会随检索和材料包一起传出去",
        "删掉；内部的话写到 remark",
        Severity.ERROR,
    ),
    (
        r"^[ >]{0,12}\[[^\]]{1,500}\]:",
        "这一行不显示，却会随检索和材料包一起传出去",
        "删掉；内部的话写到 remark，网址写成 [名称](http://…)",
        Severity.ERROR,
    ),
    (
        r"(?<!!)\[[^\]]{0,500}\]\((?!https?://)[^)]{0,500}\)",
        "这个链接打不开",
        "链接只能写 http:// 或 https:// 开头的网址",
        Severity.ERROR,
    ),
)


def markup_findings(text: str) -> Iterator[Finding]:
    """Headings, pictures, HTML, comments and links that would be lost or lead nowhere."""
    for pattern, found, hint, severity in _NOT_SHOWN:
        for match in re.finditer(pattern, text, flags=re.MULTILINE):
            yield Finding(match.group()[:40], found, hint, severity)
