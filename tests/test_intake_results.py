"""A quarter's results in messages as people send them, each with what should be heard."""

from __future__ import annotations

import contextlib
import datetime
import time
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


SCORES = [("results", zone, "score") for zone in ("thought", "safety", "quality", "production")]


@pytest.mark.parametrize(
    "text",
    [
        "排名：1、安全责任区 2、质量责任区 3、思想责任区 4、生产责任区",
        "责任区 排名 得分\n安全责任区 1 95\n质量责任区 2 94",
        "责任区 满分 得分\n安全责任区 100 95",
        "安全责任区 12 项隐患，质量责任区 40 起返工，生产责任区 20 台",
        "安全帽95顶，安全检查95处，安全生产100天，质量验收30班",
        "质量责任区 3号检查，生产责任区 18点开会，安全责任区 11 月以来",
        "质量责任区 93 95 97 平均95",
    ],
)
def test_other_numbers_are_no_scores(site: Path, text: str) -> None:
    proposed = _heard(site, f"2019年三季度党员之星：王伟\n{text}").proposed
    assert not proposed.keys() & set(SCORES)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("党员之星：王伟伟", "没有找到"),
        ("党员之星2名：祝君文、王伟", "只能一位"),
        ("党员之星：祝君文 王伟", "只能一位"),
        ("祝君文（质量）、王伟（安全）被评为党员之星", "只能一位"),
        ("党员之星：不是王伟，是祝君文。上条发错了", "看不出定了没有"),
        ("拟评党员之星：王伟", "看不出定了没有"),
        ("党员之星：本季度不评。王伟同志取消资格", "没有找到"),
    ],
)
def test_a_star_that_may_be_another_is_told_and_not_taken(site: Path, text: str, why: str) -> None:
    told = _heard(site, f"2019年三季度，思想92分。{text}")
    assert ("star", "member") not in told.proposed
    assert any(why in line for line in told.unheard), told.unheard


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("党员之星和优质责任区：安全责任区95分，质量责任区97分。优质责任区为质量责任区", "quality"),
        ("优质责任区空缺。思想92分", None),
        ("优质责任区：无。各区得分：安全责任区88分", None),
        ("优质责任区：安全质量标准化最好的生产责任区", "production"),
        ("优质责任区：安全责任区；标兵责任区：质量责任区", None),
        ("下季度优质责任区：安全责任区。思想92分", None),
    ],
)
def test_only_the_zone_that_is_meant_is_the_best(site: Path, text: str, zone: str | None) -> None:
    told = _heard(site, f"2019年三季度党员之星：王伟。{text}")
    assert told.proposed.get(("excellent_zone", "zone")) == zone


@pytest.mark.parametrize(
    "text",
    [
        "综采二区2019年四区联动三季度考核结果：党员之星王伟",
        "2019年度三季度党员之星：王伟",
        "2019年7-9月（三季度）党员之星：王伟",
        "19年三季度党员之星：王伟",
        "二○一九年三季度党员之星：王伟",
        "一年四季坚守岗位，王伟荣获2019年三季度党员之星",
        "2019年三季度党员之星：王伟；2019年第三季度得分：思想92分；2020年一季度改为每月一次",
    ],
)
def test_the_year_is_found_wherever_it_stands(site: Path, text: str) -> None:
    assert _heard(site, text).quarter == "2019-Q3"


def test_a_quarter_may_be_decided_on_before_its_last_day(site: Path) -> None:
    told = _heard(site, "三季度党员之星王伟", datetime.date(2026, 9, 25))
    assert told.quarter == "2026-Q3"
    assert "没有写年份" in told.unheard[0]


@pytest.mark.parametrize(
    "rest",
    [
        "以上结果公示三天，有异议请与支部联系。",
        "请各班组10月15日前交表",
        "@所有人 收到请回复[强]",
        "综采二区党支部\n10月8日",
        "综采二区党支部 张书记\n2019.10.8",
    ],
)
def test_a_reason_ends_where_the_message_goes_on(site: Path, rest: str) -> None:
    told = _heard(site, f"2019年三季度党员之星：王伟\n事迹：坚持先点检再开机。\n{rest}")
    assert told.proposed[("star", "citation")] == "坚持先点检再开机。"


def test_what_is_said_of_a_zone_is_no_reason_for_the_star(site: Path) -> None:
    text = "2019年三季度党员之星：王伟\n安全责任区95分\n评语：隐患全部闭合，零事故。"
    assert ("star", "citation") not in _heard(site, text).proposed


@pytest.mark.parametrize(
    "text",
    [
        "党员之星 2019" + " " * 7000 + "x",
        "2019年三季度党员之星王伟 安全" + " " * 7000,
        "三季度党员之星" + "\n" * 7700,
        "在" + "一" * 7000 + "会议三季度党员之星",
        "2019年三季度党员之星" + "安全责任区得得得" * 900,
    ],
)
def test_no_message_takes_long(site: Path, text: str) -> None:
    began = time.perf_counter()
    if tells_results(text):
        with contextlib.suppress(Refused):
            _heard(site, text)
    assert time.perf_counter() - began < 3, "and not minutes"


def test_unseen_characters_do_no_harm(site: Path) -> None:
    told = _heard(site, "2019年三季度党员之星：王\u200b伟\n事迹：坚持先点检\u200d再开机。")
    assert told.proposed[("star", "citation")] == "坚持先点检再开机。"


def test_several_quarters_in_one_message_are_told(site: Path) -> None:
    told = _heard(site, "二季度党员之星王伟，二季度优质责任区安全责任区，三季度待定")
    assert told.quarter == "2026-Q2"
    assert any("几个季度" in line for line in told.unheard)


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
        "没有找到",
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
