"""What a branch calls the parts of its brand.

The brand's shape is fixed: four zones, a meeting each quarter that finds one star and one zone, the
board, a talk. What these are called differs from branch to branch; the defaults are the words of
the branch that this was first written for.
"""

from __future__ import annotations

from boards.records.base import Model
from boards.records.choices import Choice
from boards.records.declared import field
from boards.records.fields import Line


class Weekday(Choice):
    """The day of the gathering where talks are held."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    NONE = "none"

    @property
    def label(self) -> str:
        return "不固定" if self is Weekday.NONE else f"周{'一二三四五六日'[self.number - 1]}"

    @property
    def number(self) -> int:
        """1 for Monday to 7 for Sunday, as in ISO 8601; 8 for no day in particular."""
        return list(Weekday).index(self) + 1


class Terms(Model):
    """Words of the brand; each stands here once: pages, posters and papers take it from here."""

    zones: Line = field("四区总称", "四个责任区合起来叫什么", "四大责任区")
    meeting: Line = field("会议全称", "每季度评比的会议叫什么", "四区创建联动会议")
    meeting_short: Line = field("会议简称", "同一个会议，短的叫法", "联动会议")
    scores: Line = field("成绩叫法", "四个区的得分合起来叫什么", "四区成绩")
    scoreboard: Line = field("成绩榜", "季度成绩海报的标题", "四区联动成绩")
    chosen: Line = field("评出什么", "联动图里会后的第一步", "一星一区")
    display: Line = field("怎样展示", "联动图里会后的第二步", "看板展示")
    weekday: Weekday = field(
        "例会日", "心得在星期几的例会上讲：monday 到 sunday；不固定写 none", Weekday.FRIDAY
    )
    gathering: Line = field("例会", "讲心得的例会叫什么，前面不写星期几", "安全例会")
    sharing: Line = field("分享叫法", "联动图里会后的第三步，前面不写星期几", "分享")

    @property
    def quarterly(self) -> str:
        """季度联动会议."""
        return f"季度{self.meeting_core}"

    @property
    def meeting_core(self) -> str:
        """The meeting without 季度 before it, which some branches write into its name."""
        return self.meeting_short.removeprefix("季度") or self.meeting_short

    @property
    def gathering_day(self) -> str:
        """周五安全例会."""
        return f"{self._day}{self.gathering}"

    @property
    def sharing_day(self) -> str:
        """周五分享."""
        return f"{self._day}{self.sharing}"

    @property
    def _day(self) -> str:
        return "" if self.weekday is Weekday.NONE else self.weekday.label
