"""Putting one folder in another's place, in one step where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
"""What file systems that know no exchange answer: network shares, FAT sticks, old kernels."""

PATIENCE = 10.0
"""Seconds to wait for programs that hold a file open, as Windows and virus scanners do."""


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders so that no reader finds either missing; False where that is impossible.

    renameat2(2) with RENAME_EXCHANGE, of Linux 3.15. Raises OSError if it is possible but fails.
    """
    call = _renameat2()
    if call is None:
        return False
    first, second = os.fsencode(one), os.fsencode(other)
    if call(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one))


def _renameat2() -> Callable[..., int] | None:
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def move(source: Path, target: Path) -> None:
    """Rename a folder, waiting for programs that hold something in it open.

    Raises PermissionError when they have not let go after `PATIENCE` seconds.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            source.rename(target)
            return
        except PermissionError:
            if time.monotonic() >= end:
                raise
            time.sleep(0.1)
