"""The wording that each record was last approved with, for as long as another awaits approval.

It stands in data/approved.jsonl, one record a line, written by the program alone: it is backed up
and copied with the data and shown on no page. A record says by its digest which wording is meant;
without the digest, as where somebody has taken the approval out, nothing is kept for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from boards.board.board import MODELS, Approval, Board
from boards.board.folder import KEPT
from boards.records import Audience, Photo, Record, Talk
from boards.records.schema import as_typed, leaves, specs
from boards.records.seal import seal
from boards.records.work import CasePhoto

Key = tuple[str, str]
"""Table and id of a record."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it was approved: what an approval is about, and its steps."""

    record: Record
    pictures: Mapping[str, str]
    """The digest of every picture, by its path."""
    line: str
    """As it stands in the file."""

    @property
    def digest(self) -> str:
        """What it was approved by."""
        return seal(self.record, lambda path: self.pictures.get(path, ""))


def read_kept(data: Path) -> dict[Key, Kept]:
    """What is kept below `data`; a line that is not as it was written is none."""
    try:
        text = (data / KEPT).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return {}
    found = {}
    for line in text.split("\n"):  # a text may hold other ends of lines
        kept = _read(line)
        if kept is not None:
            found[(kept.record.table, kept.record.id)] = kept
    return found


def _read(line: str) -> Kept | None:
    try:
        said = json.loads(line)
        record = MODELS[said["table"]].model_validate(said["record"])
        pictures = {str(path): str(digest) for path, digest in said["pictures"].items()}
    except (ValueError, LookupError, TypeError, AttributeError, ValidationError):
        return None
    if not isinstance(record, Record) or record.review is None:
        return None
    kept = Kept(record, pictures, line)
    return kept if kept.digest == record.review.approved_content else None


def keep(board: Board) -> bytes:
    """What is to stand in the file for a board as it is now.

    The wording of every approved record, and of those changed since what was kept of them before.
    """
    before = read_kept(board.data)
    lines = []
    for record in board.records():
        key = (record.table, record.id)
        if board.is_approved(record) and not record.sample:
            lines.append(_line(board, record))
        elif key in before and before[key].digest == _digest(record):
            lines.append(before[key].line)
    return "".join(f"{line}\n" for line in sorted(lines)).encode("utf-8")


def _line(board: Board, record: Record) -> str:
    meant = [spec.name for spec in specs(type(record)).values() if spec.approved]
    fields = {name: getattr(record, name) for name in (*meant, "review")}
    typed = as_typed(type(record).model_construct(**fields))
    pictures = {path: board.picture(path) for path in _pictures(record)}
    said = {"table": record.table, "record": typed, "pictures": pictures}
    return json.dumps(said, ensure_ascii=False)


def _pictures(record: Record) -> list[str]:
    return [leaf.value for leaf in leaves(record) if leaf.approved and leaf.spec.picture]


def _digest(record: Record) -> str | None:
    return record.review.approved_content if record.review else None


def last_approved(board: Board) -> dict[Key, Record]:
    """For records that were changed after their approval, the wording of it, as it may stand now.

    What every build asks anew is as it is now: consent, departures, a narrower circle. A picture
    or talk that was taken out is out at once, and so is a picture that was replaced, or of which
    somebody else is said to be in it: who is not there any more may have asked for it.
    """
    changed = {
        (row.table, row.id): row
        for row in board.records()
        if not row.sample and board.approval(row) is Approval.CHANGED
    }
    kept = read_kept(board.data) if changed else {}
    return {
        key: _as_now(board, now, kept[key])
        for key, now in changed.items()
        if key in kept and kept[key].digest == _digest(now)
    }


def _as_now(board: Board, now: Record, kept: Kept) -> Record:
    changes: dict[str, Any] = {}
    for spec in specs(type(now)).values():
        value = getattr(kept.record, spec.name)
        if spec.name == "audience":
            value = min(value, now.audience, key=[*Audience].index)
        if spec.approved or spec.name == "review":
            changes[spec.name] = _still_there(board, kept, value, getattr(now, spec.name))
    return now.model_copy(update=changes)


def _still_there(board: Board, kept: Kept, value: Any, now: Any) -> Any:
    """A value of a field without pictures and talks that the record no longer has."""
    if not isinstance(value, tuple):
        return value if _is_there(board, kept, value, [now]) else None
    return tuple(part for part in value if _is_there(board, kept, part, now))


def _is_there(board: Board, kept: Kept, value: Any, now: Iterable[Any]) -> bool:
    if isinstance(value, Talk):
        return value.member in {talk.member for talk in now}
    if not isinstance(value, Photo):
        return True
    there = [(board.picture(row.file), _people(row)) for row in now if isinstance(row, Photo)]
    seen = board.picture(value.file)
    return seen == kept.pictures.get(value.file) and (seen, _people(value)) in there


def _people(photo: Photo) -> tuple[str, ...]:
    return photo.people if isinstance(photo, CasePhoto) else ()
