"""Codes stand where a telephone is held, and leave the board to what it says."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from boards.formats import KINDS, known_size
from boards.posters.setting import Layout, as_json
from boards.posters.views import Poster
from boards.posters.workshop import Workshop
from test_posters import boxes, needs_pdftotext, one_of_each, root, studio

__all__ = ["root", "studio"]
pytestmark = pytest.mark.slow

Room = tuple[Workshop, list[Poster]]
ROLL_UP = known_size("80x200")


def standing(studio: Room) -> Iterator[Poster]:
    """One poster of each kind that comes as a roll-up."""
    found = one_of_each(studio[1])
    return (poster for poster in found if KINDS[poster.kind].comes_in(ROLL_UP))


def code_on(studio: Room, poster: Poster, size_name: str) -> tuple[float, float]:
    """The upper and lower edge of a board's code, in millimetres from the top of the board."""
    zxingcpp = pytest.importorskip("zxingcpp")
    size, (shop, _) = known_size(size_name), studio
    content = as_json(shop.studio, poster, size, Layout.FINISHED)
    png = shop.typesetter.png(poster.kind, content, 25.4 * 200 / size.qr_side)
    with Image.open(io.BytesIO(png)) as picture:
        [code] = zxingcpp.read_barcodes(picture.convert("L"))
        share = size.height / picture.height
    return code.position.top_left.y * share, code.position.bottom_right.y * share


def test_a_code_on_a_roll_up_stands_where_a_telephone_is_held(studio: Room) -> None:
    middles = {
        poster.id: round(ROLL_UP.height - sum(code_on(studio, poster, "80x200")) / 2)
        for poster in standing(studio)
    }
    assert len(middles) >= 8
    assert {name: high for name, high in middles.items() if not 850 <= high <= 1350} == {}


@needs_pdftotext
def test_nothing_is_to_be_read_in_the_stand_of_a_roll_up(studio: Room, tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    shop, _ = studio
    file = tmp_path_factory.mktemp("rolled") / "board.pdf"
    for poster in standing(studio):
        content = as_json(shop.studio, poster, ROLL_UP, Layout.FINISHED)
        file.write_bytes(shop.typesetter.pdf(poster.kind, content))
        lowest = max(lower for *_, lower in boxes(file)) / 72 * 25.4
        assert lowest <= ROLL_UP.height - 150, poster.id


@pytest.mark.parametrize("kind", ["star", "case"])
def test_the_foot_of_an_upright_board_is_no_higher_than_its_code(studio: Room, kind: str) -> None:
    poster = next(poster for poster in studio[1] if poster.kind == kind)
    size = known_size("A2")
    upper, _ = code_on(studio, poster, size.name)
    assert size.height - upper < 0.14 * size.height  # the frame included
