"""What the group should know of its fleet and readers should not: who fails, who has gone stale."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from boards.fleet.fleet import Fleet
from boards.output import write_whole

FILE = Path("reports") / "fleet.txt"
"""Beside fleet.yml, and so outside of all that is published."""

LINES_TOLD = 20
"""Lines of what one branch has to mend: with ten problems at hand nobody misses the eleventh."""


@dataclass(frozen=True, slots=True)
class BranchTold:
    """How it stands with one branch after a build."""

    id: str
    name: str
    """What it calls itself; empty as long as nothing of it was ever made."""
    place: str
    """Where it keeps its boards, as fleet.yml has it."""
    failure: str = ""
    """What to mend, in lines."""
    renewed: bool = False
    standing: str = ""
    """The day of the site that stands; empty where there is none."""
    latest: str = ""
    """The last day that its records are of."""
    notices: int = 0
    seconds: float = 0.0

    def is_stale(self, fleet: Fleet, day: datetime.date) -> bool:
        """Whether nothing new has come for longer than fleet.yml allows."""
        return self.days_old(day) > fleet.said.stale_after_days

    def days_old(self, day: datetime.date) -> int:
        """Days since its last record; none are counted where nothing is known."""
        known = datetime.date.fromisoformat(self.latest) if self.latest else day
        return (day - known).days

    @property
    def called(self) -> str:
        """Its name with its id."""
        return f"{self.name}（{self.id}）" if self.name else self.id


def write_report(
    fleet: Fleet, rows: Sequence[BranchTold], leftovers: Sequence[str], day: datetime.date
) -> Path:
    """Write it; returns its path."""
    target = fleet.root / FILE
    write_whole(target, as_text(fleet, rows, leftovers, day).encode("utf-8"))
    return target


def as_text(
    fleet: Fleet, rows: Sequence[BranchTold], leftovers: Sequence[str], day: datetime.date
) -> str:
    """The report as text: what to mend first, then what has gone stale, then all in a line each."""
    lines = [f"{fleet.said.name}：各支部情况（{day}）", "只给集团内部看，不要放到网上。", ""]
    failing = [row for row in rows if row.failure]
    stale = [row for row in rows if row.is_stale(fleet, day)]
    lines.append(
        f"共 {len(rows)} 个支部：更新 {sum(row.renewed for row in rows)} 个，"
        f"要改 {len(failing)} 个，过时 {len(stale)} 个。"
    )
    lines += ["", *_mending(failing)] if failing else []
    if stale:
        lines += ["", f"过时（超过 {fleet.said.stale_after_days} 天没有新内容）："]
        lines += [
            f"  {row.called}：最近的内容是 {row.latest}，{row.days_old(day)} 天前" for row in stale
        ]
    if leftovers:
        lines += ["", "fleet.yml 里已经没有、网站还在的支部，核对以后删掉文件夹："]
        lines += [f"  {name}" for name in leftovers]
    return "\n".join([*lines, "", "逐个支部：", *map(_line, rows), ""])


def _mending(failing: Sequence[BranchTold]) -> Iterator[str]:
    yield "要改（改好以前，门户里还是上一版）："
    for row in failing:
        stands = (
            f"门户里是 {row.standing} 的一版" if row.standing else "还没有能用的网站，门户里没有它"
        )
        yield f"  {row.called}：{stands}"
        yield f"    在 {row.place}"
        lines = row.failure.splitlines()
        yield from (f"    {line}" for line in lines[:LINES_TOLD])
        if (more := len(lines) - LINES_TOLD) > 0:
            yield f"    还有 {more} 行没有列出；在它的文件夹里运行 boards check 看全部"


def _line(row: BranchTold) -> str:
    state = "要改" if row.failure else "更新了" if row.renewed else "没有变"
    notices = f"，{row.notices} 条提醒" if row.notices else ""
    cost = f"，用时 {row.seconds:.1f} 秒" if row.seconds else ""
    return f"  {row.called}：{state}{notices}{cost}"
