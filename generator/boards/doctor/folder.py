"""The site's folder: rights, room, what killed builds left, settings, the private key."""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path

from boards.board.folder import KEY_FILE
from boards.cache import HOME
from boards.doctor.finding import Finding, good, notice, problem
from boards.doctor.machine import Machine
from boards.errors import BuildFailed, Either, why
from boards.output import RefusedTarget
from boards.packs.keys import KeyFault, own_key
from boards.releases.lock import holder
from boards.releases.places import beside, left_behind
from boards.releases.renewal import require_renewable, room_for
from boards.site.mkdocs import site_dir_of

TARGETS = ("site", "publish")
WRITTEN = (HOME, "reports", *(beside(Path(name)).name for name in TARGETS))
"""Folders that a build writes into; a finished site itself is only ever renamed."""

_PLENTY = 500_000_000
"""Bytes: some ten builds of a branch with photos."""


def writing(root: Path) -> Finding:
    """Whether a build can write where it has to."""
    check = "写入"
    faults = []
    for name in (".", *WRITTEN):
        folder = root / name
        if folder.exists() and (fault := _unwritable(folder)):
            faults.append(f"{root if name == '.' else name}（{fault}）")
    if faults:
        advice = "检查文件夹的权限，关掉占用它的程序；同名的文件请移走"
        return problem(check, f"写不进 {'、'.join(faults)}", advice)
    return good(check, f"{root} 可以写")


def _unwritable(folder: Path) -> str:
    """Why nothing can be written to a folder; nothing if it can. Leaves nothing behind."""
    if not folder.is_dir():
        return "不是文件夹"
    try:
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return why(error)


def room(root: Path) -> Finding:
    """Whether a second release fits beside the live one."""
    check = "磁盘空间"
    free = shutil.disk_usage(root).free
    needed = max(room_for(root / name) for name in TARGETS)
    found = f"剩 {_megabytes(free)}"
    if free < needed:
        return problem(check, f"{found}，生成要 {_megabytes(needed)}", "清理磁盘，再生成")
    if free < _PLENTY:
        return notice(check, f"{found}，不多了", "清理磁盘；旧的 posters、share、backups 可以移走")
    return good(check, found)


def releases(root: Path) -> Finding:
    """Whether both sites can be renewed, and what a killed build has left."""
    check = "上次生成"
    left = []
    for name in TARGETS:
        target = root / name
        try:
            require_renewable(target)
        except RefusedTarget as error:
            return problem(check, str(error), "移走以后再生成")
        if (who := holder(target)) is not None:
            advice = "等它结束；确实没有人在生成，就结束那个程序，或重启那台电脑"
            return problem(check, f"有程序正在生成 {name}（{who}）", advice)
        left += [f"{beside(target).name}/{rest}" for rest in left_behind(target)]
    if left:
        found = f"中断过，留下 {'、'.join(left)}"
        return notice(check, found, "再生成一次，程序自己收拾；不要手工改里面的文件")
    return good(check, "没有中断过，也没有别的程序在生成")


def settings(root: Path) -> Finding:
    """Whether a site can be rendered with mkdocs.yml, and `mkdocs build` does no harm."""
    check = "mkdocs.yml"
    try:
        site_dir = site_dir_of(root / "mkdocs.yml")
    except BuildFailed as error:
        return problem(
            check,
            str(error),
            "从备份换回 mkdocs.yml；没有备份，用 boards new 建一个新的，把它的拷来",
        )
    if site_dir.name in TARGETS:
        found = f"site_dir 写成了 {site_dir.name}；有人运行 mkdocs build，会先把它清空"
        return notice(check, found, "改回 site_dir: .preview")
    return good(check, "主题、插件和预览文件夹都对")


def key(root: Path, machine: Machine) -> Finding:
    """Whether the private key is whole, and nobody else's."""
    check = "签名钥匙"
    try:
        own = own_key(root)
    except KeyFault as error:
        return notice(check, f"{error.found}；材料包签不了名", error.hint)
    if own is None:
        make = Either("要签名就运行 boards keys --new", "要签名，在下面做一把")
        return good(check, "还没有，材料包不签名", make)
    if _tracked(root):
        found = f"私钥 {KEY_FILE.as_posix()} 进了 git，看得到仓库的人都能冒名"
        make = Either("运行 boards keys --new 换一把", "在下面换一把")
        return notice(check, found, ("移走旧钥匙，", make, "，再把新指纹通知各单位"))
    if machine.system != "win32":
        mode = stat.S_IMODE((root / KEY_FILE).stat().st_mode)
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            found = f"私钥 {KEY_FILE.as_posix()} 别的用户也能读写（权限 {mode:o}）"
            return notice(check, found, f"运行 chmod 600 {KEY_FILE.as_posix()}")
    return good(check, f"指纹 {own.fingerprint}")


def _tracked(root: Path) -> bool:
    """Whether git has the key, told by its index: names stand there in full, each ended by NUL."""
    for folder in (root, *root.parents):
        if (index := folder / ".git" / "index").is_file():
            name = (root / KEY_FILE).relative_to(folder).as_posix()
            return name.encode("utf-8") + b"\0" in index.read_bytes()
    return False


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
