"""Rules about quarters and months."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator

from boards.board.board import Board
from boards.errors import Add, Cure, Named, Place, Problem, Severity
from boards.records import ZONE_IDS, Month, Quarter
from boards.records.counts import COUNTS
from boards.records.months import QuarterId
from boards.records.schema import FieldPath
from boards.records.terms import Weekday

_NOTICE = Severity.NOTICE


def quarters(board: Board) -> Iterator[Problem]:
    """Four results, one star in the Party and here, talks on their weekday, no gap unnoticed."""
    words = board.words
    for quarter in board.quarters.values():
        yield from _results(board, quarter)
        member = board.members.get(quarter.star.member)
        path: FieldPath = ("star", "member")
        if member and member.has_left(QuarterId.of(quarter.id).last_day):
            found = f"党员之星“{member.name}”已于 {member.left_on} 离开"
            yield board.problem(quarter, path, found, "核对人选或离开日期")
        if member and not member.standing.in_party:
            found = f"党员之星“{member.name}”的政治面貌是“{member.standing.label}”"
            yield board.problem(quarter, path, found, "党员之星只能是党员；核对人选或政治面貌")
        yield from _quarter_dates(board, quarter)
        for number, talk in enumerate(quarter.talks):
            if words.weekday not in (Weekday.NONE, list(Weekday)[talk.date.isoweekday() - 1]):
                found = f"{talk.date} 不是星期{words.weekday.label[1:]}"
                hint = (
                    f"心得分享在{words.gathering_day}上；核对日期，"
                    "例会改了日子就改 branch.yml 里 terms 的 weekday"
                )
                place = ("talks", number, "date")
                yield board.problem(quarter, place, found, hint, severity=_NOTICE)
    yield from _quarter_gaps(board)


def _results(board: Board, quarter: Quarter) -> Iterator[Problem]:
    counts = Counter(result.zone for result in quarter.results)
    typed_wrong = counts.keys() - set(ZONE_IDS)  # `references` says so, and what was meant
    for zone_id in ZONE_IDS:
        if counts[zone_id] > 1 or (counts[zone_id] == 0 and not typed_wrong):
            zone = board.zones.get(zone_id)
            name = zone.name if zone else zone_id
            found = f"缺少{name}的成绩"
            cure: Cure = Add("zone", zone_id)
            if counts[zone_id]:
                found, cure = f"{name}的成绩写了 {counts[zone_id]} 次", "四个责任区各写一条"
            yield board.problem(quarter, ("results",), found, cure)
    for number, result in enumerate(quarter.results):
        if result.score > 100:
            found = f"得分 {result.score} 超过 100"
            yield board.problem(quarter, ("results", number, "score"), found, "写 0–100")


def _quarter_dates(board: Board, quarter: Quarter) -> Iterator[Problem]:
    """A meeting looks back on its quarter, and talks follow it."""
    met = quarter.meeting.date
    end = QuarterId.of(quarter.id).last_day
    if not end - datetime.timedelta(days=31) <= met <= end + datetime.timedelta(days=92):
        found = f"{board.words.meeting_short}的日期 {met} 和 {quarter.id} 对不上"
        hint = "会议一般在季末或下一季度开；核对日期和文件名"
        yield board.problem(quarter, ("meeting", "date"), found, hint, severity=_NOTICE)
    for number, talk in enumerate(quarter.talks):
        if talk.date < met:
            found = f"分享日期 {talk.date} 早于{board.words.meeting_short} {met}"
            place = ("talks", number, "date")
            yield board.problem(quarter, place, found, "核对日期", severity=_NOTICE)


def missing_quarters(quarter_ids: list[str]) -> list[str]:
    """Quarters without a record between the first and the last."""
    missing = []
    for one, other in itertools.pairwise(sorted(map(QuarterId.of, quarter_ids))):
        between = one.shifted(1)
        while between < other:
            missing.append(str(between))
            between = between.shifted(1)
    return missing


def _quarter_gaps(board: Board) -> Iterator[Problem]:
    for missing in missing_quarters(list(board.quarters)):
        place = Place(f"{board.data.name}/quarters")
        hint = f"补上 {missing}.yml；当季没有评比就不用管，页面会写明空缺"
        yield Problem(place, f"缺少 {missing} 的记录", hint, severity=_NOTICE)


def months(board: Board) -> Iterator[Problem]:
    """Activities in their month; no more settled than found."""
    for month in board.months.values():
        for number, activity in enumerate(month.activities):
            if f"{activity.date:%Y-%m}" != month.id:
                found = f"日期 {activity.date} 不在 {month.id} 里"
                place = ("activities", number, "date")
                yield board.problem(month, place, found, "改日期，或移到那个月的文件")
        yield from _own_figures(board, month)
        yield from _settled(board, month)


def _settled(board: Board, month: Month) -> Iterator[Problem]:
    for zone_id, model in COUNTS.items():
        if (counts := month.counts(zone_id)) is None:
            continue
        for formula in model.rates:
            done, found = formula.done(counts), formula.all(counts)
            if formula.settles and done > found:
                yield board.problem(
                    month,
                    (zone_id, formula.plus[0]),
                    f"办结 {done} 比发现 {found} 还多",
                    "含上月结转就不用改；否则核对数目",
                    severity=_NOTICE,
                )


def _own_figures(board: Board, month: Month) -> Iterator[Problem]:
    """Each count once, and with what was due if it is measured against that."""
    times = Counter(figure.count for figure in month.own)
    for number, figure in enumerate(month.own):
        path: FieldPath = ("own", number)
        count = board.counts.get(figure.count)
        name = count.name if count else figure.count
        if times[figure.count] > 1:
            found = f"“{name}”这个月写了 {times[figure.count]} 次"
            yield board.problem(month, (*path, "count"), found, "合成一条")
        elif count and count.paired and figure.due is None:
            otherwise = f"；这一项没有应完成数，就把 {count.id} 的 paired 改成 false"
            cure = ("补上", Named("due"), otherwise)
            yield board.problem(month, path, f"“{name}”没有写应完成数", cure)
        elif count and not count.paired and figure.due is not None:
            otherwise = f"；要和应完成数对照，就给 {count.id} 写上 paired: true"
            cure = ("去掉", Named("due"), otherwise)
            yield board.problem(month, (*path, "due"), f"“{name}”没有应完成数这一项", cure)
