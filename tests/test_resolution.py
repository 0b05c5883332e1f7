"""A photo too coarse for its poster is told, with the dots per inch it really has there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import main
from boards.formats import known_size
from boards.posters.make import Order, make
from boards.posters.notices import notices
from boards.posters.room import posters_of, print_room
from boards.posters.setting import office_layout
from boards.posters.views.words import PosterPhoto, parts_of
from boards.posters.workshop import workshop
from boards.typst.engine import templates
from dirty_photos import pixels
from harmless import PREVIEW
from helpers import read_board, settle, wang_wei, write_tree
from sites import ROOT

pytestmark = pytest.mark.slow

PHOTO = """\
    photo:
      file: media/wang-wei.jpg
      alt: 王伟
    consent:
      site: true
      print: true
      date: 2019-01-01
"""


def site_with(root: Path, width: int) -> Path:
    """The small site with a portrait of so many pixels across."""
    write_tree(root, wang_wei(PHOTO))
    file = root / "data" / "media" / "wang-wei.jpg"
    file.parent.mkdir()
    pixels().resize((width, width * 4 // 3)).save(file, "JPEG")
    return settle(root)


def said_of(root: Path, size: str) -> list[str]:
    board, posters = posters_of(read_board(root), PREVIEW)
    star = next(poster for poster in posters if poster.kind == "star")
    shop, wanted = workshop(board), known_size(size)
    [made] = make(shop, [Order(star, wanted, office_layout(wanted))])
    return [found.as_text() for found in notices(shop, made)]


def test_a_coarse_photo_is_told_with_its_resolution(tmp_path: Path) -> None:
    (said,) = said_of(site_with(tmp_path, 300), "A2")
    assert said.startswith("data/members.yml:21:13 提醒 人员“王伟” photo.file（照片·文件）：")
    assert "照片 media/wang-wei.jpg 在 A2 竖版海报上只有 " in said
    assert "至少要 150 dpi" in said
    dpi = int(said.split("只有 ")[1].split(" dpi")[0])
    assert 30 < dpi < 90  # some 15 cm across


@pytest.mark.parametrize(("width", "size"), [(2400, "A2"), (900, "A4")])
def test_a_photo_that_is_fine_enough_is_not_mentioned(
    tmp_path: Path, width: int, size: str
) -> None:
    assert said_of(site_with(tmp_path, width), size) == []


def test_the_print_room_says_so_too(tmp_path: Path) -> None:
    room = print_room(read_board(site_with(tmp_path, 300)), PREVIEW)
    star = next(card for card in room.cards if card.kind == "star")
    assert any("只有" in note and "dpi" in note for note in star.notes)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [["poster", "star", "2019-Q1", "--size", "A2"], ["posters"], ["build"]], ids=" ".join
)
def test_whoever_makes_posters_is_told(tmp_path: Path, command: list[str]) -> None:
    root = site_with(tmp_path, 300)
    shutil.copy(ROOT / "mkdocs.yml", root)
    result = CliRunner().invoke(main, [*command, "--folder", str(root)])
    assert result.exit_code == 0, result.output
    assert "至少要 150 dpi" in result.output


def test_only_boards_that_show_a_face_have_its_photo(tmp_path: Path) -> None:
    """Others stay as they are when a photo changes, and take no time over it."""
    _, posters = posters_of(read_board(site_with(tmp_path, 300)), PREVIEW)
    holding = {
        (poster.kind, poster.variant)
        for poster in posters
        if any(isinstance(part, PosterPhoto) for part in parts_of(poster.view))
    }
    assert {("desk-card", ""), ("pledge", ""), ("plate", "plain")} <= {
        (poster.kind, poster.variant) for poster in posters
    }
    drawing = {
        name.removesuffix(".typ")
        for name, text in templates().items()
        if b"portrait(" in text and "/" not in name
    }
    assert {kind for kind, _ in holding} == drawing
    assert ("plate", "plain") not in holding
