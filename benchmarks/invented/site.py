"""A whole invented branch as a site's folder, made on the product's own first site."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from boards.amend.spelling import fields, house_order, item, rows_of
from boards.amend.starter import make_site
from boards.board.board import MODELS, Board
from boards.board.editors import modeline
from boards.board.folder import FILES, FOLDERS, TABLES
from boards.board.load import load as read_folders
from boards.board.version import VERSION, VERSION_FILE, VERSION_KEY
from boards.records import Record
from invented import people, periods, photos, work
from invented.loads import DAY, Load
from invented.people import Row

NAMES = {
    "name": "模拟综采队党支部",
    "unit": "模拟综采队",
    "mine": "示范矿",
    "group": "示范集团",
    "brand": "四面红旗",
    "id": "mo-ni-zong-cai-dui",
}
WAITING = 2
"""Of the last year's honours, how many still await approval."""
_UNGUARDED = {"sources", "faces", "prints"}
"""Tables whose rows make no claim."""

Tables: TypeAlias = dict[str, list[Any]]


def write_branch(folder: Path, load: Load, names: dict[str, str] | None = None) -> None:
    """Make the branch's site in `folder`, which must be absent or empty.

    It has no errors; all but two honours are approved. `names` may call the branch otherwise.
    """
    make_site(folder, {**NAMES, **(names or {})}, DAY)
    raw = _tables(load, folder)
    _draw(load, folder, raw)
    tables, articles = _approved(Board(data=folder / "data"), load, raw)
    for name in FOLDERS:
        shutil.rmtree(folder / "data" / name)
    shutil.rmtree(folder / "content" / "write-ups")
    for path, text in (*_files(tables), *_pages(articles)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _draw(load: Load, folder: Path, tables: Tables) -> None:
    """All photos: an approval is about what they show, so they come first."""
    for row in tables["members"] if load.photos else []:
        photos.draw(load, folder / "data" / row["photo"]["file"], photos.PORTRAIT)
    for figure in [figure for row in tables["cases"] for figure in row["figures"]]:
        photos.draw(load, folder / "data" / figure["file"], photos.LANDSCAPE)


def _tables(load: Load, folder: Path) -> Tables:
    """Every record by its table, as it was proposed."""
    crowd = people.people(load)
    years = load.calendar
    return {
        **_of_the_starter(folder),
        "faces": work.face_rows(load),
        "practices": work.practice_rows(load),
        "areas": people.area_rows(load, crowd),
        "groups": work.group_rows(load),
        "members": people.member_rows(load, crowd),
        "honours": [row for year in years for row in people.honour_rows(load, crowd, year)],
        "outcomes": work.outcome_rows(load),
        "crews": people.crew_rows(load, crowd),
        "messages": periods.message_rows(load),
        "prints": [row for year in years for row in work.print_rows(load, year)],
        "cases": [row for year in years for row in work.case_rows(load, crowd, year)],
        "quarters": [
            periods.quarter_row(load, crowd, year, number)
            for year in years
            for number in (1, 2, 3, 4)
        ],
        "months": [
            periods.month_row(load, crowd, year, number)
            for year in years
            for number in range(1, 13)
        ],
    }


def _approved(board: Board, load: Load, raw: Tables) -> tuple[Tables, list[tuple[Row, str]]]:
    """Every record by its table, approved, and every article with its text."""
    waiting = raw["honours"][-WAITING:]
    tables = {
        table: [_guarded(board, table, row, waiting=row in waiting) for row in rows]
        if table not in _UNGUARDED
        else rows
        for table, rows in raw.items()
    }
    write_ups = (work.write_up(load, case) for case in raw["cases"][:: work.CASES])
    pages = [work.about(), *write_ups]
    return tables, [(_guarded(board, "articles", row, body=body), body) for row, body in pages]


def _of_the_starter(folder: Path) -> Tables:
    """What the first site has that is no sample: the branch, its sources, the four zones."""
    board, _ = read_folders(folder / "data", folder / "content")
    kept: Tables = {}
    for table in ("branches", "sources", "zones"):
        kept[table] = [board.origins[(table, key)].node.plain() for key in board.table(table)]
    return kept


def _guarded(board: Board, table: str, row: Row, *, body: str = "", waiting: bool = False) -> Row:
    """A record with its source and, unless it still waits, the steps of its approval."""
    row = {"audience": "intranet", **row, "source": "ledger"}
    steps: Row = {"proposed_by": "张内勤"}
    text = {"body": body} if body else {}
    key = {"id": "-".join(str(row[name]) for name in MODELS[table].natural_key)}
    record = MODELS[table].model_validate({**key, **row, **text})
    assert isinstance(record, Record)
    if not waiting:
        since = record.as_of.last_day if record.as_of else DAY
        day = min(since + datetime.timedelta(days=5), DAY)
        steps |= {"checked_by": "李宣传", "approved_by": "支部书记", "approved_on": str(day)}
        steps["approved_content"] = board.seal(record)
    whole = {**row, "review": steps}
    return {name: whole[name] for name in house_order(MODELS[table]) if name in whole}


def _files(tables: Tables) -> Iterator[tuple[str, str]]:
    """Every file below data/ that holds these records."""
    for name, keys in FILES.items():
        lines = [modeline(name)]
        if name == VERSION_FILE:
            lines += ["", f"{VERSION_KEY}: {VERSION}"]
        for key in keys:
            table = TABLES.get(key, key)
            spec = rows_of(MODELS[table])
            lines += ["", f"{key}:"]
            for number, row in enumerate(tables.get(table, [])):
                one_only = key != table
                blank = [""] if number else []
                lines += [*blank, *(fields(row, 2, spec) if one_only else item(row, 2, spec))]
        yield f"data/{name}", "\n".join(lines) + "\n"
    for folder in FOLDERS:
        for row in tables[folder]:
            name = f"{folder}/{row['id']}.yml"
            kept = {key: value for key, value in row.items() if key != "id"}
            lines = [modeline(name), *fields(kept, 0, rows_of(MODELS[folder]))]
            yield f"data/{name}", "\n".join(lines) + "\n"


def _pages(articles: list[tuple[Row, str]]) -> Iterator[tuple[str, str]]:
    for row, body in articles:
        folder = "content" if row["type"] == "about" else "content/write-ups"
        kept = {key: value for key, value in row.items() if key != "id"}
        head = "\n".join(fields(kept, 0, rows_of(MODELS["articles"])))
        yield f"{folder}/{row['id']}.md", f"---\n{head}\n---\n\n{body}\n"
