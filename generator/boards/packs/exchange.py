"""The packs that a site offers for download, and what a portal can read of them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from boards.board import Board
from boards.editions import Edition
from boards.errors import BoardError
from boards.packs.record import to_yaml
from boards.packs.share import make_pack, pictures_of
from boards.posters.make import Workshop, workshop
from boards.posters.typesetting import engine
from boards.records import Audience, Shared
from boards.views.exchange import Exchange, OwnPack, PackFile, page_of, updated
from boards.views.shared import shareable

PORTAL_SCHEMA = "branch-boards/1"
"""Names the form of boards.json; a new form gets a new number."""

_RECIPE = "1"
"""Part of every cached name; raise it when a format changes without its templates changing."""

_FORMATS = (
    (".docx", "Word"),
    (".pdf", "PDF"),
    (".html", "网页"),
    (".zip", "材料包"),
)


def exchange(board: Board, edition: Edition) -> Exchange:
    """Packs of all that may go to sister units; `board` is as it was read.

    A site is built even if nothing may leave. Raises BoardError for characters that no typeface
    has, FontsUnusable.
    """
    try:
        found = shareable(board, edition, Audience.SISTER_UNITS)
    except BoardError:  # what may leave does not hold together; `boards share` says why
        return Exchange(blocked=True)
    if not found:
        return Exchange()
    shop = workshop(board)
    return Exchange(tuple(_own_pack(shop, board, shared) for shared in found))


def _own_pack(shop: Workshop, board: Board, shared: Shared) -> OwnPack:
    files = _made(shop, board, shared)
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
            for (_, label), file in zip(_FORMATS, files, strict=True)
        ),
        updated=updated(shared),
    )


def _made(shop: Workshop, board: Board, shared: Shared) -> list[Path]:
    """The pack's files in the cache, made if its words, pictures or formats have changed."""
    root = board.data.parent
    pictures = pictures_of(board, shared)
    parts = [to_yaml(shared), *pictures.values(), _RECIPE.encode(), engine(packs=True).encode()]
    parts.append(shop.studio.fonts.fingerprint.encode())
    key_file = root / "keys" / "signing.pem"
    parts.append(key_file.read_bytes() if key_file.is_file() else b"")
    digest = hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts))
    folder = root / ".boards" / "packs" / digest.hexdigest()[:24]
    names = [f"{shared.key}{ending}" for ending, _ in _FORMATS]
    if not all((folder / name).is_file() for name in names):
        pack = make_pack(shop, board, shared, root)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            content = pack.files.get(name, pack.archive)
            part = folder / f"{name}.part"
            part.write_bytes(content)
            part.replace(folder / name)
    return [folder / name for name in names]


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
                        "sha256": hashlib.sha256(file.path.read_bytes()).hexdigest(),
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
