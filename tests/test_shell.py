"""What stands around the pages: drawn once, kept while it shows the same, and not MkDocs' alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from boards.build import build
from boards.editions.edition import Edition, EditionName
from boards.site import shells as kept
from boards.site.shell import Shells, Wanted, mark
from helpers import TODAY
from sites import build_site, change, copy_site, tree

pytestmark = pytest.mark.slow

PREVIEW = Edition(EditionName.PREVIEW, TODAY)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Wanted]:
    """What shells were drawn for."""
    asked: list[Wanted] = []
    draw = kept._drawn

    def noted(config_file: Path, wanted: Wanted) -> Shells:
        asked.append(wanted)
        return draw(config_file, wanted)

    monkeypatch.setattr(kept, "_drawn", noted)
    return asked


def plain(config_file: Path, wanted: Wanted) -> Shells:
    """A shell of a few lines, as somebody without MkDocs and Material would write it."""
    assert config_file.name == "mkdocs.yml"

    def of(folder: str) -> str:
        home = "../" * folder.count("/") + "index.html"
        return (
            "<!doctype html><html lang=zh><meta charset=utf-8>"
            f"<title>{mark('title')} {mark('brand')}</title>"
            f'<meta name=description content="{mark("description")}">'
            f'<nav><a href="{home}">{mark("owner")}</a></nav>'
            f"<article>{mark('article')}</article><footer>{mark('updated')}</footer></html>"
        )

    wearing = {"assets/plain.css": b"article { max-width: 60em }"}
    return Shells({folder: of(folder) for folder in wanted.folders}, {}, {}, wearing)


def article_of(page: bytes) -> str:
    """What stands in a page's article, whatever the article's own tag says."""
    article = LexborHTMLParser(page).css_first("article")
    return "".join(part.html or "" for part in article.iter(include_text=True)) if article else ""


def test_a_site_can_stand_in_any_shell(tmp_path: Path) -> None:
    """MkDocs and Material can be replaced by whoever gives shells: this is the seam."""
    root = copy_site(tmp_path)
    ours = tree(build_site(root).target)
    theirs = tree(build(root, PREVIEW, shelled=plain).target)
    pages = {name for name in ours if name.endswith(".html")}
    assert {name for name in theirs if name.endswith(".html")} == pages
    for name in pages - {"screen.html"}:
        if name.startswith("exchange/") and name != "exchange/index.html":
            continue  # a write-up that holds everything in one file has no shell
        ours_in, theirs_in = (article_of(site[name]) for site in (ours, theirs))
        assert ours_in == theirs_in != "", name


def test_mkdocs_is_not_started_while_the_shell_is_known(
    tmp_path: Path, drawn: list[Wanted]
) -> None:
    root = copy_site(tmp_path)
    first = build_site(root)
    change(root / "data" / "members.yml", "name: 党员丁\n", "name: 党员丁丁\n")
    build_site(root)
    change(root / "data" / "members.yml", "name: 党员丁丁\n", "name: 党员丁\n")
    assert build_site(root).fingerprint == first.fingerprint
    assert len(drawn) == 1
    script = (
        "import sys; from boards.__main__ import main; sys.argv[1:] = sys.argv[2:]\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, 'mkdocs' in sys.modules)"
    )
    typed = ["-c", script, "boards", "build", "--date", str(TODAY)]
    said = subprocess.run(
        [sys.executable, *typed], cwd=root, check=True, capture_output=True, encoding="utf-8"
    )
    assert said.stdout.splitlines()[-1] == "0 False"


@pytest.mark.parametrize(
    ("file", "old", "new", "seen"),
    [
        ("mkdocs.yml", "光荣榜: honours.md", "荣誉墙: honours.md", "荣誉墙"),
        ("mkdocs.yml", "      - 党员包保: coverage.md\n", "", ""),
        ("data/branch.yml", "  brand: 四区联动党旗红", "  brand: 五区联动党旗红", "五区联动党旗红"),
    ],
    ids=["a word in the navigation", "a page out of the navigation", "the brand"],
)
def test_a_kept_shell_never_shows_what_was(
    file: str, old: str, new: str, seen: str, tmp_path: Path
) -> None:
    """After a change the site is, byte for byte, what a computer makes that never built before."""
    root, fresh = copy_site(tmp_path / "root"), copy_site(tmp_path / "fresh")
    build_site(root)
    for place in (root, fresh):
        change(place / file, old, new)
    again, once = build_site(root), build_site(fresh)
    assert again.fingerprint == once.fingerprint
    assert seen in (again.target / "about.html").read_text(encoding="utf-8")


def test_every_page_says_which_part_of_the_site_it_stands_in(tmp_path: Path) -> None:
    site = tree(build_site(copy_site(tmp_path)).target)
    wanted = {
        "index.html": ("首页", "page", ""),
        "zones/index.html": ("四大责任区", "page", ""),
        "zones/safety.html": ("四大责任区", "true", "四大责任区"),
        "members/index.html": ("党员", "true", ""),
        "members/sample-jia.html": ("党员", "true", "党员亮身份"),
        "honours.html": ("党员", "true", ""),
        "quarters/2019-Q2.html": ("季度之星", "true", "季度之星"),
        "cases/ii830-fault-crossing.html": ("案例与成效", "true", "典型案例"),
        "write-ups/ii830-fault-crossing.html": ("案例与成效", "true", "典型案例"),
        "posters/index.html": ("更多", "true", ""),
    }
    for name, (tab, current, above) in wanted.items():
        page = LexborHTMLParser(site[name])
        tabs = page.css(".md-tabs__link[aria-current]")
        assert [(t.text(strip=True), t.attributes["aria-current"]) for t in tabs] == [
            (tab, current)
        ], name
        assert [link.text(strip=True) for link in page.css(".bb-above")] == [above][: bool(above)]


def test_a_navigation_without_parts_is_drawn_as_it_stands(tmp_path: Path) -> None:
    """As sites have it that were made before there were any."""
    root = copy_site(tmp_path)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    listed = [f"  {line.strip()}" for line in settings.splitlines() if ".md" in line]
    head = settings.partition("nav:\n")[0]
    (root / "mkdocs.yml").write_text("\n".join([f"{head}nav:", *listed, ""]), encoding="utf-8")
    page = LexborHTMLParser(tree(build_site(root).target)["members/sample-jia.html"])
    assert [t.text(strip=True) for t in page.css(".md-tabs__link[aria-current]")] == ["党员亮身份"]
    assert len(page.css(".md-tabs__link")) == 12
    assert not page.css(".bb-siblings")


def test_who_asks_for_a_page_that_is_not_there_finds_the_navigation(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "mkdocs.yml", "docs_dir:", "site_url: http://10.1.2.3/\ndocs_dir:")
    page = LexborHTMLParser(tree(build_site(root).target)["404.html"])
    assert len(page.css(".md-tabs__link")) == 6
    assert not page.css("[aria-current]")


def test_a_page_that_comes_or_goes_is_shelled_too(tmp_path: Path, drawn: list[Wanted]) -> None:
    """Another folder needs another shell; a page more in a known folder does not."""
    root = copy_site(tmp_path)
    wanted = Wanted(preview=True, screen=False, faulty=False, titles={"index.html": "台账有错误"})
    kept.shells(root / "mkdocs.yml", wanted)
    deeper = Wanted(preview=True, screen=False, faulty=False, titles={"a/b.html": "一页"})
    assert "a/" in kept.shells(root / "mkdocs.yml", deeper).texts
    more = Wanted(preview=True, screen=False, faulty=False, titles={"a/b.html": "", "a/c.html": ""})
    kept.shells(root / "mkdocs.yml", more)
    assert len(drawn) == 2


def test_a_damaged_shell_is_noticed_and_drawn_anew(tmp_path: Path, drawn: list[Wanted]) -> None:
    root = copy_site(tmp_path)
    first = build_site(root).fingerprint
    for number, file in enumerate(sorted((root / ".boards" / "shells").iterdir()), start=2):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        assert build_site(root).fingerprint == first
        assert len(drawn) == number
