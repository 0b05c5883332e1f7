"""What people type for records: an id, a name or title, a kind for all of its records."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from boards.board.board import MODELS, Board
from boards.errors import listing, nearest
from boards.records import Honour, Keyed, Record

_TABLES = {model.kind: table for table, model in MODELS.items() if issubclass(model, Record)}
"""Tables by what people call their records."""
_QUOTED = re.compile(r"([^“”/]*)“(.+)”")
"""A record as messages name it: 人员“王伟”."""
_MANY = 8
"""Names that still fit a message."""
EVERYTHING = {"全部", "所有", "all"}


def shared_ids(board: Board) -> Mapping[str, int]:
    """How many records bear each id; whoever names records one by one counts them once."""
    return Counter(row.id for row in board.records())


def names_of(
    board: Board, records: Iterable[Keyed], borne: Mapping[str, int] | None = None
) -> list[str]:
    """What is typed for records: the id, and the table too where the id alone is ambiguous.

    `borne` are `shared_ids`, if they are known.
    """
    namesakes = shared_ids(board) if borne is None else borne
    return [row.id if namesakes[row.id] == 1 else f"{row.table}/{row.id}" for row in records]


def command(board: Board, records: Sequence[Record], borne: Mapping[str, int] | None = None) -> str:
    """The very command that approves records; many are picked from the list."""
    listed = " ".join(names_of(board, records, borne)) if len(records) <= _MANY else ""
    return f"boards approve {listed}".strip()


def name_of(board: Board, record: Keyed) -> str:
    """What is typed for a record."""
    return names_of(board, [record])[0]


@dataclass(frozen=True)
class Names:
    """The records of a board by all that may be typed for them.

    Where a word fits several, those in `waiting` are meant.
    """

    board: Board
    waiting: Sequence[Record]

    @cached_property
    def _by_word(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for row in self.board.records():
            for word in {_folded(row.id), *map(_folded, self._titles(row))}:
                found.setdefault(word, []).append(row)
        return found

    def _titles(self, row: Record) -> list[str]:
        holder = self.board.members.get(row.holder) if isinstance(row, Honour) else None
        return [row.title_text, *([f"{holder.name}{row.title_text}"] if holder else [])]

    def meant(self, typed: str) -> list[Record] | str:
        """The records that are meant, several only for a kind; or what to say if none is."""
        if (table := _TABLES.get(typed) or (typed if typed in _TABLES.values() else None)) and (
            not self._by_word.get(_folded(typed))
        ):
            rows = [row for row in self.waiting if row.table == table]
            return rows or f"{MODELS[table].kind}没有等待审批的。"
        quoted = _QUOTED.fullmatch(typed.strip())
        kind, key = (quoted[1], quoted[2]) if quoted else typed.rpartition("/")[::2]
        kind = _TABLES.get(kind.strip(), kind.strip())
        if kind and kind not in MODELS:
            guess = nearest(kind, [*MODELS, *_TABLES])
            return f"没有“{kind}”这一类。{f'是不是 {guess}/{key}？' if guess else ''}"
        there = [row for row in self._by_word.get(_folded(key), []) if kind in ("", row.table)]
        exact = [row for row in there if row.id == key]
        there = exact or there
        if len(there) > 1:
            waiting = [row for row in there if any(row is other for other in self.waiting)]
            there = waiting if len(waiting) == 1 else there
        if len(there) == 1:
            return there
        return self._several(typed, there) if there else self._nothing(typed, kind, key)

    def _several(self, typed: str, there: list[Record]) -> str:
        names = [f"{row.table}/{row.id}（{row.kind}）" for row in there]
        same = "编号" if all(row.id == typed for row in there) else "名称"
        return f"{same}“{typed}”有几条：写成 {listing(names)} 中的一个"

    def _nothing(self, typed: str, kind: str, key: str) -> str:
        rows = [row for row in self.board.records() if kind in ("", row.table)]
        choices = {word: row for row in rows for word in (row.id, row.title_text)}
        near = choices.get(nearest(key, choices) or "")
        hint = f"是不是 {name_of(self.board, near)}（{near.title_text}）？" if near else ""
        return f"没有编号或名称是“{typed}”的记录。{hint}看有哪些：boards approve --list"

    def picked(self, text: str) -> list[str]:
        """What is typed for the records of `waiting` that a line picks by number, word or kind."""
        if text.strip().casefold() in EVERYTHING:
            return names_of(self.board, self.waiting)
        if self._by_word.get(_folded(text)):  # a title with a space in it
            return [text]
        picked: list[str] = []
        names = names_of(self.board, self.waiting)
        for word in re.split(r"[\s,，、;；]+", unicodedata.normalize("NFKC", text).strip()):
            numbers = re.fullmatch(r"(\d+)(?:[-~到至—]+(\d+))?", word)
            first, last = (int(numbers[1]), int(numbers[2] or numbers[1])) if numbers else (0, 0)
            in_list = 1 <= first <= last <= len(names)
            picked += names[first - 1 : last] if in_list else [word]
        return picked


def _folded(text: str) -> str:
    """A word without what people leave out: spaces, widths, the 第 of 第一季度."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().replace("第", "")
