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
MultiPartParser.spool_max_size = MOST
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

    def refused(self, said: str) -> Response:
        """Why nothing was done."""
        return self.page("", "refused.html", HTTPStatus.CONFLICT, said=said, back="")

    def missing(self) -> Response:
        """That there is nothing at this address."""
        return self.page("", "missing.html", HTTPStatus.NOT_FOUND)


Work = Callable[[Office, Request, FormData], Response]


def answering(office: Office, work: Work) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that reads what was sent and works aside, so that others are answered meanwhile.

    Whatever the disk will not do is said, never a traceback.
    """

    async def answer(request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if request.method == "POST" and (not length.isdecimal() or int(length) > MOST):
            said = f"太大，收不下；一次最多 {MOST // 2**20} MB"
            return PlainTextResponse(said, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        form = FormData()
        if request.method == "POST":
            try:
                form = await request.form(max_files=20, max_fields=_FIELDS, max_part_size=MOST)
            except ClientDisconnect:  # a page that was left while it sent something
                return PlainTextResponse("没有收完", HTTPStatus.BAD_REQUEST)
        try:
            return await run_in_threadpool(work, office, request, form)
        except OSError as error:
            said = f"{error.filename or '文件'} 读写不了（{why(error)}），什么也没有写"
        except Timeout:
            said = "另一台电脑正在保存，稍等再存一次；写好的还在"
        except BuildFailed as error:
            said = str(error)
        except BoardError as error:
            said = told(error.problems)
        finally:
            await form.close()
        if "text/html" in request.headers.get("accept", ""):  # a page is waited for, not words
            with suppress(OSError, BoardError):
                return await run_in_threadpool(office.refused, said)
        return PlainTextResponse(said, HTTPStatus.CONFLICT)

    return answer


def file_answer(content: bytes | Path, name: str) -> Response:
    """A file by the type that its ending says."""
    ending = name.rpartition(".")[2]
    kind = TYPES.get(ending, "application/octet-stream")
    body = content.read_bytes() if isinstance(content, Path) else content
    return Response(body, media_type=f"{kind}; charset=utf-8" if ending in TEXTS else kind)
