"""What recurs: the quarter's linkage meeting and the month's counts."""

from __future__ import annotations

from typing import Any, ClassVar

from boards.records.base import Model, Record
from boards.records.brand import ONE_ZONE, ZONES
from boards.records.choices import Audience, Choice
from boards.records.counts import (
    Counts,
    ProductionCounts,
    QualityCounts,
    SafetyCounts,
    ThoughtCounts,
)
from boards.records.declared import Asked, field
from boards.records.fields import Count, CountId, Day, Line, MemberId, Text, ZoneId
from boards.records.months import MonthId, QuarterId


class Meeting(Model):
    """The quarterly linkage meeting (四区创建联动会议)."""

    date: Day = field("日期", "例如 2019-07-01")
    place: Line | None = field("地点", "例如 区队会议室", None)
    decided_by: Line | None = field(
        "评定",
        "谁怎样评定的，例如 到会党员12人举手表决",
        None,
        Audience.INTRANET,
        asked=Asked.ALWAYS,
    )


class ZoneResult(Model):
    """What the meeting found in one zone."""

    zone: ZoneId = field("责任区", ONE_ZONE)
    score: Count = field("得分", "0–100 的整数")
    summary: Line = field("评语", "一句话")


class Star(Model):
    """The quarter's Party member star (党员之星)."""

    member: MemberId = field("人员", "members.yml 里的编号，只能一名")
    citation: Text = field("事迹", "为什么是这名党员")


class ExcellentZone(Model):
    """The quarter's excellent zone (优质责任区)."""

    zone: ZoneId = field("责任区", "只能一个")
    citation: Text = field("理由", "为什么是这个责任区")


class Talk(Model):
    """A talk at the Friday safety meeting (周五安全例会心得分享)."""

    date: Day = field("日期", "周五安全例会的日期")
    member: MemberId = field("分享人", "members.yml 里的编号")
    zone: ZoneId = field("责任区", "分享的是哪个责任区的心得")
    title: Line = field("题目", "一句话")
    text: Text = field("内容", "心得全文或摘要")


class Quarter(Record):
    """A quarter's results; its id is the file name, such as 2019-Q2."""

    table = "quarters"
    kind = "季度"
    says_itself: ClassVar[tuple[str, ...]] = ("as_of",)

    meeting: Meeting = field("联动会议", "时间和地点")
    results: tuple[ZoneResult, ...] = field("四区成绩", "四个责任区各一条")
    star: Star = field("党员之星", "一名")
    excellent_zone: ExcellentZone = field("优质责任区", "一个")
    talks: tuple[Talk, ...] = field("心得分享", "周五安全例会上的分享", ())

    @property
    def title_text(self) -> str:
        return QuarterId.of(self.id).title


class ActivityType(Choice):
    """What a zone's calendar holds."""

    TALK = "talk"
    STUDY = "study"
    TRAINING = "training"
    INSPECTION = "inspection"
    COMPETITION = "competition"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        return {
            "talk": "形势任务宣讲",
            "study": "专题学习",
            "training": "实操培训",
            "inspection": "集体排查",
            "competition": "知识竞赛",
            "meeting": "专题会",
        }[self]

    @property
    def also(self) -> tuple[str, ...]:
        return ("会议",) if self is ActivityType.MEETING else ()

    @property
    def leading(self) -> str:
        """What its leader does."""
        return {"inspection": "带队", "competition": "主持", "meeting": "主持"}.get(self, "主讲")


class Activity(Model):
    """One entry of the month's calendar."""

    date: Day = field("日期", "例如 2019-06-03")
    zone: ZoneId = field("责任区", ONE_ZONE)
    type: ActivityType = field("类别", "talk、study、training、inspection、competition、meeting")
    topic: Line = field("主题", "一句话")
    occasion: Line | None = field("场合", "例如 班前会、群众会", None)
    speaker: MemberId | None = field("主讲人", "members.yml 里的编号", None)
    winners: tuple[MemberId, ...] = field("优胜者", "知识竞赛的优胜者，不写全部名次", ())


class OwnFigure(Model):
    """A month's number of something that this branch counts besides."""

    count: CountId = field("统计项", "zones.yml 里 counts 的编号")
    done: Count = field("完成", "这个月的合计数")
    due: Count | None = field("应完成", "这一项有应完成数才写", None)


def _counts(zone_id: str) -> Any:
    return field(ZONES[zone_id].name, "合计数", None, asked=Asked.USUALLY)


class Month(Record):
    """A month's counts and calendar; its id is the file name, such as 2019-06."""

    table = "months"
    kind = "月份"
    says_itself: ClassVar[tuple[str, ...]] = ("as_of",)

    thought: ThoughtCounts | None = _counts("thought")
    safety: SafetyCounts | None = _counts("safety")
    quality: QualityCounts | None = _counts("quality")
    production: ProductionCounts | None = _counts("production")
    own: tuple[OwnFigure, ...] = field(
        "自设统计", "在“自设统计”里登记过的，每项一条", (), asked=Asked.LATER
    )
    activities: tuple[Activity, ...] = field("活动", "宣讲、学习、培训、排查、竞赛、专题会", ())

    def counts(self, zone_id: str) -> Counts | None:
        """What a zone counted, if it did."""
        found: Counts | None = getattr(self, zone_id)
        return found

    def figure(self, count: str) -> OwnFigure | None:
        """The month's number of one of the branch's own counts."""
        return next((row for row in self.own if row.count == count), None)

    @property
    def title_text(self) -> str:
        return MonthId.of(self.id).title
