"""Files that the desk has made, handed out: posters, sheets, packs; and the branch's photos."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.desk.office import Office, file_answer
from boards.media import cache_of, ingest
from boards.pixels.decode import PhotoRefused

FOLDERS = ("posters", "approvals", "meetings", "share")
"""What the commands write into, beside data."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to open or save."""

    name: str
    link: str
    """Below the desk's path."""


def made_of(office: Office, files: Iterable[Path]) -> tuple[MadeFile, ...]:
    """Files that were just written into one of these folders, as they are handed out."""
    found = []
    for file in files:
        place = file.resolve().relative_to(office.root).as_posix()
        found.append(MadeFile(file.name, f"files/{quote(place)}"))
    return tuple(found)


def made_named(office: Office, folder: str, names: Iterable[str]) -> tuple[MadeFile, ...]:
    """Files of one of these folders that an address names, those that are there."""
    there = {file.name: file for file in (office.root / folder).glob("*")}
    return made_of(office, (there[name] for name in names if name in there))


def hand_out(office: Office, request: Request, _: FormData) -> Response:
    """A file of one of these folders, and nothing else of the disk."""
    name = request.path_params["path"]
    wanted = (office.root / name).resolve()
    inside = any(wanted.is_relative_to(office.root / folder) for folder in FOLDERS)
    if not inside or not wanted.is_file():
        return office.missing()
    answer = file_answer(wanted, wanted.name)
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(wanted.name)}"
    return answer


def photo(office: Office, request: Request, _: FormData) -> Response:
    """A photo that some record or form names, drawn small; never the file itself."""
    name = request.path_params["path"]
    data = office.root / "data"
    wanted = (data / "media" / name).resolve()
    if not wanted.is_relative_to((data / "media").resolve()) or not wanted.is_file():
        return office.missing()
    try:
        small = ingest(wanted, cache_of(data)).small
    except PhotoRefused:
        return office.missing()
    return file_answer(small.path, small.path.name)
