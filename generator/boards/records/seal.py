"""What an approval was given for: a digest of the content, so that later changes are noticed."""

from __future__ import annotations

import hashlib
import unicodedata

from boards.records.base import Record
from boards.records.schema import leaves, spec_at


def seal(record: Record) -> str:
    """Sixteen characters that change with what readers may read of a record, or who they are.

    Which fields an approval is about is said where they are declared. Fields at their defaults do
    not count, so that a schema with new ones unsettles no approval.
    """
    digest = hashlib.sha256(record.table.encode())
    for leaf in leaves(record):
        spec = spec_at(type(record), leaf.path)
        if leaf.approved and not (spec and leaf.value == spec.default):
            digest.update(f"\n{leaf.path} {leaf.value}".encode())
    return digest.hexdigest()[:16]


def is_changed(record: Record) -> bool:
    """Whether a record's content is no longer what was approved, as far as that was noted."""
    sealed = record.review.approved_content if record.review else None
    return sealed is not None and sealed != seal(record)


def is_one_person(one: str | None, other: str | None) -> bool:
    """Whether two names are the same, however they are spaced and wide."""
    return _folded(one) == _folded(other) != ""


def _folded(name: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", name or "").split())
