"""The source of what comes in: a publication that is new, the branch's ledger, or one named."""

from __future__ import annotations

from boards.amend import Value
from boards.board.board import Board
from boards.errors import Place, listing
from boards.intake.entries import Made, Meant
from boards.intake.pieces import Source
from boards.intake.proposal import Entry
from boards.intake.wanted import source_for
from boards.sheets.values import Refused

LEDGER = "支部台账"


def source_entry(
    board: Board, made: Made, published: Source | None, named: str, place: Place
) -> tuple[list[Entry], str]:
    """New sources that are needed, and the id of the one that the records name.

    Raises Refused if there are several ledgers and none is named.
    """
    if published and not named:
        return _published(board, made, published, place)
    if there := source_for(board, named):
        return [], there
    internal = [row for row in board.sources.values() if row.type == "internal"]
    if internal:
        ids = listing([f"{row.id}（{row.title}）" for row in internal])
        raise Refused("内部台账的出处不止一个", f"说明这些内容出自哪一个：{ids}")
    return _added(made, {"type": "internal", "title": LEDGER}, made.free("ledger"), place)


def _published(board: Board, made: Made, source: Source, place: Place) -> tuple[list[Entry], str]:
    """The source of a page that says where it was published; the one that is there already."""
    there = [row for row in board.sources.values() if source.url and row.url == source.url]
    there += [row for row in board.sources.values() if row.title == source.title and row.url]
    if there:
        return [], there[0].id
    fields = {"title": source.title, "publisher": source.publisher, "date": source.date}
    fields = {**fields, "url": source.url}
    whole = all(fields.values())
    typed: dict[str, Value] = {"type": "published" if whole else "internal"}
    typed |= {name: text for name, text in fields.items() if text}
    wanted = "-".join(part for part in (source.publisher[:12], source.date) if part)
    return _added(made, typed, made.free(wanted) or made.free("page"), place)


def _added(
    made: Made, fields: dict[str, Value], record_id: str, place: Place
) -> tuple[list[Entry], str]:
    entry = made.entry(Meant("sources", place.path, place, fields, id=record_id))
    return ([entry] if entry else []), record_id
