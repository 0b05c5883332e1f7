"""The commands. What they do lives elsewhere; here is only how it is asked for and said."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "check": "check",
    "build": "site",
    "serve": "site",
    "add": "add",
    "sheets": "sheets",
    "quarter": "quarter",
    "approve": "approve",
    "publish": "site",
    "rollback": "site",
    "posters": "posters",
    "poster": "posters",
    "prints": "posters",
    "share": "packs",
    "receive": "packs",
    "keys": "packs",
    "new": "new",
    "upgrade": "new",
}
"""Every command in the order of its use, and the module it stands in."""


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
        command: click.Command = getattr(module, cmd_name)
        return command


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
    常用：
      boards check    检查台账，列出要改的地方
      boards build    生成预览网站（带示例、待审标记），里面有海报中心
      boards add      按提问登记党员、荣誉、案例、季度、月份
      boards quarter  把一个季度的数印成联动会议评议单
      boards approve  登记审核和审批，印审批单
      boards publish  生成发布版（只含已审批的真实内容）
      boards posters  生成全部海报的 PDF
      boards prints   看挂出去的海报哪些该换
      boards share    做给兄弟单位的材料包
      boards receive  收下兄弟单位的材料包
      boards new      给一个支部新建网站
      boards upgrade  把旧的台账升到新格式
      boards sheets   用 Excel 或 WPS 填台账：导出、读回
    """
