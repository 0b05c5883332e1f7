"""A write-up as a proposal: a case with its parts and pictures, an article with all of its text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boards.amend import Value
from boards.board.board import Board
from boards.errors import Place, listing
from boards.intake.discreet import called, excerpt, private_texts
from boards.intake.entries import Made, Meant
from boards.intake.openings import openings
from boards.intake.parts import CALLED, Parts, lessons, measures, prose, taken_apart
from boards.intake.pictures import kept_pictures
from boards.intake.pieces import Piece, WriteUp, markdown
from boards.intake.proposal import Ask, Choice, Entry, LeftOut, Proposal
from boards.intake.sources import source_entry
from boards.intake.trying import checked_board, tried
from boards.intake.word import read_word
from boards.records import Keyed
from boards.records.understood import folded, one_of
from boards.records.work import CaseType
from boards.rules.work import TITLE_LIMIT
from boards.sheets.values import Refused

ONLY_TEXT = "text"
"""The answer that no case is wanted, only the article."""
_INNOVATION = re.compile("创新|革新|改造|发明|小改小革|技改|攻关成果")
_ENOUGH = 20
"""Characters of a paragraph that can stand for a summary."""


@dataclass(frozen=True, slots=True)
class About:
    """What somebody has said of a write-up."""

    zone: str = ""
    type: str = ""
    headline: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class WriteUpPlan:
    """A write-up that was read, and what it would do."""

    parts: Parts
    proposal: Proposal
    case: Mapping[str, Value] = field(default_factory=dict)
    """What is known of the case, whole or not, as its file would have it."""
    lacking: tuple[str, ...] = ()
    """Parts that a case must have and the write-up has not."""
    media: Mapping[Path, bytes] = field(default_factory=dict)
    """Its pictures, by where they would be kept."""


def plan_write_up(
    root: Path, content: bytes, file: str, today: datetime.date, about: About
) -> WriteUpPlan:
    """What a Word file would become below `root`; nothing is written.

    Raises Refused where it cannot be read, BoardError where the records cannot.
    """
    return plan_pieces(root, read_word(content, file), file, today, about)


def plan_pieces(
    root: Path, read: WriteUp, file: str, today: datetime.date, about: About
) -> WriteUpPlan:
    """The same for a write-up that has been read already."""
    board, _ = checked_board(root, today)
    parts = taken_apart(read.pieces)
    _refuse_private(parts, file, is_page=read.source is not None)
    if not markdown(parts.text):
        raise Refused("文件里没有文字", "核对文件；全是图片的，把文字打出来再带进来")
    title = " ".join((parts.title or Path(file).stem).split())
    made, place = Made(board), Place(file)
    entries, source = source_entry(board, made, read.source, about.source, place)
    there = next((row for row in board.cases.values() if folded(row.title) == folded(title)), None)
    case_id = there.id if there else made.free(title) or made.free("case")
    pictures = kept_pictures(root / "data" / "media", case_id, title, parts.pictures, file)
    case, said = _case(board, parts, title, about)
    asks = () if case.get("zone") or about.zone == ONLY_TEXT else (_ask_zone(board, place),)
    lacking = tuple(
        label
        for name, label in {"headline": "一句话", **CALLED}.items()
        if not case.get(name) and name != "lessons"
    )
    case |= {"source": source, **({"figures": pictures.figures} if pictures.figures else {})}
    case.setdefault("lessons", [])
    is_case = not lacking and bool(case.get("zone"))
    if is_case:
        meant = Meant("cases", file, place, case, there, id=case_id)
        entries += [entry] if (entry := made.entry(meant)) else []
    entries += _article(made, board, parts, (title, case_id, source, file), is_case=is_case)
    if not is_case and about.zone != ONLY_TEXT:
        said.append(_not_a_case(lacking))
    if all(entry.table == "sources" for entry in entries) and read.source is None:
        entries = []
    left = (*read.left_out, *_without_place(parts, file), *pictures.left_out, *made.left_out)
    if parts.pictures and not is_case:
        left = (*left, LeftOut(place, "图片", "文章里不放图片，做成案例才有", "补齐案例的各部分"))
    proposal = Proposal(
        tuple(entries), tuple(made.same), left, asks, (*read.said, *said, *pictures.said)
    )
    media = pictures.files
    proposal = tried(root, today, proposal, media if is_case else {})
    return WriteUpPlan(parts, proposal, {"title": title, **case}, lacking, media)


def _refuse_private(parts: Parts, file: str, *, is_page: bool) -> None:
    """A write-up with somebody's number in what would be kept is not taken apart."""
    texts = [parts.title, parts.subtitle]
    for piece in parts.text:
        texts += [piece.text, *("；".join(filter(None, row)) for row in piece.rows)]
    for picture in parts.pictures:
        texts += [picture.caption, picture.alt]
    if there := private_texts(texts):
        text, finding = there[0]
        count = f"，共 {len(there)} 处" if len(there) > 1 else ""
        found = f"材料里{called(finding)}{count}：“{excerpt(text, 24)}”"
        cure = f"在 {file} 里删掉，保存以后再带进来"
        if is_page:
            cure = "把正文复制到 Word 里，删掉这些，存成 .docx 再带进来"
        raise Refused(found, cure)


