"""Members who come and go, and what depends on who is there: areas, crews, honours."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from boards.amend import Value
from boards.records import ZONE_IDS
from boards.words.pinyin import spelled_out
from invented import words
from invented.loads import DAY, Load

Row = dict[str, Value]
ROLES = {
    "thought": ("speaker", "carer", "guardian"),
    "safety": ("inspector", "manager", "instructor"),
    "quality": ("designer", "leader", "gatekeeper"),
    "production": ("organiser", "supporter", "executor"),
}
GROUPS = ("organisation", "technology", "mechanics", "preparation", "management", "quality-team")


@dataclass(frozen=True, slots=True)
class Person:
    """A member from the day of joining to the day of leaving, if that has come."""

    id: str
    name: str
    joined: datetime.date
    left: datetime.date | None

    def is_here(self, day: datetime.date) -> bool:
        """Whether the person is a member of this branch on a day."""
        return self.joined <= day and (self.left is None or day < self.left)


def people(load: Load) -> tuple[Person, ...]:
    """Everybody there ever was: as many as the load says, a few of whom change every year."""
    stays = [(number, load.first_day) for number in range(load.members)]
    ends: dict[int, datetime.date] = {}
    for year in load.calendar[1:]:
        dice = load.dice("change", year)
        day = datetime.date(year, dice.randint(2, 10), dice.randint(1, 28))
        for _ in range(max(1, load.members // 12)):
            leaving = dice.choice([number for number, _ in stays if number not in ends])
            ends[leaving] = day
            stays.append((len(stays), day))
    names = _names(load, len(stays))
    return tuple(
        Person(_id(name, number), name, joined, ends.get(number))
        for (number, joined), name in zip(stays, names, strict=True)
    )


def _names(load: Load, count: int) -> list[str]:
    """So many different names, of two to four characters and with dots in them."""
    dice = load.dice("names")
    found: dict[str, None] = {}
    while len(found) < count:
        lot = dice.random()
        if lot < 0.04:
            name = dice.choice(words.DOTTED)
        elif lot < 0.12:
            name = dice.choice(words.DOUBLE_SURNAMES) + _given(dice)
        else:
            name = dice.choice(words.SURNAMES) + _given(dice)
        found[name] = None
    return list(found)


def _given(dice: Random) -> str:
    return "".join(dice.choice(words.GIVEN) for _ in range(dice.choice((1, 2, 2))))


def _id(name: str, number: int) -> str:
    return f"{spelled_out(name, 30)}-{number + 1}"


def here(crowd: tuple[Person, ...], day: datetime.date) -> list[Person]:
    """Who is a member on a day."""
    return [person for person in crowd if person.is_here(day)]


def member_rows(load: Load, crowd: tuple[Person, ...]) -> list[Row]:
    """The members, each with a photo; one in twenty has not agreed to its being shown."""
    return [_member(load, person, number) for number, person in enumerate(crowd)]


def _member(load: Load, person: Person, number: int) -> Row:
    dice = load.dice("member", person.id)
    zone = ZONE_IDS[number % 4]
    second = ZONE_IDS[dice.randrange(4)]
    posts = {zone: dice.choice(ROLES[zone]), second: dice.choice(ROLES[second])}
    new = person.joined.year == DAY.year and load.years > 1
    row: Row = {
        "id": person.id,
        "name": person.name,
        "standing": "probationary" if new else "member",
        "job": dice.choice(words.JOBS),
        "posts": [{"zone": zone, "role": role} for zone, role in posts.items()],
        "groups": [GROUPS[number % len(GROUPS)]],
        "pledge": dice.choice(words.PLEDGES),
    }
    if load.photos:
        row["photo"] = {"file": photo_of(person), "alt": f"{person.name}在岗位上"}
    if number % 20 != 19:
        agreed = {"site": "true", "print": "true", "share": str(number % 5 != 4).lower()}
        row["consent"] = {**agreed, "date": str(person.joined)}
    if person.left:
        row["left_on"] = str(person.left)
    return {**row, "audience": "public", "as_of": str(person.joined)}


def photo_of(person: Person) -> str:
    """Where a member's photo stands, below data/."""
    return f"media/people/{person.id}.jpg"


def area_rows(load: Load, crowd: tuple[Person, ...]) -> list[Row]:
    """Areas with a plate each, two members to an area."""
    present = here(crowd, DAY)
    rows: list[Row] = []
    for number in range(max(4, len(present) // 3)):
        dice = load.dice("area", number)
        place = words.PLACES[number % len(words.PLACES)]
        members = {present[(2 * number + one) % len(present)].id: None for one in (0, 1)}
        rows.append(
            {
                "id": f"area-{number + 1}",
                "zone": ZONE_IDS[number % 4],
                "name": f"{number // len(words.PLACES) + 1}号{place}",
                "scope": f"{place}至{dice.choice(words.PLACES)}，{dice.randint(8, 60)}架支架",
                "members": list(members),
                "duties": [words.short(dice) for _ in range(dice.randint(2, 4))],
                "pledge": [dice.choice(words.PLEDGES) for _ in range(dice.randint(0, 2))],
                "valid_from": f"{DAY.year}-01-01",
                "as_of": f"{DAY.year}-01",
            }
        )
    return rows


def crew_rows(load: Load, crowd: tuple[Person, ...]) -> list[Row]:
    """Crews whose workers are each looked after by one of the members, none left out."""
    present = here(crowd, DAY)
    count = max(1, len(present) // 5)
    rows: list[Row] = []
    for number in range(count):
        dice = load.dice("crew", number)
        heads = {person.id: dice.randint(3, 9) for person in present[number::count]}
        rows.append(
            {
                "id": f"crew-{number + 1}",
                "name": f"{('采煤', '检修', '准备', '运输')[number % 4]}{number // 4 + 1}班",
                "strength": str(sum(heads.values())),
                "takers": [{"member": key, "heads": str(n)} for key, n in heads.items()],
                "as_of": f"{DAY.year}-12",
            }
        )
    return rows


def honour_rows(load: Load, crowd: tuple[Person, ...], year: int) -> list[Row]:
    """Eight honours of a year: two of the branch, six of members."""
    dice = load.dice("honours", year)
    present = here(crowd, datetime.date(year, 12, 31))
    titles = dice.sample(words.HONOURS, 2) + dice.sample(words.PERSONAL, 6)
    return [
        {
            "id": f"honour-{year}-{number + 1}",
            "title": title if number else f"{year}年度{title}",
            "holder": "branch" if number < 2 else dice.choice(present).id,
            "level": dice.choice(("group", "mine", "mine", "team", "city")),
            "year": str(year),
            "audience": "public",
        }
        for number, title in enumerate(titles)
    ]
