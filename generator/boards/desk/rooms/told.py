"""What the page of a form is told while somebody types into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from boards.amend import Value
from boards.board.board import MODELS
from boards.desk.drafts import Draft
from boards.desk.live import may_stand_on_posters, page_of
from boards.desk.office import Office
from boards.desk.said import cure_of
from boards.desk.saving import MINE, TAKE, THEIRS, Clash, Trial
from boards.errors import Problem
from boards.records import Keyed


def told_of(office: Office, draft: Draft, trial: Trial) -> dict[str, Any]:
    """What stands against saving a form, and where it is seen what it looks like."""
    record = meant(draft, trial)
    shown = office.live.show(draft, trial.after, record)
    sound = not (trial.refused or trial.whole)
    waits = office.desk.photos.progress.said
    page = f"{office.at}/live/{draft.name}/{shown.number}/{page_of(record)}"
    return {
        "refused": dict(trial.refused),
        "kept": dict(trial.form.kept),
        "whole": trial.whole,
        "elsewhere": [_where(office, trial, row) for row in trial.elsewhere],
        "clashes": [_clash(row) for row in trial.clashes],
        "changed": trial.meant is not None,
        "can_be_saved": trial.can_be_saved,
        "lapses": trial.lapses,
        "waits": waits,
        "page": page if sound and not waits else "",
        "has_posters": bool(record and sound and may_stand_on_posters(draft.table)),
        "picture": f"{office.at}/picture/{draft.name}/{shown.number}",
    }


def meant(draft: Draft, trial: Trial) -> Keyed | None:
    """The record that a form is of, as it would be."""
    rows = trial.after.board.table(draft.table)
    key = trial.meant.id if trial.meant else draft.id
    return rows.get(key) or rows.get(MODELS[draft.table].natural_id(trial.form.values) or "")


def _where(office: Office, trial: Trial, row: Problem) -> dict[str, str]:
    """What would be wrong with another record, with the way there."""
    keys = trial.after.board.records_at([row.place])
    link = next((f"{office.at}/record/{table}/{key}" for table, key in keys), "")
    return {"said": f"{row.record} {row.label}：{row.found}；{cure_of(row)}", "link": link}


def _clash(row: Clash) -> dict[str, str]:
    return {
        "control": f"{TAKE}{row.name}",
        "label": row.label,
        "mine": _told(row.mine),
        "theirs": _told(row.theirs),
        "take_mine": MINE,
        "take_theirs": THEIRS,
    }


def _told(value: Value | None) -> str:
    """A value as people compare it."""
    if value is None:
        return "（空）"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "；".join(f"{_told(part)}" for part in value.values())
    return "、".join(_told(part) for part in value)
