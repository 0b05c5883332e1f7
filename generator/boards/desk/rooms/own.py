"""The desk's own settings: who sits at it."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.desk.office import Office
from boards.desk.settings import keep_settings

_LONGEST = 30


def show(office: Office, _: Request, __: FormData) -> Response:
    """The settings of the site and of the desk."""
    return office.page("settings", "settings.html", address=office.settings)


def keep(office: Office, _: Request, form: FormData) -> Response:
    """Keep who sits here."""
    who = " ".join(str(form.get("who", "")).split())[:_LONGEST]
    keep_settings(office.root, replace(office.settings, who=who))
    return office.to("settings")
