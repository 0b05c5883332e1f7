"""Order by the strokes of the surname."""

from __future__ import annotations

import random

from boards.words.strokes import stroke_key


def ordered(*names: str) -> list[str]:
    """Sorted whatever the order they come in."""
    shuffled = list(names)
    random.Random(830).shuffle(shuffled)
    return sorted(shuffled, key=stroke_key)


def test_surnames_go_by_their_strokes() -> None:
    names = ["丁一", "王伟", "李涛", "陈化永", "祝君文", "党辉", "戴军"]
    assert ordered(*names) == names


def test_surnames_of_as_many_strokes_go_by_their_first_strokes() -> None:
    assert ordered("刘一", "孙一", "朱一", "许一") == ["朱一", "刘一", "许一", "孙一"]


def test_two_characters_go_before_three_of_the_same_surname() -> None:
    names = ["王鑫", "王一", "王一一", "李涛", "李一帆"]
    assert ordered(*names) == ["王一", "王鑫", "王一一", "李涛", "李一帆"]


def test_given_names_go_by_their_strokes_too() -> None:
    assert ordered("王丁", "王一", "王伟", "王鑫") == ["王一", "王丁", "王伟", "王鑫"]


def test_characters_outside_the_table_go_last_and_never_fail() -> None:
    assert ordered("𰻝一", "戴军", "Smith", "") == ["", "戴军", "Smith", "𰻝一"]
