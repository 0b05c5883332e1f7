"""What systems, network storage and office programs leave in folders by themselves.

It is declared here once. Such things stop nothing, are read by nobody and are never published.
"""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePath

_NAMES = frozenset({
    # Windows, and IIS in a folder it serves
    "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "$recycle.bin", "recycler",
    "system volume information", "aspnet_client",
    # macOS, on sticks and shares as well, and in what it zips
    ".ds_store", ".localized", ".apdisk", ".appledouble", ".appledb", ".appledesktop", ".trashes",
    ".spotlight-v100", ".fseventsd", ".temporaryitems", ".documentrevisions-v100", "__macosx",
    "network trash folder", "icon\r",
    # network storage: Synology, QNAP, Samba, ZFS, NetApp
    "@eadir", "@tmp", "#recycle", "#snapshot", ".synologyworkingdirectory", "@recycle",
    "@recently-snapshot", ".@__thumb", ".@upload_cache", ".streams", ".recycle", ".zfs",
    ".snapshot", "~snapshot",
    # Linux and its desktops
    "lost+found", ".directory", ".hidden",
    # what keeps folders alike: Syncthing, Resilio, Dropbox
    ".stfolder", ".stversions", ".stignore", ".sync", ".dropbox", ".dropbox.cache",
})  # fmt: skip
"""Files and folders by their whole name, in lower case; all that is in such a folder, too."""

_ONE_NAME = re.compile(r"[^/\\:.][^/\\:]*")
_REMEMBERED = 4096
_PATTERN = re.compile(
    r"\._.*"  # macOS beside every file on a share
    r"|~\$.*|\.~.*|~wr[a-z]\d+\.tmp|~df[0-9a-f]+\.tmp"  # Office, WPS and LibreOffice: locks
    r"|\.nfs.*|\.fuse_hidden.*|\.smb.*|\.cifs.*"  # network file systems: deleted, but still open
    r"|\.trash-\d+"
    r"|\.syncthing\..*|~syncthing~.*",
    re.DOTALL,
)


def is_left_behind(path: PurePath | str) -> bool:
    """Whether nobody made a file or folder on purpose: itself, or a folder on the relative path."""
    return any(map(_is_such, _parts(path)))


@functools.lru_cache(_REMEMBERED)
def _is_such(name: str) -> bool:
    known = name.casefold()
    return known in _NAMES or _PATTERN.fullmatch(known) is not None


def is_unread(path: PurePath | str) -> bool:
    """The same, or hidden: whoever keeps records hides none, and opens none that is hidden."""
    return any(part.startswith((".", "~")) or _is_such(part) for part in _parts(path))


def _parts(path: PurePath | str) -> Sequence[str]:
    if isinstance(path, PurePath):
        return path.parts
    return (path,) if _ONE_NAME.fullmatch(path) else PurePath(path).parts


def remove_empty(folder: Path) -> None:
    """Remove a folder with what systems left in it; raises OSError if there is anything else."""
    for item in folder.iterdir():
        if not is_left_behind(item.name):
            break
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item)
        else:
            item.unlink()
    folder.rmdir()


def is_as_good_as_empty(folder: Path) -> bool:
    """Whether a folder holds nothing that anybody could miss."""
    return all(is_left_behind(item.name) for item in folder.iterdir())
