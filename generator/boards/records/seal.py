"""What an approval was given for: a digest of the content, so that later changes are noticed."""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Callable
from typing import TypeAlias

from boards.records.base import Record
from boards.records.schema import REMEMBERED, leaves

Pictures: TypeAlias = Callable[[str], str]
"""What a picture shows, as the SHA-256 of its bytes, by the path that stands in a record."""


def seal(record: Record, pictures: Pictures) -> str:
    """Sixteen characters that change with what readers may see of a record, or who they are.

    Which fields an approval is about is said where they are declared. Fields at their defaults do
    not count, so that a schema with new ones unsettles no approval.
    """
    return _seal(record, tuple(map(pictures, _shown(record))))


@functools.lru_cache(REMEMBERED)
def _shown(record: Record) -> tuple[str, ...]:
    """The paths of the pictures that an approval of a record is about."""
    return tuple(leaf.value for leaf in leaves(record) if leaf.spec.picture and leaf.approved)


@functools.lru_cache(REMEMBERED)
def _seal(record: Record, pictures: tuple[str, ...]) -> str:
    digest = hashlib.sha256(record.table.encode())
    shown = iter(pictures)
    for leaf in leaves(record):
        if not leaf.approved:
            continue
        seen = next(shown) if leaf.spec.picture else leaf.value
        if not leaf.is_default:
            digest.update(f"\n{leaf.path} {seen}".encode())
    return digest.hexdigest()[:16]


def is_one_person(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, however they are spaced and wide."""
    return _folded(one) == _folded(other) != ""


@functools.lru_cache(REMEMBERED)
def _folded(name: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", name or "").split())
