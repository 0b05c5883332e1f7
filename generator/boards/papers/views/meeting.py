"""What the sheet of the linkage meeting (四区创建联动会议) shows: counts, scores, a proposal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from boards.board.board import Board
from boards.papers.views.meeting_zones import NONE, ZoneSheet, zone_sheet
from boards.records.counts import COUNTS
from boards.records.months import MonthId, QuarterId
from boards.words.common import day
from boards.words.scoreboard import BEFORE, Scoreboard, ZoneScore, earlier_boards


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One zone in the comparison."""

    zone: str
    looks_at: str
    before: str
    """Its score of the quarter before."""
    score: str
    weight: str
    weighted: str
    leads: bool


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """The sheet for one quarter."""

    unit: str
    title: str
    asks: str
    """What stands before that which the meeting looks at in a zone."""
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    months: tuple[str, ...]
    zones: tuple[ZoneSheet, ...]
    scores: tuple[ScoreLine, ...]
    proposal: str
    rules: tuple[str, ...]
    afterwards: str


def meeting_sheet(board: Board, gathered: Scoreboard, printed_on: datetime.date) -> MeetingSheet:
    """The sheet of a quarter's scoreboard."""
    quarter = gathered.quarter
    earlier = earlier_boards(board, gathered)
    return MeetingSheet(
        unit=f"{board.branch.mine}{board.branch.name}",
        title=f"{board.words.meeting}评议单",
        asks=f"{board.words.meeting_short}评议：",
        facts=(("季度", QuarterId.of(quarter).title), ("打印日期", day(printed_on))),
        notices=tuple(_notices(board, gathered)),
        months=tuple(MonthId.of(name).within_year for name in gathered.months),
        zones=tuple(zone_sheet(board, gathered, zone, earlier) for zone in gathered.zones),
        scores=tuple(_line(board, gathered, zone, earlier) for zone in gathered.zones),
        proposal=proposal(board, gathered),
        rules=_rules(board, gathered),
        afterwards=f"会后由宣传委员登记：boards add quarter {quarter}",
    )


def proposal(board: Board, gathered: Scoreboard) -> str:
    """Whom the numbers propose as excellent zone; a tie and what is missing are said."""
    names = {zone.zone: board.zones[zone.zone].name for zone in gathered.zones}
    points = {zone.zone: zone.weighted for zone in gathered.zones}
    leaders = gathered.leaders
    mark = "示例：" if gathered.is_sample else ""
    unknown = "、".join(names[zone] for zone, value in points.items() if value is None)
    if not leaders:
        return f"{mark}三个月没有能算得分的数，推荐不出优质责任区，请会议评定。"
    best = points[leaders[0]]
    if len(leaders) > 1:
        tied = "、".join(names[zone] for zone in leaders)
        said = f"{tied}折算分都是 {best}，并列最高，推荐不出一个，请会议评定。"
    else:
        said = f"{names[leaders[0]]}折算分 {best}，最高，推荐为优质责任区。"
    if unknown:
        said += f"{unknown}没有数，没有参加比较。"
    if missing := [
        MonthId.of(name).title for name, month in gathered.months.items() if month is None
    ]:
        said += f"缺{'、'.join(missing)}的数。"
    return mark + said


def _notices(board: Board, gathered: Scoreboard) -> Iterator[str]:
    """What whoever reads the numbers must know first."""
    if gathered.is_sample:
        yield "这个季度的台账是示例，数字是虚构的，只供看样子，不能用来评比。"
    for name, month in gathered.months.items():
        if month is None:
            sample = name in board.months
            why = "只有示例，没有算进来" if sample else "没有台账"
            yield f"缺{MonthId.of(name).title}：{why}。"
    if done := board.quarters.get(gathered.quarter):
        zone = board.zones[done.excellent_zone.zone].name
        mark = "（示例）" if done.sample else ""
        yield f"这个季度已经登记过{mark}：{day(done.meeting.date)}开会，优质责任区是{zone}。"


def _line(
    board: Board, gathered: Scoreboard, score: ZoneScore, earlier: Mapping[str, Scoreboard]
) -> ScoreLine:
    zone = board.zones[score.zone]
    leads = gathered.leaders == (score.zone,)
    return ScoreLine(
        zone=zone.name,
        looks_at=zone.meeting_input,
        before=_shown(earlier[BEFORE].zone(score.zone).score) if BEFORE in earlier else NONE,
        score=_shown(score.score),
        weight=f"{score.weight}%",
        weighted=_shown(score.weighted),
        leads=leads,
    )


def _shown(value: Decimal | None) -> str:
    return NONE if value is None else str(value)


def _rules(board: Board, gathered: Scoreboard) -> tuple[str, ...]:
    """How the figures come about, for whoever asks."""
    weighted = any(zone.weight != 100 for zone in gathered.zones)
    how = "四区的权重写在 branch.yml 的 weights 里。" if weighted else "四区权重相同。"
    names = "、".join(formula.label for model in COUNTS.values() for formula in model.rates)
    return (
        f"各项比率按三个月合计算，最高算 100，保留一位小数：{names}。",
        f"得分是本区各项比率的平均数；折算分 = 得分 × 权重。{how}",
        "结对、走访、三违、任务、措施、活动等没有可比的应完成数，只列出，不算分，由会议掂量。",
        *(["自设的统计只列出，不算分。"] if board.counts else []),
        "数字只供参考，优质责任区和党员之星由会议评定。",
    )
