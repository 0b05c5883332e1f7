"""What the machines of a fleet hand one another: files by their content, in a folder or elsewhere.

Three shelves, through fsspec: `inputs/` holds what branches are built of, named by its digest;
`releases/` finished sites, named by their SHA-256; `outcomes/` what came of each task, named by its
key and written last. So nobody does again what is done, whoever dies, and a half-written file is
never taken for a whole one.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import fsspec  # type: ignore[import-untyped]

from boards.output import write_whole


class StoreRefused(Exception):
    """A store that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: a finished site, or what is to be mended before there can be one."""

    key: str
    archive: str = ""
    """The SHA-256 of the archive that holds the site; empty where there is none."""
    fingerprint: str = ""
    pages: int = 0
    posters: int = 0
    notices: int = 0
    until: str = ""
    """The first day on which the same records could give another site, in ISO form."""
    failure: str = ""
    """What to mend, in lines; empty where all went well."""
    seconds: float = 0.0
    """Of the processor."""


@dataclass(frozen=True, slots=True)
class Store:
    """A store by its address: a folder's path, or whatever else fsspec can reach."""

    address: str

    def outcome(self, key: str) -> Outcome | None:
        """What came of a task before; None if nobody has finished it."""
        try:
            return Outcome(**json.loads(self._read(f"outcomes/{key}.json")))
        except (OSError, ValueError, TypeError):
            return None

    def note(self, outcome: Outcome) -> None:
        """Keep what came of a task."""
        content = json.dumps(asdict(outcome), ensure_ascii=False).encode("utf-8")
        self._write(f"outcomes/{outcome.key}.json", content)

    def begin(self, run: str, key: str) -> int:
        """Note that a task is begun in a run; returns how often it was begun before."""
        before = self.attempts(run, key)
        self._write(f"attempts/{run}/{key}/{uuid.uuid4().hex}", b"begun\n")
        return before

    def attempts(self, run: str, key: str) -> int:
        """How often a task was begun in a run."""
        system, root = self._place()
        try:
            return len(system.ls(f"{root}/attempts/{run}/{key}", detail=False))
        except FileNotFoundError:
            return 0

    def forget(self, run: str) -> None:
        """Drop what was noted of a run that is over."""
        system, root = self._place()
        if system.exists(f"{root}/attempts/{run}"):
            system.rm(f"{root}/attempts/{run}", recursive=True)

    def has(self, name: str) -> bool:
        """Whether something is there."""
        system, root = self._place()
        return bool(system.exists(f"{root}/{name}"))

    def put(self, file: Path, name: str) -> None:
        """Take a file in under a name; the file itself is gone then. Equal names hold the same."""
        system, root = self._place()
        if self.has(name):
            file.unlink()
        elif _is_folder(system):
            target = Path(root, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.{os.getpid()}.part")
            shutil.move(file, part)
            part.replace(target)
        else:
            system.put_file(str(file), f"{root}/{name}")
            file.unlink()

    @contextmanager
    def opened(self, name: str) -> Iterator[Any]:
        """A file of the store, to be read."""
        system, root = self._place()
        with system.open(f"{root}/{name}", "rb") as stream:
            yield stream

    def keep_only(self, releases: set[str], inputs: set[str], outcomes: set[str]) -> None:
        """Drop all but these: archives by their digests, outcomes by their keys."""
        system, root = self._place()
        for shelf, names, ending in (
            ("outcomes", outcomes, ".json"), ("releases", releases, ".zip"),
            ("inputs", inputs, ".zip"),
        ):  # fmt: skip
            if not system.exists(f"{root}/{shelf}"):
                continue
            for path in system.ls(f"{root}/{shelf}", detail=False):
                if path.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(ending) not in names:
                    system.rm(path)

    def _read(self, name: str) -> bytes:
        system, root = self._place()
        return bytes(system.cat_file(f"{root}/{name}"))

    def _write(self, name: str, content: bytes) -> None:
        system, root = self._place()
        if _is_folder(system):
            write_whole(Path(root, name), content)
        else:
            system.pipe_file(f"{root}/{name}", content)

    def _place(self) -> tuple[Any, str]:
        try:
            system, root = fsspec.core.url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise StoreRefused(f"存放处 {self.address} 用不了（{error}）") from error
        return system, str(root).rstrip("/")


def _is_folder(system: Any) -> bool:
    return "file" in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,))
