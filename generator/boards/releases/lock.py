"""One at a time: who renews a target holds its lock, which the system lets go of when they die."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from boards.releases.places import beside


class Busy(Exception):
    """Somebody else is renewing the same target."""


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Hold a target's lock; raises Busy, saying whose it is, if another process does.

    The process is named in a file of its own: on Windows nobody else can read a locked one.
    """
    owner = beside(target) / "owner.txt"
    lock = FileLock(beside(target) / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(
            f"另一个程序正在生成 {target.name}（{_said_by(owner)}）；等它结束再试，或先结束那个程序"
        ) from None
    try:
        owner.write_text(f"进程 {os.getpid()}，电脑 {socket.gethostname()}\n", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            owner.unlink(missing_ok=True)
        lock.release()


def holder(target: Path) -> str | None:
    """Who renews a target at this moment, None if nobody does; takes and leaves nothing."""
    file = beside(target) / "lock"
    if not file.is_file():
        return None
    try:
        with FileLock(file, timeout=0):
            return None
    except Timeout:
        return _said_by(beside(target) / "owner.txt")


def _said_by(owner: Path) -> str:
    try:
        return owner.read_text(encoding="utf-8").strip() or "刚刚开始"
    except OSError:
        return "刚刚开始"
