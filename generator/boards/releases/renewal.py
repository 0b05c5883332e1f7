"""Renewing a target: grow a release beside it, then put it in the old one's place.

Whoever is killed at any instant leaves the old release or the new one in place, and what lies
about is put in order by whoever comes next. Where the system knows no exchange (Windows, some
shares) the swap is two renames; a note of the old release's number is left before the first and
taken away after the second, so that the next run can put the old one back.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from boards.leftovers import remove_empty
from boards.output import RefusedTarget, require_ours
from boards.releases.lock import alone
from boards.releases.manifest import MANIFEST, ReleaseFault, read_manifest, strangers_in
from boards.releases.places import (
    beside,
    earlier,
    kept_as,
    mark_release,
    note_of,
    number_of,
    prepare_beside,
    staging_of,
)
from boards.releases.swap import exchange, move

KEEP = 3
"""Earlier releases that are kept beside the live one."""

_LEAST_ROOM = 32 * 1024 * 1024
"""Bytes that must be free where nothing is known of the release's size."""


class DiskFull(Exception):
    """There is not enough room for a second release beside the live one."""


@contextmanager
def renewal(target: Path, size: int = 0) -> Iterator[Path]:
    """A folder to write a release into; it takes the target's place when the block ends well.

    `size` is its expected size in bytes; if it is not known, that of the live one is taken for it.
    Raises RefusedTarget if the target holds something that is not ours, Busy if somebody else
    renews it, DiskFull, and OSError if the swap fails; the live release then stays where it is.
    """
    with ready(target):
        _require_room(target, size)
        staging = staging_of(target)
        number = max([number_of(target) or 0, *earlier(target)], default=0) + 1
        try:
            staging.mkdir()
            mark_release(staging, number)
            yield staging
            put_in_place(staging, target)
        except BaseException:
            if number_of(staging) in {number, None}:  # else it is the old one, swapped already
                shutil.rmtree(staging, ignore_errors=True)
            raise
        _forget_oldest(target)


@contextmanager
def ready(target: Path) -> Iterator[None]:
    """Hold a target's lock, with everything in order that a killed run has left."""
    prepare_beside(target)
    with alone(target):
        _tidy(target)
        _require_no_strangers(target)
        yield


def require_renewable(target: Path) -> None:
    """Raise RefusedTarget if the target, or the folder beside it, holds what is not ours."""
    require_ours(target)
    require_ours(beside(target))
    _require_no_strangers(target)


def _require_no_strangers(target: Path) -> None:
    try:
        strangers = strangers_in(target)
    except ReleaseFault:
        raise RefusedTarget(
            f"{target.name} 里的 {MANIFEST} 坏了，分不清哪些文件是别人放的；"
            f"把 {target.name} 改个名字留着再试，确认里面没有自己的文件以后可以删掉"
        ) from None
    if strangers:
        names = "、".join(strangers[:3])
        found = f"{target.name} 里有不是本程序生成的文件（{names}"
        more = f" 等 {len(strangers)} 个" if len(strangers) > 3 else ""
        raise RefusedTarget(f"{found}{more}），请移走后再试，以免丢失")


def put_in_place(release: Path, target: Path) -> None:
    """Let a whole release take the target's place; the live one is kept under its number.

    Raises OSError if that fails, with the live one still, or again, in its place.
    """
    live = number_of(target)
    if not target.exists():
        move(release, target)
    elif live is None:  # a folder that somebody made, with nothing in it but a system's own
        remove_empty(target)
        move(release, target)
    elif exchange(release, target):
        _keep(release, target)
    else:
        _put_by_renaming(release, target, live)


def _put_by_renaming(release: Path, target: Path, live: int) -> None:
    note = note_of(target)
    kept = _free(kept_as(target, live))
    note.write_text(str(live), encoding="utf-8")
    try:
        move(target, kept)
        try:
            move(release, target)
        except BaseException:
            kept.rename(target)
            raise
    finally:
        if target.exists():
            note.unlink()


def _keep(release: Path, target: Path) -> None:
    """Put a release that is no longer live under its own number."""
    number = number_of(release)
    assert number is not None
    wanted = kept_as(target, number)
    if release != wanted:
        move(release, _free(wanted))


def _free(place: Path) -> Path:
    """A place with nothing in it any more."""
    if place.exists():
        _remove(place)
    return place


def _tidy(target: Path) -> None:
    """Put in order what a killed run has left: no release is lost, nothing half made is kept."""
    note = note_of(target)
    if note.exists():
        said = note.read_text(encoding="utf-8", errors="replace")
        old = kept_as(target, int(said) if re.fullmatch("[0-9]{1,12}", said) else 0)
        if not target.exists() and old.is_dir():
            move(old, target)
        note.unlink()
    for rest in beside(target).glob("removing-*"):
        shutil.rmtree(rest, ignore_errors=True)
    live = number_of(target)
    staging = staging_of(target)
    if staging.exists():
        number = number_of(staging)
        replaced = None not in (live, number) and number < live  # type: ignore[operator]
        if replaced:
            _keep(staging, target)  # killed after the exchange: this is the release before
        else:
            _remove(staging)
    for number, folder in earlier(target).items():
        if folder.name != kept_as(target, number).name:  # killed while rolling back
            _keep(folder, target)


def _forget_oldest(target: Path) -> None:
    live = number_of(target)
    numbers = [number for number in earlier(target) if number != live]
    for number in numbers[:-KEEP]:
        _remove(kept_as(target, number))


def _remove(folder: Path) -> None:
    """Delete a folder so that half of it is never taken for a release."""
    removing = folder.with_name(f"removing-{folder.name}")
    shutil.rmtree(removing, ignore_errors=True)
    move(folder, removing)
    shutil.rmtree(removing, ignore_errors=True)  # what a program holds open goes next time


def room_for(target: Path, size: int = 0) -> int:
    """Bytes that must be free to renew a target; `size` as for `renewal`."""
    if not size:
        try:
            size = read_manifest(target).size
        except ReleaseFault:
            size = _LEAST_ROOM
    return size + size // 5


def _require_room(target: Path, size: int) -> None:
    needed = room_for(target, size)
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise DiskFull(
            f"{target.parent} 所在的磁盘只剩 {_megabytes(free)}，要 {_megabytes(needed)}；"
            "腾出空间后再试"
        )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
