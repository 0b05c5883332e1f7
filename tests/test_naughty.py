"""Every text field of every record takes, or refuses in words, what breaks other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from boards.board.board import MODELS
from boards.errors import Problem, worded
from boards.records.schema import specs
from boards.records.terms import Terms
from boards.records.typed import FAULT
from canary import is_text
from full_site import Slot, slots, spoiled, typed_in, untouched, write_site
from harmless import (
    Refused,
    Shape,
    assert_harmless,
    bounded,
    shape_of_all,
    surfaces_of,
)
from helpers import write_tree
from naughty import ALL, NAUGHTY

pytestmark = pytest.mark.slow  # and of no day


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("naughty"))


@pytest.fixture(scope="module")
def usual(root: Path) -> Shape:
    return shape_of_all(surfaces_of(root))


def fields() -> dict[tuple[str, str], Slot]:
    """One slot for each field of each model."""
    found: dict[tuple[str, str], Slot] = {}
    for slot in slots():
        found.setdefault((slot.model.__name__, slot.name), slot)
    return found


def text_fields(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Every field of a model that takes text, nested ones included."""
    for spec in specs(model).values():
        if spec.model:
            yield from text_fields(spec.model)
        elif is_text(model, spec.name):
            yield model.__name__, spec.name


NAMED_BY_FILE = ("Article", "Case", "Message", "Month", "Print", "Quarter", "Shared")
"""Records whose id is the name of their file, or made of their fields."""
LEFT_OUT = {
    ("Article", "case"), ("FontSettings", "song"), ("FontSettings", "hei"), ("Message", "source"),
    ("Month", "source"), ("Outcome", "statement"), ("SharedFigure", "alt"),
    ("SharedFigure", "caption"), ("SharedFigure", "credit"), ("OwnFigure", "count"),
    *(("Terms", name) for name in Terms.model_fields if name != "weekday"),
    *((name, "id") for name in NAMED_BY_FILE),
}  # fmt: skip
"""References, names of typefaces, words of a few characters, and what would need files."""


def test_every_text_field_of_the_schema_is_tried() -> None:
    wanted = {found for model in MODELS.values() for found in text_fields(model)}
    assert wanted - fields().keys() == LEFT_OUT
    assert len(wanted) > 150
    assert len(NAUGHTY) >= 18 and len(ALL) >= 100


@pytest.mark.parametrize("model", sorted({slot.model.__name__ for slot in slots()}))
def test_every_field_takes_or_refuses_every_string_in_words(model: str) -> None:
    for slot in fields().values():
        if slot.model.__name__ != model:
            continue
        for _, text in ALL:
            value = text if slot.path[-1] == slot.name else (text,)
            try:
                slot_adapter(slot).validate_python(value)
            except ValidationError as error:
                for fault in error.errors():
                    if fault["type"] == "too_short":
                        continue  # worded by `records.refusals`
                    assert fault["type"] == FAULT, (str(slot), text, fault)
                    assert fault["ctx"]["found"].strip() and worded(fault["ctx"]["cure"]).strip()


def slot_adapter(slot: Slot) -> TypeAdapter[Any]:
    """What reads a slot's field."""
    info = slot.model.model_fields[slot.name]
    parts = (info.annotation, *info.metadata)
    return TypeAdapter(Annotated[parts] if info.metadata else info.annotation)


def takes(slot: Slot, text: str) -> bool:
    """Whether a field takes a text by itself; ids and references only take what is there."""
    if slot.name in ("id", "role") or specs(slot.model)[slot.name].reference:
        return False
    listed = slot.path[-1] != slot.name
    try:
        value = slot_adapter(slot).validate_python((text,) if listed else text)
    except ValidationError:
        return False
    return isinstance(value[0] if listed else value, str)


@pytest.mark.parametrize("kind", NAUGHTY)
def test_no_kind_of_text_does_harm_in_any_field(kind: str, root: Path, usual: Shape) -> None:
    """All fields at once, each with a string of the kind; those that are refused, left out."""
    texts = NAUGHTY[kind]
    asked = [(slot, texts[n % len(texts)]) for n, slot in enumerate(fields().values())]
    changes = {slot: text for slot, text in asked if takes(slot, text)}
    names = {slot.file for slot, _ in asked}
    while changes:
        files = spoiled(changes)
        write_tree(root, {**untouched(names), **files})
        try:
            with bounded():
                made = surfaces_of(root, packs=1)
        except Refused as refused:
            changes = without(changes, files, refused.problems)
            continue
        assert_harmless(made, usual)
        break
    write_tree(root, {**untouched(names)})


def without(
    changes: dict[Slot, str], files: dict[str, str], problems: list[Problem]
) -> dict[Slot, str]:
    """The changes that no problem points at; if none does, all but those of the files at fault."""
    places = {(problem.place.path, problem.place.line) for problem in problems}
    kept = {
        slot: text
        for slot, text in changes.items()
        if not any(typed_in(slot, files, *place) for place in places)
    }
    if len(kept) == len(changes):
        at_fault = {path for path, _ in places}
        kept = {slot: text for slot, text in changes.items() if slot.file not in at_fault}
    assert len(kept) < len(changes), problems
    return kept
