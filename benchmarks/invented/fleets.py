"""Groups that never were: branches of several mines, each with names and lots of its own."""

from __future__ import annotations

from pathlib import Path

from boards.words.pinyin import free_id
from invented.loads import Load
from invented.site import write_branch

MINES = (
    "示范一矿", "示范二矿", "东风矿", "红旗矿", "前进矿", "胜利矿", "团结矿", "光明矿", "新桥矿",
    "青山矿", "石门矿", "龙泉矿",
)  # fmt: skip
UNITS = ("综采一区", "综采二区", "掘进一区", "掘进二区", "机电区", "运输区", "通风区", "准备区")
BRANDS = ("四面红旗", "先锋采区", "匠心机电", "红色引擎", "党旗在一线", "金色矿灯")
GROUP = "示范集团"


def names_of(number: int, group: str = GROUP) -> dict[str, str]:
    """What the branch with a number is called: eight of them to a mine."""
    mine, unit = divmod(number, len(UNITS))
    called = MINES[mine] if mine < len(MINES) else f"示范{mine + 1}矿"
    return {
        "name": f"{UNITS[unit]}党支部",
        "unit": UNITS[unit],
        "mine": called,
        "group": group,
        "brand": BRANDS[number % len(BRANDS)],
        "id": f"{free_id(called, ())}-{free_id(UNITS[unit], ())}",
    }


def write_fleet(folder: Path, count: int, load: Load) -> Path:
    """Make `count` branches and the fleet.yml that lists them; returns that file."""
    (folder / "branches").mkdir(parents=True, exist_ok=True)
    rows = [f"name: {GROUP}党支部展板", f"group: {GROUP}", "branches:"]
    for number in range(count):
        names = names_of(number)
        own = Load(load.members, load.years, number, load.photos)
        write_branch(folder / "branches" / names["id"], own, names)
        rows += [f"  - id: {names['id']}", f"    folder: branches/{names['id']}"]
    file = folder / "fleet.yml"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    return file
