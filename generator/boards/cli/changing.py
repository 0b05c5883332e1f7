"""Changing a record that is there already: field by field, what is not chosen stays."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.amend.adding.answers import options
from boards.amend.adding.drafts import changed_record, try_out
from boards.amend.adding.questions import Question, Shape, all_questions, within
from boards.cli.add import keep, say_what_is_wrong
from boards.cli.asking import Asking, agreed, ask, ask_group, prompt
from boards.records.schema import as_typed

if TYPE_CHECKING:
    from boards.amend import Value
    from boards.board.board import Board
    from boards.records import Keyed

_SHOWN = 40
"""Characters of a value that are shown."""


def change(board: Board, folder: Path, record: Keyed, today: datetime.date) -> None:
    """Ask which fields to change until all are; raises Abort to stop, AmendFault, Refused."""
    before = as_typed(record)
    assert isinstance(before, dict)
    del before["id"]
    values: dict[str, Value] = {**before}
    asked = all_questions(record.table)
    asking = Asking(board, {}, today, changing=True)
    click.echo(f"改{record.kind}“{record.title_text}”。按 Ctrl+C 停下，什么也不写。\n")
    _list(asking, asked, values)
    while question := _chosen(asking, asked, values):
        _change(asking, question, values)
    changed = [row for row in asked if values.get(row.name) != before.get(row.name)]
    if not changed:
        click.echo("什么也没有改。")
        return
    fields = {question.name: values.get(question.name) for question in changed}
    draft = changed_record(board, record, fields)
    tried = try_out(board, folder, draft, today)
    click.echo()
    for question in changed:
        old, new = (_said(asking, question, of.get(question.name), of) for of in (before, values))
        click.echo(f"{question.label}：{old} → {new}")
    say_what_is_wrong(tried)
    if "review" in draft.edits[0].fields:
        click.echo("这一条审批过，改了内容，要重新审批。")
    if tried.errors:
        click.echo("有错误，不能写。")
        raise click.Abort
    if not agreed("写进台账吗？", False):
        raise click.Abort
    keep(board, folder, draft, tried, today)


def _list(asking: Asking, asked: Sequence[Question], values: Mapping[str, Value]) -> None:
    """Every field with its number and what stands there."""
    for number, question in enumerate(asked, 1):
        value, usual = values.get(question.name), question.spec.default
        said = _said(asking, question, value, values)
        if value is None and usual not in (None, (), False):
            said = f"{_said(asking, question, as_typed(usual), values)}（没有写，就是它）"
        click.echo(f"  {number} {question.label}：{said}")


def _chosen(
    asking: Asking, asked: Sequence[Question], values: Mapping[str, Value]
) -> Question | None:
    """A field to change, None if all are changed; raises Abort to stop."""
    while True:
        said = prompt("改哪一项，输入序号；再看一遍回车；改完了输入 y；不改了输入 n", "")
        if said.casefold() in ("n", "否"):
            raise click.Abort
        if said.casefold() in ("y", "是"):
            return None
        named = [question for question in asked if question.label == said]
        if said.isdecimal() and 1 <= int(said) <= len(asked):
            return asked[int(said) - 1]
        if named:
            return named[0]
        if said:
            click.echo("  输入上面说的一个。")
        else:
            _list(asking, asked, values)


def _said(
    asking: Asking, question: Question, value: Value | None, given: Mapping[str, Value]
) -> str:
    """A value as people read it, on one line: names for ids, groups by their fields."""
    if value is None:
        return "（空）"
    if isinstance(value, str):
        choices = options(asking.board, question, given, asking.today) or ()
        line = next((one.label for one in choices if one.id == value), " ".join(value.split()))
    elif isinstance(value, Mapping):
        assert question.spec.model
        inner = {row.name: row for row in within(question.spec.model)}
        parts = (_said(asking, inner[k], part, value) for k, part in value.items() if k in inner)
        line = "；".join(parts)
    else:
        line = "、".join(_said(asking, question, part, given) for part in value)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _change(asking: Asking, question: Question, values: dict[str, Value]) -> None:
    """Ask for one field anew; Enter leaves it, or empties it where that was meant."""
    name, now = question.name, values.get(question.name)
    if now is not None:
        click.echo(f"现在是：{_said(asking, question, now, values)}")
    if question.shape is Shape.GROUPS and isinstance(now, list) and now:
        values[name] = _change_groups(asking, question, now)
        return
    if question.shape is Shape.GROUP and isinstance(now, Mapping):
        values[name] = {**now, **ask_group(_with(asking, question, now), question, (name,), {})}
    else:
        value = ask(asking, question, values, (name,))
        if value is not None:
            values[name] = value
            return
    can_go = now is not None and not question.required and values.get(name) == now
    if can_go and agreed(f"“{question.label}”要清空吗？", False):
        del values[name]


def _with(asking: Asking, question: Question, now: Mapping[str, Value]) -> Asking:
    """The same, with what stands in a group proposed for it."""
    proposed: dict[tuple[str, ...], str] = {
        (question.name, name): value for name, value in now.items() if isinstance(value, str)
    }
    return replace(asking, proposed=proposed)


def _change_groups(asking: Asking, question: Question, now: list[Value]) -> list[Value]:
    """Groups of fields with one added, changed or taken out."""
    for number, group in enumerate(now, 1):
        click.echo(f"  {number} {_said(asking, question, group, {})}")
    while True:
        said = prompt("改一条输入序号，加一条输入 +，删一条输入 - 和序号，不改回车", "")
        if not said:
            return now
        number = int(said.lstrip("-")) if said.lstrip("-").isdecimal() else 0
        if said == "+":
            added = ask_group(asking, question, (question.name,), {})
            return [*now, added] if added else now
        if said.startswith("-") and 1 <= number <= len(now):
            return [group for at, group in enumerate(now, 1) if at != number]
        if 1 <= number <= len(now):
            group = now[number - 1]
            assert isinstance(group, Mapping)
            asked = _with(asking, question, group)
            new = {**group, **ask_group(asked, question, (question.name,), {})}
            return [new if at == number else other for at, other in enumerate(now, 1)]
        click.echo("  输入上面说的一个。")
