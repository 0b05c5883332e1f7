"""The big screen: one message a slide, sized to be read at five metres."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from boards.board.board import Board
from boards.drawings import SCENES, SKYLINE
from boards.editions.edition import Edition
from boards.records import Quarter, Screen, ScreenPart, ScreenSlide
from boards.views.cases import case_card, cases_in_order
from boards.views.honours import HonourCard, honours_in_order
from boards.views.messages import MessageCard, MessageDay, recent_days
from boards.views.outcomes import OutcomeCard, latest_outcomes, outcome_card
from boards.views.slides import (
    BESIDE_PHOTO,
    BESIDE_PORTRAIT,
    LONG_NAME,
    LONG_TITLE,
    MESSAGE_GAP,
    MESSAGE_LINE,
    MESSAGE_LINES,
    WHOLE,
    Body,
    pace,
    plaques,
    portions,
    room,
)
from boards.words.common import Person, PhotoView, ZoneBadge, marks, person, zone_badge
from boards.words.text import to_plain

_LONGEST = 36_500
"""Days after which nothing is shown as news any more, whatever was typed."""
NEVER = "9999-12-31"
"""The start of the slide that is only shown when no other is due."""
CASES_SHOWN = 6
HONOUR_SLIDES = 3
"""The first cases and plaques of the site; all of twenty years would take an hour and a half."""
MESSAGES_FRESH = 7
"""Days after which messages are not shown any more, unless the branch says otherwise."""
EVERYTHING = tuple(part for part in ScreenPart if part is not ScreenPart.NOTICE)


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; the parts it does not use are empty."""

    kicker: str
    title: str
    part: str = ""
    seconds: int = 0
    start: str = ""
    end: str = ""
    """The last day that it is shown on."""
    weekdays: str = ""
    """Numbers of the days of the week that it is shown on, 1 for Monday; all, if empty."""
    opens: str = ""
    closes: str = ""
    fresh: int = 0
    """Days for which a day's messages are shown; nought for what is not chosen by the day."""
    source: datetime.date | None = None
    """When what it says was last renewed."""
    small: bool = False
    """Whether the heading is long and stands smaller."""
    text: str = ""
    line: str = ""
    person: Person | None = None
    zone: ZoneBadge | None = None
    zones: tuple[ZoneBadge, ...] = ()
    honours: tuple[HonourCard, ...] = ()
    outcome: OutcomeCard | None = None
    scene: str = ""
    """The address of a drawing at its foot."""
    photo: PhotoView | None = None
    days: tuple[MessageDay, ...] = ()
    marks: tuple[str, ...] = ()
    as_of: str = ""
    fallback: bool = False
    """Shown when nothing else is due; a television is never blank."""


@dataclass(frozen=True, slots=True)
class ScreenView:
    """The rotation, first slide first."""

    brand: str
    owner: str
    meeting: str
    """What the four zones drive each other in."""
    slides: tuple[Slide, ...]


def screen_view(board: Board, edition: Edition) -> ScreenView:
    """Every slide that has something to show; dates are left to the browser, which knows today."""
    branch = board.branch
    screen = branch.screen or Screen(seconds=12)
    wanted = screen.slides or tuple(ScreenSlide(part=part) for part in EVERYTHING)
    slides = [slide for entry in wanted for slide in _slides(board, edition, entry, screen)]
    brand = _slides(board, edition, ScreenSlide(part=ScreenPart.BRAND), screen)
    fallback = replace(next(brand), start=NEVER, fallback=True)
    return ScreenView(
        brand=branch.brand,
        owner=f"{branch.mine} {branch.name}",
        meeting=board.words.meeting_short,
        slides=(*slides, fallback),
    )


def _slides(board: Board, edition: Edition, entry: ScreenSlide, screen: Screen) -> Iterator[Slide]:
    days = entry.fresh_days if entry.fresh_days is not None else screen.fresh_days
    for slide in _PARTS[entry.part](board, edition, entry):
        last = _last_day(slide.source, days)
        ends = [day for day in (entry.end, last) if day]
        yield replace(
            slide,
            part=str(entry.part),
            seconds=entry.seconds or pace(_words(slide), screen.seconds),
            start=entry.start.isoformat() if entry.start else "",
            end=min(ends).isoformat() if ends else "",
            weekdays="".join(str(day.number) for day in entry.weekdays),
            opens=entry.opens or "",
            closes=entry.closes or "",
            fresh=(MESSAGES_FRESH if days is None else days) if slide.days else 0,
        )


def _last_day(source: datetime.date | None, days: int | None) -> datetime.date | None:
    """The last day that something is still news; none if it never grows old."""
    if source is None or days is None:
        return None
    return source + datetime.timedelta(days=min(days, _LONGEST))


def _words(slide: Slide) -> int:
    """How many characters there are to read besides the heading, which is taken in at a glance."""
    said = [slide.text, *(honour.title + honour.holder for honour in slide.honours)]
    if slide.days:
        longest = max(
            slide.days, key=lambda day: sum(len(message.text) for message in day.messages)
        )
        said += [message.text for message in longest.messages]
    return sum(map(len, said))


