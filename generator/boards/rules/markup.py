"""Signs in long text that its writer may take for markup; a page shows them as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boards.dialect import LINK, bold
from boards.errors import Cure, Named, Severity
from boards.rules.privacy import Finding

_TAGS = (
    "a|abbr|b|big|blockquote|body|br|center|code|del|div|em|font|form|h[1-6]|head|hr|html|i|iframe"
    "|img|input|li|link|marquee|meta|object|ol|p|pre|s|script|small|span|strong|style|sub|sup|svg"
    "|table|tbody|td|th|thead|tr|u|ul|video"
)
_INSIDE: Cure = ("删掉；内部的话写到", Named("remark"))
_AS_TYPED: tuple[tuple[str, str, Cure, Severity], ...] = (
    (
        r"^[ \u3000]*#[ \u3000].*",
        "一级标题不显示成标题",
        "页面已有大标题，这里从 ## 开始",
        Severity.NOTICE,
    ),
    (
        r"^[ \u3000]*#{5,}[ \u3000].*",
        "这么小的标题不显示成标题",
        "标题只用 ## 到 ####",
        Severity.NOTICE,
    ),
    (
        r"^[ \u3000]*#{2,4}[^\s#].*",
        "# 后面没有空格，不显示成标题",
        "要做标题，# 后面空一格；不是标题就不用管",
        Severity.NOTICE,
    ),
    (
        r"!\[[^\]]{0,500}\]\([^)]{0,500}\)",
        "正文里的图片不显示",
        ("图片写到案例的", Named("figures"), "里"),
        Severity.ERROR,
    ),
    (
        rf"</?(?i:{_TAGS})(?:\s[^<>]{{0,500}})?/?>",
        "HTML 代码会照原样显示出来",
        "删掉尖括号里的代码；加粗写 **文字**",
        Severity.ERROR,
    ),
    (
        r"<!--[^>]{0,500}|<[!?][a-zA-Z][^>]{0,500}>",
        "注释会照原样显示出来",
        _INSIDE,
        Severity.ERROR,
    ),
    (
        r"^[ \u3000>]{0,12}\[[^\]\n]{1,500}\]:[ \t]*(?:#|<|https?:).*",
        "这一行会照原样显示出来",
        (_INSIDE, "，网址写成 [名称](http://…)"),
        Severity.ERROR,
    ),
    (
        r"^[ \u3000]*\|?[ ]*:?-{3,}:?[ ]*\|[-:| ]*$",
        "正文里不能画表格，这几行会照原样显示出来",
        "改成几句话，或每项以“- ”开头的列表",
        Severity.NOTICE,
    ),
    (
        r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[\da-fA-F]{1,6});",
        "这个代码会照原样显示出来",
        "改成要显示的符号；是空格就删掉",
        Severity.NOTICE,
    ),
)
_LINK_LIKE = re.compile(r"(?<!!)\[[^\]\n]{1,500}\]\([^)\n]{1,500}\)")
_ADDRESS = re.compile(r"[/:]|\.[a-zA-Z]")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡"
    "贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷"
    "钱汤尹黎易常武乔贺赖龚文祝"
)
_MASKED = re.compile(r"[、，；和与及跟\s](.)$", re.DOTALL)


def markup_findings(text: str) -> Iterator[Finding]:
    """Headings, pictures, HTML, comments, links and names that would not look as was meant."""
    for pattern, found, cure, severity in _AS_TYPED:
        for match in re.finditer(pattern, text, flags=re.MULTILINE):
            yield Finding(match.group().strip()[:40], found, cure, severity)
    for match in _LINK_LIKE.finditer(text):
        if not LINK.match(text, match.start()) and _ADDRESS.search(match.group().split("](")[1]):
            found = "这不是能点开的链接，会照原样显示出来"
            hint = "链接写成 [名称](http://网址)，网址以 http:// 或 https:// 开头，里面不留空格"
            yield Finding(match.group()[:40], found, hint)
    for paragraph in text.split("\n"):
        yield from _masked_names(paragraph)


def _masked_names(paragraph: str) -> Iterator[Finding]:
    """李**和王** would read 李和王, with 和王 in bold."""
    for start, end in bold(paragraph):
        before = paragraph[: start - 2][-1:]
        inside = paragraph[start:end]
        last = _MASKED.search(inside)
        if last and {last[1], before} <= _SURNAMES:
            found = f"“{inside[:20]}”会显示成粗体，前后的 ** 不显示"
            hint = "隐去的姓名写成“李某”或“李××”；确是加粗就不用管"
            yield Finding(paragraph[start - 2 : end + 2][:40], found, hint, Severity.NOTICE)
