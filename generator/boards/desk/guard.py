"""Who may speak to the desk: this computer, this person, and no page but its own.

The one who opened it holds a key, good for one use: other users of the machine may see what a
browser was started with. A cookie that pages elsewhere cannot use stands for it, below a path that
nobody else knows: cookies are shared by all ports of a host, paths are not. Names that lead here
from elsewhere (DNS rebinding) and forms that pages elsewhere send are turned away.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "desk"
OPEN = "/open"
"""Where the key is shown once, and the cookie got for it."""
POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
))  # fmt: skip
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_READING = ("GET", "HEAD")

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Pass:
    """What opens a running desk, new at every start."""

    port: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    at: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(12)}")
    """Below which path everything stands."""

    @property
    def address(self) -> str:
        """What a browser is opened with."""
        return f"http://127.0.0.1:{self.port}{OPEN}?key={self.key}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that the desk is asked for by."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")


class Guard:
    """Lets through what the desk's own pages ask, and puts the policy into every answer."""

    def __init__(self, app: ASGIApp, given: Pass) -> None:
        self._app = app
        self._given = given
        self._used = False
        """Whether the key has been used."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or turn it away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                more = {**_HEADERS, "Content-Security-Policy": POLICY}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.lower().encode("ascii"), value.encode("ascii"))
                        for name, value in more.items()
                        if name.lower().encode("ascii") not in own
                    ),
                ]
            await send(message)

        request = Request(scope, receive)
        answer = self._turned_away(request) or self._opened(request)
        await (answer or self._app)(scope, receive, sent)

    def _turned_away(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if host not in self._given.hosts:
            return PlainTextResponse("只能在本机打开", HTTPStatus.FORBIDDEN)
        own = {f"http://{name}" for name in self._given.hosts}
        origin = request.headers.get("origin")
        if request.method not in _READING and origin not in own:
            return PlainTextResponse("这个请求不是从工作台发出的", HTTPStatus.FORBIDDEN)
        if request.url.path == OPEN:
            return None
        inside = request.url.path.startswith(f"{self._given.at}/")
        if not inside or not self._has_cookie(request):
            said = "工作台没有打开，或已经关掉重开过；双击“打开支部展板”再打开"
            return PlainTextResponse(said, HTTPStatus.FORBIDDEN)
        return None

    def _has_cookie(self, request: Request) -> bool:
        cookie = request.cookies.get(COOKIE, "").encode("utf-8")
        return hmac.compare_digest(cookie, self._given.session.encode("utf-8"))

    def _opened(self, request: Request) -> Response | None:
        if request.url.path != OPEN:
            return None
        key = request.query_params.get("key", "")
        if not hmac.compare_digest(key.encode("utf-8"), self._given.key.encode("utf-8")):
            return PlainTextResponse("钥匙不对；双击“打开支部展板”再打开", HTTPStatus.FORBIDDEN)
        if self._used:
            said = "这个网址只能打开一次。用已经打开的那一页；找不到了，关掉黑窗口再双击打开"
            return PlainTextResponse(said, HTTPStatus.FORBIDDEN)
        self._used = True
        answer = RedirectResponse(f"{self._given.at}/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            COOKIE, self._given.session, path=self._given.at, httponly=True, samesite="strict"
        )
        return answer
