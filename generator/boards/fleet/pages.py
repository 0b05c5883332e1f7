"""The portal's pages, made of what branches' sites tell of themselves, and of nothing else."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence

from boards.drawings import SKYLINE
from boards.fleet.fleet import Branch, Fleet
from boards.fleet.installed import Installed
from boards.fleet.lists import (
    Told,
    cases_of,
    first_sentence,
    honours_of,
    newest_of_each,
    packs_of,
)
from boards.fleet.views import (
    Frame,
    FrontView,
    HonoursView,
    Mine,
    MinesView,
    PortalPage,
    Star,
    StarsView,
    Unit,
    UnitRow,
    paged,
)
from boards.records.brand import ZONES
from boards.records.months import QuarterId
from boards.site.projection import QuarterTold
from boards.words.common import ZoneBadge, day
from boards.words.pinyin import free_id

STARS_SHOWN = 6
PACKS_SHOWN = 6
BRANCHES_LISTED = 150
"""Branches that the front page lists; in larger groups it lists the mines alone."""
STARS_A_PAGE = 60
PARTS = (
    ("首页", "index.html"),
    ("各矿支部", "mines/index.html"),
    ("季度之星", "stars/index.html"),
    ("光荣榜", "honours/index.html"),
    ("典型案例", "cases/index.html"),
    ("经验材料", "write-ups/index.html"),
)

Sites = Sequence[tuple[Branch, Installed]]


def frame_of(fleet: Fleet, today: datetime.date) -> Frame:
    """What stands around every page."""
    return Frame(fleet.said.name, fleet.said.group, day(today), PARTS)


def pages_of(fleet: Fleet, sites: Sites, today: datetime.date) -> list[PortalPage]:
    """Every page of the portal."""
    told = sorted(
        (_told(branch, site) for branch, site in sites), key=lambda one: one.told.unit.mine
    )
    quarter = _quarter(told, today)
    stars = [star for one in told if (star := _star(one, quarter))]
    mines = _mines(told, stars)
    table, honours = honours_of(told)
    cases, case_lists = cases_of(fleet.keywords, told)
    packs, pack_lists = packs_of(told)
    title = f"{quarter.year}年第{'一二三四'[quarter.number - 1]}季度" if stars else ""
    front = FrontView(
        group=fleet.said.group,
        name=fleet.said.name,
        lead=f"{len(mines)} 个矿，{len(told)} 个支部",
        skyline=SKYLINE.url,
        quarter=title,
        stars=tuple(stars[:STARS_SHOWN]),
        more_stars=max(0, len(stars) - STARS_SHOWN),
        mines=mines,
        honours=table,
        cases=cases,
        packs=tuple(newest_of_each(packs)[:PACKS_SHOWN]),
        more_packs=max(0, len(packs) - PACKS_SHOWN),
    )
    name = fleet.said.name
    return [
        PortalPage("index.html", name, f"{name}：{front.lead}", "front", front),
        *_mine_pages(mines),
        *_star_pages(stars, title),
        PortalPage("honours/index.html", "光荣榜", "按级别和年度看", "honours", HonoursView(table)),
        *honours,
        PortalPage("cases/index.html", "典型案例", "按责任区和词语看", "cases", cases),
        *case_lists,
        *pack_lists,
    ]


def _told(branch: Branch, site: Installed) -> Told:
    at, unit = f"../branches/{branch.id}/", site.told.unit
    return Told(at, site.told, Unit(unit.name, unit.mine, f"{at}index.html"))


def _quarter(told: Sequence[Told], today: datetime.date) -> QuarterId:
    """The quarter that is shown: the last whole one, or the newest that anybody has before it."""
    last = QuarterId.around(today).shifted(-1)
    there = {QuarterId.of(quarter.id) for one in told for quarter in one.told.quarters}
    return max((quarter for quarter in there if quarter <= last), default=last)


def _star(one: Told, wanted: QuarterId) -> Star | None:
    for quarter in one.told.quarters:
        if quarter.id == str(wanted):
            return Star(
                name=quarter.star,
                url=one.at + quarter.star_page,
                job=quarter.job,
                citation=first_sentence(quarter.citation),
                unit=one.unit,
                zone=_won(one, quarter),
            )
    return None


def _won(one: Told, quarter: QuarterTold) -> ZoneBadge:
    fixed = ZONES[quarter.zone]
    return ZoneBadge(
        id=fixed.id,
        name=quarter.zone_name,
        short=fixed.short,
        character=fixed.character,
        tag="",
        mark=fixed.mark,
        url=one.at + quarter.zone_page,
    )


def _mines(told: Sequence[Told], stars: Sequence[Star]) -> tuple[Mine, ...]:
    by_unit = {star.unit.url: star for star in stars}
    grouped: dict[str, list[UnitRow]] = defaultdict(list)
    for one in told:
        row = UnitRow(
            unit=one.unit,
            brand=one.told.unit.brand,
            star=by_unit.get(one.unit.url),
            cases=len(one.told.cases),
            honours=len(one.told.honours),
        )
        grouped[one.unit.mine].append(row)
    listed = len(told) <= BRANCHES_LISTED
    taken = ["index"]
    made = []
    for name, rows in grouped.items():
        taken.append(free_id(name, taken) or f"mine-{len(taken)}")
        made.append(Mine(name, f"mines/{taken[-1]}.html", tuple(rows), listed))
    return tuple(made)


def _mine_pages(mines: tuple[Mine, ...]) -> Iterator[PortalPage]:
    view = MinesView(f"{len(mines)} 个矿", mines)
    yield PortalPage("mines/index.html", "各矿支部", "每个支部有自己的展板", "mines", view)
    for mine in mines:
        about = f"{len(mine.rows)} 个支部"
        yield PortalPage(mine.url, mine.name, about, "mine", MinesView(about, (mine,)))


def _star_pages(stars: Sequence[Star], title: str) -> Iterator[PortalPage]:
    kicker = f"{title}，{len(stars)} 个支部评出" if stars else "各支部评出以后在这里展示"
    for url, part, pager in paged("stars/", "index", stars, STARS_A_PAGE):
        shown = tuple(star for star in part if isinstance(star, Star))
        view = StarsView(kicker, shown, pager)
        yield PortalPage(url, "党员之星和优质责任区", kicker, "stars", view)
