"""Which record a row is about: one that is there, a new one, or one that somebody must name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boards.board.board import MODELS, Board
from boards.board.naming import ready_names
from boards.intake.drafted import Row, nested
from boards.intake.proposal import Ask, Choice, LeftOut
from boards.intake.sniffing import is_name
from boards.intake.targets import targets
from boards.intake.wanted import NEW, SKIP, Wanted
from boards.records import Keyed, Member
from boards.records.schema import specs
from boards.records.understood import folded


@dataclass(frozen=True, slots=True)
class Match:
    """A row with the record that it is about; none if it is a new one."""

    row: Row
    record: Keyed | None


class _Skipped(Exception):
    """A row that somebody does not want."""


def matched(
    board: Board, table: str, rows: Iterable[Row], wanted: Wanted
) -> tuple[list[Match], list[Ask], list[LeftOut]]:
    """Every row with its record, those that must be asked about, and those that have none."""
    found: list[Match] = []
    asks: list[Ask] = []
    left: list[LeftOut] = []
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in (row for row in rows if row.key not in wanted.skipped):
        problem = _hold(board, row, wanted) if table == "honours" else None
        if isinstance(problem, Ask):
            asks.append(problem)
        elif isinstance(problem, LeftOut):
            left.append(problem)
        else:
            alike[_told_by(table, row)].append(row)
    for same in alike.values():
        _settle(board, table, same, wanted, (found, asks, left))
    return sorted(found, key=lambda one: _order(one.row.key)), asks, left


def _order(key: str) -> tuple[int, ...]:
    return tuple(int(part) for part in key.split("."))


def _told_by(table: str, row: Row) -> str:
    """What tells a row's record from others."""
    fields = {"members": ("name",), "honours": ("title", "holder", "year")}.get(table)
    model = MODELS[table]
    names = fields or model.natural_key or tuple(n for n in ("name", "title") if n in specs(model))
    said = [folded(str(row.values.get(name, ""))) for name in names]
    return "|".join(said) if any(said) else f"\n{row.key}"


def _settle(
    board: Board,
    table: str,
    rows: list[Row],
    wanted: Wanted,
    into: tuple[list[Match], list[Ask], list[LeftOut]],
) -> None:
    """Rows that are told by the same, with the records that are told so as well."""
    found, asks, left = into
    there = list(_there(board, table, rows[0]))
    different = [rows[0]]
    for row in rows[1:]:
        first = next((one for one in different if one.whole == row.whole), None)
        if first is not None and row.key not in wanted.who:
            same = f"和第 {first.number} 行完全一样"
            left.append(LeftOut(row.place, f"第 {row.number} 行", same, "只带第一条"))
        else:
            different.append(row)
    for row in different:
        answer = wanted.who.get(row.key, "")
        try:
            if answer:
                found.append(Match(row, _answered(there, answer)))
            elif len(there) > 1 or (len(different) > 1 and table == "members"):
                asks.append(_ask(table, row, there, different))
            else:
                found.append(Match(row, there[0] if there and row is different[0] else None))
        except _Skipped:
            continue


def _answered(there: list[Keyed], answer: str) -> Keyed | None:
    if answer == SKIP:
        raise _Skipped
    return next((row for row in there if row.id == answer), None)


def _there(board: Board, table: str, row: Row) -> Iterator[Keyed]:
    """The real records that a row may be about."""
    fields = nested(row.values)
    model = MODELS[table]
    rows = [one for one in board.table(table).values() if not getattr(one, "sample", False)]
    if model.natural_key:
        key = model.natural_id(fields)
        yield from (one for one in rows if one.id == key)
        return
    for one in rows:
        names = [name for name in ("name", "title") if name in specs(type(one))]
        same = [folded(str(getattr(one, name))) == folded(str(fields.get(name))) for name in names]
        if table == "honours":
            same.append(str(getattr(one, "holder", "")) == fields.get("holder"))
            year = getattr(one, "year", None)
            same.append("year" not in fields or year is None or str(year) == fields["year"])
        if same and all(same):
            yield one


def _ask(table: str, row: Row, there: list[Keyed], rows: list[Row]) -> Ask:
    name = str(row.values.get("name") or row.values.get("title") or "")
    choices = [Choice(one.id, f"台账里的 {one.id}{_more(one)}") for one in there]
    kind = MODELS[table].kind
    choices += [Choice(NEW, f"台账里还没有，新登记一条{kind}"), Choice(SKIP, "这一行不带")]
    about = f"台账里叫“{name}”的有 {len(there)} 个" if len(there) > 1 else ""
    if len(rows) > 1:
        lines = "、".join(str(one.number) for one in rows)
        about = f"{about}{'，' if about else ''}表里第 {lines} 行都叫“{name}”"
    return Ask(row.key, row.place, f"{about}：{_where(row)}是哪一个？", tuple(choices))


def _where(row: Row) -> str:
    """A row by its number and what tells it from another of the same name."""
    job = row.values.get("job")
    return f"第 {row.number} 行" + (f"（{job}）" if job else "")


def _more(record: Keyed) -> str:
    job = record.job if isinstance(record, Member) else None
    return f"（{job}）" if job else ""


def _hold(board: Board, row: Row, wanted: Wanted) -> Ask | LeftOut | None:
    """Put the id of an honour's holder in the place of the name, or say why it cannot be."""
    name = str(row.values["holder"])
    meant = folded(name)
    branch = board.branch
    column = targets("honours")["holder"].column
    assert column and column.reference
    own = {name for names in ready_names(column.reference, branch.name).values() for name in names}
    unit = {branch.unit, f"{branch.mine}{branch.unit}", f"{branch.mine}{branch.name}"}
    if meant in map(folded, {*own, *unit, f"{branch.group}{branch.mine}{branch.unit}"}):
        row.values["holder"] = "branch"
        if name not in own:
            row.said.append(f"获得者：“{name[:30]}”记作支部（{branch.name}）")
        return None
    rows = board.nameable(column.reference).values()
    real = [one for one in rows if not getattr(one, "sample", False)]
    there = [one for one in real if meant in (folded(one.title_text), one.id)]
    answer = wanted.who.get(f"holder {row.key}", "")
    if answer == SKIP:
        return LeftOut(row.place, f"第 {row.number} 行", "您说这一行不带")
    if any(one.id == answer for one in there):
        there = [one for one in there if one.id == answer]
    if len(there) == 1:
        row.values["holder"] = there[0].id
        return None
    if there:
        choices = [Choice(one.id, f"{one.title_text} {one.id}{_more(one)}") for one in there]
        choices.append(Choice(SKIP, "这一行不带"))
        question = f"叫“{name}”的有 {len(there)} 个：第 {row.number} 行的荣誉是谁的？"
        return Ask(f"holder {row.key}", row.place, question, tuple(choices))
    cure = "先把这个人带进人员（名册），再带一次"
    if not is_name(name):
        cure = f"是支部的荣誉就写“支部”（{branch.name}）；班组和小组的，先登记班组和小组"
    place = row.places.get("holder", row.place)
    return LeftOut(place, "获得者", f"人员和班组里没有“{name[:20]}”", cure)
