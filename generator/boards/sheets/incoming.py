"""A workbook's rows as records, checked by the same models as YAML."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from boards.board.board import ANY_ID, MODELS, Board
from boards.board.folder import FOLDERS
from boards.errors import Place, Problem
from boards.records.refusals import refusals
from boards.records.schema import FieldPath, as_typed
from boards.records.schema import Typed as Value
from boards.sheets.arriving import Draft, Incoming, RowOrigin
from boards.sheets.columns import OWNER, TABLES, outside, sheets_of
from boards.sheets.grid import Row, Workbook
from boards.sheets.hints import said_of_cells
from boards.sheets.ids import give_ids
from boards.sheets.rows import wording
from boards.sheets.values import Refused, Wording, names_of, roles_of
from boards.yaml.tree import Node


def incoming(book: Workbook, board: Board) -> Incoming:
    """Every record of the workbook, with all that is wrong with it."""
    made = give_ids(book, board)
    words = _wording(book, board)
    found = Incoming(words, problems=list(book.problems), made_ids=made)
    found.outside = {
        (table, key): {name: getattr(row, name) for name in outside(table)}
        for table in TABLES
        if outside(table)
        for key, row in board.table(table).items()
    }
    for table in TABLES:
        here = [sheet for sheet in sheets_of(table) if sheet.name in book.rows]
        lost = [sheet for sheet in sheets_of(table) if sheet.name in book.unreadable]
        missing = [sheet for sheet in sheets_of(table) if sheet not in (*here, *lost)]
        if not here and not lost:
            found.absent.append(table)
        elif missing:
            names = "、".join(f"“{sheet.name}”" for sheet in (*here, *lost))
            for sheet in missing:
                hint = f"和{names}要么一起留着，要么一起删掉；或重新导出"
                place = Place(book.path)
                found.problems.append(Problem(place, f"缺少工作表“{sheet.name}”", hint))
        if missing or lost or (table == "branches" and not _is_one_branch(found, book, board)):
            found.broken.add((table, ANY_ID))
        else:
            _read_table(found, book, table)
    return found


def _is_one_branch(found: Incoming, book: Workbook, board: Board) -> bool:
    """Whether the branch's sheet still holds the branch, and nothing else."""
    sheet = sheets_of("branches")[0]
    rows = book.rows.get(sheet.name, [])
    own = [row for row in rows if row.texts.get(("id",)) == board.branch.id]
    others = [row for row in rows if row not in own[:1]]
    if own and not others:
        return True
    place = Place(book.path, others[0].number if others else 1, 1, sheet.name)
    hint = f"只留一行，编号写 {board.branch.id}；不想管就删掉整张工作表"
    found.problems.append(Problem(place, "“支部”表里只能有本支部一行", hint))
    return False


def _wording(book: Workbook, board: Board) -> Wording:
    """What records are called now, were called then, and are called in the workbook's rows."""
    names = names_of(board)

    def also(table: str, key: str | None, name: str | None) -> None:
        if key and name and name not in names.setdefault(table, {}).get(key, ()):
            names[table][key] = (*names[table].get(key, ()), name)

    for (table, key), called in (book.baseline.names if book.baseline else {}).items():
        also(table, key, called)
    for rows in book.rows.values():
        for row in rows:
            name = row.texts.get(("name",)) or row.texts.get(("title",))
            if not row.sheet.field:
                also(row.sheet.table, row.texts.get(("id",)), name)
            elif row.sheet.table == "zones":
                zone = row.texts.get(OWNER, "").partition(" ")[0]
                also(roles_of(zone), row.texts.get(("id",)), name)
    return Wording(names, wording(board).branch)


def _read_table(found: Incoming, book: Workbook, table: str) -> None:
    main, *lists = sheets_of(table)
    drafts: dict[str, Draft] = {}
    for row in book.rows[main.name]:
        draft = _draft(found, row)
        first = drafts.setdefault(draft.id.casefold(), draft)
        if draft.id and first is not draft:
            _tell_double(found, draft, first)
        elif not draft.id:
            drafts[f"\n{row.number}"] = draft  # reported as missing, together with its other faults
    drafts.pop("", None)
    for sheet in lists:
        for row in book.rows[sheet.name]:
            _add_item(found, row, drafts)
    found.tables[table] = {}
    for draft in drafts.values():
        _validate(found, table, draft)


