"""What columns were said to be, remembered for the next table with the same headings.

Only headings of columns that were brought in, or might have been, are kept; of those that may not
be, and of cells, nothing is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from boards.cache import home
from boards.intake.column_matching import NOT_WANTED
from boards.intake.layout import Layout
from boards.intake.vocabulary import forbidden, plain
from boards.output import write_whole

_FILE = Path("intake") / "columns.json"
_MOST = 200
"""Shapes of tables that are remembered; the oldest is forgotten first."""


def shape(table: str, headings: Sequence[str]) -> str:
    """What tables of a kind with the same headings have in common."""
    told = json.dumps([table, sorted(map(plain, headings))])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:24]


def meanings(root: Path, table: str, headings: Sequence[str]) -> Mapping[str, str]:
    """What each heading meant the last time; empty if such a table has not been brought in."""
    return _all(root).get(shape(table, headings), {})


def remember(root: Path, layout: Layout, chosen: Mapping[str, str]) -> None:
    """Note what somebody has said of columns; raises OSError."""
    headings = [column.heading for column in layout.blocks[0].columns]
    said = {
        plain(column.heading): column.field or column.second or NOT_WANTED
        for column in layout.columns
        if column.heading
        and not forbidden(column.heading)
        and column.may_be_chosen
        and ({column.letter, plain(column.heading)} & chosen.keys())
    }
    if not said:
        return
    known = _all(root)
    key = shape(layout.table, headings)
    known[key] = {**known.pop(key, {}), **said}
    kept = dict(list(known.items())[-_MOST:])
    file = home(root / "data") / _FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8"))


def _all(root: Path) -> dict[str, dict[str, str]]:
    try:
        kept = json.loads((home(root / "data") / _FILE).read_bytes())
        return {str(key): {str(k): str(v) for k, v in row.items()} for key, row in kept.items()}
    except (OSError, ValueError, AttributeError):
        return {}
