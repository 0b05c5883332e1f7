"""Where the releases of a target stand: one hidden folder beside it holds all but the live one."""

from __future__ import annotations

import re
from pathlib import Path

from boards.output import MARKER, OURS, RefusedTarget, require_ours

_NUMBER = re.compile(r"^第 (\d+) 版$", re.MULTILINE)


def beside(target: Path) -> Path:
    """The folder of a target's lock, staging and earlier releases: .site.releases beside site."""
    return target.with_name(f".{target.name}.releases")


def staging_of(target: Path) -> Path:
    """Where the next release grows."""
    return beside(target) / "staging"


def kept_as(target: Path, number: int) -> Path:
    """Where an earlier release is kept."""
    return beside(target) / f"{number:04d}"


def prepare_beside(target: Path) -> None:
    """Make the hidden folder; raises RefusedTarget if it or the target cannot be ours."""
    if target == target.parent:
        raise RefusedTarget(f"{target} 是整个磁盘；请指定其中的一个文件夹，例如 {target}boards")
    require_ours(target)
    folder = beside(target)
    require_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(OURS, encoding="utf-8")


def mark_release(folder: Path, number: int) -> None:
    """Say in a release which one it is: its folder's name changes, this does not."""
    (folder / MARKER).write_text(f"{OURS}第 {number} 版\n", encoding="utf-8")


def number_of(release: Path) -> int | None:
    """Which release a folder holds; 0 if it is of before there were numbers, None if it is none."""
    try:
        marker = (release / MARKER).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    found = _NUMBER.search(marker)
    return int(found[1]) if found else 0


def earlier(target: Path) -> dict[int, Path]:
    """The releases that are kept, by number."""
    folders = (folder for folder in beside(target).glob("[0-9]*") if folder.is_dir())
    found = {number_of(folder): folder for folder in folders}
    return {number: found[number] for number in sorted(n for n in found if n is not None)}
