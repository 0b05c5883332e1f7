"""The first minute: a folder without a site gets one, from six answers."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend.starter import (
    QUESTIONS,
    AnswerRefused,
    FolderRefused,
    make_site,
    proposed_answer,
    read_answer,
)
from boards.clock import build_date
from boards.desk.office import Office


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was answered, and what is wrong with that."""

    name: str
    label: str
    more: str
    """What is said of it besides."""
    example: str
    value: str
    refused: str
    may_be_empty: bool
    """Whether it follows from the others."""


def show(office: Office, _: Request, __: FormData) -> Response:
    """The six questions; nothing for a folder that has a site."""
    if office.has_site:
        return office.to("")
    return _page(office, {}, {})


def _page(
    office: Office, typed: dict[str, str], refused: dict[str, str], said: str = ""
) -> Response:
    rows = [
        Asked(
            name,
            *_halves(label),
            example,
            typed.get(name, ""),
            refused.get(name, ""),
            name in _FOLLOW,
        )
        for name, (label, example) in QUESTIONS.items()
    ]
    status = HTTPStatus.CONFLICT if refused or said else HTTPStatus.OK
    return office.page("first", "first.html", status, rows=rows, said=said)


def _halves(label: str) -> tuple[str, str]:
    """A label, and what stands in brackets behind it."""
    name, _, more = label.removesuffix("）").partition("（")
    return name, more


_FOLLOW = ("unit", "id")
"""Questions whose answers follow from the others where nothing is typed."""


def make(office: Office, _: Request, form: FormData) -> Response:
    """Make the site, with samples of everything."""
    if office.has_site:
        return office.to("")
    typed = {name: str(form.get(name, "")) for name in QUESTIONS}
    answers: dict[str, str] = {}
    refused: dict[str, str] = {}
    for name in QUESTIONS:
        follows = name in _FOLLOW and not typed[name].strip()
        if follows and refused:
            continue  # what it follows from is still to be said
        try:
            text = proposed_answer(name, answers) or "" if follows else typed[name]
            answers[name] = read_answer(name, text)
        except AnswerRefused as error:
            refused[name] = str(error)
    if refused:
        return _page(office, typed, refused)
    try:
        make_site(office.root, answers, build_date())
    except (AnswerRefused, FolderRefused) as error:
        return _page(office, typed, {}, str(error))
    return office.to("")
