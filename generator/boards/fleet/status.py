"""How it stands with each branch, without building any: failing, stale, behind, unlike the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boards.board.board import Board
from boards.board.load import load
from boards.board.version import VERSION, VERSION_FILE, version_of
from boards.check import check_folders
from boards.errors import errors_in
from boards.fleet.fleet import Branch, Fleet
from boards.fleet.installed import standing
from boards.fleet.report import BranchTold
from boards.records.schema import describe, leaves
from boards.yaml.source import read_yaml

WIDE = 5
"""Differences from the template beyond which a branch is told of: a few have good reasons."""
ALIKE = ("brand_short", "motto", "linkage", "terms", "look", "weights")
"""What of a branch its group's template says: not its name, unit, mine or what it has done."""
_OF_ZONES = ("name", "tag", "mark")


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a branch at a glance."""

    branch: Branch
    lines: tuple[str, ...]
    """What is to be told of it; nothing where all is well."""


def status_of(fleet: Fleet, day: datetime.date) -> list[Status]:
    """How it stands with every branch."""
    template = _template(fleet)
    return [
        Status(branch, tuple(_lines(fleet, branch, template, day)))
        for branch in fleet.said.branches
    ]


def _template(fleet: Fleet) -> dict[str, str]:
    """What the group's template says, by field; empty without one."""
    if not fleet.said.template:
        return {}
    root = fleet.root / fleet.said.template
    return brand_of(load(root / "data", root / "content")[0])


def _lines(
    fleet: Fleet, branch: Branch, template: dict[str, str], day: datetime.date
) -> Iterator[str]:
    site = standing(fleet.site(branch), fleet.said.circle)
    if site is None:
        yield "还没有能用的网站；运行 boards fleet build，照 reports/fleet.txt 改"
    else:
        told = BranchTold(branch.id, "", branch.place, latest=site.told.latest)
        if told.is_stale(fleet, day):
            yield f"过时：最近的内容是 {told.latest}，{told.days_old(day)} 天前"
    folder = fleet.place(branch)
    if branch.release:
        if standing(folder, fleet.said.circle) is None:
            yield "成品不能用；运行 boards fleet build 看原因"
        return
    if not (folder / "data").is_dir():
        yield f"找不到 {folder} 里的 data 文件夹"
        return
    version = version_of(read_yaml(folder / "data" / VERSION_FILE, VERSION_FILE))
    if version is not None and version < VERSION:
        yield f"旧格式：台账是版本 {version}，现在是 {VERSION}；运行 boards fleet upgrade"
    board, problems = check_folders(folder / "data", folder / "content", day)
    if errors := errors_in(problems):
        first = errors[0]
        yield f"要改：{len(errors)} 个错误，先看 {first.place} {first.found}"
    elif template and len(found := differences(template, brand_of(board))) > WIDE:
        yield f"和集团模板有 {len(found)} 处不同：{'、'.join(found[:WIDE])} 等"


def brand_of(board: Board) -> dict[str, str]:
    """What a branch says of what its group may want to be alike everywhere, by field."""
    said = {}
    for row in board.branches.values():
        for leaf in leaves(row):
            if leaf.path[0] in ALIKE:
                said[describe(type(row), leaf.path)] = str(leaf.value)
    for zone in board.zones.values():
        for name in _OF_ZONES:
            said[f"{zone.id} 的 {describe(type(zone), (name,))}"] = str(getattr(zone, name) or "")
        for number, role in enumerate(zone.roles, 1):
            said[f"{zone.id} 的第 {number} 个岗位"] = role.name
    return said


def differences(template: dict[str, str], own: dict[str, str]) -> list[str]:
    """The fields that differ, by what people call them."""
    names = dict.fromkeys([*template, *own])
    return [name for name in names if template.get(name, "") != own.get(name, "")]


def is_branch(folder: Path) -> bool:
    """Whether a folder looks like a branch's site."""
    return (folder / "data" / VERSION_FILE).is_file()
