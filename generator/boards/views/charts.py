"""Bar charts as geometry: a template draws them as plain SVG, and a table says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 22, 26
_GAP = 0.28
"""Share of a month's slot that stays empty between groups of bars."""
_WIDEST_BAR = 26.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with its number above it; lengths in the units of the chart's box."""

    x: float
    y: float
    width: float
    height: float
    series: int
    value: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A month below its bars."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts by month in one to three series."""

    title: str
    period: str
    series: tuple[str, ...]
    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - _BOTTOM


def bar_chart(
    title: str,
    period: str,
    series: Sequence[str],
    unit: str,
    rows: Sequence[tuple[str, tuple[int, ...]]],
) -> Chart:
    """Lay out `rows` (month, one value a series) as groups of bars on one scale from zero."""
    top = max((max(values) for _, values in rows), default=0) or 1
    slot = (WIDTH - _LEFT - _RIGHT) / max(len(rows), 1)
    width = min(slot * (1 - _GAP) / len(series), _WIDEST_BAR)
    scale = (HEIGHT - _TOP - _BOTTOM) / top
    bars = []
    ticks = []
    for place, (month, values) in enumerate(rows):
        middle = _LEFT + slot * (place + 0.5)
        ticks.append(Tick(round(middle, 1), month))
        start = middle - width * len(series) / 2
        for number, value in enumerate(values):
            height = value * scale
            bars.append(
                Bar(
                    x=round(start + number * width, 1),
                    y=round(HEIGHT - _BOTTOM - height, 1),
                    width=round(width - 1, 1),
                    height=round(height, 1),
                    series=number,
                    value=value,
                )
            )
    return Chart(title, period, tuple(series), unit, tuple(bars), tuple(ticks), tuple(rows))
