"""The big screen: one message a slide, sized to be read at five metres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from boards.board.board import Board
from boards.editions.editions import Edition
from boards.records import Quarter, Screen, ScreenPart, ScreenSlide
from boards.views.cases import case_card, cases_in_order
from boards.views.honours import HonourCard, honours_in_order
from boards.views.messages import MessageCard, MessageDay, recent_days
from boards.views.outcomes import OutcomeCard, outcome_card
from boards.words.common import Person, ZoneBadge, marks, person, zone_badge
from boards.words.lines import may_part
from boards.words.text import to_plain

T = TypeVar("T")

TEXT_LIMIT = 120
"""Characters of running text below a title of one line."""
BODY_HEIGHT, TEXT_HEIGHT = 35, 4.9
"""In hundredths of the width: what head and foot leave, and a line of text, which stands 1/20 of
the height tall (five metres want 1/22)."""


@dataclass(frozen=True, slots=True)
class Body:
    """How a slide's text is set: characters in a line of title and text, height of a title line."""

    title_line: int
    text_line: int
    title_height: float


WHOLE = Body(title_line=14, text_line=30, title_height=7.8)
BESIDE_PORTRAIT = Body(title_line=9, text_line=21, title_height=8.8)

NEVER = "9999-12-31"
"""The start of the slide that is only shown when no other is due."""
HONOUR_LINE, HONOUR_LINES = 13, 6
"""Characters in a line of an honour's title, and lines (titles and holders) that fit a slide."""
OUTCOMES_A_SLIDE = 3
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
    as_of: str = ""
    fallback: bool = False
    """Shown when nothing else is due; a television is never blank."""


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
    slides = [slide for entry in wanted for slide in _slides(board, edition, entry, screen.seconds)]
    brand = _slides(board, edition, ScreenSlide(part=ScreenPart.BRAND), screen.seconds)
    fallback = replace(next(brand), start=NEVER, fallback=True)
    return ScreenView(
        brand=branch.brand, owner=f"{branch.mine} {branch.name}", slides=(*slides, fallback)
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
        marks=marks(board, branch),
    )


def _star(board: Board, edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for quarter in _latest(board):
        card = person(board, board.members[quarter.star.member], edition)
        line = " · ".join(part for part in (card.job, *card.posts) if part)
        fits = room(card.name, line, BESIDE_PORTRAIT)
        for text in portions(to_plain(quarter.star.citation), fits):
            yield Slide(
                kicker=f"{quarter.title_text} 党员之星",
                title=card.name,
                line=line,
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
    for cards in _honour_batches(honours_in_order(board)):
        yield Slide(kicker=board.branch.name, title="光荣榜", honours=cards)


def _honour_batches(cards: tuple[HonourCard, ...]) -> Iterator[tuple[HonourCard, ...]]:
    """Rows of two until a slide is full; long titles take more lines."""
    batch: tuple[HonourCard, ...] = ()
    lines = 0
    for start in range(0, len(cards), 2):
        row = cards[start : start + 2]
        needed = 1 + max(-(-len(card.title) // HONOUR_LINE) for card in row)
        if batch and lines + needed > HONOUR_LINES:
            yield batch
            batch, lines = (), 0
        batch += row
        lines += needed
    if batch:
        yield batch


def _cases(board: Board, _edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    for case in cases_in_order(board):
        card = case_card(board, case)
        for text in portions(to_plain(case.summary), room(case.headline, case.title)):
            yield Slide(
                kicker=f"{card.type} · {card.zone.name}",
                title=case.headline,
                line=case.title,
                text=text,
                zone=card.zone,
                marks=card.marks,
                as_of=case.as_of.wording if case.as_of else "",
            )


def _outcomes(board: Board, edition: Edition, _entry: ScreenSlide) -> Iterator[Slide]:
    cards = tuple(outcome_card(board, row, edition) for row in board.outcomes.values())
    for batch in _batches(cards, OUTCOMES_A_SLIDE):
        yield Slide(kicker=board.branch.brand, title="工作成效", outcomes=batch)


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
    lines = 0
    for message in day.messages:
        for text in portions(message.text, MESSAGE_LINE * MESSAGE_LINES):
            needed = -(-len(text) // MESSAGE_LINE)
            if portion and lines + needed > MESSAGE_LINES:
                yield replace(day, messages=tuple(portion))
                portion, lines = [], 0
            portion.append(replace(message, text=text))
            lines += needed
    yield replace(day, messages=tuple(portion))


def _notice(_board: Board, _edition: Edition, entry: ScreenSlide) -> Iterator[Slide]:
    title = entry.title or ""
    for text in portions(entry.text or "", room(title)):
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
    for sentence in re.split(r"(?<=[。；！？])(?![。；！？”’）])", text.replace("\n", "")):
        if pieces and len(pieces[-1]) + len(sentence) <= limit:
            pieces[-1] += sentence
        else:
            pieces.extend(_cut(sentence, limit))
    return [piece for piece in pieces if piece] or [""]


def _cut(sentence: str, limit: int) -> Iterator[str]:
    """A sentence in parts of at most `limit` characters, parted where a line may end."""
    while len(sentence) > limit:
        allowed = (
            at for at in range(limit, limit // 2, -1) if may_part(*sentence[at - 1 : at + 1])
        )
        at = next(allowed, limit)
        yield sentence[:at]
        sentence = sentence[at:]
    yield sentence


def room(title: str, line: str = "", body: Body = WHOLE) -> int:
    """How many characters of text fit below a title and a line, at their sizes in screen.css."""
    title_lines = -(-len(title) // body.title_line)
    other_lines = -(-len(line) // body.text_line)
    height = BODY_HEIGHT - title_lines * body.title_height - other_lines * TEXT_HEIGHT
    return max(int(height / TEXT_HEIGHT), 1) * body.text_line
