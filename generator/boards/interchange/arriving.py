"""Records that come back from open formats: what they change, shown before it is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from boards.amend import Action, AmendFault, Edit, Value, amended
from boards.board.board import MODELS, Board
from boards.check import check_folders
from boards.errors import BoardError, Place, Problem, errors_in
from boards.intake.entries import shown_value, typed_fields
from boards.intake.proposal import Entry, Proposal
from boards.intake.trying import checked_board
from boards.interchange.csv_files import read_csv_files
from boards.interchange.document import DATA, Document, Row, read_document
from boards.records import Keyed
from boards.records.refusals import refusals
from boards.records.schema import describe, specs
from boards.sheets.changes import Difference, excerpt
from boards.sheets.values import Refused

_OTHERS = "received"
"""Write-ups of other units: signed, and not to be changed by anybody."""


def read_whole(path: Path) -> Document:
    """What a JSON file, or a folder of CSV files, says; raises BoardError, Refused, OSError."""
    if path.is_file():
        if path.suffix.casefold() == ".csv":
            return read_csv_files({path.name: path.read_bytes()})
        return read_document(path.read_bytes(), path.name)
    if (path / DATA).is_file():
        return read_document((path / DATA).read_bytes(), DATA)
    files = {file.name: file.read_bytes() for file in sorted(path.glob("*.csv"))}
    if not files:
        raise Refused("文件夹里没有 records.json，也没有 CSV 文件", "选 boards export 导出的文件夹")
    return read_csv_files(files)


def plan_whole(root: Path, document: Document, today: datetime.date) -> Proposal:
    """What records that came back would change; nothing is written.

    A kind that is there is there whole: what it lacks would be removed. Raises BoardError with all
    that is wrong with the records, or would be.
    """
    board, known = checked_board(root, today)
    place = next((rows[0].place for rows in document.tables.values() if rows), Place(""))
    if document.branch and document.branch != board.branch.id:
        found = f"这些是“{document.branch}”的台账，本支部是“{board.branch.id}”"
        raise BoardError([Problem(place, found, "带进同一个支部的网站；编号可以先改成一样的")])
    problems: list[Problem] = []
    entries: list[Entry] = []
    edits: list[Edit] = []
    said: list[str] = []
    for table, rows in document.tables.items():
        if table == _OTHERS:
            said += [f"{MODELS[table].kind}有签名，不从这里带，用 boards receive"] if rows else []
            continue
        coming = {row.id: (at, row) for at, row in _records(table, rows, problems)}
        for entry, edit in _changes(board, table, coming):
            entries.append(entry)
            edits.append(edit)
    if problems:
        raise BoardError(problems)
    try:
        files = amended(board, root, edits)
    except AmendFault as error:
        raise Refused(str(error), "改好以后再带进来") from error
    after = check_folders(root / "data", root / "content", today, files)[1] if files else []
    there = {(one.record, one.field, one.found) for one in known}
    if new := [p for p in errors_in(after) if (p.record, p.field, p.found) not in there]:
        raise BoardError(new)
    return Proposal(tuple(entries), said=tuple(said), files=files)


def _records(table: str, rows: Any, problems: list[Problem]) -> Iterator[tuple[Place, Keyed]]:
    """The rows as records, each once; what is wrong with one is told."""
    model = MODELS[table]
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        assert isinstance(row, Row)
        subject = f"{model.kind}第 {number} 条"
        if not isinstance(row.fields, dict):
            problems.append(Problem(row.place, "这里应是一条记录", "重新导出", subject))
            continue
        try:
            record = model.model_validate(row.fields)
        except ValidationError as error:
            name = row.fields.get("name") or row.fields.get("title") or row.fields.get("id")
            subject = f"{model.kind}“{str(name)[:30]}”" if name else subject
            problems += [
                Problem(row.place, found, cure, subject, describe(model, path))
                for path, found, cure in refusals(model, error)
            ]
            continue
        if record.id.casefold() in seen:
            found = f"编号“{record.id}”有两条"
            problems.append(Problem(row.place, found, "只留一条", subject))
        seen.add(record.id.casefold())
        yield row.place, record


def _changes(
    board: Board, table: str, coming: dict[str, tuple[Place, Keyed]]
) -> Iterator[tuple[Entry, Edit]]:
    there = board.table(table)
    for key in dict.fromkeys([*there, *coming]):
        old = there.get(key)
        place, new = coming.get(key, (Place(table), None))
        if old == new:
            continue
        row = new or old
        assert row
        action = Action.CHANGE if old and new else Action.ADD if new else Action.REMOVE
        before: dict[str, Any] = typed_fields(old) if old else {}
        after: dict[str, Any] = typed_fields(new) if new else {}
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        fields: dict[str, Value | None] = {name: after.get(name) for name in changed}
        differences = tuple(_difference(board, name, old, new) for name in changed if old and new)
        title = row.title_text
        yield (
            Entry(key, place, action, table, key, title, {}, differences),
            Edit(table, key, {} if action is Action.REMOVE else fields, action),
        )


def _difference(board: Board, name: str, old: Keyed, new: Keyed) -> Difference:
    spec = specs(type(new))[name]
    before, after = (shown_value(board, getattr(row, name), spec.reference) for row in (old, new))
    return Difference(spec.label, excerpt(before, after), excerpt(after, before))
