"""What views decide: what is drawn, and how texts are cut for the screen."""

from __future__ import annotations

import pytest

from boards.records.periods import ProductionCounts, QualityCounts, SafetyCounts, ThoughtCounts
from boards.records.schema import specs
from boards.views.counts import COUNTS
from boards.views.screen import TEXT_LIMIT, portions


@pytest.mark.parametrize("text", ["！重要通知", "“安全！”。开始", "。。。", "一。二；三", "无句号"])
def test_nothing_is_dropped_when_a_text_is_cut(text: str) -> None:
    assert "".join(portions(text)) == text


def test_long_text_is_cut_at_sentences_and_nothing_is_lost() -> None:
    text = "这是一句话，用来看怎样分页。" * 40
    pieces = portions(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= TEXT_LIMIT for piece in pieces)
    assert all(piece.endswith("。") for piece in pieces)


@pytest.mark.parametrize(
    ("zone", "model"),
    [
        ("thought", ThoughtCounts),
        ("safety", SafetyCounts),
        ("quality", QualityCounts),
        ("production", ProductionCounts),
    ],
)
def test_every_count_of_a_month_is_drawn(zone: str, model: type) -> None:
    drawn = {name for _, _, fields in COUNTS[zone] for name, _ in fields}
    assert drawn == set(specs(model)) - {"adopted"}  # a list of texts, shown as one
