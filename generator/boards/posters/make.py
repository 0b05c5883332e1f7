"""Setting many posters: what is missing or does not fit first, unchanged ones from the cache."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from boards.cache import Entry
from boards.errors import BoardError, Problem
from boards.formats import Size
from boards.posters.lacking import missing_glyphs
from boards.posters.resolution import dots_per_inch, lighter
from boards.posters.setting import Fit, Layout, as_json
from boards.posters.trials import planned, sizes_that_fit
from boards.posters.unfit import too_long
from boards.posters.views import Poster
from boards.posters.views.sheets import sheets_of
from boards.posters.workshop import Workshop
from boards.progress import Progress, silent
from boards.typst.glyphs import check_glyph_pictures

THREADS = 2
PREVIEW = 720
"""Long side of a preview picture in pixels."""
FEW = 4
"""Photos of which each may be large on a poster."""
MANY = 12
"""Photos that are small on any poster."""
FINE = 1.5
"""How many times the resolution of its size (see Size.dpi) a photo is given, if it has so much."""


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
    chosen: bool = False
    """Whether somebody chose the size, and could choose another."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A poster that was set, or one of its sheets, as files in the cache."""

    poster: Poster
    pdf: Path
    preview: Path | None
    dpi: Mapping[str, float]
    """The dots per inch that each photo on it has, by the digest of the photo's bytes."""
    without: str
    """What it leaves out for want of room, in words."""
    fit: Fit
    """What it shares with the other sheets."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an order: its sheets; or, if optional, why there are none."""

    order: Order
    sheets: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def without(self) -> str:
        """What its sheets leave out for want of room, in words."""
        return next((sheet.without for sheet in self.sheets if sheet.without), "")


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
    made = _all_set(shop, orders, progress)
    if faults := [p for row in made if not row.order.optional for p in row.problems]:
        raise BoardError(_once(faults))
    return made


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """One text that is too long for several posters is said for each, but not twice for one."""
    return list({(p.sort_key, p.hint): p for p in problems}.values())


def _all_set(shop: Workshop, orders: Sequence[Order], progress: Progress) -> list[Made]:
    """Every order, in order. Those that take much memory are set in turn, beside the others."""
    made: dict[int, Made] = {}
    stop, counting = threading.Event(), threading.Lock()

    def work(numbers: Iterable[int]) -> None:
        for number in numbers:
            if stop.is_set():
                return
            made[number] = _set_order(shop, orders[number])
            with counting:
                progress(len(made), len(orders))

    large = [number for number, order in enumerate(orders) if shop.is_large(order.poster)]
    others = sorted({*range(len(orders))} - {*large})
    with ThreadPoolExecutor(THREADS) as pool:
        parts = [pool.submit(work, large), *(pool.submit(work, [number]) for number in others)]
        try:
            for part in parts:
                part.result()
        finally:
            stop.set()  # what has not begun need not once one has failed
    return [made[number] for number in range(len(orders))]


def _set_order(shop: Workshop, order: Order) -> Made:
    found = planned(shop, order.poster, order.size)
    sheets: list[Sheet] = []
    unfit: list[tuple[Poster, list[Any]]] = []
    for sheet in sheets_of(shop.board, order.poster, found.sheets):
        content = as_json(shop.studio, sheet, order.size, order.layout, found.fit)
        key = shop.key(sheet, content)
        there = shop.cache.get(key)
        kept = there or _set(shop, order, sheet, found.fit, key)
        if kept.facts["unfit"]:
            unfit.append((sheet, kept.facts["unfit"]))
        else:
            preview = _preview(shop, order, sheet, found.fit, key) if order.preview else None
            facts = kept.facts
            pdf, without = kept.files[".pdf"], facts["without"]
            sheets.append(Sheet(sheet, pdf, preview, facts["dpi"], without, found.fit))
        if not there:  # not before its picture, which is laid out alike
            shop.typesetter.rest(large=shop.is_large(sheet))
    if not unfit:
        return Made(order, tuple(sheets))
    better = sizes_that_fit(shop, order.poster, order.size) if order.chosen else []
    problems = [too_long(shop.board, sheet, order.size, facts, better) for sheet, facts in unfit]
    return Made(order, problems=tuple(chain.from_iterable(problems)))


def _set(shop: Workshop, order: Order, sheet: Poster, fit: Fit, key: str) -> Entry:
    """Set a poster and keep it; of one that does not fit only why is kept.

    Many photos on one poster are small ones: they are set in a light rendition, and only those that
    come out coarse in the next. Typst decodes every photo whole.
    """
    setter = shop.typesetter
    names = lighter(sheet, shop.pictures, "small")
    light = names if len(names) > FEW else ()
    used = dict.fromkeys(light, "small" if len(names) > MANY else "large")
    while True:
        photos = {name: getattr(shop.pictures[name], used[name]).path.name for name in used}
        content = as_json(shop.studio, sheet, order.size, order.layout, fit, photos)
        document = setter.pdf(sheet.kind, content)
        if unfit := setter.facts("unfit"):
            return shop.cache.put(key, {}, {"unfit": unfit, "dpi": {}, "without": ""})
        dpi = dots_per_inch(document)
        wanted = FINE * order.size.dpi * order.size.scale
        digests = {name: getattr(shop.pictures[name], used[name]).digest for name in used}
        coarse = [name for name in used if dpi.get(digests[name], wanted) < wanted]
        if not coarse:
            break
        finer = [name for name in coarse if used[name] == "small"]
        used = {name: kind for name, kind in used.items() if name not in coarse}
        used |= dict.fromkeys(finer, "large")
    return shop.keep(key, document, sheet, (order.size, order.layout), dpi)


def _preview(shop: Workshop, order: Order, sheet: Poster, fit: Fit, poster_key: str) -> Path:
    key = shop.cache.key(poster_key, "preview", str(PREVIEW))
    kept = shop.cache.get(key)
    if kept is None:
        ppi = PREVIEW / (order.size.long / order.size.scale / 25.4)
        photos = lighter(sheet, shop.pictures, "small")
        content = as_json(shop.studio, sheet, order.size, order.layout, fit, photos)
        kept = shop.cache.put(
            key,
            {".png": _small(shop.typesetter.png(sheet.kind, content, ppi), photos=bool(photos))},
        )
    return kept.files[".png"]


def _small(png: bytes, *, photos: bool) -> bytes:
    """A picture in few colours: a third of the bytes, and nobody sees it.

    An octree finds them in a tenth of the time that a median cut takes; what it does to photos is
    seen unless these are dithered.
    """
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(png)) as opened:
        flat = Image.new("RGB", opened.size, "white")
        flat.paste(opened, mask=opened.getchannel("A") if "A" in opened.getbands() else None)
    few = flat.quantize(256 if photos else 128, Image.Quantize.FASTOCTREE)
    if photos:
        few = flat.quantize(palette=few, dither=Image.Dither.FLOYDSTEINBERG)
    target = io.BytesIO()
    few.save(target, "PNG")
    return target.getvalue()
