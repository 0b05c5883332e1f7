"""Ids for rows that have none: that of the record that is meant, or one from pinyin."""

from __future__ import annotations

from collections.abc import Sequence

from boards.amend.adding.drafts import PERIODS, period_id
from boards.board.board import Board
from boards.records import Keyed
from boards.records.understood import folded, year_of
from boards.sheets.columns import OWNER, TABLES, Path, has_made_ids, sheets_of
from boards.sheets.grid import Row, Workbook
from boards.words.pinyin import free_id

ID: Path = ("id",)
_NAMES = ("name", "title", "text")


def give_ids(book: Workbook, board: Board) -> dict[str, str]:
    """Give an id to each row without one; returns those made up, with the names they stand for.

    A row whose id was cleared, or was made up when it was read before, is known by its name.
    """
    made: dict[str, str] = {}
    _read_periods(book)
    tables = [table for table in TABLES if has_made_ids(table)]
    rows = {table: book.rows.get(sheets_of(table)[0].name, []) for table in tables}
    typed = [row.texts.get(ID, "") for each in rows.values() for row in each]
    taken = {key.casefold() for key in (*typed, *(record.id for record in board.everything()))}
    for table in tables:
        there = {row.texts.get(ID, "").casefold() for row in rows[table]}
        unnamed = [r for r in board.table(table).values() if r.id.casefold() not in there]
        for row in (row for row in rows[table] if _lacks_id(row)):
            name = _name(row)
            if meant := _meant(row, unnamed):
                unnamed.remove(meant)
                row.texts[ID] = meant.id
                continue
            spoken, year = row.texts.get(("pinyin",), name), _year(row)
            if key := free_id(spoken, taken, str(year or "")):
                taken.add(key)
                row.texts[ID] = key
                made[key] = name
    return made


def _read_periods(book: Workbook) -> None:
    """Put ids where quarters and months are typed as people call them, here and in their lists."""
    for sheet in (sheet for table in PERIODS for sheet in sheets_of(table)):
        at = OWNER if sheet.field else ID
        for row in book.rows.get(sheet.name, []):
            if typed := row.texts.get(at):
                row.texts[at] = period_id(sheet.table, typed)


def _lacks_id(row: Row) -> bool:
    return ID not in row.texts and ID not in row.refused and ID in row.places


def _meant(row: Row, unnamed: Sequence[Keyed]) -> Keyed | None:
    """The record that a row without an id stands for, if it has been read before.

    Names are compared however they are spaced; honours of one name differ by their year.
    """
    name, year = folded(_name(row)), _year(row)
    same = [record for record in unnamed if folded(_called(record)) == name]
    of_year = (record for record in same if getattr(record, "year", None) == year)
    return next(of_year, same[0] if same else None)


def _name(row: Row) -> str:
    return next((row.texts[(name,)].strip() for name in _NAMES if (name,) in row.texts), "")


def _called(record: Keyed) -> str:
    return next((str(text) for name in _NAMES if (text := getattr(record, name, None))), "")


def _year(row: Row) -> int | None:
    return year_of(row.texts.get(("year",), ""))