def _case(
    board: Board, parts: Parts, title: str, about: About
) -> tuple[dict[str, Value], list[str]]:
    """The fields of a case as far as they are known, and what is said of those guessed."""
    said: list[str] = []
    called = {str(one): (one.label, one.label[:2], *one.also) for one in CaseType}
    kind = one_of(about.type, called) if about.type else ""
    if about.type and not kind:
        raise Refused(
            f"没有“{about.type}”这一类案例", f"可选：{listing([c.label for c in CaseType])}"
        )
    if not kind:
        kind = "innovation" if _INNOVATION.search(title) else "case"
        said.append(f"类型写作{CaseType(kind).label}，不对就改")
    zones = {zone.id: (zone.name, zone.name[:2]) for zone in board.zones.values()}
    zone = one_of(about.zone, zones) if about.zone not in ("", ONLY_TEXT) else ""
    if about.zone not in ("", ONLY_TEXT) and not zone:
        raise Refused(
            f"没有“{about.zone}”这个责任区", f"可选：{listing([z[0] for z in zones.values()])}"
        )
    case: dict[str, Value] = {"title": title, "type": kind, "zone": zone}
    for name in ("summary", "background", "challenge", "results"):
        case[name] = prose(parts.parts.get(name, []))
    if not case["summary"]:
        opening = [*parts.parts.get("", []), *parts.parts.get("background", [])]
        case["summary"] = _summary_of(opening) or _summary_of(parts.text)
        if case["summary"]:
            said.append("没有摘要，先用开头一段，改短些更好")
    case["headline"] = about.headline or parts.subtitle
    if not case["headline"] and len(title) <= TITLE_LIMIT:
        case["headline"] = title
        said.append("“一句话”先用标题；展板上最大的那句话，最好另写")
    case["measures"] = [*measures(parts.parts.get("measures", []))]
    case["lessons"] = [*lessons(parts.parts.get("lessons", []))]
    if parts.facts:
        case["facts"] = [{"label": label, "value": value} for label, value in parts.facts]
    return {name: value for name, value in case.items() if value}, said


def _summary_of(pieces: Sequence[Piece]) -> str:
    """The first paragraph that says enough, else the first."""
    there = [*openings(pieces)]
    return next((text for text in there if len(text) >= _ENOUGH), next(iter(there), ""))


def _ask_zone(board: Board, place: Place) -> Ask:
    choices = [Choice(zone.id, zone.name) for zone in board.zones.values()]
    choices.append(Choice(ONLY_TEXT, "先不做案例，只做文章"))
    return Ask("zone", place, "这个案例主要属于哪个责任区？", tuple(choices))


def _article(
    made: Made, board: Board, parts: Parts, known: tuple[str, str, str, str], *, is_case: bool
) -> list[Entry]:
    """The whole text as an article, beside the case or alone."""
    title, case_id, source, file = known
    there: Keyed | None = next(
        (row for row in board.articles.values() if folded(row.title) == folded(title)), None
    )
    body = markdown(parts.text)
    summary = _summary_of(parts.text) or title
    sentence = re.match(r".{8,80}?[。！？]", summary)
    fields: dict[str, Value] = {
        "title": title,
        "type": "write-up",
        "summary": sentence[0] if sentence else summary[:80],
        "body": f"{body}\n",
        "source": source,
    }
    if is_case:
        fields["case"] = case_id
    taken = {row.id for row in board.articles.values()}
    record_id = case_id if case_id not in taken else made.free(case_id)
    entry = made.entry(Meant("articles", file, Place(file), fields, there, id=record_id))
    return [entry] if entry else []


def _not_a_case(lacking: tuple[str, ...]) -> str:
    if lacking:
        return f"还做不成案例：没有找到{'、'.join(lacking)}；补上这些标题再带，或在工作台里补"
    return "还做不成案例：要先说是哪个责任区的"


def _without_place(parts: Parts, file: str) -> list[LeftOut]:
    """Headings that are no part of a case, and what of a form is about the form."""
    place = Place(file)
    told = [
        LeftOut(place, f"“{heading[:30]}”", "不是案例的哪一部分，只放在文章里")
        for heading in parts.unplaced
    ]
    told += [LeftOut(place, label, "是报送用的，不带进来") for label, _ in parts.dropped]
    return told
