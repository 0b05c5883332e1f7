"""The print register's answer: which hanging posters still say what the records say.

A poster's version follows from its words alone.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from boards.board.board import Board
from boards.editions.edition import EditionName
from boards.errors import Place
from boards.formats import known_size
from boards.posters.offers import Offer, offer_of
from boards.posters.views import Poster
from boards.posters.views.words import parts_of, words_of
from boards.records import Member, Print
from boards.records.months import QuarterId
from boards.rules.prints import record_of
from boards.words.common import day


class Status(StrEnum):
    """What can be said of a hanging poster, besides that it is as it should be."""

    MATCHES = "matches"
    PREVIEW = "preview"
    """It matches, but only the preview: the publishing edition says less, or something else."""
    CHANGED = "changed"
    GONE = "gone"
    WITHHELD = "withheld"
    OLDER = "older-quarter"
    EXPIRED = "expired"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a hanging poster, and what to do."""

    status: Status
    found: str
    hint: str


@dataclass(frozen=True, slots=True)
class Hanging:
    """A row of the register that has not been taken down, and how it stands today."""

    row: Print
    place: Place
    """Where the row was typed (`row.place` is where the poster hangs)."""
    present: str
    """The version as it would be printed today; empty if it would not be."""
    findings: tuple[Finding, ...]
    """Empty if it says what the publishing edition says."""

    @property
    def statuses(self) -> tuple[Status, ...]:
        """What was found, in the order it is told."""
        return tuple(finding.status for finding in self.findings) or (Status.MATCHES,)

    @property
    def to_replace(self) -> bool:
        """Whether it has to be taken down or printed anew."""
        return not set(self.statuses) <= {Status.MATCHES, Status.PREVIEW}

    def as_text(self) -> str:
        """A line for people: what hangs where; then each finding with what to do."""
        place = f"{self.place.path}:{self.place.line}:{self.place.column}"
        sheet = f" 第 {self.row.sheet} 张" if self.row.sheet else ""
        size = known_size(self.row.size).label
        what = f"{self.row.poster}{sheet} {size} {self.row.count} 张"
        hung = f"{self.row.place}，{day(self.row.printed_on)}印"
        lines = [f"{place} {what}，{hung}{'（示例）' if self.row.sample else ''}"]
        lines += [f"    {item.found}\n    办法：{item.hint}" for item in self.findings]
        if not self.findings:
            lines.append("    和现在的内容一致")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, object]:
        """The same for tools, by name."""
        row = self.row
        return {
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "poster": row.poster,
            "size": row.size,
            "sheet": row.sheet,
            "profile": str(row.profile),
            "version": row.version,
            "printed_on": row.printed_on.isoformat(),
            "place": row.place,
            "count": row.count,
            "sample": row.sample,
            "present": self.present,
            "replace": self.to_replace,
            "statuses": [str(status) for status in self.statuses],
            "findings": [dataclasses.asdict(item) for item in self.findings],
        }


def review(board: Board, today: datetime.date) -> list[Hanging]:
    """Every poster that hangs, those to replace first, then by where it hangs.

    Its version is compared with what both editions would print today. Raises BoardError if an
    edition does not hold together (see `editions.prepare`).
    """
    rows = [row for row in board.prints.values() if row.taken_down is None]
    if not rows:
        return []
    wanted = {row.poster for row in rows}
    editions = (EditionName.PUBLISH, EditionName.PREVIEW)
    offers = [offer_of(board, name, wanted, today) for name in editions]
    found = [_hanging(board, offers, row, today) for row in rows]
    return sorted(
        found,
        key=lambda item: (not item.to_replace, item.row.place, item.place.path, item.place.line),
    )


def _hanging(board: Board, offers: list[Offer], row: Print, today: datetime.date) -> Hanging:
    matching = [offer for offer in offers if offer.matches(row)]
    making = [offer for offer in offers if row.poster in offer.paper.posters]
    knowing = [offer for offer in offers if row.poster in offer.before.posters]
    offer = next(iter([*matching, *making, *knowing]), None)
    if offer is None:
        findings = [_not_made(board, offers[-1].board, row)]
    else:
        findings = [
            *_older_quarter(offer, row),
            *_expired(offer, row, today),
            *_left(board, offer, row, today, same=bool(matching)),
            *(_compared(offers, row) if making else ()),
        ]
    place = board.origins[(row.table, row.id)].place(())
    return Hanging(row, place, offer.present(row) if offer else "", tuple(findings))


