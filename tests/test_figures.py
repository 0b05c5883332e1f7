"""Figures of cases: drawn from what a record names, labelled in its words and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from boards.board.board import Board
from boards.check import check_folders
from boards.drawings import sources
from boards.figures import NOTE, SCHEMES, figure_of
from boards.posters.setting import version
from boards.posters.views.work import case_posters
from boards.records import Case
from boards.records.work import Fact
from helpers import TODAY
from sites import ROOT, build_site, copy_site


@pytest.fixture(scope="module")
def example() -> Board:
    board, _ = check_folders(ROOT / "data", ROOT / "content", TODAY)
    assert board
    return board


def with_facts(case: Case, *values: str) -> Case:
    facts = tuple(Fact(label=f"项目{number}", value=value) for number, value in enumerate(values))
    return case.model_copy(update={"facts": facts})


def said(case: Case) -> dict[str, tuple[str, str]]:
    return {label.place: (label.text, label.more) for label in figure_of(case).labels}


def test_the_crossing_is_drawn_with_the_words_of_its_record(example: Board) -> None:
    assert said(example.cases["ii830-fault-crossing"]) == {
        "drop": ("支架侧护板落差", "每班，毫米级"),
        "dip": ("大倾角", ""),
        "fault": ("过断层", ""),
        "support": ("电液控支架", "放顶煤"),
        "note": (NOTE, ""),
    }


def test_the_broken_root_is_drawn_beside_the_new_seat(example: Board) -> None:
    case = example.cases["ii1057-jack-seat"]
    assert figure_of(case).drawing == "case-jack-seat"
    assert figure_of(case).alt == f"{NOTE}：支架平衡千斤顶生根断裂；平衡千斤顶再生支座"


def test_a_number_stands_on_a_figure_only_if_the_record_gives_it(example: Board) -> None:
    case = example.cases["ii830-fault-crossing"]
    drawn = figure_of(case).content().decode("utf-8")
    assert not re.search(r">[^<]*\d[^<]*</t", drawn)
    measured = with_facts(case, "倾角32度、断层", "支架", "落差18毫米")
    assert said(measured)["drop"] == ("落差18毫米", "")
    assert ">倾角32度</text>" in figure_of(measured).content().decode("utf-8")


@pytest.mark.parametrize(
    "facts",
    [("支架侧护板落差", "大倾角", "支架"), ("断层", "倾角", "支架", "落差" * 8), ()],
    ids=["one-missing", "too-long-for-its-place", "none"],
)
def test_any_other_case_has_the_scene_of_its_zone(example: Board, facts: tuple[str, ...]) -> None:
    figure = figure_of(with_facts(example.cases["ii830-fault-crossing"], *facts))
    assert (figure.drawing, figure.labels, figure.alt) == ("scene-quality", (), "")


@pytest.mark.parametrize("name", SCHEMES)
def test_a_drawing_has_a_place_for_every_label(name: str) -> None:
    places = re.findall(r"\$\(([a-z]+)\)", sources()[f"{name}.svg"].decode("utf-8"))
    assert sorted(places) == sorted([*SCHEMES[name], "note"])


def test_a_figure_says_nothing_new_so_that_hanging_posters_stay_current(example: Board) -> None:
    poster = next(case_posters(example))
    before = version(example, poster)
    object.__setattr__(poster.view, "drawn", figure_of(example.cases["ii1057-jack-seat"]))
    assert version(example, poster) == before


def test_the_page_of_a_case_without_photos_shows_its_figure(tmp_path: Path) -> None:
    build_site(copy_site(tmp_path))
    drawn = tmp_path / "site/assets/drawn/case-crossing-ii830-fault-crossing.svg"
    assert "支架侧护板落差" in drawn.read_text(encoding="utf-8")
    page = tmp_path / "site/cases/ii830-fault-crossing.html"
    assert drawn.name in page.read_text(encoding="utf-8")
