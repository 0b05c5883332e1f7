"""What a file holds, as a digest: equal for equal bytes only."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
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


def digest_of_files(files: Mapping[str, bytes | None] | Mapping[Path, bytes | None]) -> str:
    """One digest of files that are to be written, by path; nothing stands for one that goes.

    Whoever agreed to what was shown has agreed to files of this digest and to no others.
    """
    whole = hashlib.sha256()
    for path, content in sorted((str(path), content) for path, content in files.items()):
        whole.update(f"{path}\0{'' if content is None else len(content)}\0".encode())
        whole.update(content or b"")
    return whole.hexdigest()


@functools.lru_cache(maxsize=4096)
def _digest(file: Path, size: int, time: int) -> str:  # noqa: ARG001 - they tell files apart
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
