"""Rules about the print register (张挂登记): what was printed, when, and where it hangs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from boards.board.board import ANY_ID, MODELS, Board
from boards.errors import Named, Problem, Severity, listing, nearest
from boards.formats import Kind, known_size
from boards.records import Print

_VERSION = re.compile(r"[0-9A-F]{8}")
_MISREAD = str.maketrans("OIL", "011")
"""Letters that no version holds, and the digits they were read for."""


def prints(board: Board) -> Iterator[Problem]:
    """Each row names a poster there is, in a size it comes in, its version and possible dates."""
    for row in board.prints.values():
        yield from _poster(board, row)
        kind, size = row.poster_kind, known_size(row.size)
        if not kind.comes_in(size):
            hint = f"核对尺寸；{kind.label}可选 {listing(kind.sizes)}"
            yield board.problem(row, ("size",), f"{kind.label}没有“{size.label}”这个尺寸", hint)
        if not _VERSION.fullmatch(row.version):
            hint = "抄海报下沿“版本”后面的八位，只有数字 0–9 和字母 A–F"
            guess = _meant_version(row.version)
            found = f"版本“{row.version}”认不出来"
            yield board.problem(row, ("version",), found, f"改成 {guess}" if guess else hint)
        if row.sheet == 0 or (row.sheet and not kind.goes_on):
            found = f"{kind.label}没有第 {row.sheet} 张" if row.sheet else "第几张写了 0"
            hint = "抄海报标题里的数，从 1 数起" if kind.goes_on else "删掉这一项：它只有一张"
            yield board.problem(row, ("sheet",), found, hint)
        yield from _dates(board, row)


def record_of(board: Board, row: Print) -> tuple[str, str]:
    """Table and id of the record that a poster is named after; empty where it shows the branch.

    The record need not be there.
    """
    kind = row.poster_kind
    rest = row.poster.removeprefix(kind.id).removeprefix("-")
    for variant in kind.variants:
        if rest not in board.table(kind.table):
            rest = rest.removesuffix(f"-{variant.id}")
    return kind.table, rest


def _poster(board: Board, row: Print) -> Iterator[Problem]:
    """A hanging poster's record is there; one that was taken down may outlive its record."""
    kind = row.poster_kind
    table, record = record_of(board, row)
    if not table:
        if record:
            found = f"{kind.label}只有一种，后面多了“{record}”"
            yield board.problem(row, ("poster",), found, f"改成 {kind.id}")
        return
    name = MODELS[table].kind
    if not record:
        there = _choices(board, kind)
        hint = f"后面补上编号；可选：{listing(there)}" if there else f"先登记{name}，再补上编号"
        yield board.problem(row, ("poster",), f"{kind.label}没有写明是哪个{name}", hint)
        return
    unreadable = {(table, record), (table, ANY_ID)} & board.broken
    if record in board.table(table) or row.taken_down or unreadable:
        return
    found = f"海报还挂着，可是没有编号为“{record}”的{name}"
    guess = nearest(row.poster, _choices(board, kind))
    mistyped = f"写错了就改成 {guess}；" if guess else ""
    cure = (f"{mistyped}记录已经删掉就撤下海报，填上", Named("taken_down"))
    yield board.problem(row, ("poster",), found, cure, severity=Severity.NOTICE)


def _choices(board: Board, kind: Kind) -> list[str]:
    """Every poster of a kind that the records allow for."""
    there = [f"{kind.id}-{key}" for key in board.table(kind.table)]
    looks = [f"{poster}-{variant.id}" for poster in there for variant in kind.variants]
    return [*there, *looks]


def _meant_version(typed: str) -> str | None:
    """The version that was copied from the poster, if there is no doubt."""
    text = "".join(unicodedata.normalize("NFKC", typed).upper().split())
    text = text.removeprefix("版本").removeprefix(":").translate(_MISREAD)
    return text if _VERSION.fullmatch(text) else None


def _dates(board: Board, row: Print) -> Iterator[Problem]:
    if row.taken_down and row.taken_down < row.printed_on:
        found = f"撤下日期 {row.taken_down} 早于印制日期 {row.printed_on}"
        yield board.problem(row, ("taken_down",), found, "核对两个日期")
