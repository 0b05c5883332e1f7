"""How a run keeps its memory: freed blocks go back to the system, garbage is looked for seldom."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import sys
from typing import Any

_MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD of glibc's mallopt(3)."""
_LARGE = 256 * 1024
"""Bytes from which a block stands by itself, so that it is given back whole when freed.

glibc raises its own bound to the largest block that was freed. After the first photo that is
megabytes, and photos and layouts then leave holes among what lives long.
"""


def settle() -> None:
    """Set up memory for a run that keeps what it reads; call it once, at the start."""
    gc.set_threshold(100_000, 50, 1000)
    if glibc := _glibc():
        glibc.mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back to the system what was let go."""
    if glibc := _glibc():
        glibc.malloc_trim(0)


@functools.cache
def _glibc() -> Any:
    """The C library where it is glibc; others give back large blocks by themselves."""
    if sys.platform != "linux":
        return None
    with contextlib.suppress(OSError):
        library = ctypes.CDLL(None)
        if hasattr(library, "malloc_trim"):
            return library
    return None
