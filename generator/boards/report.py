"""The redaction report: what a build left out, from where, and why; for the branch's own eyes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from boards.board.board import Board
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import (
    Withheld,
    described,
    fitted,
    gone_by_itself,
    settle,
    whole_records,
)
from boards.editions.leaning import NEEDED, Refusal
from boards.errors import BoardError
from boards.output import write_whole
from boards.packs.shareable import ON_SITE, TOLD, sharing
from boards.posters.room import IN_PRINT_ROOM
from boards.records import Audience, Keyed
from boards.records.schema import FieldPath, leaves

FOLDER = "reports"
REWORDED = "新改的内容"
"""What it leaves out of a record that it publishes as it was approved before."""
_AS_APPROVED = "待审，先用上次审批的"
_TITLES = {EditionName.PREVIEW: "预览版", EditionName.PUBLISH: "发布版"}


@dataclass(frozen=True, slots=True)
class Redaction:
    """Something that was left out, and of which surface: the site, its posters, its packs."""

    surface: str
    item: Withheld


def redactions(board: Board, edition: Edition) -> list[Redaction]:
    """All that an edition of the site leaves out; `board` is as it was read.

    Of posters only what the site shows and they do not; of packs only what a pack could be of.
    """
    site = withheld(board, edition)
    there = {(item.place, item.part) for item in site}
    posters = withheld(board, replace(edition, surfaces=IN_PRINT_ROOM))
    told = {model.kind for model in TOLD}
    packs = withheld(board, sharing(edition, Audience.SISTER_UNITS, ON_SITE))
    return [
        *(Redaction("网站", item) for item in site),
        *(Redaction("海报中心", item) for item in posters if (item.place, item.part) not in there),
        *(Redaction("材料包", item) for item in packs if item.kind in told),
    ]


def withheld(board: Board, edition: Edition) -> list[Withheld]:
    """All that an edition leaves out of a board: whole records, then parts of the others."""
    before, board = board, settle(board, edition)
    try:
        _, gone = fitted(board, edition)
    except BoardError:  # nothing is made of this edition; what goes by itself is told all the same
        gone = gone_by_itself(board, edition)
    kept = [
        described(before, row, _AS_APPROVED, part=REWORDED)
        for row in before.records()
        if board.table(row.table)[row.id] is not row and (row.table, row.id) not in gone.whole
    ]
    parts = [
        described(board, row, found, path)
        for row in board.everything()
        if (row.table, row.id) not in gone.whole
        for path, found in [
            *gone.parts.get((row.table, row.id), ()),
            *_too_narrow(row, edition),
        ]
    ]
    return [*whole_records(board, gone), *kept, *parts]


def _too_narrow(row: Keyed, edition: Edition) -> Iterator[tuple[FieldPath, Refusal]]:
    for leaf in leaves(row):
        if leaf.path[0] == "review":
            continue  # who took the steps is on no page; nobody could open it wider
        if not leaf.audience.reaches(edition.circle) and not leaf.is_default:
            said = f"公开范围只到{leaf.audience.label}"
            yield leaf.path, Refusal(said, said)


def write_report(root: Path, edition: Edition, found: list[Redaction]) -> Path:
    """Write the report to reports/, which is never published; returns its path."""
    target = root / FOLDER / f"withheld-{edition.name}.txt"
    write_whole(target, as_text(edition, found).encode("utf-8"))
    return target


def as_text(edition: Edition, found: list[Redaction]) -> str:
    """The report as text: counts by surface and reason, then every item with its place."""
    lines = [f"略去清单（{_TITLES[edition.name]}，{edition.today}）", "内部使用，不要外传。", ""]
    for surface in dict.fromkeys(row.surface for row in found):
        rows = [row.item for row in found if row.surface == surface]
        lines += [f"{surface}：略去 {len(rows)} 项", *_counts(rows), ""]
        lines += [_said(item) for item in rows]
        lines.append("")
    return "\n".join(lines if found else [*lines, "没有略去任何内容。", ""])


def _counts(rows: list[Withheld]) -> list[str]:
    counts = Counter(item.cause for item in rows)
    return [f"  {cause}：{count} 项" for cause, count in counts.most_common()]


def _said(item: Withheld) -> str:
    part = f"的 {item.part}" if item.part else ""
    where = f"{item.place.path}:{item.place.line}"
    cure = f"；改法：{item.cure}" if item.cause == NEEDED else ""
    return f"  {item.kind}“{item.title}”{part}：{item.reason}{cure}  {where}"
