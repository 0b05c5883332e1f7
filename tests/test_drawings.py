"""People without a photo are drawn, each in one way; drawings take their colours from the theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from boards.colours import colours
from boards.drawings import Drawing, bust_of, sources
from boards.records import Member
from boards.typst.inks import inks
from helpers import read_board, settle, wang_wei, write_tree
from sites import build_site, copy_site

NAMED = re.compile(r"var\(--bb-([a-z-]+)\)")
PLAIN = re.compile(r"(?:fill|stroke)=\"(?!none|var\()[^\"]*\"")
GIVEN = {"accent"}
"""What each use of a drawing gives."""


@pytest.mark.parametrize("name", sources())
def test_a_drawing_names_its_colours_as_the_theme_does(name: str) -> None:
    drawn = sources()[name].decode("utf-8")
    assert not PLAIN.findall(drawn)
    assert set(NAMED.findall(drawn)) - GIVEN <= set(colours())


@pytest.mark.parametrize("name", sources())
def test_every_colour_of_a_drawing_has_its_inks(name: str) -> None:
    named = set(NAMED.findall(sources()[name].decode("utf-8"))) - GIVEN
    assert {colours()[colour] for colour in named} <= set(inks())


def test_a_drawing_on_the_site_has_its_colours_put_in() -> None:
    drawn = Drawing("bust-man-1", "safety").content().decode("utf-8")
    assert colours()["safety"] in drawn
    assert "var(" not in drawn


def member(tmp_path: Path, more: str = "") -> Member:
    board = read_board(settle(write_tree(tmp_path, wang_wei(more))))
    return board.members["wang-wei"]


def test_who_is_recorded_as_a_woman_is_drawn_as_one(tmp_path: Path) -> None:
    assert bust_of(member(tmp_path / "one")).name.startswith("bust-man-")
    woman = member(tmp_path / "two", "    drawn: 女\n")
    assert bust_of(woman).name.startswith("bust-woman-")


@pytest.mark.slow
def test_a_roster_without_photos_does_not_look_cloned(tmp_path: Path) -> None:
    build_site(copy_site(tmp_path))
    pages = tmp_path / "site" / "members" / "index.html"
    seen = LexborHTMLParser(pages.read_text(encoding="utf-8")).css("img.bb-portrait")
    drawn = [str(image.attributes["src"]).rpartition("/")[2] for image in seen]
    builds = {re.sub(r"-[a-z]+\.svg$", "", name) for name in drawn}
    assert len(drawn) >= 10
    assert len(builds) >= 5
