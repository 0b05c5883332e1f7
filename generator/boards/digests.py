"""What a file holds, as a digest: equal for equal bytes only."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path


def digest_of(file: Path) -> str:
    """The SHA-256 of a file's bytes; empty if it cannot be read.

    A process reads a file once as long as its size and time stay the same.
    """
    try:
        facts = file.stat()
        return _digest(file, facts.st_size, facts.st_mtime_ns)
    except OSError:
        return ""


@functools.lru_cache(maxsize=4096)
def _digest(file: Path, size: int, time: int) -> str:  # noqa: ARG001 - they tell files apart
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
