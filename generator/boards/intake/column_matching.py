"""Which column of a table is which field: by what was said, remembered, its heading, its cells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from boards.intake.discreet import is_private
from boards.intake.sniffing import guessed_field
from boards.intake.tables import Grid
from boards.intake.targets import Target, targets
from boards.intake.vocabulary import CALLED, OF_A_LIFE, forbidden, is_count, looks_private, plain

NOT_WANTED = "不要"
"""What is said of a column that somebody does not want."""
_SHOWN = 3
_NO_PLACE = "台账没有这一项"
_UNKNOWN = "没有表头，也认不出是什么"


@dataclass(frozen=True, slots=True)
class Matched:
    """One column of a table, and what becomes of it."""

    number: int
    letter: str
    heading: str
    field: str = ""
    """The path of its field; empty if it is left out."""
    label: str = ""
    why: str = ""
    """Of a column that is left out the reason, of one that was guessed by what."""
    second: str = ""
    """The path of the field that it is of where the cell of that field's own column is empty."""
    may_be_chosen: bool = True
    """Whether somebody may say that it is a field after all."""
    samples: tuple[str, ...] = ()
    """A few of its cells; none in which something stands that may not be kept."""


def lettered(number: int) -> str:
    """What Excel calls a column."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def named(table: str, heading: str, remembered: Mapping[str, str]) -> tuple[str, int]:
    """The field that a heading names, and how surely: 0 by its whole, 1 by a part of it."""
    text = plain(heading)
    if not text or len(text) > 14:
        return "", 9
    if remembered.get(text) in (NOT_WANTED, *targets(table)):
        return ("" if remembered[text] == NOT_WANTED else remembered[text]), 0
    words = CALLED.get(table, {})
    known = targets(table)
    for field, called in words.items():
        if field in known and text in (plain(word) for word in called):
            return field, 0
    for field, target in known.items():
        if text == plain(target.label):
            return field, 0
    if OF_A_LIFE.match(text):
        return "", 9
    parts = [
        (len(word), field)
        for field, called in words.items()
        if field in known
        for word in map(plain, called)
        if len(word) > 1 and (text.endswith(word) or text.startswith(word))
    ]
    return (max(parts)[1], 1) if parts else ("", 9)


def columns_of(
    grid: Grid,
    header: int,
    table: str,
    chosen: Mapping[str, str],
    remembered: Mapping[str, str],
    span: range,
) -> tuple[Matched, ...]:
    """Every column of a table that says something, and what it is; `span` are its columns."""
    found: list[Matched] = []
    ranks: dict[int, float] = {}
    for number in span:
        heading = _heading(grid, header, number)
        cells = [row[number - 1] for row in grid.rows[header:] if row[number - 1]]
        if not heading and not cells:
            continue
        column, ranks[number] = _column(table, number, heading, cells, chosen, remembered)
        if number in grid.hidden_columns:
            why = "这一列隐藏着，没有读；要带它，先取消隐藏"
            column = replace(column, field="", label="", why=why, may_be_chosen=False, samples=())
        found.append(column)
    single = _one_each(found, ranks, targets(table))
    return tuple(_guessed(single, grid, header, table))


def _heading(grid: Grid, header: int, number: int) -> str:
    """What stands above a column; of two rows of headings the lower one, if it says something."""
    if not header:
        return ""
    own = grid.text(header, number)
    above = grid.text(header - 1, number) if header > 1 else ""
    same_row = [text for text in grid.rows[header - 2] if text] if header > 1 else []
    return " ".join((own or (above if len(same_row) > 1 else "")).split())


def _column(
    table: str,
    number: int,
    heading: str,
    cells: list[str],
    chosen: Mapping[str, str],
    remembered: Mapping[str, str],
) -> tuple[Matched, float]:
    """What a column is, and how surely."""
    letter = lettered(number)
    column = Matched(number, letter, heading, samples=_shown(cells))
    private = looks_private(cells)
    if never := forbidden(heading) or (private and (private, "单元格里的内容像是这一项，不登记")):
        why = f"不登记{never[0]}：{never[1]}"
        return replace(column, why=why, may_be_chosen=False, samples=()), 9
    wanted = chosen.get(letter, chosen.get(plain(heading), chosen.get(heading, "")))
    if wanted == NOT_WANTED:
        return replace(column, why="您说不要"), 9
    if wanted:
        label = targets(table)[wanted].label
        return replace(column, field=wanted, label=label), _nicety(table, wanted, heading) - 1
    if remembered.get(plain(heading)) == NOT_WANTED:
        return replace(column, why="上次您说不要"), 9
    if is_count(heading):
        return replace(column, why="只是序号"), 9
    field, rank = named(table, heading, remembered)
    if field:
        label = targets(table)[field].label
        return replace(column, field=field, label=label), rank + _nicety(table, field, heading)
    return replace(column, why=_NO_PLACE if heading else _UNKNOWN), rank


def _nicety(table: str, field: str, heading: str) -> float:
    """Less than one: of two words for a field, 级别 says more of it than 授奖单位."""
    words = [plain(word) for word in CALLED.get(table, {}).get(field, ())]
    text = plain(heading)
    return words.index(text) / (len(words) + 1) if text in words else 0.0


def _shown(cells: list[str]) -> tuple[str, ...]:
    harmless = (text for text in dict.fromkeys(cells) if not is_private(text))
    return tuple(itertools.islice(harmless, _SHOWN))


def _one_each(
    columns: list[Matched], ranks: Mapping[int, float], known: Mapping[str, Target]
) -> list[Matched]:
    """Each field in one column only: the one that is named the most surely, else the first."""
    best: dict[str, Matched] = {}
    for column in columns:
        there = best.get(column.field)
        if column.field and (there is None or ranks[column.number] < ranks[there.number]):
            best[column.field] = column
    must = next(iter(known))
    return [
        _behind(column, known, is_whole=ranks[column.number] < 1 and column.field != must)
        if column.field and best[column.field] is not column
        else column
        for column in columns
    ]


def _behind(column: Matched, known: Mapping[str, Target], *, is_whole: bool) -> Matched:
    """A column of a field that has one already: of use where that one is empty, as 工种 is."""
    label = known[column.field].label
    if not is_whole:
        return replace(column, field="", label="", why=f"已经有“{label}”那一列")
    why = f"“{label}”那一列空着的行用它"
    return replace(column, field="", label="", second=column.field, why=why)


def _guessed(columns: list[Matched], grid: Grid, header: int, table: str) -> Iterator[Matched]:
    """Columns that no heading names, by what stands in them."""
    there = {column.field for column in columns}
    known = targets(table)
    for column in columns:
        if column.field or not column.may_be_chosen or column.why not in (_NO_PLACE, _UNKNOWN):
            yield column
            continue
        cells = [row[column.number - 1] for row in grid.rows[header:] if row[column.number - 1]]
        field = guessed_field(table, cells)
        if field and field not in there and (not column.heading or known[field].required):
            there.add(field)
            yield replace(column, field=field, label=known[field].label, why="按内容认的")
        else:
            yield column
