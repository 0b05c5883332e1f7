"""The command for when something does not work: doctor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from boards.cli.common import folder_option, say_json, style_option


@click.command(options_metavar="[选项]", short_help="哪里不对劲，先做个体检")
@folder_option
@style_option
def doctor(folder: Path, style: str) -> None:
    """体检：程序、字体、文件夹、台账好不好，每项一行，写明下一步；不改任何东西，不上网。

    \b
    有会让生成停下的问题，退出码为 1；只有“注意”时为 0。
    例：
      boards doctor
    """
    from boards.doctor import State, examine, stops_a_build, this_machine  # noqa: PLC0415 - heavy

    findings = examine(folder, this_machine())
    if style == "json":
        say_json([finding.as_dict() for finding in findings])
    else:
        for finding in findings:
            click.echo(finding.as_text())
        counts = (f"{s.label} {sum(f.state is s for f in findings)} 项" for s in State)
        click.echo(f"\n共检查 {len(findings)} 项：{'、'.join(counts)}。")
    sys.exit(1 if stops_a_build(findings) else 0)
