"""Setting many posters: what is missing or does not fit first, unchanged ones from the cache."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boards.board import Board
from boards.cache import Cache, Entry, home
from boards.errors import BoardError, Problem
from boards.formats import Size
from boards.posters.fonts import font_set
from boards.posters.glyphs import check_glyph_pictures
from boards.posters.lacking import missing_glyphs
from boards.posters.resolution import Sought, coarse_photos, dots_per_inch, sought
from boards.posters.setting import Layout, Studio, as_json, page
from boards.posters.typesetting import NotSet, Typesetter, engine, too_long
from boards.progress import Progress, silent
from boards.views.posters import Poster

THREADS = 2
PREVIEW = 720
"""Long side of a preview picture in pixels."""
_RECIPE = "2"
"""Raise it when the steps below change."""


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
    dpi: Mapping[str, float] = field(default_factory=dict)
    """The dots per inch that each photo on it has, by the digest of the photo's bytes."""


@dataclass(frozen=True)
class Workshop:
    """Everything that posters of a prepared board are made with; see `workshop`."""

    studio: Studio
    typesetter: Typesetter
    cache: Cache

    @property
    def board(self) -> Board:
        """The board the posters are of."""
        return self.studio.board

    @functools.cached_property
    def photos(self) -> Sought:
        """The board's photos by the digest of what is printed of them."""
        return sought(self.board)


def workshop(board: Board) -> Workshop:
    """Faces and engine for a board from `editions.prepare`; raises FontsUnusable."""
    settings = board.branch.posters
    fonts = font_set(board.data, settings.fonts if settings else None)
    root = home(board.data)
    return Workshop(Studio(board, fonts), Typesetter(root, fonts), Cache(root / "posters", _RECIPE))


def make(shop: Workshop, orders: Sequence[Order], progress: Progress = silent) -> list[Made]:
    """Set every order, in order.

    Raises BoardError with all characters no face has, before anything is set; then with all texts
    that do not fit.
    """
    posters = list({order.poster.id: order.poster for order in orders}.values())
    if unusable := list(check_glyph_pictures(shop.board)):
        raise BoardError(unusable)
    if missing := list(missing_glyphs(shop.board, posters, shop.studio.fonts)):
        raise BoardError(missing)
    made = []
    with ThreadPoolExecutor(THREADS) as pool:
        for row in pool.map(lambda order: _made(shop, order), orders):
            made.append(row)
            progress(len(made), len(orders))
    if faults := [p for row in made if not row.order.optional for p in row.problems]:
        raise BoardError(_once(faults))
    return made


def coarse_of(shop: Workshop, made: Made) -> list[Problem]:
    """Notices of photos that are too coarse for the size a poster was set in."""
    return list(coarse_photos(shop.board, made.order.size, made.dpi, shop.photos))


def _once(problems: list[Problem]) -> list[Problem]:
    """One text that is too long for several posters is said for each, but not twice for one."""
    return list({(p.sort_key, p.hint): p for p in problems}.values())


def _made(shop: Workshop, order: Order) -> Made:
    content = as_json(shop.studio, order.poster, order.size, order.layout)
    kind = order.poster.kind
    key = shop.cache.key(engine(), shop.studio.fonts.fingerprint, kind, content)
    kept = shop.cache.get(key) or _set(shop, order, key, content)
    if unfit := kept.facts["unfit"]:
        found = too_long(shop.board, order.poster, order.size.label, unfit)
        return Made(order, None, None, tuple(found))
    preview = _preview(shop, order, key, content) if order.preview else None
    return Made(order, kept.files[".pdf"], preview, dpi=kept.facts["dpi"])


def _set(shop: Workshop, order: Order, key: str, content: str) -> Entry:
    """Set a poster and keep it; of one that does not fit only why is kept."""
    setter = shop.typesetter
    document = setter.pdf(order.poster.kind, content)
    facts: dict[str, Any] = {"unfit": setter.facts("unfit"), "dpi": {}}
    if facts["unfit"]:
        return shop.cache.put(key, {}, facts)
    _require_page(document, order)
    facts["dpi"] = dots_per_inch(document)
    return shop.cache.put(key, {".pdf": document}, facts)


def _preview(shop: Workshop, order: Order, poster_key: str, content: str) -> Path:
    key = shop.cache.key(poster_key, "preview", str(PREVIEW))
    kept = shop.cache.get(key)
    if kept is None:
        ppi = PREVIEW / (order.size.long / order.size.scale / 25.4)
        picture = _small(shop.typesetter.png(order.poster.kind, content, ppi))
        kept = shop.cache.put(key, {".png": picture})
    return kept.files[".png"]


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
