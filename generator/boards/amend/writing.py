"""Amended files put where they belong, and what stood there before kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from boards.output import write_whole


def write(files: Mapping[Path, bytes | None], root: Path, backup: str) -> Path | None:
    """Write every file, or remove those with None; gives the folder of what stood there before.

    That is `root/backups/<backup>`, with a number behind it if there is one already, and in it the
    same paths as below `root`; None if nothing stood there. Each file is replaced at once, in the
    order given. If one cannot be, those before it are put back and the OSError goes on.
    """
    folder = _unused(root / "backups" / backup)
    before = {file: file.read_bytes() if file.exists() else None for file in files}
    for file, content in before.items():
        if content is not None:
            kept = folder / file.relative_to(root)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
    done: list[Path] = []
    try:
        for file, new in files.items():
            done.append(file)
            _put(file, new)
    except BaseException:
        for file in done:
            _put(file, before[file])
        raise
    return folder if folder.exists() else None


def _unused(folder: Path) -> Path:
    names = (folder.with_name(f"{folder.name}-{number}") for number in range(2, 10_000))
    return folder if not folder.exists() else next(name for name in names if not name.exists())


def _put(file: Path, content: bytes | None) -> None:
    """Replace a file at once, or remove it."""
    if content is None:
        file.unlink(missing_ok=True)
        return
    mode = file.stat().st_mode if file.exists() else None
    write_whole(file, content, lasting=True)
    if mode is not None:
        file.chmod(mode)
