"""Simulate so many branches' sites, or make the portal over them: simulate|make FOLDER COUNT.

`fleet.py` runs it, each in a process of its own, so that the portal's memory can be told.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from boards.board.load import load as read_folders
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.fleet.fleet import read_fleet
from boards.fleet.installed import standing
from boards.fleet.portal import build_portal
from boards.memory import settle
from boards.records import Audience
from boards.releases.manifest import write_manifest
from boards.site import search
from boards.site.projection import Projection, projection
from boards.site.whole import Makings, whole_site
from invented.fleets import names_of
from invented.loads import DAY, Load
from invented.site import write_branch

MODELS = 8
"""Branches that are invented; the others say the same under other names."""
LOAD = Load(15, 3, photos=0)


def simulated(folder: Path, count: int) -> None:
    """What a portal reads of so many branches' sites, each with its manifest, and no pages."""
    wanted = range(min(MODELS, count))
    models = [_model(folder / "models" / str(number), number) for number in wanted]
    rows = ["name: 示范集团党支部展板", "group: 示范集团", "branches:"]
    for number in range(count):
        names = names_of(number)
        told, index = models[number % len(models)]
        content = json.loads(told.written())
        content["unit"] |= {key: names[key] for key in ("id", "name", "mine", "brand")}
        site = folder / "publish" / "branches" / names["id"]
        content["packs"] = [_pack(case) for case in content["cases"]]
        urls = [file["url"] for pack in content["packs"] for file in pack["files"]]
        files = dict.fromkeys([*told.pages, *urls, "index.html"], "x")
        files["exchange/boards.json"] = json.dumps(content, ensure_ascii=False)
        files["assets/search-index.js"] = index.replace("模拟综采队党支部", names["name"])
        for name in ("exchange/boards.json", "assets/search-index.js"):
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(files[name], encoding="utf-8")
        write_manifest(site, "publish", DAY)
        manifest = json.loads((site / "manifest.json").read_text("utf-8"))
        for name in files.keys() - manifest["files"].keys():
            manifest["files"][name] = {"size": 1, "sha256": "0"}
        (site / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        rows += [f"  - id: {names['id']}", f"    folder: branches/{names['id']}"]
    (folder / "fleet.yml").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _pack(case: dict[str, str]) -> dict[str, Any]:
    """A write-up of a case, as its branch would offer it."""
    key = f"case-{case['page'].removeprefix('cases/').removesuffix('.html')}"
    forms = (("docx", "Word"), ("pdf", "PDF"), ("html", "网页"), ("zip", "材料包"))
    files = [
        {"url": f"exchange/{key}.{end}", "label": label, "size": "70 KB", "sha256": "0" * 64}
        for end, label in forms
    ]
    told = {name: case[name] for name in ("title", "kind", "zone", "summary", "page")}
    return {**told, "key": key, "level": "公开", "updated": f"{DAY}", "files": files}


def _model(folder: Path, number: int) -> tuple[Projection, str]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_branch(folder, Load(LOAD.members, LOAD.years, number, LOAD.photos))
    edition = Edition(EditionName.PUBLISH, DAY)
    board, _ = prepare(read_folders(folder / "data", folder / "content")[0], edition)
    site = whole_site(board, edition, Makings())
    index = search.script(search.entries(site.pages))
    return projection(board, edition, ()), index


def made(folder: Path, count: int) -> None:
    """The portal over them."""
    fleet = read_fleet(folder / "fleet.yml")
    found = ((one, standing(fleet.site(one), Audience.INTRANET)) for one in fleet.said.branches)
    sites = [(branch, site) for branch, site in found if site]
    assert len(sites) == count
    build_portal(fleet, sites, DAY)


if __name__ == "__main__":
    settle()
    {"simulate": simulated, "make": made}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
