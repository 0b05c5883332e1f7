"""Taking a finished release elsewhere: to a share, a server's folder, a stick."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from boards.output import RefusedTarget
from boards.progress import Progress, silent
from boards.releases.manifest import MANIFEST, ReleaseFault, faults_of, read_manifest
from boards.releases.renewal import renewal


def send(release: Path, target: Path, progress: Progress = silent) -> int:
    """Copy a release to `target` and check what arrived; returns the number of its files.

    What stands in `target` stays until the copy is whole and verified. `progress` hears of every
    file. Raises ReleaseFault if the release, or what arrived, is not what its manifest says, and
    what `renewal` raises.
    """
    release, target = release.resolve(), target.resolve()
    if target.is_relative_to(release) or release.is_relative_to(target):
        raise RefusedTarget(f"{target} 和 {release.name} 互相包含，请指定别的文件夹")
    if not target.parent.is_dir():
        raise RefusedTarget(f"找不到 {target.parent}；检查路径，共享文件夹先连上，U 盘先插好")
    manifest = read_manifest(release)
    names = [MANIFEST, *manifest.files]
    with renewal(target, manifest.size) as staging:
        for done, name in enumerate(names, 1):
            _copy(release / name, staging / name)
            progress(done, len(names))
        if faults := faults_of(staging):
            raise ReleaseFault(f"拷到 {target} 的和原来的不一样：{'；'.join(faults[:5])}")
    return len(names)


def _copy(source: Path, target: Path) -> None:
    """Copy a file and see it written: sticks are pulled out before the system has done so."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as original, target.open("wb") as copy:
        shutil.copyfileobj(original, copy, 1024 * 1024)
        copy.flush()
        os.fsync(copy.fileno())
