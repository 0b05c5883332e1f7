"""What somebody has said of a table that is brought in: of columns, rows, people, all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from boards.amend.adding.questions import BY_NAME
from boards.board.board import MODELS, Board
from boards.errors import listing
from boards.intake.column_matching import NOT_WANTED
from boards.intake.targets import tables, targets
from boards.intake.vocabulary import CALLED, plain
from boards.sheets.values import Refused

NEW, SKIP = "new", "skip"
"""Answers to who is meant: somebody who is not on record yet, and nobody."""
_DROPPED = (NOT_WANTED, "不带", "略去", "-", "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The corrections to what was guessed."""

    table: str = ""
    """Empty if the columns are to tell."""
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """By letter or heading, what a column is."""
    every: Mapping[str, str] = field(default_factory=dict)
    """Fields that all rows have alike where their cell says nothing."""
    who: Mapping[str, str] = field(default_factory=dict)
    """By the key of a row, who is meant."""
    skipped: frozenset[str] = frozenset()
    """The keys of rows that are not wanted."""
    source: str = ""


def table_named(word: str) -> str:
    """The table that a kind of records is called by; raises Refused."""
    table = word if word in tables() else BY_NAME.get(word, "")
    if table in tables():
        return table
    kinds = [name for name, there in BY_NAME.items() if there in tables() and not name.isascii()]
    raise Refused(f"没有“{word}”这一类", f"可选：{listing(kinds, 20)}")


def field_named(table: str, word: str) -> str:
    """The field that a word names: its path, its label, or what people call it; raises Refused."""
    if word in _DROPPED:
        return NOT_WANTED
    known = targets(table)
    if word in known:
        return word
    meant = plain(word)
    for name, target in known.items():
        if meant in (plain(target.label), *map(plain, CALLED.get(table, {}).get(name, ()))):
            return name
    labels = listing([target.label for target in known.values()], 20)
    raise Refused(f"{MODELS[table].kind}没有“{word}”这一项", f"可选：{labels}；不要这一列就写 不要")


def with_fields(wanted: Wanted, table: str) -> Wanted:
    """The same with every field by its path; raises Refused."""
    columns = {
        key.strip().upper() if key.strip().isascii() and key.strip().isalpha() else plain(key):
        field_named(table, word.strip())
        for key, word in wanted.columns.items()
    }  # fmt: skip
    every = {field_named(table, key.strip()): text for key, text in wanted.every.items()}
    return Wanted(table, wanted.sheet, columns, every, wanted.who, wanted.skipped, wanted.source)


def source_for(board: Board, named: str) -> str:
    """The source of what comes in: the one named, else the only ledger; empty if unclear."""
    if named:
        titles = {row.id: (row.id, row.title) for row in board.sources.values()}
        found = [key for key, names in titles.items() if named in names]
        if not found:
            ids = listing([f"{row.id}（{row.title[:12]}）" for row in board.sources.values()])
            raise Refused(f"没有“{named}”这个出处", f"可选：{ids}")
        return found[0]
    ledgers = [row.id for row in board.sources.values() if row.type == "internal"]
    return ledgers[0] if ledgers else ""
