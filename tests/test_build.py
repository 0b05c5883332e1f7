"""What a build promises: whole sites, honest marks, nothing else touched."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from boards.editions.edition import EditionName
from boards.errors import BoardError, BuildFailed
from boards.output import MARKER, RefusedTarget
from boards.releases.manifest import MANIFEST, faults_of
from boards.site.display import FACE
from boards.site.servers import FILES
from helpers import LEFT, settle, write_tree
from sites import build_site, change, copy_site, tree


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = copy_site(tmp_path_factory.mktemp("preview"))
    return tree(build_site(root).target)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = copy_site(tmp_path_factory.mktemp("published"))
    return tree(build_site(root, EditionName.PUBLISH).target)


@pytest.mark.slow
def test_what_systems_leave_in_the_folders_is_not_published(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    for folder in ("data", "data/media", "data/quarters", "content", "content/write-ups"):
        write_tree(root / folder, dict.fromkeys(LEFT, b"\x00x"))
    site = tree(build_site(root, EditionName.PUBLISH).target)
    strange = {part for name in LEFT for part in Path(name).parts[:1]}
    assert strange.isdisjoint(part for name in site for part in Path(name).parts)
    assert not any(b"eaDir" in content for content in site.values())


def html(site: dict[str, bytes], page: str) -> str:
    return site[page].decode("utf-8")


EVERY_KIND = [
    "index.html",
    "zones/index.html",
    "zones/thought.html",
    "zones/safety.html",
    "zones/quality.html",
    "zones/production.html",
    "members/index.html",
    "members/chen-hua-yong.html",
    "honours.html",
    "cases/index.html",
    "cases/ii830-fault-crossing.html",
    "cases/ii1057-jack-seat.html",
    "write-ups/ii830-fault-crossing.html",
    "quarters/index.html",
    "outcomes.html",
    "coverage.html",
    "messages.html",
    "about.html",
]


@pytest.mark.parametrize("page", EVERY_KIND)
def test_both_editions_have_every_kind_of_page(
    page: str, preview: dict[str, bytes], published: dict[str, bytes]
) -> None:
    assert page in preview
    assert page in published


def test_only_pages_and_assets_reach_the_site(preview: dict[str, bytes]) -> None:
    strangers = [
        name
        for name in preview
        if not name.endswith(".html") and not name.startswith(("assets/", "posters/", "exchange/"))
    ]
    assert set(strangers) == {MARKER, MANIFEST, *FILES}
    endings = {Path(name).suffix for name in preview if name.startswith("posters/")}
    assert endings == {".html", ".pdf", ".png"}
    endings = {Path(name).suffix for name in preview if name.startswith("exchange/")}
    assert endings == {".html", ".pdf", ".docx", ".zip", ".xml", ".json"}


def test_samples_are_marked_in_the_preview(preview: dict[str, bytes]) -> None:
    page = html(preview, "members/sample-jia.html")
    assert "党员甲" in page
    assert '<span class="bb-mark">示例</span>' in page
    assert "预览版" in page


def test_the_publishing_edition_holds_no_sample(published: dict[str, bytes]) -> None:
    everything = b"\n".join(published.values()).decode("utf-8", errors="ignore")
    assert "党员甲" not in everything
    assert "示例" not in everything
    assert "待审" not in everything
    assert "预览版" not in everything
    assert "members/sample-jia.html" not in published


def test_publishing_lists_what_it_leaves_out(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    built = build_site(root, EditionName.PUBLISH)
    records = [row.item for row in built.redactions if row.surface == "网站" and not row.item.part]
    assert {item.reason for item in records} == {"示例"}
    assert any(item.title == "党员甲" for item in records)


@pytest.mark.slow
def test_unapproved_records_are_marked_and_then_left_out(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    honours = root / "data" / "honours.yml"
    text = honours.read_text(encoding="utf-8")
    extra = "  - id: mine-2019\n    title: 矿先进集体\n    holder: branch\n    level: mine\n"
    honours.write_text(f"{text}{extra}    source: people-2019-08-19\n", encoding="utf-8")
    page = html(tree(build_site(root).target), "honours.html")
    assert page.count("待审") >= 3  # each way of looking at the wall holds it
    built = build_site(root, EditionName.PUBLISH)
    assert "矿先进集体" not in html(tree(built.target), "honours.html")
    told = {(row.item.title, row.item.reason) for row in built.redactions}
    assert ("矿先进集体", "待审") in told


def test_pages_without_a_quarter_or_crew_show_how_it_goes(published: dict[str, bytes]) -> None:
    for page, steps in {"index.html": 4, "quarters/index.html": 4, "coverage.html": 3}.items():
        parsed = LexborHTMLParser(published[page])
        assert len(parsed.css(".bb-steps li")) == steps, page
        assert "审批后在这里展示" in parsed.css_first("article").text()
    assert len(LexborHTMLParser(published["messages.html"]).css(".bb-kinds li")) == 6


def test_home_opens_with_a_case_where_there_is_no_star(published: dict[str, bytes]) -> None:
    headings = LexborHTMLParser(published["index.html"]).css("article h2")
    names = [heading.text(strip=True) for heading in headings]
    assert names == ["典型案例", "工作成效", "光荣榜", "每季怎样评选"]


def test_no_published_page_opens_or_ends_with_an_empty_box(published: dict[str, bytes]) -> None:
    boxes = {
        name: [box.text(strip=True) for box in found if "hidden" not in box.attributes]
        for name, content in published.items()
        if name.endswith(".html") and (found := LexborHTMLParser(content).css(".bb-empty"))
    }
    assert {name: said for name, said in boxes.items() if said and name != "404.html"} == {}


_NOT_FOR_READERS = re.compile(
    r"政治面貌待核|其他登记人员|\bkB\b|Atom|JSON|\bdata/|\bboards \w|\.yml|site_url"
    r"|版本 ?[0-9A-F]{8}"
)


def test_readers_meet_no_words_of_the_keepers(published: dict[str, bytes]) -> None:
    travelling = re.compile(r"exchange/(?!index)")
    for name, content in published.items():
        if name.endswith(".html") and not travelling.match(name):
            body = LexborHTMLParser(content).body
            for part in body.css("script, style, template") if body else []:
                part.decompose()
            found = _NOT_FOR_READERS.search(body.text() if body else "")
            assert not found, f"{name}: {found}"


def test_nobody_is_called_a_party_member_whom_no_source_calls_one(
    published: dict[str, bytes],
) -> None:
    band = LexborHTMLParser(published["members/li-tao.html"]).css_first(".bb-band")
    assert band and "党员" not in band.text() and "政治面貌" not in band.text()
    assert band.css_first(".bb-band__kicker").text(strip=True) == "荣誉人物"


def test_outcomes_stand_as_three_large_figures_and_the_others_small(
    published: dict[str, bytes],
) -> None:
    home = LexborHTMLParser(published["index.html"])
    large = home.css(".bb-results__figures .bb-metric__value")
    assert [value.text(strip=True) for value in large] == ["＞95%", "0起", "5年"]
    assert len(home.css(".bb-results__more .bb-metric")) == 6


@pytest.mark.slow
def test_a_changed_name_changes_the_pages_that_show_it_and_no_other(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    before = tree(build_site(root).target)
    change(
        root / "data" / "members.yml",
        "name: 党员丁\n",
        "name: 党员力\n",  # as many strokes: the roster keeps its order
    )
    after = tree(build_site(root).target)
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    changed -= {MANIFEST, MARKER, FACE}  # the face holds just the characters shown
    pages = {name for name in changed if not name.startswith("posters/") or name.endswith("html")}
    showing = {name for name in before if "党员丁".encode() in before[name]}
    assert MANIFEST not in showing
    assert pages == {name for name in showing if not name.endswith(".pdf")}
    posters = {re.sub(r"(-\d+x\d+|-A\d(-landscape)?)?\.\w+$", "", n[8:]) for n in changed - pages}
    assert posters == {
        "roster", "star-2019-Q1", "linkage-2019-Q1", "zone-safety", "pledge-sample-ding",
        "desk-card-sample-ding", "plate-sample-area-tail-gate", "plate-sample-area-tail-gate-plain",
    }  # fmt: skip
    assert "members/sample-ding.html" in changed
    assert "honours.html" not in changed


def test_a_relative_folder_is_built_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_site(tmp_path / "q")
    monkeypatch.chdir(tmp_path)
    built = build_site(Path("q"))
    assert (tmp_path / "q" / "site" / "index.html").is_file()
    assert built.pages > 30
    assert not (tmp_path / "q" / "q").exists()


@pytest.mark.slow
def test_same_input_gives_same_bytes(tmp_path: Path, preview: dict[str, bytes]) -> None:
    assert tree(build_site(copy_site(tmp_path, made=False)).target) == preview


def test_an_error_leaves_the_old_site_alone(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    old = tree(build_site(root).target)
    assert faults_of(root / "site") == []
    change(root / "data" / "members.yml", "name: 党员丁\n", "name: <b>党员丁</b>\n")
    with pytest.raises(BoardError, match="党员丁"):
        build_site(root)
    assert tree(root / "site") == old


def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    (root / "site").mkdir()
    (root / "site" / "照片.jpg").write_bytes(b"precious")
    with pytest.raises(RefusedTarget, match="site"):
        build_site(root)
    assert (root / "site" / "照片.jpg").read_bytes() == b"precious"


def test_nothing_lying_about_in_content_is_published(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    (root / "content" / "名单.xlsx").write_bytes(b"private")
    (root / "content" / "about.md.bak").write_text("old", encoding="utf-8")
    (root / "content" / "assets").mkdir()
    (root / "content" / "assets" / "photo.jpg").write_bytes(b"private")
    names = tree(build_site(root).target).keys()
    assert not [n for n in names if n.endswith((".xlsx", ".bak", ".jpg"))]


def test_markup_in_records_is_text_on_the_page(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(
        root / "data" / "honours.yml",
        "title: 标准化区队",
        "title: <script>alert(1)</script>标准化区队",
    )
    page = html(tree(build_site(root).target), "honours.html")
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;标准化区队" in page


def test_titles_with_markup_are_escaped_in_the_shell_too(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    case = root / "data" / "cases" / "ii830-fault-crossing.yml"
    text = case.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    change(case, title, 'title: "</title><script>1</script>boards-shell-d"')
    page = html(tree(build_site(root).target), "cases/ii830-fault-crossing.html")
    assert "<script>1</script>" not in page
    assert "&lt;/title&gt;" in page


@pytest.mark.slow
def test_plain_mkdocs_builds_the_same_preview(tmp_path: Path, preview: dict[str, bytes]) -> None:
    root = copy_site(tmp_path)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    built = tree(root / ".preview")
    own = {MARKER, MANIFEST, *FILES}
    assert {name: data for name, data in built.items() if name not in own} == {
        name: data for name, data in preview.items() if name not in own
    }
    subprocess.run(command, cwd=root, check=True, capture_output=True)  # and again


@pytest.mark.slow
@pytest.mark.parametrize("place", ["photos", "site"])
def test_mkdocs_empties_no_folder_but_its_own_preview(tmp_path: Path, place: str) -> None:
    root = copy_site(tmp_path)
    if place == "site":
        build_site(root)
    else:
        (root / "photos").mkdir()
        (root / "photos" / "照片.jpg").write_bytes(b"precious")
    before = tree(root / place)
    change(root / "mkdocs.yml", "site_dir: .preview", f"site_dir: {place}")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    said = subprocess.run(command, cwd=root, check=False, capture_output=True, encoding="utf-8")
    assert said.returncode == 1
    assert "site_dir" in said.stderr
    assert "Traceback" not in said.stderr
    assert tree(root / place) == before


def as_sample(root: Path) -> Path:
    """Make every record of the site a sample, each with a word of its own in its name."""
    for file in sorted((root / "data").rglob("*.yml")):
        text = re.sub(r" *sample: true\n", "", file.read_text(encoding="utf-8"))
        lists = file.parent.name == "data"
        marked = []
        for line in text.splitlines():
            marked.append(line)
            if lists and line.startswith(("  - id:", "  - date:")):
                marked.append("    sample: true")
        lines = "\n".join(marked) + ("" if lists else "\nsample: true")
        file.write_text(lines + "\n", encoding="utf-8")
    sources = root / "data" / "branch.yml"
    text = sources.read_text(encoding="utf-8")
    head, tail = text.split("\nlessons:")
    head = head.replace("    sample: true\n", "").replace("branch:\n", "branch:\n  sample: true\n")
    sources.write_text(f"{head}\nlessons:{tail}", encoding="utf-8")
    for file in (root / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("---\n", "---\nsample: true\n", 1), encoding="utf-8")
    return root


@pytest.mark.slow
def test_wherever_a_sample_is_shown_it_is_marked(tmp_path: Path) -> None:
    """Every list item, card, slide and heading that holds a record holds its mark as well.

    Of short lists whose rows are all alike, the heading may hold it for them.
    """
    once_a_group = (".bb-message", ".bb-adopted li", ".bb-timeline li", ".slide__messages li")
    heading = "h2 .bb-mark, .bb-today__date .bb-mark, .slide__day > .bb-mark"
    site = tree(build_site(as_sample(copy_site(tmp_path))).target)
    wanted = {
        "index.html": [".bb-star", ".bb-won", ".bb-metric", ".bb-case-card", ".bb-honour",
                       ".bb-message", ".bb-quote"],
        "zones/index.html": [".bb-zone-card"],
        "zones/safety.html": ["h1", ".bb-practice", ".bb-plate", ".bb-adopted li",
                              ".bb-timeline li", "#counts"],
        "zones/quality.html": [".bb-links li"],
        "members/sample-zi.html": ["h1", ".bb-links li"],
        "honours.html": [".bb-honour"],
        "cases/index.html": [".bb-case-card"],
        "cases/ii830-fault-crossing.html": [".bb-band__kicker"],
        "write-ups/ii830-fault-crossing.html": [".bb-band__kicker"],
        "quarters/index.html": [".bb-quarters .bb-card"],
        "quarters/2019-Q2.html": [".bb-band__kicker", ".bb-star", ".bb-won"],
        "outcomes.html": [".bb-metric"],
        "coverage.html": [".bb-crews .bb-card"],
        "messages.html": [".bb-message"],
        "about.html": [".bb-lead", ".bb-quote", ".bb-roles .bb-card", ".bb-links li"],
        "screen.html": [".slide--brand", ".slide--star", ".slide--zone", ".slide--honours li",
                        ".slide--cases", ".slide--outcomes", ".slide__messages li"],
    }  # fmt: skip
    for page, selectors in wanted.items():
        parsed = LexborHTMLParser(site[page])
        for selector in selectors:
            found = parsed.css(selector)
            assert found, f"{page}: no {selector}"
            for element in found:
                group = element.parent.parent if selector in once_a_group else None
                headed = group and group.css_first(heading)
                assert element.css_first(".bb-mark") or headed, (
                    f"{page}: {selector} without its mark: {element.html}"
                )


@pytest.mark.slow
def test_a_record_for_the_branch_alone_goes_and_what_needs_it_with_it(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    members = root / "data" / "members.yml"
    text = members.read_text(encoding="utf-8").replace("audience: public", "audience: branch", 1)
    members.write_text(text, encoding="utf-8")
    built = build_site(root)
    told = [row.item for row in built.redactions if row.surface == "网站" and not row.item.part]
    assert "公开范围只到支部内部" in {item.reason for item in told if item.kind == "人员"}
    assert any("不在这一版里" in row.item.reason for row in built.redactions)


@pytest.mark.slow
def test_a_zone_for_the_branch_alone_is_a_fault(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    zones = root / "data" / "zones.yml"
    text = zones.read_text(encoding="utf-8").replace("audience: public", "audience: branch", 1)
    zones.write_text(text, encoding="utf-8")
    with pytest.raises(BoardError, match="公开范围"):
        build_site(root)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    said = subprocess.run(command, cwd=root, check=False, capture_output=True, encoding="utf-8")
    assert said.returncode == 1
    assert "公开范围" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.slow
def test_words_that_are_allowed_stay_allowed_when_publishing(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    branch = root / "data" / "branch.yml"
    change(branch, "  stale_after_months: 12\n", "  stale_after_months: 12\n  allow:\n    - 辛福\n")
    change(branch, "  motto: 围绕", "  motto: 辛福围绕")
    settle(root)
    assert build_site(root, EditionName.PUBLISH).pages > 10


@pytest.mark.slow
def test_a_group_of_another_zone_is_linked_where_it_stands(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    case = root / "data" / "cases" / "ii830-fault-crossing.yml"
    text = case.read_text(encoding="utf-8")
    assert "\nzone: quality\n" in text
    case.write_text(text.replace("\nzone: quality\n", "\nzone: safety\n"), encoding="utf-8")
    build_site(root)


def test_the_public_never_sees_the_preview_bar(published: dict[str, bytes]) -> None:
    assert "md-banner" not in html(published, "index.html")


@pytest.mark.slow
def test_a_slip_in_the_navigation_is_told(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "mkdocs.yml", "honours.md", "honour.md")
    with pytest.raises(BuildFailed, match=r"honour\.md"):
        build_site(root)
