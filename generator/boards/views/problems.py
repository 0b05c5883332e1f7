"""The faults of a board as a page, for the preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boards.errors import Place, Problem
from boards.lazy import Lazy
from boards.words.common import Page, PageBody


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One fault."""

    place: str
    subject: str
    found: str
    hint: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """All faults."""

    rows: tuple[ProblemRow, ...]


def _words(place: Place) -> str:
    return f"{place.path} 第 {place.line} 行第 {place.column} 列" if place.path else str(place)


def problems_page(problems: Sequence[Problem]) -> Page:
    """What has to be mended before the site can be built."""
    rows = tuple(
        ProblemRow(
            place=_words(problem.place),
            subject=" ".join(part for part in (problem.record, problem.field) if part),
            found=problem.found,
            hint=problem.hint,
        )
        for problem in sorted(problems, key=lambda problem: problem.sort_key)
    )
    title = f"有 {len(rows)} 处要改"
    body = PageBody(title, ProblemsView(rows))
    return Page("index.html", title, "problems.html", "检查", Lazy(lambda: body))
