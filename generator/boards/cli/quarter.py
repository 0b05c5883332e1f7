"""The command that prepares the quarterly linkage meeting: quarter."""

from __future__ import annotations

import re
from pathlib import Path

import click

from boards.board.folder import FOLDERS
from boards.cli.common import clean_board, failures_said, folder_option, refuse
from boards.clock import build_date
from boards.words.scoreboard import scoreboard


@click.command(options_metavar="[选项]", short_help="把一个季度的数印成联动会议评议单")
@click.argument("name", metavar="季度")
@folder_option
def quarter(name: str, folder: Path) -> None:
    """把一个季度三个月的数印成联动会议评议单（A4）：四区得分、推荐和评定栏。

    \b
    会前印出来带到会上：
      boards quarter 2019-Q3
    会上评定以后登记：
      boards add quarter 2019-Q3
    推荐哪个区，只按数算；评哪个区、评谁，由会议定，这个命令不改台账。
    """
    from boards.amend.adding.drafts import period_id  # noqa: PLC0415 - heavy
    from boards.papers.meeting import draft  # noqa: PLC0415
    from boards.papers.views.meeting import meeting_sheet  # noqa: PLC0415

    pattern, wanted = FOLDERS["quarters"]
    name = period_id("quarters", name)
    if not re.fullmatch(pattern, name):
        refuse(f"季度“{name}”认不出来；写成{wanted}。")
    today = build_date()
    board = clean_board(folder, today)
    gathered = scoreboard(board, name)
    sheet = meeting_sheet(board, gathered, today)
    for notice in sheet.notices:
        click.echo(notice)
    for row in sheet.scores:
        click.echo(f"{row.zone}　得分 {row.score}　权重 {row.weight}　折算分 {row.weighted}")
    click.echo(sheet.proposal)
    with failures_said("评议单没有生成。"):
        file = draft(board, folder, gathered, today)
    click.echo(f"生成了 {file}，打印出来带到会上评定、签字。")
    click.echo(f"会后登记：boards add quarter {name}")
