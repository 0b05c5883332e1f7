"""What recurs: months with their activities, quarters with their talks, messages."""

from __future__ import annotations

import calendar
import datetime
from random import Random

from boards.records import ZONE_IDS, ActivityType, MessageType
from boards.records.months import QuarterId
from invented import words
from invented.loads import DAY, Load
from invented.people import Person, Row, here

ACTIVITIES = 8
DAILY = 14
"""Days before DAY with a message each; weeks before them have two."""


def quarter_row(load: Load, crowd: tuple[Person, ...], year: int, number: int) -> Row:
    """A quarter, two talks on Fridays after its meeting; the last one is held before New Year."""
    name = f"{year}-Q{number}"
    dice, end = load.dice("quarter", name), QuarterId(year, number).last_day
    met = end + datetime.timedelta(days=dice.randint(1, 6) if number < 4 else -9)
    friday = met + datetime.timedelta(days=(5 - met.isoweekday()) % 7)
    week = datetime.timedelta(days=7 if number < 4 else 0)
    present = here(crowd, end)
    star, first, second = (dice.choice(present) for _ in range(3))
    best = dice.choice(ZONE_IDS)
    return {
        "id": name,
        "meeting": {
            "date": str(met),
            "place": "区队会议室",
            "decided_by": f"到会党员{dice.randint(3, max(3, len(present)))}人举手表决",
        },
        "results": [
            {"zone": zone, "score": str(dice.randint(84, 99)), "summary": words.short(dice) + "。"}
            for zone in ZONE_IDS
        ],
        "star": {"member": star.id, "citation": words.prose(dice, 60, 150)},
        "excellent_zone": {"zone": best, "citation": words.prose(dice, 60, 140)},
        "talks": [
            _talk(dice, friday, star, best),
            _talk(dice, friday + week, first if first != star else second, dice.choice(ZONE_IDS)),
        ],
        "audience": ("intranet", "sister-units")[number % 2],
        "as_of": str(met),
    }


def _talk(dice: Random, day: datetime.date, who: Person, zone: str) -> Row:
    return {
        "date": str(day),
        "member": who.id,
        "zone": zone,
        "title": f"{dice.choice(words.THINGS)}这件事，{dice.choice(words.OUTCOME)}",
        "text": words.paragraphs(dice, dice.randint(1, 3), 80, 220),
    }


def month_row(load: Load, crowd: tuple[Person, ...], year: int, number: int) -> Row:
    """A month's counts, none settled that was not found, and eight activities."""
    name = f"{year}-{number:02}"
    dice = load.dice("month", name)
    present = here(crowd, datetime.date(year, number, 1))
    due, hazards, found = len(present) * 4, dice.randint(20, 60), dice.randint(8, 24)
    ideas, warned, visits = dice.randint(2, 9), dice.randint(0, 3), dice.randint(4, 14)
    fixed = dice.randint(found // 2, found)
    counts: dict[str, Row] = {
        "thought": _counts(
            pairs=4, visits=visits, pairs_closed=dice.randint(0, 1), ideas_raised=ideas,
            ideas_answered=ideas, ideas_closed=dice.randint(0, ideas),
            warnings_raised=warned, warnings_closed=warned,
        ),
        "safety": {
            **_counts(
                reports_due=due, reports_done=dice.randint(due * 9 // 10, due),
                suggestions_due=len(present), suggestions_done=len(present),
                hazards_found=hazards, hazards_closed=dice.randint(hazards - 2, hazards),
                violations=dice.randint(0, 5),
            ),
            "adopted": [words.improvement(dice) for _ in range(dice.randint(0, 3))],
        },
        "quality": _counts(found=found, fixed_on_site=fixed, escalated=found - fixed),
        "production": _counts(
            plans=2, measures=dice.randint(1, 4), services=dice.randint(40, 90),
            long_stops=dice.randint(0, 3),
        ),
    }  # fmt: skip
    days = sorted(dice.sample(range(1, 29), ACTIVITIES))
    activities = [_activity(dice, f"{name}-{day:02}", n, present) for n, day in enumerate(days)]
    end = f"{name}-{calendar.monthrange(year, number)[1]}"
    return {"id": name, **counts, "activities": activities, "as_of": end}


def _counts(**numbers: int) -> Row:
    return {name: str(number) for name, number in numbers.items()}


def _activity(dice: Random, day: str, number: int, present: list[Person]) -> Row:
    kind = list(ActivityType)[number % len(ActivityType)]
    row: Row = {
        "date": day,
        "zone": ZONE_IDS[number % 4],
        "type": str(kind),
        "topic": f"{dice.choice(words.TOPICS)}{dice.choice(('', '', f'：{words.short(dice)}'))}",
        "occasion": dice.choice(("班前会", "群众会", "区队会议室", "培训场地", "井下")),
        "speaker": dice.choice(present).id,
    }
    if kind is ActivityType.COMPETITION:
        winners = dice.sample(present, min(3, len(present)))
        row["winners"] = [person.id for person in winners]
    return row


def message_rows(load: Load) -> list[Row]:
    """Two messages a week, and one a day of late."""
    first, rows = load.first_day, []
    for number in range((DAY - first).days + 1):
        day = first + datetime.timedelta(days=number)
        if day.isoweekday() in (1, 4) or (DAY - day).days < DAILY:
            dice = load.dice("message", day)
            kinds = list(MessageType)
            text = f"{dice.choice(('今天', '这两天', '明早'))}路滑风大，{words.sentence(dice)}"
            row: Row = {"date": str(day), "type": str(kinds[number % len(kinds)]), "text": text}
            rows.append({**row, "as_of": str(day)})
    return rows
