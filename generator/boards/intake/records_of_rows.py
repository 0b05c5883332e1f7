"""Which rows below a table's headings are records; sums, notes and sections are none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from boards.intake.column_matching import Matched, named
from boards.intake.tables import Grid
from boards.intake.targets import targets
from boards.intake.vocabulary import forbidden
from boards.records.understood import folded, year_of
from boards.sheets.values import Refused

_SUMS = re.compile(r"(?:本页|本表|全部|以上)?[合总小共累]\s*计(?:$|[\s:：（(\d].*)", re.DOTALL)
_NOTES = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|填报|统计|单位盖章|日期|联系)[^，。]{0,12}[:：)）人日]?"
)
_SIGNED = re.compile(
    r"(?:注|备注|说明|填表|制表|审核|填报|统计|单位盖章|日期|联系)[^，。]{0,6}[:：]"
)
"""What a note says even where other cells of its row say something as well."""
_SECTIONS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]).+"
    r"|.*(?:小组|支部|党委|总支|班组|车间|[一二三四五六七八九十\d]班|检修班|工区|采区|区队|[员工]队"
    r"|人员|职工|员工|干部|.党员|^党员)(?:名单|名册)?(?:[（(]?共?计?\d+[人名][)）]?)?"
)
"""Of people: what stands alone in a row above those who belong to it."""
_HEADINGS_AGAIN = "表头又写了一遍"


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table."""

    records: tuple[int, ...] = ()
    left: tuple[tuple[int, str], ...] = ()
    """Rows that are no records, though something stands there, and why."""
    years: Mapping[int, str] = field(default_factory=dict)
    """For records below a line that only names a year: that line."""


def rows_of(grid: Grid, header: int, columns: tuple[Matched, ...], key: int, table: str) -> Rows:
    """Which rows below the headings are records; `key` is the column that each of them needs.

    Raises Refused for a form of one person, whose rows are headings with their answers.
    """
    records, left = [], []
    years: dict[int, str] = {}
    year, asked = "", 0
    heads = [_cells(grid, n, columns) for n in (header, header - 1) if n > 0]
    used = [column.number for column in columns if column.field]
    for number in range(header + 1, len(grid.rows) + 1):
        cells = _cells(grid, number, columns)
        said = [text for at, text in cells if text and (number, at) not in grid.filled]
        if not said and (number, key) not in grid.refused:
            continue
        first = grid.text(number, key)
        if number in grid.hidden_rows:
            left.append((number, "这一行隐藏着（也许是筛选掉的），没有读；要带它，先取消隐藏"))
        elif (cells in heads and len(said) > 1) or _is_heading(table, first):
            asked += cells not in heads and (number, key) not in grid.filled
            left.append((number, _HEADINGS_AGAIN))
        elif (number, key) in grid.refused:
            records.append(number)
        elif len(set(said)) == 1 and year_of(said[0]):
            year = said[0]
            left.append((number, f"只写了“{year[:10]}”，是下面几行的小标题"))
        elif len(set(said)) == 1 and _is_section(table, said[0]):
            left.append((number, f"“{said[0][:20]}”像是下面几行的小标题，不是一个人"))
        elif _is_note(said, first, [grid.text(number, at) for at in used], used == [key]):
            left.append((number, "不是一条记录，像是合计或说明"))
        else:
            records.append(number)
            years |= {number: year} if year else {}
    if asked and asked >= len(records):
        found = f"“{grid.name}”像是一个人一张的登记表，不是一行一条的表"
        raise Refused(found, "做一张一行一个人的名册，只留姓名、职务、政治面貌这些列，再带进来")
    return Rows(tuple(records), tuple(left), years)


def _cells(grid: Grid, number: int, columns: tuple[Matched, ...]) -> list[tuple[int, str]]:
    return [(column.number, grid.text(number, column.number)) for column in columns]


def _is_heading(table: str, text: str) -> bool:
    """Whether what should name a record is the name of a column."""
    if not text or len(text) > 8:
        return False
    own = next(iter(targets(table)))
    field_of, rank = named(table, text, {})
    return (rank == 0 and (table == "members" or field_of == own)) or (
        table == "members" and forbidden(text) is not None
    )


def _is_section(table: str, text: str) -> bool:
    return table == "members" and _SECTIONS.fullmatch(folded(text)) is not None


def _is_note(said: list[str], key: str, used: list[str], is_narrow: bool) -> bool:
    """Whether a row is a sum or a note below the table, not a record that lacks something."""
    there = [text for text in used if text]
    if _SUMS.match(said[0]) or _SIGNED.match(said[0]):
        return True
    if _NOTES.match(said[0]) and (not key or (said[0] == key and len(there) < 2)):
        return True
    return (not key and len(there) < 2) or (there == [key] and not is_narrow and len(key) > 12)
