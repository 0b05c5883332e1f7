"""The parts of a case found in a write-up: by its headings, whatever they say, or by its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from boards.intake.pieces import Kind, Picture, Piece, markdown, table_lines
from boards.intake.word import is_short

_PARTS: tuple[tuple[str, str], ...] = (
    ("summary", "摘要|简介|提要|导语|概要|概述"),
    ("background", "背景|起因|缘起|概况|基本情况|由来|引言|前言"),
    ("challenge", "难题|难点|问题|困难|挑战|痛点|瓶颈|短板|难在"),
    ("measures", "做法|措施|举措|实践|路径|过程|办法|对策|实施|怎么[做办干]|主要工作|做了"),
    ("results", "成效|效果|成果|结果|效益|成绩|变化"),
    ("lessons", "启示|体会|思考|感悟|反思|心得|推广|借鉴|想到|感想|收获"),
)
_WEAK = (("lessons", "经验"),)
"""A word that decides where no other does: 经验做法 is what was done."""
CALLED = {
    "summary": "摘要", "background": "背景", "challenge": "难题", "measures": "做法",
    "results": "成效", "lessons": "启示",
}  # fmt: skip
_TITLE = re.compile("(?:案例|材料|项目|成果|作品|文章)(?:名称|标题|题目)|标题|题目|名称")
_ABOUT = re.compile(
    "单位|作者|撰稿|联系|申报人|负责人|电话|邮箱|时间|日期|填报|类别|推荐|审核|意见|盖章|编号"
)
_FIRST = re.compile("[一二三四五六七八九十]{1,3}[、.．]\\s*(?=\\S)")
_SECOND = re.compile("[（(][一二三四五六七八九十]{1,3}[)）]\\s*")
_MARKS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）]"
    r"|第[一二三四五六七八九十]+[，、部分:：]?|[一二三四五六七八九十]是)\s*"
)
_LABELLED = re.compile(
    r"((?:[一二三四五六七八九十]{1,3}[、.．])?(?:案例|工作|项目|主要|具体|取得|经验|存在|内容)?"
    r"(?:背景|摘要|简介|概况|难题|难点|问题|做法|措施|举措|成效|效果|成果|启示|体会)(?:与思考)?)[:：]\s*(?=\S)"
)
"""A part that begins in the line of its heading: 背景：工作面倾角大。"""
_LONGEST_TITLE = 30
_LONGEST_PART = 8
"""Characters that the name of a part has at most, where it stands alone."""


@dataclass(slots=True)
class Parts:
    """A write-up taken apart."""

    title: str = ""
    subtitle: str = ""
    text: list[Piece] = field(default_factory=list)
    """All of it in order, without its title."""
    parts: dict[str, list[Piece]] = field(default_factory=dict)
    facts: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    """Headings that are no part of a case."""
    dropped: list[tuple[str, str]] = field(default_factory=list)
    """Of a form, what is about the form: who sent it, whose telephone."""


def taken_apart(pieces: Sequence[Piece]) -> Parts:
    """The title, the parts and all the rest of a write-up."""
    found = Parts()
    rest = list(_with_headings(_unfolded(pieces, found)))
    if not found.title:
        found.title, found.subtitle, rest = _title(rest)
    current, level = "", 0
    for piece in rest:
        if piece.kind is Kind.PICTURE and piece.picture:
            found.pictures.append(piece.picture)
            continue
        found.text.append(piece)
        if piece.kind is Kind.HEADING and (not current or piece.level <= level):
            part = part_named(piece.text)
            if part or piece.level <= level or not level:
                current, level = part, piece.level
                if not part:
                    found.unplaced.append(piece.text)
                found.parts.setdefault(part, [])
                continue
        if piece.kind is Kind.TABLE and _is_of_facts(piece):
            found.facts += [(row[0], row[1]) for row in piece.rows]
            continue
        found.parts.setdefault(current, []).append(piece)
    return found


def part_named(heading: str) -> str:
    """The part that a heading names; empty if it names none."""
    text = _MARKS.sub("", heading, count=1)
    at = [(found.start(), name) for name, words in _PARTS if (found := re.search(words, text))]
    at = at or [(0, name) for name, words in _WEAK if re.search(words, text)]
    return min(at)[1] if at and len(text) <= _LONGEST_TITLE else ""


def _unfolded(pieces: Sequence[Piece], found: Parts) -> Iterator[Piece]:
    """Pieces with the tables of a form as headings and texts."""
    for piece in pieces:
        if piece.kind is Kind.TITLE and not found.title:
            found.title = piece.text
        elif piece.kind is Kind.TABLE and _is_form(piece):
            yield from _form(piece, found)
        else:
            yield piece


def _is_form(table: Piece) -> bool:
    """Whether a table is a form for cases: labels before long cells."""
    labels = [cell for row in table.rows for cell in row[::2] if len(cell) <= 12]
    named = {part_named(label) for label in labels} - {""}
    return len(named) > 1 or any(_TITLE.search(label) for label in labels if len(label) < 8)


def _form(table: Piece, found: Parts) -> Iterator[Piece]:
    for row in table.rows:
        cells = [cell for cell in row if cell]
        if len(cells) == 1:
            yield Piece(Kind.PARAGRAPH, cells[0])
            continue
        for label, text in zip(cells[::2], cells[1::2], strict=False):
            plain = re.sub(r"\s|[（(].*?[)）]", "", label)
            if part_named(plain):
                yield Piece(Kind.HEADING, plain, 1)
                yield from (Piece(Kind.PARAGRAPH, line) for line in text.split("\n"))
            elif _TITLE.search(plain) and not found.title:
                found.title = text.replace("\n", "")
            elif _ABOUT.search(plain):
                found.dropped.append((plain, text))
            else:
                yield Piece(Kind.HEADING, plain, 1)
                yield from (Piece(Kind.PARAGRAPH, line) for line in text.split("\n"))


def _with_headings(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Paragraphs that only look like headings as headings: 一、背景, （一）…, bold and short."""
    by_bold = False
    for piece in pieces:
        text = piece.text.strip()
        labelled = _LABELLED.match(text) if piece.kind is Kind.PARAGRAPH else None
        if labelled and part_named(labelled[1]):
            yield Piece(Kind.HEADING, labelled[1], 1)
            yield replace(piece, text=text[labelled.end() :].strip())
        elif piece.kind is not Kind.PARAGRAPH or not is_short(text):
            yield piece
        elif _FIRST.match(text):
            yield replace(piece, kind=Kind.HEADING, level=1)
        elif _SECOND.match(text):
            yield replace(piece, kind=Kind.HEADING, level=2)
        elif re.fullmatch(r"【.{2,10}】", text) or (piece.is_bold and part_named(text)):
            by_bold = by_bold or piece.is_bold
            yield Piece(Kind.HEADING, text.strip("【】"), 1)
        elif by_bold and piece.is_bold and "\n" not in text:
            yield replace(piece, kind=Kind.HEADING, level=2)
        else:
            yield piece


