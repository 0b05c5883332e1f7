"""The packs that a site offers for download, and what a portal can read of them."""

from __future__ import annotations

import functools
import hashlib
import json
from importlib.resources import files
from pathlib import Path

from boards.board import Board
from boards.editions import Edition
from boards.errors import BoardError
from boards.output import write_whole
from boards.packs.keys import own_key
from boards.packs.record import to_yaml
from boards.packs.share import make_pack, pictures_of
from boards.posters.make import Workshop, workshop
from boards.posters.typesetting import engine
from boards.records import Audience, Shared
from boards.views.exchange import Exchange, OwnPack, PackFile, page_of, updated
from boards.views.shared import ON_SITE, shareable

PORTAL_SCHEMA = "branch-boards/1"
"""Names the form of boards.json; a new form gets a new number."""

_RECIPE = "1"
"""Part of every cached name; raise it when a format changes without its templates changing."""

_SUMS = "sums.json"
_FORMATS = (
    (".docx", "Word"),
    (".pdf", "PDF"),
    (".html", "网页"),
    (".zip", "材料包"),
)


def exchange(board: Board, edition: Edition) -> Exchange:
    """Packs of all that may go to sister units; `board` is as it was read.

    A site is built even if nothing may leave. Raises BoardError for characters that no typeface
    has, FontsUnusable, KeyFault.
    """
    try:
        found = shareable(board, edition, Audience.SISTER_UNITS, ON_SITE)
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
        summary=shared.summary,
        page=page_of(shared).url,
        files=tuple(
            PackFile(f"exchange/{file.name}", file, label, _size(file))
            for (_, label), file in zip(_FORMATS, made, strict=True)
        ),
        updated=updated(shared),
    )


def _made(shop: Workshop, board: Board, shared: Shared) -> list[Path]:
    """The pack's files in the cache, made if its words, pictures or formats have changed."""
    root = board.data.parent
    key = own_key(root)
    fonts = shop.studio.fonts
    parts = [
        to_yaml(shared),
        *pictures_of(board, shared).values(),
        key.public if key else b"",
        *(text.encode() for text in (_RECIPE, engine(packs=True), _forms(), fonts.fingerprint)),
        *(family.encode() for family in fonts.families.values()),
    ]
    digest = hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts))
    folder = root / ".boards" / "packs" / digest.hexdigest()[:24]
    names = [f"{shared.key}{ending}" for ending, _ in _FORMATS]
    if not _is_whole(folder, names):
        pack = make_pack(shop, board, shared, root)
        made = {name: pack.files.get(name, pack.archive) for name in names}
        sums = json.dumps({name: _sum(content) for name, content in made.items()})
        for name, content in {**made, _SUMS: sums.encode()}.items():
            write_whole(folder / name, content)
    return [folder / name for name in names]


def _is_whole(folder: Path, names: list[str]) -> bool:
    """Whether cached files are there as they were made: a cut power line leaves empty ones."""
    try:
        sums = json.loads((folder / _SUMS).read_text(encoding="utf-8"))
        return all(sums[name] == _sum((folder / name).read_bytes()) for name in names)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@functools.cache
def _forms() -> str:
    """Identifies the templates of all formats, those that are not Typst's included."""
    folder = Path(str(files("boards_theme") / "packs"))
    found = sorted(file for file in folder.rglob("*") if file.is_file())
    return _sum(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in found))


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1024:.0f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def portal_data(board: Board, edition: Edition, packs: tuple[OwnPack, ...]) -> str:
    """boards.json: what the section holds, for a program to read."""
    branch = board.branch
    content = {
        "schema": PORTAL_SCHEMA,
        "unit": {
            "id": branch.id,
            "name": branch.name,
            "mine": branch.mine,
            "group": branch.group,
            "brand": branch.brand,
        },
        "updated": edition.today.isoformat(),
        "packs": [
            {
                "key": pack.key,
                "title": pack.title,
                "kind": pack.kind,
                "level": pack.level,
                "zone": pack.zone,
                "summary": pack.summary,
                "page": pack.page,
                "updated": pack.updated,
                "files": [
                    {
                        "url": file.url,
                        "sha256": _sum(file.path.read_bytes()),
                    }
                    for file in pack.files
                ],
            }
            for pack in packs
        ],
        "received": [
            {"title": row.title, "unit": row.unit.full_name, "page": f"exchange/{row.id}.html"}
            for row in board.received.values()
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
