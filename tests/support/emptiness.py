"""How much of a board is one empty rectangle: what people see first where a board is not filled."""

from __future__ import annotations

import io

from PIL import Image

CELLS = 64
"""Cells along the long side; a cell is larger than what stands between two lines."""
_PIXELS = 4
"""Of a cell's side."""
_ALIKE = 10
"""How far apart levels are that look alike."""


def resolution(width: float, height: float) -> float:
    """The pixels per inch at which a board of so many millimetres is looked at."""
    return CELLS * _PIXELS / (max(width, height) / 25.4)


def largest_blank(png: bytes) -> tuple[float, tuple[float, float, float, float]]:
    """The share of the picture that its largest rectangle of one colour takes, and where it is.

    Left, top, right and bottom are shares, too.
    """
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    across, down = picture.width // _PIXELS, picture.height // _PIXELS
    rows = [[_colour(picture, x, y) for x in range(across)] for y in range(down)]
    best, found = 0, (0, 0, 0, 0)
    heights = [0] * across
    for y, row in enumerate(rows):
        for x, colour in enumerate(row):
            same = y > 0 and _alike(rows[y - 1][x], colour)
            heights[x] = 0 if colour is None else heights[x] + 1 if same else 1
        for x in range(across):
            high = heights[x]
            for right in range(x, across):
                if not _alike(row[x], row[right]):
                    break
                high = min(high, heights[right])
                if high * (right - x + 1) > best:
                    best = high * (right - x + 1)
                    found = (x, y - high + 1, right + 1, y + 1)
    left, top, right, bottom = found
    return best / (across * down), (left / across, top / down, right / across, bottom / down)


_Colour = tuple[int, ...] | None


def _colour(picture: Image.Image, x: int, y: int) -> _Colour:
    """The one colour of a cell, if it has but one."""
    box = (x * _PIXELS, y * _PIXELS, (x + 1) * _PIXELS, (y + 1) * _PIXELS)
    levels = picture.crop(box).getextrema()
    if any(high - low > _ALIKE for low, high in levels):
        return None
    return tuple(low for low, _ in levels)


def _alike(one: _Colour, other: _Colour) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
