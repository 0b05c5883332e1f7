"""What every page shows alike: people, marks, provenance, dates in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from boards.board.board import Board
from boards.drawings import bust_of
from boards.editions.edition import Edition, EditionName
from boards.lazy import Lazy
from boards.media import picture
from boards.records import Member, PartialDate, Photo, Record, Standing, Zone

_SAMPLE, _PENDING = "示例内容，发布时略去", "待审批"
"""What stands in the place of an approval where there is none."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record comes from, who approved it, and as of when it holds."""

    source: str
    approval: str
    as_of: str

    @property
    def label(self) -> str:
        """What the approval is called: what awaits one, or never will have any, has no basis."""
        return {_SAMPLE: "示例", _PENDING: "待审"}.get(self.approval, "公开依据")

    @property
    def said(self) -> str:
        """The approval as it stands behind its label."""
        told = {_SAMPLE: "标有“示例”的内容，发布时略去", _PENDING: "标有“待审”的内容，审批后发布"}
        return told.get(self.approval, self.approval)


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere else on the site; `url` is relative to the site's root."""

    title: str
    url: str
    note: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo in two sizes, with the large one's box so that nothing shifts while it loads."""

    small: str
    small_width: int
    large: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str

    @property
    def upright(self) -> bool:
        """Whether it is higher than wide: a wide frame must not cut it then."""
        return self.height > self.width


@dataclass(frozen=True, slots=True)
class Person:
    """A member as a card."""

    id: str
    name: str
    name_length: int
    url: str
    standing: str
    job: str
    zone: str
    """The zone whose colour the portrait takes; empty without one."""
    posts: tuple[str, ...]
    left: bool
    photo: PhotoView | None
    bust: str
    """The address of what stands there without a photo."""
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZoneBadge:
    """A zone's name, character, tag, mark and page."""

    id: str
    name: str
    short: str
    character: str
    tag: str
    mark: str
    """Which drawing of `parts/symbols.html` it wears."""
    url: str


@dataclass(frozen=True, slots=True)
class PageBody:
    """What stands on a page."""

    description: str
    view: object
    """What its template may see."""
    words: tuple[str, ...] = ()
    """Text that search finds it by, besides its title."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: its address, what it is called, its template and what stands on it.

    A site of twenty years has hundreds, and whoever edits it looks at one: what stands on a page is
    found when it is asked for.
    """

    url: str
    title: str
    template: str
    kind: str
    """What search calls it."""
    body: Lazy[PageBody]
    pinyin: str = ""
    """How the title is said, where its keeper has written it down."""
    also: tuple[str, ...] = ()
    """How the title is typed, too."""
    posters: tuple[Link, ...] = ()
    """What can be printed of it."""
    above: Link | None = None
    """The page that it stands below."""

    @property
    def description(self) -> str:
        """What the page is about, in a line."""
        return self.body().description

    @property
    def view(self) -> object:
        """What its template may see."""
        return self.body().view

    @property
    def words(self) -> tuple[str, ...]:
        """Text that search finds it by, besides its title."""
        return self.body().words


