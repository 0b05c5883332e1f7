"""What a release consists of: every file's size and SHA-256, so that any copy can be checked."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from boards.leftovers import is_left_behind, is_unread
from boards.output import MARKER

MANIFEST = "manifest.json"
"""Stands in the root of every finished release; whoever has none is unfinished."""

SCHEMA = "branch-boards-release/1"
"""Names the form of manifest.json; a new form gets a new number."""


class ReleaseFault(Exception):
    """A release is not what its manifest says."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a release by address, each with its size in bytes and its SHA-256."""

    edition: str
    date: datetime.date
    files: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(size for size, _ in self.files.values())


def write_manifest(release: Path, edition: str, date: datetime.date) -> str:
    """Note what stands in a finished release; returns the fingerprint of the whole."""
    files = {
        name: {"size": file.stat().st_size, "sha256": sum_of(file)}
        for name, file in sorted(files_of(release))
    }
    content = {"schema": SCHEMA, "edition": edition, "date": date.isoformat(), "files": files}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (release / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return fingerprint_of(release)


def read_manifest(release: Path) -> Manifest:
    """The manifest of a release; raises ReleaseFault if there is none or it cannot be read.

    One that names anything outside the release cannot be: files are copied by these names.
    """
    try:
        content = json.loads((release / MANIFEST).read_text(encoding="utf-8"))
        files = {n: (int(row["size"]), str(row["sha256"])) for n, row in content["files"].items()}
        date = datetime.date.fromisoformat(content["date"])
        if not all(map(_stays_inside, files)):
            raise ValueError
        return Manifest(str(content["edition"]), date, files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError,
            RecursionError):  # fmt: skip
        raise ReleaseFault(f"{release.name} 没有完整的 {MANIFEST}") from None


def _stays_inside(name: str) -> bool:
    """Whether an address names a file below the release, on every system."""
    path = PureWindowsPath(name)  # knows both slashes, and drives
    return bool(path.parts) and not path.anchor and ".." not in path.parts and _is_text(name)


def _is_text(name: str) -> bool:
    return "\0" not in name and not any("\ud800" <= letter <= "\udfff" for letter in name)


def fingerprint_of(release: Path) -> str:
    """Sixteen characters that are the same for equal releases only."""
    return sum_of(release / MANIFEST)[:16]


def faults_of(release: Path) -> list[str]:
    """Where a release differs from its manifest; nothing if it is whole.

    Raises ReleaseFault if it has none.
    """
    wanted = read_manifest(release).files
    there = dict(files_of(release))
    faults = [f"缺少 {name}" for name in wanted.keys() - there.keys()]
    faults += [f"多出 {name}" for name in there.keys() - wanted.keys()]
    for name in wanted.keys() & there.keys():
        size, digest = wanted[name]
        if there[name].stat().st_size != size or sum_of(there[name]) != digest:
            faults.append(f"{name} 的内容不对")
    return sorted(faults)


def strangers_in(release: Path) -> list[str]:
    """Files that somebody else put into a release; none can be told where there is no manifest.

    Raises ReleaseFault if there is one that cannot be read.
    """
    if not (release / MANIFEST).exists():
        return []
    ours = {*read_manifest(release).files, MARKER, MANIFEST}
    there = ((file.relative_to(release).as_posix(), file) for file in release.rglob("*"))
    return sorted(
        name
        for name, file in there
        if name not in ours and file.is_file() and not is_left_behind(name)
    )


def files_of(release: Path) -> Iterator[tuple[str, Path]]:
    """Every file of a release that the manifest names, by address."""
    for file in release.rglob("*"):
        name = file.relative_to(release).as_posix()
        if file.is_file() and name not in {MARKER, MANIFEST} and not is_unread(name):
            yield name, file


def sum_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
