"""A proposal tried out on the records: what it breaks is left out with the reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from boards.amend import AmendFault, Files, amended
from boards.board.board import Board
from boards.check import check_folders
from boards.errors import BoardError, Problem, errors_in
from boards.intake.entries import edits_of, lapses
from boards.intake.proposal import Entry, LeftOut, Proposal
from boards.sheets.hints import cure_in_cells
from boards.sheets.values import Refused

_TRIES = 4
Media = Mapping[Path, bytes]


def checked_board(root: Path, today: datetime.date) -> tuple[Board, list[Problem]]:
    """The records as they are, all read; raises BoardError if one cannot be.

    Other errors may stay: whoever brings something in need not mend everything first.
    """
    board, problems = check_folders(root / "data", root / "content", today)
    unread = [one for one in errors_in(problems) if not board.branches or board.broken]
    if unread:
        raise BoardError(unread)
    return board, errors_in(problems)


def tried(
    root: Path, today: datetime.date, proposal: Proposal, media: Media | None = None
) -> Proposal:
    """The same with the files that it changes, without entries that the rules refuse.

    Nothing is written. Raises BoardError if the records cannot be read, Refused if a file cannot
    be changed.
    """
    board, known = checked_board(root, today)
    there = {_same(problem) for problem in known}
    entries, left = list(proposal.entries), list(proposal.left_out)
    pictures = media or {}
    for _ in range(_TRIES):
        files = _files(board, root, entries)
        after, problems = check_folders(root / "data", root / "content", today, files)
        new = [one for one in errors_in(problems) if _same(one) not in there]
        new = [one for one in new if not _is_of_a_photo(one, root, pictures)]
        if not new:
            break
        bad = {key: one for one in new for key in after.records_at([one.place])}
        hit = [entry for entry in entries if (entry.table, entry.id) in bad]
        if not hit:
            raise BoardError(new)
        for entry in hit:
            problem = bad[(entry.table, entry.id)]
            left.append(_left(entry, problem))
        entries, leaning = _without(entries, hit)
        left += leaning
    else:
        raise BoardError(new)
    if all(entry.table == "sources" for entry in entries) and len(entries) < len(proposal.entries):
        entries = []  # nothing is left that needs the source
    told = tuple(replace(entry, lapses=lapses(board, after, entry)) for entry in entries)
    kept = {text for entry in entries for text in _texts(entry.fields)}
    shown = {at: file for at, file in pictures.items() if f"media/{at.name}" in kept}
    whole = {**shown, **files}
    return replace(proposal, entries=told, left_out=tuple(left), files=whole if entries else {})


def _without(entries: list[Entry], hit: list[Entry]) -> tuple[list[Entry], list[LeftOut]]:
    """The entries but those that are hit and those that lean on one of them, which are told."""
    gone = {entry.id: entry.title for entry in hit}
    kept, left = [], []
    for entry in (entry for entry in entries if entry not in hit):
        leans_on = gone.keys() & set(_texts(entry.fields))
        if leans_on:
            why = f"要和“{gone[min(leans_on)]}”一起才能带进来"
            left.append(LeftOut(entry.place, f"“{entry.title}”", why))
        else:
            kept.append(entry)
    return kept, left


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _files(board: Board, root: Path, entries: list[Entry]) -> Files:
    edits = [edit for entry in entries for edit in edits_of(board, entry)]
    try:
        return amended(board, root, edits)
    except AmendFault as error:
        raise Refused(str(error), "改好以后再带进来") from error


def _same(problem: Problem) -> tuple[str, str, str]:
    return problem.record, problem.field, problem.found


def _is_of_a_photo(problem: Problem, root: Path, media: Media) -> bool:
    """Whether it is only said that a photo is missing that comes with the proposal."""
    names = (path.relative_to(root / "data").as_posix() for path in media)
    return problem.found in {f"找不到照片 {name}" for name in names}


def _left(entry: Entry, problem: Problem) -> LeftOut:
    what = f"“{entry.title}”{f'的{problem.label}' if problem.label else ''}"
    return LeftOut(entry.place, what, problem.found, cure_in_cells(entry.table, problem.cure))
