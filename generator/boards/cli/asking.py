"""Asking for the fields of a record, one after another, each answer checked at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from boards.amend.adding.answers import Option, Refused, kept_as, options, paragraphs, read
from boards.amend.adding.questions import Question, Shape, within
from boards.records.brand import ZONES
from boards.records.declared import Asked

if TYPE_CHECKING:
    from boards.amend import Value
    from boards.amend.adding.proposed import Proposals
    from boards.board.board import Board

_SHOWN = 30
"""Choices that are listed; of more, people type the name."""
_ENDS = (".", "。")
"""What ends long text on a line of its own; an empty line stands between pasted paragraphs."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What every question needs to know."""

    board: Board
    proposed: Proposals
    today: datetime.date
    changing: bool = False
    """Whether the record is there already, so that Enter leaves a field as it is."""


def ask(
    asking: Asking, question: Question, given: Mapping[str, Value], path: tuple[str, ...]
) -> Value | None:
    """The answer to a question, None if it is skipped."""
    if question.shape is Shape.GROUPS:
        return _ask_groups(asking, question, path)
    if question.shape is Shape.GROUP:
        if not question.required and not agreed(f"填写“{question.label}”吗？", question.expected):
            return None
        click.echo(f"—— {question.label}")
        return ask_group(asking, question, path, {}) or None
    choices = options(asking.board, question, given, asking.today)
    if choices is not None and not choices:
        if not question.spec.is_role:  # without its zone there is nothing to choose
            click.echo(f"{question.label}：还没有登记可选的真实记录，跳过。")
        return None
    _offer(choices)
    if question.shape is Shape.LIST:
        return _ask_list(asking, question, choices)
    if question.shape is Shape.PROSE:
        return _ask_prose(asking, question, asking.proposed.get(path, ""))
    proposed = asking.proposed.get(path, "")
    if question.required and choices and len(choices) == 1:
        proposed = choices[0].id
    return _ask_line(asking, question, choices, proposed)


def _ask_line(
    asking: Asking, question: Question, choices: Sequence[Option] | None, proposed: str
) -> str | None:
    label = _label(asking, question, choices, proposed)
    while True:
        typed = prompt(label, proposed)
        if not typed:
            _leave_open(asking, question)
            return None
        try:
            value = read(question, typed, choices)
        except Refused as error:
            _complain(error)
        else:
            _say_kept(typed, value, choices)
            return value


def _leave_open(asking: Asking, question: Question) -> None:
    """Enter writes nothing; of a field that must be filled in it is said that it is missing."""
    if question.required and not asking.changing:
        click.echo("  这一项必填，先空着，写入以前要补上。")


def _say_kept(typed: str, value: str, choices: Sequence[Option] | None) -> None:
    if said := kept_as(typed, value, choices):
        click.echo(f"  {said}")


def ask_group(
    asking: Asking, question: Question, path: tuple[str, ...], preset: dict[str, Value]
) -> dict[str, Value]:
    """Ask for the fields of a group that `preset` does not hold already."""
    assert question.spec.model
    values = dict(preset)
    for inner in within(question.spec.model):
        later = inner.spec.asked is Asked.LATER and not asking.changing
        if inner.name not in preset and not later:
            value = ask(asking, inner, values, (*path, inner.name))
            if value is not None:
                values[inner.name] = value
    return values


def _ask_groups(
    asking: Asking, question: Question, path: tuple[str, ...]
) -> list[dict[str, Value]] | None:
    """One group for each zone, or as many as are wanted."""
    made = []
    for zone in question.each:
        click.echo(f"—— {question.label}：{ZONES[zone].name}")
        made.append(ask_group(asking, question, (*path, zone), {"zone": zone}))
    if question.each:
        return [group for group in made if len(group) > 1] or None
    if not question.required and not agreed(f"登记“{question.label}”吗？", False):
        return None
    while True:
        click.echo(f"—— {question.label} 第 {len(made) + 1} 条")
        if group := ask_group(asking, question, path, {}):
            made.append(group)
        if not group or not agreed(f"“{question.label}”再加一条？", False):
            return made or None


def _ask_list(
    asking: Asking, question: Question, choices: Sequence[Option] | None
) -> list[str] | None:
    click.echo(f"{_label(asking, question, choices)}；一行一条，空行结束：")
    made: list[str] = []
    while True:
        typed = prompt(f"  {len(made) + 1}", "")
        if not typed and not made:
            _leave_open(asking, question)
        if not typed:
            return made or None
        try:
            value = read(question, typed, choices)
            if choices is not None and value in made:
                raise Refused(f"“{typed}”已经写了")
            made.append(value)
            _say_kept(typed, value, choices)
        except Refused as error:
            _complain(error)


def _ask_prose(asking: Asking, question: Question, proposed: str) -> str | None:
    label = _label(asking, question, None, proposed)
    click.echo(f"{label}；可以粘贴几段，写完另起一行只打一个句号“。”再回车：")
    if proposed:
        click.echo(f"  [{proposed.replace(chr(10), f'{chr(10)}   ')}]")
    lines: list[str] = []
    while True:
        line = click.prompt("", default="", show_default=False, prompt_suffix="  ")
        if not line.strip() and not lines and proposed:
            try:
                return read(question, proposed, None)
            except Refused as error:
                _complain(error)
                proposed = ""
                continue
        if not line.strip() and not lines:
            _leave_open(asking, question)
            return None
        if line.strip() not in _ENDS:
            lines.append(line)
            continue
        try:
            return read(question, paragraphs(lines), None)
        except Refused as error:
            _complain(error)
            lines = []


def _label(
    asking: Asking, question: Question, choices: Sequence[Option] | None, proposed: str = ""
) -> str:
    """What is asked, how it is written, and what Enter does."""
    about = "" if choices is not None else question.spec.description
    enter = "必填" if question.required else "可不填"
    if asking.changing:
        enter = "不改直接回车"
    notes = [about, "回车就用方括号里的" if proposed else enter]
    said = "；".join(note for note in notes if note)
    return f"{question.label}（{said}）" if said else question.label


def _offer(choices: Sequence[Option] | None) -> None:
    """List what can be chosen; of very many only the first."""
    for number, option in enumerate((choices or ())[:_SHOWN], 1):
        shown = option.label if option.id in ("true", "false") else f"{option.label}（{option.id}）"
        click.echo(f"  {number} {shown}")
    if choices and len(choices) > _SHOWN:
        click.echo(f"  ……共 {len(choices)} 项，没列出的直接输入名称或编号")


def until(read_once: Callable[[], str]) -> str:
    """Ask until the answer will do."""
    while True:
        try:
            return read_once()
        except Refused as error:
            _complain(error)


def agreed(question: str, default: bool) -> bool:
    """Whether people say so; Enter is `default`."""
    while True:
        typed = prompt(f"{question}{'[Y/n]' if default else '[y/N]'}", "").casefold()
        if not typed:
            return default
        if typed in ("y", "yes", "是", "n", "no", "否"):
            return typed in ("y", "yes", "是")
        click.echo("  输入 y（是）或 n（否）。")


def prompt(label: str, proposed: str) -> str:
    """What was typed, without spaces around it; Enter takes what is proposed."""
    typed: str = click.prompt(
        label, default=proposed, show_default=bool(proposed), prompt_suffix="："
    )
    return typed.strip()


def _complain(error: Refused) -> None:
    click.echo(f"  {error}，请重新输入。")
