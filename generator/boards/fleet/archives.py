"""Folders as one file each, the same bytes for the same content, and back."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PureWindowsPath
from typing import IO, Any

from boards.built import READ, files_of

_CHUNK = 1024 * 1024


class ArchiveFault(Exception):
    """An archive that is not what it should be; the message says how."""


def of_inputs(root: Path) -> list[tuple[str, Path]]:
    """All that a build may read of a branch's folder, by name.

    Its private key is no part of it, and links are not followed: what leaves this folder is
    records, pages and photos.
    """
    found = (pair for name in READ for pair in files_of(root / name))
    return [(name, file) for name, file in found if not _is_linked(root, name)]


def _is_linked(root: Path, name: str) -> bool:
    """Whether a file, or a folder on the way to it, stands somewhere else."""
    steps = Path(name).parts
    return any(root.joinpath(*steps[: n + 1]).is_symlink() for n in range(len(steps)))


def digest_of(files: Iterable[tuple[str, Path]]) -> str:
    """The digest of files by name: equal for equal names and bytes only. Raises OSError."""
    return _digest((name, file.open("rb")) for name, file in files)


def digest_in(archive: Path) -> str:
    """The same of what an archive holds."""
    with zipfile.ZipFile(archive) as opened:
        return _digest((name, opened.open(name)) for name in opened.namelist())


def _digest(streams: Iterable[tuple[str, IO[bytes]]]) -> str:
    digest = hashlib.sha256()
    for name, opened in streams:
        with opened as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
        digest.update(f"{name}\n{content}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def pack(files: Iterable[tuple[str, Path]], target: Path) -> None:
    """Write files into one archive; names, order and bytes are all that it depends on."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, file in files:
            with file.open("rb") as source, archive.open(zipfile.ZipInfo(name), "w") as entry:
                shutil.copyfileobj(source, entry, _CHUNK)


def names_in(stream: IO[bytes] | Any) -> list[str]:
    """The names of all files in an archive; raises ArchiveFault if one leads out of a folder."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise ArchiveFault(f"压缩文件坏了（{error}）") from error
    for name in names:
        path = PureWindowsPath(name)
        if path.anchor or ".." in path.parts or not path.parts or len(set(names)) != len(names):
            raise ArchiveFault(f"压缩文件里的名字不对：{name[:80]}")
    return names


def unpack(stream: IO[bytes] | Any, target: Path) -> Iterator[str]:
    """Write an archive's files into a folder, telling each name; raises ArchiveFault."""
    names = names_in(stream)
    with zipfile.ZipFile(stream) as archive:
        for name in names:
            file = target / name
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with archive.open(name) as source, file.open("wb") as copy:
                    shutil.copyfileobj(source, copy, _CHUNK)
            except (zipfile.BadZipFile, EOFError) as error:
                raise ArchiveFault(f"压缩文件坏了（{error}）") from error
            yield name
