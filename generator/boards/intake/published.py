"""What a saved page says of where it was published: title, publisher, day and address."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from boards.addresses import in_ascii
from boards.intake.pieces import Source

_TITLES = ("#activity-name", ".rich_media_title", "h1", "h2.title", ".title")
_PUBLISHERS = ("#js_name", ".profile_nickname", "#profileBt a", ".source")
_DATES = ("#publish_time", "time[datetime]", ".pubtime", ".date", ".time", ".info")
_DAY = re.compile(r"((?:19|20)\d{2})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_IN_SCRIPT = re.compile(r"(?:var|window\.)\s*(?:msg_link|url)\s*=\s*[\"'](https?:[^\"']+)[\"']")
_SECONDS = re.compile(r"var\s+ct\s*=\s*[\"'](\d{10})[\"']")
_SOURCE_LINE = re.compile(r"(?:来源|稿源|出处)[:：\s]*([\u4e00-\u9fff·A-Za-z－—-]{2,30})")


_ITSELF = ("本站", "本网", "原创", "本网站", "本站原创", "本报讯")
"""What a page calls its own site."""


def published(tree: LexborHTMLParser, text: str, address: str) -> Source:
    """The source that a page is; `address` where it is known from elsewhere."""
    title = _first(tree, _TITLES, "og:title") or text_of(tree.css_first("title"))
    named, *site = re.split(r"\s*[_|｜]\s*|\s+[-–—]+\s+", title)
    shown = {text_of(node) for node in tree.css("h1, h2, h3, h4, p, strong")}
    title = named if site and named in shown else title
    url = address or _address(tree, text)
    try:
        url = in_ascii(url) if url.startswith(("http://", "https://")) else ""
    except ValueError:
        url = ""
    publisher = _publisher(tree)
    if publisher in _ITSELF:
        publisher = site[-1] if site else ""
    return Source(title, publisher, _date(tree, text), url)


def text_of(node: LexborNode | None) -> str:
    """The words of an element on one line; empty if there is none."""
    return " ".join(node.text(separator="").split()) if node is not None else ""


def _meta(tree: LexborHTMLParser, name: str) -> str:
    for attribute in ("property", "name"):
        node = tree.css_first(f'meta[{attribute}="{name}"]')
        if node is not None and (text := node.attributes.get("content")):
            return " ".join(text.split())
    return ""


def _first(tree: LexborHTMLParser, places: tuple[str, ...], meta: str) -> str:
    found = (text_of(tree.css_first(place)) for place in places[:2])
    return (
        next((text for text in found if text), "")
        or _meta(tree, meta)
        or next((text for place in places[2:] if (text := text_of(tree.css_first(place)))), "")
    )


def _publisher(tree: LexborHTMLParser) -> str:
    if found := _first(tree, _PUBLISHERS[:2], "og:site_name"):
        return "" if found == "微信公众平台" else found
    for name in ("source", "author", "publisher"):
        if text := _meta(tree, name):
            return text.removeprefix("来源：")
    body = tree.body
    line = _SOURCE_LINE.search(body.text(separator=" ")[:3000]) if body is not None else None
    return line[1] if line else ""


def _date(tree: LexborHTMLParser, text: str) -> str:
    names = ("article:published_time", "publishdate", "PubDate", "og:release_date", "pubdate")
    texts = [_meta(tree, name) for name in names]
    for place in _DATES:
        node = tree.css_first(place)
        if node is not None:
            texts += [str(node.attributes.get("datetime") or ""), text_of(node)]
    if seconds := _SECONDS.search(text):
        day = datetime.datetime.fromtimestamp(int(seconds[1]), datetime.UTC)
        texts.append(f"{day + datetime.timedelta(hours=8):%Y-%m-%d}")  # as China counts days
    body = tree.body
    texts.append(body.text(separator=" ")[:2000] if body is not None else "")
    for said in texts:
        if found := _DAY.search(said):
            return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return ""


def _address(tree: LexborHTMLParser, text: str) -> str:
    link = tree.css_first('link[rel="canonical"]')
    said = str(link.attributes.get("href") or "") if link is not None else ""
    found = _IN_SCRIPT.search(text)
    address = said or _meta(tree, "og:url") or (found[1] if found else "")
    return address.replace("&amp;", "&") if address.startswith("http") else ""


def lacking(source: Source) -> Iterator[str]:
    """What is said of a source that does not say all of where it was published."""
    called = {"publisher": "发表单位", "date": "发表日期", "url": "网址"}
    missing = [label for name, label in called.items() if not getattr(source, name)]
    if missing:
        named = "、".join(missing)
        yield f"网页里没有写{named}，出处先记作内部材料；补上这些，再把出处改成公开发表"
