"""The desk as an application: which room answers which address."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from boards.desk.desk import Desk
from boards.desk.guard import Guard, Pass
from boards.desk.live import Live
from boards.desk.office import MOST, MOST_AT_ONCE, Office, Work, answering, file_answer
from boards.desk.rooms import (
    approval,
    bring,
    exchange,
    first,
    hanging,
    ledger,
    own,
    past,
    photos,
    posters,
    quarter,
    record,
    release,
    samples,
    shown,
    texts,
    today,
    upkeep,
)
from boards.desk.rooms import files as made

_SCRIPTS = Path(str(files("boards_theme") / "desk" / "assets"))


def app(root: Path, given: Pass) -> Starlette:
    """The desk of a site's folder, for whoever holds the pass."""
    office = Office(Desk(root), Live(root), given.at)
    rooms = Mount(given.at, routes=_routes(office))
    made = Starlette(
        routes=[rooms],
        middleware=[Middleware(Guard, given=given)],
        exception_handlers={HTTPException: _refused, 500: _failed},
    )
    made.state.office = office
    return made


def _refused(_: Request, error: Exception) -> Response:
    """What is not asked as the desk's own pages ask."""
    assert isinstance(error, HTTPException)
    return PlainTextResponse("没有这一页，或者请求不完整；回到工作台再试", error.status_code)


def _failed(_: Request, __: Exception) -> Response:
    """What should not happen; the program's window says what it was."""
    said = "工作台出了错，什么也没有写，写过的草稿还在。请把黑窗口里最后几行拍给信息技术人员"
    return PlainTextResponse(said, HTTPStatus.INTERNAL_SERVER_ERROR)


def _routes(office: Office) -> list[BaseRoute]:
    seen: dict[str, Work] = {
        "/": today.show,
        "/later": today.later,
        "/waits": today.waits,
        "/first": first.show,
        "/ledger/{table}": ledger.show,
        "/record/{table}/{id}": record.show,
        "/new/{table}": record.show,
        "/live/{draft}/{number:int}/{path:path}": shown.live,
        "/posters-of/{draft}": shown.posters,
        "/picture/{draft}/{number:int}": shown.picture,
        "/past": past.show,
        "/past/{table}/{id}": past.show,
        "/quarter": quarter.show,
        "/quarter/{id}": quarter.show,
        "/bring": bring.show,
        "/waiting/{lot}/{number:int}": bring.picture,
        "/exchange": exchange.show,
        "/approval": approval.show,
        "/posters": posters.show,
        "/posters/{id}": posters.one,
        "/posters/{id}/picture": posters.picture,
        "/hanging": hanging.show,
        "/release": release.show,
        "/settings": own.show,
        "/upkeep": upkeep.show,
        "/upkeep/health": upkeep.health,
        "/samples": samples.show,
        "/site/{path:path}": shown.site,
        "/photos": photos.several,
        "/text": texts.show,
        "/files/{path:path}": made.hand_out,
        "/media/{path:path}": made.photo,
        "/assets/{name}": _asset,
    }
    sent: dict[str, Work] = {
        "/first": first.make,
        "/check": record.check,
        "/save": record.keep,
        "/drop": record.drop,
        "/remove": record.take_away,
        "/again/{number:int}": record.again,
        "/prose": shown.text,
        "/undo/{number:int}": past.take_back,
        "/quarter/{id}": quarter.sheet,
        "/brought": bring.look,
        "/bring": bring.again,
        "/given": exchange.give,
        "/arrived": exchange.arrive,
        "/taken": exchange.take,
        "/order/{table}": ledger.put,
        "/photos": photos.take_in_several,
        "/photo": photos.take_in,
        "/turn": photos.turn,
        "/approval": approval.take_steps,
        "/posters/{id}": posters.produce,
        "/publish": release.publish,
        "/preview": release.preview,
        "/back": release.back,
        "/backup": release.keep_copy,
        "/settings": own.keep,
        "/upkeep/upgrade": upkeep.upgrade,
        "/samples": samples.take_out,
        "/upkeep/key": upkeep.new_key,
        "/text": texts.keep,
    }
    return [
        *(Route(path, answering(office, work), methods=["GET"]) for path, work in seen.items()),
        *(
            Route(
                path,
                answering(office, work, MOST_AT_ONCE if path in _MANY else MOST),
                methods=["POST"],
            )
            for path, work in sent.items()
        ),
    ]


_MANY = ("/brought", "/photos")
"""Where several files are sent at once."""


def _asset(office: Office, request: Request, _: FormData) -> Response:
    """A stylesheet or script of the desk."""
    name = request.path_params["name"]
    there = {file.name: file for file in _SCRIPTS.iterdir()}
    return file_answer(there[name], name) if name in there else office.missing()
