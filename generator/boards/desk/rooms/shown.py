"""What a record looks like while it is being typed: its page, its posters, its long texts."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from boards.desk.live import SITE, picture_of, posters_with
from boards.desk.office import Office, file_answer
from boards.desk.said import told
from boards.errors import BoardError
from boards.formats import KINDS, known_size, parse_size
from boards.posters.views.room import ROOM
from boards.site.facts import in_html
from boards.site.servers import policy
from boards.views.exchange import EXCHANGE
from boards.words.text import to_html

_ROOMS = {ROOM: "posters", EXCHANGE: "exchange"}
"""Pages of the site that offer what is made beside it, and the desk's rooms that do."""
_LONGEST = 100_000
"""Characters of a text that is shown as it is typed."""


def live(office: Office, request: Request, _: FormData) -> Response:
    """A page of the site, or what belongs to it, as the record being typed makes it."""
    return _of_site(office, request.path_params["draft"], request.path_params["path"])


def site(office: Office, request: Request, _: FormData) -> Response:
    """The same as the records are kept; posters and packs have rooms of their own at the desk."""
    url = request.path_params["path"]
    if url in _ROOMS:
        return office.to(_ROOMS[url])
    office.live.show_site(office.desk.look())
    return _of_site(office, SITE, url)


def _of_site(office: Office, name: str, url: str) -> Response:
    content = office.live.content(name, url)
    if content is None:
        return office.missing()
    answer = file_answer(content, url)
    if url.endswith(".html"):
        facts = in_html(bytes(answer.body).decode("utf-8"))
        answer.headers["Content-Security-Policy"] = policy({url: (facts,)})
    return answer


def posters(office: Office, request: Request, _: FormData) -> Response:
    """The posters that the record being typed stands on, each with the sizes that it comes in."""
    shown = office.live.shown(request.path_params["draft"])
    if shown is None:
        return office.missing()
    rows = [] if shown.look.errors or not shown.record else posters_with(shown.look, shown.record)
    return JSONResponse([
        {
            "id": row.id,
            "title": row.title,
            "size": KINDS[row.kind].default,
            "sizes": [[name, known_size(name).label] for name in KINDS[row.kind].sizes],
        }
        for row in rows
    ])  # fmt: skip


def picture(office: Office, request: Request, _: FormData) -> Response:
    """A poster as the record being typed makes it."""
    shown = office.live.shown(request.path_params["draft"])
    asked = request.query_params
    size = parse_size(asked.get("size", ""))
    if shown is None or size is None:
        return office.missing()
    try:
        made = picture_of(shown.look, asked.get("poster", ""), size, asked.get("look", ""))
    except BoardError as error:
        return PlainTextResponse(told(error.problems), HTTPStatus.CONFLICT)
    except KeyError:
        return office.missing()
    return file_answer(made, made.name)


def text(_: Office, __: Request, form: FormData) -> Response:
    """A long text as readers see it."""
    return HTMLResponse(str(to_html(str(form.get("text", ""))[:_LONGEST])))
