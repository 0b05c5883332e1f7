"""Outcomes, cases, daily messages, hand-written pages."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from boards.board import Board
from boards.editions import Edition
from boards.records import Article, ArticleType, Case, MessageType, Outcome
from boards.rules.lint import is_stale
from boards.text import Heading, to_html, to_prose
from boards.views.common import (
    Link,
    Page,
    PhotoView,
    Provenance,
    ZoneBadge,
    day,
    marks,
    photo_view,
    provenance,
    provenances,
    weekday,
    zone_badge,
)


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """A result as a large figure or phrase."""

    name: str
    sign: str
    value: str
    unit: str
    statement: str
    period: str
    note: str
    zone: ZoneBadge | None
    as_of: str
    stale: bool
    marks: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class OutcomesView:
    """工作成效."""

    outcomes: tuple[OutcomeCard, ...]
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class CaseCard:
    """A case in short."""

    title: str
    url: str
    type: str
    zone: ZoneBadge
    face: str
    headline: str
    summary: Markup
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureStep:
    """One thing that was done, ready for a page."""

    title: str
    text: Markup


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a story."""

    card: CaseCard
    facts: tuple[tuple[str, str], ...]
    background: Markup
    challenge: Markup
    measures: tuple[MeasureStep, ...]
    results: Markup
    lessons: tuple[str, ...]
    figures: tuple[PhotoView, ...]
    people: tuple[Link, ...]
    people_note: str
    groups: tuple[Link, ...]
    write_ups: tuple[Link, ...]
    next_case: Link | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CasesView:
    """All cases."""

    cases: tuple[CaseCard, ...]
    provenance: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class MessageCard:
    """A message, ready to paste into the crews' group."""

    type_id: str
    type: str
    date: str
    iso_date: str
    text: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MessageDay:
    """One day's messages."""

    title: str
    iso_date: str
    messages: tuple[MessageCard, ...]
    paste: str
    """The whole day as one text for the group."""


@dataclass(frozen=True, slots=True)
class MessagesView:
    """微消息 by day, newest first."""

    days: tuple[MessageDay, ...]
    types: tuple[str, ...]
    provenance: tuple[Provenance, ...]


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
    article: ArticleView | None
    lessons: tuple[LessonCard, ...]
    quotes: tuple[QuoteCard, ...]
    linkage: str
    write_ups: tuple[Link, ...]
    provenance: Provenance


def outcome_card(board: Board, outcome: Outcome, edition: Edition) -> OutcomeCard:
    """One outcome; stale when its date is older than the branch allows."""
    months = board.branch.stale_after_months
    wording = f"原文作“{outcome.original_wording}”" if outcome.original_wording else ""
    return OutcomeCard(
        name=outcome.name,
        sign=outcome.comparator.sign,
        value=outcome.value or "",
        unit=outcome.unit or "",
        statement=outcome.statement or "",
        period=outcome.period or "",
        note="；".join(part for part in (outcome.note or "", wording) if part),
        zone=zone_badge(board.zones[outcome.zone]) if outcome.zone else None,
        as_of=outcome.as_of.wording if outcome.as_of else "",
        stale=outcome.as_of is not None and is_stale(outcome.as_of, edition.today, months),
        marks=marks(board, outcome),
        provenance=provenance(board, outcome),
    )


def outcomes_page(board: Board, edition: Edition) -> Page:
    """工作成效."""
    cards = tuple(outcome_card(board, outcome, edition) for outcome in board.outcomes.values())
    view = OutcomesView(cards, provenances(board, board.outcomes.values()))
    words = tuple(f"{card.name} {card.value}{card.unit} {card.statement}" for card in cards)
    return Page(
        "outcomes.html", "工作成效", "有数字、有日期、有出处", "outcomes.html", view, "成效", words
    )


def cases_in_order(board: Board) -> list[Case]:
    """Explicit order first, then by id."""
    return sorted(
        board.cases.values(), key=lambda case: (case.order is None, case.order or 0, case.id)
    )


def case_card(board: Board, case: Case) -> CaseCard:
    """One case in short."""
    return CaseCard(
        title=case.title,
        url=f"cases/{case.id}.html",
        type=case.type.label,
        zone=zone_badge(board.zones[case.zone]),
        face=board.faces[case.face].name if case.face else "",
        headline=case.headline,
        summary=to_html(case.summary),
        marks=marks(board, case),
    )


def cases_page(board: Board) -> Page:
    """All cases."""
    cases = cases_in_order(board)
    view = CasesView(tuple(case_card(board, case) for case in cases), provenances(board, cases))
    return Page("cases/index.html", "典型案例", "攻坚与创新", "cases.html", view, "案例")


