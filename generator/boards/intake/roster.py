"""A table of people, honours or other records as a proposal."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from boards.amend import Action
from boards.board.board import MODELS
from boards.errors import Place, listing
from boards.intake.drafted import drafted, nested
from boards.intake.entries import Made, Meant
from boards.intake.layout import Layout, layout_of, layouts
from boards.intake.matching import matched
from boards.intake.proposal import Entry, Proposal
from boards.intake.reading import Reader
from boards.intake.remembered import meanings, shape
from boards.intake.sources import LEDGER, source_entry
from boards.intake.tables import Book, read_book
from boards.intake.targets import targets
from boards.intake.trying import checked_board, tried
from boards.intake.values_apart import require_within
from boards.intake.wanted import Wanted, table_named, with_fields
from boards.records import Record
from boards.sheets.values import Refused


@dataclass(frozen=True, slots=True)
class TablePlan:
    """A table that was read, and what it would do."""

    layout: Layout
    proposal: Proposal
    lacking: tuple[str, ...]
    """Fields that every record needs and no column gives."""
    sheets: tuple[str, ...]
    """All sheets that could be read, of which this is one."""


def plan_table(
    root: Path, content: bytes, file: str, today: datetime.date, wanted: Wanted
) -> TablePlan:
    """What a table would change below `root`; nothing is written.

    Raises Refused where the file cannot be read as a table, BoardError where the records cannot.
    """
    return plan_book(root, read_book(content, file), file, today, wanted)


def plan_book(root: Path, book: Book, file: str, today: datetime.date, wanted: Wanted) -> TablePlan:
    """The same for a table that has been read already."""
    board, _ = checked_board(root, today)
    layout, wanted = _layout(root, book, file, wanted)
    table, said = layout.table, list(book.said)
    others = [grid.name for grid in book.grids if grid.name != layout.grid.name and grid.rows]
    if others:
        alike = {one.grid.name for one in layouts(book, table)} & {*others}
        more = "；同样的表一张一张带，换一张表再带一次" if alike else ""
        said.append(f"只读了“{layout.grid.name}”；没有读：{listing(others)}{more}")
    require_within(layout.grid.name, layout.count, 1)  # beside each other there may be more
    if len(layout.blocks) > 1:
        said.append(f"表里左右并排有 {len(layout.blocks)} 栏，都读了")
    every = dict(wanted.every)
    unsaid = table == "members" and not (layout.column_of("standing") or "standing" in every)
    if unsaid and all_in_party(f"{file}{layout.title}"):
        every["standing"] = "党员"
        said.append("表里没有政治面貌，标题写着“党员”，都记作党员；不对就改“政治面貌”")
    wanted = replace(wanted, every=every)
    lacking = tuple(
        target.label
        for target in targets(table).values()
        if target.required and not layout.column_of(target.field) and target.field not in every
    )
    read = drafted(layout, Reader.of(board, today), wanted, file)
    matches, asks, left = matched(board, table, read.rows, wanted)
    made = Made(board)
    entries: list[Entry] = []
    source = ""
    if issubclass(MODELS[table], Record):
        entries, source = source_entry(board, made, None, wanted.source, Place("branch.yml"))
    if source and matches:
        title = board.sources[source].title if source in board.sources else LEDGER
        said.append(f"新登记的，出处都写“{title}”（{source}）")
    if lacking:
        new = sum(match.record is None for match in matches)
        matches = [match for match in matches if match.record]
        rows = f"，新的 {new} 行都带不进来" if new else ""
        said.append(f"表里没有{'、'.join(lacking)}这一列，每一行都要有{rows}")
    for match in matches:
        fields = nested(match.row.values)
        if source and match.record is None:
            fields = {**fields, "source": source}
        row = match.row
        meant = Meant(table, row.key, row.place, fields, match.record, row.places, tuple(row.said))
        entry = made.entry(meant)
        entries += [entry] if entry else []
    if all(entry.table == "sources" for entry in entries):
        entries = []
    proposal = Proposal(
        tuple(entries),
        tuple(made.same),
        (*read.left_out, *left, *made.left_out),
        tuple(asks),
        tuple(said),
    )
    sheets = tuple(grid.name for grid in book.grids if grid.rows)
    return TablePlan(layout, tried(root, today, proposal), lacking, sheets)


def record_sheets(book: Book) -> list[str]:
    """The sheets that are tables of some kind of records, those of people first."""
    try:
        there = layouts(book, "")
    except Refused:  # forms alone
        return []
    order = sorted(there, key=lambda one: one.table != "members")
    return [one.grid.name for one in order]


def all_in_party(title: str) -> bool:
    """Whether a table's title says that all in it are Party members."""
    return "党员" in title and not any(word in title for word in ("职工", "员工", "全员", "发展"))


def _layout(root: Path, book: Book, file: str, wanted: Wanted) -> tuple[Layout, Wanted]:
    """The sheet that is meant, with its columns, and the corrections by field."""
    table = table_named(wanted.table) if wanted.table else ""
    grids = {grid.name: grid for grid in book.grids}
    if wanted.sheet and wanted.sheet not in grids:
        raise Refused(f"没有工作表“{wanted.sheet}”", f"可选：{listing([*grids])}")
    there = [one for one in layouts(book, table) if wanted.sheet in ("", one.grid.name)]
    best = max(there, key=_first_to_bring, default=None)
    if best is None and not (table and wanted.columns):
        if not table:
            found = f"看不出 {file} 里是什么：没有一行像表头"
            raise Refused(found, "说明是哪一类（人员、荣誉……），或改一改表头")
        grid = grids[wanted.sheet] if wanted.sheet else next(g for g in book.grids if g.rows)
        return layout_of(grid, table, {}, {}), wanted
    grid = best.grid if best else next(grid for grid in book.grids if grid.rows)
    table = best.table if best else table
    wanted = with_fields(wanted, table)
    known = meanings(root, table, _headings(best))
    return layout_of(grid, table, wanted.columns, known), wanted


def _first_to_bring(layout: Layout) -> tuple[bool, int]:
    """People before what names them, then the sheet that tells the most."""
    return layout.table == "members", len([column for column in layout.columns if column.field])


def _headings(layout: Layout | None) -> tuple[str, ...]:
    return tuple(column.heading for column in layout.blocks[0].columns) if layout else ()


def shape_of(plan: TablePlan) -> str:
    """What tells tables of the same headings from others."""
    return shape(plan.layout.table, _headings(plan.layout))


def counts(proposal: Proposal) -> Mapping[str, int]:
    """How many records would be new, and how many changed."""
    rows = [entry for entry in proposal.entries if entry.table != "sources"]
    return {
        "新增": sum(entry.action is Action.ADD for entry in rows),
        "改动": sum(entry.action is Action.CHANGE for entry in rows),
    }
