"""Words that must be written one way."""

from __future__ import annotations

import pytest

from boards.errors import worded
from boards.rules.wording import (
    misspelt,
    miswritten_brand,
    miswritten_faces,
    relative_claims,
)

BRAND, SHORT = "四区联动党旗红", "四区联动"
FACES = ("Ⅱ830", "Ⅱ1057", "8103")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("辛福感", "辛福"), ("把工程作好", "作好"), ("作好准备", "作好"), ("按装支架", "按装")],
)
def test_slips_of_the_pen(text: str, wrong: str) -> None:
    assert [finding.snippet for finding in misspelt(text)] == [wrong]


@pytest.mark.parametrize(
    "text",
    ["幸福感", "做好", "工作好比打仗", "操作好设备", "按装配图施工", "创作好节目", "动作好看"],
)
def test_words_that_only_contain_them(text: str) -> None:
    assert list(misspelt(text)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("四驱联动党旗红", ["四驱联动党旗红"]),
        ("四区连动党旗红", ["四区连动党旗红"]),
        ("四区联动党期红", ["四区联动党期红"]),
        ("四驱联动机制", ["四驱联动"]),
        ("四驱联动党旗红，四驱联动", ["四驱联动党旗红", "四驱联动"]),
    ],
)
def test_a_brand_with_one_character_wrong(text: str, wrong: list[str]) -> None:
    assert [finding.snippet for finding in miswritten_brand(text, BRAND, SHORT)] == wrong


@pytest.mark.parametrize("text", ["四区联动党旗红", "四区联动", "四区创建联动会议", "四个区联动"])
def test_a_brand_written_right(text: str) -> None:
    assert list(miswritten_brand(text, BRAND, SHORT)) == []


@pytest.mark.parametrize(
    "typed", ["II830", "ii830", "Il830", "lI830", "ⅱ830", "Ⅱ 830", "II 830", "ⅠⅠ830", "ＩＩ830"]
)
def test_every_other_way_of_writing_a_face(typed: str) -> None:
    (finding,) = miswritten_faces(f"在{typed}工作面", FACES)
    assert finding.snippet == typed
    assert worded(finding.cure).startswith("改成“Ⅱ830”")


@pytest.mark.parametrize("text", ["Ⅱ830", "Ⅱ1057和8103", "830", "XII830", "II8305", "Ⅲ830"])
def test_what_is_no_other_way_of_writing_it(text: str) -> None:
    assert list(miswritten_faces(text, FACES)) == []


@pytest.mark.parametrize(
    "claim", ["连续五年", "近3年", "近年来", "去年", "目前", "至今", "2018年以来", "最近两个月"]
)
def test_claims_whose_meaning_depends_on_their_date(claim: str) -> None:
    assert relative_claims(f"{claim}没有事故") == [claim]


@pytest.mark.parametrize("text", ["2019年", "连续采煤", "五年规划", "2018年和2019年"])
def test_claims_that_hold_for_ever(text: str) -> None:
    assert relative_claims(text) == []
