"""Charts that say something: sentences, shares, one scale a unit, quarters beside quarters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boards.board.board import Board
from boards.records.months import MonthId
from boards.views.charts import Chart, charts
from boards.views.measures import Measure, Row, Way, measures, percent, sentence, shown_months
from boards.views.relations import MOST, Tie, relation
from boards.views.scores import scores
from boards.words.common import shared_marks
from helpers import read_board
from sites import ROOT


@pytest.fixture(scope="module")
def example() -> Board:
    """The board of the example site."""
    return read_board(ROOT)


def measure(way: Way, *values: tuple[int, ...], standing: bool = False) -> Measure:
    rows = tuple(Row(MonthId(2019, number + 1), row) for number, row in enumerate(values))
    columns = ("应报", "实报") if way is Way.TRACK else ("三违",)
    return Measure("三违", "人次", way, columns, rows, standing=standing)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (measure(Way.TRACK, *[(65, 63)] * 6), "半年应报390，实报378，97%"),
        (measure(Way.TRACK, (60, 60)), "1月应报60，实报60，100%"),
        (measure(Way.TRACK, (0, 0)), "1月应报0，实报0"),
        (measure(Way.LINE, (6,), (4,), (2,)), "三违从1月的6人次降到3月的2人次"),
        (measure(Way.LINE, (2,), (3,)), "三违从1月的2人次升到2月的3人次"),
        (measure(Way.LINE, (2,), (2,)), "三违1月、2月都是2人次"),
        (measure(Way.LINE, (6,), (4,), standing=True), "三违从1月底的6人次降到2月底的4人次"),
        (measure(Way.COLUMNS, (6,), (4,)), "2个月三违10人次"),
    ],
)
def test_a_charts_title_says_what_its_numbers_say(of: Measure, said: str) -> None:
    assert sentence(of) == said


def test_only_what_lacks_nothing_is_whole() -> None:
    assert [percent(999, 1000), percent(1000, 1000), percent(381, 390)] == ["99%", "100%", "98%"]
    assert (percent(41, 40), percent(0, 0)) == ("103%", "")


def drawn(board: Board, zone: str) -> dict[str, Chart]:
    months = [board.months[name] for name in sorted(board.months)]
    return {chart.name: chart for chart in charts(measures(board, zone, months))}


def test_what_is_due_is_a_track_and_what_is_missing_stands_at_its_end(example: Board) -> None:
    reports = drawn(example, "safety")["安全动态周报告"]
    [track, done, missing] = reports.boxes[:3]
    assert [box.role for box in (track, done, missing)] == ["track", "done", "missing"]
    assert done.width + missing.width == pytest.approx(track.width, abs=0.2)
    assert "58/60，缺2" in [word.text for word in reports.words]
    assert ("missing", "缺") in reports.key
    assert reports.compared == "二季度97%，上季98%"


def test_stock_and_flow_stand_apart_on_one_scale(example: Board) -> None:
    thought = drawn(example, "thought")
    pairs, closed = thought["结对"], thought["销户"]
    assert pairs.line and not pairs.boxes and closed.boxes and not closed.line
    height = closed.boxes[-1].height / closed.rows[-1][1][0]
    assert (pairs.floor - pairs.dots[-1].y) / pairs.rows[-1][1][0] == pytest.approx(height, abs=0.1)


def test_lengths_of_one_unit_compare(example: Board) -> None:
    safety = drawn(example, "safety")
    ideas, hazards = safety["合理化建议"].boxes[0], safety["隐患排查"].boxes[0]
    assert ideas.width / 15 == pytest.approx(hazards.width / 46, abs=0.01)


def test_fiction_is_not_added_to_facts(example: Board) -> None:
    first, *others = [example.months[name] for name in sorted(example.months)]
    real = first.model_copy(update={"sample": False})
    mixed = [real, *others]
    assert [len(m.rows) for m in measures(example, "safety", mixed)] == [1, 1, 1, 1]
    months = {month.id: month for month in mixed}
    assert shown_months(replace(example, months=months)) == [real]


def test_a_quarters_scores_stand_beside_the_last_on_a_labelled_axis(example: Board) -> None:
    found = scores(example, example.quarters["2019-Q2"])
    assert found.title == "质量责任区97分最高，比上季高7分"
    assert found.axis == "横轴从85分起"
    assert [tick.value for tick in found.ticks] == [85, 90, 95, 100]
    assert [role for role, _ in found.others] == ["before"]
    quality = found.rows[2]
    assert quality.before and quality.before.value == 90 and quality.before.at < quality.now.at
    assert [rate.before for rate in quality.rates] == ["上季 79.7%", "上季 100.0%"]


def test_a_real_quarter_is_not_laid_beside_samples(example: Board) -> None:
    quarter = example.quarters["2019-Q2"].model_copy(update={"sample": False})
    found = scores(example, quarter)
    assert not found.others and not found.counted
    assert not any(row.before or row.change or row.rates for row in found.rows)


def test_who_looks_after_whom_is_drawn_as_wide_as_it_is_much() -> None:
    ties = [Tie("a", "x", 10), Tie("b", "x", 5), Tie("b", "y", 5)]
    drawn = relation(ties, {"a": "甲", "b": "乙", "x": "一班", "y": "二班"}, ["示例", "示例"])
    assert drawn
    assert [end.text for end in (*drawn.ones, *drawn.others)] == ["甲", "乙", "一班", "二班"]
    assert [line.width for line in drawn.strokes] == [8.0, 4.0, 4.0]
    assert drawn.marks == ("示例",)


def test_what_nobody_could_follow_is_not_drawn() -> None:
    names = [f"m{number}" for number in range(MOST + 1)]
    ties = [Tie(name, f"c{number % 2}") for number, name in enumerate(names)]
    called = {tie.one: tie.one for tie in ties} | {"c0": "一班", "c1": "二班"}
    assert relation(ties, called, ()) is None
    assert relation(ties[:MOST], called, ()) is not None
    assert relation(ties[:1], called, ()) is None


def test_what_all_of_a_group_carry_is_said_once() -> None:
    assert shared_marks([("示例",), ("示例",)]) == ("示例",)
    assert shared_marks([("示例",), ("待审",)]) == shared_marks([("示例",), ()]) == ()
    assert shared_marks([]) == ()


def test_wherever_a_days_messages_stand_their_marks_stand() -> None:
    pages = ROOT / "theme" / "boards_theme" / "pages"
    texts = {file.name: file.read_text(encoding="utf-8") for file in pages.rglob("*.html")}
    shown = {name for name, text in texts.items() if "in day.messages" in text}
    assert shown == {"home.html", "message-day.html", "screen.html"}
    assert all("set marks = day.marks" in texts[name] for name in shown)
