"""Display type on the site: its face has the characters that the pages show in it, and no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from selectolax.lexbor import LexborHTMLParser

from boards.errors import BuildFailed
from boards.site import display
from boards.site.display import FACE, face, in_display_type
from boards.site.shell import cut, mark
from boards.site.verify import verify, visited
from sites import build_site, change, copy_site

pytestmark = pytest.mark.slow

PAGE = '<article class="bb-page">{}</article>'


def characters_in(file: Path) -> set[str]:
    with TTFont(file) as font:
        assert font.flavor == "woff2"
        return set(map(chr, font.getBestCmap()))


def pages_of(site: Path) -> list[Path]:
    """The site's own pages: a pack's write-up to take away is a document by itself."""
    there = [page for page in site.rglob("*.html") if "tokens.css" in page.read_text("utf-8")]
    assert len(there) > 30
    return there


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(copy_site(tmp_path_factory.mktemp("site"))).target


def test_the_face_has_what_the_pages_show_in_it_and_nothing_else(site: Path) -> None:
    shown = {
        character
        for page in site.rglob("*.html")
        for character in in_display_type(LexborHTMLParser(page.read_text(encoding="utf-8")))
    }
    assert characters_in(site / FACE) == shown - set("\n")


def test_no_heading_is_without_it(site: Path) -> None:
    there = characters_in(site / FACE)
    for page in pages_of(site):
        parsed = LexborHTMLParser(page.read_text(encoding="utf-8"))
        for name in parsed.css(".bb-mark"):
            name.decompose()
        for heading in parsed.css("h1, h2, h3, .bb-header__name, .bb-footer__brand, .slide b"):
            assert not set(heading.text().strip()) - there, f"{page.name}: {heading.text()}"


def test_every_page_but_the_screen_asks_for_it_at_once(site: Path) -> None:
    for page in pages_of(site):
        parsed = LexborHTMLParser(page.read_text(encoding="utf-8"))
        asked = [row.attributes["data-face"] or "" for row in parsed.css("head script[data-face]")]
        found = {(page.parent / address).resolve() for address in asked}
        assert found == (set() if page.name == "screen.html" else {(site / FACE).resolve()}), page


def test_a_face_that_is_not_there_fails_the_build(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site" / FACE).unlink()
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    with pytest.raises(BuildFailed) as caught:
        verify(tmp_path / "site", files - {FACE})
    assert "assets/tokens.css：链接 song.woff2 没有对应的文件" in str(caught.value)
    assert "members/index.html：链接 ../assets/song.woff2 没有对应的文件" in str(caught.value)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<h1>标题</h1><p>正文</p>", "标题"),
        ('<h2>光荣榜<span class="bb-mark">示例</span></h2>', "光荣榜"),
        ('<h2 data-otherwise="最近">今日</h2>', "最近今日"),
        ('<p class="bb-metric__value">97<span class="bb-metric__unit">%</span></p>', "97%"),
        ('<svg class="bb-loop"><text>思<tspan class="bb-loop__tag">灯</tspan></text></svg>', "思"),
        ("<section><div><h3>深处</h3></div></section>", "深处"),
        ("<h4>小标题</h4>", ""),
        ("<h1>甲&amp;乙</h1>", "甲&乙"),
    ],
)  # fmt: skip
def test_what_is_display_type_the_stylesheets_say(page: str, shown: str) -> None:
    assert in_display_type(LexborHTMLParser(PAGE.format(page))) == shown


def test_a_shells_words_count_as_they_are_read(tmp_path: Path) -> None:
    shell = (
        f"<!doctype html><title>{mark('title')}</title>"
        f'<p class="bb-header__name">{mark("brand")}站</p>'
        f'<article class="bb-page">{mark("article")}</article>'
    )
    page = shell.replace(mark("title"), "页").replace(mark("brand"), "甲&amp;乙")
    (tmp_path / "a.html").write_text(page.replace(mark("article"), "<h1>文</h1>"), "utf-8")
    whole_page = visited(tmp_path)["a.html"]
    in_parts = visited(tmp_path, [cut(shell)])["a.html"]
    assert len(in_parts) > len(whole_page)
    for parts in (whole_page, in_parts):
        assert sorted("".join(part.display for part in parts)) == sorted("甲&乙站文")


def test_the_same_characters_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    here = face(["党员之星", "Ⅱ830"], tmp_path / "one").read_bytes()
    assert face(["830Ⅱ\n星", "员党之", "星"], tmp_path / "two").read_bytes() == here
    script = (
        "import sys, pathlib; from boards.site.display import face; "
        "sys.stdout.buffer.write(face(['Ⅱ830星之员党'], pathlib.Path(sys.argv[1])).read_bytes())"
    )
    settings = {**os.environ, "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1", "TZ": "CST-8"}
    run = [sys.executable, "-c", script, str(tmp_path / "three")]
    told = subprocess.run(run, check=True, capture_output=True, env=settings)
    assert told.stdout == here


def test_a_build_with_the_same_characters_makes_no_other_face(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_site(tmp_path)
    first = (build_site(root).target / FACE).read_bytes()
    monkeypatch.setattr(display, "_subset", None)
    change(root / "data/members.yml", "    job: 安监员\n", "    job: 安监工\n")
    assert (build_site(root).target / FACE).read_bytes() == first


def test_a_new_character_in_a_name_is_in_the_next_face(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/members.yml", "    name: 陈化永\n", "    name: 陈化翯\n")
    assert "翯" in characters_in(build_site(root).target / FACE)


def test_what_the_face_lacks_is_left_to_the_readers_song(tmp_path: Path) -> None:
    assert characters_in(face(["党㐂"], tmp_path)) == {"党"}


def test_it_says_whose_it_is_and_that_it_is_heavy(tmp_path: Path) -> None:
    with TTFont(face(["党员"], tmp_path)) as font:
        assert font["OS/2"].usWeightClass == 900
        assert "Adobe" in font["name"].getDebugName(0)


def test_mkdocs_build_makes_it_too(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    run = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(run, cwd=root, check=True, capture_output=True)
    assert (root / ".preview" / FACE).read_bytes() == (build_site(root).target / FACE).read_bytes()
