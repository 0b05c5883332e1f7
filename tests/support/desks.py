"""A desk that runs in this process, and a browser's part played without one."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from boards.clock import moment
from boards.desk.drafts import Draft, draft_name, new_name
from boards.desk.forms import typed_of
from boards.desk.guard import COOKIE, Pass
from boards.desk.posted import pairs_of
from boards.desk.server import made
from boards.records import Keyed


@dataclass(frozen=True)
class Answer:
    """What the desk has answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class OpenDesk:
    """A running desk."""

    root: Path
    given: Pass

    @property
    def own(self) -> dict[str, str]:
        """What the desk's own pages send with every request."""
        return {
            "Host": f"127.0.0.1:{self.given.port}",
            "Origin": f"http://127.0.0.1:{self.given.port}",
            "Cookie": f"{COOKIE}={self.given.session}",
        }

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Exactly this request, and no header besides."""
        connection = http.client.HTTPConnection("127.0.0.1", self.given.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in (self.own if headers is None else headers).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        finally:
            connection.close()

    def get(self, place: str) -> Answer:
        """A page of the desk."""
        return self.ask("GET", f"{self.given.at}/{place}")

    def post(self, place: str, pairs: list[tuple[str, str]]) -> Answer:
        """A form that is sent."""
        headers = {**self.own, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(pairs).encode("ascii")
        return self.ask("POST", f"{self.given.at}/{place}", body, headers)


@contextmanager
def open_desk(root: Path) -> Iterator[OpenDesk]:
    """The desk of a site's folder, closed in the end."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        given, server = made(root, listening)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield OpenDesk(root, given)
        finally:
            server.should_exit = True
            thread.join()


def draft_of(record: Keyed, changes: Mapping[str, str]) -> Draft:
    """The form of a record with some of its controls filled in otherwise; empty ones are left."""
    typed = typed_of(record)
    pairs = [pair for pair in pairs_of(typed) if pair[0] not in changes]
    pairs += [(name, text) for name, text in changes.items() if text]
    name = draft_name(record.table, record.id)
    return Draft(record.table, record.id, name, record.title_text, moment(), tuple(pairs), typed)


def new_draft(table: str, filled: Mapping[str, str]) -> Draft:
    """The form of a new record."""
    return Draft(table, "", new_name(), "", moment(), tuple(filled.items()), None)
