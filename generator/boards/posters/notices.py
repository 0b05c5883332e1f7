"""What is told of posters that were made: what they leave out, photos too coarse for them."""

from __future__ import annotations

from boards.errors import Problem, Severity
from boards.formats import KINDS
from boards.posters.make import Made
from boards.posters.resolution import coarse_photos
from boards.posters.unfit import main_record
from boards.posters.workshop import Workshop


def notices(shop: Workshop, made: Made) -> list[Problem]:
    """What whoever prints a poster should know: what it leaves out, and photos too coarse."""
    if not made.without:
        return coarse_of(shop, made)
    poster = made.order.poster
    found = f"海报“{poster.title}”在 {made.order.size.label}上地方不够，没有写：{made.without}"
    hint = "写短些，就都写得下"
    if KINDS[poster.kind].goes_on:
        hint = "想都写上，在 branch.yml 的 posters 里把 when_full 改成 more-sheets（加张）"
    return [
        shop.board.problem_at(
            main_record(shop.board, poster), found, hint, severity=Severity.NOTICE
        ),
        *coarse_of(shop, made),
    ]


def coarse_of(shop: Workshop, made: Made) -> list[Problem]:
    """Notices of photos that are too coarse for the size a poster was set in."""
    found = [
        problem
        for sheet in made.sheets
        for problem in coarse_photos(shop.board, made.order.size, sheet.dpi, shop.photos)
    ]
    return list(dict.fromkeys(found))
