"""Walking a record by its schema: every leaf with its path, label, audience and reference."""

from __future__ import annotations

import datetime
import functools
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from boards.records.base import Model
from boards.records.choices import Audience, Choice
from boards.records.declared import Asked, Reference, Trait
from boards.records.partial_date import PartialDate

FieldPath = tuple[str | int, ...]
Typed = str | list["Typed"] | dict[str, "Typed"]
"""A value as it is typed."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What the schema says of one field."""

    name: str
    label: str
    description: str
    audience: Audience
    reference: Reference | None
    traits: frozenset[Trait]
    model: type[Model] | None
    """The nested model, when the field holds one or several."""
    default: Any
    approved: bool
    """Whether an approval is about it: the digest covers it, and the sheet to sign shows it."""
    is_required: bool = False
    asked: Asked = Asked.MAYBE

    @property
    def markdown(self) -> bool:
        """Whether it is read as Markdown."""
        return Trait.MARKDOWN in self.traits

    @property
    def picture(self) -> bool:
        """Whether it is the path of a picture."""
        return Trait.PICTURE in self.traits

    @property
    def is_role(self) -> bool:
        """Whether it names a role of the zone that stands beside it."""
        return Trait.ROLE in self.traits

    @property
    def is_prose(self) -> bool:
        """Whether people have worded it, if it is text: it names no record and is not exact."""
        return self.reference is None and Trait.EXACT not in self.traits


class Leaf(NamedTuple):
    """One value of a record: where it is, what it is, and who may see it.

    A board has a hundred thousand of them, and each is made several times in a build.
    """

    path: FieldPath
    value: Any
    audience: Audience
    spec: FieldSpec
    approved: bool
    """Whether an approval is about it, and about all that it is a part of."""

    @property
    def reference(self) -> Reference | None:
        """The table that the value is an id of, if it is one."""
        return self.spec.reference

    @property
    def markdown(self) -> bool:
        """Whether it is read as Markdown."""
        return self.spec.markdown

    @property
    def is_default(self) -> bool:
        """Whether the field says nothing but what is taken for granted."""
        return bool(self.value == self.spec.default)


@functools.cache
def specs(model: type[BaseModel]) -> dict[str, FieldSpec]:
    """The fields of a model by name."""
    found = {}
    for name, info in model.model_fields.items():
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        audience = Audience(str(extra.get("audience", Audience.PUBLIC)))
        parts = [*info.metadata, *_parts(info.annotation)]
        found[name] = FieldSpec(
            name=name,
            label=info.title or name,
            description=info.description or "",
            audience=audience,
            reference=next((part for part in parts if isinstance(part, Reference)), None),
            traits=frozenset(part for part in parts if isinstance(part, Trait)),
            model=next((p for p in parts if isinstance(p, type) and issubclass(p, Model)), None),
            default=None if info.default is PydanticUndefined else info.default,
            approved=bool(extra.get("approved", True)) and audience.reaches(Audience.INTRANET),
            is_required=info.is_required(),
            asked=Asked(str(extra.get("asked", Asked.MAYBE))),
        )
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in typing.get_args(annotation):
        yield from _parts(argument)


REMEMBERED = 2**14
"""Records of which what was found is remembered: a build asks for the same ones several times, and
a preview after every edit. Equal records have equal leaves."""


@functools.lru_cache(REMEMBERED)
def leaves(record: BaseModel, circle: Audience = Audience.PUBLIC) -> tuple[Leaf, ...]:
    """Every filled-in value of a record, nested ones included, in the order of the schema.

    `circle` is who may see what the record is a part of.
    """
    found: list[Leaf] = []
    _collect(record, circle, True, (), found)
    return tuple(found)


def _collect(
    record: BaseModel,
    circle: Audience,
    approved: bool,
    within: FieldPath,
    found: list[Leaf],
) -> None:
    """Add the values of a record, or of a group of fields of which the rest is known: who may see
    it, whether an approval is about it, and its path."""
    values = record.__dict__
    for name, spec in specs(type(record)).items():
        value = values[name]
        if value is None:
            continue
        audience = circle if spec.audience.reaches(circle) else spec.audience
        about = spec.approved and approved
        path = (*within, name)
        several = type(value) is tuple
        parts = [((*path, n), item) for n, item in enumerate(value)] if several else [(path, value)]
        for place, part in parts:
            if isinstance(part, Model):
                _collect(part, audience, about, place, found)
            else:
                found.append(Leaf(place, part, audience, spec, about))


