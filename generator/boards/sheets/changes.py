"""What a workbook changes on a board, and what both sides have changed since they agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from boards.amend import Action, Edit
from boards.board.board import Approval, Board
from boards.errors import Place, Problem
from boards.records import Keyed, Record
from boards.records.schema import specs
from boards.sheets.arriving import Incoming
from boards.sheets.columns import OWNER, Sheet, sheets_of
from boards.sheets.gone import was_sample
from boards.sheets.grid import Workbook
from boards.sheets.rows import cells_of
from boards.sheets.sides import merged


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
    """Of a new record what is kept otherwise than it was typed."""
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
    """What becomes of two different records, by what both sides last agreed on."""
    old, new = both
    record = old or new
    assert record and book.baseline
    agreed = book.baseline.records.get((record.table, record.id))
    both_in_one = merged(old, new, agreed)
    if old is None and was_sample(agreed) and not getattr(new, "sample", False):
        return _note(found, board, arriving, None, new)  # typed over a sample that has been removed
    if both_in_one.clashes:
        found.conflicts += _conflicts(arriving, book, both, both_in_one.clashes)
        return old
    if both_in_one.is_kept:
        found.kept.append(f"{record.kind}“{record.title_text}”")
    if both_in_one.record is old:
        return old
    return _note(found, board, arriving, old, both_in_one.record)


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
        readings, is_typed = tuple(_readings(arriving, new)), _is_typed(board, new)
        found.made.append(
            Change(Action.ADD, new.table, new.id, new.title_text, readings, is_typed=is_typed)
        )
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


def _readings(arriving: Incoming, record: Keyed) -> Iterator[Difference]:
    """Every field of a record that does not stand in its cells as it is kept.

    That is also what another cell has said: 超过95% is more than a number.
    """
    words, texts = arriving.words, arriving.texts[(record.table, record.id)]
    for sheet in sheets_of(record.table):
        for number, cells in enumerate(cells_of(words, record, sheet)):
            above = (sheet.field, number) if sheet.field else ()
            for column, kept in zip(sheet.columns, cells, strict=True):
                typed = texts.get((*above, *column.path), "")
                usual = typed or words.shown(column, column.default, "")
                is_told = kept and column.path not in (("id",), OWNER) and not column.is_long
                if is_told and not _says(usual, kept):
                    yield Difference(column.heading, typed, kept)


def _says(typed: str, kept: str) -> bool:
    """Whether cells show what is kept, each line of it, be it an id or the name behind it."""
    lines = zip_longest(typed.strip("\n").split("\n"), kept.split("\n"), fillvalue="")
    return all(line in (one, *one.split(" ", 1)) for line, one in lines)


def _differences(
    arriving: Incoming, old: Keyed, new: Keyed, only: Sequence[str] = ()
) -> Iterator[Difference]:
    """Where two records differ, or only where certain fields do.

    A group that comes or goes with one cell brings its defaults along, which nobody has typed.
    """
    main, *lists = sheets_of(new.table)
    texts = arriving.texts[(new.table, new.id)]
    one, other = (cells_of(arriving.words, record, main)[0] for record in (old, new))
    for column, before, after in zip(main.columns, one, other, strict=True):
        usual = arriving.words.shown(column, column.default, "")
        by_itself = column.path not in texts and {before, after} == {"", usual}
        if before != after and not by_itself and (not only or column.path[0] in only):
            yield Difference(column.heading, before, after)
    for sheet in lists:
        if not only or sheet.field in only:
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


def _conflicts(
    arriving: Incoming,
    book: Workbook,
    both: tuple[Keyed | None, Keyed | None],
    clashes: Sequence[str],
) -> Iterator[Problem]:
    """What both sides have made of a record, for somebody to settle."""
    old, new = both
    record = new or old
    assert record
    key = (record.table, record.id)
    origin = arriving.origins.get(key)
    subject = f"{record.kind}“{record.title_text}”"
    if old is None or new is None:
        said = "台账里改过，表里却删掉了这一行" if old else "台账里删掉了，表里却改过这一行"
        hint = "要删就两边都删；要留，就把它补回没有它的那一边，再读一次"
        if old is None and book.baseline and was_sample(book.baseline.records.get(key)):
            said = "台账里删掉了这条示例，表里却改过这一行"
            hint = "不要了，就整行删掉；要登记真实的，把“示例”一格清空"
        place = origin.place(()) if origin else Place(book.path, 1, 1, record.kind)
        yield Problem(place, f"上次一致以后{said}", hint, subject)
        return
    assert origin
    for name in clashes:
        label = specs(type(record))[name].label
        values = [_both(part) for part in _differences(arriving, old, new, (name,))]
        said = f"上次一致以后台账和表里都改过，对不上：{'；'.join(values)}"
        hint = "两边改成一样的（改这一格，或改台账），再读一次"
        yield Problem(origin.place((name,)), said, hint, subject, label)


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
