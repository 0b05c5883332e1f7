"""The portal's pages, made of what branches' sites tell of themselves, and of nothing else."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boards.drawings import SKYLINE
from boards.fleet.fleet import Branch, Fleet
from boards.fleet.installed import Installed
from boards.fleet.views import (
    CasesView,
    Chip,
    Download,
    Frame,
    FrontView,
    HonourLine,
    HonoursView,
    HonourTable,
    ListView,
    Mine,
    MinesView,
    PortalPage,
    Row,
    Star,
    StarsView,
    Unit,
    UnitRow,
    paged,
)
from boards.records import ZONE_IDS, Level
from boards.records.brand import ZONES
from boards.records.months import QuarterId
from boards.site.projection import CaseTold, HonourTold, PackTold, Projection, QuarterTold
from boards.words.common import ZoneBadge, day
from boards.words.pinyin import free_id

STARS_SHOWN = 6
PACKS_SHOWN = 6
BRANCHES_LISTED = 150
"""Branches that the front page lists; in larger groups it lists the mines alone."""
YEARS_SHOWN = 6
"""Columns of the table of honours; earlier years share one."""
STARS_A_PAGE = 60
PARTS = (
    ("首页", "index.html"),
    ("各矿支部", "mines/index.html"),
    ("季度之星", "stars/index.html"),
    ("光荣榜", "honours/index.html"),
    ("典型案例", "cases/index.html"),
    ("经验材料", "write-ups/index.html"),
)
_SENTENCE = re.compile(r"^.{6,}?[。！？；]")

Sites = Sequence[tuple[Branch, Installed]]


@dataclass(frozen=True, slots=True)
class _Told:
    """A branch's projection with its place below the portal."""

    at: str
    told: Projection
    unit: Unit


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
    table, honours = _honours(told)
    cases, case_lists = _cases(fleet, told)
    packs, pack_lists = _packs(told)
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
        packs=tuple(_newest(packs)[:PACKS_SHOWN]),
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


def _told(branch: Branch, site: Installed) -> _Told:
    at, unit = f"../branches/{branch.id}/", site.told.unit
    return _Told(at, site.told, Unit(unit.name, unit.mine, f"{at}index.html"))


def _quarter(told: Sequence[_Told], today: datetime.date) -> QuarterId:
    """The quarter that is shown: the last whole one, or the newest that anybody has before it."""
    last = QuarterId.around(today).shifted(-1)
    there = {QuarterId.of(quarter.id) for one in told for quarter in one.told.quarters}
    return max((quarter for quarter in there if quarter <= last), default=last)


def _star(one: _Told, wanted: QuarterId) -> Star | None:
    for quarter in one.told.quarters:
        if quarter.id == str(wanted):
            return Star(
                name=quarter.star,
                url=one.at + quarter.star_page,
                job=quarter.job,
                citation=_first_sentence(quarter.citation),
                unit=one.unit,
                zone=_won(one, quarter),
            )
    return None


def _first_sentence(text: str) -> str:
    found = _SENTENCE.match(text)
    return found[0] if found else text


def _won(one: _Told, quarter: QuarterTold) -> ZoneBadge:
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


def _badge(zone: str) -> ZoneBadge:
    fixed = ZONES[zone]
    url = f"cases/zone-{zone}.html"
    return ZoneBadge(zone, fixed.name, fixed.short, fixed.character, "", fixed.mark, url)


def _mines(told: Sequence[_Told], stars: Sequence[Star]) -> tuple[Mine, ...]:
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


def _list_pages(
    folder: str, stem: str, title: str, kicker: str, rows: Sequence[Row], chips: tuple[Chip, ...]
) -> Iterator[PortalPage]:
    for url, part, pager in paged(folder, stem, rows):
        view = ListView(kicker, tuple(r for r in part if isinstance(r, Row)), pager, chips)
        yield PortalPage(url, title, f"共 {len(rows)} 条", "list", view)


def _honours(told: Sequence[_Told]) -> tuple[HonourTable, list[PortalPage]]:
    """Honours by level and year: the table, and a list for each of its cells."""
    rows = [(one, honour) for one in told for honour in one.told.honours]
    years = sorted({honour.year for _, honour in rows if honour.year}, reverse=True)
    shown = years[:YEARS_SHOWN]
    columns = [f"{year}年" for year in shown]
    if len(years) > YEARS_SHOWN:
        columns.append("更早")
    if any(honour.year is None for _, honour in rows):
        columns.append("年份待核")

    def column(honour: HonourTold) -> str:
        if honour.year is None:
            return "年份待核"
        return f"{honour.year}年" if honour.year in shown else "更早"

    cells: dict[tuple[Level, str], list[Row]] = defaultdict(list)
    for one, honour in rows:
        cells[Level(honour.level), column(honour)].append(_honour_row(one, honour))
    pages: list[PortalPage] = []
    lines = []
    for level in Level:
        chips: list[Chip | None] = []
        for name in columns:
            found = cells.get((level, name), [])
            stem = f"{level}-{_COLUMNS.get(name, name.removesuffix('年'))}"
            chips.append(Chip(name, f"honours/{stem}.html", len(found)) if found else None)
            if found:
                title = f"{level.label}荣誉（{name}）"
                pages += _list_pages("honours/", stem, title, "光荣榜", found, ())
        if any(chips):
            lines.append(HonourLine(level.label, tuple(chips)))
    return HonourTable(tuple(columns), tuple(lines), len(rows)), pages


