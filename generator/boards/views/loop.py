"""The loop of the brand: four zones around their meeting, and the steps that follow it."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board.board import Board
from boards.words.common import Link, zone_badge


@dataclass(frozen=True, slots=True)
class LoopWord:
    """A word in the figure, and a class that sets it smaller where it is long."""

    text: str
    fit: str


@dataclass(frozen=True, slots=True)
class LoopZone:
    """One of the four circles."""

    url: str
    mark: str
    name: LoopWord
    tag: LoopWord


@dataclass(frozen=True, slots=True)
class LoopStep:
    """One of the three boxes below."""

    url: str
    name: LoopWord
    small: str


@dataclass(frozen=True, slots=True)
class Loop:
    """The whole figure; `label` says it to those who cannot see it."""

    label: str
    zones: tuple[LoopZone, ...]
    meeting: LoopWord
    chosen: LoopStep
    display: LoopStep
    sharing: LoopStep


NAME, TAG, MEETING, STEP = 3, 5, 5, 6
"""Characters that fit at full size; up to `rules.terms.LIMIT` the styles have smaller ones."""
SMALL = 10
"""Characters of a line below a step's name."""


def loop_figure(board: Board, quarter: Link | None) -> Loop:
    """The figure for the home page; `quarter` is the newest one's page."""
    branch = board.branch
    words = branch.words
    quarters = "quarters/index.html"
    carried = f"{words.gathering} 心得带全区"
    return Loop(
        label=(
            f"{branch.brand_short}：四个责任区汇入{words.quarterly}，评出{words.chosen}，"
            f"{words.display}，{words.sharing_day}，再带动四区"
        ),
        zones=tuple(
            LoopZone(
                url=badge.url,
                mark=badge.mark,
                name=_word(badge.short, "name", NAME),
                tag=_word(badge.tag, "tag", TAG),
            )
            for badge in map(zone_badge, board.zones.values())
        ),
        meeting=_word(words.meeting_core, "meeting", MEETING),
        chosen=LoopStep(
            quarter.url if quarter else quarters,
            _word(words.chosen, "step", STEP),
            "党员之星 优质责任区",
        ),
        display=LoopStep("honours.html", _word(words.display, "step", STEP), "公开亮相 大家评看"),
        sharing=LoopStep(
            quarters,
            _word(words.sharing_day, "step", STEP),
            carried if len(carried) <= SMALL else words.gathering,
        ),
    )


def _word(text: str, part: str, room: int) -> LoopWord:
    return LoopWord(text, f"bb-loop__{part}--{len(text)}" if len(text) > room else "")
