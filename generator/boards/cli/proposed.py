"""What is said of something that would be brought in, and asking before it is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.board.board import MODELS
from boards.cli.common import failures_said, refuse
from boards.errors import listing, why

if TYPE_CHECKING:
    from boards.errors import Place
    from boards.intake.proposal import Entry, Proposal
    from boards.sheets.changes import Difference

file_argument = click.argument("file", metavar="文件", type=click.Path(path_type=Path))
yes_option = click.option("--yes", is_flag=True, help="不再询问，直接写入。")
source_option = click.option(
    "--source", default="", metavar="出处", help="出自哪个出处，写编号；只有一本内部台账时不用写。"
)
KEPT = "什么也没有写入，台账没有动。"
_WORDS = {"add": "新增", "change": "改动", "remove": "删除"}
_SHOWN = 200
"""Records that are listed; of more, how many."""


def content_of(file: Path) -> bytes:
    """What a file holds; ends with a message if it cannot be opened."""
    try:
        return file.read_bytes()
    except OSError as error:
        refuse(f"{file} 打不开（{why(error)}）；核对文件名，在 WPS 或 Office 里关闭后再试。")


@contextmanager
def refusals_said(file: Path | str) -> Iterator[None]:
    """End with a message, never a traceback, where something cannot be brought in."""
    from boards.amend import AmendFault  # noqa: PLC0415 - heavy
    from boards.sheets.values import Refused  # noqa: PLC0415

    try:
        with failures_said(KEPT):
            yield
    except Refused as fault:
        name = file.name if isinstance(file, Path) else file
        refuse(f"{name}：{fault.found}\n    改法：{fault.hint}\n{KEPT}")
    except AmendFault as error:
        refuse(f"{error}\n{KEPT}")


def pairs(texts: tuple[str, ...], option: str) -> dict[str, str]:
    """What was said as NAME=VALUE; ends with a message if it was not."""
    found = {}
    for text in texts:
        name, sign, value = text.replace("＝", "=").partition("=")
        if not sign or not name.strip():
            refuse(f"{option} 后面写成“什么=什么”的样子，例如 {option} C=职务；“{text}”不是。")
        found[name.strip()] = value.strip()
    return found


def say_proposal(proposal: Proposal) -> None:
    """What would come in record by record, what would not, and why."""
    for line in proposal.said:
        click.echo(line)
    for table, entries in groupby(proposal.entries, key=lambda entry: entry.table):
        rows = list(entries)
        click.echo(f"{MODELS[table].kind}")
        for entry in rows[:_SHOWN]:
            _say_entry(entry)
        if len(rows) > _SHOWN:
            click.echo(f"  ……还有 {len(rows) - _SHOWN} 条")
    if proposal.same:
        click.echo(f"台账里已经有、不用动的：{listing(proposal.same, 20)}")
    if proposal.left_out:
        click.echo("没有带进来的")
    for left in proposal.left_out:
        cure = f"\n       改法：{left.cure}" if left.cure else ""
        click.echo(f"  {_where(left.place)} {left.what}：{left.why}{cure}")
    if lapsed := [entry.title for entry in proposal.entries if entry.lapses]:
        click.echo(f"这些审批过，改了内容要重新审批：{'、'.join(lapsed)}")


def _where(place: Place) -> str:
    """A cell or row of a table; else the file alone, of which nobody sees lines."""
    if place.sheet:
        return str(place)
    return f"{place.path} 第 {place.line} 行" if place.line > 1 else place.path


def _say_entry(entry: Entry) -> None:
    row = f"（{entry.key}）" if not entry.key.replace(".", "").isdecimal() else ""
    click.echo(f"  {_WORDS[entry.action]} {entry.title}（{entry.id}）{row}")
    for difference in entry.differences:
        click.echo(f"       {_said(entry, difference)}")
    for line in entry.said:
        click.echo(f"       {line}")


def _said(entry: Entry, difference: Difference) -> str:
    if entry.action == "add":
        return f"{difference.label}：{difference.new}"
    return f"{difference.label}：{difference.old} → {difference.new}"


def answers(proposal: Proposal) -> Mapping[str, str]:
    """Ask what only somebody who knows can say."""
    said = {}
    for ask in proposal.asks:
        click.echo(ask.question)
        for number, choice in enumerate(ask.choices, 1):
            click.echo(f"  {number} {choice.label}")
        numbers = click.IntRange(1, len(ask.choices))
        said[ask.key] = ask.choices[click.prompt("输入序号", type=numbers) - 1].key
    return said


def say_asks(proposal: Proposal, option: str) -> None:
    """What was not answered, and how to answer it without being asked."""
    for ask in proposal.asks:
        keys = listing([f"{choice.key}（{choice.label}）" for choice in ask.choices])
        click.echo(f"  {ask.place} {ask.question}这一行没有带进来")
        click.echo(f"       改法：加上 {option} {ask.key.replace(' ', '-')}=编号；可选：{keys}")


def finish(proposal: Proposal, folder: Path, day: datetime.date, *, yes: bool) -> None:
    """Say how much it is, ask, and write it; ends with a message if nobody agrees."""
    from boards.intake.proposal import carry_out  # noqa: PLC0415 - heavy

    counts = {
        word: sum(entry.action == action for entry in proposal.entries)
        for action, word in _WORDS.items()
    }
    if not proposal.files:
        click.echo("没有可以带进来的新内容，台账没有动。")
        return
    told = "、".join(f"{word} {count} 条" for word, count in counts.items() if count)
    click.echo(f"共{told}；没有带进来的 {len(proposal.left_out) + len(proposal.asks)} 处。")
    if not yes and not click.confirm("写入台账吗？"):
        refuse(KEPT)
    backup = carry_out(proposal, folder, day)
    click.echo(f"写好了。{f'原来的文件备份在 {backup}。' if backup else ''}")
    click.echo("接下来：boards check 再查一遍，boards build 看看页面。")
