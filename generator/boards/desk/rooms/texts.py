"""A faulty file as text, with the line marked and the cure said."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.amend import write
from boards.amend.textfile import TextFile
from boards.clock import build_date
from boards.desk.office import Office
from boards.digests import digest_of
from boards.errors import Problem

_ENDINGS = (".yml", ".md")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line."""

    line: int
    said: str
    cure: str


@dataclass(frozen=True, slots=True)
class TextView:
    """A file as it stands."""

    file: str
    text: str
    lines: int
    digest: str
    faults: tuple[Fault, ...]
    said: str
    saved: bool


def _file(office: Office, name: str) -> Path | None:
    """The file of this name, if it is one of the records; no other is ever opened."""
    file = (office.root / name).resolve()
    inside = any(file.is_relative_to((office.root / top).resolve()) for top in ("data", "content"))
    return file if inside and file.suffix in _ENDINGS and file.is_file() else None


def show(office: Office, request: Request, _: FormData) -> Response:
    """The text of a file of the records."""
    name = request.query_params.get("file", "")
    file = _file(office, name)
    if file is None:
        return office.missing()
    try:
        text = TextFile.of(file.read_bytes()).text
    except UnicodeDecodeError:
        said = "这个文件的编码认不出来；用记事本打开，另存为 UTF-8 再来"
        return office.page("today", "refused.html", HTTPStatus.CONFLICT, said=said, back="")
    return _page(office, name, text, digest_of(file), saved="saved" in request.query_params)


def _page(
    office: Office, name: str, text: str, digest: str, said: str = "", *, saved: bool = False
) -> Response:
    here = [row for row in office.desk.look().errors if row.place.path == name]
    view = TextView(name, text, text.count("\n") + 1, digest, _faults(here), said, saved)
    status = HTTPStatus.CONFLICT if said else HTTPStatus.OK
    return office.page("today", "text.html", status, view=view)


def _faults(problems: list[Problem]) -> tuple[Fault, ...]:
    return tuple(
        Fault(row.place.line, f"{row.record} {row.label}：{row.found}".strip(" ："), row.hint)
        for row in problems
    )


def keep(office: Office, _: Request, form: FormData) -> Response:
    """Save a file as it was typed, unless somebody else has changed it meanwhile."""
    name, text = str(form.get("file", "")), str(form.get("text", "")).replace("\r\n", "\n")
    file = _file(office, name)
    if file is None:
        return office.missing()
    with office.desk.writing():
        if digest_of(file) != str(form.get("digest", "")):
            said = "这个文件刚刚在别处改过；把下面写好的复制出来，重新打开，再改一次"
            return _page(office, name, text, digest_of(file), said)
        before = TextFile.of(file.read_bytes())
        lines = text.removesuffix("\n").split("\n")
        write({file: before.with_lines(lines)}, office.root, f"{build_date()}-desk")
    return office.to(f"text?file={name}&saved=1")
