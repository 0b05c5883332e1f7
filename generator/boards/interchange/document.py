"""All records as one JSON document, and what a document says, back as records."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from boards.board.board import MODELS, Board
from boards.board.editors import DRAFT, table_schema
from boards.board.version import VERSION
from boards.errors import BoardError, Place, Problem
from boards.intake.container import MAX_BYTES
from boards.records.schema import as_typed

FORMAT = "branch-boards"
DATA, SCHEMA = "records.json", "records.schema.json"
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A record as a file has it, and where."""

    place: Place
    fields: Fields


@dataclass(frozen=True, slots=True)
class Document:
    """What files say: whole tables, each with all of its records."""

    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    branch: str = ""


def exported(board: Board) -> dict[str, Any]:
    """Every record as it is typed in its file: text, lists and groups, defaults left out."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "branch": board.branch.id,
        "records": {
            table: [as_typed(row) for row in board.table(table).values()] for table in MODELS
        },
    }


def as_json(content: Mapping[str, Any]) -> bytes:
    """A document as it stands in a file."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def schema() -> dict[str, Any]:
    """What a document may say, with the label and meaning of every field."""
    tables: dict[str, Any] = {
        name: {"title": model.kind, "type": "array", "items": table_schema(model)}
        for name, model in MODELS.items()
    }
    # Write-ups of other units say their format as a number; here all is text.
    tables["received"]["items"]["properties"]["schema_version"]["type"] = "string"
    return {
        "$schema": DRAFT,
        "title": "全部台账",
        "description": "每条记录的每一项都是文字，和台账文件里写的一样；没有写的项不出现",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "version", "branch", "records"],
        "properties": {
            "$schema": {"type": "string"},
            "format": {"const": FORMAT},
            "version": {"const": VERSION, "description": "台账的格式版本"},
            "branch": {"type": "string", "description": "支部的编号"},
            "records": {
                "type": "object",
                "additionalProperties": False,
                "properties": tables,
            },
        },
    }


def read_document(content: bytes, name: str) -> Document:
    """What a JSON file says; raises BoardError with all that makes it none of ours."""
    try:
        if len(content) > MAX_BYTES:
            raise _wrong(Place(name), "文件太大", "核对选的是不是导出的 records.json")
        said = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        raise _wrong(place, "这里不是 JSON", "核对逗号、引号和括号，或重新导出") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _wrong(Place(name), "文件读不了", "用 UTF-8 保存，或重新导出") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        found = "这不是 boards export 导出的文件"
        raise _wrong(Place(name), found, "用 boards export 导出的 records.json")
    if str(said.get("version")) != str(VERSION):
        found = f"台账的格式版本是 {said.get('version')}，本程序认得 {VERSION}"
        raise _wrong(Place(name), found, "用同一版程序导出，或升级程序")
    records = said.get("records")
    if not isinstance(records, dict) or not all(isinstance(r, list) for r in records.values()):
        raise _wrong(Place(name), "records 下面应是各类记录的列表", "重新导出")
    if unknown := [table for table in records if table not in MODELS]:
        raise _wrong(Place(name), f"不认识“{unknown[0]}”这一类记录", "删掉这一类，或重新导出")
    tables = {
        table: [Row(Place(name), _plain(one)) for one in rows] for table, rows in records.items()
    }
    return Document(tables, str(said.get("branch", "")))


def _wrong(place: Place, found: str, cure: str) -> BoardError:
    return BoardError([Problem(place, found, cure)])


def _plain(value: Any) -> Any:
    """A value as it is typed: numbers and truth values of other programs as text, nulls gone."""
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_plain(part) for part in value if part is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
