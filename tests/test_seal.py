"""What an approval holds for: the digest covers exactly what the sheet to sign shows."""

from __future__ import annotations

import datetime
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from boards.amend.approval import Steps
from boards.board.board import MODELS, Board
from boards.papers.views.approval import approval_sheet
from boards.records import Branch, Member, Model, Month, PartialDate, Quarter, Record
from boards.records.choices import Audience, Choice
from boards.records.declared import aside, field
from boards.records.fields import Count, Line
from boards.records.schema import FieldPath, FieldSpec, specs
from boards.records.seal import seal
from helpers import TODAY

RECORDS = [model for model in MODELS.values() if issubclass(model, Record)]


class NewMember(Member):
    """People with two fields that were added only now."""

    hobby: Line | None = field("爱好", "一句话", None)
    seats: Count | None = aside("座位", "只给程序用", None)


def _kinds(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in typing.get_args(annotation):
        yield from _kinds(part)


def _value(model: type[Model], spec: FieldSpec, *, other: bool) -> Any:
    """One of two values that a field can have, as the schema would have read it."""
    kinds = [*_kinds(model.model_fields[spec.name].annotation)]
    if spec.name == "id" and model in (Quarter, Month):
        return ("2019-Q1", "2019-Q2")[other] if model is Quarter else ("2019-01", "2019-02")[other]
    for kind in kinds:
        if kind is Audience:
            return Audience.PUBLIC if other else Audience.SISTER_UNITS
        if isinstance(kind, type) and issubclass(kind, Choice):
            return [*kind][-1 if other else -2]
        if kind is PartialDate:
            return PartialDate(2019, 8 + other)
        if kind is datetime.date:
            return datetime.date(2019, 8, 1 + other)
    if bool in kinds:
        return other is not spec.default
    return (8 + other) if int in kinds else ("乙" if other else "甲")


def filled(model: type[Model], changed: FieldPath = ()) -> Any:
    """A record or group with every field filled in; the one at `changed` with another value."""
    values: dict[str, Any] = {}
    for spec in specs(model).values():
        here = changed[:1] == (spec.name,)
        if spec.model:
            value: Any = filled(spec.model, changed[1:] if here else ())
        else:
            value = _value(model, spec, other=here)
        several = any(typing.get_origin(k) is tuple for k in _kinds(_annotation(model, spec)))
        values[spec.name] = (value,) if several else value
    if "sample" in values:
        values["sample"] = False  # no sample is ever approved
    return model.model_construct(**values)


def _annotation(model: type[Model], spec: FieldSpec) -> Any:
    return model.model_fields[spec.name].annotation


def paths(model: type[Model]) -> Iterator[FieldPath]:
    for spec in specs(model).values():
        if spec.model:
            yield from ((spec.name, *path) for path in paths(spec.model))
        elif spec.name != "sample":
            yield (spec.name,)


def digest_of(record: Record) -> str:
    """The digest, where every picture shows what it is called."""
    return seal(record, str)


def sheet_of(record: Record) -> tuple[object, ...]:
    """All that whoever signs is shown of a record, but for its place on the sheet."""
    board = Board(branches={"x": filled(Branch)})
    return approval_sheet(board, [record], Steps("甲", "乙", "丙", TODAY), TODAY).items


@pytest.mark.parametrize("model", [*RECORDS, NewMember], ids=lambda model: model.__name__)
def test_the_digest_covers_what_the_sheet_shows_and_nothing_else(model: type[Record]) -> None:
    sheet, digest = sheet_of(filled(model)), digest_of(filled(model))
    for path in paths(model):
        other = filled(model, path)
        assert (digest_of(other) != digest) is (sheet_of(other) != sheet), path


def test_settings_and_what_is_asked_anew_stand_on_no_sheet() -> None:
    told = {
        (model.__name__, path[0])
        for model in RECORDS
        for path in paths(model)
        if digest_of(filled(model, path)) == digest_of(filled(model))
    }
    of_all = {(model.__name__, name) for model in RECORDS for name in ("review", "remark")}
    assert told - of_all == {
        ("Branch", "weights"), ("Branch", "look"), ("Branch", "site_url"), ("Branch", "screen"),
        ("Branch", "posters"),
        ("Branch", "stale_after_months"), ("Branch", "keep_script"), ("Branch", "allow"),
        ("Member", "consent"), ("Member", "contact"), ("Member", "left_on"),
        ("Member", "drawn"), ("Member", "photo"),
        ("Honour", "order"), ("Case", "order"), ("Zone", "mark"),
    }  # fmt: skip
    words = str(sheet_of(filled(Branch)))
    for label in ("评比权重", "网站地址", "大屏", "停留秒数", "繁体不变词", "过时提醒", "海报"):
        assert label not in words
