"""Whom words of a message name: members by their whole names, zones by full names before short."""

from __future__ import annotations

import re

from boards.board.board import Board
from boards.board.naming import names_of
from boards.intake import hearing_words as words
from boards.records import Member


def members_named(board: Board, said: str) -> list[Member]:
    """The real people whom words name; nobody where one of the names is another's, too."""
    people = [row for row in board.members.values() if not row.sample]
    named = [
        row
        for row in people
        if re.search(" ?".join(map(re.escape, row.name)) + f"(?:{words.NAME_ENDS})", said)
    ]
    whole = [row for row in named if not any(row.name in o.name != row.name for o in named)]
    return whole if len({row.name for row in whole}) == len(whole) else []


def zones_by_name(board: Board) -> dict[str, str]:
    """The ids of the zones by what they are called, in full and in short."""
    return {name: zone.id for zone in board.zones.values() for name in names_of(zone)}


def zones_named(board: Board, said: str) -> dict[str, str]:
    """The zones that words name, each with the name; short ones count where they begin."""
    zones = zones_by_name(board)
    full = {zone: name for name, zone in zones.items() if name.endswith("区") and name in said}
    if full:
        return full
    bare = said.removeprefix("应").removeprefix("为").removeprefix("是")
    return {
        zone: name
        for name, zone in zones.items()
        if re.match(rf"{re.escape(name)}(?![\u4e00-\u9fff])", bare)
    }


def lists_scores(board: Board, line: str) -> bool:
    """Whether a line gives several zones with their scores, of which none is the best one."""
    zones = zones_by_name(board)
    scored = re.findall(f"({'|'.join(map(re.escape, zones))}){words.SCORE}", line)
    return len({zones[name] for name, *_ in scored}) > 1
