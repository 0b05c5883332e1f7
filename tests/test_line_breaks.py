"""No line begins or ends where it may not (GB/T 15834-2011, 5.1; W3C clreq, strict rules)."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from boards.amend.approval import Steps
from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.formats import KINDS, known_size
from boards.packs.content import PackContent
from boards.packs.paper import cover_sheet, to_pdf
from boards.packs.word import to_docx
from boards.papers.approval import to_pdf as to_sheet
from boards.papers.views.approval import approval_sheet
from boards.posters.room import posters_of
from boards.posters.setting import as_json, office_layout
from boards.posters.views import Poster
from boards.posters.workshop import Workshop, workshop
from boards.views.slides import portions
from boards.words.lines import kept_lines, may_part
from boards.words.text import to_blocks, to_html
from packs import write_up
from signs import NEVER_FIRST, NEVER_LAST, STRESS, faults, stressed
from sites import TODAY, copy_site

pytestmark = pytest.mark.slow  # and of no day

SIZES = ("A4", "A3-landscape", "A2", "A1-landscape", "80x120", "80x200")

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过读取 PDF 文字的测试"
)


def lines_of(pdf: bytes) -> Iterator[str]:
    """The lines of every block of text, words of one height put together."""
    command = ["pdftotext", "-bbox-layout", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    edges = "".join(rf'{name}="([\d.-]+)" ?' for name in ("xMin", "yMin", "xMax", "yMax"))
    for block in re.findall(r"<block .*?</block>", found, re.DOTALL):
        rows: dict[float, list[tuple[float, str]]] = {}
        for x, top, _, bottom, word in re.findall(rf"<word {edges}>([^<]*)</word>", block):
            middle = (float(top) + float(bottom)) / 2
            near = 0.4 * (float(bottom) - float(top))
            row = next((known for known in rows if abs(known - middle) < near), middle)
            rows.setdefault(row, []).append((float(x), html.unescape(word)))
        for row in rows.values():
            yield re.sub("[\u200b\u2060]", "", "".join(word for _, word in sorted(row)))


def assert_unbroken(pdf: bytes, at_least: int) -> None:
    lines = list(lines_of(pdf))
    assert len(lines) >= at_least
    assert faults(lines) == []


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stressed(copy_site(tmp_path_factory.mktemp("site")))


@pytest.fixture(scope="module")
def studio(root: Path) -> tuple[Workshop, list[Poster]]:
    board = check_folders(root / "data", root / "content", TODAY)[0]
    prepared, posters = posters_of(board, Edition(EditionName.PREVIEW, TODAY))
    return workshop(prepared), posters


@needs_poppler
@pytest.mark.parametrize("poster_id", ["case-ii830-fault-crossing", "star-2019-Q2"])
def test_posters_of_several_widths(studio: tuple[Workshop, list[Poster]], poster_id: str) -> None:
    shop, posters = studio
    poster = next(poster for poster in posters if poster.id == poster_id)
    for name in SIZES:
        size = known_size(name)
        if KINDS[poster.kind].comes_in(size):
            content = as_json(shop.studio, poster, size, office_layout(size))
            assert_unbroken(shop.typesetter.pdf(poster.kind, content), 12)


@needs_poppler
def test_every_other_poster(studio: tuple[Workshop, list[Poster]]) -> None:
    shop, posters = studio
    for poster in {poster.kind: poster for poster in posters}.values():
        size = known_size(KINDS[poster.kind].default)
        content = as_json(shop.studio, poster, size, office_layout(size))
        lines = list(lines_of(shop.typesetter.pdf(poster.kind, content)))
        # A unit in another size than its figure is a line of its own to pdftotext.
        assert faults([line for line in lines if line != "%"]) == [], poster.id


@needs_poppler
def test_write_ups_and_covers(studio: tuple[Workshop, list[Poster]]) -> None:
    shop, _ = studio
    part = write_up().sections[0]
    text = f"{STRESS}。\n\n- {STRESS}。\n- {STRESS[3:]}。\n\n### 标题2018—2019\n\n1. {STRESS[7:]}。"
    sections = (part.model_copy(update={"text": text}),)
    told = {"sections": sections, "summary": STRESS, "figures": ()}
    shared = write_up().model_copy(update={**told, "headline": None, "source": None})
    content = PackContent(shared)
    assert_unbroken(to_pdf(content, shop.typesetter), 30)
    assert_unbroken(cover_sheet(content, None, [], shop.typesetter), 10)


@needs_poppler
def test_approval_sheets(root: Path) -> None:
    board = check_folders(root / "data", root / "content", TODAY)[0]
    case = board.cases["ii830-fault-crossing"]
    assert_unbroken(to_sheet(board, approval_sheet(board, [case], Steps(), TODAY), TODAY), 30)


def test_word_is_told_the_same_rules() -> None:
    shared = write_up().model_copy(update={"figures": ()})
    with zipfile.ZipFile(io.BytesIO(to_docx(PackContent(shared)))) as made:
        settings = made.read("word/settings.xml").decode("utf-8")
    before = re.search(r'noLineBreaksBefore w:lang="zh-CN" w:val="([^"]+)"', settings)
    after = re.search(r'noLineBreaksAfter w:lang="zh-CN" w:val="([^"]+)"', settings)
    assert before and after
    assert set(NEVER_FIRST) <= set(html.unescape(before[1]))
    assert set(NEVER_LAST) <= set(after[1])


def test_what_is_kept_together_is_short_and_changes_no_text() -> None:
    typed = f"{STRESS}，见http://10.10.3.8/a/b/c/d.html和{'x' * 60}—{'y' * 60}"
    made = str(to_html(typed))
    (block,) = to_blocks(typed)
    assert html.unescape(re.sub("<[^>]*>", "", made)) == block.text
    kept = re.findall(r'<span class="bb-kept">(.*?)</span>', made)
    assert len(kept) > 30
    assert max(len(re.sub("<[^>]*>|&\\w+;", "x", words)) for words in kept) <= 24
    assert not any("10.10" in words for words in kept)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("<p>2018—2019年</p>", '<p><span class="bb-kept">2018—</span>2019年</p>'),
        ("<p>——副题</p>", "<p>——副题</p>"),
        ("<p>A&amp;—B</p>", '<p>A<span class="bb-kept">&amp;—</span>B</p>'),
        ('<a title="甲—乙">甲</a>', '<a title="甲—乙">甲</a>'),
        ("<script>a—b</script><title>甲—乙</title>", "<script>a—b</script><title>甲—乙</title>"),
        (
            "<strong>思想</strong>——根本",
            '<strong>思</strong><span class="bb-kept"><strong>想</strong>——</span>根本',
        ),
    ],
)
def test_html_is_kept_together_in_its_text_alone(typed: str, made: str) -> None:
    assert kept_lines(typed) == kept_lines(made) == made


def test_a_long_sentence_is_cut_for_slides_where_a_line_may_end() -> None:
    for limit in range(20, 60):
        for first in portions(STRESS.replace("。", ""), limit)[1:]:
            assert first[0] not in NEVER_FIRST
    assert "".join(portions(STRESS, 30)) == STRESS
    assert not may_part("2", "0") and not may_part("年", "—") and may_part("年", "和")
