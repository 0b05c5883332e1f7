"""What a workbook changes on a board, and what was changed on both sides since it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from boards.amend import Action, Edit
from boards.board import Approval, Board
from boards.errors import Place, Problem
from boards.records import Keyed, Record
from boards.records.schema import specs
from boards.sheets.columns import Sheet, sheets_of
from boards.sheets.grid import Workbook
from boards.sheets.incoming import Incoming
from boards.sheets.rows import cells_of, digest


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or one row of a list: what stands on the board and in the workbook."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One record that the workbook changes."""

    action: Action
    table: str
    id: str
    title: str
    differences: tuple[Difference, ...] = ()
    lapses: bool = False
    """What may be published is no longer what was approved."""
    is_typed: bool = False
    """Its steps of approval are typed, and nobody has taken the digest of what they are for."""


@dataclass
class Changes:
    """Everything that a workbook would do."""

    made: list[Change] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Records changed in YAML since; the workbook, which did not touch them, leaves them so."""
    conflicts: list[Problem] = field(default_factory=list)


def changes(board: Board, arriving: Incoming, book: Workbook) -> tuple[Changes, Board]:
    """What the workbook changes, and the board as it would then be."""
    found = Changes()
    tables: dict[str, Any] = {}
    origins = dict(board.origins)
    for table, fresh in arriving.tables.items():
        tables[table] = {}
        for key in dict.fromkeys([*board.table(table), *fresh]):
            if (table, key) in arriving.broken:
                continue
            old = board.table(table).get(key)
            new = _with_digest(arriving, old, fresh.get(key))
            kept = old if old == new else _settled(found, board, arriving, book, (old, new))
            if kept is not None:
                tables[table][key] = kept
            if kept is not None and (old == new or kept is not old):
                origins[(table, key)] = arriving.origins[(table, key)]
    broken = board.broken | arriving.broken
    return found, replace(board, **tables, origins=origins, broken=frozenset(broken))


def _settled(
    found: Changes,
    board: Board,
    arriving: Incoming,
    book: Workbook,
    both: tuple[Keyed | None, Keyed | None],
) -> Keyed | None:
    """Which of two different records stays, by what it was when the workbook was written."""
    old, new = both
    record = new or old
    assert record
    was = book.digests.get((record.table, record.id))
    if was == (digest(new) if new else None):
        record = old or record
        found.kept.append(f"{record.kind}“{record.title_text}”")
        return old
    if was == (digest(old) if old else None):
        return _note(found, board, arriving, old, new)
    found.conflicts.append(_conflict(arriving, book, old, new))
    return old


def _note(
    found: Changes, board: Board, arriving: Incoming, old: Keyed | None, new: Keyed | None
) -> Keyed | None:
    """Note what becomes of a record; returns what stays of it."""
    if new is None:
        assert old
        found.made.append(Change(Action.REMOVE, old.table, old.id, old.title_text))
        found.edits.append(Edit(old.table, old.id, {}, Action.REMOVE))
        return None
    typed = arriving.typed[(new.table, new.id)]
    if old is None:
        title, is_typed = new.title_text, _is_typed(board, new)
        found.made.append(Change(Action.ADD, new.table, new.id, title, is_typed=is_typed))
        fields = {name: value for name, value in typed.items() if name != "id"}
        found.edits.append(Edit(new.table, new.id, fields, Action.ADD))
        return new
    differences = tuple(_differences(arriving, old, new))
    changed = [name for name in specs(type(new)) if getattr(old, name) != getattr(new, name)]
    lapses = _is_approved(board, old) and not _is_approved(board, new)
    is_typed = _is_typed(board, new)
    found.made.append(
        Change(Action.CHANGE, new.table, new.id, new.title_text, differences, lapses, is_typed)
    )
    fields_set = {name: typed.get(name) for name in changed}
    found.edits.append(Edit(new.table, new.id, fields_set, Action.CHANGE))
    return new


def _is_approved(board: Board, record: Keyed) -> bool:
    return isinstance(record, Record) and board.is_approved(record)


def _is_typed(board: Board, record: Keyed) -> bool:
    return isinstance(record, Record) and board.approval(record) is Approval.UNSEALED


def _with_digest(arriving: Incoming, old: Keyed | None, new: Keyed | None) -> Keyed | None:
    """A record from the workbook with what only the program writes, as the board has it."""
    if not (isinstance(old, Record) and isinstance(new, Record) and old.review and new.review):
        return new
    kept = {"approved_content": old.review.approved_content}
    typed = arriving.typed[(new.table, new.id)]["review"]
    if old.review.approved_content and isinstance(typed, dict):
        typed["approved_content"] = old.review.approved_content
    return new.model_copy(update={"review": new.review.model_copy(update=kept)})


def _differences(arriving: Incoming, old: Keyed, new: Keyed) -> Iterator[Difference]:
    main, *lists = sheets_of(new.table)
    one, other = (cells_of(arriving.words, record, main)[0] for record in (old, new))
    for column, before, after in zip(main.columns, one, other, strict=True):
        if before != after:
            yield Difference(column.heading, before, after)
    for sheet in lists:
        yield from _rows_that_differ(arriving, sheet, old, new)


def _rows_that_differ(
    arriving: Incoming, sheet: Sheet, old: Keyed, new: Keyed
) -> Iterator[Difference]:
    label = sheet.name.partition("·")[2]
    one, other = (
        [" | ".join(cells[1:]) for cells in cells_of(arriving.words, record, sheet)]
        for record in (old, new)
    )
    gone, come = Counter(one) - Counter(other), Counter(other) - Counter(one)
    for before, after in zip_longest(gone.elements(), come.elements(), fillvalue=""):
        yield Difference(label, before, after)
    if one != other and not gone and not come:
        yield Difference(label, "、".join(one), "、".join(other))


def _conflict(arriving: Incoming, book: Workbook, old: Keyed | None, new: Keyed | None) -> Problem:
    """What both sides have made of a record, for somebody to settle."""
    record = new or old
    assert record
    if new is None:
        said = "导出以后台账里改过，表里却删掉了这一行"
    elif old is None:
        said = "导出以后台账里删掉了，表里却改过这一行"
    else:
        values = "；".join(_both(part) for part in _differences(arriving, old, new))
        said = f"导出以后台账和表里都改过，对不上：{values}"
    origin = arriving.origins.get((record.table, record.id))
    place = origin.place(()) if origin else Place(book.path, 1, 1, record.kind)
    hint = "重新导出一份，把这条的改动填到新文件里"
    return Problem(place, said, hint, f"{record.kind}“{record.title_text}”")


def _both(part: Difference) -> str:
    old, new = excerpt(part.old, part.new), excerpt(part.new, part.old)
    return f"{part.label} 台账里是“{old}”、表里是“{new}”"


MAX_SHOWN = 60
"""Characters of a value that are shown."""


def excerpt(text: str, other: str) -> str:
    """The part of a long text where it starts to differ from `other`, on one line."""
    text, other = " ".join(text.split()), " ".join(other.split())
    if len(text) <= MAX_SHOWN:
        return text or "（空）"
    pairs = enumerate(zip(text, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(text), len(other)))
    start = max(0, min(at - 15, len(text) - MAX_SHOWN))
    shown = text[start : start + MAX_SHOWN]
    return f"{'…' if start else ''}{shown}{'…' if start + MAX_SHOWN < len(text) else ''}"
