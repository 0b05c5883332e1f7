"""A branch that has kept its records for years: every command goes on working with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from boards.build import build
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.report import withheld
from boards.views.cases import cases_in_order
from boards.views.messages import LATEST, MessagesView, messages_pages
from boards.views.screen import CASES_SHOWN, HONOUR_SLIDES, screen_view
from helpers import check_tree, read_board, report
from invented.loads import DAY, Load
from invented.site import write_branch
from sites import tree

LOAD = Load(4, 2, photos=1200)


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small branch after two years."""
    folder = tmp_path_factory.mktemp("years") / "site"
    write_branch(folder, LOAD)
    return folder


def test_a_branch_of_any_size_is_made_without_a_fault(branch: Path) -> None:
    assert report(check_tree(branch, DAY)) == ""


def test_each_year_has_what_a_year_brings(branch: Path) -> None:
    board = read_board(branch)
    kept = (board.quarters, board.months, board.cases, board.honours)
    assert [len(rows) for rows in kept] == [4 * 2, 12 * 2, 6 * 2, 8 * 2]
    assert {len(quarter.talks) for quarter in board.quarters.values()} == {2}
    assert {len(month.activities) for month in board.months.values()} == {8}
    assert {len(case.figures) for case in board.cases.values()} == {2}
    assert all(member.photo for member in board.members.values())
    assert sum(not member.has_left(DAY) for member in board.members.values()) == 4
    assert sum(member.has_left(DAY) for member in board.members.values()) == 1


def test_publishing_keeps_all_that_is_approved(branch: Path) -> None:
    left_out = withheld(read_board(branch), Edition(EditionName.PUBLISH, DAY))
    assert [(row.kind, row.reason) for row in left_out if not row.part] == [("荣誉", "待审")] * 2


def test_the_same_load_is_the_same_branch(branch: Path, tmp_path: Path) -> None:
    write_branch(tmp_path / "again", LOAD)
    made = {name: content for name, content in tree(branch).items() if ".boards" not in name}
    assert tree(tmp_path / "again") == made


def test_messages_of_many_days_stand_by_year_and_are_found_once(branch: Path) -> None:
    board = read_board(branch)
    first, *years = messages_pages(board, Edition(EditionName.PREVIEW, DAY))
    assert [page.url for page in years] == ["messages/2025.html", "messages/2024.html"]
    assert isinstance(first.view, MessagesView)
    assert [link.url for link in first.view.years] == [page.url for page in years]
    folded = [day for month in first.view.months for day in month.days]
    assert first.view.latest
    assert first.view.latest.iso_date == str(DAY)
    assert len([first.view.latest, *folded, *first.view.to_come]) == LATEST
    months = [month for page in years for month in page.view.months]  # type: ignore[attr-defined]
    shown = [day.iso_date for month in months for day in month.days]
    assert shown == sorted({str(row.date) for row in board.messages.values()}, reverse=True)
    found = [text for page in (first, *years) for text in page.words]
    assert sorted(found) == sorted(row.text for row in board.messages.values())


def test_the_screen_goes_round_before_a_shift_is_over(branch: Path) -> None:
    """It shows what is new: all cases and plaques of twenty years would take an hour and a half."""
    edition = Edition(EditionName.PREVIEW, DAY)
    board, _ = prepare(read_board(branch), edition)
    assert len(board.cases) > CASES_SHOWN
    slides = screen_view(board, edition).slides
    shown = [slide.title for slide in slides if slide.part == "cases"]
    newest = [case.headline for case in cases_in_order(board)[:CASES_SHOWN]]
    assert list(dict.fromkeys(shown)) == list(dict.fromkeys(newest))
    assert sum(slide.part == "honours" for slide in slides) <= HONOUR_SLIDES
    assert sum(slide.seconds for slide in slides) < 15 * 60


@pytest.mark.slow
def test_it_is_built(branch: Path) -> None:
    built = build(branch, Edition(EditionName.PREVIEW, DAY))
    assert built.pages > 40
    assert built.notices == []
