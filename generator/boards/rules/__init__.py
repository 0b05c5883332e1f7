"""The rules across records: what must agree before anything is shown."""

from __future__ import annotations

import datetime

from boards.board.board import Board
from boards.errors import Problem
from boards.rules.approval import approvals
from boards.rules.consent import consents
from boards.rules.dates import clock, future, newest
from boards.rules.lint import lint
from boards.rules.people import areas, crews, honours, people
from boards.rules.periods import months, quarters
from boards.rules.photos import names_alike
from boards.rules.posters import posters
from boards.rules.prints import prints
from boards.rules.received import received
from boards.rules.references import branch, references, roles, sources, zones
from boards.rules.terms import terms
from boards.rules.work import articles, cases, messages, outcomes, screen


def check(board: Board, today: datetime.date) -> list[Problem]:
    """Every problem of the records of `board`, between them and in their words."""
    wrong_clock = clock(board, today)
    if wrong_clock:  # what follows from it would be told of every date
        today = newest(board)
    words = lint(board, today) if board.branches else ()
    told = [*check_together(board, today), *words]
    return [wrong_clock, *told] if wrong_clock else told


def check_together(board: Board, today: datetime.date) -> list[Problem]:
    """Every problem between the records of `board`, as of `today`."""
    found = (
        branch(board),
        zones(board),
        terms(board),
        references(board),
        roles(board),
        sources(board),
        future(board, today),
        people(board),
        approvals(board),
        consents(board),
        honours(board),
        outcomes(board),
        cases(board, today),
        crews(board, today),
        areas(board, today),
        quarters(board),
        months(board),
        messages(board),
        articles(board),
        names_alike(board),
        posters(board),
        prints(board),
        received(board),
        screen(board) if board.branches else (),
    )
    return [problem for problems in found for problem in problems]
