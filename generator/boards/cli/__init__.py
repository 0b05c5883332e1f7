"""The commands. What they do lives elsewhere; here is only how it is asked for and said."""

from __future__ import annotations

import click

from boards.cli.approve import approve
from boards.cli.doctor import doctor
from boards.cli.new import new, upgrade
from boards.cli.packs import keys, receive, share
from boards.cli.posters import poster, posters, prints
from boards.cli.site import build, check, publish, rollback, serve

SECTIONS: dict[str, tuple[click.Command, ...]] = {
    "改台账": (check, serve, build),
    "审批和发布": (approve, publish, rollback),
    "上墙": (posters, poster, prints),
    "和兄弟单位交流": (share, receive, keys),
    "不常用": (doctor, upgrade, new),
}
"""Every command, in the order in which a day needs them."""


class _InOrder(click.Group):
    """A group whose help lists the commands by section, not by the alphabet."""

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the sections of commands."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(f"boards {one.name:8}", one.get_short_help_str(60)) for one in commands]
                )


@click.group(
    cls=_InOrder,
    options_metavar="[选项]",
    subcommand_metavar="命令",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    package_name="branch-boards", prog_name="boards", message="%(prog)s %(version)s"
)
def main() -> None:
    """支部展板：把台账变成四大责任区展示网站、海报和材料包。

    \b
    在网站文件夹（里面有 data、content 和 mkdocs.yml）里打开命令行，再输入命令。
    改完台账：boards check 没有错误，boards build 看预览；审批以后 boards publish。
    每条命令怎么用：命令后面加 --help，例如 boards publish --help
    """


for section in SECTIONS.values():
    for command in section:
        main.add_command(command)
