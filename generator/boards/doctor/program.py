"""The program and the machine: Python, packages, typefaces, console, clock."""

from __future__ import annotations

import datetime
from pathlib import Path

from packaging.requirements import Requirement

from boards.board.load import load
from boards.doctor.finding import Finding, good, notice, problem
from boards.doctor.machine import COMPILED, DISTRIBUTION, OPTIONAL, Machine
from boards.errors import listing
from boards.rules import dates
from boards.typst.fonts import PINNED

OLDEST_PYTHON = (3, 11)
REINSTALL = "重新安装 branch-boards（不上网怎样装见 docs/it.md）"
_UTF8 = 65001
"""The number of UTF-8 among Windows' code pages."""


def python(machine: Machine) -> Finding:
    """Which Python, and where."""
    version = ".".join(map(str, machine.python))
    found = f"{version}，{machine.executable}"
    if machine.python[:2] < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        return problem("Python", found, f"安装 Python {wanted} 或更新的版本，再装一次程序")
    return good("Python", found)


def packages(machine: Machine) -> Finding:
    """Whether this program is installed, and everything it requires in a version that it takes."""
    check = "程序"
    version = machine.installed.get(DISTRIBUTION)
    if version is None:
        found = f"没有安装，是直接从文件夹 {machine.running} 运行的"
        return notice(check, found, "正式使用前按 README 安装")
    wrong = []
    for requirement in map(Requirement, machine.required):
        there = machine.installed.get(requirement.name)
        if there is None:
            wrong.append(f"缺少 {requirement.name}")
        elif not requirement.specifier.contains(there, prereleases=True):
            wrong.append(f"{requirement.name} 是 {there}，要 {requirement.specifier}")
    if wrong:
        return problem(check, f"配套的软件包不对：{listing(wrong)}", REINSTALL)
    said = f"branch-boards {version}，配套的 {len(machine.required)} 个软件包版本都对"
    return good(check, f"{said}，在 {machine.running}")


def wheels(machine: Machine) -> Finding:
    """Whether the machine code of what we build on can be loaded."""
    check = "编译的组件"
    broken = {name: why for name, why in machine.unloadable.items() if name in COMPILED}
    if broken:
        found = "；".join(f"{name} 打不开（{why}）" for name, why in broken.items())
        advice = REINSTALL
        if machine.system == "win32":
            advice += "；提示 DLL 的，先装微软的 VC++ 运行库（vc_redist.x64.exe）"
        return problem(check, found, advice)
    without = [name for name in OPTIONAL if name in machine.unloadable]
    heic = "；没有装 pillow-heif，iPhone 的 HEIC 照片要先转成 JPG" if without else ""
    return good(check, f"{len(COMPILED)} 个都能用{heic}")


def fonts(machine: Machine) -> Finding:
    """Whether the typefaces of posters are those that were proofed."""
    wanted = {Path(name).name: digest for (_, name), digest in PINNED.items()}
    missing = [name for name in wanted if name not in machine.fonts]
    other = [name for name, digest in machine.fonts.items() if digest != wanted[name]]
    if missing or other:
        parts = [f"缺少 {'、'.join(missing)}"] if missing else []
        parts += [f"{'、'.join(other)} 和核对过的不是同一个"] if other else []
        return problem("海报字体", "；".join(parts), REINSTALL)
    said = "、".join(f"{name}（SHA-256 {digest[:8]}…）" for name, digest in wanted.items())
    return good("海报字体", f"{said}，和核对过的一致")


def console(machine: Machine) -> Finding:
    """Whether Chinese reaches the screen."""
    check = "屏幕上的中文"
    if machine.legacy_console and machine.code_page not in (0, _UTF8):
        found = f"设了 PYTHONLEGACYWINDOWSSTDIO，命令行的代码页是 {machine.code_page}，中文会成乱码"
        return notice(check, found, "删掉环境变量 PYTHONLEGACYWINDOWSSTDIO，或先运行 chcp 65001")
    if machine.system == "win32":
        return good(check, "按 Unicode 输出；用 > 存成文件时，是这台电脑的编码，记事本打得开")
    return good(check, "UTF-8")


def clock(machine: Machine, root: Path) -> Finding:
    """Whether the date that builds go by can be today's."""
    check = "日期"
    if machine.today is None:
        found = f"环境变量 SOURCE_DATE_EPOCH“{machine.epoch}”不是秒数"
        return problem(check, found, "改正它，或删掉这个环境变量")
    if machine.epoch:
        found = f"环境变量 SOURCE_DATE_EPOCH 把生成日期固定在 {machine.today}，期限都按那一天算"
        return notice(check, found, "平时使用就删掉这个环境变量")
    board, _ = load(root / "data", root / "content")
    if wrong := dates.clock(board, machine.today):
        return problem(check, wrong.found, wrong.hint)
    newest = max((f.stat().st_mtime for f in (root / "data").glob("*.yml")), default=0.0)
    changed = datetime.datetime.fromtimestamp(newest, datetime.UTC).date()
    if changed > machine.today + datetime.timedelta(days=1):
        found = f"电脑日期是 {machine.today}，可台账 {changed} 还改过"
        return notice(check, found, "核对电脑的日期；审批日期、到期提醒都按它算")
    return good(check, f"{machine.today}，按电脑的日期")
