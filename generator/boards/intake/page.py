"""A page that was saved from the web or from WeChat, read as a publication: nothing is fetched."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from boards.errors import Place
from boards.intake.container import readable, refuse_kind, require_size, what_it_is
from boards.intake.discreet import excerpt
from boards.intake.openings import is_about
from boards.intake.pieces import Kind, Piece, WriteUp
from boards.intake.proposal import LeftOut
from boards.intake.published import lacking, published, text_of
from boards.sheets.values import Refused
from boards.yaml.faults import unsafe_characters

_MOST_TAGS = 100_000
_TOO_DEEP = 1000
_NESTING = re.compile(r"<(/?)(div|section|span|article|table|blockquote|font|b|i|em|strong|ul|a)\b")
_DEEPEST = 40
"""Elements in elements, beyond which only words are looked at."""
_AGAIN = "在浏览器里打开那篇文章，“另存为”选“网页，仅 HTML”，再带进来"
_MATTER = 40
"""Characters of a paragraph that is no line about an article."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = "p, div, section, article, blockquote, ul, ol, li, table, h1, h2, h3, h4"
_SKIPPED = {
    "script", "style", "noscript", "template", "iframe", "nav", "footer", "form", "button", "svg",
    "video", "audio", "object", "select", "header", "aside",
}  # fmt: skip
_BODIES = (
    "#js_content", ".rich_media_content", "article", ".TRS_Editor", ".article-content",
    ".rm_txt_con",
    ".article_content", ".content_text", "#zoom", "#content", ".article", ".content", "main",
)  # fmt: skip
"""Where pages of WeChat, newspapers and offices keep their text, the surest first."""
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")
_ENDS = re.compile(
    r"(?:责任编辑|责编|编辑|阅读原文|扫一扫|扫码|长按|点击.{0,8}(?:关注|蓝字)|喜欢作者|赞赏|分享到|END|"
    r"往期(?:推荐|回顾|精彩)|推荐阅读|更多精彩|关注我们|点个?[赞在]|免责声明|版权)"
)


def read_page(content: bytes, name: str, url: str = "") -> WriteUp:
    """A saved page as pieces with its source; raises Refused for what is none.

    `url` is its address, where the page does not say it.
    """
    require_size(len(content))
    text, saved_from = _html(content)
    if text.count("<") > _MOST_TAGS or _is_too_deep(text):
        raise Refused("网页太复杂，不像一篇文章", "把正文复制到 Word 里存成 .docx，再带进来")
    tree = LexborHTMLParser(re.sub("<br", "\n<br", text, flags=re.IGNORECASE))
    source = published(tree, text, url or saved_from)
    body = _body(tree)
    pieces = list(_pieces(body)) if body is not None else []
    pieces, around = _without_ends([piece for piece in pieces if piece.text != source.title])
    if sum(len(piece.text) for piece in pieces) < 30:
        raise Refused("网页里没有找到正文", f"{_AGAIN}；还不行，就把正文复制到 Word 里")
    left = (*_around(around, name), *_images(body, name))
    said = tuple(lacking(source))
    return WriteUp((Piece(Kind.TITLE, source.title), *pieces), left, said, source)


def _is_too_deep(text: str) -> bool:
    """Whether elements stand in elements as deep as nobody writes; that takes parsers minutes."""
    depth = 0
    for closes, _ in _NESTING.findall(text):
        depth = max(depth - 1, 0) if closes else depth + 1
        if depth > _TOO_DEEP:
            return True
    return False


def _html(content: bytes) -> tuple[str, str]:
    """The page's text, and the address that its saver has noted."""
    kind = what_it_is(content)
    if re.match(rb"(?:From: <Saved by|MIME-Version:|Snapshot-Content)", content.lstrip()[:40]):
        return _from_mhtml(content)
    if kind not in ("", "网页", "SVG 图形"):
        raise refuse_kind(kind, "网页（.html）")
    text = _decoded(content)
    if not re.search(r"<(?:html|body|div|p|!doctype)\b", text[:20000], re.IGNORECASE):
        raise Refused("这不是网页", _AGAIN)
    found = _SAVED.search(text[:4000])
    return text, found[1] if found else ""


def _from_mhtml(content: bytes) -> tuple[str, str]:
    with readable():
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        address = str(message.get("Snapshot-Content-Location", ""))
        for part in message.walk():
            payload = part.get_payload(decode=True)
            if part.get_content_type() == "text/html" and isinstance(payload, bytes):
                location = str(part.get("Content-Location", ""))
                return _decoded(payload), address or location
    raise Refused("文件里没有网页的正文", _AGAIN)


