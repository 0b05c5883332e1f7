"""What is being typed and not yet saved: kept beside the records until it is saved or dropped.

A draft survives a closed page, a crash and a power cut; each is a file of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.amend import Value
from boards.output import write_whole

FOLDER = Path("desk") / "drafts"
"""Below a site's folder, and no part of the records."""
_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was last seen."""

    table: str
    id: str
    """Of the record that is changed; empty for a new one."""
    name: str
    """Of the draft; of a new record there may be several."""
    title: str
    at: str
    """When it was typed, as people read it."""
    pairs: tuple[tuple[str, str], ...]
    """What stood in the form's controls."""
    base: dict[str, Value] | None
    """The record as it was when typing began; None for a new one."""


def draft_name(table: str, record_id: str) -> str:
    """What the draft of a record is called."""
    told = json.dumps([table, record_id])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:_LENGTH]


def new_name() -> str:
    """A name for the draft of a new record, of which there may be several."""
    return secrets.token_hex(_LENGTH // 2)


def is_name(text: str) -> bool:
    """Whether a draft can be called so."""
    return re.fullmatch(f"[0-9a-f]{{{_LENGTH}}}", text) is not None


def keep(root: Path, draft: Draft) -> None:
    """Write a draft down, whole or not at all; raises OSError."""
    told = {name: getattr(draft, name) for name in Draft.__slots__}
    text = json.dumps(told, ensure_ascii=False)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    file = root / FOLDER / f"{draft.name}.json"
    write_whole(file, text.encode("utf-8"), lasting=True)


def kept(root: Path, name: str) -> Draft | None:
    """The draft of this name, if there is one that can be read."""
    file = root / FOLDER / f"{name}.json"
    try:
        told: dict[str, Any] = json.loads(file.read_bytes())
        pairs = tuple((str(key), str(text)) for key, text in told.pop("pairs"))
        return Draft(pairs=pairs, **told)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def all_kept(root: Path) -> Iterator[Draft]:
    """Every draft, the latest first."""
    files = (root / FOLDER).glob("*.json")
    found = [draft for file in files if (draft := kept(root, file.stem))]
    return iter(sorted(found, key=lambda draft: draft.at, reverse=True))


def drop(root: Path, name: str) -> None:
    """Throw a draft away."""
    (root / FOLDER / f"{name}.json").unlink(missing_ok=True)