def case_pages(board: Board) -> list[Page]:
    """A page for each case, each leading to the next."""
    cases = cases_in_order(board)
    followers = [*cases[1:], *cases[:1]]
    return [
        _case_page(board, case, follower if follower is not case else None)
        for case, follower in zip(cases, followers, strict=True)
    ]


def _case_page(board: Board, case: Case, follower: Case | None) -> Page:
    card = case_card(board, case)
    view = CaseView(
        card=card,
        facts=tuple((fact.label, fact.value) for fact in case.facts),
        background=to_html(case.background),
        challenge=to_html(case.challenge),
        measures=tuple(MeasureStep(m.title, to_html(m.text)) for m in case.measures),
        results=to_html(case.results),
        lessons=case.lessons,
        figures=tuple(photo_view(board, figure) for figure in case.figures),
        people=tuple(
            Link(board.members[member_id].name, f"members/{member_id}.html")
            for member_id in case.people
        ),
        people_note=case.people_note or "",
        groups=tuple(
            Link(board.groups[group_id].name, f"zones/{case.zone}.html#group-{group_id}")
            for group_id in case.groups
        ),
        write_ups=tuple(_article_link(row) for row in _write_ups(board) if row.case == case.id),
        next_case=Link(follower.title, f"cases/{follower.id}.html") if follower else None,
        provenance=provenance(board, case),
    )
    words = (
        card.face,
        case.headline,
        case.summary,
        case.background,
        case.challenge,
        *(f"{measure.title} {measure.text}" for measure in case.measures),
        case.results,
        *case.lessons,
    )
    return Page(card.url, case.title, case.headline, "case.html", view, "案例", words)


def messages_page(board: Board) -> Page:
    """微消息."""
    messages = board.messages.values()
    types = tuple(kind.label for kind in MessageType)
    view = MessagesView(message_days(board), types, provenances(board, messages))
    words = tuple(message.text for message in board.messages.values())
    return Page(
        "messages.html",
        "每日微消息",
        "每天发到班组群里的话",
        "messages.html",
        view,
        "微消息",
        words,
    )


def message_days(board: Board) -> tuple[MessageDay, ...]:
    """Messages by day, newest day first, kinds in their fixed order."""
    dates = sorted({message.date for message in board.messages.values()}, reverse=True)
    kinds = list(MessageType)
    days = []
    for date in dates:
        rows = [message for message in board.messages.values() if message.date == date]
        rows.sort(key=lambda message: kinds.index(message.type))
        cards = tuple(
            MessageCard(
                type_id=str(row.type),
                type=row.type.label,
                date=day(date),
                iso_date=date.isoformat(),
                text=row.text,
                marks=marks(board, row),
            )
            for row in rows
        )
        title = f"{day(date)} {weekday(date)}"
        paste = "\n".join(
            [f"【{board.branch.brand}】{title}"] + [f"{c.type}：{c.text}" for c in cards]
        )
        days.append(MessageDay(title, date.isoformat(), cards, paste))
    return tuple(days)


def _write_ups(board: Board) -> list[Article]:
    return [row for row in board.articles.values() if row.type is ArticleType.WRITE_UP]


def _article_link(article: Article) -> Link:
    return Link(article.title, f"write-ups/{article.id}.html", article.summary)


def write_up_pages(board: Board) -> list[Page]:
    """The experience write-ups."""
    pages = []
    for article in _write_ups(board):
        view = _article_view(board, article)
        link = _article_link(article)
        words = (article.summary, article.body)
        page = Page(link.url, link.title, link.note, "write-up.html", view, "经验材料", words)
        pages.append(page)
    return pages


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
    article = next((r for r in board.articles.values() if r.type is ArticleType.ABOUT), None)
    view = AboutView(
        introduction=board.branch.introduction,
        article=_article_view(board, article) if article else None,
        lessons=tuple(
            LessonCard(row.title, to_html(row.text), marks(board, row))
            for row in board.lessons.values()
        ),
        quotes=quote_cards(board),
        linkage=board.branch.linkage,
        write_ups=tuple(_article_link(row) for row in _write_ups(board)),
        provenance=provenance(board, article or board.branch),
    )
    words = (
        board.branch.introduction,
        board.branch.linkage,
        article.body if article else "",
        *(f"{row.title} {row.text}" for row in board.lessons.values()),
    )
    return Page("about.html", "关于品牌", board.branch.motto, "about.html", view, "关于", words)


def quote_cards(board: Board) -> tuple[QuoteCard, ...]:
    """All quotes."""
    return tuple(
        QuoteCard(row.text, row.role, row.paraphrase, marks(board, row))
        for row in board.quotes.values()
    )
