"""The command that tells which of the posters that hang should be replaced: prints."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from boards.cli.common import (
    clean_board,
    date_option,
    failures_said,
    folder_option,
    say_json,
    style_option,
    today,
)

if TYPE_CHECKING:
    from boards.posters.register import Hanging


@click.command(options_metavar="[选项]", short_help="看挂出去的海报哪些该换")
@folder_option
@date_option
@style_option
def prints(folder: Path, day: datetime.datetime | None, style: str) -> None:
    """列出登记过、还挂着的海报：哪些要更换，哪些不用。

    \b
    印好挂出去以后，记到 data/prints.yml。
    台账有错误时退出码为 1，否则为 0。
    例：
      boards prints
    """
    from boards.posters.register import review  # noqa: PLC0415 - heavy

    board = clean_board(folder, today(day))
    with failures_said("看不出哪些海报该换。"):
        hanging = review(board, today(day))
    if style == "json":
        say_json([row.as_dict() for row in hanging])
    else:
        _say_hanging(hanging)


def _say_hanging(hanging: list[Hanging]) -> None:
    if not hanging:
        click.echo("没有登记还挂着的海报；印好张挂以后，记到 data/prints.yml。")
        return
    groups = (
        ("要更换", [row for row in hanging if row.to_replace]),
        ("不用换", [row for row in hanging if not row.to_replace]),
    )
    for heading, rows in groups:
        if rows:
            click.echo(f"{heading}：")
        for row in rows:
            click.echo(row.as_text())
    counts = "、".join(f"{heading} {len(rows)} 条" for heading, rows in groups)
    samples = sum(row.row.sample for row in hanging)
    ending = f"，其中示例 {samples} 条" if samples else ""
    click.echo(f"\n共登记 {len(hanging)} 条还挂着的：{counts}{ending}。")
