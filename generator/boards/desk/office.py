"""What every room of the desk has at hand, and how it answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from filelock import Timeout
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from boards.amend.adding.questions import KINDS, kind_of
from boards.board.board import Board
from boards.desk.desk import Desk
from boards.desk.live import Live
from boards.desk.said import told
from boards.desk.settings import Settings, settings
from boards.desk.waiting import Waiting
from boards.errors import BoardError, BuildFailed, why
from boards.site.servers import TEXTS, TYPES
from boards.templates import templates

MOST = 32 * 2**20
"""Bytes of a request that is taken in; a photo may have a little less."""
MOST_AT_ONCE = 128 * 2**20
"""The same of files that are brought in: twenty photos as phones take them."""
_FILES = 20
MultiPartParser.spool_max_size = MOST_AT_ONCE
"""What is sent stays in memory: of a roster nothing may lie in a folder of the system."""
_FIELDS = 5000
"""Controls of a form that are read."""
TABLES = tuple(table for table in KINDS.values() if table != "activities")
"""The ledgers, in the order of how often they are written in."""


_SELDOM = ("zones", "branches", "lessons", "quotes", "sources", "faces", "kinds", "counts")
"""Those that are filled in once."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as the desk lists it."""

    table: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Office:
    """The desk, what is shown live, and the path that everything stands below."""

    desk: Desk
    live: Live
    at: str
    waiting: Waiting = field(default_factory=Waiting)
    """Files that were sent to be brought in."""

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self.desk.root

    @property
    def has_site(self) -> bool:
        """Whether there is a site in the folder."""
        return (self.root / "data").is_dir()

    @property
    def settings(self) -> Settings:
        """What the desk keeps of itself."""
        return settings(self.root)

    def ledgers(self, board: Board, *, seldom: bool) -> list[Ledger]:
        """The ledgers with how many records each has: those in use, or those seldom used."""
        tables = [table for table in TABLES if (table in _SELDOM) is seldom]
        return [Ledger(table, kind_of(table), len(board.table(table))) for table in tables]

    def page(self, room: str, template: str, status: int = HTTPStatus.OK, **more: Any) -> Response:
        """A page of a room."""
        board = self.desk.look().board
        page = templates("desk").get_template(template)
        text = page.render(
            at=self.at,
            room=room,
            unit=next((row.name for row in board.branches.values()), "支部展板"),
            who=self.settings.who,
            ledgers=self.ledgers(board, seldom=False),
            seldom=self.ledgers(board, seldom=True),
            room_is_seldom=room in _SELDOM,
            waits=self.desk.photos.progress.said,
            **more,
        )
        return HTMLResponse(text, status)

    def part(self, template: str, **more: Any) -> Response:
        """A piece of a page."""
        text = templates("desk").get_template(template).render(at=self.at, **more)
        return HTMLResponse(text)

    def to(self, place: str) -> Response:
        """On to another page of the desk."""
        return RedirectResponse(f"{self.at}/{place}", HTTPStatus.SEE_OTHER)

    def refused(self, said: str, status: int = HTTPStatus.CONFLICT, back: str = "") -> Response:
        """Why nothing was done, and the way back."""
        return self.page("", "refused.html", status, said=said, back=back)

    def missing(self) -> Response:
        """That there is nothing at this address."""
        return self.page("", "missing.html", HTTPStatus.NOT_FOUND)


Work = Callable[[Office, Request, FormData], Response]


def answering(
    office: Office, work: Work, most: int = MOST
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads what was sent and works aside, so that others are answered meanwhile.

    `most` bytes are taken in. Whatever the disk will not do is said, never a traceback.
    """

    async def answer(request: Request) -> Response:
        form = FormData()
        if request.method == "POST":
            try:
                form = await _sent(request, most)
            except ClientDisconnect:  # a page that was left while it sent something
                return PlainTextResponse("没有收完", HTTPStatus.BAD_REQUEST)
            except HTTPException as error:
                return await _refused(office, request, error.detail, error.status_code)
        try:
            return await run_in_threadpool(work, office, request, form)
        except Timeout:  # an OSError, too
            said = "另一台电脑正在保存，稍等再试一次；写好的还在"
        except OSError as error:
            said = f"{error.filename or '文件'} 读写不了（{why(error)}），什么也没有写"
        except BuildFailed as error:
            said = str(error)
        except BoardError as error:
            said = told(error.problems)
        finally:
            await form.close()
        return await _refused(office, request, said, HTTPStatus.CONFLICT)

    return answer


async def _sent(request: Request, most: int) -> FormData:
    """What was sent; raises HTTPException where it is more than is taken in."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > most:
        said = f"太大，收不下；一次最多 {most // 2**20} MB"
        if length.isdecimal():
            said = f"一共 {-(-int(length) // 2**20)} MB，{said}"
        if most == MOST_AT_ONCE:
            said += "；分几次放，一次少放几个文件"
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said)
    try:
        return await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=most)
    except HTTPException as error:  # in English
        many = "files" in str(error.detail)
        said = f"一次最多放 {_FILES} 个文件；分几次放" if many else "没有收完整；回到上一页再试"
        raise HTTPException(HTTPStatus.BAD_REQUEST, said) from error


async def _refused(office: Office, request: Request, said: str, status: int) -> Response:
    """Why nothing was done: as a page where one is waited for, else in words."""
    if "text/html" in request.headers.get("accept", ""):
        back = "bring" if request.url.path.endswith("/brought") else ""
        with suppress(OSError, BoardError):
            return await run_in_threadpool(office.refused, said, status, back)
    return PlainTextResponse(said, status)


def file_answer(content: bytes | Path, name: str) -> Response:
    """A file by the type that its ending says."""
    ending = name.rpartition(".")[2]
    kind = TYPES.get(ending, "application/octet-stream")
    body = content.read_bytes() if isinstance(content, Path) else content
    return Response(body, media_type=f"{kind}; charset=utf-8" if ending in TEXTS else kind)