def _title(pieces: list[Piece]) -> tuple[str, str, list[Piece]]:
    """What opens a write-up: its title, what stands behind a dash below it, and the rest."""
    words = [n for n, piece in enumerate(pieces) if piece.text]
    if not words:
        return "", "", pieces
    first = pieces[words[0]]
    labelled = re.fullmatch(rf"(?:{_TITLE.pattern})[:：]\s*(.+)", first.text)
    if labelled:
        title = labelled[1]
    elif _is_title(first):
        title = first.text
    else:
        return "", "", pieces
    rest = [piece for n, piece in enumerate(pieces) if n != words[0]]
    second = next((piece for piece in rest if piece.text), None)
    if second and re.match(r"[—－-]{1,2}", second.text) and is_short(second.text):
        return title, second.text.strip("—－- "), [piece for piece in rest if piece is not second]
    return title, "", rest


def _is_title(piece: Piece) -> bool:
    """Whether a piece that opens a write-up is its title, though it may speak of 做法."""
    if piece.kind not in (Kind.PARAGRAPH, Kind.HEADING) or not is_short(piece.text):
        return False
    plain = piece.kind is Kind.PARAGRAPH and not piece.is_bold and not _MARKS.match(piece.text)
    says_more = (plain or piece.is_centred) and len(piece.text.strip()) > _LONGEST_PART
    return says_more or not part_named(piece.text)


def _is_of_facts(table: Piece) -> bool:
    """Whether a table is a few labels with a word or two each."""
    rows = table.rows
    return 1 < len(rows) <= 8 and all(
        len(row) == 2 and 0 < len(row[0]) <= 10 and 0 < len(row[1]) <= 40 and "\n" not in row[1]
        for row in rows
    )


def prose(pieces: Sequence[Piece]) -> str:
    """A part as long text."""
    levels = [piece.level for piece in pieces if piece.kind is Kind.HEADING]
    return markdown(pieces, min(levels, default=1))


def measures(pieces: Sequence[Piece]) -> list[dict[str, str]]:
    """What was done, one by one: by smaller headings, else paragraph by paragraph."""
    heads = [n for n, piece in enumerate(pieces) if piece.kind is Kind.HEADING]
    if heads:
        ends = [*heads[1:], len(pieces)]
        first = pieces[: heads[0]]
        made = [
            {"title": bare(pieces[at].text), "text": prose(pieces[at + 1 : end])}
            for at, end in zip(heads, ends, strict=True)
        ]
        made = [one if one["text"] else {**one, "text": one["title"]} for one in made]
        return [*_one_by_one(first), *made] if prose(first) else made
    return list(_one_by_one(pieces))


def _one_by_one(pieces: Sequence[Piece]) -> Iterator[dict[str, str]]:
    number = 0
    for piece in pieces:
        for line in table_lines(piece) if piece.kind is Kind.TABLE else [piece.text]:
            text = bare(line)
            if not text:
                continue
            number += 1
            head, mark, tail = _led(text)
            yield {"title": head or f"做法{number}", "text": tail if mark else text}


def _led(text: str) -> tuple[str, str, str]:
    """The first words of a paragraph that are its title: 定标准。…, 定标准：…"""
    found = re.match(r"([^。：:，]{2,20})([。：:])(.+)", text, re.DOTALL)
    return (found[1], found[2], found[3].strip()) if found else ("", "", text)


def lessons(pieces: Sequence[Piece]) -> list[str]:
    """What was learnt, a line each."""
    lines = [
        line
        for piece in pieces
        for line in (table_lines(piece) if piece.kind is Kind.TABLE else [piece.text])
    ]
    return [text for line in lines if (text := " ".join(bare(line).split()))]


def bare(text: str) -> str:
    """A line without the number that it bears."""
    return _MARKS.sub("", text.strip(), count=1).strip()
