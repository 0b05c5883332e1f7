"""What the four zones count each month. All that is known of a count stands here, at its field.

A count's field says its label and how it is shown; `rates` says what it is measured against, if
anything. Sheets, charts, scores and rules follow. One that older months do not hold has a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from boards.records.base import Model
from boards.records.declared import field
from boards.records.fields import Count, Line


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts that are shown together are about, and their unit."""

    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Marks a count: what it is called below the title of its tally."""

    label: str
    tally: Tally
    standing: bool = False
    """Whether it counts what there is at the month's end: adding months up would mean nothing."""
    fewer: bool = False
    """Whether it is to become fewer: then it is shown as the way it goes."""


@dataclass(frozen=True, slots=True)
class Formula:
    """How a rate is made of counts: (`plus` - `minus`) / `of`; names of fields."""

    label: str
    plus: tuple[str, ...]
    of: str
    minus: tuple[str, ...] = ()
    settles: bool = False
    """Whether it is what was settled of what was found: seldom more."""

    def done(self, counts: Counts) -> int:
        """What stands above the line, in one month."""
        plus, minus = (sum(getattr(counts, n) for n in names) for names in (self.plus, self.minus))
        return int(plus - minus)

    def all(self, counts: Counts) -> int:
        """What stands below it."""
        return int(getattr(counts, self.of))


class Counts(Model):
    """A zone's counts of one month."""

    rates: ClassVar[tuple[Formula, ...]]
    """The rates that make its score."""

    @classmethod
    def shown(cls) -> dict[str, Shown]:
        """How each count is shown, by the name of its field."""
        marks = ((name, mark) for name, info in cls.model_fields.items() for mark in info.metadata)
        return {name: mark for name, mark in marks if isinstance(mark, Shown)}

    @classmethod
    def tallies(cls) -> dict[Tally, dict[str, Shown]]:
        """The counts that are shown together."""
        found: dict[Tally, dict[str, Shown]] = {}
        for name, mark in cls.shown().items():
            found.setdefault(mark.tally, {})[name] = mark
        return found


_PAIRS = Tally("结对帮扶", "对")
_VISITS = Tally("走访", "次")
_IDEAS = Tally("诉求上报—答复—反馈", "件")
_WARNINGS = Tally("预警闭环", "件")


class ThoughtCounts(Counts):
    """Thought zone, counts only: no person, family or matter is ever named."""

    pairs: Annotated[Count, Shown("结对", _PAIRS, standing=True)] = field("结对", "在帮的结对数")
    visits: Annotated[Count, Shown("走访", _VISITS)] = field("走访", "走访次数")
    pairs_closed: Annotated[Count, Shown("销户", _PAIRS)] = field("销户", "脱困销户数")
    ideas_raised: Annotated[Count, Shown("提出", _IDEAS)] = field("诉求提出", "上报的诉求件数")
    ideas_answered: Annotated[Count, Shown("答复", _IDEAS)] = field("诉求答复", "已答复件数")
    ideas_closed: Annotated[Count, Shown("办结", _IDEAS)] = field("诉求办结", "已反馈职工的件数")
    warnings_raised: Annotated[Count, Shown("预警", _WARNINGS)] = field("预警", "三色预警合计件数")
    warnings_closed: Annotated[Count, Shown("闭合", _WARNINGS)] = field("预警闭合", "已闭合件数")

    rates = (
        Formula("诉求答复率", ("ideas_answered",), "ideas_raised"),
        Formula("诉求办结率", ("ideas_closed",), "ideas_raised", settles=True),
        Formula("预警闭合率", ("warnings_closed",), "warnings_raised", settles=True),
    )


_REPORTS = Tally("安全动态周报告", "次")
_SUGGESTIONS = Tally("合理化建议", "条")
_HAZARDS = Tally("隐患排查", "条")
_VIOLATIONS = Tally("三违", "人次")


class SafetyCounts(Counts):
    """Safety zone, counts only."""

    reports_due: Annotated[Count, Shown("应报", _REPORTS)] = field("应报安全动态", "党员数乘以周数")
    reports_done: Annotated[Count, Shown("实报", _REPORTS)] = field("实报安全动态", "实际报告次数")
    suggestions_due: Annotated[Count, Shown("应提", _SUGGESTIONS)] = field(
        "应提建议", "每名党员每月至少一条"
    )
    suggestions_done: Annotated[Count, Shown("实提", _SUGGESTIONS)] = field("实提建议", "实际条数")
    hazards_found: Annotated[Count, Shown("查出", _HAZARDS)] = field("查出隐患", "条数")
    hazards_closed: Annotated[Count, Shown("闭合", _HAZARDS)] = field("闭合隐患", "条数")
    violations: Annotated[Count, Shown("三违", _VIOLATIONS, fewer=True)] = field(
        "三违", "人次合计，不写姓名"
    )
    adopted: tuple[Line, ...] = field("采纳的建议", "已采纳的合理化建议，一条一行", ())

    rates = (
        Formula("周报告完成率", ("reports_done",), "reports_due"),
        Formula("建议完成率", ("suggestions_done",), "suggestions_due"),
        Formula("隐患闭合率", ("hazards_closed",), "hazards_found", settles=True),
    )


_CHECKS = Tally("党员互查", "条")


class QualityCounts(Counts):
    """Quality zone, counts of the mutual checks (党员互查)."""

    found: Annotated[Count, Shown("发现", _CHECKS)] = field("互查发现", "问题条数")
    fixed_on_site: Annotated[Count, Shown("现场解决", _CHECKS)] = field("现场解决", "条数")
    escalated: Annotated[Count, Shown("上报解决", _CHECKS)] = field("上报解决", "条数")

    rates = (
        Formula("现场解决率", ("fixed_on_site",), "found"),
        Formula("问题处理率", ("fixed_on_site", "escalated"), "found", settles=True),
    )


_PLANS = Tally("任务与措施", "份")
_SERVICES = Tally("包机检修", "台次")
_STOPS = Tally("长时间机电影响", "次")


class ProductionCounts(Counts):
    """Production zone: work organised, never tonnages or targets."""

    plans: Annotated[Count, Shown("任务分解", _PLANS)] = field("任务分解", "任务表和分解图份数")
    measures: Annotated[Count, Shown("技术措施", _PLANS)] = field("技术措施", "编制的措施份数")
    services: Annotated[Count, Shown("检修", _SERVICES)] = field("包机检修", "台次")
    long_stops: Annotated[Count, Shown("影响", _STOPS, fewer=True)] = field(
        "长时间停机", "机电影响次数"
    )

    rates = (Formula("检修无停机率", ("services",), "services", ("long_stops",)),)


COUNTS: dict[str, type[Counts]] = {
    "thought": ThoughtCounts,
    "safety": SafetyCounts,
    "quality": QualityCounts,
    "production": ProductionCounts,
}
"""What each zone counts."""
