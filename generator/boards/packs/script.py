"""The traditional edition of a write-up: every text converted, names left as they are."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import Any

from boards.board.board import Board
from boards.records import Shared
from boards.records.base import Model
from boards.records.declared import Trait
from boards.records.schema import FieldSpec, specs
from boards.records.shared import Unit


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


def _mapped(value: Any, converted: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_mapped(item, converted) for item in value)
    if isinstance(value, Model) and not isinstance(value, Unit):
        words = [spec.name for spec in specs(type(value)).values() if _is_wording(spec)]
        changes = {name: _mapped(getattr(value, name), converted) for name in words}
        return value.model_copy(update=changes)
    return converted(value) if type(value) is str else value


def _is_wording(spec: FieldSpec) -> bool:
    """Whether a field does more than name or address something."""
    return spec.is_prose and Trait.ID not in spec.traits


@functools.cache
def _converter() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - heavy

    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert
