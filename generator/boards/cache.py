"""What was made once, kept by what it was made from: posters, packs, photos, characters, faces.

An entry is the files `KEY….ending` and the sheet `KEY.json`, which is written last and says the
hash of each, after its own. An entry is taken only if every byte is as it was written: a cut power
line leaves empty files, and they would be hung as blank boards.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.digests import digest_of
from boards.output import write_whole

HOME = ".boards"
"""The folder beside a site's data that holds all that can be made again."""
SHELVES = ("posters", "packs", "media", "glyphs", "shells", "faces")
"""The folders in it that hold entries."""

MOST = 2 * 1024**3
"""Bytes that are kept; a branch of fifty with twenty years of photos has a third of that."""
LONGEST = 90 * 86400.0
"""Seconds for which what nobody used is kept."""
BUSY = 86400.0
"""Seconds for which whatever was used is left alone, for no build takes a day: what another build
has just taken must not go while it copies it."""

_PATIENCE = (0.05, 0.2, 0.5)
"""Seconds between looks for what another run is writing."""
_KEY = 24
_NAME = re.compile(rf"[0-9a-f]{{{_KEY}}}(?=[.-])")


def home(data: Path) -> Path:
    """Where all is kept that was made of the records in `data`."""
    return data.parent / HOME


@dataclass(frozen=True, slots=True)
class Entry:
    """What was kept: files by the end of their names, and what was found out in making them."""

    files: Mapping[str, Path]
    sums: Mapping[str, str]
    """The SHA-256 of each file."""
    facts: Any


@dataclass(frozen=True, slots=True)
class Cache:
    """One shelf. Raise `recipe` when what is made would come out otherwise of the same parts."""

    folder: Path
    recipe: str

    def key(self, *parts: bytes | str) -> str:
        """The name of what is made of `parts`."""
        digest = hashlib.sha256(self.recipe.encode("utf-8"))
        for part in parts:
            content = part.encode("utf-8") if isinstance(part, str) else part
            digest.update(hashlib.sha256(content).digest())
        return digest.hexdigest()[:_KEY]

    def get(self, key: str) -> Entry | None:
        """The entry of a key if it is there whole; it counts as used now."""
        sheet = self._sheet(key)
        try:
            os.utime(sheet)
            summed, _, text = sheet.read_bytes().partition(b"\n")
            if hashlib.sha256(text).hexdigest().encode("ascii") != summed:
                return None
            said = json.loads(text)
            entry = self._entry(key, said["sums"], said["facts"])
            whole = all(digest_of(file) == entry.sums[end] for end, file in entry.files.items())
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return entry if whole else None

    def put(self, key: str, files: Mapping[str, bytes], facts: Any = None) -> Entry:
        """Keep files, and facts that JSON can hold; raises OSError if they cannot be written."""
        sums = {end: hashlib.sha256(content).hexdigest() for end, content in files.items()}
        said = json.dumps({"sums": sums, "facts": facts}, ensure_ascii=False).encode("utf-8")
        summed = hashlib.sha256(said).hexdigest().encode("ascii")
        try:
            for end, content in files.items():
                write_whole(self.folder / f"{key}{end}", content)
            write_whole(self._sheet(key), summed + b"\n" + said)
        except OSError:
            # Another run may be putting or reading the same, which some systems do not share.
            if there := self._soon(key):
                return there
            raise
        return self._entry(key, sums, facts)

    def _soon(self, key: str) -> Entry | None:
        """The entry of a key that another run is just putting there."""
        for wait in (0.0, *_PATIENCE):
            time.sleep(wait)
            if there := self.get(key):
                return there
        return None

    def _entry(self, key: str, sums: Mapping[str, str], facts: Any) -> Entry:
        return Entry({end: self.folder / f"{key}{end}" for end in sums}, sums, facts)

    def _sheet(self, key: str) -> Path:
        return self.folder / f"{key}.json"


@dataclass(slots=True)
class _Kept:
    """The files of one entry, or a stray file: how large, and how long ago it was used."""

    files: list[Path]
    size: int
    unused: float


def tidy(root: Path) -> None:
    """Drop what nobody has used for long, and the longest unused of what is too much.

    `root` is a site's `home`. What was used within a day stays, however much it is.
    """
    kept = [row for row in _all_kept(root) if row.unused > BUSY]
    size = sum(row.size for row in _all_kept(root))
    for row in sorted(kept, key=lambda row: -row.unused):
        if row.unused < LONGEST and size <= MOST:
            break
        size -= row.size
        # The sheet goes first: without it the rest is nothing.
        for file in sorted(row.files, key=lambda file: file.suffix != ".json"):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)


def _all_kept(root: Path) -> Iterator[_Kept]:
    """Everything on the shelves. Ages are by the clock of the disk, which may be a server's."""
    stamp = root / "tidied"
    root.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    now = stamp.stat().st_mtime
    for shelf in SHELVES:
        groups: dict[str, list[os.DirEntry[str]]] = defaultdict(list)
        folder = root / shelf
        for found in os.scandir(folder) if folder.is_dir() else ():
            if found.is_file(follow_symlinks=False):
                name = _NAME.match(found.name)
                groups[name[0] if name else found.name].append(found)
        for rows in groups.values():
            states = [(Path(row.path), state) for row in rows if (state := _state(row))]
            if not states:
                continue
            # A time to come is of a clock that was wrong: as long ago as it is ahead.
            unused = min(abs(now - state.st_mtime) for _, state in states)
            yield _Kept([file for file, _ in states], sum(s.st_size for _, s in states), unused)


def _state(file: os.DirEntry[str]) -> os.stat_result | None:
    """Size and time of a file; None if another run has just put another in its place."""
    try:
        return file.stat(follow_symlinks=False)
    except OSError:
        return None
