"""All that templates may see, already worded, sorted, dated and projected."""

from __future__ import annotations

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.views.articles import about_page, write_up_pages
from boards.views.cases import case_pages, cases_page
from boards.views.coverage import coverage_page
from boards.views.home import home_page
from boards.views.honours import honours_page
from boards.views.members import member_pages
from boards.views.messages import messages_pages
from boards.views.outcomes import outcomes_page
from boards.views.quarters import quarter_pages, quarters_page
from boards.views.roster import roster_page
from boards.views.zones import zone_pages, zones_page
from boards.words.common import Page

__all__ = ["Page", "all_pages"]


def all_pages(board: Board, edition: Edition) -> list[Page]:
    """Every page of the site; `board` must have come from `editions.prepare`."""
    return [
        home_page(board, edition),
        zones_page(board),
        *zone_pages(board, edition),
        roster_page(board, edition),
        *member_pages(board, edition),
        honours_page(board),
        cases_page(board),
        *case_pages(board),
        *write_up_pages(board),
        quarters_page(board, edition),
        *quarter_pages(board, edition),
        outcomes_page(board, edition),
        coverage_page(board, edition),
        *messages_pages(board, edition),
        about_page(board),
    ]