def _decoded(content: bytes) -> str:
    said = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content[:4096])
    names = [said[1].decode("ascii", "replace")] if said else []
    for name in ("utf-8-sig", *names, "gb18030"):
        encoding = "gb18030" if name.casefold() in ("gb2312", "gbk") else name
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        unseen = {at for at, _ in unsafe_characters(text)}
        return "".join(c for at, c in enumerate(text) if at not in unseen) if unseen else text
    raise Refused("网页的编码认不出来，可能已损坏", _AGAIN)


def _body(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the text: a known one, else the one with the most paragraphs."""
    for place in _BODIES:
        node = tree.css_first(place)
        if node is not None and len(text_of(node)) > 60:
            return node
    counted: dict[int, tuple[int, LexborNode]] = {}
    for paragraph in tree.css("p"):
        parent = paragraph.parent
        if parent is not None:
            length = counted.get(parent.mem_id, (0, parent))[0] + len(text_of(paragraph))
            counted[parent.mem_id] = length, parent
    best = max(counted.values(), key=lambda one: one[0], default=None)
    return best[1] if best and best[0] > 60 else tree.body


def _pieces(node: LexborNode, depth: int = 0) -> Iterator[Piece]:
    """The pieces below an element; one without blocks in it is a paragraph."""
    for child in node.iter(include_text=True):
        tag = child.tag or ""
        if tag in _SKIPPED or tag == "_comment" or _is_hidden(child):
            continue
        if tag in _HEADINGS:
            if text := text_of(child):
                yield Piece(Kind.HEADING, text, _HEADINGS[tag])
        elif tag == "li":
            if text := text_of(child):
                ordered = child.parent is not None and child.parent.tag == "ol"
                yield Piece(Kind.NUMBER if ordered else Kind.BULLET, text)
        elif tag == "table":
            rows = [tuple(text_of(cell) for cell in row.css("td, th")) for row in child.css("tr")]
            if kept := tuple(row for row in rows if any(row)):
                yield Piece(Kind.TABLE, rows=kept)
        elif depth < _DEEPEST and tag != "-text" and _holds_blocks(child):
            yield from _pieces(child, depth + 1)
        else:
            yield from _lines(child)


def _holds_blocks(node: LexborNode) -> bool:
    return any(inner.mem_id != node.mem_id for inner in node.css(_BLOCKS))


def _lines(node: LexborNode) -> Iterator[Piece]:
    """The lines of an element without blocks."""
    for line in node.text(separator="").replace("\u3000", " ").split("\n"):
        if text := " ".join(line.split()):
            strong = node.css_first("strong, b") if node.tag != "-text" else None
            bold = strong is not None and text_of(strong) == text
            yield Piece(Kind.PARAGRAPH, text, is_bold=bold)


def _is_hidden(node: LexborNode) -> bool:
    style = str((node.attributes or {}).get("style") or "").replace(" ", "")
    return "display:none" in style


def _without_ends(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """An article, and what stands above and below it: whom to follow, who wrote and edited it."""
    first, last = 0, len(pieces)
    while first < last and _is_around(pieces[first]):
        first += 1
    for at in range(max(first, len(pieces) // 2), len(pieces)):
        matter_follows = any(len(piece.text) > _MATTER for piece in pieces[at + 1 :])
        if _is_around(pieces[at]) and not matter_follows:
            last = at
            break
    return pieces[first:last], [*pieces[:first], *pieces[last:]]


def _is_around(piece: Piece) -> bool:
    text = piece.text.strip("（([【 —-")
    ends = len(text) <= _MATTER and "。" not in text and _ENDS.match(text) is not None
    return ends or is_about(text)


def _around(pieces: list[Piece], name: str) -> Iterator[LeftOut]:
    """What stood around the article is shown, not dropped."""
    words = "；".join(piece.text for piece in pieces if piece.text)
    if words:
        why = f"不是文章的内容，没有带进来：“{excerpt(words, 120)}”"
        yield LeftOut(Place(name), "正文前后的话", why)


def _images(body: LexborNode | None, name: str) -> Iterator[LeftOut]:
    count = len(body.css("img")) if body is not None else 0
    if count:
        why = f"网页里的 {count} 张图片不在文件里，没有带进来"
        yield LeftOut(Place(name), "图片", why, "用“照片”那一种另外带进来，发表的图片先问能不能用")
