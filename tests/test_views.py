"""What views decide: how texts are cut for the screen."""

from __future__ import annotations

import pytest

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
