"""What the desk has saved, one line each: who changed which record when, from what into what."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.amend import Value

FILE = Path("desk") / "history.jsonl"
"""Below a site's folder, and no part of the records."""

Whole = Mapping[str, Value]
"""A record as its file has it, without its id."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One record as it was and as it was saved."""

    number: int
    at: str
    who: str
    table: str
    id: str
    kind: str
    title: str
    before: Whole | None
    """None if it was not there."""
    after: Whole | None
    """None if it was taken away."""
    undoes: int = 0
    """The number of what this one took back; 0 if it took back nothing."""

    @property
    def said(self) -> str:
        """What was done, in a word."""
        if self.undoes:
            return "撤销"
        if self.before is None:
            return "新登记"
        return "删除" if self.after is None else "修改"


def read(root: Path) -> list[Saved]:
    """All that was saved, the earliest first, without lines that a power cut left in pieces."""
    try:
        lines = (root / FILE).read_bytes().split(b"\n")
    except OSError:
        return []
    found: list[Saved] = []
    for line in lines:
        try:
            told: dict[str, Any] = json.loads(line)
            found.append(Saved(**{**told, "number": len(found) + 1}))
        except (ValueError, TypeError):
            continue
    return found


@contextmanager
def noted(root: Path, rows: Iterable[Saved]) -> Iterator[None]:
    """Write more lines, on the disk before what they tell of is done; raises OSError.

    If that fails they are taken out again: cutting a file short needs no room on a disk.
    """
    file = root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.stat().st_size if file.exists() else 0
    try:
        with file.open("ab") as opened:
            if before and not _ends_a_line(file):
                opened.write(b"\n")  # a line that was cut off spoils only itself
            opened.writelines(map(_line, rows))
            opened.flush()
            os.fsync(opened.fileno())
        yield
    except BaseException:
        if file.exists():
            os.truncate(file, before)
        raise


def _line(saved: Saved) -> bytes:
    told = {name: getattr(saved, name) for name in Saved.__slots__ if name != "number"}
    return (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8")


def _ends_a_line(file: Path) -> bool:
    with file.open("rb") as opened:
        opened.seek(-1, os.SEEK_END)
        return opened.read(1) == b"\n"
