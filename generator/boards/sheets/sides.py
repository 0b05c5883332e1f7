"""Whose words of a record are newer, the workbook's or the records', told field by field."""

from __future__ import annotations

from dataclasses import dataclass

from boards.records import Keyed
from boards.records.schema import specs
from boards.sheets.baseline import Agreed, marks


@dataclass(frozen=True, slots=True)
class Merged:
    """What a record becomes."""

    record: Keyed | None
    """None if it goes, or stays away."""
    is_kept: bool = False
    """Whether the records were changed since, where the workbook still shows what was."""
    clashes: tuple[str, ...] = ()
    """Fields that both have changed, each otherwise; without a name the record itself."""


def merged(old: Keyed | None, new: Keyed | None, agreed: Agreed | None) -> Merged:
    """A record of the records and of the workbook in one, by what they last agreed on.

    `old` and `new` differ. None stands for one that is not there.
    """
    if old and new:
        return _in_one(old, new, agreed)
    if old:
        return _gone_from_workbook(old, agreed)
    assert new
    if agreed is None or agreed.workbook is None:
        return Merged(new)
    if marks(new) == agreed.workbook:
        return Merged(None, is_kept=agreed.records is not None)
    return Merged(new) if agreed.records is None else Merged(None, clashes=("",))


def _gone_from_workbook(old: Keyed, agreed: Agreed | None) -> Merged:
    if agreed is None or agreed.workbook is None or agreed.records is None:
        return Merged(old, is_kept=agreed is None or marks(old) != agreed.records)
    return Merged(None) if marks(old) == agreed.records else Merged(old, clashes=("",))


def _in_one(old: Keyed, new: Keyed, agreed: Agreed | None) -> Merged:
    typed, kept = marks(new), marks(old)
    then = (agreed.workbook or {} if agreed else {}), (agreed.records or {} if agreed else {})
    taken: dict[str, object] = {}
    clashes = []
    is_kept = False
    for name in specs(type(new)):
        if typed.get(name) == kept.get(name):
            continue
        in_workbook, in_records = (side.get(name) for side in then)
        if agreed and typed.get(name) == in_workbook:
            is_kept = is_kept or kept.get(name) != in_records
        elif agreed and kept.get(name) == in_records:
            taken[name] = getattr(new, name)
        else:
            clashes.append(name)
    record = old.model_copy(update=taken) if taken else old
    return Merged(record, is_kept, tuple(clashes))
