"""The command that opens the desk."""

from __future__ import annotations

from pathlib import Path

import click

from boards.cli.common import folder_option, refuse
from boards.errors import why
from boards.leftovers import is_as_good_as_empty


@click.command(
    options_metavar="[选项]", short_help="打开工作台：在浏览器里填台账、审批、做海报、发布"
)
@folder_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="端口号",
    help="端口，默认自动找一个空着的。",
)
@click.option("--no-browser", "quiet", is_flag=True, help="只给出网址，不打开浏览器。")
@click.option(
    "--shortcut",
    is_flag=False,
    flag_value="",
    metavar="[放在哪里]",
    help="放一个“打开支部展板”，以后双击它（Windows）；不写放在哪里，就放在网站文件夹里。",
)
def desk(folder: Path, port: int, quiet: bool, shortcut: str | None) -> None:
    """打开工作台：登记、修改、审批、做海报和发布都在浏览器里点着做，只在本机能打开。

    \b
    例：
      boards desk    浏览器自动打开；用完关掉这个窗口
    """
    if shortcut is not None:
        _put_shortcut(folder, Path(shortcut) if shortcut else folder)
        return
    if not ((folder / "data").is_dir() or is_as_good_as_empty(folder)):
        refuse("这里不是网站文件夹（里面应有 data、content 和 mkdocs.yml）；用 --folder 指给它。")
    from boards.desk.server import run  # noqa: PLC0415 - heavy

    try:
        run(folder, port, _say, browser=not quiet)
    except OSError as error:
        refuse(f"没有打开：端口 {port} 用不了（{why(error)}）；不写 --port 就自动找一个。")


def _say(address: str) -> None:
    click.echo(f"工作台打开了：{address}")
    click.echo("浏览器没有自己打开，就把上面的网址复制过去。用完按 Ctrl+C，或关掉这个窗口。")


def _put_shortcut(folder: Path, where: Path) -> None:
    from boards.desk.shortcut import PathUnsuited, put  # noqa: PLC0415

    try:
        file = put(folder, where)
    except PathUnsuited as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"没有放好：{where} 写不了（{why(error)}）。")
    click.echo(f"放好了 {file}，在 Windows 上双击它打开工作台。")
