"""What stands in a site's folders, told apart by name, size and time of change.

Folders are looked at, not listened to: that works on shares, where systems notify nobody, and a
branch's records are few hundred files.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from boards.leftovers import is_unread

Signature = dict[str, tuple[int, int]]

_QUIET = 0.03
"""Seconds in which nothing may change for files to count as saved: programs write in pieces."""
_PATIENCE = 1.0
"""Seconds after which a file that never rests is read as it is."""


def signature(root: Path) -> Signature:
    """Size and time of change of all that a site is made of, by path."""
    found = {}
    for place in (root / "data", root / "content", root / "mkdocs.yml"):
        for path, facts in _files(place):
            found[path] = (facts.st_size, facts.st_mtime_ns)
    return found


def _files(place: Path) -> Iterator[tuple[str, os.stat_result]]:
    try:
        entries = list(os.scandir(place))
    except NotADirectoryError:
        yield str(place), place.stat()
        return
    except OSError:
        return
    for entry in entries:
        if is_unread(entry.name):
            continue
        try:
            if entry.is_dir():
                yield from _files(Path(entry.path))
            else:
                yield entry.path, entry.stat()
        except OSError:  # it went while we looked
            continue


def settled(root: Path, seen: Signature) -> Signature:
    """The signature once saving has come to rest; `seen` is what it was a moment ago."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        time.sleep(_QUIET)
        again = signature(root)
        if again == seen:
            break
        seen = again
    return seen