def _not_made(board: Board, seen: Board, row: Print) -> Finding:
    """Why not even the preview has such a poster."""
    table, key = record_of(board, row)
    cure = "撤下，在登记里填上 taken_down"
    record = board.table(table).get(key) if table else None
    if table and record is None:
        return Finding(Status.GONE, "它的记录已经删掉了", cure)
    if record and key not in seen.table(table):
        found = f"{record.kind}“{record.title_text}”不在公开范围里"
        return Finding(Status.WITHHELD, found, cure)
    return Finding(Status.GONE, "按现在的台账已经没有这张海报", cure)


def _older_quarter(offer: Offer, row: Print) -> Iterator[Finding]:
    """A quarter's poster makes way for the next one's, once that may be printed."""
    table, quarter = record_of(offer.board, row)
    if table == "quarters" and quarter < (newest := max(offer.board.quarters)):
        found = f"已经有{QuarterId.of(newest).title}的了"
        yield Finding(Status.OLDER, found, f"换上 {row.poster_kind.id}-{newest}")


def _expired(offer: Offer, row: Print, today: datetime.date) -> Iterator[Finding]:
    table, key = record_of(offer.board, row)
    if table == "areas":
        area = offer.board.areas[key]
        if area.valid_to and area.valid_to < today:
            found = f"责任管理牌已于 {area.valid_to} 到期"
            yield Finding(Status.EXPIRED, found, "续签后改 valid_to，重印更换；不再续签就撤下")


def _left(
    board: Board, offer: Offer, row: Print, today: datetime.date, *, same: bool
) -> Iterator[Finding]:
    """Members on it who have left: those it shows today, and those it must have shown."""
    hung = offer.paper.hung(row)
    shown = set(_members_on(hung)) if hung else None
    before = set(_members_on(offer.before_leaving(row)))
    gone = [
        member
        for key in sorted(before)
        if (member := board.members[key]).has_left(today)
        if shown is None or key in shown or not (same or member.has_left(row.printed_on))
    ]
    if gone:
        found = f"上面有已经离开的人：{'、'.join(map(_farewell, gone))}"
        hint = "撤下，在登记里填上 taken_down" if shown is None else "换下"
        yield Finding(Status.LEFT, found, hint)


def _farewell(member: Member) -> str:
    return f"{member.name}（{day(member.left_on)}离开）"


def _compared(offers: list[Offer], row: Print) -> Iterator[Finding]:
    """How its version stands to those of the publishing edition and of the preview."""
    publish, preview = (offer.present(row) for offer in offers)
    shown = offers[-1].paper.hung(row)
    marks = "、".join(dict.fromkeys(_marks_on(shown))) if shown else ""
    kept_back = f"带“{marks}”标记" if marks else "有发布版略去的内容"
    if offers[0].matches(row):
        return
    if offers[-1].matches(row):
        found = f"内容没有变；但这是预览版，{kept_back}"
        hint = "有了审批过的真实内容，换成发布版印的"
        yield Finding(Status.PREVIEW, found, hint)
    elif publish:
        found = f"印好以后内容改过：印的是版本 {row.version}，现在是 {publish}"
        yield Finding(Status.CHANGED, found, "先核对版本有没有抄错；没有抄错就重印更换")
    elif preview:
        found = f"印的是版本 {row.version}，现在是 {preview}，而且发布版里没有（{kept_back}）"
        yield Finding(Status.WITHHELD, found, "有了审批过的真实内容再重印更换；不再公开就撤下")
    else:
        found = f"现在这个尺寸没有第 {row.sheet} 张了"
        yield Finding(Status.GONE, found, "撤下，在登记里填上 taken_down；其余几张看有没有要换的")


def _members_on(poster: Poster) -> Iterator[str]:
    """The ids of members whose fields it shows."""
    for words in words_of(poster.view):
        if words.at.startswith("members/"):
            yield words.at.split("/")[1]


def _marks_on(poster: Poster) -> Iterator[str]:
    for part in parts_of(poster):
        yield from getattr(part, "marks", ())
