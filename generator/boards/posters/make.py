"""Setting many posters: what is missing or does not fit first, unchanged ones from the cache."""

from __future__ import annotations

import dataclasses
import functools
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from boards.board import Board
from boards.cache import Cache, Entry, home
from boards.errors import BoardError, Problem
from boards.formats import KINDS, Size, known_size
from boards.posters.fonts import font_set
from boards.posters.glyphs import check_glyph_pictures
from boards.posters.lacking import missing_glyphs
from boards.posters.plan import Attempt, Plan, Trial, plan
from boards.posters.resolution import Sought, dots_per_inch, sought
from boards.posters.setting import Fit, Layout, Studio, as_json, office_layout, page
from boards.posters.typesetting import Typesetter, engine, require_page, too_long
from boards.progress import Progress, silent
from boards.views.posters import Poster
from boards.views.posters.sheets import most_sheets, sheets_of

THREADS = 2
PREVIEW = 720
"""Long side of a preview picture in pixels."""
_RECIPE = "3"
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


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """One text that is too long for several posters is said for each, but not twice for one."""
    return list({(p.sort_key, p.hint): p for p in problems}.values())


def _made(shop: Workshop, order: Order) -> Made:
    found = planned(shop, order.poster, order.size)
    sheets: list[Sheet] = []
    unfit: list[tuple[Poster, list[Any]]] = []
    for sheet in sheets_of(shop.board, order.poster, found.sheets):
        content = as_json(shop.studio, sheet, order.size, order.layout, found.fit)
        key = _key(shop, sheet, content)
        kept = shop.cache.get(key) or _set(shop, order, key, content)
        if kept.facts["unfit"]:
            unfit.append((sheet, kept.facts["unfit"]))
        else:
            preview = _preview(shop, order, key, content) if order.preview else None
            facts = kept.facts
            pdf, without = kept.files[".pdf"], facts["without"]
            sheets.append(Sheet(sheet, pdf, preview, facts["dpi"], without, found.fit))
    if not unfit:
        return Made(order, tuple(sheets))
    better = _sizes_that_fit(shop, order) if order.chosen else []
    problems = [too_long(shop.board, sheet, order.size, facts, better) for sheet, facts in unfit]
    return Made(order, problems=tuple(chain.from_iterable(problems)))


def _sizes_that_fit(shop: Workshop, order: Order) -> list[Size]:
    """The named sizes that hold a poster which the chosen one does not, the nearest first.

    A larger one need not: it is read from farther off.
    """
    area = order.size.width * order.size.height
    sizes = [known_size(name) for name in KINDS[order.poster.kind].sizes]
    sizes.sort(key=lambda size: abs(math.log(size.width * size.height / area)))
    return [size for size in sizes if _fits(shop, order.poster, size)]


def _fits(shop: Workshop, poster: Poster, size: Size) -> bool:
    if most_sheets(poster) > 1:
        return planned(shop, poster, size).fits
    content = as_json(shop.studio, poster, size, office_layout(size))
    shop.typesetter.pdf(poster.kind, content, Trial.FLOOR)
    return not shop.typesetter.facts("full") and not shop.typesetter.facts("unfit")


def planned(shop: Workshop, poster: Poster, size: Size) -> Plan:
    """How many sheets a poster takes in a size, whoever prints it; kept until it changes."""
    most = most_sheets(poster)
    if most == 1:
        return Plan()
    layout = office_layout(size)
    content = as_json(shop.studio, poster, size, layout)
    key = _key(shop, poster, content, "plan")
    if kept := shop.cache.get(key):
        return Plan(**kept.facts)

    def attempt(sheet: Poster, trial: Trial) -> Attempt:
        whole = content if sheet is poster else as_json(shop.studio, sheet, size, layout)
        shop.typesetter.pdf(sheet.kind, whole, trial)
        facts = shop.typesetter.facts
        over = max(facts("full"), default=0.0)
        return Attempt(over, tuple(facts("set")), max(facts("columns"), default=0))

    found = plan(most, functools.partial(sheets_of, shop.board, poster), attempt)
    shop.cache.put(key, {}, dataclasses.asdict(found))
    return found


def _key(shop: Workshop, poster: Poster, content: str, *more: str) -> str:
    return shop.cache.key(engine(), shop.studio.fonts.fingerprint, poster.kind, content, *more)


def _set(shop: Workshop, order: Order, key: str, content: str) -> Entry:
    """Set a poster and keep it; of one that does not fit only why is kept."""
    setter = shop.typesetter
    document = setter.pdf(order.poster.kind, content)
    facts: dict[str, Any] = {"unfit": setter.facts("unfit"), "dpi": {}, "without": ""}
    if facts["unfit"]:
        return shop.cache.put(key, {}, facts)
    require_page(document, order.poster.id, page(order.size, order.layout), order.size.label)
    facts["dpi"] = dots_per_inch(document)
    facts["without"] = "、".join(row["without"] for row in setter.facts("set") if row["without"])
    return shop.cache.put(key, {".pdf": document}, facts)


def _preview(shop: Workshop, order: Order, poster_key: str, content: str) -> Path:
    key = shop.cache.key(poster_key, "preview", str(PREVIEW))
    kept = shop.cache.get(key)
    if kept is None:
        ppi = PREVIEW / (order.size.long / order.size.scale / 25.4)
        picture = _small(shop.typesetter.png(order.poster.kind, content, ppi))
        kept = shop.cache.put(key, {".png": picture})
    return kept.files[".png"]


def _small(png: bytes) -> bytes:
    """A picture in few colours: a third of the bytes, and nobody sees it."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(png)) as opened:
        flat = Image.new("RGB", opened.size, "white")
        flat.paste(opened, mask=opened.getchannel("A") if "A" in opened.getbands() else None)
    target = io.BytesIO()
    flat.quantize(128, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()
