"""The formats of a pack: Word, one HTML file, a WeChat article. Whole, tidy, and harmless."""

from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from jinja2 import Environment, FileSystemLoader, nodes
from markupsafe import Markup
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from boards.board.load import load
from boards.editions.edition import Edition, EditionName
from boards.packs import page, view, wechat, word
from boards.packs.content import PackContent, approval_line, source_line
from boards.packs.script import to_traditional
from boards.packs.shareable import shareable
from boards.records import Audience, Shared
from boards.records.shared import SharedApproval, SharedFigure, SharedSection
from boards.records.work import Fact
from boards.words.text import to_blocks, to_plain
from helpers import TODAY
from sites import ROOT

pytestmark = pytest.mark.slow

TEMPLATES = ROOT / "theme" / "boards_theme" / "packs"
LONG = """\
### 分段包保

支架侧护板落差每班测量，**谁的范围谁负责**，落差超了当班就调。

1. 先量上段
2. 再量下段

说明如下：

1. 重新编号

- 甲组包上段
- 乙组包下段

#### 一点补充

见[人民网](http://dangjian.people.com.cn/)的报道。

### 每班测量

> 量得出来，才管得住。
"""
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://a/b onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    '"><iframe src=http://a></iframe>',
    "[点我](javascript:alert(1))",
    "<p class=x id=y style='background:url(http://a/b)'>甲</p>",
    "R&D “5 < 6” & \"7\" 'x' {{ 7 * 7 }} {% x %}",
    "\u202e反\u202c \u200f右 \u2067左\u2069",
]


def jpeg(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "#7a0c12").save(made, "JPEG")
    return made.getvalue()


def real() -> Shared:
    """The Ⅱ830 write-up as this repository's own records have it."""
    board, _ = load(ROOT / "data", ROOT / "content")
    found = shareable(board, Edition(EditionName.PUBLISH, TODAY), Audience.PUBLIC)
    return next(row for row in found if row.key == "case-ii830-fault-crossing")


def with_pictures() -> Shared:
    approved = datetime.date(2019, 7, 5)
    return real().model_copy(
        update={
            "level": Audience.SISTER_UNITS,
            "title": "分段包保、每班测量、三步互查，" * 5 + "守住工程质量",
            "summary": "支架姿态由尺子说话，量得出来才管得住。" * 8,
            "sections": (*real().sections, SharedSection(title="五、附记", text=LONG)),
            "figures": (
                SharedFigure(
                    file="images/1.jpg", alt="党员量落差", caption="早班测量", credit="宣传组"
                ),
                SharedFigure(file="images/2.jpg", alt="现场会", caption="标准化现场会"),
            ),
            "approval": SharedApproval.model_construct(
                basis="steps", approved_by="支部书记", approved_on=approved
            ),
        }
    )


def hostile(text: str) -> PackContent:
    changed = {
        "source": None,
        "title": text,
        "headline": text,
        "author": text,
        "summary": text,
        "facts": (Fact.model_construct(label=text, value=text),),
        "sections": (SharedSection.model_construct(title=text, text=f"前\n\n{text}\n\n后"),),
        "figures": (
            SharedFigure.model_construct(file="images/1.jpg", alt=text, caption=text, credit=text),
        ),
    }
    return PackContent(real().model_copy(update=changed), {"images/1.jpg": jpeg(40, 30)})


CONTENTS = {
    "real": PackContent(real()),
    "pictures": PackContent(
        with_pictures(), {"images/1.jpg": jpeg(1600, 900), "images/2.jpg": jpeg(900, 1600)}
    ),
}
each_content = pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)


def texts(shared: Shared) -> Iterator[str]:
    """What a reader must find, in order; how a heading is numbered is the format's affair."""
    yield from (shared.unit.full_name, shared.author or "", words_in(shared.summary))
    for fact in shared.facts:
        yield from (fact.label, fact.value)
    for part in shared.sections:
        yield from (part.title.removeprefix("五、"), words_in(part.text))
    yield from (source_line(shared), approval_line(shared), shared.level.label)


