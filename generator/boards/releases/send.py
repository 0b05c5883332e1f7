"""Taking a finished release elsewhere: to a share, a server's folder, a stick."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from boards.output import RefusedTarget, require_ours
from boards.progress import Progress, silent
from boards.releases.manifest import MANIFEST, ReleaseFault, faults_of, read_manifest
from boards.releases.places import require_place
from boards.releases.renewal import renewal


def require_elsewhere(site: Path, target: Path) -> None:
    """Raise RefusedTarget unless a copy for others can go to `target`, before it is made.

    Not into the folder `site`, where records are read and other things are made.
    """
    site, target = site.resolve(), target.resolve()
    if target.is_relative_to(site) or site.is_relative_to(target):
        raise RefusedTarget(f"{target} 在网站自己的文件夹里，或者包着它；请指定别处的文件夹")
    _require_reachable(target)
    require_place(target)
    require_ours(target)


def send(release: Path, target: Path, progress: Progress = silent) -> int:
    """Copy a release to `target` and check what arrived; returns the number of its files.

    What stands in `target` stays until the copy is whole and verified. `progress` hears of every
    file. Raises ReleaseFault if the release, or what arrived, is not what its manifest says, and
    what `renewal` raises.
    """
    release, target = release.resolve(), target.resolve()
    if target.is_relative_to(release) or release.is_relative_to(target):
        raise RefusedTarget(f"{target} 和 {release.name} 互相包含，请指定别的文件夹")
    _require_reachable(target)
    manifest = read_manifest(release)
    names = [MANIFEST, *manifest.files]
    with renewal(target, manifest.size) as staging:
        for done, name in enumerate(names, 1):
            _copy(release / name, staging / name)
            progress(done, len(names))
        if not (staging / MANIFEST).is_file():
            raise ReleaseFault(f"拷到一半，{target.parent} 断开了或被删了；接好以后再试")
        if faults := faults_of(staging):
            raise ReleaseFault(f"拷到 {target} 的和原来的不一样：{'；'.join(faults[:5])}")
    return len(names)


def _require_reachable(target: Path) -> None:
    if not target.parent.is_dir():
        raise RefusedTarget(f"找不到 {target.parent}；检查路径，共享文件夹先连上，U 盘先插好")


def _copy(source: Path, target: Path) -> None:
    """Copy a file and see it written: sticks are pulled out before the system has done so."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as original, target.open("wb") as copy:
        shutil.copyfileobj(original, copy, 1024 * 1024)
        copy.flush()
        os.fsync(copy.fileno())
