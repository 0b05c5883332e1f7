"""Opens the desk on this computer, at a port of its own or one that was asked for."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from boards.desk.app import app
from boards.desk.guard import Pass


def run(root: Path, port: int, ready: Callable[[str], None], *, browser: bool) -> None:
    """Serve the desk of a site's folder until interrupted.

    `ready` is told its address once it answers. Raises OSError if the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listening:
        listening.bind(("127.0.0.1", port))
        listening.listen()
        given, server = made(root, listening)
        ready(given.address)
        # The records are read while the browser opens; what is wrong with that a page will say.
        desk = server.config.app.state.office.desk  # type: ignore[union-attr]
        threading.Thread(target=desk.look, daemon=True).start()
        if browser:
            webbrowser.open(given.address)
        server.run(sockets=[listening])


def made(root: Path, listening: socket.socket) -> tuple[Pass, uvicorn.Server]:
    """The desk of a site's folder, to be run at a socket, and what opens it."""
    given = Pass(listening.getsockname()[1])
    config = uvicorn.Config(
        app(root.resolve(), given), log_level="error", access_log=False, lifespan="off",
        timeout_graceful_shutdown=2, server_header=False,
    )  # fmt: skip
    return given, uvicorn.Server(config)
