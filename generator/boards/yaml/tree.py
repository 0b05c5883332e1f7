"""What a YAML file holds, with the place of every value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A value of the file with its position: text, a list of nodes or a dict of nodes."""

    value: str | list[Node] | dict[str, Node]
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    style: str = ""
    """How it is typed: `"`, `'`, `|`, `>`, `[` (a list or dict in brackets), or nothing."""
    end: tuple[int, int] = (0, 0)
    """Line and column after it, as the parser tells them; of no use for lists and dicts in lines.
    """

    def plain(self) -> Any:
        """The value without positions, as the schema reads it."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def key_position(self, path: Path_) -> tuple[int, int]:
        """Line and column of the name of the field that `path` ends in."""
        node = self
        for step in path[:-1]:
            if isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
        return node.keys.get(str(path[-1]), (node.line, node.column))

    def position(self, path: Path_) -> tuple[int, int]:
        """Line and column of what `path` names, or of the nearest thing above it that exists."""
        node = self
        line, column = self.line, self.column
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                line, column = node.keys[str(step)]
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line, column = node.line, node.column
            else:
                break
        else:
            if isinstance(node.value, str):
                line, column = node.line, node.column
        return line, column
