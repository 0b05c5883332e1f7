"""Going back to an earlier release that is kept beside the live one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from boards.releases.manifest import ReleaseFault, faults_of, read_manifest
from boards.releases.places import beside, earlier, number_of, require_place
from boards.releases.renewal import put_in_place, ready


@dataclass(frozen=True, slots=True)
class Kept:
    """A release that stands or stood in a target's place."""

    number: int
    edition: str
    date: datetime.date
    pages: int
    live: bool
    returning: tuple[str, ...] = ()
    """Addresses of pages that it has brought back, when it was just put in another's place."""


def kept_releases(target: Path) -> list[Kept]:
    """The live release and those kept beside it, the newest first; damaged ones are left out.

    Raises RefusedTarget for what can have none beside it.
    """
    require_place(target)
    folders = dict(earlier(target))
    live = number_of(target)
    if live is not None:
        folders[live] = target
    found = []
    for number, folder in sorted(folders.items(), reverse=True):
        try:
            manifest = read_manifest(folder)
        except ReleaseFault:
            continue
        pages = len(_pages(folder))
        found.append(Kept(number, manifest.edition, manifest.date, pages, folder == target))
    return found


def roll_back(target: Path, number: int | None = None) -> Kept:
    """Put an earlier release in the live one's place: the one before it, or the one of a number.

    The live one is kept, so that one can go forward again. Raises ReleaseFault if there is no such
    release or it is damaged; Busy, RefusedTarget and OSError as `renewal` does.
    """
    require_place(target)
    if not beside(target).is_dir():
        raise ReleaseFault(
            f"{target.name} 没有保留的版本；核对文件夹，只有换过新版的才有旧版可换回"
        )
    with ready(target):
        live = number_of(target)
        there = earlier(target)
        if number is None:
            before = [n for n in there if live is None or n < live]
            if not before:
                raise ReleaseFault(
                    f"{target.name} 没有更早的版本；用 boards rollback --list 看保留了哪几版"
                )
            number = max(before)
        if number == live:
            raise ReleaseFault(f"现在用的就是第 {number} 版")
        if number not in there:
            wanted = "、".join(str(n) for n in there) or "一个也没有"
            raise ReleaseFault(f"没有保留第 {number} 版；可选的有：{wanted}")
        if faults := faults_of(there[number]):
            raise ReleaseFault(f"第 {number} 版已损坏（{faults[0]}），没有换上")
        returning = sorted(_pages(there[number]) - _pages(target))
        put_in_place(there[number], target)
    now = next(row for row in kept_releases(target) if row.live)
    return replace(now, returning=tuple(returning))


def _pages(release: Path) -> set[str]:
    """The addresses of a release's pages; none if there is no telling."""
    try:
        return {name for name in read_manifest(release).files if name.endswith(".html")}
    except ReleaseFault:
        return set()
