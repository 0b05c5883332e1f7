"""Files that were sent to be brought in, until they are: in memory alone, never on the disk.

A roster holds what may not be kept. Who closes the desk sends the file once more.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

_MOST = 6
"""Lots that wait at once; the oldest is forgotten first."""
_MOST_BYTES = 128 * 2**20


@dataclass(frozen=True, slots=True)
class Lot:
    """Files that were sent together, of which one proposal is made."""

    name: str
    """Which nobody can guess."""
    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    pasted: str = field(default="", repr=False)
    """Cells or a message that were pasted instead."""
    kind: str = ""
    """The kind of records that somebody has said they are; empty if they are to tell."""
    sheet: str = ""
    """The sheet of a workbook that is meant; empty for the one that tells the most."""
    done: frozenset[str] = frozenset()
    """Sheets of the workbook that were taken in already."""
    then: tuple[Lot, ...] = ()
    """What was sent with it and is looked through after it."""

    @property
    def size(self) -> int:
        """Bytes of all of it; sheets of one workbook are one content."""
        own = {id(content): len(content) for lot in (self, *self.then) for _, content in lot.files}
        return sum(own.values()) + len(self.pasted)


def new_name() -> str:
    """A name that nobody can guess."""
    return secrets.token_hex(12)


class Waiting:
    """All lots that wait, by their names."""

    def __init__(self) -> None:
        self._lots: OrderedDict[str, Lot] = OrderedDict()
        self._followed: dict[str, str] = {}
        """Of lots that were looked through the name of the one that came after."""
        self._one = threading.Lock()

    def put(self, lot: Lot) -> None:
        """Keep what was sent."""
        with self._one:
            self._lots[lot.name] = lot
            while len(self._lots) > 1 and (
                len(self._lots) > _MOST
                or sum(one.size for one in self._lots.values()) > _MOST_BYTES
            ):
                self._lots.popitem(last=False)

    def get(self, name: str) -> Lot | None:
        """What was sent under a name, if it is still there."""
        with self._one:
            return self._lots.get(name)

    def drop(self, name: str, following: str = "") -> None:
        """Forget what was sent; `following` is what is looked through after it."""
        with self._one:
            if self._lots.pop(name, None):
                self._followed[name] = following

    def after(self, name: str) -> str | None:
        """What followed a lot that was looked through; None for one that never was here."""
        with self._one:
            while self._followed.get(name) in self._followed:  # that one is done as well
                name = self._followed[name]
            return self._followed.get(name)
