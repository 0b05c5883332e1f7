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
from boards.desk.rooms.hanging import HangingView, hanging, registering
from boards.desk.said import told
from boards.editions.edition import Edition, EditionName
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
    kind_id: str
    marks: tuple[str, ...]
    found_by: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of making a poster, and how it was asked for."""

    size: str = ""
    files: tuple[MadeFile, ...] = ()
    hung: tuple[Option, ...] = ()
    """What was just made, by sheet, with the way to where it is written down that it hangs."""
    said: str = ""
    """What stands against it, or what whoever prints it should know."""
    publish: bool = False


@dataclass(frozen=True, slots=True)
class OneView:
    """One poster, and how it can be made."""

    id: str
    title: str
    kind: str
    size: str
    size_is_own: bool
    """Whether it is none of those that are offered."""
    sizes: tuple[Option, ...]
    looks: tuple[Option, ...]
    profiles: tuple[Option, ...]
    hanging: tuple[HangingView, ...]
    made: Outcome


def _edition(*, publish: bool) -> Edition:
    return Edition(EditionName.PUBLISH if publish else EditionName.PREVIEW, build_date())


def show(office: Office, _: Request, __: FormData) -> Response:
    """Every poster that can be made now."""
    look = office.desk.look()
    rows: tuple[PosterRow, ...] = ()
    if not look.errors:
        rows = tuple(map(_row, look.posters[1].values()))
    there = {row.kind_id for row in rows}
    kinds = tuple(Option(kind.id, kind.label) for kind in KINDS.values() if kind.id in there)
    return office.page("posters", "posters.html", rows=rows, kinds=kinds, faulty=bool(look.errors))


def _row(poster: Poster) -> PosterRow:
    kind = KINDS[poster.kind]
    found = f"{poster.title} {kind.label} {poster.id}".casefold()
    return PosterRow(poster.id, poster.title, kind.label, kind.id, poster.marks, found)


def one(office: Office, request: Request, _: FormData) -> Response:
    """One poster, to be looked at and made."""
    return _one(office, request.path_params["id"], Outcome())


def _one(office: Office, poster_id: str, made: Outcome) -> Response:
    look = office.desk.look()
    poster = None if look.errors else look.posters[1].get(poster_id)
    if poster is None:
        return office.missing()
    kind = KINDS[poster.kind]
    view = OneView(
        id=poster.id,
        title=poster.title,
        kind=kind.label,
        size=made.size or kind.default,
        size_is_own=(made.size or kind.default) not in kind.sizes,
        sizes=tuple(Option(name, known_size(name).label) for name in kind.sizes),
        looks=tuple(Option(name, names[0]) for name, names in called_looks().items()),
        profiles=tuple(Option(str(name), name.label) for name in Profile),
        hanging=tuple(hanging(look, poster.id)),
        made=made,
    )
    status = HTTPStatus.CONFLICT if made.said and not made.files else HTTPStatus.OK
    return office.page("posters", "poster.html", status, view=view)


def picture(office: Office, request: Request, _: FormData) -> Response:
    """A small picture of a poster."""
    asked, seen = request.query_params, office.desk.look()
    poster = None if seen.errors else seen.posters[1].get(request.path_params["id"])
    if poster is None:
        return office.missing()
    size = parse_size(asked.get("size") or KINDS[poster.kind].default)
    look = asked.get("look", "")
    if size is None or not KINDS[poster.kind].comes_in(size) or look not in ("", *called_looks()):
        return PlainTextResponse("没有这个尺寸或样式", HTTPStatus.CONFLICT)
    try:
        made = picture_of(seen, poster.id, size, look)
    except BoardError as error:
        said = told(error.problems)
        return PlainTextResponse(said, HTTPStatus.CONFLICT)
    return file_answer(made, made.name)


def produce(office: Office, request: Request, form: FormData) -> Response:
    """Make the files of a poster as it was asked for."""
    poster_id, board = request.path_params["id"], office.desk.look().board
    publish = bool(form.get("publish"))
    size = parse_size(str(form.get("size") or form.get("own-size", "")))
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
        return _one(office, poster_id, Outcome(said=said, publish=publish))
    if size is None or not KINDS[poster.kind].comes_in(size) or look not in ("", *called_looks()):
        return _one(office, poster_id, Outcome(said="没有这个尺寸或样式", publish=publish))
    shop, paper = workshop(prepared, look), SHEETS[sheet]
    try:
        made = deliver(shop, poster, size, profile, paper, office.root / OUTPUT)
    except BoardError as error:
        said = told(error.problems)
        return _one(office, poster_id, Outcome(size.name, said=said, publish=publish))
    said = "\n".join(row.found for row in made.notices)
    hung = tuple(
        Option(registering(prepared, row, size.name, profile), f"第 {row.sheet} 张")
        for row in made.sheets
    )
    files = made_of(office, made.files)
    return _one(office, poster_id, Outcome(size.name, files, hung, said, publish))
