"""A build, told as a story: read, check, project, render beside the target, verify, swap."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from boards.amend.approval import awaiting
from boards.board.called import command
from boards.cache import home, tidy
from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.errors import BoardError, Problem, errors_in
from boards.output import MARKER
from boards.progress import Progress, silent
from boards.releases.manifest import write_manifest
from boards.releases.renewal import renewal
from boards.report import Redaction, redactions, write_report
from boards.site.shells import Shelled, shells

TARGETS = {EditionName.PREVIEW: "site", EditionName.PUBLISH: "publish"}


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site: where it is, what it holds, what it leaves out, and what was noticed."""

    target: Path
    fingerprint: str
    """The same for equal sites only."""
    pages: int
    posters: int
    poster_notes: list[str]
    """What whoever prints the posters should know: photos too coarse, sizes that hold no text."""
    redactions: list[Redaction]
    to_approve: str
    """The command that approves what awaits it; empty where nothing does."""
    report: Path
    """Where all that was left out is told, for the branch's own eyes."""
    notices: list[Problem]


def build(
    root: Path, edition: Edition, progress: Progress = silent, shelled: Shelled = shells
) -> Built:
    """Build one edition of the site in `root`; the old one stays until the new one is whole.

    `progress` hears of every poster, `shelled` gives what stands around the pages. Raises
    BoardError if the records have errors or a poster cannot hold them, FontsUnusable, BuildFailed
    if rendering or verification fails, and what `releases.renewal` raises if the target cannot be
    renewed.
    """
    from boards.site.contents import contents, write  # noqa: PLC0415
    from boards.site.display import FACE, face  # noqa: PLC0415
    from boards.site.making import makings  # noqa: PLC0415 - heavy; `check` does without
    from boards.site.servers import FILES, server_files  # noqa: PLC0415
    from boards.site.shell import cut, wanted_of  # noqa: PLC0415
    from boards.site.verify import verify, visited  # noqa: PLC0415
    from boards.site.whole import whole_site  # noqa: PLC0415

    root = root.resolve()
    target = root / TARGETS[edition.name]
    with renewal(target) as staging:
        board, problems = check_folders(root / "data", root / "content", edition.today)
        if errors := errors_in(problems):
            raise BoardError(errors)
        prepared, _ = prepare(board, edition)
        made = makings(board, edition, progress)
        site = whole_site(prepared, edition, made)
        around = shelled(root / "mkdocs.yml", wanted_of(site))
        files = contents(site, around)
        write(files, staging)
        seen = visited(staging, list(map(cut, around.texts.values())))
        shown = (part.display for parts in seen.values() for part in parts)
        shutil.copyfile(face(shown, home(root / "data")), staging / FACE)
        for name, text in server_files(staging, seen).items():
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_text(text, encoding="utf-8", newline="\n")
        pages = verify(staging, {MARKER, *files, FACE, *FILES}, board.branch.allow, seen)
        fingerprint = write_manifest(staging, edition.name, edition.today)
        left_out = redactions(board, edition)
        report = write_report(root, edition, left_out)
    tidy(home(root / "data"))
    cards = made.room.cards
    waiting = awaiting(board) if edition.name is EditionName.PUBLISH else []
    return Built(
        target=target,
        fingerprint=fingerprint,
        pages=pages,
        posters=len(cards),
        poster_notes=[f"{card.title}：{note}" for card in cards for note in card.notes],
        redactions=left_out,
        to_approve=command(board, waiting) if waiting else "",
        report=report,
        notices=problems,
    )
