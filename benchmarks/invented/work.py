"""What the branch has done: cases with photos, outcomes, practices, groups, write-ups, prints."""

from __future__ import annotations

import datetime
from random import Random

from boards.records import ZONE_IDS
from boards.words.pinyin import spelled_out
from invented import words
from invented.loads import DAY, Load
from invented.people import GROUPS, ROLES, Person, Row, here

CASES = 6
PHOTOS = 2
"""Of a case."""
RESULTS = ("职工出勤率", "隐患闭合率", "设备完好率", "标准化验收", "互查整改率", "职工诉求办结率")


def face_rows(load: Load) -> list[Row]:
    """A coal face for every year, half of them with a Roman numeral in their names."""
    return [{"id": _face(year), "name": _face_name(year)} for year in load.calendar]


def _face(year: int) -> str:
    return f"face-{year}"


def _face_name(year: int) -> str:
    return f"{'ⅡⅢ'[year // 2 % 2]}{year % 100 + 800}" if year % 2 else f"8{year % 100:02}6"


def case_rows(load: Load, crowd: tuple[Person, ...], year: int) -> list[Row]:
    """Six cases of a year, every second one open to sister units."""
    return [_case(load, crowd, year, number) for number in range(CASES)]


def _case(load: Load, crowd: tuple[Person, ...], year: int, number: int) -> Row:
    dice = load.dice("case", year, number)
    subject = words.improvement(dice)
    key = f"{year}-{number + 1}-{spelled_out(subject, 30)}"
    who = [person.id for person in dice.sample(here(crowd, datetime.date(year, 6, 1)), 2)]
    label, day = dice.choice(words.PLACES), f"{year}-{number * 2 + 1:02}"
    return {
        "id": key,
        "title": f"{_face_name(year)}工作面{subject}",
        "type": ("case", "innovation")[number % 2],
        "zone": ZONE_IDS[dice.randrange(4)],
        "face": _face(year),
        "headline": dice.choice(words.FELT)[:-1],
        "summary": words.prose(dice, 40, 100),
        "background": words.prose(dice, 60, 160),
        "challenge": words.prose(dice, 40, 120),
        "measures": [
            {"title": title.split("、")[0], "text": words.prose(dice, 30, 90)}
            for title in dice.sample(words.DONE, dice.randint(2, 4))
        ],
        "results": words.prose(dice, 40, 120),
        "lessons": [said[:-1] for said in dice.sample(words.FELT, dice.randint(1, 3))],
        "people": who,
        "people_note": dice.choice(words.WHO),
        "groups": [dice.choice(GROUPS)],
        "facts": [
            {"label": "地点", "value": label},
            {"label": "工作面", "value": _face_name(year)},
            {"label": "办法", "value": subject},
        ],
        "figures": [
            _figure(dice, key, n, label, who[n:]) for n in range(PHOTOS if load.photos else 0)
        ],
        "audience": ("intranet", "sister-units", "intranet", "public")[number % 4],
        "as_of": day,
    }


def _figure(dice: Random, key: str, number: int, place: str, people: list[str]) -> Row:
    return {
        "file": f"media/cases/{key}-{number + 1}.jpg",
        "alt": f"{place}的现场",
        "caption": words.short(dice),
        "credit": "支部宣传委员",
        "people": people or ["nobody"],
    }


def write_up(load: Load, case: Row) -> tuple[Row, str]:
    """An article about a case, and its text."""
    dice = load.dice("write-up", case["id"])
    row: Row = {
        "id": f"write-up-{case['id']}"[:60].rstrip("-"),
        "title": f"{case['title']}是怎么来的",
        "type": "write-up",
        "case": case["id"],
        "summary": words.prose(dice, 20, 50),
        "audience": case["audience"],
        "as_of": case["as_of"],
    }
    heads = ("问题是谁发现的", "为什么这样改", "别的地方能不能用")
    return row, "\n\n".join(f"## {head}\n\n{words.paragraphs(dice, 2, 80, 200)}" for head in heads)


def about() -> tuple[Row, str]:
    """The page about the brand, and its text."""
    row: Row = {
        "id": "about",
        "title": "关于我们的品牌",
        "type": "about",
        "summary": "这个支部是为试验编出来的，没有一件事是真的。",
        "audience": "public",
        "as_of": f"{DAY.year}-12",
    }
    return row, "## 我们是谁\n\n模拟综采队党支部只在试验里有，用来看记录多了以后程序还快不快。"


def outcome_rows(load: Load) -> list[Row]:
    """Six results that hold now, and two of every year before."""
    rows: list[Row] = []
    for year in load.calendar:
        now = year == DAY.year
        for number, name in enumerate(RESULTS if now else RESULTS[:2]):
            dice = load.dice("outcome", year, number)
            row: Row = {"id": f"outcome-{year}-{number + 1}", "name": name}
            row["zone"] = ZONE_IDS[number % 4]
            if number % 3 == 2:
                row["statement"] = dice.choice(("每月一次通过", "高于考核指标", "全年保持优良"))
            else:
                value = {"comparator": dice.choice((">", ">=")), "value": str(dice.randint(92, 99))}
                row |= {**value, "unit": "%"}
            period = f"{year}年度"
            rows.append({**row, "period": period, "audience": "public", "as_of": f"{year}-12"})
    return rows


def practice_rows(load: Load) -> list[Row]:
    """A practice for each of the twelve roles."""
    rows: list[Row] = []
    for zone, roles in ROLES.items():
        for role in roles:
            dice = load.dice("practice", zone, role)
            rows.append(
                {
                    "id": f"practice-{role}",
                    "zone": zone,
                    "role": role,
                    "name": dice.choice(words.TOPICS),
                    "text": words.prose(dice, 30, 70),
                    "cadence": dice.choice(("每班", "每周", "每月初")),
                    "steps": ["班前看条件", "班中看过程", "班后看结果"]
                    if dice.random() < 0.4
                    else [],
                    "audience": "sister-units",
                    "as_of": f"{DAY.year}-12",
                }
            )
    return rows


def group_rows(load: Load) -> list[Row]:
    """The standing groups: five of production and one of quality."""
    names = ("生产组织组", "生产技术组", "机电保障组", "生产准备组", "生产管理组", "质量包保小组")
    rows: list[Row] = []
    for key, name in zip(GROUPS, names, strict=True):
        dice = load.dice("group", key)
        rows.append(
            {
                "id": key,
                "zone": "quality" if key == "quality-team" else "production",
                "name": name,
                "make_up": "区队干部、班长和技术骨干",
                "duties": [words.short(dice) for _ in range(2)],
                "rhythm": "每月碰头一次",
                "audience": "public",
                "as_of": f"{DAY.year}-12",
            }
        )
    return rows


def print_rows(load: Load, year: int) -> list[Row]:
    """Stars and zones of a year's quarters, hung up and, but for the last year, taken down."""
    rows: list[Row] = []
    for number in range(1, 5):
        for kind in ("star", "excellent-zone"):
            dice = load.dice("print", year, number, kind)
            row: Row = {
                "poster": f"{kind}-{year}-Q{number}",
                "size": "A2",
                "profile": "office",
                "version": f"{dice.randrange(16**8):08X}",
                "printed_on": f"{year}-{number * 3:02}-28",
                "place": dice.choice(("井口等候室", "区队会议室", "工业广场宣传栏")),
            }
            if year < DAY.year:
                row["taken_down"] = f"{year + 1}-{number * 3:02}-28"
            rows.append(row)
    return rows