def words_in(markdown: str) -> str:
    return "".join(block.text for block in to_blocks(markdown))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def assert_told(shared: Shared, shown: str) -> None:
    """Every text of the record stands in `shown`, in order; spaces do not count."""
    at, shown = 0, squeezed(shown)
    for text in texts(shared):
        found = shown.find(squeezed(text), at)
        assert found >= 0, text
        at = found + len(squeezed(text))
    for text in (shared.title, shared.headline or "", *(f.caption or "" for f in shared.figures)):
        assert squeezed(text) in shown


def opened(content: PackContent) -> Any:
    return docx.Document(io.BytesIO(word.to_docx(content)))


def words_of(document: Any) -> str:
    """All words of a Word file in reading order."""
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def parts_of(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# Word


@each_content
def test_word_holds_every_text_in_order(content: PackContent) -> None:
    assert_told(content.shared, words_of(opened(content)))


def test_word_has_the_page_of_an_official_document() -> None:
    section = opened(CONTENTS["real"]).sections[0]
    measured = [
        section.page_width, section.page_height, section.top_margin, section.bottom_margin,
        section.left_margin, section.right_margin,
    ]  # fmt: skip
    expected = [Cm(21), Cm(29.7), Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)]
    for found, wanted in zip(measured, expected, strict=True):
        assert abs(found - wanted) < Cm(0.01)


def test_word_names_its_fonts_for_both_scripts_on_every_style() -> None:
    document = opened(CONTENTS["pictures"])
    expected = {
        "Title": ("宋体", 22), "Subtitle": ("楷体", 16), "发出单位": ("楷体", 16),
        "摘要": ("楷体", 16), "Body Text": ("仿宋", 16), "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体", 16), "Heading 3": ("仿宋", 16), "List Bullet": ("仿宋", 16),
        "List Number": ("仿宋", 16), "图片": ("仿宋", 16), "Caption": ("楷体", 12),
        "表格标题": ("黑体", 14), "表格项目": ("黑体", 12), "表格文字": ("仿宋", 12),
    }  # fmt: skip
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    assert {paragraph.style.name for paragraph in paragraphs} == set(expected)
    for name, (font, size) in expected.items():
        style = document.styles[name]
        fonts = style.element.rPr.rFonts
        named = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia")}
        assert named == {font}, name
        assert style.font.size == Pt(size), name


def test_word_sets_its_text_on_fixed_lines_with_two_characters_of_indent() -> None:
    style = opened(CONTENTS["real"]).styles["Body Text"]
    assert Pt(28) <= style.paragraph_format.line_spacing <= Pt(29)
    indent = style.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_word_numbers_headings_itself() -> None:
    document = opened(CONTENTS["pictures"])
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["背景", "做法", "成效", "启示", "附记"]
    levels = document.part.numbering_part.element.iter(qn("w:lvl"))
    written = {
        level.find(qn("w:pStyle")).get(qn("w:val")): (
            level.find(qn("w:numFmt")).get(qn("w:val")),
            level.find(qn("w:lvlText")).get(qn("w:val")),
        )
        for level in levels
        if level.find(qn("w:pStyle")) is not None
    }
    assert written["Heading1"] == ("chineseCountingThousand", "%1、")
    assert written["Heading2"] == ("chineseCountingThousand", "（%2）")
    assert written["Heading3"] == ("decimal", "%3．")


def test_the_only_part_of_a_text_has_no_number() -> None:
    only = real().model_copy(update={"sections": real().sections[:1]})
    document = opened(PackContent(only))
    heading = next(p for p in document.paragraphs if p.style.name == "Heading 1")
    assert heading._p.pPr.numPr.numId.val == 0


def test_word_starts_each_numbered_list_anew() -> None:
    document = opened(CONTENTS["pictures"])
    items = [p for p in document.paragraphs if p.style.name == "List Number"]
    assert [p.text for p in items] == ["先量上段", "再量下段", "重新编号"]
    first, second, other = (p._p.pPr.numPr.numId.val for p in items)
    assert first == second != other


