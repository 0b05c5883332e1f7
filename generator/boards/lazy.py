"""A value that is found when somebody first asks for it, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Lazy(Generic[Value]):
    """Calls `find` when it is asked, then lets go of it and of all that it was to look at.

    Two are equal if their values are. If two threads ask at once, both may look, and find the same.
    """

    __hash__ = None  # type: ignore[assignment]  # of what is equal by value, and not found yet

    def __init__(self, find: Callable[[], Value]) -> None:
        self._find: Callable[[], Value] | None = find
        self._found: tuple[Value] | None = None

    def __call__(self) -> Value:
        """The value."""
        find = self._find
        if self._found is None:
            assert find is not None
            self._found = (find(),)
            self._find = None
        return self._found[0]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Lazy) and bool(self() == other()))
