"""Reads every text that may be published: wording, private data, stale claims."""

from __future__ import annotations

import datetime
import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from boards.board.board import Board
from boards.errors import Named, Problem, Severity
from boards.records import Audience, Keyed, Message, PartialDate, Record, Shared, Source
from boards.records.declared import Trait
from boards.records.schema import REMEMBERED, Leaf, leaves
from boards.rules.markup import markup_findings
from boards.rules.privacy import Finding, birthday_findings, private_findings
from boards.rules.wording import (
    misspelt,
    miswritten_brand,
    miswritten_faces,
    relative_claims,
    stands_for_nothing,
)


def lint(board: Board, today: datetime.date) -> Iterator[Problem]:
    """What is wrong with the words of any record: above all with those that a surface may show."""
    branch = board.branch
    names = _Names(branch.brand, branch.brand_short, tuple(f.name for f in board.faces.values()))
    for row in board.everything():
        for leaf, findings, claims in _read(row, names):
            for finding, times in findings:
                if not any(finding.snippet in allowed for allowed in branch.allow):
                    yield _said(board, row, leaf, finding, times)
            if claims and isinstance(row, Record) and not row.sample:
                yield from _stale(board, row, leaf, claims, today)


class _Names(NamedTuple):
    """What must be written exactly so."""

    brand: str
    short: str
    faces: tuple[str, ...]


class _Words(NamedTuple):
    """What was found in one text of a record."""

    leaf: Leaf
    findings: tuple[tuple[Finding, int], ...]
    """Each with how often it stands there."""
    claims: tuple[str, ...]
    """What grows old: 目前, 今年."""


@functools.lru_cache(REMEMBERED)
def _read(row: Keyed, names: _Names) -> tuple[_Words, ...]:
    """The texts of a record in which anything was found; equal records say the same."""
    texts = (leaf for leaf in leaves(row) if _is_text(row, leaf))
    found = (_words(row, leaf, names) for leaf in texts)
    return tuple(words for words in found if words.findings or words.claims)


def _words(row: Keyed, leaf: Leaf, names: _Names) -> _Words:
    text = leaf.value
    findings = list(_private(row, leaf))
    quoted = isinstance(row, Source | Shared)  # as it was published or sent
    published = leaf.audience.reaches(Audience.INTRANET)
    if published and not quoted and Trait.ID not in leaf.spec.traits:
        findings += stands_for_nothing(text)
        findings += misspelt(text)
        findings += miswritten_brand(text, names.brand, names.short)
        findings += miswritten_faces(text, names.faces)
    if published and leaf.markdown:
        findings += markup_findings(text)
    claims = tuple(relative_claims(text)) if published else ()
    return _Words(leaf, tuple(Counter(findings).items()), claims)


def _private(row: Keyed, leaf: Leaf) -> Iterator[Finding]:
    """What nobody's records hold, shown or not; a telephone may stand where it is asked for."""
    inside = leaf.audience is Audience.BRANCH
    for finding in private_findings(leaf.value, markdown=leaf.markdown):
        is_number = finding.found in ("出现了手机号", "出现了电话号码")
        if is_number and Trait.TELEPHONE in leaf.spec.traits:
            continue
        wrong = inside and finding.severity is Severity.ERROR
        yield replace(finding, cure="删掉；不公开的地方也不留") if wrong else finding
    greeting = isinstance(row, Message) and row.type == "greeting"  # looked at by its own rule
    if not greeting:
        yield from birthday_findings(leaf.value)


def _is_text(row: Keyed, leaf: Leaf) -> bool:
    """Whether people read it; an id is seen as an address, one made of other fields is not.

    Nobody has worded what is exact: of many digests one looks like a number.
    """
    return (
        type(leaf.value) is str
        and not (leaf.path == ("id",) and row.natural_key)
        and leaf.spec.is_prose
    )


def _said(board: Board, row: Keyed, leaf: Leaf, finding: Finding, times: int) -> Problem:
    more = f"（这一项里共 {times} 处）" if times > 1 else ""
    return board.problem(
        row,
        leaf.path,
        finding.found + more,
        finding.cure,
        severity=finding.severity,
        snippet=finding.snippet,
    )


def _stale(
    board: Board, record: Record, leaf: Leaf, claims: tuple[str, ...], today: datetime.date
) -> Iterator[Problem]:
    since = known_since(board, record)
    if since is None or not is_stale(since, today, board.branch.stale_after_months):
        return
    for claim in claims:
        found = f"“{claim}”是 {since} 的说法，已超过 {board.branch.stale_after_months} 个月"
        cure = ("核对后改写，并更新", Named("as_of"))
        yield board.problem(record, leaf.path, found, cure, severity=Severity.NOTICE, snippet=claim)


def known_since(board: Board, record: Record) -> PartialDate | None:
    """When a record's claims were last known to hold: its as_of, else its source's date."""
    if record.as_of:
        return record.as_of
    source = board.sources.get(record.source or "")
    if source and source.date:
        return PartialDate(source.date.year, source.date.month, source.date.day)
    return None


def is_stale(since: PartialDate, today: datetime.date, months: int) -> bool:
    """Whether more than `months` months lie between the two."""
    return (today.year - since.year) * 12 + today.month - (since.month or 12) > months
