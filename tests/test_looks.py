"""A board comes in several looks; a look is a folder of the theme, and nothing else knows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from boards import looks as theme
from boards.check import check_folders
from boards.drawings import SCENES
from boards.editions.edition import Edition, EditionName
from boards.formats import KINDS, known_size, parse_size
from boards.looks import USUAL, looks
from boards.posters.make import Order, make
from boards.posters.room import posters_of
from boards.posters.setting import office_layout
from boards.posters.views import Poster
from boards.posters.workshop import workshop
from boards.typst import engine
from helpers import TODAY, report
from sites import build_site, change, copy_site, tree
from test_cli import run

pytestmark = pytest.mark.slow

SHAPES = ("A4", "A2-landscape", "80x120", "80x200", "240x120")
OTHERS = [name for name in looks() if name != USUAL]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_site(tmp_path_factory.mktemp("site"))


def posters_in(root: Path) -> tuple[object, list[Poster]]:
    board, problems = check_folders(root / "data", root / "content", TODAY)
    assert not [problem for problem in problems if problem.severity == "error"]
    return posters_of(board, Edition(EditionName.PREVIEW, TODAY))


@pytest.mark.slow
@pytest.mark.parametrize("look", OTHERS)
def test_every_kind_of_board_holds_its_words_in_every_look_and_shape(look: str, root: Path) -> None:
    prepared, posters = posters_in(root)
    first = {poster.kind: poster for poster in reversed(posters)}
    orders = [
        Order(poster, size, office_layout(size))
        for poster in first.values()
        for name in SHAPES
        if (size := parse_size(name)) and KINDS[poster.kind].comes_in(size)
    ]
    made = make(workshop(prepared, look), orders)  # raises with every text that does not fit
    assert len(made) > 40


def test_no_two_looks_of_a_board_are_alike(root: Path) -> None:
    prepared, posters = posters_in(root)
    star = next(poster for poster in posters if poster.kind == "star")
    order = Order(star, known_size("A4"), office_layout(known_size("A4")))
    made = [make(workshop(prepared, look), [order])[0].sheets[0] for look in looks()]
    assert len({sheet.pdf.read_bytes() for sheet in made}) == len(looks())


def test_a_branch_names_its_look_in_chinese(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/branch.yml", "  member_count: 15\n", "  member_count: 15\n  look: 大字\n")
    prepared, _ = posters_in(root)
    assert workshop(prepared).studio.look == "bold"
    assert workshop(prepared, "white").studio.look == "white"


def test_an_unknown_look_is_refused_with_those_there_are(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/branch.yml", "  member_count: 15\n", "  member_count: 15\n  look: 蓝色\n")
    said = report(check_folders(root / "data", root / "content", TODAY)[1])
    assert "没有“蓝色”这种样式" in said
    assert all(look.label in said for look in looks().values())


def test_one_poster_in_another_look_lies_beside_the_usual_one(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    run("poster", "star", "2019-Q2", folder=root)
    run("poster", "star", "2019-Q2", "--look", "white", folder=root)
    assert {file.name for file in (root / "posters").glob("*.pdf")} == {
        "star-2019-Q2-A2.pdf",
        "star-2019-Q2-A2-white.pdf",
    }
    refused = run("poster", "star", "2019-Q2", "--look", "blue", folder=root, code=1)
    assert "素白" in refused


@pytest.fixture
def fourth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A look that somebody adds: a folder with two files."""
    folder = tmp_path / "looks"
    shutil.copytree(Path(str(theme.FOLDER)), folder)
    (folder / "green").mkdir()
    said = "label: 青山\nabout: 试一试\n"
    (folder / "green" / "look.yml").write_text(said, encoding="utf-8")
    frame = (folder / "white" / "frame.typ").read_text(encoding="utf-8")
    own = frame.replace("title: red", 'title: rgb("#1f5c57")')
    (folder / "green" / "frame.typ").write_text(own, encoding="utf-8")
    style = ".bb-band { --bb-wine: #1f5c57; }\n"
    (folder / "green" / "site.css").write_text(style, encoding="utf-8")
    monkeypatch.setattr(theme, "FOLDER", folder)
    known = (theme.looks, engine.templates, engine.engine)
    for cached in known:
        cached.cache_clear()
    yield "green"
    monkeypatch.undo()
    for cached in known:
        cached.cache_clear()


@pytest.mark.parametrize("look", looks())
def test_pages_and_screen_follow_the_look(look: str, tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(
        root / "data/branch.yml", "  member_count: 15\n", f"  member_count: 15\n  look: {look}\n"
    )
    site = tree(build_site(root).target)
    assert site["assets/look.css"] == looks()[look].style
    for page in ("index.html", "screen.html", "zones/safety.html"):
        assert b'assets/look.css"' in site[page]
    drawn = site["assets/drawn/scene-safety-safety.svg"]
    assert (drawn == SCENES["safety"].content()) == (look == USUAL)


def test_a_fourth_look_is_a_folder_and_nothing_else(tmp_path: Path, fourth: str) -> None:
    root = copy_site(tmp_path / "site", made=False)
    change(root / "data/branch.yml", "  member_count: 15\n", "  member_count: 15\n  look: 青山\n")
    prepared, posters = posters_in(root)
    star = next(poster for poster in posters if poster.kind == "star")
    shop = workshop(prepared)
    assert shop.studio.look == fourth
    assert b"#1f5c57" in tree(build_site(root).target)["assets/look.css"]
    [made] = make(shop, [Order(star, known_size("A4"), office_layout(known_size("A4")))])
    with pikepdf.open(made.sheets[0].pdf) as opened:
        assert len(opened.pages) == 1
