"""Lays the same members out as each peer wants them, in a process of its own.

    python -m peered.lay 2000 FOLDER

Members are read, projected and worded as for our own pages, then written as JSON. Hugo and Eleventy
get our own page around them; Zensical and MkDocs the same words as Markdown.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from boards.board.load import load
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.site.contents import OWN
from boards.site.html import render
from boards.site.shell import Shells, cut, mark, wanted_of, words_of
from boards.site.shells import shells
from boards.site.whole import Makings, Site, whole_site
from boards.views import Page
from boards.views.members import MemberView
from invented.loads import DAY, Load
from invented.site import write_branch
from peered.words import words_in

TEMPLATES = Path(__file__).parent / "templates"
SAMPLE = 7
"""Every so many pages one is compared with ours."""
COLUMNS = {"crews": "包保班组", "groups": "小组", "cases": "参与案例"}
IN_GO = {
    "title": "{{ .Title }}",
    "description": "{{ .Params.member.description }}",
    "address": "{{ .Params.member.id }}",
    "article": '{{ block "main" . }}{{ end }}',
}
IN_NUNJUCKS = {
    "title": "{{ member.title }}",
    "description": "{{ member.description }}",
    "address": "{{ member.id }}",
    "article": "{{ content | safe }}",
}
Row = dict[str, Any]


def main() -> None:
    """Make the branch, and every peer's folder of it."""
    members, folder = int(sys.argv[1]), Path(sys.argv[2])
    branch = folder / "branch"
    write_branch(branch, Load(members, 1, photos=0))
    edition = Edition(EditionName.PREVIEW, DAY)
    board = prepare(load(branch / "data", branch / "content")[0], edition)[0]
    site = whole_site(board, edition, Makings())
    around = shells(branch / "mkdocs.yml", wanted_of(site))
    site = around.call(site)
    pages = [page for page in site.pages if isinstance(page.view, MemberView)]
    records = list(map(_record, pages))
    _hugo(folder / "hugo", records, _base(site, around, pages[0], IN_GO), around)
    _eleventy(folder / "eleventy", records, _base(site, around, pages[0], IN_NUNJUCKS), around)
    for name in ("mkdocs", "zensical"):
        _markdown(folder / name, records)
    told = {Path(page.url).name: words_in(render(page)) for page in pages[::SAMPLE]}
    (folder / "told.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _record(page: Page) -> Row:
    """All that a member's template may see."""
    assert isinstance(page.view, MemberView)
    view, parent = page.view, page.view.among or page.above
    source = view.provenance
    return {
        **asdict(view),
        "id": Path(page.url).stem,
        "title": page.title,
        "description": page.description,
        "parent": asdict(parent) if parent else None,
        "provenance": {**asdict(source), "label": source.label, "said": source.said},
    }


def _base(site: Site, around: Shells, page: Page, put: dict[str, str]) -> str:
    """A finished page of ours as a template, with `put` in place of a member's own words."""
    drawings, _, _ = render(page).partition('<header class="bb-band"')
    words = words_of(site.shell)
    words |= {mark(name): code for name, code in put.items()}
    words[mark("article")] = drawings + put["article"]
    return "".join(words.get(piece, piece) for piece in cut(around.texts["members/"]))


def _hugo(folder: Path, records: list[Row], base: str, around: Shells) -> None:
    """Records through a content adapter."""
    _assets(folder / "static", around)
    _write(folder / "assets" / "members.json", json.dumps(records, ensure_ascii=False))
    _write(folder / "layouts" / "baseof.html", base)
    _copy("page.html", folder / "layouts")
    _copy("_content.gotmpl", folder / "content" / "members")
    _copy("hugo.toml", folder)


def _eleventy(folder: Path, records: list[Row], base: str, around: Shells) -> None:
    """Records through pagination."""
    _assets(folder, around)
    _write(folder / "_data" / "members.json", json.dumps(records, ensure_ascii=False))
    _write(folder / "_includes" / "base.njk", base)
    _copy("members.njk", folder)
    _copy("eleventy.config.mjs", folder)


def _markdown(folder: Path, records: list[Row]) -> None:
    """Records as Markdown, and a first page."""
    _copy("mkdocs.yml", folder)
    _write(folder / "docs" / "index.md", "# 四面红旗\n")
    for record in records:
        text = "\n\n".join(_paragraphs(record))
        head = f"title: {record['title']}\ndescription: {record['description']}"
        _write(folder / "docs" / "members" / f"{record['id']}.md", f"---\n{head}\n---\n\n{text}\n")


def _paragraphs(record: Row) -> Iterator[str]:
    """What `pages/member.html` says, in its order; links lead to the first page, which is there."""
    person, parent = record["person"], record["parent"]
    yield " · ".join(filter(None, (_linked(parent) if parent else "", record["kicker"])))
    yield f"# {record['title']}{''.join(person['marks'])}"
    yield " · ".join(filter(None, (person["job"], *person["posts"])))
    if record["pledge"]:
        yield f"> {record['pledge']}"
    if record["plaque"]:
        yield _listed([_honour(record["plaque"])])
    if record["honours"]:
        yield "## 荣誉"
        yield _listed(_honour(row) for row in record["honours"])
    yield from _articles("党员之星", record["stars"], "citation")
    yield from _articles("心得分享", record["talks"], "opening", "when")
    yield from _articles("岗位", record["posts"], "does")
    if record["plates"]:
        yield "## 责任管理牌"
        for plate in record["plates"]:
            yield from _plate(plate)
    for name, heading in COLUMNS.items():
        if record[name]:
            yield f"## {heading}"
            yield _listed(_linked(row) for row in record[name])
    for name, called in (("earlier", "上一名"), ("later", "下一名")):
        if record[name]:
            yield f"{called} {_linked(record[name])}"
    source = record["provenance"]
    rows = (("来源", "source"), (source["label"], "said"), ("数据截至", "as_of"))
    yield _listed(f"{label} {source[name]}" for label, name in rows if source[name])


def _articles(heading: str, rows: Iterable[Row], *told: str) -> Iterator[str]:
    """A part of the page whose rows are each an article under a heading of its own."""
    for number, row in enumerate(rows):
        if number == 0:
            yield f"## {heading}"
        yield f"### {_linked(row)}"
        yield from (str(row[name]) for name in told)


def _plate(plate: Row) -> Iterator[str]:
    yield f"### {_marked(plate['name'], plate)}"
    yield f"范围 {plate['scope']}"
    people = "".join(_linked({"title": person["name"]}) for person in plate["people"])
    yield f"责任党员 {people}"
    for called, name in (("职责", "duties"), ("承诺", "pledge")):
        if plate[name]:
            yield called
            yield _listed(plate[name])
    yield f"有效期 {plate['valid']}"


def _honour(row: Row) -> str:
    return f"{_marked(row['title'], row)} {row['year']} {row['level']}"


def _marked(title: str, row: Row) -> str:
    return title + "".join(row.get("marks", ()))


def _linked(row: Row) -> str:
    link = f"[{row['title']}](../index.md)"
    return " ".join(filter(None, (_marked(link, row), row.get("note", ""))))


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _assets(folder: Path, around: Shells) -> None:
    """The stylesheets and scripts that our page names."""
    for name, content in around.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    shutil.copytree(OWN, folder / "assets", dirs_exist_ok=True)


def _copy(name: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TEMPLATES / name, folder / name)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
