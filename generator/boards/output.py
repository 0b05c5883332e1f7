"""What we write: files whole or not at all, folders with a marker.

No folder without our marker is ever replaced, filled or removed.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from boards.leftovers import is_as_good_as_empty

MARKER = ".branch-boards"
"""Stands in every folder we wrote."""

OURS = "由 branch-boards 生成，可以整个删除\n"
"""What the marker says to whoever opens it."""


class RefusedTarget(Exception):
    """The folder to write to holds something that we did not write."""


def require_ours(target: Path) -> None:
    """Raise RefusedTarget unless a folder is absent, ours, or as good as empty."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise RefusedTarget(f"{target.name} 不是普通文件夹，请移走后再试")
    if not target.is_dir() or (target / MARKER).is_file():
        return
    if not is_as_good_as_empty(target):
        raise RefusedTarget(f"{target.name} 里有不是本程序生成的文件，请移走后再试")


def write_whole(file: Path, content: bytes, *, lasting: bool = False) -> None:
    """Put a file, and its folder, in place; who is interrupted leaves what stood there before.

    `lasting` is for what nobody could make again: it is on the disk before it takes the old one's
    place, so that a power cut leaves one of the two whole. Raises OSError that names `file`, with
    nothing half written left.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        error.filename, error.filename2 = str(file), None  # who is told knows no part of it
        raise
    finally:
        part.unlink(missing_ok=True)
