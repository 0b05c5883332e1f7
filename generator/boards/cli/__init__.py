"""The commands. What they do lives elsewhere; here is only how it is asked for and said."""

from __future__ import annotations

import importlib

import click

SECTIONS = {
    "不用命令": {"desk": "desk"},
    "改台账": {
        "add": "add",
        "sheets": "sheets",
        "import": "intake",
        "export": "interchange",
        "samples": "samples",
        "check": "check",
        "serve": "site",
        "build": "site",
    },
    "审批和发布": {
        "quarter": "quarter",
        "approve": "approve",
        "publish": "site",
        "rollback": "site",
    },
    "上墙": {"posters": "posters", "poster": "posters", "prints": "prints"},
    "和兄弟单位交流": {"share": "packs", "receive": "packs", "keys": "packs"},
    "整个集团": {"fleet": "fleet"},
    "不常用": {"backup": "backup", "doctor": "doctor", "upgrade": "new", "new": "new"},
}
"""Every command in the order in which a day needs them, and the module it stands in."""

COMMANDS = {name: module for section in SECTIONS.values() for name, module in section.items()}


_NAMED = {"import": "import_"}
"""What a command's function is called where Python keeps its name for itself."""


class _Commands(click.Group):
    """Loads the one command that is asked for: `check` does without what draws posters."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """All commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by name, or None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"boards.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, _NAMED.get(cmd_name, cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section."""
        for title, section in SECTIONS.items():
            found = [(name, self.get_command(ctx, name)) for name in section]
            rows = [(f"boards {name:8}", one.get_short_help_str(60)) for name, one in found if one]
            with formatter.section(title):
                formatter.write_dl(rows)


@click.group(
    cls=_Commands,
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
