"""What was sent to the desk to be brought in: what it is, what it would do, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.datastructures import FormData

from boards.board.board import Board
from boards.clock import build_date
from boards.desk.waiting import Lot
from boards.errors import listing
from boards.intake.consents import consent
from boards.intake.container import what_it_is
from boards.intake.page import read_page
from boards.intake.photos import Agreed, Photo, PhotosPlan, plan_photos
from boards.intake.pictures import ending_of
from boards.intake.proposal import Proposal
from boards.intake.roster import TablePlan, plan_book
from boards.intake.tables import read_book, read_pasted
from boards.intake.wanted import SKIP, Wanted
from boards.intake.word import read_word
from boards.intake.write_up import About, WriteUpPlan, plan_pieces
from boards.records import Consent
from boards.sheets.values import Refused

_PAGES = (".html", ".htm", ".mht", ".mhtml")
_TABLES = ("工作簿", "旧表格", "ODS 表格")


@dataclass(frozen=True, slots=True)
class Brought:
    """What a lot came to."""

    proposal: Proposal
    table: TablePlan | None = None
    text: WriteUpPlan | None = None
    photos: PhotosPlan | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What somebody has said of its columns."""
    skipped: tuple[str, ...] = ()


def brought(root: Path, lot: Lot, form: FormData) -> Brought:
    """What a lot would do with all that the form says of it; nothing is written.

    Raises Refused where it cannot be brought in, BoardError where the records cannot be read.
    """
    said = {key: text for key, text in form.multi_items() if isinstance(text, str)}
    if lot.pasted:
        return _table(root, lot, form, said)
    others = [(name, content) for name, content in lot.files if not ending_of(content)]
    if len(others) < len(lot.files) and not any(map(_is_for_itself, others)):
        return _photos(root, lot, said)  # what is none of them is told among them
    if len(lot.files) > 1:
        named = listing([name for name, _ in others if len(others) < len(lot.files)], 3)
        found = "照片可以一次带几张，别的一次一个"
        raise Refused(f"{named}不是照片：{found}" if named else found, "只选一个文件，或只选照片")
    [(name, content)] = lot.files
    kind = what_it_is(content)
    if kind == "Word 文档":
        return _text(root, lot, said, is_page=False)
    if PurePosixPath(name).suffix.casefold() in _PAGES or (kind == "网页" and not lot.kind):
        return _text(root, lot, said, is_page=True)
    if kind in ("", *_TABLES):
        return _table(root, lot, form, said)
    if PurePosixPath(name).suffix.casefold() in (".doc", ".wps", ".ppt", ".pptx", ".pdf"):
        return _text(root, lot, said, is_page=False)
    return _table(root, lot, form, said)


def _is_for_itself(file: tuple[str, bytes]) -> bool:
    """Whether a file is one that comes in alone: a table, a write-up, a page."""
    name, content = file
    kinds = ("Word 文档", "网页", *_TABLES)
    return what_it_is(content) in kinds or PurePosixPath(name).suffix.casefold() in (
        ".csv",
        *_PAGES,
    )


def _named(said: Mapping[str, str], before: str) -> dict[str, str]:
    """The controls whose names begin so, by the rest of the name; those left empty are not."""
    return {key.removeprefix(before): t.strip() for key, t in said.items()
            if key.startswith(before) and t.strip()}  # fmt: skip


def _table(root: Path, lot: Lot, form: FormData, said: Mapping[str, str]) -> Brought:
    shown, taken = form.getlist("shown"), form.getlist("take")
    skipped = {str(key) for key in shown if key not in taken}
    skipped |= {str(key) for key in form.getlist("skip")}
    kind, sheet = said.get("kind", lot.kind), said.get("sheet", "")
    wanted = Wanted(
        kind,
        sheet,
        _named(said, "column."),
        _named(said, "every."),
        _named(said, "who."),
        frozenset(skipped),
        said.get("source", ""),
    )
    if kind != said.get("was.kind", kind) or sheet not in ("", said.get("was.sheet", sheet)):
        wanted, skipped = Wanted(kind, sheet), set()  # its columns are guessed anew
    name = lot.files[0][0] if lot.files else "粘贴的内容"
    book = read_pasted(lot.pasted) if lot.pasted else read_book(lot.files[0][1], name)
    plan = plan_book(root, book, name, build_date(), wanted)
    order = sorted(skipped, key=lambda key: [int(n) for n in key.split(".") if n.isdecimal()])
    return Brought(plan.proposal, table=plan, chosen=wanted.columns, skipped=tuple(order))


def _text(root: Path, lot: Lot, said: Mapping[str, str], *, is_page: bool) -> Brought:
    [(name, content)] = lot.files
    about = About(
        said.get("zone", ""), said.get("type", ""), said.get("headline", "").strip(),
        said.get("source", ""),
    )  # fmt: skip
    url = said.get("url", "").strip()
    read = read_page(content, name, url) if is_page else read_word(content, name)
    plan = plan_pieces(root, read, name, build_date(), about)
    return Brought(plan.proposal, text=plan)


def _photos(root: Path, lot: Lot, said: Mapping[str, str]) -> Brought:
    days = _named(said, "consent.")
    consents: dict[str, Consent] = {}
    for key, day in days.items():
        places = [word for word in ("site", "print", "share") if said.get(f"where.{key}.{word}")]
        consents[key] = consent("/".join([day, *places]), build_date())
    owners = _named(said, "owner.")
    photos = [Photo(name, content) for name, content in lot.files]
    plan = plan_photos(root, photos, build_date(), Agreed(consents, owners))
    return Brought(plan.proposal, photos=plan)


def owners_of(board: Board) -> list[tuple[str, str]]:
    """Whom and what a photo may be of, for a list to choose from."""
    people: list[Any] = [row for row in board.members.values() if not row.sample]
    cases = [row for row in board.cases.values() if not row.sample]
    return [(SKIP, "不带"), *((row.id, row.title_text) for row in (*people, *cases))]