def _brand(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    branch = board.branch
    yield Slide(
        kicker=f"{branch.group}{branch.mine} {branch.name}",
        title=branch.brand,
        line=branch.motto,
        zones=tuple(zone_badge(zone) for zone in board.zones.values()),
        marks=marks(board, branch),
    )


def _star(board: Board, edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for quarter in _latest(board):
        card = person(board, board.members[quarter.star.member], edition)
        line = " · ".join(part for part in (card.job, *card.posts) if part)
        short = len(card.name) <= BESIDE_PORTRAIT.title_line
        body = BESIDE_PORTRAIT if short else LONG_NAME
        for text in portions(to_plain(quarter.star.citation), room(card.name, line, body)):
            yield Slide(
                kicker=f"{quarter.title_text} 党员之星",
                title=card.name,
                line=line,
                text=text,
                small=not short,
                person=card,
                marks=marks(board, quarter),
                source=quarter.meeting.date,
            )


def _zone(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for quarter in _latest(board):
        badge = zone_badge(board.zones[quarter.excellent_zone.zone])
        for text in portions(to_plain(quarter.excellent_zone.citation), room(badge.name)):
            yield Slide(
                kicker=f"{quarter.title_text} 优质责任区",
                title=badge.name,
                text=text,
                zone=badge,
                scene=SCENES[badge.id].url,
                marks=marks(board, quarter),
                source=quarter.meeting.date,
            )


def _latest(board: Board) -> list[Quarter]:
    """The newest quarter, or none."""
    return sorted(board.quarters.values(), key=lambda quarter: quarter.id)[-1:]


def _honours(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for cards in islice(plaques(honours_in_order(board)), HONOUR_SLIDES):
        yield Slide(kicker=board.branch.name, title="光荣榜", honours=cards)


def _cases(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for case in cases_in_order(board)[:CASES_SHOWN]:
        card = case_card(board, case)
        body = _titled(case.headline, case.title)
        if card.photo and room(case.headline, case.title, BESIDE_PHOTO):
            body = BESIDE_PHOTO
        photo = card.photo if body is BESIDE_PHOTO else None
        for text in portions(to_plain(case.summary), room(case.headline, case.title, body)):
            yield Slide(
                kicker=f"{card.type} · {card.zone.name}",
                title=case.headline,
                line=case.title,
                text=text,
                zone=card.zone,
                small=body is LONG_TITLE,
                scene="" if photo else SCENES[card.zone.id].url,
                photo=photo,
                marks=card.marks,
                source=case.as_of.last_day if case.as_of else None,
                as_of=case.as_of.wording if case.as_of else "",
            )


def _outcomes(board: Board, edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for row in latest_outcomes(board):
        card = outcome_card(board, row, edition)
        yield Slide(
            kicker="工作成效",
            title=card.name,
            outcome=card,
            zone=card.zone,
            scene=SCENES[card.zone.id].url if card.zone else SKYLINE.url,
            marks=card.marks,
            source=row.as_of.last_day if row.as_of else None,
        )


def _message(board: Board, edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    """One slide, or several on days with much to say; each holds its share of every day."""
    days = recent_days(board, edition)
    shares = [list(_shares(day)) for day in days]
    for number in range(max((len(share) for share in shares), default=0)):
        shown = tuple(share[number] for share in shares if number < len(share))
        yield Slide(kicker="关心就在身边", title="今日微消息", days=shown)


def _shares(day: MessageDay) -> Iterator[MessageDay]:
    """A day's messages in portions that fit one slide; one that is too long goes on in the next."""
    portion: list[MessageCard] = []
    lines = 0.0
    for message in day.messages:
        for text in portions(message.text, MESSAGE_LINE * (int(MESSAGE_LINES) - 1)):
            needed = -(-len(text) // MESSAGE_LINE) + MESSAGE_GAP
            if portion and lines + needed > MESSAGE_LINES:
                yield replace(day, messages=tuple(portion))
                portion, lines = [], 0.0
            portion.append(replace(message, text=text))
            lines += needed
    yield replace(day, messages=tuple(portion))


def _titled(title: str, line: str = "") -> Body:
    """How a title is set: smaller if it would take more than a line."""
    return WHOLE if len(title) <= WHOLE.title_line and room(title, line) else LONG_TITLE


def _notice(_board: Board, _edition: Edition, entry: ScreenSlide) -> Iterator[Slide]:
    title = entry.title or ""
    body = _titled(title)
    for text in portions(entry.text or "", room(title, "", body)):
        yield Slide(kicker="通知", title=title, text=text, small=body is LONG_TITLE)


_PARTS = {
    ScreenPart.BRAND: _brand,
    ScreenPart.STAR: _star,
    ScreenPart.ZONE: _zone,
    ScreenPart.HONOURS: _honours,
    ScreenPart.CASES: _cases,
    ScreenPart.OUTCOMES: _outcomes,
    ScreenPart.MESSAGE: _message,
    ScreenPart.NOTICE: _notice,
}
