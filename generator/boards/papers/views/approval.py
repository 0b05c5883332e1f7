"""What an approval sheet (党务公开审批单) shows: all that the approval's digest will cover."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from boards.amend.approval import Steps, recorded
from boards.board.board import Board
from boards.media import picture_at
from boards.records import Audience, Model, Record
from boards.records.base import Source
from boards.records.choices import Choice
from boards.records.partial_date import PartialDate
from boards.records.schema import FieldSpec, project, specs
from boards.words.common import day
from boards.words.text import Block, Run, to_blocks

SHORT = 40
"""Characters up to which the fields of a group stand on one line."""
_IN_HEAD = {"id", "name", "title", "audience", "sample"}
"""What the head of a record says; no sample ever stands on a sheet."""
_STEPS = (
    ("提出", "拟订公开的内容、范围和方式", "proposed_by"),
    ("审核", "保密、必要、准确", "checked_by"),
    ("审批", "同意公开", "approved_by"),
    ("实施", "按审批的内容和范围公开", ""),
)
"""The four steps of the 党务公开条例, what each is for, and the field that names its taker."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field: its label, how deep it stands, and its text as paragraphs; a bare label has none."""

    label: str
    blocks: tuple[Block, ...]
    level: int = 0
    picture: str = ""
    """The file name of a small rendition, among those of all photos."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record on the sheet."""

    kind: str
    title: str
    name: str
    """Its id, and where it stands, for whoever keeps the files."""
    circle: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A line to sign."""

    name: str
    about: str
    person: str
    date: str


@dataclass(frozen=True, slots=True)
class ApprovalSheet:
    """A sheet for one or several records."""

    unit: str
    title: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]
    steps: tuple[Step, ...]


def approval_sheet(
    board: Board,
    records: Sequence[Record],
    steps: Steps,
    printed_on: datetime.date,
    place: str = "",
) -> ApprovalSheet:
    """The sheet of `records`; names and day are those of `steps`, else those recorded already.

    `place` says which of several sheets it is.
    """
    known = recorded(records, steps)
    approved = day(known.approved_on)
    circles = "、".join(dict.fromkeys(_circle(record) for record in records))
    facts = (
        ("公开事项", f"{len(records)} 条{f'（{place}）' if place else ''}"),
        ("公开范围", circles),
        ("审批日期", approved or "待审批"),
        ("打印日期", day(printed_on)),
    )
    return ApprovalSheet(
        unit=f"{board.branch.mine}{board.branch.name}",
        title="党务公开审批单",
        facts=facts,
        items=tuple(_item(board, record) for record in records),
        steps=tuple(
            Step(
                name,
                about,
                getattr(known, field) if field else "",
                approved if field == "approved_by" else "",
            )
            for name, about, field in _STEPS
        ),
    )


def _circle(record: Record) -> str:
    return {
        Audience.BRANCH: "支部内部",
        Audience.INTRANET: "矿内网",
        Audience.SISTER_UNITS: "矿内网和兄弟单位",
        Audience.PUBLIC: "社会公开",
    }[record.audience]


def _item(board: Board, record: Record) -> Item:
    origin = board.origins.get((record.table, record.id))
    place = origin.place(()) if origin else None
    name = f"{record.id}　{place.path} 第 {place.line} 行" if place else record.id
    # The intranet is the narrowest circle that anything is published in.
    seen = project(record, Audience.INTRANET)
    rows = tuple(_rows(board, seen, 0))
    return Item(record.kind, record.title_text, name, _circle(record), rows)


def _rows(board: Board, group: Model, level: int) -> Iterator[Row]:
    """The fields of a record or group in the order it is read: its own first, then its source."""
    known = list(specs(type(group)).values())
    guards = specs(Record) if isinstance(group, Record) else {}
    for spec in sorted(known, key=lambda spec: spec.name in guards):
        value = getattr(group, spec.name)
        if value in (None, (), "") or not spec.approved or (level == 0 and spec.name in _IN_HEAD):
            continue
        yield from _field(board, spec, value, level)


def _field(board: Board, spec: FieldSpec, value: Any, level: int) -> Iterator[Row]:
    if isinstance(value, Model):
        yield from _group(board, spec.label, value, level)
    elif isinstance(value, tuple) and spec.model:
        for number, part in enumerate(value, 1):
            yield from _group(board, f"{spec.label} {number}", part, level)
    elif isinstance(value, tuple):
        blocks = [
            Block("number", (Run(_words(board, spec, part)),), ordinal=number)
            for number, part in enumerate(value, 1)
        ]
        yield Row(spec.label, tuple(blocks), level)
    elif spec.picture and (board.data / value).is_file():
        yield Row(spec.label, (), level, picture_at(board, board.data / value).small.path.name)
    elif spec.markdown:
        yield Row(spec.label, tuple(to_blocks(value)), level)
    else:
        yield Row(spec.label, _line(_words(board, spec, value)), level)


def _group(board: Board, label: str, group: Model, level: int) -> Iterator[Row]:
    rows = list(_rows(board, group, level + 1))
    texts = [(row.label, "".join(block.text for block in row.blocks)) for row in rows]
    plain = all(len(row.blocks) == 1 and row.blocks[0].kind == "paragraph" for row in rows)
    if plain and sum(len(text) for _, text in texts) <= SHORT:
        yield Row(label, _line("；".join(f"{name}：{text}" for name, text in texts)), level)
        return
    yield Row(label, (), level)
    yield from rows


def _line(text: str) -> tuple[Block, ...]:
    return (Block("paragraph", (Run(text),)),)


def _words(board: Board, spec: FieldSpec, value: Any) -> str:
    """A value as people read it: names for ids, Chinese for words from a list."""
    if spec.reference and (target := board.named(spec.reference, value)):
        return _source(target) if isinstance(target, Source) else target.title_text
    if spec.reference and value in spec.reference.also:
        return spec.reference.names(board.branch.name)[value]
    if spec.is_role:
        return _roles(board).get(value, value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, PartialDate):
        return value.wording
    return day(value) if isinstance(value, datetime.date) else str(value)


def _source(source: Source) -> str:
    published = day(source.date)
    return "，".join(part for part in (source.title, source.publisher, published) if part)


def _roles(board: Board) -> Mapping[str, str]:
    return {role.id: role.name for zone in board.zones.values() for role in zone.roles}
