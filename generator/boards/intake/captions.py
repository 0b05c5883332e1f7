"""Which words are the caption of which picture: below it, above it, beside it in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from boards.intake.pieces import Kind, Piece

_NUMBERED = re.compile(r"图\s*[\d一二三四五六七八九十]*[\s:：.、]|图为|[▲△↑]")
_MARK = re.compile(r"^(?:图\s*[\d一二三四五六七八九十]+[\s:：.、]*|图[\s:：.、]+|[▲△↑]\s*)")
_BOTH = re.compile(r"(?:左|上)图?[:：为](.+?)[；;，,。\s]+(?:右|下)图?[:：为](.+?)。?")
_LONGEST = 80
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table that may hold pictures."""

    text: str
    pictures: tuple[Piece, ...] = ()


def captioned(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pictures with the captions that stand below them; above, where none stands below."""
    at = 0
    while at < len(pieces):
        piece, *after = pieces[at : at + 3]
        both = _BOTH.fullmatch(after[1].text.strip()[: 2 * _LONGEST]) if len(after) > 1 else None
        if both and _is_bare(piece) and _is_bare(after[0]):
            yield _with(piece, both[1])
            yield _with(after[0], both[2])
            at += 3
        elif after and _is_bare(piece) and _is_caption(after[0]):
            yield _with(piece, after[0].text)
            at += 2
        elif after and _is_surely_caption(piece) and _is_bare(after[0]) and not (
            len(after) > 1 and _is_caption(after[1])
        ):  # fmt: skip
            yield _with(after[0], piece.text)
            at += 2
        else:
            yield piece
            at += 1


def laid_out(rows: Sequence[Sequence[Cell]]) -> Iterator[Piece]:
    """A table as its words, and its pictures with what stands in or below each one's cell."""
    used: set[tuple[int, int]] = set()
    pictures: list[Piece] = []
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            if not cell.pictures:
                continue
            places = {(number, at), (number + 1, at), (number - 1, at)} - used
            there = (place for place in sorted(places) if _may_be_caption(rows, place, number))
            place = min(there, key=lambda one: (one[0] != number, -one[0]), default=None)
            first, *others = cell.pictures
            if place is not None:
                used.add(place)
                first = _with(first, rows[place[0]][place[1]].text)
            pictures += [first, *others]
    texts = (
        tuple("" if (number, at) in used else cell.text for at, cell in enumerate(row))
        for number, row in enumerate(rows)
    )
    kept = tuple(row for row in texts if any(row))
    if kept:
        yield Piece(Kind.TABLE, rows=kept)
    yield from pictures


def _may_be_caption(rows: Sequence[Sequence[Cell]], place: tuple[int, int], of: int) -> bool:
    """Whether a cell may be the caption of a picture in row `of`."""
    number, at = place
    if not 0 <= number < len(rows) or at >= len(rows[number]):
        return False
    cell = rows[number][at]
    if number != of and any(other.pictures for other in rows[number]):
        return False
    return bool(cell.text) and len(cell.text) <= _SHORT and "\n" not in cell.text


def _is_bare(piece: Piece) -> bool:
    return piece.picture is not None and not piece.picture.caption


def _with(piece: Piece, text: str) -> Piece:
    assert piece.picture is not None
    caption = _MARK.sub("", text.strip()).strip()
    return replace(piece, picture=replace(piece.picture, caption=caption[:_LONGEST]))


def _is_surely_caption(piece: Piece) -> bool:
    text = piece.text.strip()
    is_one = piece.kind is Kind.CAPTION or (
        piece.kind is Kind.PARAGRAPH and _NUMBERED.match(text) is not None
    )
    return is_one and len(text) <= _LONGEST


def _is_caption(piece: Piece) -> bool:
    is_centred = piece.kind is Kind.PARAGRAPH and piece.is_centred and len(piece.text) <= _SHORT
    return _is_surely_caption(piece) or (is_centred and bool(piece.text.strip()))