_COLUMNS = {"更早": "earlier", "年份待核": "undated"}


def _honour_row(one: _Told, honour: HonourTold) -> Row:
    year = f"{honour.year}年度" if honour.year else "年份待核"
    holder = "" if honour.holder == one.unit.name else honour.holder
    return Row(honour.title, one.at + honour.page, holder, year, one.unit)


def _cases(fleet: Fleet, told: Sequence[_Told]) -> tuple[CasesView, list[PortalPage]]:
    """Cases by zone and by word: what leads to the lists, and the lists."""
    rows = [(_case_row(one, case), case) for one in told for case in one.told.cases]
    by_zone = {zone: [row for row, case in rows if case.zone == zone] for zone in ZONE_IDS}
    zones = tuple(
        Chip(ZONES[zone].name, f"cases/zone-{zone}.html", len(found), _badge(zone))
        for zone, found in by_zone.items()
        if found
    )
    taken: list[str] = []
    lists: list[tuple[Chip, list[Row]]] = []
    for word in dict.fromkeys(fleet.keywords):
        found = [row for row, case in rows if word in f"{case.title}{case.headline}{case.summary}"]
        if found:
            taken.append(free_id(word, taken) or f"word-{len(taken) + 1}")
            lists.append((Chip(word, f"cases/word-{taken[-1]}.html", len(found)), found))
    lists.sort(key=lambda pair: -pair[0].count)
    words = tuple(chip for chip, _ in lists)
    pages: list[PortalPage] = []
    for chip in zones:
        assert chip.zone is not None
        found = by_zone[chip.zone.id]
        stem = f"zone-{chip.zone.id}"
        pages += _list_pages("cases/", stem, f"{chip.title}的案例", "典型案例", found, zones)
    for chip, found in lists:
        stem = chip.url.removeprefix("cases/").removesuffix(".html")
        title = f"说到“{chip.title}”的案例"
        pages += _list_pages("cases/", stem, title, "典型案例", found, words)
    return CasesView(zones, words), pages


def _case_row(one: _Told, case: CaseTold) -> Row:
    return Row(
        case.title, one.at + case.page, case.headline, case.kind, one.unit, _badge(case.zone)
    )


def _packs(told: Sequence[_Told]) -> tuple[list[Row], list[PortalPage]]:
    """Write-ups to take, the newest first, and the lists of them."""
    found = [(one, pack) for one in told for pack in one.told.packs]
    found.sort(key=lambda pair: pair[1].updated, reverse=True)
    rows = [_pack_row(one, pack) for one, pack in found]
    counts = Counter(pack.zone for _, pack in found)
    chips = tuple(
        Chip(ZONES[zone].name, f"write-ups/zone-{zone}.html", counts[zone], _badge(zone))
        for zone in ZONE_IDS
        if counts[zone]
    )
    kicker = "一个点的经验，带动一片"
    pages = list(_list_pages("write-ups/", "index", "经验材料", kicker, rows, chips))
    for chip in chips:
        assert chip.zone is not None
        zone = chip.zone.id
        own = [row for row in rows if row.zone and row.zone.id == zone]
        title = f"{chip.title}的经验材料"
        pages += _list_pages("write-ups/", f"zone-{zone}", title, kicker, own, chips)
    return rows, pages


def _newest(packs: Sequence[Row]) -> list[Row]:
    """The newest of each branch; further ones where there are few branches."""
    first = {row.unit.url: row for row in reversed(packs)}
    return [
        *(row for row in packs if first[row.unit.url] is row),
        *(row for row in packs if first[row.unit.url] is not row),
    ]


def _pack_row(one: _Told, pack: PackTold) -> Row:
    files = tuple(Download(one.at + file.url, file.label, file.size) for file in pack.files)
    return Row(
        title=pack.title,
        url=one.at + pack.page,
        lead=_first_sentence(pack.summary),
        note=f"{pack.kind} · {pack.updated[:7]}" if pack.updated else pack.kind,
        unit=one.unit,
        zone=_badge(pack.zone),
        files=files,
    )
