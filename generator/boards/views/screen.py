"""The big screen: one message a slide, sized to be read at five metres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from boards.board import Board
from boards.editions import Edition
from boards.records import Quarter, Screen, ScreenPart, ScreenSlide
from boards.text import to_plain
from boards.views.cases import case_card, cases_in_order
from boards.views.common import Person, ZoneBadge, marks, person, zone_badge
from boards.views.honours import HonourCard, honours_in_order
from boards.views.messages import MessageCard, MessageDay, message_days
from boards.views.outcomes import OutcomeCard, outcome_card

T = TypeVar("T")

TEXT_LIMIT, BESIDE_PORTRAIT, BELOW_LONG_TITLE = 140, 84, 90
"""Characters of running text a slide holds at 1/20 of its height (five metres want 1/22): four
lines of 31, four of 21 beside a portrait, three where the title takes two lines."""
TITLE_IN_ONE_LINE = 14
HONOURS_A_SLIDE = 6
OUTCOMES_A_SLIDE = 6
MESSAGE_DAYS_CARRIED = 60
MESSAGE_LINE, MESSAGE_LINES = 20, 5
"""Characters in a line of a message, and lines of all messages that fit a slide."""
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
    text: str = ""
    line: str = ""
    person: Person | None = None
    zone: ZoneBadge | None = None
    zones: tuple[ZoneBadge, ...] = ()
    honours: tuple[HonourCard, ...] = ()
    outcomes: tuple[OutcomeCard, ...] = ()
    days: tuple[MessageDay, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenView:
    """The rotation, first slide first."""

    brand: str
    owner: str
    slides: tuple[Slide, ...]


def screen_view(board: Board, edition: Edition) -> ScreenView:
    """Every slide that has something to show; dates are left to the browser, which knows today."""
    branch = board.branch
    screen = branch.screen or Screen(seconds=12)
    wanted = screen.slides or tuple(ScreenSlide(part=part) for part in EVERYTHING)
    return ScreenView(
        brand=branch.brand,
        owner=f"{branch.mine} {branch.name}",
        slides=tuple(
            slide for entry in wanted for slide in _slides(board, edition, entry, screen.seconds)
        ),
    )


def _slides(board: Board, edition: Edition, entry: ScreenSlide, seconds: int) -> Iterator[Slide]:
    for slide in _PARTS[entry.part](board, edition, entry):
        yield replace(
            slide,
            part=str(entry.part),
            seconds=entry.seconds or seconds,
            start=entry.start.isoformat() if entry.start else "",
            end=entry.end.isoformat() if entry.end else "",
        )


def _brand(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    branch = board.branch
    yield Slide(
        kicker=f"{branch.group}{branch.mine} {branch.name}",
        title=branch.brand,
        line=branch.motto,
        zones=tuple(zone_badge(zone) for zone in board.zones.values()),
    )


def _star(board: Board, edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for quarter in _latest(board):
        card = person(board, board.members[quarter.star.member], edition)
        for text in portions(to_plain(quarter.star.citation), BESIDE_PORTRAIT):
            yield Slide(
                kicker=f"{quarter.title_text} 党员之星",
                title=card.name,
                line=" · ".join(part for part in (card.job, *card.posts) if part),
                text=text,
                person=card,
                marks=marks(board, quarter),
            )


def _zone(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for quarter in _latest(board):
        badge = zone_badge(board.zones[quarter.excellent_zone.zone])
        for text in portions(to_plain(quarter.excellent_zone.citation)):
            yield Slide(
                kicker=f"{quarter.title_text} 优质责任区",
                title=badge.name,
                text=text,
                zone=badge,
                marks=marks(board, quarter),
            )


def _latest(board: Board) -> list[Quarter]:
    """The newest quarter, or none."""
    return sorted(board.quarters.values(), key=lambda quarter: quarter.id)[-1:]


def _honours(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for cards in _batches(honours_in_order(board), HONOURS_A_SLIDE):
        yield Slide(kicker=board.branch.name, title="光荣榜", honours=cards)


def _cases(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for case in cases_in_order(board):
        card = case_card(board, case)
        fits = TEXT_LIMIT if len(case.headline) <= TITLE_IN_ONE_LINE else BELOW_LONG_TITLE
        for text in portions(to_plain(case.summary), fits):
            yield Slide(
                kicker=f"{card.type} · {card.zone.name}",
                title=case.headline,
                line=case.title,
                text=text,
                zone=card.zone,
                marks=card.marks,
            )


def _outcomes(board: Board, edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    cards = tuple(outcome_card(board, row, edition) for row in board.outcomes.values())
    for batch in _batches(cards, OUTCOMES_A_SLIDE):
        yield Slide(kicker=board.branch.brand, title="工作成效", outcomes=batch)


def _message(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    """One slide, or several on days with much to say; each holds its share of every day."""
    days = message_days(board)[:MESSAGE_DAYS_CARRIED]
    shares = [list(_shares(day)) for day in days]
    for number in range(max((len(share) for share in shares), default=0)):
        shown = tuple(share[number] for share in shares if number < len(share))
        yield Slide(kicker="关心就在身边", title="今日微消息", days=shown)


def _shares(day: MessageDay) -> Iterator[MessageDay]:
    """A day's messages in portions that fit one slide."""
    portion: list[MessageCard] = []
    lines = 0
    for message in day.messages:
        needed = -(-len(message.text) // MESSAGE_LINE)
        if portion and lines + needed > MESSAGE_LINES:
            yield replace(day, messages=tuple(portion))
            portion, lines = [], 0
        portion.append(message)
        lines += needed
    yield replace(day, messages=tuple(portion))


def _notice(_board: Board, _edition: Edition, entry: ScreenSlide) -> Iterator[Slide]:
    title = entry.title or ""
    fits = TEXT_LIMIT if len(title) <= TITLE_IN_ONE_LINE else BELOW_LONG_TITLE
    for text in portions(entry.text or "", fits):
        yield Slide(kicker="通知", title=title, text=text)


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


def _batches(items: tuple[T, ...], size: int) -> Iterator[tuple[T, ...]]:
    """Runs of at most `size`, as even as can be: seven make four and three, not six and one."""
    count = -(-len(items) // size)
    for number in range(count):
        yield items[number * len(items) // count : (number + 1) * len(items) // count]


def portions(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut a text into slides at the ends of sentences; nothing is dropped or shrunk."""
    pieces: list[str] = []
    for sentence in re.findall(r"[^。；！？]+[。；！？]*[”）]*", text.replace("\n", "")):
        if pieces and len(pieces[-1]) + len(sentence) <= limit:
            pieces[-1] += sentence
        else:
            pieces.extend(
                sentence[start : start + limit] for start in range(0, len(sentence), limit)
            )
    return pieces or [""]
