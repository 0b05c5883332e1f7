"""The traditional edition of a write-up: every text converted, names left as they are."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import Any

from boards.board.board import Board
from boards.records import Shared
from boards.records.base import Model
from boards.records.schema import specs

_KEPT = {"id", "key", "schema_version", "unit", "file", "url", "zone", "type", "level", "basis"}
"""Fields that name or address something."""


def protected_words(board: Board) -> list[str]:
    """Names of people, faces and the branch, and what its keeper has listed; longest first."""
    branch = board.branch
    names = {row.name for row in board.members.values()}
    names |= {row.name for row in board.faces.values()}
    names |= {branch.name, branch.unit, branch.mine, branch.group, *branch.keep_script}
    return sorted(names, key=lambda name: (-len(name), name))


def to_traditional(shared: Shared, protected: Iterable[str]) -> Shared:
    """The same write-up in traditional characters, whatever stands in `protected` untouched."""
    words = [*protected, shared.unit.name, shared.unit.mine, shared.unit.group]
    pattern = re.compile("|".join(re.escape(word) for word in words if word))
    convert = _converter()

    def converted(text: str) -> str:
        kept = pattern.findall(text)
        parts = [convert(part) for part in pattern.split(text)]
        return "".join(part + name for part, name in zip(parts, [*kept, ""], strict=True))

    changed: Shared = _mapped(shared, converted)
    return changed


def _mapped(value: Any, converted: Callable[[str], str], name: str = "") -> Any:
    if name in _KEPT:
        return value
    if isinstance(value, Model):
        names = specs(type(value))
        return value.model_copy(update={n: _mapped(getattr(value, n), converted, n) for n in names})
    if isinstance(value, tuple):
        return tuple(_mapped(item, converted) for item in value)
    return converted(value) if type(value) is str else value


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - heavy

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert
