"""The command that copies what nobody could make again: backup."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from boards.backup import BackupFault, back_up
from boards.cli.common import date_option, folder_option, refuse, today
from boards.errors import why


@click.command(options_metavar="[选项]", short_help="把台账、照片和文章拷一份到别处")
@click.argument("where", metavar="放在哪里", type=click.Path(path_type=Path))
@folder_option
@date_option
def backup(where: Path, folder: Path, day: datetime.datetime | None) -> None:
    r"""备份：把台账、照片、文章、历史和审批单装成一个 zip，放到 U 盘或共享文件夹，再读一遍核对。

    \b
    keys 文件夹里的私钥不在里面，另外放。里面有只留支部的内容，不要外传。
    例：
      boards backup E:\
    """
    try:
        made = back_up(folder, where, today(day))
    except BackupFault as error:
        refuse(f"没有备份：{error}。")
    except OSError as error:
        refuse(f"没有备份：{error.filename or where} 读写不了（{why(error)}）。")
    click.echo(f"备份了 {made.count} 个文件，读过一遍，都对：{made.file}")
    click.echo("keys 文件夹不在里面，另外放在只有您拿得到的地方。")
