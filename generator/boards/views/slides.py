"""How much a slide of the big screen holds, and how long it takes to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boards.views.honours import HonourCard
from boards.words.lines import may_part

BODY_HEIGHT = 40.0
"""What head and foot leave; all lengths in hundredths of the screen's width."""


@dataclass(frozen=True, slots=True)
class Body:
    """How a slide's text is set in screen.css: characters in a line of each, heights of the lines.

    No text stands lower than 2.56: five metres want 1/22 of the screen's height.
    """

    title_line: int
    title_height: float
    other_line: int
    other_height: float
    text_line: int
    text_height: float
    most: int
    """Lines of text that a slide holds however much room there is."""


WHOLE = Body(13, 8.4, 29, 5.0, 21, 6.4, 3)
LONG_TITLE = Body(16, 6.7, 28, 5.0, 21, 6.4, 3)
BESIDE_PHOTO = Body(9, 7.0, 16, 5.0, 14, 5.5, 5)
BESIDE_PORTRAIT = Body(5, 13.2, 17, 4.8, 16, 5.2, 4)
LONG_NAME = Body(8, 8.8, 17, 4.8, 16, 5.2, 4)
MESSAGE_LINE, MESSAGE_LINES, MESSAGE_GAP = 20, 7.1, 0.35
"""Characters in a line of a message, lines that fit a slide, and what a message takes besides."""
PLAQUES_A_ROW, PLAQUE_LINE = 3, 7
PLAQUE_HEIGHT, PLAQUE_LINE_HEIGHT, WALL_HEIGHT = 10.6, 4.4, 35.5
"""Plaques in a row, characters in a line of a title; the height of a plaque without its title, of
a line of it, and of all rows."""
PLAQUE_MARK = 3
"""Characters of a title that a mark behind it takes the room of."""
READ_A_SECOND, SETTLE = 5, 4
"""Characters that somebody who stops reads in a second, and seconds to find the beginning."""


def pace(words: int, least: int) -> int:
    """How many seconds a slide with so many characters to read stands, at least so many."""
    return max(least, SETTLE - (-words // READ_A_SECOND)) if words else least


def portions(text: str, limit: int) -> list[str]:
    """Cut a text into slides at the ends of sentences; nothing is dropped or shrunk."""
    pieces: list[str] = []
    for sentence in re.split(r"(?<=[。；！？])(?![。；！？”’）])", text.replace("\n", "")):
        if pieces and len(pieces[-1]) + len(sentence) <= limit:
            pieces[-1] += sentence
        else:
            pieces.extend(_cut(sentence, limit))
    return [piece for piece in pieces if piece] or [""]


def _cut(sentence: str, limit: int) -> Iterator[str]:
    """A sentence in about equal parts of at most `limit` characters.

    They are parted behind a comma, or else where a line may end.
    """
    while len(sentence) > limit:
        share = len(sentence) / -(-len(sentence) // limit)
        places = range(limit, limit // 2, -1)
        allowed = [at for at in places if may_part(*sentence[at - 1 : at + 1])]
        best = [at for at in allowed if sentence[at - 1] in "，、："] or allowed or [limit]
        at = min(best, key=lambda place: abs(place - share))
        yield sentence[:at]
        sentence = sentence[at:]
    yield sentence


def room(title: str, line: str = "", body: Body = WHOLE) -> int:
    """How many characters of text fit below a title and a line; nought if there is no room."""
    title_lines = _lines(title, body.title_line)
    other_lines = _lines(line, body.other_line)
    used = title_lines * body.title_height + other_lines * body.other_height + 1.2
    lines = int((BODY_HEIGHT - used) / body.text_height)
    return max(min(lines, body.most), 0) * body.text_line


def _lines(text: str, room_for: int) -> int:
    """Lines of so many characters that a text takes; two letters or digits count for one."""
    narrow = sum(character.isascii() for character in text)
    return -(-(len(text) - narrow // 2) // room_for)


def plaques(cards: tuple[HonourCard, ...]) -> Iterator[tuple[HonourCard, ...]]:
    """Rows of plaques until a slide is full; long titles take more lines."""
    batch: tuple[HonourCard, ...] = ()
    height = 0.0
    for start in range(0, len(cards), PLAQUES_A_ROW):
        row = cards[start : start + PLAQUES_A_ROW]
        lines = max(
            -(-(len(card.title) + PLAQUE_MARK * len(card.marks)) // PLAQUE_LINE) for card in row
        )
        needed = PLAQUE_HEIGHT + lines * PLAQUE_LINE_HEIGHT
        if batch and height + needed > WALL_HEIGHT:
            yield batch
            batch, height = (), 0.0
        batch += row
        height += needed
    if batch:
        yield batch
