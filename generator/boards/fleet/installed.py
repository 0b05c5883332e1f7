"""Putting a branch's site in its place beside the portal, whole and verified, or not at all."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from boards.errors import BuildFailed
from boards.fleet.archives import ArchiveFault, unpack
from boards.fleet.shards import IndexFault, read_index
from boards.fleet.store import Store
from boards.output import MARKER
from boards.records import Audience
from boards.releases.manifest import (
    MANIFEST,
    Manifest,
    ReleaseFault,
    faults_of,
    fingerprint_of,
    read_manifest,
)
from boards.releases.renewal import renewal
from boards.site.projection import Projection, ProjectionFault, read_projection
from boards.site.verify import verify

_ADDRESS = re.compile(r"[A-Za-z0-9._/-]+")
"""What our own addresses are made of: nothing that a browser would read otherwise."""


class NotAdopted(Exception):
    """A site that cannot stand below the portal; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A branch's site as it stands."""

    folder: Path
    manifest: Manifest
    fingerprint: str
    told: Projection


def standing(folder: Path, circle: Audience) -> Installed | None:
    """The site that stands in a folder; None if there is none that the portal may show."""
    try:
        manifest = _usable(folder)
        return Installed(folder, manifest, fingerprint_of(folder), _told(folder, manifest, circle))
    except (NotAdopted, ReleaseFault, OSError):
        return None


def is_whole(site: Installed) -> bool:
    """Whether every file stands there in its size: what a look at the folder can tell."""
    try:
        return all(
            (site.folder / name).stat().st_size == size
            for name, (size, _) in site.manifest.files.items()
        )
    except OSError:
        return False


def install(store: Store, archive: str, target: Path) -> None:
    """Put a site of the store in its place. Raises NotAdopted, and what `renewal` raises."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with renewal(target) as staging, store.opened(f"releases/{archive}.zip") as stream:
            for _ in unpack(stream, staging):
                pass
            _require_whole(staging)
    except (ArchiveFault, FileNotFoundError) as error:
        raise NotAdopted(f"存放处的成品坏了（{error}）；再生成一次") from error


def adopt(release: Path, target: Path, circle: Audience) -> bool:
    """Put a finished site of a branch's own in its place; False if the same stands there already.

    It is copied by its manifest, compared, and walked as our own are. Raises NotAdopted, and what
    `renewal` raises.
    """
    try:
        manifest = _usable(release)
        _told(release, manifest, circle)
        there = standing(target, circle)
        if there and there.fingerprint == fingerprint_of(release) and is_whole(there):
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        with renewal(target, manifest.size) as staging:
            for name in (MANIFEST, *manifest.files):
                (staging / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(release / name, staging / name)
            _require_whole(staging)
            verify(staging, {MARKER, MANIFEST, *manifest.files})
            read_index(staging)  # the portal's pages run it
    except ReleaseFault as error:
        raise NotAdopted(f"{error}；请这个支部重新发布、重新拷一份") from error
    except IndexFault as error:
        raise NotAdopted(f"{error}；请这个支部重新发布") from error
    except BuildFailed as error:
        raise NotAdopted(f"{error}\n    改法：请这个支部用新版程序重新发布") from error
    except FileNotFoundError as error:
        raise NotAdopted(f"缺少 {error.filename}；请这个支部重新拷一份") from error
    return True


def _require_whole(staging: Path) -> None:
    if faults := faults_of(staging):
        raise NotAdopted(f"拷来的和清单不一样：{'；'.join(faults[:5])}；重新拷一份")


def _usable(release: Path) -> Manifest:
    if not release.is_dir():
        raise NotAdopted(f"找不到文件夹 {release}；检查路径，共享文件夹先连上")
    manifest = read_manifest(release)
    if manifest.edition != "publish":
        raise NotAdopted("这是预览版，不能进门户；请这个支部运行 boards publish，写发布版的文件夹")
    return manifest


def _told(release: Path, manifest: Manifest, circle: Audience) -> Projection:
    """What it tells of itself, if the portal may have it and all that it names is there."""
    try:
        told = read_projection(release)
    except ProjectionFault as error:
        raise NotAdopted(str(error)) from error
    if not told.circle.reaches(circle):
        wide = f"{told.circle.label}（{told.circle}）"
        raise NotAdopted(
            f"这个网站只能给{wide}看，比门户的范围窄；fleet.yml 里写 folder，由集团生成"
        )
    for page in told.pages:
        if not _ADDRESS.fullmatch(page) or page not in manifest.files:
            raise NotAdopted(f"boards.json 提到的 {page[:80]} 不在清单里；请这个支部重新发布")
    return told
