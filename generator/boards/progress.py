"""How work that takes a while says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


def silent(done: int, total: int) -> None:
    """For those who do not want to know."""
