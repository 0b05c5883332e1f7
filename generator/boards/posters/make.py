"""Setting many posters: what is missing or does not fit first, unchanged ones from the cache."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from boards.board import Board
from boards.errors import BoardError, Problem
from boards.formats import Size
from boards.output import write_whole
from boards.posters.fonts import font_set
from boards.posters.glyphs import check_glyph_pictures, missing_glyphs
from boards.posters.resolution import coarse_photos
from boards.posters.setting import Layout, Studio, as_json, page
from boards.posters.typesetting import NotSet, Typesetter, engine, too_long
from boards.progress import Progress, silent
from boards.views.posters import Poster

THREADS = 2
PREVIEW = 720
"""Long side of a preview picture in pixels."""
KEPT = 600
"""Files that the cache keeps; a branch of sixty posters in three sizes makes a third of that."""
_RECIPE = "1"
"""Part of every cached name; raise it when the steps below change."""


@dataclass(frozen=True, slots=True)
class Order:
    """One poster wanted in one size."""

    poster: Poster
    size: Size
    layout: Layout
    preview: bool = False
    """Whether a picture for the screen is wanted too."""
    optional: bool = False
    """Whether the poster may be left out of this size if it does not fit."""


@dataclass(frozen=True, slots=True)
class Made:
    """A poster that was set, as files in the cache; or, if optional, why it was not."""

    order: Order
    pdf: Path | None
    preview: Path | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Workshop:
    """Everything that posters of a prepared board are made with; see `workshop`."""

    studio: Studio
    typesetter: Typesetter
    cache: Path

    @property
    def board(self) -> Board:
        """The board the posters are of."""
        return self.studio.board


def workshop(board: Board) -> Workshop:
    """Faces and engine for a board from `editions.prepare`; raises FontsUnusable."""
    settings = board.branch.posters
    fonts = font_set(board.data, settings.fonts if settings else None)
    root = board.data.parent / ".boards"
    return Workshop(Studio(board, fonts), Typesetter(root, fonts), root / "posters")


def make(shop: Workshop, orders: Sequence[Order], progress: Progress = silent) -> list[Made]:
    """Set every order, in order.

    Raises BoardError with all characters no face has, before anything is set; then with all texts
    that do not fit.
    """
    posters = list({order.poster.id: order.poster for order in orders}.values())
    if unusable := list(check_glyph_pictures(shop.board)):
        raise BoardError(unusable)
    if missing := list(missing_glyphs(shop.board, posters, shop.studio.fonts, shop.studio.around)):
        raise BoardError(missing)
    made = []
    with ThreadPoolExecutor(THREADS) as pool:
        for row in pool.map(lambda order: _made(shop, order), orders):
            made.append(row)
            progress(len(made), len(orders))
    if faults := [p for row in made if not row.order.optional for p in row.problems]:
        raise BoardError(_once(faults))
    _tidy(shop.cache)
    return made


def coarse_of(board: Board, made: Made) -> list[Problem]:
    """Notices of photos that are too coarse for the size a poster was set in."""
    if made.pdf is None:
        return []
    return list(coarse_photos(board, made.order.size, made.pdf.read_bytes()))


def _once(problems: list[Problem]) -> list[Problem]:
    """One text that is too long for several posters is said for each, but not twice for one."""
    return list({(p.sort_key, p.hint): p for p in problems}.values())


def _made(shop: Workshop, order: Order) -> Made:
    content = as_json(shop.studio, order.poster, order.size, order.layout)
    name = _key(shop, order.poster.kind, content)
    pdf = shop.cache / f"{name}.pdf"
    preview = shop.cache / f"{name}.png" if order.preview else None
    if _is_whole(pdf, _PDF) and (preview is None or _is_whole(preview, _PNG)):
        return Made(order, pdf, preview)
    kind = order.poster.kind
    setter = shop.typesetter
    document = setter.pdf(kind, content)
    if unfit := setter.facts("unfit"):
        found = too_long(shop.board, order.poster, order.size.label, unfit)
        return Made(order, None, None, tuple(found))
    _require_page(document, order)
    write_whole(pdf, document)
    if preview:
        ppi = PREVIEW / (order.size.long / order.size.scale / 25.4)
        write_whole(preview, _small(setter.png(kind, content, ppi)))
    return Made(order, pdf, preview)


def _key(shop: Workshop, kind: str, content: str) -> str:
    parts = (_RECIPE, engine(), shop.studio.fonts.fingerprint, kind, content)
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:24]


_PDF = (b"%PDF-", b"%%EOF")
_PNG = (b"\x89PNG", b"IEND\xaeB`\x82")
"""How a whole file begins and ends."""


def _is_whole(file: Path, ends: tuple[bytes, bytes]) -> bool:
    """Whether a cached file is there and not cut off; if so it counts as used now, to be kept."""
    try:
        content = file.read_bytes()
        os.utime(file)
    except OSError:
        return False
    return content.startswith(ends[0]) and content.rstrip().endswith(ends[1])


def _require_page(document: bytes, order: Order) -> None:
    """One page of the right size, or the template is at fault."""
    import pikepdf  # noqa: PLC0415 - heavy, and cached posters do without

    wanted = page(order.size, order.layout)
    with pikepdf.open(io.BytesIO(document)) as opened:
        boxes = [[float(edge) for edge in sheet.mediabox] for sheet in opened.pages]
    sides = [wanted["page_width"] / 25.4 * 72, wanted["page_height"] / 25.4 * 72]
    if len(boxes) != 1 or any(abs(a - b) > 0.1 for a, b in zip(boxes[0][2:], sides, strict=True)):
        raise NotSet(f"{order.poster.id}：画面不是一页 {order.size.label}")


def _small(png: bytes) -> bytes:
    """A picture in few colours: a third of the bytes, and nobody sees it."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(png)) as opened:
        flat = Image.new("RGB", opened.size, "white")
        flat.paste(opened, mask=opened.getchannel("A") if "A" in opened.getbands() else None)
    target = io.BytesIO()
    flat.quantize(128, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()


def _tidy(cache: Path) -> None:
    """Drop what has not been used for longest, once there is too much of it."""
    files = [file for ending in ("*.pdf", "*.png") for file in cache.glob(ending)]
    for file in sorted(files, key=_used)[: max(len(files) - KEPT, 0)]:
        file.unlink(missing_ok=True)


def _used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
