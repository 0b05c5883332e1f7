"""Rules about outcomes and messages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from boards.board.board import Board
from boards.errors import Cure, Either, Named, Problem, Severity
from boards.records import Case, Outcome
from boards.records.schema import FieldPath
from boards.records.typed_values import NOBODY
from boards.rules.photos import photo_file

_NOTICE = Severity.NOTICE
TITLE_LIMIT = 28
"""Characters in two lines of a slide's title, the most that leaves room for text."""


def outcomes(board: Board) -> Iterator[Problem]:
    """A value or a statement, as of a date, in a unit that fits."""
    for outcome in board.outcomes.values():
        if outcome.as_of is None:
            cure = ("补上", Named("as_of"), "，例如 2019-08")
            yield board.problem(outcome, (), "成效没有写明截至日期", cure)
        if (outcome.value is None) == (outcome.statement is None):
            found = "数值和表述" + ("都没有写" if outcome.value is None else "写了两样")
            number = ("有数字写", Named("value"), "和", Named("unit"))
            words = ("，没有数字写", Named("statement"), "，二者取一")
            yield board.problem(outcome, (), found, (number, words))
        yield from _odd_unit(board, outcome)


def cases(board: Board, today: datetime.date) -> Iterator[Problem]:
    """A case's headline fits its boards, and its figures are where it says."""
    for case in board.cases.values():
        if len(case.headline) > TITLE_LIMIT:
            found = f"“一句话”有 {len(case.headline)} 个字，展板和大屏放不下"
            hint = f"去掉 {len(case.headline) - TITLE_LIMIT} 个字"
            yield board.problem(case, ("headline",), found, hint)
        for number, figure in enumerate(case.figures):
            yield from photo_file(board, case, ("figures", number), figure)
            yield from _who_is_in(board, case, number, today)


def _who_is_in(board: Board, case: Case, number: int, today: datetime.date) -> Iterator[Problem]:
    """A picture says who can be recognised in it, and all who are still here were asked."""
    people = case.figures[number].people
    path: FieldPath = ("figures", number)
    if not people:
        found = "没有写照片里认得出谁，这张照片不会显示"
        nobody = "逐行写认得出的人的编号；认不出任何人，写 nobody（无可辨认的人）"
        cure: Cure = Either(
            ("在", Named("people"), "下", nobody),
            "打开这张图片，在“照片里的人”里勾上认得出的人；认不出任何人，勾“无可辨认的人”",
        )
        yield board.problem(case, path, found, cure, severity=_NOTICE)
    if NOBODY in people and len(people) > 1:
        found = "照片里又写了人，又写了 nobody（无可辨认的人）"
        yield board.problem(case, (*path, "people"), found, "只留一样")
    for at, member in enumerate(map(board.members.get, people)):
        if member and member.consent is None and not member.has_left(today):
            found = f"“{member.name}”没有肖像同意，这张照片不会显示"
            asked = f"取得本人同意后在{member.name}的记录里填写"
            cure = (asked, Named("consent"), "；或换一张没有他的照片")
            yield board.problem(case, (*path, "people", at), found, cure, severity=_NOTICE)


def _odd_unit(board: Board, outcome: Outcome) -> Iterator[Problem]:
    """单效 is tonnes per man-shift; tonnes a month are the face's output (单产)."""
    for name in ("name", "original_wording"):
        wording = getattr(outcome, name) or ""
        if "单效" in wording and outcome.unit and "月" in outcome.unit:
            found = f"“{wording}”的单位是{outcome.unit}：单效按吨/工计，按月计的是单产"
            hint = "核对口径；页面照“名称”显示，并注明原文说法"
            yield board.problem(outcome, (name,), found, hint, severity=_NOTICE)


def messages(board: Board) -> Iterator[Problem]:
    """No tonnage and no birthday in a message."""
    for message in board.messages.values():
        if match := re.search(r"\d[\d.,]*\s*万?吨", message.text):
            found = f"微消息里有产量“{match.group()}”"
            hint = "产量属内部信息，改成任务名称"
            yield board.problem(message, ("text",), found, hint, snippet=match.group())
        if message.type == "greeting" and (m := re.search(r"\d+\s*月\s*\d+\s*日", message.text)):
            found = f"祝福里有生日日期“{m.group()}”"
            hint = "生日属个人隐私，只写祝福的话"
            yield board.problem(message, ("text",), found, hint, snippet=m.group())


def screen(board: Board) -> Iterator[Problem]:
    """The big screen's rotation: a notice says something, and no slide ends before it starts."""
    branch = board.branch
    if branch.screen is None:
        return
    if branch.screen.seconds < 3:
        found = f"每页只停 {branch.screen.seconds} 秒，看不清"
        yield board.problem(branch, ("screen", "seconds"), found, "至少 3 秒，一般 10 到 15 秒")
    for number, slide in enumerate(branch.screen.slides):
        path = ("screen", "slides", number)
        if slide.title and len(slide.title) > TITLE_LIMIT:
            found = f"通知标题有 {len(slide.title)} 个字，大屏放不下"
            hint = f"去掉 {len(slide.title) - TITLE_LIMIT} 个字，其余写进正文"
            yield board.problem(branch, (*path, "title"), found, hint)
        if slide.part == "notice" and not slide.title:
            yield board.problem(branch, path, "通知没有写标题", "补上 title")
        if slide.seconds is not None and slide.seconds < 3:
            found = f"这一项只停 {slide.seconds} 秒，看不清"
            yield board.problem(branch, (*path, "seconds"), found, "至少 3 秒")
        if slide.start and slide.end and slide.end < slide.start:
            found = f"结束日期 {slide.end} 早于开始日期 {slide.start}"
            yield board.problem(branch, (*path, "end"), found, "核对两个日期")
        if slide.opens and slide.opens == slide.closes:
            found = f"从 {slide.opens} 播到 {slide.closes}，一分钟也播不到"
            yield board.problem(branch, (*path, "closes"), found, "核对两个时刻；全天播就都不写")


def articles(board: Board) -> Iterator[Problem]:
    """Only one page can be the one about the branch."""
    about = [row for row in board.articles.values() if row.type == "about"]
    for row in about[1:]:
        found = f"已有一篇 type: about 的文章“{about[0].title}”，这一篇不会显示"
        yield board.problem(row, ("type",), found, "只留一篇，或改成 write-up")
