"""The packs that a site offers for download."""

from __future__ import annotations

import functools
import hashlib
from importlib.resources import files
from pathlib import Path

from boards.board.board import Board
from boards.cache import Cache, Entry, home
from boards.editions.edition import Edition
from boards.errors import BoardError
from boards.packs.forms import FORMS
from boards.packs.keys import own_key
from boards.packs.record import to_yaml
from boards.packs.share import make_pack, pictures_of
from boards.packs.shareable import ON_SITE, shareable
from boards.posters.workshop import Workshop, workshop
from boards.records import Audience, Shared
from boards.typst.engine import engine
from boards.views.exchange import Exchange, OwnPack, PackFile, page_of, updated
from boards.words.text import to_plain

_RECIPE = "4"
"""Raise it when a form changes without its templates changing."""

_OFFERED = (*((form.ending, form.label) for form in FORMS if form.label), (".zip", "材料包"))
"""What readers may take, by the end of its name."""


def exchange(board: Board, edition: Edition) -> Exchange:
    """Packs of all that may go to sister units, or as wide as the site; `board` is as it was read.

    A site is built even if nothing may leave. Raises BoardError for characters that no typeface
    has, FontsUnusable, KeyFault.
    """
    try:
        wide = edition.circle.reaches(Audience.SISTER_UNITS)
        circle = edition.circle if wide else Audience.SISTER_UNITS
        found = shareable(board, edition, circle, ON_SITE)
    except BoardError:  # what may leave does not hold together; `boards share` says why
        return Exchange(blocked=True)
    if not found:
        return Exchange()
    shop = workshop(board)
    return Exchange(tuple(_own_pack(shop, board, shared) for shared in found))


def _own_pack(shop: Workshop, board: Board, shared: Shared) -> OwnPack:
    made = _made(shop, board, shared)
    return OwnPack(
        key=shared.key,
        title=shared.title,
        kind=shared.type.label,
        level=shared.level.label,
        zone=shared.zone,
        summary=to_plain(shared.summary),
        page=page_of(shared).url,
        files=tuple(
            PackFile(
                url=f"exchange/{shared.key}{ending}",
                path=made.files[ending],
                label=label,
                size=_size(made.files[ending]),
                digest=made.sums[ending],
            )
            for ending, label in _OFFERED
        ),
        updated=updated(shared),
    )


def _made(shop: Workshop, board: Board, shared: Shared) -> Entry:
    """The pack's files in the cache, made if its words, pictures or forms have changed."""
    root = board.data.parent
    own = own_key(root)
    fonts = shop.studio.fonts
    kept = Cache(home(board.data) / "packs", _RECIPE)
    key = kept.key(
        to_yaml(shared),
        own.public if own else b"",
        *(engine(packs=True), _templates(), fonts.fingerprint, *fonts.families.values()),
        *pictures_of(board, shared).values(),
    )
    if entry := kept.get(key):
        return entry
    pack = make_pack(shop, board, shared, root)
    return kept.put(
        key,
        {ending: pack.files.get(f"{shared.key}{ending}", pack.archive) for ending, _ in _OFFERED},
    )


@functools.cache
def _templates() -> str:
    """Identifies the templates of all forms, those that are not Typst's included."""
    folder = Path(str(files("boards_theme") / "packs"))
    found = sorted(file for file in folder.rglob("*") if file.is_file())
    content = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in found)
    return hashlib.sha256(content).hexdigest()


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