def shared_marks(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The marks that all of a group carry: they are said once for it."""
    all_of = list(found)
    first = all_of[0] if all_of else ()
    return tuple(mark for mark in first if all(mark in one for one in all_of))


def marks(board: Board, record: Record) -> tuple[str, ...]:
    """What must stand on a record in the preview: 示例 on samples, 待审 on the unapproved."""
    if record.sample:
        return ("示例",)
    return () if board.is_approved(record) else ("待审",)


def provenance(board: Board, record: Record) -> Provenance:
    """A record's source, approval and date, in words."""
    return _provenance(board, _basis(board, record), [record])


def provenances(board: Board, records: Iterable[Record]) -> tuple[Provenance, ...]:
    """Those of several records, the branch's own for none.

    One for each source and approver, with the first and the last of their days: a list that has
    been kept for years would otherwise end in hundreds of them.
    """
    ordered = sorted(records, key=lambda record: record.sample) or [board.branch]
    alike: dict[tuple[str | None, str], list[Record]] = {}
    for record in ordered:
        alike.setdefault((record.source, _basis(board, record)), []).append(record)
    return tuple(_provenance(board, basis, rows) for (_, basis), rows in alike.items())


def _provenance(board: Board, basis: str, records: list[Record]) -> Provenance:
    """What records of one source and one approver rest on."""
    source = board.sources.get(records[0].source or "")
    parts: list[str | None] = []
    if source:
        where = "、".join(dict.fromkeys(row.passage for row in records if row.passage))
        parts = [f"《{source.title}》", source.publisher, day(source.date), where]
    reviews = [row.review for row in records if row.review and row.review.approved_by == basis]
    approved = sorted(review.approved_on for review in reviews if review.approved_on)
    known = sorted((row.as_of for row in records if row.as_of), key=lambda date: date.last_day)
    return Provenance(
        source="，".join(part for part in parts if part),
        approval=f"{basis} {_span([day(date) for date in approved])}批准" if approved else basis,
        as_of=_span([date.wording for date in known]),
    )


def _span(dates: list[str]) -> str:
    """Dates in their order as the first to the last."""
    return "至".join(dict.fromkeys([*dates[:1], *dates[-1:]]))


def _basis(board: Board, record: Record) -> str:
    """What a record may be shown on: the name of who approved it, or why there is none."""
    if record.sample:
        return _SAMPLE
    if not board.is_approved(record):
        return _PENDING
    assert record.review
    return "原已公开发表" if record.review.basis == "published" else str(record.review.approved_by)


def person(board: Board, member: Member, edition: Edition) -> Person:
    """A member as a card."""
    posts = [
        f"{zone_badge(zone).short}·{role.name}"
        for post in member.posts
        if (zone := board.zones.get(post.zone))
        for role in zone.roles
        if role.id == post.role
    ]
    return Person(
        id=member.id,
        name=member.name,
        name_length=len(member.name),
        url=f"members/{member.id}.html",
        standing=_standing(member, edition),
        job=member.job or "",
        zone=member.posts[0].zone if member.posts else "",
        posts=tuple(posts),
        left=member.has_left(edition.today),
        photo=photo_view(board, member.photo) if member.photo else None,
        bust=bust_of(member).url,
        marks=marks(board, member),
    )


def _standing(member: Member, edition: Edition) -> str:
    """What is to be found out yet is a note to the branch, nothing to say of a person in public."""
    known = member.standing is not Standing.UNSTATED or edition.name is EditionName.PREVIEW
    return member.standing.label if known else ""


def photo_view(board: Board, photo: Photo) -> PhotoView:
    """A photo that may be shown (`editions` has seen to that)."""
    sizes = picture(board, photo)
    return PhotoView(
        small=sizes.small.url,
        small_width=sizes.small.width,
        large=sizes.large.url,
        width=sizes.large.width,
        height=sizes.large.height,
        alt=photo.alt,
        caption=photo.caption or "",
        credit=photo.credit or "",
    )


def zone_badge(zone: Zone) -> ZoneBadge:
    """A zone as a badge."""
    return ZoneBadge(
        id=zone.id,
        name=zone.name,
        short=zone.short,
        character=zone.character,
        tag=zone.tag,
        mark=zone.drawing,
        url=f"zones/{zone.id}.html",
    )


def day(date: datetime.date | None) -> str:
    """2019年8月19日."""
    return PartialDate(date.year, date.month, date.day).wording if date else ""


def in_chinese(number: int) -> str:
    """A number from 1 to 99 as people count: 一, 十, 十一, 二十; others in digits."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    if tens == 0:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


WEEKDAYS = "一二三四五六日"


def weekday(date: datetime.date) -> str:
    """星期五."""
    return f"星期{WEEKDAYS[date.isoweekday() - 1]}"
