"""What the television in the hall shows, and for how long."""

from __future__ import annotations

from boards.records.base import Model
from boards.records.choices import Choice
from boards.records.fields import Count, Day, Line, field


class ScreenPart(Choice):
    """What a slide, or a run of slides, is about."""

    BRAND = "brand"
    STAR = "star"
    ZONE = "zone"
    HONOURS = "honours"
    CASES = "cases"
    OUTCOMES = "outcomes"
    MESSAGE = "message"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return {
            "brand": "品牌",
            "star": "党员之星",
            "zone": "优质责任区",
            "honours": "光荣榜",
            "cases": "典型案例",
            "outcomes": "工作成效",
            "message": "今日微消息",
            "notice": "通知",
        }[self]


class ScreenSlide(Model):
    """One part of the rotation, with the days it is shown on."""

    part: ScreenPart = field("内容", "brand、star、zone、honours、cases、outcomes、message、notice")
    seconds: Count | None = field("停留秒数", "不写就用总的秒数", None)
    start: Day | None = field("开始日期", "从哪天起播，不写就一直播", None)
    end: Day | None = field("结束日期", "播到哪天为止（含当天）", None)
    title: Line | None = field("标题", "通知的标题；其他内容不用写", None)
    text: Line | None = field("正文", "通知的正文；其他内容不用写", None)


class Screen(Model):
    """The rotation of screen.html."""

    seconds: Count = field("停留秒数", "每页停留几秒", 12)
    slides: tuple[ScreenSlide, ...] = field("播放内容", "按顺序播放；不写就全部播放", ())
