"""Making a pack: one write-up in every format that somebody may need, and what proves it whole."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.errors import BoardError
from boards.media import picture
from boards.output import MARKER, require_ours
from boards.packs.archive import facts_of, write_pack
from boards.packs.content import PackContent
from boards.packs.forms import FORMS
from boards.packs.keys import own_key
from boards.packs.paper import cover_sheet, missing_glyphs
from boards.packs.record import RECORD, to_yaml
from boards.packs.script import protected_words, to_traditional
from boards.packs.shareable import photos_of, shareable
from boards.posters.workshop import Workshop
from boards.records import Audience, Shared
from boards.rules.received import folder_of

OUTPUT = "share"
"""The folder that packs are written to, beside data."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: what it is called, its files, and the archive of them all."""

    name: str
    shared: Shared
    files: dict[str, bytes]
    archive: bytes
    notes: tuple[str, ...] = ()


def shared_of(board: Board, edition: Edition, circle: Audience) -> list[Shared]:
    """All that can be given out: this branch's own, and what others sent for that circle."""
    passed_on = [row for row in board.received.values() if row.level.reaches(circle)]
    return [*shareable(board, edition, circle), *passed_on]


def make_pack(
    shop: Workshop, board: Board, shared: Shared, root: Path, *, traditional: bool = False
) -> Pack:
    """A write-up with its pictures in every format; signed if the site in `root` has a key.

    `board` is as it was read. Raises BoardError for characters that no typeface has.
    """
    pictures = pictures_of(board, shared)
    seen = to_traditional(shared, protected_words(board)) if traditional else shared
    content = PackContent(seen, pictures, traditional)
    if problems := list(missing_glyphs(board, seen, shop.studio.fonts)):
        raise BoardError(problems)
    formed = [form.make(content, shop.typesetter) for form in FORMS]
    files = {RECORD: to_yaml(shared), **pictures}
    for form in formed:
        files |= form.files
    # What another unit wrote is passed on, but never under a signature that says it is ours.
    signer = own_key(root) if shared.unit.id == board.branch.id else None
    said = [(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()]
    mark = signer.fingerprint if signer else None
    files["cover.pdf"] = cover_sheet(content, mark, sorted(said), shop.typesetter)
    shop.typesetter.rest(large=bool(pictures))
    name = f"{shared.unit.id}-{shared.key}{'-hant' if traditional else ''}"
    notes = tuple(note for form in formed for note in form.notes)
    return Pack(name, shared, files, write_pack(files, facts_of(shared), signer), notes)


def write(pack: Pack, folder: Path) -> Path:
    """Write the archive, and beside it a folder of its files; returns the archive's path.

    Of an earlier pack nothing stays: a picture that was withdrawn must not be sent after all.
    Raises RefusedTarget if the folder is not ours.
    """
    require_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    target = folder / pack.name
    if target.exists():
        shutil.rmtree(target)
    for name, content in pack.files.items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    archive = folder / f"{pack.name}.zip"
    archive.write_bytes(pack.archive)
    return archive


def pictures_of(board: Board, shared: Shared) -> dict[str, bytes]:
    """A write-up's pictures by their names in the pack: as they came, or from our own photos."""
    if shared.id in board.received:
        folder = board.data / folder_of(shared)
        return {figure.file: (folder / figure.file).read_bytes() for figure in shared.figures}
    return {
        name: picture(board, photo).large.path.read_bytes()
        for name, photo in photos_of(board, shared).items()
    }
