"""A copy of what nobody could make again, in one file, to be kept on another disk.

What the program makes anew from it is left out, and so is the private key: whoever has that can
sign as this unit, so it is kept where only whoever looks after the site can reach it.
"""

from __future__ import annotations

import datetime
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boards.leftovers import is_left_behind
from boards.output import write_whole

PARTS = ("data", "content", "desk", "approvals", "meetings", "mkdocs.yml")
"""Below a site's folder."""
_NOTE = Path("desk") / "backup.json"
_PASSING = (".lock", ".part")
"""How files end that go as soon as what they are for is done."""


class BackupFault(Exception):
    """A place where no backup can go, or a copy that is not whole; the message says the cure."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made, and read again."""

    day: datetime.date
    file: Path
    count: int
    """How many files are in it."""


def back_up(root: Path, where: Path, day: datetime.date) -> Backup:
    """Pack a site's folder into a new file in `where`, and read every byte of it again.

    Nothing that is there is overwritten, and no half of a copy is left. Raises BackupFault,
    OSError.
    """
    root, where = root.resolve(), where.resolve()
    if where.is_relative_to(root):
        raise BackupFault(f"{where} 在网站文件夹里面，坏了一起坏；换成 U 盘或共享文件夹")
    if not where.is_dir():
        raise BackupFault(f"找不到 {where}；检查路径，共享文件夹先连上，U 盘先插好")
    target = _unused(where / f"{root.name}-备份-{day}.zip")
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        count = _packed(root, part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    (root / _NOTE).parent.mkdir(exist_ok=True)
    note = {"day": str(day), "file": str(target), "count": count}
    write_whole(root / _NOTE, json.dumps(note, ensure_ascii=False).encode("utf-8"))
    return Backup(day, target, count)


def last_backup(root: Path) -> Backup | None:
    """The copy that was made last, wherever it is now; None if none is known of."""
    try:
        note = json.loads((root / _NOTE).read_bytes())
        return Backup(datetime.date.fromisoformat(note["day"]), Path(note["file"]), note["count"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _files(root: Path) -> Iterator[Path]:
    for name in PARTS:
        for file in (root / name, *sorted((root / name).rglob("*"))):
            passing = file.suffix in _PASSING or is_left_behind(file.relative_to(root))
            if file.is_file() and not passing:
                yield file


def _packed(root: Path, part: Path) -> int:
    """Write all files and see them written: sticks are pulled out before the system has done so."""
    with part.open("w+b") as opened:
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as packed:
            for file in _files(root):
                packed.write(file, file.relative_to(root).as_posix())
        opened.flush()
        os.fsync(opened.fileno())
    try:
        with zipfile.ZipFile(part) as written:
            if (broken := written.testzip()) is not None:
                raise BackupFault(f"拷过去的 {broken} 和原来的不一样；换一个 U 盘再试")
            return len(written.namelist())
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BackupFault("拷过去的读不回来；换一个 U 盘再试") from error


def _unused(file: Path) -> Path:
    names = (file.with_stem(f"{file.stem}-{number}") for number in range(2, 10_000))
    return file if not file.exists() else next(name for name in names if not name.exists())
