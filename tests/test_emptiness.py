"""Boards are filled: the largest rectangle of nothing stays small, whatever there is to show."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.formats import KINDS, known_size
from boards.posters.room import posters_of
from boards.posters.setting import Layout, as_json
from boards.posters.trials import planned
from boards.posters.views import Poster
from boards.posters.views.experience import experience_posters
from boards.posters.views.sheets import sheets_of
from boards.posters.workshop import Workshop, workshop
from emptiness import largest_blank, resolution
from helpers import MINIMAL, TODAY, read_board, write_tree
from packs import write_up
from sites import ROOT, copy_site

sys.path.insert(0, str(ROOT / "benchmarks"))
from invented.loads import DAY, Load
from invented.site import write_branch

MOST = 1 / 6
"""Of a board. Planes of one colour count, and so do margins."""
SIZES = ("A4", "A2-landscape", "80x200", "240x120")
LOADS = {"example": None, "years": Load(15, 5, photos=400), "two": Load(2, 1, photos=400)}


def boards_of(root: Path, load: Load | None, look: str) -> tuple[Workshop, list[Poster]]:
    """The first poster of each kind; forms to fold or to sign leave room on purpose."""
    today = DAY if load else TODAY
    if load:
        write_branch(root, load)
    else:
        root = copy_site(root)
    board, _ = check_folders(root / "data", root / "content", today)
    prepared, posters = posters_of(board, Edition(EditionName.PREVIEW, today))
    shown = [poster for poster in posters if not KINDS[poster.kind].only]
    first = {(poster.kind, poster.variant): poster for poster in reversed(shown)}
    return workshop(prepared, look), list(first.values())


def blanks(shop: Workshop, posters: list[Poster]) -> Iterator[tuple[float, str]]:
    """The largest blank of every sheet in every size, as a share, with what it is on."""
    for poster in posters:
        for size in map(known_size, SIZES):
            if not KINDS[poster.kind].comes_in(size):
                continue
            plan = planned(shop, poster, size)
            for sheet in sheets_of(shop.board, poster, plan.sheets):
                content = as_json(shop.studio, sheet, size, Layout.FINISHED, plan.fit)
                dots = resolution(size.width, size.height)
                share, where = largest_blank(shop.typesetter.png(poster.kind, content, dots))
                yield share, f"{sheet.id} {size.name} {sheet.sheet}: {where}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("load", "look"),
    [
        ("example", "hall"),
        ("example", "white"),
        ("example", "bold"),
        ("years", "hall"),
        ("two", "hall"),
    ],
)
def test_no_board_is_left_empty(tmp_path: Path, load: str, look: str) -> None:
    found = list(blanks(*boards_of(tmp_path, LOADS[load], look)))
    assert len(found) > 20
    assert sorted((round(share, 3), what) for share, what in found if share > MOST) == []


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 3])
def test_nor_is_what_another_unit_sent(tmp_path: Path, times: int) -> None:
    came = write_up()
    long = [
        section.model_copy(update={"text": "\n\n".join([section.text] * times)})
        for section in came.sections
    ]
    came = came.model_copy(update={"sections": tuple(long), "figures": ()})
    board = read_board(write_tree(tmp_path, MINIMAL)).with_tables({"received": {came.id: came}})
    found = list(blanks(workshop(board), list(experience_posters(board))))
    assert sorted((round(share, 3), what) for share, what in found if share > MOST) == []


def picture(*boxes: tuple[int, int, int, int]) -> bytes:
    """A white board of 256 × 128 with noise but for some boxes."""
    noise = Image.effect_noise((256, 128), 200).convert("RGB")
    for box in boxes:
        ImageDraw.Draw(noise).rectangle(box, fill="white")
    made = io.BytesIO()
    noise.save(made, "PNG")
    return made.getvalue()


def test_the_largest_rectangle_of_one_colour_is_found() -> None:
    share, where = largest_blank(picture((0, 0, 63, 63), (128, 0, 255, 63)))
    assert share == 0.25
    assert where == (0.5, 0, 1, 0.5)
    assert largest_blank(picture())[0] == 0
