"""Values as lines of YAML in the house style, such that `source` reads back what was given.

Quotes stand only where they are needed; long text stands in a block under `|`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pydantic import BaseModel

from boards.records import Audience, Model, Record
from boards.records.schema import FieldSpec, specs
from boards.yaml.source import parse_yaml

Value: TypeAlias = str | Sequence["Value"] | Mapping[str, "Value"]
"""What stands in YAML: every scalar is text."""

LONG = 60
"""Characters from which paragraphs stand in a block even if they are one line."""

_SAFE = re.compile(
    r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fffⅠ-Ⅻ，。、；：！？“”（）《》·—.-]*"
)
"""Text that YAML and a reader of the file take for nothing else."""
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def house_order(model: type[BaseModel]) -> list[str]:
    """The fields of a model as records list them: its own, then what guards every record."""
    guards = [name for name in specs(Record) if name != "id"] if issubclass(model, Record) else []
    return [*(name for name in specs(model) if name not in guards), *guards]


def entry(key: str, value: Value, column: int, spec: FieldSpec | None) -> list[str]:
    """A field at `column` (from 0); `spec` says which of its texts are paragraphs."""
    head = f"{' ' * column}{_text(key, 0, False)[0]}:"
    if isinstance(value, str):
        first, *rest = _text(value, column + 2, bool(spec and spec.markdown))
        return [f"{head} {first}", *rest]
    if isinstance(value, Mapping):
        return [head, *fields(value, column + 2, spec)] if value else [f"{head} {{}}"]
    lines = [line for part in value for line in item(part, column + 2, spec)]
    return [head, *lines] if lines else [f"{head} []"]


def item(value: Value, column: int, spec: FieldSpec | None) -> list[str]:
    """One value of a list whose dashes stand at `column`."""
    if isinstance(value, str):
        first, *rest = _text(value, column + 2, bool(spec and spec.markdown))
    elif isinstance(value, Mapping):
        first, *rest = fields(value, column + 2, spec) or ["{}"]
    else:
        first, *rest = [line for part in value for line in item(part, column + 2, spec)] or ["[]"]
    return [f"{' ' * column}- {first.strip(' ')}", *rest]


def rows_of(model: type[Model]) -> FieldSpec:
    """A list of records, described as a field would be."""
    return FieldSpec(
        "", "", "", Audience.PUBLIC, None,
        frozenset(), model=model, default=None, approved=True,
    )  # fmt: skip


def fields(value: Mapping[str, Value], column: int, spec: FieldSpec | None) -> list[str]:
    """A group of fields in the order given."""
    known = specs(spec.model) if spec and spec.model else {}
    return [
        line for key, part in value.items() for line in entry(key, part, column, known.get(key))
    ]


def bare(value: Value, spec: FieldSpec | None) -> Value:
    """A value as it is compared: paragraphs lose the line ends around them when read."""
    if isinstance(value, str):
        return value.strip("\n") if spec and spec.markdown else value
    if isinstance(value, Mapping):
        known = specs(spec.model) if spec and spec.model else {}
        return {key: bare(part, known.get(key)) for key, part in value.items()}
    return [bare(part, spec) for part in value]


def alike(one: Value, other: Value, spec: FieldSpec | None) -> bool:
    """Whether two values mean the same."""
    return bare(one, spec) == bare(other, spec)


def alike_fields(one: Mapping[str, Value], other: Mapping[str, Value], model: type[Model]) -> bool:
    """Whether two groups of fields mean the same."""
    return alike(one, other, rows_of(model))


def _same_prose(one: str, other: str) -> bool:
    return one.strip("\n") == other.strip("\n")


def _text(text: str, column: int, prose: bool) -> list[str]:
    """The first of the ways to write a text that is read back as it was."""
    if _SAFE.fullmatch(text) and not (prose and len(text) >= LONG):
        return [text]
    for lines in _ways(text, column, prose):
        document = parse_yaml("\n".join([f"k: {lines[0]}", *lines[1:], "z: z"]), "")
        found = document.root.plain() if document.root and not document.problems else None
        if isinstance(found, dict) and found.get("z") == "z":
            said = found.get("k")
            if isinstance(said, str) and (said == text or (prose and _same_prose(said, text))):
                return lines
    return [f'"{"".join(_ESCAPES.get(character, character) for character in text)}"']


def _ways(text: str, column: int, prose: bool) -> list[list[str]]:
    """How a person would write a text, best first; whether it can be read so is tried."""
    body = text.strip("\n") if prose else text.removesuffix("\n")
    if "\n" in text or (prose and len(text) >= LONG):
        pad = " " * max(column, 1)
        mark = "|" if prose or text.endswith("\n") else "|-"
        block = [mark, *(f"{pad}{line}" if line else "" for line in body.split("\n"))]
        short = [[body]] if prose and len(body) < LONG and "\n" not in body else []
        return [*short, block]
    ways = [[text]] if text == text.strip() else []
    if '"' not in text and "\\" not in text:
        ways.append([f'"{text}"'])
    return [*ways, [f"'{text.replace(chr(39), chr(39) * 2)}'"]]
