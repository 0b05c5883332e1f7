"""The command that gives all records out in open formats: export."""

from __future__ import annotations

from pathlib import Path

import click

from boards.cli.common import failures_said, folder_option, refuse
from boards.errors import BoardError, errors_in


@click.command(options_metavar="[选项]", short_help="把全部台账导出成 JSON 和 CSV，别的程序也能读")
@click.argument("target", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="文件夹里已经有导出的，也换成新的。")
@folder_option
def export(target: Path, replace: bool, folder: Path) -> None:
    """把全部台账导出到一个文件夹：一个 JSON、它的说明（schema），每类一个 CSV。

    带回来用 boards import records；照片在 data/media，要一起拷走。

    例：boards export 全部台账
    """
    from boards.board.board import MODELS  # noqa: PLC0415 - heavy
    from boards.board.load import load  # noqa: PLC0415 - heavy
    from boards.interchange.csv_files import csv_files  # noqa: PLC0415
    from boards.interchange.document import (  # noqa: PLC0415
        DATA,
        SCHEMA,
        as_json,
        exported,
        schema,
    )
    from boards.output import write_whole  # noqa: PLC0415

    if target.exists() and not target.is_dir():
        refuse(f"{target} 是文件，不是文件夹；换一个名字。")
    if (target / DATA).exists() and not replace:
        refuse(f"{target} 里已经有导出的了；要换成新的就加 --replace。")
    with failures_said("没有导出。"):
        board, problems = load(folder / "data", folder / "content")
        if errors := errors_in(problems):
            raise BoardError(errors)
        made = {DATA: as_json({"$schema": SCHEMA, **exported(board)}), SCHEMA: as_json(schema())}
        made |= csv_files(board)
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*.csv") if replace else ():
            if old.stem in MODELS and old.name not in made:
                old.unlink()
        for name, content in made.items():
            write_whole(target / name, content)
    click.echo(
        f"导出到 {target}（内部使用，不要外传）：{DATA}、{SCHEMA} 和 {len(made) - 2} 个 CSV。"
    )