def spec_at(model: type[BaseModel], path: FieldPath) -> FieldSpec | None:
    """The field that a path of names and list positions ends in."""
    current: type[BaseModel] | None = model
    spec = None
    for step in path:
        if isinstance(step, int):
            continue
        if current is None or step not in specs(current):
            return None
        spec = specs(current)[step]
        current = spec.model
    return spec


def describe(model: type[BaseModel], path: FieldPath) -> str:
    """A field for a message: what is typed in the file, then what it is called."""
    typed = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    label = labels(model, path)
    return typed.removeprefix(".") + (f"（{label}）" if label else "")


def described(field: str) -> FieldPath:
    """The path of a field that a message names as `describe` does."""
    typed = field.partition("（")[0]
    steps = typed.replace("[", ".").replace("]", "").split(".")
    return tuple(int(step) - 1 if step.isdecimal() else step for step in steps if step)


def labels(model: type[BaseModel], path: FieldPath) -> str:
    """What a field is called, and before it what it is a part of."""
    found = []
    current: type[BaseModel] | None = model
    for step in (step for step in path if isinstance(step, str)):
        spec = specs(current).get(step) if current else None
        if spec:
            found.append(spec.label)
        current = spec.model if spec else None
    return "·".join(found)


def project(record: Any, circle: Audience) -> Any:
    """The record as `circle` may see it: narrower fields are put back to their defaults."""
    changes: dict[str, Any] = {}
    model: type[BaseModel] = type(record)
    for spec in specs(model).values():
        value = getattr(record, spec.name)
        if not spec.audience.reaches(circle):
            if value != spec.default:
                changes[spec.name] = spec.default
        elif spec.model and value is not None:
            seen = (
                tuple(project(item, circle) for item in value)
                if isinstance(value, tuple)
                else project(value, circle)
            )
            if seen != value:
                changes[spec.name] = seen
    return record.model_copy(update=changes) if changes else record


def without(record: Any, paths: Iterable[FieldPath]) -> Any:
    """The record without these parts; None where it cannot do without them all.

    A part that cannot be left out alone takes with it the group of fields or the item that it
    stands in.
    """
    changes: dict[str, Any] = {}
    model: type[BaseModel] = type(record)
    by_name: dict[str, list[FieldPath]] = {}
    for name, *rest in paths:
        by_name.setdefault(str(name), []).append(tuple(rest))
    for name, rests in by_name.items():
        spec, value = specs(model)[name], getattr(record, name)
        left = _tuple_without(value, rests) if isinstance(value, tuple) else _less(value, rests)
        if not left and spec.is_required:
            return None
        changes[name] = spec.default if left is None else left
    return record.model_copy(update=changes) if changes else record


def _tuple_without(value: tuple[Any, ...], paths: list[FieldPath]) -> tuple[Any, ...]:
    if () in paths:
        return ()
    by_item: dict[int, list[FieldPath]] = {}
    for number, *rest in paths:
        by_item.setdefault(int(number), []).append(tuple(rest))
    left = (_less(item, by_item[n]) if n in by_item else item for n, item in enumerate(value))
    return tuple(item for item in left if item is not None)


def _less(value: Any, paths: list[FieldPath]) -> Any:
    return None if () in paths else without(value, paths)


def as_typed(value: Any) -> Typed:
    """A value as YAML has it typed; a group of fields without those left at their defaults."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Choice | PartialDate | datetime.date):
        return str(value)
    if isinstance(value, tuple):
        return [as_typed(item) for item in value]
    if isinstance(value, Model):
        fields = {
            spec.name: (getattr(value, spec.name), spec.default)
            for spec in specs(type(value)).values()
        }
        return {
            name: as_typed(own)
            for name, (own, default) in fields.items()
            if own is not None and own != default
        }
    return str(value)
