"""A quarter's results in messages as people send them, each with what should be heard."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from boards.intake.results import Heard, heard, tells_results
from boards.sheets.values import Refused
from helpers import TODAY, read_board

pytestmark = pytest.mark.slow  # and of no day

WHOLE = """【通报】2019年第三季度四区联动评比结果
10月8日在区队会议室召开四区创建联动会议，到会党员12人举手表决。
思想责任区 ９２分，谈心走访稳步推进；
安全责任区 95分
质量：97分，三步互查坚持得好
生产 94
★党员之星：王伟同志
主要事迹：坚持开机前先点检，把常见故障画成一张简图。
带着新工人跑了三圈。
★优质责任区：质量责任区
评选理由：三步互查做成了习惯，发现的问题大多当班解决。
综采二区党支部
2019年10月8日
"""
REASON = "坚持开机前先点检，把常见故障画成一张简图。\n\n带着新工人跑了三圈。"


def _heard(site: Path, text: str, day: datetime.date = TODAY) -> Heard:
    return heard(read_board(site), text, day)


def test_a_whole_message_is_heard(site: Path) -> None:
    told = _heard(site, WHOLE)
    assert told.quarter == "2019-Q3"
    assert told.proposed == {
        ("meeting", "date"): "2019-10-08",
        ("meeting", "place"): "区队会议室",
        ("meeting", "decided_by"): "到会党员12人举手表决",
        ("results", "thought", "score"): "92",
        ("results", "thought", "summary"): "谈心走访稳步推进",
        ("results", "safety", "score"): "95",
        ("results", "quality", "score"): "97",
        ("results", "quality", "summary"): "三步互查坚持得好",
        ("results", "production", "score"): "94",
        ("star", "member"): "wang-wei",
        ("star", "citation"): REASON,
        ("excellent_zone", "zone"): "quality",
        ("excellent_zone", "citation"): "三步互查做成了习惯，发现的问题大多当班解决。",
    }


@pytest.mark.parametrize(
    ("text", "star", "zone"),
    [
        ("三季度党员之星王伟，优质责任区安全责任区", "wang-wei", "safety"),
        ("三季度党员之星王伟 优质责任区安全", "wang-wei", "safety"),
        ("经评议，王伟被评为三季度党员之星，质量责任区被评为优质责任区。", "wang-wei", "quality"),
        ("三季度优质责任区：质量责任区\n三季度党员之星：王 伟", "wang-wei", "quality"),
        ("三季度优秀责任区：生产区", None, "production"),
        (
            "@所有人 三季度党员之星：王伟👏 优质责任区：安全区 请大家向他学习！",
            "wang-wei",
            "safety",
        ),
        (
            "二〇一九年三季度“党员之星”为王伟同志，“优质责任区”为质量责任区。特此通报。",
            "wang-wei",
            "quality",
        ),
        (
            "三季度党员之星候选人：张三、王伟。最终王伟当选党员之星，质量区为优质区",
            "wang-wei",
            "quality",
        ),
        ("上季度优质责任区是安全责任区，三季度优质责任区是质量责任区", None, "quality"),
        ("三季度优胜责任区：安全责任区（95分）；党员之星：王伟（得票14票）", "wang-wei", "safety"),
        ("三季度结果\n一、党员之星\n王伟\n二、优质责任区\n质量责任区", "wang-wei", "quality"),
    ],
)
def test_star_and_zone_are_heard_however_it_is_put(
    site: Path, text: str, star: str | None, zone: str
) -> None:
    proposed = _heard(site, text).proposed
    assert proposed.get(("star", "member")) == star
    assert proposed[("excellent_zone", "zone")] == zone
    assert ("star", "citation") not in proposed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("王伟同志，他带头学规程、干标准活。", "他带头学规程、干标准活。"),
        (
            "王伟（综采一班班长）\n主要事迹：班前讲，班中查，班后评。\n支部\n",
            "班前讲，班中查，班后评。",
        ),
        ("\n王伟，坚持先点检再开机。\n希望大家对标先进。", "坚持先点检再开机。"),
        ("王伟 周五例会请他发言谈体会", None),
        ("王伟、李涛、赵敏、孙志强", None),
        ("王伟。特此通报，请各班组传达", None),
    ],
)
def test_only_what_speaks_of_the_star_is_the_reason(
    site: Path, text: str, reason: str | None
) -> None:
    proposed = _heard(site, f"三季度党员之星：{text}").proposed
    assert proposed[("star", "member")] == "wang-wei"
    assert proposed.get(("star", "citation")) == reason


def test_several_quarters_in_one_message_are_told(site: Path) -> None:
    told = _heard(site, "二季度党员之星王伟，三季度待定")
    assert told.quarter == "2026-Q2"
    assert "几个季度" in told.unheard[0]


@pytest.mark.parametrize(
    ("text", "day", "quarter"),
    [
        ("2018年四季度党员之星王伟", TODAY, "2018-Q4"),
        ("2018-Q4 党员之星王伟", TODAY, "2018-Q4"),
        ("第三季度党员之星王伟", datetime.date(2026, 11, 1), "2026-Q3"),
        ("第四季度党员之星王伟", datetime.date(2026, 11, 1), "2025-Q4"),
        ("第4季度党员之星王伟", datetime.date(2027, 1, 5), "2026-Q4"),
    ],
)
def test_a_quarter_without_its_year_is_the_last_one(
    site: Path, text: str, day: datetime.date, quarter: str
) -> None:
    assert _heard(site, text, day).quarter == quarter


def test_a_day_of_january_is_of_the_year_after(site: Path) -> None:
    told = _heard(site, "1月5日开会评定。2018年第四季度党员之星：王伟")
    assert told.proposed[("meeting", "date")] == "2019-01-05"


def test_what_cannot_be_taken_is_told_and_numbers_of_other_things_are_no_scores(
    site: Path,
) -> None:
    text = (
        "三季度得分：思想92.5分，安全196分，质量90分。安全检查30次，质量3项整改。\n"
        "党员之星：某某某\n请各班组周五前把表交到内勤"
    )
    told = _heard(site, text)
    assert told.proposed == {("results", "quality", "score"): "90"}
    said = "\n".join(told.unheard)
    for part in (
        "92.5 分：得分是整数",
        "196 分：得分最高 100",
        "安全检查30次",
        "党员之星写的是谁",
        "周五前把表",
    ):
        assert part in said


def test_a_message_without_a_quarter_or_results_is_refused(site: Path) -> None:
    with pytest.raises(Refused, match="哪个季度"):
        _heard(site, "党员之星王伟")
    with pytest.raises(Refused, match="不像一条消息"):
        _heard(site, "2019年三季度党员之星王伟" + "，" * 8000)
    with pytest.raises(Refused, match="没有认出2019年第三季度"):
        _heard(site, "2019年第三季度会议通知")


def test_a_message_with_somebodys_number_is_refused(site: Path) -> None:
    with pytest.raises(Refused) as refused:
        _heard(site, "2019年三季度党员之星王伟，电话13812345678")
    assert "13812345678" not in str(refused.value)


def test_only_messages_about_results_are_taken_for_one() -> None:
    assert tells_results(WHOLE)
    assert not tells_results("姓名,职务\n王伟,班长")
    assert not tells_results("第三季度党员之星推荐表请于9月28日前交")
    assert not tells_results("第三季度工作总结：安全生产形势平稳。")
