"""The commands. What they do lives elsewhere; here is only how it is asked for and said."""

from __future__ import annotations

import click

from boards.cli.approve import approve
from boards.cli.doctor import doctor
from boards.cli.new import new, upgrade
from boards.cli.packs import keys, receive, share
from boards.cli.posters import poster, posters, prints
from boards.cli.site import build, check, publish, rollback, serve


@click.group(
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
      boards approve  登记审核和审批，印审批单
      boards publish  生成发布版（只含已审批的真实内容）
      boards posters  生成全部海报的 PDF
      boards prints   看挂出去的海报哪些该换
      boards share    做给兄弟单位的材料包
      boards receive  收下兄弟单位的材料包
      boards new      给一个支部新建网站
      boards upgrade  把旧的台账升到新格式
    """


for command in (
    check, build, approve, publish, rollback, serve,
    posters, poster, prints,
    share, receive, keys,
    new, upgrade, doctor,
):  # fmt: skip
    main.add_command(command)
