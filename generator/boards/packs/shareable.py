"""Write-ups for other units: one neutral form of a case, a talk or a practice of this branch.

What a circle may not see never comes in here: boards are prepared for `Surface.SHARE` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from boards.board.board import Board
from boards.board.kept import last_approved
from boards.dialect import begins_anew, outline
from boards.editions.edition import Edition, EditionName, Surface
from boards.editions.editions import prepare, settle
from boards.records import (
    Article,
    Audience,
    Case,
    Keyed,
    Member,
    Photo,
    Practice,
    Quarter,
    Record,
    Shared,
    SharedKind,
    Source,
    Unit,
    Zone,
)
from boards.records.schema import leaves
from boards.records.shared import (
    SCHEMA,
    SharedApproval,
    SharedFigure,
    SharedSection,
    SharedSource,
)
from boards.records.work import ArticleType, CaseType, Fact
from boards.words.common import day
from boards.words.text import to_plain

CIRCLES = (Audience.SISTER_UNITS, Audience.PUBLIC)
"""The circles outside the mine that a pack can be made for."""

GIVEN = frozenset({Surface.SHARE})
ON_SITE = frozenset({Surface.SHARE, Surface.SITE})
"""The packs that a site offers can be opened by all who read the site, too."""

TOLD: tuple[type[Record], ...] = (Case, Quarter, Zone, Practice, Article)
"""The records that write-ups are made of."""


def shareable(
    board: Board, edition: Edition, circle: Audience, surfaces: frozenset[Surface] = GIVEN
) -> list[Shared]:
    """Every write-up that may leave for `circle`; `board` is as it was read."""
    board = settle(board, sharing(edition, circle, surfaces))
    prepared, _ = prepare(board, sharing(edition, circle, surfaces))
    found = [*_cases(board, prepared), *_talks(board, prepared), *_practices(prepared)]
    return [_shared(board, prepared, draft, circle) for draft in found]


def sharing(edition: Edition, circle: Audience, surfaces: frozenset[Surface] = GIVEN) -> Edition:
    """The edition in which things leave the mine: approved and real, as of the same day."""
    return Edition(EditionName.PUBLISH, edition.today, circle, surfaces)


def photos_of(board: Board, shared: Shared) -> dict[str, Photo]:
    """The photo behind each of a write-up's pictures, by its name in the pack.

    `board` is as it was read: a picture that may not leave keeps its number and is not among them.
    """
    key = shared.key.split("-", 1)[1]
    case = last_approved(board).get(("cases", key)) or board.cases.get(key)
    assert case is None or isinstance(case, Case)
    figures = case.figures if case and shared.type in {"case", "innovation"} else ()
    named = {f"images/{number}.jpg": figure for number, figure in enumerate(figures, 1)}
    return {figure.file: named[figure.file] for figure in shared.figures if figure.file in named}


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a write-up says, before where it comes from is added."""

    record: Record
    kind: SharedKind
    name: str
    title: str
    zone: str
    summary: str
    sections: tuple[SharedSection, ...]
    headline: str | None = None
    author: str | None = None
    facts: tuple[Fact, ...] = ()
    figures: tuple[SharedFigure, ...] = ()


def _cases(whole: Board, board: Board) -> Iterator[_Draft]:
    for case in board.cases.values():
        article = _article(board, case)
        all_figures = whole.cases[case.id].figures  # a picture's number is its place among all
        yield _Draft(
            record=case,
            kind=SharedKind.INNOVATION if case.type is CaseType.INNOVATION else SharedKind.CASE,
            name=case.id,
            title=article.title if article else case.title,
            zone=case.zone,
            summary=case.summary,
            sections=_sections(article.body) if article else _told(case),
            headline=case.headline,
            author=_taking_part(board, case),
            facts=case.facts,
            figures=tuple(_figure(all_figures.index(row) + 1, row) for row in case.figures),
        )


def _talks(whole: Board, board: Board) -> Iterator[_Draft]:
    gathering = board.words.gathering_day
    for quarter in board.quarters.values():
        all_talks = whole.quarters[quarter.id].talks
        for talk in quarter.talks:
            yield _Draft(
                record=quarter,
                kind=SharedKind.TALK,
                name=f"{quarter.id}-{all_talks.index(talk) + 1}",
                title=talk.title,
                zone=talk.zone,
                summary=f"{quarter.title_text}，{day(talk.date)}{gathering}上的心得分享。",
                sections=(SharedSection(title="心得", text=talk.text),),
                author=_speaker(board.members[talk.member]),
            )


