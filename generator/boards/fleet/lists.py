"""The portal's long lists: honours, cases and write-ups of all branches, cut into pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boards.fleet.views import (
    CasesView,
    Chip,
    Download,
    HonourLine,
    HonourTable,
    ListView,
    PortalPage,
    Row,
    Unit,
    paged,
)
from boards.records import ZONE_IDS, Level
from boards.records.brand import ZONES
from boards.site.projection import CaseTold, HonourTold, PackTold, Projection
from boards.words.common import ZoneBadge
from boards.words.pinyin import free_id

YEARS_SHOWN = 6
"""Columns of the table of honours; earlier years share one."""
_SENTENCE = re.compile(r"^.{6,}?[。！？；]")


@dataclass(frozen=True, slots=True)
class Told:
    """A branch's projection with its place below the portal."""

    at: str
    told: Projection
    unit: Unit


def first_sentence(text: str) -> str:
    """The first sentence of a text, if it is no mere exclamation; else all of it."""
    found = _SENTENCE.match(text)
    return found[0] if found else text


def badge(zone: str) -> ZoneBadge:
    """A zone as all branches have it, leading to its cases."""
    fixed = ZONES[zone]
    url = f"cases/zone-{zone}.html"
    return ZoneBadge(zone, fixed.name, fixed.short, fixed.character, "", fixed.mark, url)


def list_pages(
    folder: str, stem: str, title: str, kicker: str, rows: Sequence[Row], chips: tuple[Chip, ...]
) -> Iterator[PortalPage]:
    """A long list as pages."""
    for url, part, pager in paged(folder, stem, rows):
        view = ListView(kicker, tuple(r for r in part if isinstance(r, Row)), pager, chips)
        yield PortalPage(url, title, f"共 {len(rows)} 条", "list", view)


def honours_of(told: Sequence[Told]) -> tuple[HonourTable, list[PortalPage]]:
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
                pages += list_pages("honours/", stem, title, "光荣榜", found, ())
        if any(chips):
            lines.append(HonourLine(level.label, tuple(chips)))
    return HonourTable(tuple(columns), tuple(lines), len(rows)), pages


_COLUMNS = {"更早": "earlier", "年份待核": "undated"}


def _honour_row(one: Told, honour: HonourTold) -> Row:
    year = f"{honour.year}年度" if honour.year else "年份待核"
    holder = "" if honour.holder == one.unit.name else honour.holder
    return Row(honour.title, one.at + honour.page, holder, year, one.unit)


def cases_of(keywords: Sequence[str], told: Sequence[Told]) -> tuple[CasesView, list[PortalPage]]:
    """Cases by zone and by word: what leads to the lists, and the lists."""
    rows = [(_case_row(one, case), case) for one in told for case in one.told.cases]
    by_zone = {zone: [row for row, case in rows if case.zone == zone] for zone in ZONE_IDS}
    zones = tuple(
        Chip(ZONES[zone].name, f"cases/zone-{zone}.html", len(found), badge(zone))
        for zone, found in by_zone.items()
        if found
    )
    taken: list[str] = []
    lists: list[tuple[Chip, list[Row]]] = []
    for word in dict.fromkeys(keywords):
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
        pages += list_pages("cases/", stem, f"{chip.title}的案例", "典型案例", found, zones)
    for chip, found in lists:
        stem = chip.url.removeprefix("cases/").removesuffix(".html")
        title = f"说到“{chip.title}”的案例"
        pages += list_pages("cases/", stem, title, "典型案例", found, words)
    return CasesView(zones, words), pages


def _case_row(one: Told, case: CaseTold) -> Row:
    return Row(case.title, one.at + case.page, case.headline, case.kind, one.unit, badge(case.zone))


def packs_of(told: Sequence[Told]) -> tuple[list[Row], list[PortalPage]]:
    """Write-ups to take, the newest first, and the lists of them."""
    found = [(one, pack) for one in told for pack in one.told.packs]
    found.sort(key=lambda pair: pair[1].updated, reverse=True)
    rows = [_pack_row(one, pack) for one, pack in found]
    counts = Counter(pack.zone for _, pack in found)
    chips = tuple(
        Chip(ZONES[zone].name, f"write-ups/zone-{zone}.html", counts[zone], badge(zone))
        for zone in ZONE_IDS
        if counts[zone]
    )
    kicker = "一个点的经验，带动一片"
    pages = list(list_pages("write-ups/", "index", "经验材料", kicker, rows, chips))
    for chip in chips:
        assert chip.zone is not None
        zone = chip.zone.id
        own = [row for row in rows if row.zone and row.zone.id == zone]
        title = f"{chip.title}的经验材料"
        pages += list_pages("write-ups/", f"zone-{zone}", title, kicker, own, chips)
    return rows, pages


def newest_of_each(packs: Sequence[Row]) -> list[Row]:
    """The newest of each branch; further ones where there are few branches."""
    first = {row.unit.url: row for row in reversed(packs)}
    return [
        *(row for row in packs if first[row.unit.url] is row),
        *(row for row in packs if first[row.unit.url] is not row),
    ]


def _pack_row(one: Told, pack: PackTold) -> Row:
    files = tuple(Download(one.at + file.url, file.label, file.size) for file in pack.files)
    return Row(
        title=pack.title,
        url=one.at + pack.page,
        lead=first_sentence(pack.summary),
        note=f"{pack.kind} · {pack.updated[:7]}" if pack.updated else pack.kind,
        unit=one.unit,
        zone=badge(pack.zone),
        files=files,
    )
