"""Hand-written pages: about the branch, and the experience write-ups."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from boards.board.board import Board
from boards.lazy import Lazy
from boards.records import (
    Article,
    ArticleType,
)
from boards.words.common import (
    Link,
    Page,
    PageBody,
    Provenance,
    marks,
    provenance,
)
from boards.words.text import Heading, to_html, to_plain, to_prose


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A hand-written page."""

    title: str
    type: str
    summary: str
    body: Markup
    headings: tuple[Heading, ...]
    case: Link | None
    marks: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class LessonCard:
    """启示."""

    title: str
    text: Markup
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """What somebody says of the work, by role."""

    text: str
    role: str
    paraphrase: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """About the branch and its brand."""

    introduction: str
    marks: tuple[str, ...]
    article: ArticleView | None
    lessons: tuple[LessonCard, ...]
    quotes: tuple[QuoteCard, ...]
    write_ups: tuple[Link, ...]
    provenance: Provenance


def write_ups(board: Board) -> list[Article]:
    """The experience write-ups."""
    return [row for row in board.articles.values() if row.type is ArticleType.WRITE_UP]


def article_link(board: Board, article: Article) -> Link:
    """A write-up by title and summary."""
    return Link(
        article.title, f"write-ups/{article.id}.html", article.summary, marks(board, article)
    )


def write_up_pages(board: Board) -> list[Page]:
    """The experience write-ups."""
    return [_write_up_page(board, article) for article in write_ups(board)]


def _write_up_page(board: Board, article: Article) -> Page:
    def body() -> PageBody:
        words = (article.summary, to_plain(article.body))
        return PageBody(article.summary, _article_view(board, article), words)

    url = f"write-ups/{article.id}.html"
    return Page(url, article.title, "write-up.html", "经验材料", Lazy(body))


def _article_view(board: Board, article: Article) -> ArticleView:
    prose = to_prose(article.body)
    case = board.cases.get(article.case or "")
    return ArticleView(
        title=article.title,
        type=article.type.label,
        summary=article.summary,
        body=prose.html,
        headings=prose.headings,
        case=Link(case.title, f"cases/{case.id}.html") if case else None,
        marks=marks(board, article),
        provenance=provenance(board, article),
    )


def about_page(board: Board) -> Page:
    """About the branch and its brand."""
    return Page("about.html", "关于品牌", "about.html", "关于", Lazy(lambda: _about(board)))


def _about(board: Board) -> PageBody:
    article = next((r for r in board.articles.values() if r.type is ArticleType.ABOUT), None)
    view = AboutView(
        introduction=board.branch.introduction,
        marks=marks(board, board.branch),
        article=_article_view(board, article) if article else None,
        lessons=tuple(
            LessonCard(row.title, to_html(row.text), marks(board, row))
            for row in board.lessons.values()
        ),
        quotes=quote_cards(board),
        write_ups=tuple(article_link(board, row) for row in write_ups(board)),
        provenance=provenance(board, article or board.branch),
    )
    words = (
        board.branch.introduction,
        board.branch.linkage,
        to_plain(article.body) if article else "",
        *(f"{row.title} {to_plain(row.text)}" for row in board.lessons.values()),
    )
    return PageBody(board.branch.motto, view, words)


def quote_cards(board: Board) -> tuple[QuoteCard, ...]:
    """All quotes."""
    return tuple(
        QuoteCard(row.text, row.role, row.paraphrase, marks(board, row))
        for row in board.quotes.values()
    )
