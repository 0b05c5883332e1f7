"""What views decide: what is drawn, and how texts are cut for the screen."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from boards.drawings import SCENES
from boards.editions.edition import Edition, EditionName
from boards.posters.views.work import outcomes_poster
from boards.records import PartialDate
from boards.records.counts import COUNTS
from boards.records.schema import specs
from boards.views.cases import CARDS, CasesView, case_card, cases_in_order, cases_page
from boards.views.home import HomeView, home_page
from boards.views.honours import honours_in_order
from boards.views.outcomes import OutcomesView, latest_outcomes, outcomes_page
from boards.views.slides import plaques, portions
from boards.words.common import provenances
from helpers import MINIMAL, TODAY, read_board, write_tree


@pytest.mark.parametrize("text", ["！重要通知", "“安全！”。开始", "。。。", "一。二；三", "无句号"])
def test_nothing_is_dropped_when_a_text_is_cut(text: str) -> None:
    assert "".join(portions(text, 120)) == text


def test_long_text_is_cut_at_sentences_and_nothing_is_lost() -> None:
    text = "这是一句话，用来看怎样分页。" * 40
    pieces = portions(text, 120)
    assert "".join(pieces) == text
    assert all(len(piece) <= 120 for piece in pieces)
    assert all(piece.endswith("。") for piece in pieces)


@pytest.mark.parametrize("zone", COUNTS)
def test_every_count_of_a_month_is_drawn(zone: str) -> None:
    texts = {"adopted"}  # a list of texts, shown as one
    assert set(COUNTS[zone].shown()) == set(specs(COUNTS[zone])) - texts


def test_many_days_of_one_approver_are_told_as_the_first_to_the_last(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    crew, *_ = board.crews.values()
    assert crew.review
    later = crew.model_copy(update={"as_of": PartialDate(2020, 12, 31)})
    steps = {"approved_on": datetime.date(2021, 1, 4), "approved_content": board.seal(later)}
    later = later.model_copy(update={"review": crew.review.model_copy(update=steps)})
    other = crew.model_copy(
        update={"review": crew.review.model_copy(update={"approved_by": "王书记"})}
    )
    first, second = provenances(board, [later, crew, other, crew])
    assert first.approval == "支部书记 2019年7月5日至2021年1月4日批准"
    assert first.as_of == "2019年6月至2020年12月31日"
    assert second.approval == "王书记 2019年7月5日批准"
    assert second.as_of == "2019年6月"
    assert first.source == second.source == "《支部台账》"


def test_a_result_gives_way_to_a_later_one_of_its_name(tmp_path: Path) -> None:
    """Twenty years of one rate are one large figure, and all of them stand in the table."""
    board = read_board(write_tree(tmp_path, MINIMAL))
    now, *_ = board.outcomes.values()
    rows = [
        now.model_copy(update={"id": "before", "as_of": PartialDate(2017, 12), "value": "91"}),
        now.model_copy(update={"id": "now", "as_of": PartialDate(2018), "value": "96"}),
        now.model_copy(update={"id": "other", "name": "标准化验收", "as_of": PartialDate(2009)}),
        now.model_copy(update={"id": "undated", "as_of": None}),
    ]
    board = board.with_tables({"outcomes": {row.id: row for row in rows}})
    assert [row.id for row in latest_outcomes(board)] == ["now", "other", "undated"]
    edition = Edition(EditionName.PREVIEW, TODAY)
    page = outcomes_page(board, edition).view
    assert isinstance(page, OutcomesView)
    assert [card.value for card in page.all][:2] == ["91", "96"]
    assert page.outcomes[0].value == "96"
    home = home_page(board, edition).view
    assert isinstance(home, HomeView)
    assert "91" not in [card.value for card in (*home.figures, *home.results)]
    [poster] = outcomes_poster(board)
    assert "91" not in str(poster.view)


def test_cases_stand_as_the_branch_says_and_else_the_newest_first(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    case, *_ = board.cases.values()
    said = {
        "old": {"as_of": PartialDate(2017, 3)},
        "new": {"as_of": PartialDate(2019)},
        "undated": {"as_of": None},
        "first": {"as_of": PartialDate(2016), "order": 1},
    }
    rows = {key: case.model_copy(update={"id": key, **fields}) for key, fields in said.items()}
    order = [row.id for row in cases_in_order(board.with_tables({"cases": rows}))]
    assert order == ["first", "new", "old", "undated"]


def test_a_case_without_a_picture_has_a_drawing(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    for case in board.cases.values():
        card = case_card(board, case)
        assert (card.photo is None) is bool(card.drawn)
    plain = case.model_copy(update={"figures": (), "facts": ()})
    assert case_card(board, plain).drawn == SCENES[plain.zone].url


def test_many_cases_stand_by_year_behind_the_first(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    case, *_ = board.cases.values()
    rows = [
        case.model_copy(update={"id": f"case-{year}", "as_of": PartialDate(year)})
        for year in range(2000, 2020)
    ]
    many = board.with_tables({"cases": {row.id: row for row in rows}})
    view = cases_page(many).view
    assert isinstance(view, CasesView)
    assert [card.url for card in view.cases] == [
        f"cases/case-{year}.html" for year in range(2019, 2019 - CARDS, -1)
    ]
    assert [year.title for year in view.years] == [
        f"{year}年" for year in range(2019 - CARDS, 1999, -1)
    ]
    shown = [link.url for year in view.years for link in year.cases]
    assert len(shown) + len(view.cases) == len(rows), "none is lost"


def test_a_mark_takes_room_on_a_plaque_of_the_screen(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    card = replace(honours_in_order(board)[0], title="优秀共产党员", marks=())
    marked = replace(card, marks=("待审",))
    assert [len(slide) for slide in plaques((card,) * 6)] == [6]
    assert [len(slide) for slide in plaques((marked,) * 6)] == [3, 3]


def test_a_sentence_without_an_end_is_parted_evenly_and_behind_a_comma() -> None:
    text = "有一班回风联络巷的刮板链出了毛病，新来的工友逐架量一遍落差，停机的时间少了"
    assert portions(text, 30) == [
        "有一班回风联络巷的刮板链出了毛病，",
        "新来的工友逐架量一遍落差，停机的时间少了",
    ]
