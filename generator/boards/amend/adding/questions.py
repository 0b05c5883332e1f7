"""What is asked for a new record: the fields of its schema, what is required first."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from boards.board.board import MODELS
from boards.records import ZONE_IDS, Activity, Audience, Month
from boards.records.declared import Asked
from boards.records.schema import FieldSpec, specs
from boards.records.typed_values import NOBODY

ACTIVITIES = "activities"
"""One entry of a month's calendar, which is asked for by itself like a record."""
KINDS = {
    "member": "members",
    "honour": "honours",
    "message": "messages",
    "activity": ACTIVITIES,
    "month": "months",
    "quarter": "quarters",
    "crew": "crews",
    "outcome": "outcomes",
    "case": "cases",
    "article": "articles",
    "area": "areas",
    "group": "groups",
    "practice": "practices",
    "zone": "zones",
    "branch": "branches",
    "lesson": "lessons",
    "quote": "quotes",
    "print": "prints",
    "source": "sources",
    "face": "faces",
    "kind": "kinds",
    "count": "counts",
}
"""What can be added or changed, in the order of how often it is, and its table."""
THERE = ("branches", "zones")
"""Tables that nothing is added to: every site has them, and they are changed."""


def kind_of(table: str) -> str:
    """What people call a record of a table."""
    return "活动" if table == ACTIVITIES else MODELS[table].kind


BY_NAME = {**KINDS, **{kind_of(table): table for table in KINDS.values()}}
"""The same, by Chinese names as well."""


class Shape(Enum):
    """How a field is answered."""

    LINE = auto()
    PROSE = auto()
    LIST = auto()
    GROUP = auto()
    GROUPS = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """One field to ask for."""

    spec: FieldSpec
    shape: Shape
    kind: Any
    """The type of the value, or of one of a list."""
    required: bool
    expected: bool = False
    each: tuple[str, ...] = ()
    """Zones that get exactly one group each."""

    @property
    def name(self) -> str:
        """The field's name."""
        return self.spec.name

    @property
    def label(self) -> str:
        """What people call the field."""
        return self.spec.label


def questions(table: str) -> tuple[Question, ...]:
    """The questions of a table, what is required first, the source last."""
    if table == ACTIVITIES:
        return (*within(Activity), *(row for row in within(Month) if row.name == "source"))
    model = MODELS[table]
    return _source_last(
        row
        for row in within(model)
        if row.spec.asked not in (Asked.LATER, Asked.NEVER) and row.name not in model.says_itself
    )


def all_questions(table: str) -> tuple[Question, ...]:
    """Everything of a table that can be changed: its id is fixed, and its approval has its way."""
    known = within(MODELS[table])
    return _source_last(row for row in known if row.spec.asked is not Asked.NEVER)


def _source_last(asked: Iterable[Question]) -> tuple[Question, ...]:
    order = ["", "source", "passage", "as_of"]
    return tuple(sorted(asked, key=lambda row: order.index(row.name) if row.name in order else 0))


def within(model: type[BaseModel]) -> tuple[Question, ...]:
    """The questions of a group, what is required first; what no page shows is left to an editor."""
    made = [row for row in every(model) if row.spec.audience is not Audience.BRANCH]
    return tuple(sorted(made, key=lambda question: not question.required))


@functools.cache
def every(model: type[BaseModel]) -> tuple[Question, ...]:
    """A question for each field of a group, what no page shows included, as the schema has them."""
    known = specs(model)
    return tuple(_question(known[name], info) for name, info in model.model_fields.items())


def _question(spec: FieldSpec, info: FieldInfo) -> Question:
    kind = _without_none(info.annotation)
    several = typing.get_origin(kind) is tuple
    kind = typing.get_args(kind)[0] if several else kind
    if info.metadata and not several:
        kind = Annotated[kind, *info.metadata]
    shape = {
        (False, False): Shape.PROSE if spec.markdown else Shape.LINE,
        (False, True): Shape.GROUP,
        (True, False): Shape.LIST,
        (True, True): Shape.GROUPS,
    }[several, spec.model is not None]
    nobody = spec.reference is not None and NOBODY in spec.reference.also
    needed = spec.is_required or spec.asked is Asked.ALWAYS or nobody
    each = ZONE_IDS if spec.name == "results" and several else ()
    return Question(spec, shape, kind, needed, spec.asked is Asked.USUALLY, each)


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return next(part for part in typing.get_args(kind) if part is not type(None))
    return kind
