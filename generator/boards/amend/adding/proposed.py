"""What is proposed for a new record before anybody answers: an id, a day, scores of a quarter."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from boards.amend import Value
from boards.amend.adding.drafts import PERIODS, Answers, is_free
from boards.amend.adding.questions import ACTIVITIES, every
from boards.board.board import MODELS, Board
from boards.records.months import MonthId, QuarterId
from boards.words.pinyin import free_id
from boards.words.scoreboard import Scoreboard, scoreboard, whole

_DATED = {"messages": "date", ACTIVITIES: "date", "prints": "printed_on"}
"""What is usually registered on the day itself, and the field of that day."""
Proposals = Mapping[tuple[str, ...], str]
"""Answers that Enter takes, by the path of their field; a zone's name stands for its place."""


def proposed_id(board: Board, table: str, answers: Answers, today: datetime.date) -> str:
    """An id that is free: the last whole period, or the name in pinyin; empty if there is none."""
    if table in PERIODS:
        now = QuarterId.around(today) if table == "quarters" else MonthId(today.year, today.month)
        proposed = str(now.shifted(-1))
        return proposed if is_free(board, table, proposed) else ""
    name = str(next((answers[key] for key in ("name", "title", "text") if key in answers), ""))
    taken = {row.id.casefold() for row in board.everything()}
    return free_id(name, taken, str(answers.get("year") or ""))


def known_answers(board: Board) -> dict[str, Value]:
    """Answers that need no question: the source, where the branch keeps exactly one ledger."""
    ledgers = [source.id for source in board.sources.values() if source.type == "internal"]
    return {"source": ledgers[0]} if len(ledgers) == 1 else {}


def proposals(
    board: Board, table: str, record_id: str, today: datetime.date
) -> tuple[Proposals, Scoreboard | None]:
    """For what is of one day, today; for a quarter, what its months say, if they are real.

    That is their scores and the zone they propose.
    """
    if table in _DATED:
        return {(_DATED[table],): str(today)}, None
    if table != "quarters":
        return {}, None
    gathered = scoreboard(board, record_id)
    if gathered.is_sample or not any(gathered.months.values()):
        return {}, None
    made: dict[tuple[str, ...], str] = {
        ("results", zone.zone, "score"): whole(zone.score)
        for zone in gathered.zones
        if zone.score is not None
    }
    if len(gathered.leaders) == 1:
        made[("excellent_zone", "zone")] = gathered.leaders[0]
    return made, gathered


def begun(
    board: Board,
    table: str,
    record_id: str,
    today: datetime.date,
    heard: Proposals = MappingProxyType({}),
) -> dict[str, Value]:
    """The values that a new record may begin with: what is known, and what is proposed.

    What is `heard` counts more than what the months say.
    """
    asked = {row.name: row for row in every(MODELS[table])}
    values = {name: value for name, value in known_answers(board).items() if name in asked}
    groups: dict[str, dict[str, dict[str, Value]]] = {}
    for (name, *path), value in {**proposals(board, table, record_id, today)[0], **heard}.items():
        if not path:
            values[name] = value
            continue
        zone, field = path if asked[name].each else ("", path[0])
        groups.setdefault(name, {}).setdefault(zone, {})[field] = value
    for name, rows in groups.items():
        each = asked[name].each  # a group for each zone, in their order
        told: list[dict[str, Value]] = [{"zone": z, **rows[z]} for z in each if z in rows]
        values[name] = told if each else rows[""]
    return values


def proposed_as_of(board: Board, answers: Answers, today: datetime.date) -> str:
    """The month that a claim holds as of: that of its publication, else this one."""
    source = board.sources.get(str(answers.get("source")))
    day = source.date if source and source.date else today
    return f"{day:%Y-%m}"
