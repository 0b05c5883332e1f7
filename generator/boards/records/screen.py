"""What the television in the hall shows, and for how long."""

from __future__ import annotations

from boards.records.base import Model
from boards.records.choices import Choice
from boards.records.declared import field
from boards.records.fields import Count, Day, Line, Time


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


class Weekday(Choice):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def label(self) -> str:
        return f"周{'一二三四五六日'[self.number - 1]}"

    @property
    def also(self) -> tuple[str, ...]:
        return (f"星期{self.label[1]}",)

    @property
    def number(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return list(Weekday).index(self) + 1


class ScreenSlide(Model):
    """One part of the rotation, with the days it is shown on."""

    part: ScreenPart = field("内容", "brand、star、zone、honours、cases、outcomes、message、notice")
    seconds: Count | None = field("停留秒数", "不写就按字数算，字多停得久", None)
    start: Day | None = field("开始日期", "从哪天起播，不写就一直播", None)
    end: Day | None = field("结束日期", "播到哪天为止（含当天）", None)
    weekdays: tuple[Weekday, ...] = field("星期", "只在星期几播，例如 周一；不写就天天播", ())
    opens: Time | None = field("几点起", "每天从几点起播，例如 07:30，不写就从零点起", None)
    closes: Time | None = field("到几点", "每天播到几点，例如 17:00；早于“几点起”就播过半夜", None)
    fresh_days: Count | None = field(
        "几天内更新过", "内容超过这么多天没有更新就不播，不写就用总的天数", None
    )
    title: Line | None = field("标题", "通知的标题；其他内容不用写", None)
    text: Line | None = field("正文", "通知的正文；其他内容不用写", None)


class Screen(Model):
    """The rotation of screen.html."""

    seconds: Count = field("停留秒数", "每页至少停留几秒；字多的自动多停", 12)
    fresh_days: Count | None = field(
        "几天内更新过",
        "微消息、党员之星、优质责任区、成效和案例超过这么多天没有更新就不播；不写，微消息按 7 天",
        None,
    )
    slides: tuple[ScreenSlide, ...] = field("播放内容", "按顺序播放；不写就全部播放", ())
