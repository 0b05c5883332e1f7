"""Serves a preview to the browsers of this machine, and tells open pages when to reload."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from boards.errors import BuildFailed
from boards.serving.engine import Engine
from boards.site.servers import TEXTS, TYPES
from boards.templates import templates

LIVE = "/-/live"
"""Where an open page asks whether it is still what it was; its script stands at LIVE.js."""

_LOOK_EVERY = 0.25
"""Seconds between two looks into the folders while nobody asks for a page."""
_PAUSE = 1.0
"""Seconds without an edit after which posters are made: they would slow the next one down."""
_ANSWER_AFTER = 25.0
"""Seconds after which a page that asks is told that nothing has changed."""

log = logging.getLogger(__name__)


def serve(root: Path, port: int, ready: Callable[[], None]) -> None:
    """Serve the preview of a site's folder until interrupted.

    `ready` is called when it can be seen.
    Raises BuildFailed if there is no shell to show anything in, OSError if the port is taken.
    """
    engine = Engine(root.resolve())
    with _Server(("127.0.0.1", port), engine) as server:
        engine.refresh()
        ready()
        for task in (_look, _finish):
            threading.Thread(target=task, args=(engine,), daemon=True).start()
        server.serve_forever(poll_interval=0.1)


def _look(engine: Engine) -> None:
    """See edits while all pages are only being read."""
    said = ""
    while True:
        began = time.monotonic()
        try:
            _ = engine.read_again() if engine.may_be_let_go else engine.refresh()
            said = ""
        except BuildFailed as error:
            if str(error) != said:
                said = str(error)
                log.error("%s", said)
        # On a slow share a look takes long; it may take a fifth of the time.
        time.sleep(max(_LOOK_EVERY, 4 * (time.monotonic() - began)))


def _finish(engine: Engine) -> None:
    """Make posters and packs behind the pages, once whoever edits has paused."""
    while True:
        with engine.changed:
            goes_on = engine.changed.wait(_PAUSE)
        if not goes_on:
            with contextlib.suppress(BuildFailed):  # `_look` tells
                engine.finish()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], engine: Engine) -> None:
        self.engine = engine
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file of the preview."""
        asked = urlsplit(self.path)
        host = (self.headers.get("Host") or "").rpartition(":")[0]
        if host not in {"127.0.0.1", "localhost"}:  # a page elsewhere that was led here by a name
            self._answer(HTTPStatus.FORBIDDEN, b"", "txt")
        elif asked.path == LIVE:
            words = parse_qs(asked.query)
            page, since = words.get("page", [""])[0], words.get("since", ["0"])[0]
            number = int(since) if since.isdecimal() else 0
            said = {"changed": self.server.engine.waited(page, number, _ANSWER_AFTER)}
            self._answer(HTTPStatus.OK, json.dumps(said).encode("ascii"), "json")
        elif asked.path == f"{LIVE}.js":
            script = files("boards_theme") / "serving" / "live.js"
            self._answer(HTTPStatus.OK, script.read_bytes(), "js")
        else:
            self._show(unquote(asked.path).lstrip("/"))

    def _show(self, url: str) -> None:
        if not url or url.endswith("/"):
            url += "index.html"
        engine = self.server.engine
        with contextlib.suppress(BuildFailed):  # `_look` tells
            engine.refresh()
        since = engine.since(url)
        content = engine.content(url)
        if content is None:
            self._answer(HTTPStatus.NOT_FOUND, "没有这一页".encode(), "txt")
            return
        body = content.read_bytes() if isinstance(content, Path) else content
        if url.endswith(".html"):
            script = templates("serving").get_template("live.html")
            said = script.render(at=LIVE, page=url, since=since)
            body += said.encode("utf-8")
        self._answer(HTTPStatus.OK, body, url.rpartition(".")[2])

    def _answer(self, status: HTTPStatus, body: bytes, ending: str) -> None:
        self.send_response(status)
        kind = TYPES.get(ending, "application/octet-stream")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if ending in TEXTS else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of every request."""
