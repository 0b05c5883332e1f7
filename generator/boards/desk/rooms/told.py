"""What the page of a form is told while somebody types into it."""

from __future__ import annotations

from typing import Any

from boards.board.board import MODELS, Board
from boards.desk.drafts import Draft
from boards.desk.live import may_stand_on_posters, page_of
from boards.desk.office import Office
from boards.desk.reading import in_words
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
        "clashes": [_clash(trial.after.board, draft.table, row) for row in trial.clashes],
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


def _clash(board: Board, table: str, row: Clash) -> dict[str, str]:
    """A field of which two versions are shown; there may be nothing in one of them."""
    mine, theirs = (in_words(board, MODELS[table], row.name, of) for of in (row.mine, row.theirs))
    return {
        "control": f"{TAKE}{row.name}",
        "label": row.label,
        "mine": mine or "（空）",
        "theirs": theirs or "（空）",
        "take_mine": MINE,
        "take_theirs": THEIRS,
    }
