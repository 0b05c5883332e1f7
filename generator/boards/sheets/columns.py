"""How a kind of record becomes columns: read from the schema, nothing listed twice."""

from __future__ import annotations

import datetime
import functools
import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from boards.amend.adding.drafts import PERIODS
from boards.board.board import MODELS
from boards.board.folder import FOLDERS
from boards.records import Keyed, Record
from boards.records.choices import Choice
from boards.records.declared import Reference, Trait
from boards.records.partial_date import PartialDate
from boards.records.schema import FieldSpec, specs

TABLES = (
    "members", "honours", "messages", "months", "quarters", "crews", "outcomes", "cases", "areas",
    "kinds", "prints", "groups", "practices", "zones", "counts", "branches", "lessons", "quotes",
    "sources", "faces",
)  # fmt: skip
"""Tables kept in Excel, the ones written most often first. Keys, received packs and Markdown
articles are not ledgers."""

LISTS = "下拉列表"
"""A hidden sheet: what the drop-downs offer."""
REGISTER = "导出登记"
"""A hidden sheet: what each record was when it left, so that a change on both sides is seen."""
FORMAT = "boards-sheets-2"
"""First cell of the register."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One field in one column."""

    path: Path
    """From the row's own model to the field: ("review", "approved_by")."""
    heading: str
    description: str
    required: bool
    group: str = ""
    """The optional group in which this must be filled as soon as anything else is."""
    many: bool = False
    """Several values in one cell, each on a line of its own."""
    default: Any = None
    choices: type[Choice] | None = None
    reference: Reference | None = None
    is_flag: bool = False
    is_whole: bool = False
    """A whole number, which Excel cannot mangle."""
    is_day: bool = False
    is_partial_date: bool = False
    is_role: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table's records, or the rows of one of its lists."""

    name: str
    table: str
    field: str
    """The list whose rows these are; empty for the records themselves."""
    columns: tuple[Column, ...]


@functools.cache
def all_sheets() -> tuple[Sheet, ...]:
    """Every sheet in the order of the workbook; the lists of a table follow it."""
    return tuple(sheet for table in TABLES for sheet in _sheets(table))


def sheets_of(table: str) -> tuple[Sheet, ...]:
    """The records of a table and its lists."""
    return tuple(sheet for sheet in all_sheets() if sheet.table == table)


def outside(table: str) -> tuple[str, ...]:
    """Fields of a table that stay in YAML: settings of the site, in groups within groups."""
    groups = ((spec.name, spec.model) for spec in specs(MODELS[table]).values())
    return tuple(
        name for name, group in groups if group and any(one.model for one in specs(group).values())
    )


def _sheets(table: str) -> Iterator[Sheet]:
    model = MODELS[table]
    own = [spec for spec in specs(model).values() if spec.name not in outside(table)]
    shared = [spec for spec in own if spec.name in specs(Record)]
    first = [spec for spec in own if spec not in shared or spec.name == "id"]
    rest = [spec for spec in shared if spec.name != "id"]
    if model.natural_key:  # the id is made of these fields, nobody types it
        first = [*(spec for spec in first if spec.name != "id"), specs(model)["id"]]
    ordered = [*first, *rest]
    lists = [spec for spec in ordered if spec.model and _is_many(model, spec)]
    columns = [column for spec in ordered if spec not in lists for column in _columns(model, spec)]
    yield Sheet(model.kind, table, "", tuple(columns))
    for spec in lists:
        assert spec.model
        fields = specs(spec.model).values()
        inner = [column for nested in fields for column in _columns(spec.model, nested)]
        yield Sheet(f"{model.kind}·{spec.label}", table, spec.name, (_owner(table), *inner))


OWNER: Path = ("",)
"""Where a list's row names the record it belongs to."""


def _owner(table: str) -> Column:
    kind = MODELS[table].kind
    description = f"这一行属于哪条“{kind}”记录；同一条记录可以有几行，按先后排"
    return Column(OWNER, f"所属{kind}", description, True, reference=Reference(table))


def _columns(model: type[BaseModel], spec: FieldSpec) -> Iterator[Column]:
    if spec.model is None:
        yield _column(model, spec)
        return
    must = model.model_fields[spec.name].is_required()
    for nested in (row for row in specs(spec.model).values() if Trait.SEALED not in row.traits):
        column = _column(spec.model, nested)
        yield replace(
            column,
            path=(spec.name, *column.path),
            heading=f"{spec.label}·{column.heading}",
            required=must and column.required,
            group=spec.label if column.required and not must else "",
        )


def _column(model: type[BaseModel], spec: FieldSpec) -> Column:
    info = model.model_fields[spec.name]
    parts = [info.annotation, *info.metadata, *_parts(info.annotation)]
    choices = [part for part in parts if isinstance(part, type) and issubclass(part, Choice)]
    is_made = spec.name == "id" and (
        _has_natural_key(model) or has_made_ids(getattr(model, "table", ""))
    )
    return Column(
        path=(spec.name,),
        heading=spec.label,
        description=_description(model, spec),
        required=info.is_required() and not is_made,
        many=_is_many(model, spec),
        default=spec.default,
        choices=choices[0] if choices else None,
        reference=spec.reference,
        is_flag=any(part is bool for part in parts),
        is_whole=any(part is int for part in parts),
        is_day=any(part is datetime.date for part in parts),
        is_partial_date=any(part is PartialDate for part in parts),
        is_role=spec.is_role,
        is_long=spec.markdown,
    )


def _description(model: type[BaseModel], spec: FieldSpec) -> str:
    if spec.name == "id" and _has_natural_key(model):
        return "不用填，由程序合成"
    if spec.name == "id" and has_made_ids(getattr(model, "table", "")):
        return "英文字母、数字和短横线，全站不重复；不填就由程序按拼音拟，定了就不要再改"
    if spec.name == "id" and (folder := FOLDERS.get(getattr(model, "table", ""))):
        return folder[1]
    return spec.description


def has_made_ids(table: str) -> bool:
    """Whether ids of a table are made of names where nobody types one.

    A period must be typed; a zone is one of four, and the branch is there.
    """
    given = (*PERIODS, "zones", "branches")
    return table in TABLES and not (MODELS[table].natural_key or table in given)


def _has_natural_key(model: type[BaseModel]) -> bool:
    return issubclass(model, Keyed) and bool(model.natural_key)


def _is_many(model: type[BaseModel], spec: FieldSpec) -> bool:
    return typing.get_origin(model.model_fields[spec.name].annotation) is tuple


def _parts(annotation: Any) -> Iterator[Any]:
    for argument in typing.get_args(annotation):
        yield argument
        yield from _parts(argument)