def test_word_keeps_bold_words_bold() -> None:
    runs = [run for p in opened(CONTENTS["pictures"]).paragraphs for run in p.runs if run.bold]
    assert "谁的范围谁负责" in [run.text for run in runs]


def test_word_breaks_a_title_of_two_lines_where_it_pauses() -> None:
    title = opened(CONTENTS["real"]).paragraphs[0]
    assert title.style.name == "Title"
    assert title.text == "把尺子带到断层前：\nⅡ830工作面质量包保的做法"


def test_word_boxes_facts_and_what_stands_behind_them() -> None:
    content = CONTENTS["pictures"]
    facts, closing = opened(content).tables
    assert facts.style.name == closing.style.name == "Table Grid"
    assert [row.cells[0].text for row in facts.rows] == [f.label for f in content.shared.facts]
    rows = {row.cells[0].text: row.cells[1].text for row in closing.rows}
    assert list(rows) == ["出处", "审批", "数据截至", "公开范围", "发出单位"]
    assert rows["出处"].endswith("\nhttp://dangjian.people.com.cn/")
    assert rows["审批"] == "支部书记 2019年7月5日批准"
    assert rows["公开范围"] == "兄弟单位"


def test_word_numbers_its_pages_by_a_field() -> None:
    footer = opened(CONTENTS["real"]).sections[0].footer
    assert footer.paragraphs[0].text == "— 1 —"
    fields = [node.text.strip() for node in footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE"]


def test_word_shows_pictures_with_words_for_who_cannot_see_them() -> None:
    document = opened(CONTENTS["pictures"])
    properties = [shape._inline.docPr for shape in document.inline_shapes]
    assert [found.get("descr") for found in properties] == ["党员量落差", "现场会"]
    assert len({found.get("id") for found in properties}) == 2
    wide, tall = document.inline_shapes
    assert abs(wide.width - Cm(14)) < Cm(0.01)
    assert abs(wide.width / wide.height - 1600 / 900) < 0.01
    assert tall.height <= Cm(9.51)
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions == ["图1　早班测量（摄影：宣传组）", "图2　标准化现场会"]


def test_word_takes_any_picture_and_any_title() -> None:
    picture = jpeg(60, 40)
    bare = picture[:2] + picture[20:]  # without the JFIF header, as some programs write it
    shared = with_pictures().model_copy(update={"title": "长" * 300})
    document = opened(PackContent(shared, {"images/1.jpg": bare, "images/2.jpg": picture}))
    first, second = document.inline_shapes
    assert first.width == second.width < Cm(1.6)
    assert document.paragraphs[0].text == "长" * 300


def test_a_zone_of_another_branch_has_the_house_red() -> None:
    shared = real().model_copy(update={"zone": "ventilation"})
    html = page.to_html(PackContent(shared)).decode()
    assert re.search(r":root \{[^}]*--accent: #a8071a", html)
    assert '[data-zone="ventilation"]' not in html


@each_content
def test_word_carries_nothing_of_the_tool_or_the_clock(content: PackContent) -> None:
    made = word.to_docx(content)
    parts = parts_of(made)
    assert not [name for name, part in parts.items() if b"python-docx" in part]
    assert not [name for name in parts if re.search("thumbnail|customXml|Effects|theme", name)]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = docx.Document(io.BytesIO(made)).core_properties
    assert about.title == content.shared.title
    assert about.author == about.last_modified_by == "淮北矿业集团朱仙庄矿 综采二区党支部"
    on = content.shared.approval.approved_on or datetime.date(2019, 8, 31)
    assert about.created == about.modified
    assert about.created and about.created.date() == on


def test_word_tells_its_language() -> None:
    simplified, traditional = real(), to_traditional(real(), ["Ⅱ830"])
    for content, language in (
        (PackContent(simplified), "zh-CN"),
        (PackContent(traditional, {}, True), "zh-TW"),
    ):
        parts = parts_of(word.to_docx(content))
        assert f'w:eastAsia="{language}"'.encode() in parts["word/styles.xml"]


_HASHES = """\
import hashlib, test_pack_formats as t
for content in t.CONTENTS.values():
    article = t.wechat.to_wechat(content)
    for made in (t.word.to_docx(content), t.page.to_html(content), article.html):
        print(hashlib.sha256(made).hexdigest())
"""


def test_the_same_write_up_gives_the_same_bytes_on_every_run() -> None:
    runs = set()
    for seed in ("1", "2"):
        known = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
        environment = {**os.environ, **known, "PYTHONHASHSEED": seed}
        found = subprocess.run(
            [sys.executable, "-c", _HASHES], cwd=Path(__file__).parent, env=environment,
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        runs.add(found.stdout)
    assert len(runs) == 1
    for content in CONTENTS.values():
        assert word.to_docx(content) == word.to_docx(content)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有安装 LibreOffice，跳过转换测试")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过转换测试")
@each_content
def test_an_office_makes_a_pdf_of_it_with_every_character(
    content: PackContent, tmp_path: Path
) -> None:
    (tmp_path / "材料.docx").write_bytes(word.to_docx(content))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "材料.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    command = ["pdftotext", "-layout", "材料.pdf", "-"]
    found = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout
    shown = squeezed(found.decode("utf-8"))
    assert "一、背景" in shown and "四、启示" in shown and "—1—" in shown
    lost = {letter for text in texts(content.shared) for letter in squeezed(text)} - set(shown)
    assert lost == set()
    for block in to_blocks(content.shared.sections[-1].text):
        assert squeezed(block.text)[:12] in shown


# Both HTML forms


def html_forms(content: PackContent) -> dict[str, str]:
    return {
        "page": page.to_html(content).decode(),
        "wechat": wechat.to_wechat(content).html.decode(),
    }


def body_text(html: str) -> str:
    tree = LexborHTMLParser(html)
    assert tree.body
    return tree.body.text()


@each_content
def test_html_holds_every_text_in_order(content: PackContent) -> None:
    html = html_forms(content)
    for name, document in html.items():
        shown = body_text(document)
        title = "" if name == "page" else content.shared.title  # it has a field of its own
        assert_told(content.shared, title + shown)


@each_content
def test_the_page_loads_nothing_and_runs_nothing(content: PackContent) -> None:
    tree = LexborHTMLParser(page.to_html(content).decode())
    assert not tree.css("script, link, iframe, object, embed, base, form, svg, [background]")
    loaded = [node.attributes[name] or "" for name in ("src", "srcset", "poster", "data")
              for node in tree.css(f"[{name}]")]  # fmt: skip
    assert len(loaded) == len(content.shared.figures)
    assert all(address.startswith("data:image/jpeg;base64,") for address in loaded)
    style = "".join(node.text() for node in tree.css("style"))
    assert "url(" not in style and "@import" not in style
    policy = tree.css_first("meta[http-equiv]")
    assert policy and "default-src 'none'" in (policy.attributes["content"] or "")


def test_the_page_can_be_read_by_everybody() -> None:
    tree = LexborHTMLParser(page.to_html(CONTENTS["pictures"]).decode())
    assert tree.css_first("html").attributes["lang"] == "zh-Hans"
    assert len(tree.css("h1")) == 1 and tree.css("header") and tree.css("main")
    assert [image.attributes["alt"] for image in tree.css("img")] == ["党员量落差", "现场会"]
    assert len(tree.css("figure figcaption")) == 2
    assert tree.css("th[scope=row]")
    footer = tree.css_first("footer").text()
    assert "支部书记 2019年7月5日批准" in footer and "兄弟单位" in footer


def test_the_traditional_edition_says_its_own_words_in_traditional() -> None:
    content = PackContent(to_traditional(real(), ["Ⅱ830"]), {}, True)
    for html in html_forms(content).values():
        shown = body_text(html)
        assert LexborHTMLParser(html).css_first("html").attributes["lang"] == "zh-Hant"
        assert "攻堅案例" in shown and "原已公開發表" in shown and "數據截至" in shown
        assert "朱仙庄矿 综采二区党支部" in shown
    assert "出處與審批" in words_of(opened(content))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    content = hostile(text)
    plain = words_in(text)
    for html in html_forms(content).values():
        tree = LexborHTMLParser(html)
        assert not tree.css("script, iframe, object, embed, svg, form, base, link")
        assert len(tree.css("img")) == 1 and len(tree.css("title")) == 1
        for node in tree.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), name
                acting = (value or "").strip().lower() if name in {"href", "src"} else ""
                assert not acting.startswith(("javascript:", "http:", "vbscript:"))
        assert tree.css_first("title").text().startswith(text)
        assert tree.css_first("img").attributes["alt"] == text
        shown = squeezed(body_text(html))
        assert shown.count(squeezed(text)) >= 4  # headline, author, fact, heading …
        assert squeezed(plain) in shown
        assert "前" in shown and "后" in shown
    told = words_of(opened(content))
    assert text in told and squeezed(plain) in squeezed(told)


