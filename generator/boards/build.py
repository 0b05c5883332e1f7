"""A build, told as a story: read, check, project, render beside the target, verify, swap."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from boards.check import check_folders
from boards.editions import Edition, EditionName, Withheld, prepare
from boards.errors import BoardError, Problem, errors_in
from boards.output import MARKER, require_ours
from boards.progress import Progress, silent

TARGETS = {EditionName.PREVIEW: "site", EditionName.PUBLISH: "publish"}


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site: where it is, its pages, what it leaves out, and what was noticed."""

    target: Path
    pages: int
    posters: int
    withheld: list[Withheld]
    notices: list[Problem]


def build(root: Path, edition: Edition, progress: Progress = silent) -> Built:
    """Build one edition of the site in `root`; the old one stays until the new one is whole.

    `progress` hears of every poster. Raises BoardError if the records have errors or a poster
    cannot hold them, FontsUnusable, BuildFailed if rendering or verification fails, and
    RefusedTarget if the target is not ours to replace.
    """
    from boards.making import makings  # noqa: PLC0415 - heavy; `check` does without
    from boards.servers import server_files  # noqa: PLC0415
    from boards.site import render_site  # noqa: PLC0415
    from boards.verify import verify  # noqa: PLC0415
    from boards.views.site import whole_site  # noqa: PLC0415

    root = root.resolve()  # MkDocs takes a relative target for one beside its own file
    target = root / TARGETS[edition.name]
    require_ours(target)
    _recover(target)
    board, problems = check_folders(root / "data", root / "content", edition.today)
    if errors := errors_in(problems):
        raise BoardError(errors)
    prepared, withheld = prepare(board, edition)
    made = makings(board, edition, progress)
    staging = _fresh(target.with_name(f".{target.name}.staging"))
    render_site(root / "mkdocs.yml", whole_site(prepared, edition, made), staging)
    (staging / MARKER).write_text("由 branch-boards 生成，可以整个删除\n", encoding="utf-8")
    for name, text in server_files(staging).items():
        (staging / name).parent.mkdir(exist_ok=True)
        (staging / name).write_bytes(text.encode("utf-8"))
    pages = verify(staging)
    _swap(staging, target)
    return Built(target, pages, len(made.room.cards), withheld, problems)


def _fresh(folder: Path) -> Path:
    require_ours(folder)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARKER).touch()
    return folder


def _recover(target: Path) -> None:
    """Put the old site back if a build was killed in the instant between its two renames."""
    old = target.with_name(f".{target.name}.old")
    if old.is_dir() and not target.exists():
        require_ours(old)
        old.rename(target)


def _swap(staging: Path, target: Path) -> None:
    """Put the new site where the old one was; if that fails, the old one goes back."""
    old = target.with_name(f".{target.name}.old")
    require_ours(old)
    if old.exists():
        shutil.rmtree(old)
    if target.exists():
        target.rename(old)
    try:
        staging.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)  # what a program holds open goes with the next build
