"""Posters: every one as a picture, made in any size, look and way of printing."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from boards.clock import build_date
from boards.desk.live import picture_of
from boards.desk.office import Office, file_answer
from boards.desk.rooms.files import MadeFile, made_of
from boards.desk.said import told
from boards.editions.editions import Edition, EditionName
from boards.errors import BoardError
from boards.formats import KINDS, OUTPUT, SHEETS, known_size, parse_size
from boards.looks import called_looks
from boards.posters.deliver import deliver
from boards.posters.room import posters_of
from boards.posters.views import Poster
from boards.posters.workshop import workshop
from boards.records import Profile


@dataclass(frozen=True, slots=True)
class PosterRow:
    """A poster in the list."""

    id: str
    title: str
    kind: str
    marks: tuple[str, ...]
    size: str
    found_by: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class OneView:
    """One poster, and how it can be made."""

    id: str
    title: str
    kind: str
    size: str
    sizes: tuple[Option, ...]
    looks: tuple[Option, ...]
    profiles: tuple[Option, ...]
    files: tuple[MadeFile, ...]
    said: str
    publish: bool


def _edition(*, publish: bool) -> Edition:
    return Edition(EditionName.PUBLISH if publish else EditionName.PREVIEW, build_date())


def show(office: Office, _: Request, __: FormData) -> Response:
    """Every poster that can be made now."""
    look = office.desk.look()
    rows: tuple[PosterRow, ...] = ()
    if not look.errors:
        rows = tuple(map(_row, posters_of(look.board, _edition(publish=False))[1]))
    kinds = tuple(Option(kind.id, kind.label) for kind in KINDS.values())
    return office.page("posters", "posters.html", rows=rows, kinds=kinds, faulty=bool(look.errors))


def _row(poster: Poster) -> PosterRow:
    kind = KINDS[poster.kind]
    found = f"{poster.title} {kind.label} {poster.id}".casefold()
    return PosterRow(poster.id, poster.title, kind.label, poster.marks, kind.default, found)


def one(office: Office, request: Request, _: FormData) -> Response:
    """One poster, to be looked at and made."""
    return _one(office, request.path_params["id"])


def _one(
    office: Office,
    poster_id: str,
    *,
    size: str = "",
    files: tuple[MadeFile, ...] = (),
    said: str = "",
    publish: bool = False,
) -> Response:
    look = office.desk.look()
    there = {} if look.errors else _there(office, publish=False)
    poster = there.get(poster_id)
    if poster is None:
        return office.missing()
    kind = KINDS[poster.kind]
    view = OneView(
        id=poster.id,
        title=poster.title,
        kind=kind.label,
        size=size or kind.default,
        sizes=tuple(Option(name, known_size(name).label) for name in kind.sizes),
        looks=tuple(Option(name, names[0]) for name, names in called_looks().items()),
        profiles=tuple(Option(str(name), name.label) for name in Profile),
        files=files,
        said=said,
        publish=publish,
    )
    status = HTTPStatus.CONFLICT if said and not files else HTTPStatus.OK
    return office.page("posters", "poster.html", status, view=view)


def _there(office: Office, *, publish: bool) -> dict[str, Poster]:
    board = office.desk.look().board
    return {row.id: row for row in posters_of(board, _edition(publish=publish))[1]}


def picture(office: Office, request: Request, _: FormData) -> Response:
    """A small picture of a poster."""
    asked, board = request.query_params, office.desk.look().board
    poster = _there(office, publish=False).get(request.path_params["id"])
    if poster is None:
        return office.missing()
    size = parse_size(asked.get("size") or KINDS[poster.kind].default)
    look = asked.get("look", "")
    if size is None or not KINDS[poster.kind].comes_in(size) or look not in ("", *called_looks()):
        return PlainTextResponse("没有这个尺寸或样式", HTTPStatus.CONFLICT)
    try:
        made = picture_of(board, _edition(publish=False), poster.id, size, look)
    except BoardError as error:
        said = told(error.problems)
        return PlainTextResponse(said, HTTPStatus.CONFLICT)
    return file_answer(made, made.name)


def produce(office: Office, request: Request, form: FormData) -> Response:
    """Make the files of a poster as it was asked for."""
    poster_id, board = request.path_params["id"], office.desk.look().board
    publish = bool(form.get("publish"))
    size = parse_size(str(form.get("size", "")))
    look = str(form.get("look", ""))
    ways = {str(way): way for way in Profile}
    profile, sheet = ways.get(str(form.get("profile", ""))), str(form.get("sheet", ""))
    if profile is None or sheet not in SHEETS:
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    edition = _edition(publish=publish)
    prepared, rows = posters_of(board, edition)
    poster = {row.id: row for row in rows}.get(poster_id)
    if poster is None:
        said = "发布版里没有这一张：里面的记录还没有审批，或者是示例"
        return _one(office, poster_id, said=said, publish=publish)
    if size is None or not KINDS[poster.kind].comes_in(size) or look not in ("", *called_looks()):
        return _one(office, poster_id, said="没有这个尺寸或样式", publish=publish)
    shop, paper = workshop(prepared, look), SHEETS[sheet]
    try:
        made = deliver(shop, poster, size, profile, paper, office.root / OUTPUT)
    except BoardError as error:
        said = told(error.problems)
        return _one(office, poster_id, size=size.name, said=said, publish=publish)
    said = "\n".join(row.found for row in made.notices)
    files = made_of(office, made.files)
    return _one(office, poster_id, size=size.name, files=files, said=said, publish=publish)