def _draft(found: Incoming, row: Row) -> Draft:
    fields, refused = _fields(found, row)
    cells: dict[FieldPath, Place] = {(): next(iter(row.places.values()))}
    cells |= {(*path,): place for path, place in row.places.items()}
    model = MODELS[row.sheet.table]
    key = str(fields.get("id", ""))
    key = key or model.natural_id(fields) or ""
    folder = FOLDERS.get(row.sheet.table)
    if folder and key and not re.fullmatch(folder[0], key):
        hint = f"写成{folder[1]}"
        place = row.places[("id",)]
        found.problems.append(Problem(place, f"编号“{key}”不合要求", hint, model.kind, "编号"))
        refused.add(("id",))
    return Draft(
        row, key, fields, cells, {(*path,): text for path, text in row.texts.items()}, refused
    )


def _fields(found: Incoming, row: Row) -> tuple[dict[str, Value], set[FieldPath]]:
    """A row's cells as they would be typed, nested like the record."""
    fields: dict[str, Any] = {}
    refused: set[FieldPath] = {*row.refused}
    zone = ""
    ordered = sorted(row.sheet.columns, key=lambda column: column.path != ("zone",))
    for column in (column for column in ordered if column.path in row.texts):
        try:
            value = found.words.typed_cell(column, row.texts[column.path], zone)
        except Refused as fault:
            refused.add(column.path)
            place = row.places[column.path]
            found.problems.append(Problem(place, fault.found, fault.hint, field=column.heading))
            continue
        zone = str(value) if column.path == ("zone",) else zone
        group = fields
        for step in column.path[:-1]:
            group = group.setdefault(step, {})
        group[column.path[-1]] = value
    return fields, refused


def _tell_double(found: Incoming, draft: Draft, first: Draft) -> None:
    sheet, there = draft.row.sheet, first.cells[()]
    said = f"编号“{draft.id}”已经用过，第一次在第 {there.line} 行"
    hint = "换一个编号，或删掉重复的行"
    if MODELS[sheet.table].natural_key:
        said, hint = f"和第 {there.line} 行是同一条", "合成一条，或核对日期和类别"
    samples = [row.row for row in (first, draft) if row.row.texts.get(("sample",)) == "是"]
    if len(samples) == 1:
        said += f"，第 {samples[0].number} 行是示例（灰色的行）"
        hint = f"把第 {samples[0].number} 行整行删掉，真实的这一条就代替示例"
    place = draft.cells.get(("id",), draft.cells[()])
    found.problems.append(Problem(place, said, hint, MODELS[sheet.table].kind))


def _add_item(found: Incoming, row: Row, drafts: dict[str, Draft]) -> None:
    """Put a list's row into its record."""
    fields, refused = _fields(found, row)
    owner = fields.pop(OWNER[0], None)
    draft = drafts.get(str(owner).casefold()) if owner is not None else None
    if draft is None:
        if OWNER in refused:
            return
        kind = MODELS[row.sheet.table].kind
        said = f"“{kind}”表里没有“{owner}”" if owner else f"没有写属于哪条“{kind}”"
        hint = f"从下拉里重新选；那条{kind}记录要是删了，这一行也删掉"
        found.problems.append(Problem(row.places[OWNER], said, hint, field=f"所属{kind}"))
        return
    name = row.sheet.field
    items = draft.fields.setdefault(name, [])
    assert isinstance(items, list)
    above: FieldPath = (name, len(items))
    items.append(fields)
    draft.cells[above] = next(iter(row.places.values()))
    draft.cells |= {(*above, *path): place for path, place in row.places.items() if path != OWNER}
    draft.texts |= {(*above, *path): text for path, text in row.texts.items()}
    draft.refused |= {(*above, *path) for path in refused}


def _validate(found: Incoming, table: str, draft: Draft) -> None:
    model = MODELS[table]
    origin = RowOrigin(draft.cells[()].path, Node({}, 1, 1), (), draft.cells)
    fields = {"id": draft.id, **draft.fields} if draft.id else draft.fields
    faults = []
    try:
        record = model.model_validate(fields)
    except ValidationError as error:
        name = str(draft.fields.get("name") or draft.fields.get("title") or draft.id)
        subject = f"{model.kind}“{name[:30]}”" if name else model.kind
        for path, said, cure in refusals(model, error):
            if any(
                path[: len(known)] == known or known[: len(path)] == path for known in draft.refused
            ):
                continue  # its cell is at fault already
            if path == ("id",) and model.natural_key and "id" not in draft.fields:
                continue  # made of fields that are at fault themselves
            faults.append(
                said_of_cells(
                    Problem(origin.place(path), said, cure, subject), model, path, draft.fields
                )
            )
    found.problems += faults
    if faults or draft.refused:
        found.broken.add((table, draft.id or ANY_ID))
        return
    if outside := found.outside.get((table, record.id)):
        record = record.model_copy(update=outside)
    found.tables[table][record.id] = record
    kept = as_typed(record)
    assert isinstance(kept, dict)
    found.typed[(table, record.id)] = kept
    found.texts[(table, record.id)] = draft.texts
    found.origins[(table, record.id)] = origin
