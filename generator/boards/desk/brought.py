"""What was sent to the desk to be brought in: what it is, what it would do, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.datastructures import FormData

from boards.board.board import Board
from boards.clock import build_date
from boards.desk.waiting import Lot, new_name
from boards.intake.consents import consent
from boards.intake.container import what_it_is
from boards.intake.page import read_page
from boards.intake.photos import Agreed, Photo, PhotosPlan, plan_photos
from boards.intake.pictures import ending_of
from boards.intake.proposal import Proposal, board_of
from boards.intake.results import Heard, heard, tells_results
from boards.intake.roster import TablePlan, plan_book, record_sheets
from boards.intake.tables import read_book, read_pasted, read_text
from boards.intake.wanted import SKIP, Wanted
from boards.intake.word import read_word
from boards.intake.write_up import About, WriteUpPlan, plan_pieces
from boards.records import Consent
from boards.sheets.values import Refused

_PAGES = (".html", ".htm", ".mht", ".mhtml")
_TABLES = ("工作簿", "旧表格", "ODS 表格")
_NOT_READ = (".doc", ".wps", ".ppt", ".pptx", ".pdf")
"""Write-ups that are refused with the way to save them anew."""


Files = tuple[tuple[str, bytes], ...]
"""Names and contents."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a lot came to."""

    proposal: Proposal
    table: TablePlan | None = None
    text: WriteUpPlan | None = None
    photos: PhotosPlan | None = None
    results: Heard | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What somebody has said of its columns."""
    skipped: tuple[str, ...] = ()


def brought(root: Path, lot: Lot, form: FormData) -> Brought:
    """What a lot would do with all that the form says of it; nothing is written.

    Raises Refused where it cannot be brought in, BoardError where the records cannot be read.
    """
    said = {key: text for key, text in form.multi_items() if isinstance(text, str)}
    if lot.pasted and lot.kind in _OF_RESULTS and tells_results(lot.pasted):
        return _results(root, lot.pasted)
    if lot.pasted:
        return _table(root, lot, form, said)
    if any(ending_of(content) for _, content in lot.files):
        return _photos(root, lot, said)  # what is none of them is told among them
    [(name, content)] = lot.files
    kind, suffix = what_it_is(content), PurePosixPath(name).suffix.casefold()
    if kind == "Word 文档" or (suffix in _NOT_READ and kind not in ("", *_TABLES)):
        return _text(root, lot, said, is_page=False)
    if suffix in _PAGES or (kind == "网页" and not lot.kind):
        return _text(root, lot, said, is_page=True)
    if lot.kind in _OF_RESULTS and _is_message((name, content)):
        return _results(root, read_text(content, name))
    return _table(root, lot, form, said)


_OF_RESULTS = ("", "quarters")
"""Kinds of records that a message about a quarter may have been said to hold."""


def _is_message(file: tuple[str, bytes]) -> bool:
    """Whether a text file is a message about a quarter."""
    name, content = file
    if PurePosixPath(name).suffix.casefold() != ".txt":
        return False
    with suppress(Refused):
        return tells_results(read_text(content, name))
    return False


def lots_of(files: Files, pasted: str, kind: str) -> Lot:
    """What was sent together: the photos at once, tables, write-ups and pages one after another."""
    alone = [file for file in files if _is_for_itself(file)]
    together = tuple(file for file in files if file not in alone)
    parts: list[Files] = [(file,) for file in alone]
    if any(ending_of(content) for _, content in together):
        parts.insert(0, together)
    else:
        parts += [(file,) for file in together]
    lots = [Lot(new_name(), part, kind=kind) for part in parts]
    if pasted.strip():
        lots.append(Lot(new_name(), (), pasted, kind))
    first, *rest = lots
    return replace(first, then=tuple(rest))


def after(lot: Lot, sheet: str) -> Lot | None:
    """What is looked through once a lot is: the workbook's next sheet, then what came with it.

    `sheet` is the one that was looked through.
    """
    if sheet and len(lot.files) == 1:
        done = lot.done | {sheet}
        [(name, content)] = lot.files
        with suppress(Refused):
            left = [one for one in record_sheets(read_book(content, name)) if one not in done]
            if left:
                return replace(lot, name=new_name(), kind="", sheet=left[0], done=done)
    if not lot.then:
        return None
    return replace(lot.then[0], then=lot.then[1:])


def _is_for_itself(file: tuple[str, bytes]) -> bool:
    """Whether a file is one that comes in alone: a table, a write-up, a page."""
    name, content = file
    kinds = ("Word 文档", "网页", *_TABLES)
    suffix = PurePosixPath(name).suffix.casefold()
    alone = what_it_is(content) in kinds or suffix in (".csv", *_PAGES, *_NOT_READ)
    return alone or _is_message(file)


def _named(said: Mapping[str, str], before: str) -> dict[str, str]:
    """The controls whose names begin so, by the rest of the name; those left empty are not."""
    return {key.removeprefix(before): t.strip() for key, t in said.items()
            if key.startswith(before) and t.strip()}  # fmt: skip


def _table(root: Path, lot: Lot, form: FormData, said: Mapping[str, str]) -> Brought:
    shown, taken = form.getlist("shown"), form.getlist("take")
    skipped = {str(key) for key in shown if key not in taken}
    skipped |= {str(key) for key in form.getlist("skip")}
    kind, sheet = said.get("kind", lot.kind), said.get("sheet", lot.sheet)
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


def _results(root: Path, text: str) -> Brought:
    return Brought(Proposal(), results=heard(board_of(root), text, build_date()))


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
