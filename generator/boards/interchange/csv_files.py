"""Each kind of records as a CSV file that any spreadsheet opens, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from boards.board.board import MODELS, Board
from boards.errors import BoardError, Place, Problem
from boards.interchange.document import Document, Fields, Row
from boards.records.schema import FieldPath, as_typed, describe, described, spec_at
from boards.yaml.source import decode_text


def csv_files(board: Board) -> dict[str, bytes]:
    """A file for each kind that has records, by its name, UTF-8 with the mark that Excel needs.

    A column is a value by its path, which its heading says: posts[1].zone（责任区岗位·责任区）.
    """
    return {
        f"{table}.csv": _file(table, [as_typed(row) for row in board.table(table).values()])
        for table in MODELS
        if board.table(table)
    }


def _file(table: str, rows: list[Any]) -> bytes:
    flat = [dict(_leaves(row)) for row in rows]
    order: dict[FieldPath, None] = {}
    for row in flat:
        order |= dict.fromkeys(row)
    names = [*MODELS[table].model_fields]
    paths = sorted(order, key=lambda path: _rank(names, path))
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([describe(MODELS[table], path) for path in paths])
    for row in flat:
        out.writerow([row.get(path, "") for path in paths])
    return text.getvalue().encode("utf-8-sig")


def _rank(names: list[str], path: FieldPath) -> tuple[Any, ...]:
    first, *rest = path
    steps = ((0, f"{step:06}") if isinstance(step, int) else (1, step) for step in rest)
    return (names.index(str(first)), *steps)


def _leaves(value: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, (*path, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _leaves(part, (*path, number))
    else:
        yield path, str(value)


def read_csv_files(files: Mapping[str, bytes]) -> Document:
    """What CSV files say, each named for its kind; raises BoardError with all that is wrong."""
    problems: list[Problem] = []
    tables = {}
    for name, content in sorted(files.items()):
        table = name.removesuffix(".csv")
        if table not in MODELS:
            hint = "文件名是导出时的样子，例如 members.csv；别的表用 boards import table"
            problems.append(Problem(Place(name), f"不认识“{name}”是哪一类记录", hint))
            continue
        text, faults = decode_text(content, name)
        if text is None:
            problems += faults
            continue
        tables[table] = list(_rows(table, name, text, problems))
    if problems:
        raise BoardError(problems)
    branches = tables.get("branches", ())
    return Document(tables, str(branches[0].fields.get("id", "")) if branches else "")


def _rows(table: str, name: str, text: str, problems: list[Problem]) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        heads = [described(head) for head in next(reader, [])]
        for at, path in enumerate(heads, 1):
            if spec_at(MODELS[table], path) is None:
                found = f"不认识表头“{'.'.join(map(str, path))[:30]}”"
                problems.append(Problem(Place(name, 1, at), found, "表头照导出时的样子写"))
        for cells in reader:
            if any(cells):
                yield Row(Place(name, reader.line_num), _record(heads, cells))
    except csv.Error:
        found = "表格里的引号对不上"
        problems.append(Problem(Place(name, reader.line_num), found, "用 WPS 或 Excel 另存为 CSV"))


def _record(heads: list[FieldPath], cells: list[str]) -> Fields:
    """The cells of a row put together into a record."""
    whole: dict[Any, Any] = {}
    for path, text in zip(heads, cells, strict=False):
        if not text:
            continue
        node = whole
        for step in path[:-1]:
            node = node.setdefault(step, {})
        node[path[-1]] = text.replace("\r\n", "\n")
    listed = _listed(whole)
    assert isinstance(listed, dict)
    return listed


def _listed(node: Any) -> Any:
    """Groups that are numbered as lists."""
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        return [_listed(node[key]) for key in sorted(node)]
    return {str(key): _listed(part) for key, part in node.items()}
