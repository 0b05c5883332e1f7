"""A Word write-up (.docx) read as it stands: nothing in it is run, nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from boards.errors import Place
from boards.intake.captions import Cell, captioned, laid_out
from boards.intake.container import (
    AGAIN,
    Container,
    plain_name,
    readable,
    refuse_kind,
    require_size,
    unpacked,
    what_it_is,
)
from boards.intake.discreet import excerpt
from boards.intake.pieces import Kind, Picture, Piece, WriteUp
from boards.intake.proposal import LeftOut
from boards.intake.word_parts import contents_styles, lists, main_part, relations, styles, value
from boards.sheets.values import Refused

_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
_CHINESE_NUMBERS = re.compile("chinese|ideograph|japanese|taiwanese", re.IGNORECASE)
_DRAWN = {"chart": "图表", "relIds": "SmartArt 图形", "OLEObject": "嵌入的文件"}
_BESIDE = {
    "comments": "批注",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "header": "页眉",
    "footer": "页脚",
}
_CONTENTS = re.compile(r"目\s*录|.{1,60}?\s*(?:[.．·]{3,}|…+)\s*\d{1,3}")
"""A line of a table of contents, typed or made."""
_EXCERPT = 60
_MOST_PARAGRAPHS = 5000
"""A write-up of fifty pages has a tenth of that."""


@dataclass
class _Reading:
    """One document being read."""

    name: str
    container: Container
    relations: Mapping[str, tuple[str, bool]]
    """The parts that the text refers to, and whether one lies outside."""
    styles: Mapping[str, tuple[Kind | None, int]]
    numbering: Mapping[tuple[str, str], str]
    """How an item of a list is numbered, by list and level."""
    contents: frozenset[str]
    """The styles of lines of a table of contents."""
    left: list[LeftOut] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def leave(self, what: str, why: str, cure: str = "") -> None:
        """Note what has no place."""
        self.left.append(LeftOut(Place(self.name), what, why, cure))


def read_word(content: bytes, name: str) -> WriteUp:
    """A .docx file as pieces; raises Refused for everything else, and where changes are tracked."""
    require_size(len(content))
    kind = what_it_is(content)
    if kind != "Word 文档":
        raise refuse_kind(kind, "Word 文档（.docx）")
    container = unpacked(content)
    with readable():
        main = main_part(container)
        body = container.tree(main).find("./{*}body")
        if body is None:
            raise Refused("文件里没有正文", AGAIN)
        if sum(plain_name(item.tag) == "p" for item in body.iter()) > _MOST_PARAGRAPHS:
            found = f"文件有 {_MOST_PARAGRAPHS} 段以上，不像一篇材料"
            raise Refused(found, "只留要用的部分，另存一份再带进来")
        _refuse_tracked(body)
        reading = _Reading(
            name,
            container,
            relations(container, main),
            styles(container),
            lists(container),
            contents_styles(container),
        )
        pieces = tuple(captioned(list(_blocks(reading, body))))
        _beside(reading)
    return WriteUp(pieces, tuple(reading.left), tuple(dict.fromkeys(reading.said)))


def _refuse_tracked(body: Element) -> None:
    tracked = sum(plain_name(item.tag) in _TRACKED for item in body.iter())
    if tracked:
        found = f"文件里有 {tracked} 处修订还没有接受，分不清哪些字算数"
        raise Refused(found, "在 WPS 或 Word 的“审阅”里点“接受所有修订”，保存以后再带进来")


def _blocks(reading: _Reading, parent: Element) -> Iterator[Piece]:
    """The pieces below an element, in their order."""
    for item in parent:
        match plain_name(item.tag):
            case "p":
                yield from _paragraph(reading, item)
            case "tbl":
                yield from _table(reading, item)
            case "sdt" | "sdtContent" | "customXml" | "smartTag":
                yield from _blocks(reading, item)
            case "altChunk":
                reading.leave("插入的文件", "整篇插入的别的文件没有读", "打开它，把文字复制过来")


def _paragraph(reading: _Reading, item: Element) -> Iterator[Piece]:
    text = _text(reading, item)
    yield from _pictures(reading, item)
    style = value(item.find("{*}pPr/{*}pStyle"))
    if style in reading.contents or _CONTENTS.fullmatch(text.strip()):
        reading.said.append("目录没有带进来")
        return
    if not text.strip():
        return
    kind, level = reading.styles.get(style, (None, 0))
    outline = value(item.find("{*}pPr/{*}outlineLvl"))
    if kind is None and outline.isdecimal() and int(outline) < 9:
        kind, level = Kind.HEADING, int(outline) + 1
    number = item.find("{*}pPr/{*}numPr")
    how = ""
    if kind is None and number is not None:
        at = value(number.find("{*}numId")), value(number.find("{*}ilvl")) or "0"
        how = reading.numbering.get(at, "decimal")
        kind = Kind.BULLET if how == "bullet" else Kind.NUMBER
        if _CHINESE_NUMBERS.search(how) and is_short(text):
            kind, level = Kind.HEADING, int(at[1] or 0) + 1
    runs = [run for run in item.iter() if plain_name(run.tag) == "r" and "".join(run.itertext())]
    bold = bool(runs) and all(_is_on(run.find("{*}rPr/{*}b")) for run in runs)
    centred = value(item.find("{*}pPr/{*}jc")) == "center"
    yield Piece(kind or Kind.PARAGRAPH, text.strip(), level, is_bold=bold, is_centred=centred)


def _is_on(element: Element | None) -> bool:
    return element is not None and value(element) not in ("0", "false", "none")


def is_short(text: str) -> bool:
    """Whether a text is as short as a heading and no sentence."""
    return len(text.strip()) <= 40 and not text.strip().endswith(("。", "；", "，", ".", ";", "！"))


def _text(reading: _Reading, item: Element) -> str:
    """The words of a paragraph that are seen, without those of text boxes."""
    words = []
    for part in item:
        match plain_name(part.tag):
            case "t" | "delText":
                words.append(part.text or "")
            case "tab":
                words.append(" ")
            case "br" | "cr":
                words.append("\n")
            case "noBreakHyphen":
                words.append("-")
            case "r" if _is_on(part.find("{*}rPr/{*}vanish")):
                reading.said.append("隐藏的文字没有带进来")
            case "drawing" | "pict" | "object" | "pPr" | "rPr" | "Fallback" | "instrText":
                _boxes(reading, part)
            case "oMath" | "oMathPara":
                words.append("".join(part.itertext()))
                reading.said.append("公式按一行文字带进来，核对一下")
            case _:
                words.append(_text(reading, part))
    return "".join(words)


def _boxes(reading: _Reading, drawing: Element) -> None:
    """Tell of the words in text boxes, which have no place in the run of a text."""
    if plain_name(drawing.tag) == "Fallback":
        return
    for box in drawing.iterfind(".//{*}txbxContent"):
        text = "".join(box.itertext()).strip()
        if text:
            cure = "要用这些字，在文件里把它们移出文本框，再带进来"
            reading.leave("文本框", f"里面的字没有带进来：“{excerpt(text, _EXCERPT)}”", cure)
    for part in drawing.iter():
        if plain_name(part.tag) in _DRAWN:
            called = _DRAWN[plain_name(part.tag)]
            cure = "截成图片贴进文件里，再带进来"
            reading.leave(called, f"{called}没有带进来", cure)


def _pictures(reading: _Reading, item: Element) -> Iterator[Piece]:
    fallback = {id(one) for part in item.iterfind(".//{*}Fallback") for one in part.iter()}
    for part in item.iter():
        name = plain_name(part.tag)
        if name not in ("blip", "imagedata") or id(part) in fallback:
            continue
        key = value(part, "embed") or value(part, "id")
        target, outside = reading.relations.get(key, ("", bool(value(part, "link"))))
        if outside or target not in reading.container.parts:
            cure = "在文件里右键图片，另存下来，插入到文件里再带进来"
            reading.leave("图片", "图片不在文件里，只是链接到别处", cure)
            continue
        about = next((one for one in item.iterfind(".//{*}docPr")), None)
        alt = value(about, "descr")
        yield Piece(Kind.PICTURE, picture=Picture(reading.container.parts[target], alt))


def _table(reading: _Reading, table: Element) -> Iterator[Piece]:
    """A table with its pictures behind it; one cell alone is a frame around text."""
    rows = [row for row in table.iter() if plain_name(row.tag) == "tr"]
    cells = [[cell for cell in row if plain_name(cell.tag) == "tc"] for row in rows]
    if sum(len(row) for row in cells) == 1:
        yield from _blocks(reading, cells[0][0])
        return
    yield from laid_out([[_cell(reading, cell) for cell in row] for row in cells])


def _cell(reading: _Reading, cell: Element) -> Cell:
    paragraphs = list(cell.iterfind(".//{*}p"))
    lines = [_text(reading, item).strip() for item in paragraphs]
    pictures = tuple(piece for item in paragraphs for piece in _pictures(reading, item))
    return Cell("\n".join(line for line in lines if line), pictures)


def _beside(reading: _Reading) -> None:
    """Tell of what stands beside the text: notes, comments, heads and feet of pages."""
    for part, content in sorted(reading.container.parts.items()):
        called = re.match(r"word/(comments|footnotes|endnotes|header|footer)\d*\.xml", part)
        if called is None or not content.strip():
            continue
        tree = reading.container.tree(part)
        words = ["".join(t.itertext()) for t in tree.iter() if plain_name(t.tag) == "t"]
        text = "".join(words).strip()
        what = _BESIDE[called[1]]
        if re.search("[\u4e00-\u9fff]{2}", text):
            reading.leave(
                what, f"没有带进来：“{excerpt(text, _EXCERPT)}”", "要用就写进正文，再带进来"
            )
