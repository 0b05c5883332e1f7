"""boards.json: what a program may know of a branch, such as the portal of a whole group.

It is made of what the site itself shows, in the site's circle, and names it: nothing else about a
branch ever leaves it by this way. Samples and what awaits approval are no part of it.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.records import ZONE_IDS, Audience, Level, Quarter, Record
from boards.views.cases import cases_in_order
from boards.views.exchange import DATA, OwnPack
from boards.views.honours import honour_card, sorted_honours
from boards.words.common import marks, person, zone_badge
from boards.words.text import to_plain

SCHEMA = "branch-boards/2"
"""Names the form of boards.json; a new form gets a new number."""
QUARTERS = 4
"""How many of the last quarters are told."""

ZoneName = Annotated[str, Field(pattern=f"^({'|'.join(ZONE_IDS)})$")]
LevelName = Annotated[str, Field(pattern=f"^({'|'.join(Level)})$")]


class ProjectionFault(Exception):
    """A boards.json that cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Who keeps the boards."""

    id: str
    name: str
    mine: str
    group: str
    brand: str


@dataclass(frozen=True, slots=True)
class QuarterTold:
    """A quarter's star and excellent zone."""

    id: str
    title: str
    page: str
    star: str
    job: str
    star_page: str
    citation: str
    zone: ZoneName
    zone_name: str
    zone_page: str


@dataclass(frozen=True, slots=True)
class HonourTold:
    """An honour and who holds it."""

    title: str
    holder: str
    level: LevelName
    """As the schema writes it: country, group, mine …"""
    year: int | None
    page: str


@dataclass(frozen=True, slots=True)
class CaseTold:
    """A case in short."""

    title: str
    kind: str
    zone: ZoneName
    headline: str
    summary: str
    page: str


@dataclass(frozen=True, slots=True)
class FileTold:
    """A file to take."""

    url: str
    label: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PackTold:
    """A write-up to take, in several forms."""

    key: str
    title: str
    kind: str
    level: str
    zone: ZoneName
    summary: str
    page: str
    updated: str
    files: tuple[FileTold, ...]


@dataclass(frozen=True, slots=True)
class ReceivedTold:
    """A write-up of another unit that the site shows."""

    title: str
    unit: str
    page: str


@dataclass(frozen=True, slots=True)
class Projection:
    """All of it."""

    unit: Unit
    circle: Audience
    """For whom the site is: everything below may be seen there."""
    updated: str
    """The day on which the site was made, in ISO form."""
    latest: str
    """The last day that any of its records is of or was approved on; empty if none says."""
    quarters: tuple[QuarterTold, ...] = ()
    """The last ones, newest first."""
    honours: tuple[HonourTold, ...] = ()
    cases: tuple[CaseTold, ...] = ()
    packs: tuple[PackTold, ...] = ()
    received: tuple[ReceivedTold, ...] = ()

    def written(self) -> str:
        """As boards.json holds it."""
        content = {"schema": SCHEMA, **asdict(self)}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    @property
    def pages(self) -> Iterator[str]:
        """The address of everything that it leads to."""
        for quarter in self.quarters:
            yield from (quarter.page, quarter.star_page, quarter.zone_page)
        for rows in (self.honours, self.cases, self.packs, self.received):
            yield from (row.page for row in rows)
        yield from (file.url for pack in self.packs for file in pack.files)


def projection(board: Board, edition: Edition, packs: tuple[OwnPack, ...]) -> Projection:
    """What a site tells of itself; `board` must have come from `editions.prepare`."""
    branch = board.branch
    return Projection(
        unit=Unit(branch.id, branch.name, branch.mine, branch.group, branch.brand),
        circle=edition.circle,
        updated=edition.today.isoformat(),
        latest=_latest(board, edition.today),
        quarters=tuple(_quarters(board, edition)),
        honours=tuple(_honours(board)),
        cases=tuple(_cases(board)),
        packs=tuple(_pack(pack) for pack in packs),
        received=tuple(
            ReceivedTold(row.title, row.unit.full_name, f"exchange/{row.id}.html")
            for row in board.received.values()
        ),
    )


def read_projection(release: Path) -> Projection:
    """What a finished site tells of itself; raises ProjectionFault."""
    cure = "请这个支部用新版程序重新发布"
    try:
        content = json.loads((release / DATA).read_text(encoding="utf-8"))
        schema = content.pop("schema")
    except OSError:
        raise ProjectionFault(f"没有 {DATA}；{cure}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ProjectionFault(f"{DATA} 读不了，可能拷坏了；{cure}") from None
    if schema != SCHEMA:
        raise ProjectionFault(f"{DATA} 是别的版本（{schema!s:.40}）；{cure}")
    try:
        return _READER.validate_python(content)
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise ProjectionFault(f"{DATA} 里的 {where} 不对；{cure}") from None


_READER = TypeAdapter(Projection)


def _shown(board: Board, record: Record) -> bool:
    return not marks(board, record)


def _latest(board: Board, today: datetime.date) -> str:
    days = [record.as_of.last_day for record in board.records() if record.as_of]
    reviews = (record.review for record in board.records() if record.review)
    days += [review.approved_on for review in reviews if review.approved_on]
    days += [quarter.meeting.date for quarter in board.quarters.values()]
    past = [day for day in days if day <= today]
    return max(past).isoformat() if past else ""


def _quarters(board: Board, edition: Edition) -> Iterator[QuarterTold]:
    shown = [quarter for quarter in board.quarters.values() if _shown(board, quarter)]
    for quarter in sorted(shown, key=lambda row: row.id, reverse=True)[:QUARTERS]:
        yield _quarter(board, quarter, edition)


def _quarter(board: Board, quarter: Quarter, edition: Edition) -> QuarterTold:
    star = person(board, board.members[quarter.star.member], edition)
    zone = zone_badge(board.zones[quarter.excellent_zone.zone])
    return QuarterTold(
        id=quarter.id,
        title=quarter.title_text,
        page=f"quarters/{quarter.id}.html",
        star=star.name,
        job=star.job,
        star_page=star.url,
        citation=to_plain(quarter.star.citation),
        zone=zone.id,
        zone_name=zone.name,
        zone_page=zone.url,
    )


def _honours(board: Board) -> Iterator[HonourTold]:
    for honour in sorted_honours(board):
        if _shown(board, honour):
            holder = honour_card(board, honour).holder
            yield HonourTold(honour.title, holder, str(honour.level), honour.year, "honours.html")


def _cases(board: Board) -> Iterator[CaseTold]:
    for case in cases_in_order(board):
        if _shown(board, case):
            yield CaseTold(
                title=case.title,
                kind=case.type.label,
                zone=case.zone,
                headline=case.headline,
                summary=to_plain(case.summary),
                page=f"cases/{case.id}.html",
            )


def _pack(pack: OwnPack) -> PackTold:
    files = tuple(FileTold(file.url, file.label, file.size, file.digest) for file in pack.files)
    told = {field.name: getattr(pack, field.name) for field in fields(PackTold)}
    return PackTold(**{**told, "files": files})
