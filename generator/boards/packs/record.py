"""A write-up as the file that travels: one canonical form, so passing it on changes nothing."""

from __future__ import annotations

from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from boards.errors import Place, Problem
from boards.records import Shared
from boards.records.refusals import refusals
from boards.records.schema import describe, spec_at, specs
from boards.yaml.source import parse_yaml

RECORD = "record.yml"


class _Writer(yaml.SafeDumper):
    """Text in blocks where it has several lines, nothing shortened by reference."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's interface
        """Never write an anchor: readers refuse them."""
        return True


def _text(writer: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value else None
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Writer.add_representer(str, _text)


def to_yaml(shared: Shared) -> bytes:
    """The record's one form: fields in the order of the schema, empty ones left out."""
    content = _plain(shared)
    del content["id"]  # it is the key, or in a received folder the folder's name
    text = yaml.dump(content, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10**6)
    return str(text).encode("utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        found = {name: getattr(value, name) for name in specs(type(value))}
        return {name: _plain(item) for name, item in found.items() if item not in (None, ())}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value)


def from_yaml(
    content: bytes, shown_as: str, record_id: str | None = None
) -> tuple[Shared | None, list[Problem]]:
    """Read a record that came from outside, as strictly as any; nothing but UTF-8 is taken."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None, [Problem(Place(shown_as), "不是 UTF-8 文字", "请对方重新导出")]
    document = parse_yaml(text, shown_as)
    if document.root is None or not isinstance(document.root.value, dict) or document.problems:
        incomplete = Problem(Place(shown_as), "内容不完整", "请对方重新导出")
        return None, document.problems or [incomplete]
    fields = document.root.plain()
    try:
        key = str(fields.get("key", ""))
        return Shared.model_validate({"id": record_id or key, **fields}), []
    except ValidationError as error:
        problems = []
        for path, found, cure in refusals(Shared, error):
            known = spec_at(Shared, path) is not None
            line, column = document.root.position(path) if known else (1, 1)
            place = Place(shown_as, line, column)
            problems.append(Problem(place, found, cure, Shared.kind, describe(Shared, path)))
        return None, problems
