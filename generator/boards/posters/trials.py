"""Trying posters before they are set: on how many sheets, and in which sizes at all."""

from __future__ import annotations

import dataclasses
import functools
import math

from boards.formats import KINDS, Size, known_size
from boards.posters.plan import Attempt, Plan, Trial, plan
from boards.posters.resolution import lighter
from boards.posters.setting import Fit, as_json, office_layout
from boards.posters.views import Poster
from boards.posters.views.sheets import most_sheets, sheets_of
from boards.posters.workshop import Workshop


def planned(shop: Workshop, poster: Poster, size: Size) -> Plan:
    """How many sheets a poster takes in a size, whoever prints it; kept until it changes."""
    most = most_sheets(poster)
    if most == 1:
        return Plan()
    content = as_json(shop.studio, poster, size, office_layout(size))
    key = shop.key(poster, content, "plan")
    if kept := shop.cache.get(key):
        return Plan(**kept.facts)
    divided = functools.partial(sheets_of, shop.board, poster)
    found = plan(most, divided, functools.partial(_attempt, shop, size))
    shop.cache.put(key, {}, dataclasses.asdict(found))
    return found


def sizes_that_fit(shop: Workshop, poster: Poster, size: Size) -> list[Size]:
    """The named sizes that hold a poster which `size` does not, the nearest first.

    A larger one need not: it is read from farther off.
    """
    area = size.width * size.height
    others = [known_size(name) for name in KINDS[poster.kind].sizes]
    others.sort(key=lambda other: abs(math.log(other.width * other.height / area)))
    return [other for other in others if _fits(shop, poster, other)]


def _fits(shop: Workshop, poster: Poster, size: Size) -> bool:
    if most_sheets(poster) > 1:
        return planned(shop, poster, size).fits
    attempt = _attempt(shop, size, poster, Trial.FLOOR, {})
    return not attempt.over and not attempt.unfit


def _attempt(shop: Workshop, size: Size, sheet: Poster, trial: Trial, fit: Fit) -> Attempt:
    """Set a sheet to see whether it fits; its photos are there for their shape only."""
    layout = office_layout(size)
    photos = lighter(sheet, shop.pictures, "small")
    content = as_json(shop.studio, sheet, size, layout, fit, photos)
    document = shop.typesetter.pdf(sheet.kind, content, trial)
    noted = shop.typesetter.facts
    over, unfit = max(noted("full"), default=0.0), bool(noted("unfit"))
    found = Attempt(over, tuple(noted("set")), max(noted("columns"), default=0), unfit)
    if not (over or unfit or photos) and (fit or sheet.sheets == 1):
        # It is what will be asked for next, to the byte.
        shop.keep(shop.key(sheet, content), document, sheet, (size, layout), {})
    # Two megabytes for each photo, one for each item of a list.
    shop.typesetter.rest(large=shop.is_large(sheet))
    return found