# WeChat


@each_content
def test_an_article_has_only_what_the_editor_keeps(content: PackContent) -> None:
    html = wechat.to_wechat(content).html.decode()
    tree = LexborHTMLParser(html)
    assert not tree.css("style, script, link, a, [class], [id], iframe, svg")
    assert "http" not in html and "url(" not in html and "@import" not in html
    images = [image.attributes["src"] for image in tree.css("img")]
    assert images == [figure.file for figure in content.shared.figures]
    plain = {"html", "head", "meta", "title", "tbody", "tr", "thead", "br"}
    bare = [n.tag for n in tree.css("*") if "style" not in n.attributes and n.tag not in plain]
    assert set(bare) <= {"section"}
    assert not tree.css("h1")


def test_an_article_of_usual_length_is_not_cut() -> None:
    content = CONTENTS["real"]
    article = wechat.to_wechat(content)
    assert article.title == content.shared.title
    assert article.summary == to_plain(content.shared.summary)
    assert article.notes == ("出处的网址可以填进“阅读原文”：http://dangjian.people.com.cn/",)


def test_what_is_too_long_is_cut_and_said() -> None:
    article = wechat.to_wechat(CONTENTS["pictures"])
    assert len(article.title) <= 64 and article.title.endswith("三步互查…")
    assert len(article.summary) <= 120 and article.summary.endswith("管得住。…")
    notes = "\n".join(article.notes)
    assert "标题有 81 个字" in notes and "摘要有 152 个字" in notes and "1 处网址链接" in notes


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("一二三四五六七八九十", "一二三四五六七八九十"),
        ("一二三四五六七八九十甲", "一二三四五六七八九…"),
        ("一二三四五六，八九十甲乙", "一二三四五六…"),
        ("一二三四五。七，九十甲乙", "一二三四五。…"),
        ("一，三四五六七八九十甲乙", "一，三四五六七八九…"),
    ],
)
def test_where_a_text_is_cut(text: str, short: str) -> None:
    assert wechat.shorten(text, 10) == short


# Templates


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_templates_open_with_their_contract_and_decide_nothing(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("{#- Contract:")
    tree = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).parse(text)
    assert {node.name for node in tree.find_all(nodes.Filter)} <= {"length"}
    assert not list(tree.find_all(nodes.Call)) and not list(tree.find_all(nodes.Macro))
    for module, name in re.findall(r"packs\.(\w+)\.(\w+)", text):
        assert module == "view" and hasattr(view, name)


def test_a_view_hands_on_only_sanitised_markup() -> None:
    found = view.write_up(CONTENTS["real"], {})
    assert isinstance(found.summary, Markup)
    assert all(isinstance(part.text, Markup) for part in found.parts)
    assert not isinstance(found.title, Markup)
