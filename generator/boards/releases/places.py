"""Where the releases of a target stand: one hidden folder beside it holds all but the live one."""

from __future__ import annotations

import os
import re
from pathlib import Path

from boards.output import MARKER, OURS, RefusedTarget, require_ours, write_whole

_NUMBER = re.compile(r"^第 ([0-9]{1,12}) 版$", re.MULTILINE)


def beside(target: Path) -> Path:
    """The folder of a target's lock, staging and earlier releases: .site.releases beside site."""
    return target.with_name(f".{target.name}.releases")


def staging_of(target: Path) -> Path:
    """Where the next release grows."""
    return beside(target) / "staging"


def kept_as(target: Path, number: int) -> Path:
    """Where an earlier release is kept."""
    return beside(target) / f"{number:04d}"


def require_place(target: Path) -> None:
    """Raise RefusedTarget for a whole disk, share or stick: nothing can stand beside it."""
    if os.path.ismount(target):  # roots of drives and of shares are, too
        example = target / "boards"
        raise RefusedTarget(f"{target} 是整个磁盘；请指定其中的一个文件夹，例如 {example}")


def prepare_beside(target: Path) -> None:
    """Make the hidden folder; raises RefusedTarget if it or the target cannot be ours."""
    require_place(target)
    require_ours(target)
    folder = beside(target)
    require_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.glob("[0-9]*"):
        if other.name.isdecimal() and number_of(other) is None:
            raise RefusedTarget(f"{folder.name} 里的 {other.name} 不是本程序生成的，请移走后再试")
    (folder / MARKER).write_text(OURS, encoding="utf-8")


def mark_release(folder: Path, number: int) -> None:
    """Say in a release which one it is: its folder's name changes, this does not.

    In one piece: of half a marker nobody could tell that it does not stand for release 0.
    """
    write_whole(folder / MARKER, f"{OURS}第 {number} 版\n".encode())


def number_of(release: Path) -> int | None:
    """Which release a folder holds; 0 if it is of before there were numbers, None if it is none."""
    try:
        marker = (release / MARKER).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = _NUMBER.search(marker)
    return int(found[1]) if found else 0


def earlier(target: Path) -> dict[int, Path]:
    """The releases that are kept, by number; of a copy that somebody made, the original."""
    found: dict[int, Path] = {}
    for folder in beside(target).glob("[0-9]*"):
        number = number_of(folder)
        if number is not None and (number not in found or folder == kept_as(target, number)):
            found[number] = folder
    return dict(sorted(found.items()))


def note_of(target: Path) -> Path:
    """Stands while a release takes another's place by two renames: the other's number."""
    return beside(target) / "swapping.txt"


def left_behind(target: Path) -> list[str]:
    """What a killed run has left beside a target, by name; nothing while all is in order."""
    names = [staging_of(target).name, note_of(target).name]
    rests = [*(beside(target) / name for name in names), *beside(target).glob("removing-*")]
    return [rest.name for rest in rests if rest.exists()]
