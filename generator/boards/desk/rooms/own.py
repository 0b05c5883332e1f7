"""The desk's own settings: who sits at it."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend.samples import samples
from boards.desk.office import Office
from boards.desk.settings import keep_settings

_LONGEST = 30


def show(office: Office, request: Request, _: FormData) -> Response:
    """The settings of the site and of the desk."""
    there = office.desk.look().board.branches
    branch = f"record/branches/{next(iter(there))}" if len(there) == 1 else "ledger/branches"
    kept = "kept" in request.query_params
    return office.page(
        "settings",
        "settings.html",
        address=office.settings,
        branch=branch,
        samples=len(samples(office.desk.look().board)),
        kept=kept,
    )


def keep(office: Office, _: Request, form: FormData) -> Response:
    """Keep who sits here."""
    who = " ".join(str(form.get("who", "")).split())[:_LONGEST]
    keep_settings(office.root, replace(office.settings, who=who))
    return office.to("settings?kept=1")
