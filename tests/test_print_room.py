"""The print room of a branch with a history: what may be hung now is made, the rest by year."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from boards.cli import main
from boards.posters.room import print_room
from boards.posters.views.room import ROOM, PrintRoom, print_room_page
from boards.site.html import render
from harmless import PREVIEW
from helpers import MINIMAL, changed, read_board, write_tree

QUARTER = "data/quarters/2019-Q1.yml"
OLD = ("2018-Q4", "2017-Q2", "2017-Q1")


def quarter_of(name: str) -> str:
    """The minimal site's quarter, in another one."""
    said = MINIMAL[QUARTER]
    assert isinstance(said, str)
    year, number = name.split("-Q")
    month = 3 * int(number)
    said = said.replace("2019-04-03", f"{year}-{month:02}-28").replace(
        "2019-04-12", f"{year}-{month:02}-29"
    )
    return said.replace("2019-04-08", f"{year}-{month:02}-30")


def years_of(root: Path, settings: str = "") -> Path:
    """The minimal site with three years of quarters."""
    files = {**MINIMAL, **{f"data/quarters/{name}.yml": quarter_of(name) for name in OLD}}
    if settings:
        said = "  member_count: 15\n"
        files |= changed("data/branch.yml", said, said + settings)
    return write_tree(root, files)


def made_of(room: PrintRoom) -> set[str]:
    return {card.id for card in room.cards if card.kind == "star"}


def page_of(room: PrintRoom) -> str:
    return render(print_room_page(room))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> PrintRoom:
    return print_room(read_board(years_of(tmp_path_factory.mktemp("years"))), PREVIEW)


def test_this_and_the_last_year_are_made_and_older_ones_offered_by_year(room: PrintRoom) -> None:
    assert made_of(room) == {"star-2019-Q1", "star-2018-Q4"}
    html = page_of(room)
    assert '<details class="bb-older" id="year-2017">' in html
    assert "boards posters --year 2017" in html
    assert 'href="../quarters/2017-Q2.html"' in html
    assert 'id="year-2018"' not in html


def test_a_page_of_an_older_quarter_leads_to_its_year(room: PrintRoom) -> None:
    [link] = room.links("quarters/2017-Q1.html")
    assert (link.title, link.url) == ("2017 年的海报", f"{ROOM}#year-2017")
    assert f"{ROOM}#star-2018-Q4" in {link.url for link in room.links("quarters/2018-Q4.html")}


def test_readers_of_the_published_room_are_told_no_commands(room: PrintRoom) -> None:
    html = page_of(replace(room, preview=False))
    assert "boards poster" not in html
    assert 'id="year-2017"' in html


@pytest.mark.slow
@pytest.mark.parametrize(("years", "first"), [(1, 2019), (3, 2017), (0, 2020)])
def test_how_many_years_are_made_is_the_branchs_choice(
    tmp_path: Path, years: int, first: int
) -> None:
    root = years_of(tmp_path, f"  posters:\n    years: {years}\n")
    made = made_of(print_room(read_board(root), PREVIEW))
    assert made == {f"star-{name}" for name in (*OLD, "2019-Q1") if int(name[:4]) >= first}


def test_a_new_year_takes_nothing_away_until_a_quarter_of_it_is_there(tmp_path: Path) -> None:
    later = replace(PREVIEW, today=PREVIEW.today.replace(year=2030))
    assert made_of(print_room(read_board(years_of(tmp_path)), later)) == {
        "star-2019-Q1",
        "star-2018-Q4",
    }


def posters(root: Path, *options: str) -> Any:
    arguments = ["posters", "--folder", str(root), "--date", "2026-11-23", *options]
    return CliRunner().invoke(main, arguments)


def test_posters_of_a_year_are_made_when_asked_for(tmp_path: Path) -> None:
    root = years_of(tmp_path)
    assert posters(root).exit_code == 0
    assert "star-2017-Q1-A2.pdf" not in {file.name for file in (root / "posters").iterdir()}
    said = posters(root, "--year", "2017")
    assert "生成了 6 张海报" in said.output
    names = {file.name for file in (root / "posters").glob("*.pdf")}
    assert {"star-2017-Q1-A2.pdf", "excellent-zone-2017-Q2-A2.pdf"} <= names
    assert not [name for name in names if "2019" in name or name.startswith("roster")]


def test_a_year_without_quarters_gets_the_years_there_are(tmp_path: Path) -> None:
    said = posters(years_of(tmp_path), "--year", "2007")
    assert said.exit_code == 1
    assert "没有 2007 年的季度海报；可选：2019、2018、2017" in said.output