def _practices(board: Board) -> Iterator[_Draft]:
    for zone in board.zones.values():
        rows = [row for row in board.practices.values() if row.zone == zone.id]
        parts = [
            (role, [role.does, *(_practice(row) for row in rows if row.role == role.id)])
            for role in zone.roles
        ]
        yield _Draft(
            record=zone,
            kind=SharedKind.PRACTICE,
            name=zone.id,
            title=f"{zone.name}的做法",
            zone=zone.id,
            summary=zone.summary,
            sections=tuple(
                SharedSection(title=role.name, text="\n\n".join(texts)) for role, texts in parts
            ),
        )


def _practice(row: Practice) -> str:
    cadence = f"（{row.cadence}）" if row.cadence else ""
    steps = f"\n\n步骤：{'→'.join(row.steps)}" if row.steps else ""
    return f"{_headed(row.name, row.text, cadence)}{steps}"


def _headed(title: str, text: str, aside: str = "") -> str:
    """A text behind its title, or below it where it is more than one plain paragraph."""
    plain = "**" not in text and len(outline(text)) == 1 and not begins_anew(text)
    return "".join((f"**{title}**{aside}", "：" if plain else "\n\n", text))


def _shared(board: Board, prepared: Board, draft: _Draft, circle: Audience) -> Shared:
    branch = prepared.branch
    record = draft.record
    review = record.review
    assert review, "what is not approved has been left out"
    source = prepared.sources.get(record.source or "")
    key = f"{draft.kind}-{draft.name}"
    return Shared(
        id=key,
        schema_version=SCHEMA,
        key=key,
        type=draft.kind,
        level=circle,
        unit=Unit(id=branch.id, name=branch.name, mine=branch.mine, group=branch.group),
        title=draft.title,
        zone=draft.zone,
        headline=draft.headline,
        author=draft.author,
        summary=draft.summary,
        facts=draft.facts,
        sections=draft.sections,
        figures=draft.figures,
        source=_source(source, record) if source else None,
        as_of=record.as_of,
        approval=SharedApproval(
            basis=review.basis, approved_by=review.approved_by, approved_on=review.approved_on
        ),
        left_out=_left_out(board.table(record.table)[record.id], circle),
    )


def _source(source: Source, record: Record) -> SharedSource:
    return SharedSource(
        title=source.title,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        passage=record.passage,
    )


def _left_out(record: Keyed, circle: Audience) -> tuple[str, ...]:
    """What the record holds that its schema does not let out to `circle`, by label."""
    labels = (leaf.spec.label for leaf in leaves(record) if not leaf.audience.reaches(circle))
    return tuple(dict.fromkeys(labels))


def _article(board: Board, case: Case) -> Article | None:
    """The write-up that was made by hand for a case, if there is one."""
    rows = board.articles.values()
    return next((r for r in rows if r.type is ArticleType.WRITE_UP and r.case == case.id), None)


def _sections(body: str) -> tuple[SharedSection, ...]:
    """A hand-written text cut at its headings of the second level."""
    parts = re.split(r"^[ \u3000]*##[ \u3000]+(\S.*)$", body.strip("\n"), flags=re.MULTILINE)
    sections = [SharedSection(title="引言", text=parts[0])] if parts[0].strip() else []
    sections += [
        SharedSection(title=to_plain(title), text=text)
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
        if text.strip()
    ]
    return tuple(sections)


def _told(case: Case) -> tuple[SharedSection, ...]:
    """A case in the four parts of an experience write-up."""
    measures = "\n\n".join(_headed(m.title, m.text) for m in case.measures)
    lessons = "\n".join(f"- {line}" for line in case.lessons)
    return (
        SharedSection(title="背景", text=f"{case.background}\n\n{case.challenge}"),
        SharedSection(title="做法", text=measures),
        SharedSection(title="成效", text=case.results),
        SharedSection(title="启示", text=lessons or case.headline),
    )


def _taking_part(board: Board, case: Case) -> str | None:
    names = "、".join(board.members[member_id].name for member_id in case.people)
    return "，".join(part for part in (names, case.people_note or "") if part) or None


def _speaker(member: Member) -> str:
    return f"{member.name}（{member.job}）" if member.job else member.name


def _figure(number: int, photo: Photo) -> SharedFigure:
    return SharedFigure(
        file=f"images/{number}.jpg", alt=photo.alt, caption=photo.caption, credit=photo.credit
    )
