"""What is to be done now, each with the way there."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from boards.amend.approval import awaiting
from boards.backup import last_backup
from boards.board.board import Board
from boards.clock import build_date
from boards.desk import drafts
from boards.desk.desk import Look
from boards.desk.office import TABLES, Office
from boards.desk.rooms.exchange import undecided
from boards.desk.said import cure_of
from boards.errors import Problem, Severity
from boards.records.months import MonthId, QuarterId
from boards.records.schema import described
from boards.releases.manifest import ReleaseFault, read_manifest
from boards.words.common import day

_STALE = 35
"""Days after which it is said that nothing has been published, or kept elsewhere."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do."""

    title: str
    more: str
    link: str
    """Where it is done, below the desk's path."""
    button: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """A problem with the way to it."""

    said: str
    cure: str
    place: str
    """Where it stands in its file; empty if there is a form for it."""
    link: str
    button: str


@dataclass(frozen=True, slots=True)
class TodayView:
    """The first page of the desk."""

    day: str
    due: tuple[Due, ...]
    published: str
    """When the last release was made."""
    backed_up: str
    """When the last backup was made."""
    asks_later: bool
    """Whether more may be due that takes a moment to find out."""
    errors: tuple[Wrong, ...]
    notices: tuple[Wrong, ...]


def show(office: Office, _: Request, __: FormData) -> Response:
    """What is to be done today."""
    if not office.has_site:
        return office.to("first")
    look, today = office.desk.look(), build_date()
    notices = [row for row in look.problems if row.severity is Severity.NOTICE]
    kept = last_backup(office.root)
    view = TodayView(
        day=day(today),
        due=tuple(_due(office, look, today)),
        published=_ago(_published(office), today),
        backed_up=_ago(kept.day if kept else None, today),
        asks_later=bool(look.board.branches) and not look.errors,
        errors=tuple(_wrong(look.board, row) for row in look.errors),
        notices=tuple(_wrong(look.board, row) for row in notices),
    )
    return office.page("today", "today.html", view=view)


def _due(office: Office, look: Look, today: datetime.date) -> Iterator[Due]:
    board = look.board
    if look.errors:
        said = f"台账有 {len(look.errors)} 个错误"
        yield Due(said, "改好以前不能生成网站", "#errors", "逐条改", urgent=True)
    for draft in drafts.all_kept(office.root):
        new = f"new/{draft.table}?draft={draft.name}"
        link = f"record/{draft.table}/{draft.id}" if draft.id else new
        title = f"“{draft.title or '没有写名称的一条'}”写了没有保存"
        yield Due(title, f"停在 {draft.at}", link, "接着写")
    if not board.branches:
        return
    yield from _periods(board, today)
    if waiting := awaiting(board):
        names = "、".join(row.title_text for row in waiting[:4])
        more = f"{names}{'等' if len(waiting) > 4 else ''}"
        yield Due(f"{len(waiting)} 条等待审批", more, "approval", "去审批")
    for parcel in undecided(office.root):
        said = "收到的材料包还没有决定收不收"
        yield Due(said, "看一看内容和签名", f"exchange?parcel={parcel}", "看一看")
    yield from _release(office, today)
    yield from _backup(office, today)


def _periods(board: Board, today: datetime.date) -> Iterator[Due]:
    month = MonthId(today.year, today.month).shifted(-1)
    there = board.months.get(str(month))
    if there is None or there.sample:
        said = f"{month.title}的统计还没有登记"
        yield Due(said, "各责任区的应报、实报、三违等", f"new/months?id={month}", "登记")
    quarter = QuarterId.around(today).shifted(-1)
    held = board.quarters.get(str(quarter))
    if held is None or held.sample:
        said = f"{quarter.title}的评议还没有登记"
        yield Due(said, "党员之星、优质责任区和得分", f"new/quarters?id={quarter}", "登记")
    written = [row for row in board.messages.values() if row.date == today and not row.sample]
    if not written:
        yield Due("今天的微消息还没有写", "班前会前登在首页和大屏上", "new/messages", "写一条")


def later(office: Office, _: Request, __: FormData) -> Response:
    """What is due of the posters that hang: to know it, what they would say today is set."""
    look = office.desk.look()
    rows = [] if look.errors else _hanging(look)
    return office.part("parts/dues.html", due=tuple(rows))


def waits(office: Office, _: Request, __: FormData) -> Response:
    """How far the photos are that are worked on aside."""
    return JSONResponse({"said": office.desk.photos.progress.said})


def _hanging(look: Look) -> Iterator[Due]:
    rows = [row for row in look.hanging if row.to_replace and not row.row.sample]
    if rows:
        places = "、".join(row.row.place for row in rows[:3])
        yield Due(f"{len(rows)} 张挂着的海报要换", places, "hanging", "看哪些")


def _published(office: Office) -> datetime.date | None:
    try:
        return read_manifest(office.root / "publish").date
    except ReleaseFault:
        return None


def _ago(done: datetime.date | None, today: datetime.date) -> str:
    """How long ago something was done, for whoever glances at it."""
    if done is None:
        return "还没有过"
    days = (today - done).days
    return f"{day(done)}（{f'{days} 天前' if days > 0 else '今天'}）"


def _backup(office: Office, today: datetime.date) -> Iterator[Due]:
    last = last_backup(office.root)
    more, link, button = "U 盘或共享文件夹里放一份，电脑坏了也不怕", "release#backup", "去备份"
    if last is None:
        yield Due("还没有备份过", more, link, button)
    elif (today - last.day).days > _STALE:
        yield Due(
            f"{(today - last.day).days} 天没有备份了", f"上一次是 {day(last.day)}", link, button
        )


def _release(office: Office, today: datetime.date) -> Iterator[Due]:
    last = _published(office)
    if last is None:
        yield Due("还没有发布过", "内网上看到的是发布版", "release", "去发布")
        return
    if (today - last).days > _STALE:
        yield Due(
            f"{(today - last).days} 天没有发布了", f"上一次是 {day(last)}", "release", "去发布"
        )


def _wrong(board: Board, row: Problem) -> Wrong:
    keys = board.records_at([row.place])
    table, key = next(iter(keys), ("", ""))
    place, button = str(row.place), "打开文件"
    link = f"text?file={row.place.path}&line={row.place.line}"
    if table in TABLES and row.record:
        at = ".".join(map(str, described(row.field)))
        place, button = "", "去改"  # whoever has a form need not know the file
        link = f"record/{table}/{key}#at-{at}"
    subject = " ".join(part for part in (row.record, row.label or row.field) if part)
    return Wrong(
        said=f"{subject}：{row.found}" if subject else row.found,
        cure=cure_of(row),
        place=place,
        link=link,
        button=button,
    )
