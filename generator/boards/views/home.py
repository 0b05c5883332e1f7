"""The home page: brand, zones, this quarter, outcomes, honours, cases, today's message."""

from __future__ import annotations

from dataclasses import dataclass

from boards.board.board import Board
from boards.drawings import SKYLINE
from boards.editions.edition import Edition
from boards.lazy import Lazy
from boards.views.articles import QuoteCard, quote_cards
from boards.views.cases import CaseCard, case_card, cases_in_order
from boards.views.honours import HonourGroup, honour_wall
from boards.views.loop import Loop, loop_figure
from boards.views.messages import MessageDay, recent_days
from boards.views.outcomes import OutcomeCard, common_date, latest_outcomes, outcome_card
from boards.views.quarters import StarCard, ZoneCard, star_card, zone_card
from boards.views.workings import Step, quarter_steps
from boards.words.common import Link, Page, PageBody, Provenance, provenance

CASES_SHOWN = 3
FIGURES_SHOWN = 3
ONE_LINE = 8
"""Characters of a brand that a line of a phone holds in large type."""
HONOUR_GROUPS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the home page, top to bottom."""

    owner: str
    """Group, mine, branch."""
    brand: str
    brand_whole: bool
    """Whether it is short enough for one line, on a phone too."""
    motto: str
    introduction: str
    skyline: str
    """The address of the drawing at the foot of the panel."""
    loop: Loop
    meeting: str
    star: StarCard | None
    excellent_zone: ZoneCard | None
    quarter: Link | None
    steps: tuple[Step, ...]
    """How a quarter goes, until there is one to show."""
    figures: tuple[OutcomeCard, ...]
    """The first outcomes that have a number, to be set large."""
    results: tuple[OutcomeCard, ...]
    """The others."""
    outcomes_as_of: str
    cases: tuple[CaseCard, ...]
    honours: tuple[HonourGroup, ...]
    message_days: tuple[MessageDay, ...]
    message_day: str
    """The day shown until the browser has chosen; empty when all are still to come."""
    quotes: tuple[QuoteCard, ...]
    provenance: Provenance


def home_page(board: Board, edition: Edition) -> Page:
    """The front of the site."""
    return Page("index.html", "首页", "home.html", "首页", Lazy(lambda: _body(board, edition)))


def _body(board: Board, edition: Edition) -> PageBody:
    branch = board.branch
    latest = max(board.quarters.values(), key=lambda quarter: quarter.id, default=None)
    outcomes = tuple(outcome_card(board, row, edition) for row in latest_outcomes(board))
    figures = tuple(card for card in outcomes if card.value)[:FIGURES_SHOWN]
    days = recent_days(board, edition)
    quarter = Link(latest.title_text, f"quarters/{latest.id}.html") if latest else None
    today = edition.today.isoformat()
    view = HomeView(
        owner=" ".join((branch.group, branch.mine, branch.name)),
        brand=branch.brand,
        brand_whole=len(branch.brand) <= ONE_LINE,
        motto=branch.motto,
        introduction=branch.introduction,
        skyline=SKYLINE.url,
        loop=loop_figure(board, quarter),
        meeting=branch.words.quarterly,
        star=star_card(board, latest, edition) if latest else None,
        excellent_zone=zone_card(board, latest) if latest else None,
        quarter=quarter,
        steps=() if latest else quarter_steps(board),
        figures=figures,
        results=tuple(card for card in outcomes if card not in figures),
        outcomes_as_of=common_date(outcomes),
        cases=tuple(case_card(board, case) for case in cases_in_order(board)[:CASES_SHOWN]),
        honours=honour_wall(board).by_year[:HONOUR_GROUPS_SHOWN],
        message_days=days,
        message_day=next((day.iso_date for day in days if day.iso_date <= today), ""),
        quotes=quote_cards(board),
        provenance=provenance(board, branch),
    )
    words = (branch.name, branch.mine, branch.brand, branch.motto)
    return PageBody(branch.motto, view, words)
