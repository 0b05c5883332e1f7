"""A field's value as the text of a cell, and as it is typed in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boards.board import naming
from boards.board.board import Board
from boards.errors import listing
from boards.records.choices import Choice
from boards.records.schema import Typed as Value
from boards.records.schema import as_typed
from boards.records.understood import folded
from boards.sheets.columns import TABLES, Column

Names = Mapping[str, Mapping[str, tuple[str, ...]]]
"""What the records of each table are called, by table and id; roles by `roles_of` their zone."""


class Refused(Exception):
    """A cell that cannot be taken: what was found, and what to do."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.found = found
        self.hint = hint


def roles_of(zone: str) -> str:
    """The table of `Names` that holds a zone's roles."""
    return f"zones/{zone}"


def names_of(board: Board) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the board's records are called."""
    names: dict[str, dict[str, tuple[str, ...]]] = {
        table: {key: naming.names_of(row) for key, row in board.table(table).items()}
        for table in TABLES
    }
    for zone in board.zones.values():
        names[roles_of(zone.id)] = {role.id: (role.name,) for role in zone.roles}
    return names


@dataclass(frozen=True, slots=True)
class Wording:
    """Cells in the words of one board."""

    names: Names
    branch: str
    """The branch's own name, which holders of honours may be."""

    def shown(self, column: Column, value: Any, zone: str) -> str:
        """The text of a cell; `zone` is the row's own, for its role."""
        if value is None:
            return ""
        if column.many:
            return "\n".join(self._one(column, item, zone) for item in value)
        return self._one(column, value, zone)

    def _one(self, column: Column, value: Any, zone: str) -> str:
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Choice):
            return value.label
        if column.reference or column.is_role:
            return self.named(column, str(value), zone)
        return str(as_typed(value))

    def named(self, column: Column, key: str, zone: str = "") -> str:
        """An id with the name it stands for: `zhu-jun-wen 祝君文`."""
        called = next(iter(self._called(column, zone).get(key, ())), key)
        return key if called == key else f"{key} {called}"

    def _called(self, column: Column, zone: str) -> Mapping[str, tuple[str, ...]]:
        if column.is_role:
            return self.names.get(roles_of(zone), {})
        assert column.reference
        own = naming.ready_names(column.reference, self.branch)
        tables = (self.names.get(name, {}) for name in reversed(column.reference.tables))
        return {**own, **{key: called for rows in tables for key, called in rows.items()}}

    def typed_cell(self, column: Column, text: str, zone: str) -> Value:
        """What a cell's text is in YAML; anything unknown stays as it is, for the schema to refuse.

        Raises Refused where an id and the name beside it do not belong together.
        """
        if column.many:
            return [self._typed(column, line, zone) for line in text.strip("\n").split("\n")]
        return self._typed(column, text, zone)

    def _typed(self, column: Column, text: str, zone: str) -> str:
        word = text.strip("\n")  # as the schema reads one line
        if column.is_flag:
            return {"是": "true", "否": "false"}.get(word, text)
        if column.choices:
            return {choice.label: str(choice) for choice in column.choices}.get(word, text)
        if column.reference or column.is_role:
            return _id_in(word, self._called(column, zone))
        return text


def _id_in(text: str, called: Mapping[str, tuple[str, ...]]) -> str:
    """The id that is meant by an id, by an id with its name, or by a name that only one has."""
    if text in called:
        return text
    if text != text.strip():
        raise Refused("内容前后有空格（可能是全角空格）", f"去掉空格：{text.strip()}")
    key, _, name = text.partition(" ")
    if key in called and name:
        if name not in called[key]:
            found = f"编号“{key}”是“{called[key][0]}”，和后面写的“{name[:20]}”对不上"
            raise Refused(found, "从下拉里重新选，或只写编号")
        return key
    meant = folded(text)
    same = [key for key, names in called.items() if meant in map(folded, names)]
    if len(same) > 1:
        raise Refused(f"叫“{text}”的不止一个", f"写其中一个编号：{listing(same)}")
    return same[0] if same else text
