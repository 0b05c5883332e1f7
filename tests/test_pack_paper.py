"""A pack on paper: whole, in order, legible, the same every time; and a cover sheet of one page."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.media import ingest
from boards.packs.content import PackContent, source_line
from boards.packs.paper import cover_sheet, missing_glyphs, to_pdf
from boards.packs.script import protected_words, to_traditional
from boards.packs.shareable import shareable
from boards.packs.view import caption, closing, closing_title
from boards.records import Audience, Shared
from boards.records.shared import SharedFigure, SharedSection
from boards.typst.engine import Typesetter
from boards.typst.fonts import FontSet, font_set
from boards.words.text import to_blocks
from helpers import TODAY
from signs import EVERYTHING
from sites import ROOT

FINGERPRINT = "3f9a 1c02 77aa 0b1c d2e4 90f1 6b5d 8e73"
BOARD = check_folders(ROOT / "data", ROOT / "content", TODAY)[0]
OURS = {
    row.key: row
    for row in shareable(BOARD, Edition(EditionName.PUBLISH, TODAY), Audience.SISTER_UNITS)
}
CASE = OURS["case-ii830-fault-crossing"]

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None,
    reason="没有安装 poppler，跳过读取 PDF 文字的测试",
)


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    return font_set(tmp_path_factory.mktemp("fonts") / "data", None)


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory, fonts: FontSet) -> Typesetter:
    return Typesetter(tmp_path_factory.mktemp("site") / ".boards", fonts)


def text_of(pdf: bytes, *options: str) -> str:
    """The words without white space, in the order in which they are set."""
    command = ["pdftotext", "-raw", *options, "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return squeezed(found.stdout.decode("utf-8"))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def body_of(pdf: bytes) -> str:
    """The text between running header and page number."""
    return text_of(pdf, "-x", "0", "-y", "74", "-W", "600", "-H", "700")


def expected(shared: Shared) -> list[str]:
    """Every text of a write-up in the order in which a reader meets it."""
    content = PackContent(shared)
    return [
        shared.unit.full_name,
        shared.title,
        shared.headline or "",
        shared.author or "",
        *(block.text for block in to_blocks(shared.summary)),
        *(word for fact in shared.facts for word in (fact.label, fact.value)),
        *(
            word
            for section in shared.sections
            for word in (section.title, *(block.text for block in to_blocks(section.text)))
        ),
        *(caption(content, number) for number in range(1, len(shared.figures) + 1)),
        closing_title(content),
        *(word for row in closing(content) for word in (row.label, row.text, row.address)),
    ]


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def picture(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(made, "JPEG")
    return made.getvalue()


def long_one(repeats: int = 6) -> PackContent:
    """A write-up of many pages with lists, small headings and three pictures."""
    told = CASE.sections[1].text
    text = f"{told}\n\n### 第一步\n\n- 先定**标准**\n- 再谈干劲\n\n1. 班前\n2. 班后\n\n{told}"
    figures = tuple(
        SharedFigure(file=f"images/{number}.jpg", alt=f"第{number}张", caption=caption)
        for number, caption in enumerate(("测量支架落差", None, "验收"), 1)
    )
    sections = (
        CASE.sections[0],
        SharedSection(title="做法", text="\n\n".join([text] * repeats)),
        *CASE.sections[2:],
    )
    sides = ((1200, 800), (600, 900), (1600, 500))
    made = {f"images/{n}.jpg": picture(*side, (40 * n, 60, 90)) for n, side in enumerate(sides, 1)}
    return PackContent(CASE.model_copy(update={"sections": sections, "figures": figures}), made)


def content_of(key: str) -> PackContent:
    return long_one() if key == "long" else PackContent(OURS[key])


def files(count: int) -> list[tuple[str, int, str]]:
    names = [f"images/{number}.jpg" for number in range(count)]
    return [(name, 123_456, hashlib.sha256(name.encode()).hexdigest()) for name in names]


# --- the write-up -----------------------------------------------------------------------


@needs_poppler
@pytest.mark.parametrize("key", [*sorted(OURS), "long"])
def test_every_text_of_the_record_stands_on_paper_in_order(
    typesetter: Typesetter, key: str
) -> None:
    content = content_of(key)
    text = body_of(to_pdf(content, typesetter))
    at = 0
    for words in filter(None, map(squeezed, expected(content.shared))):
        found = text.find(words, at)
        assert found >= 0, f"{words!r} is not after {text[max(at - 20, 0) : at]!r}"
        at = found + len(words)


@needs_poppler
def test_every_sign_arrives_on_paper(typesetter: Typesetter) -> None:
    sections = (SharedSection(title="做法", text=EVERYTHING),)
    shared = CASE.model_copy(update={"sections": sections})
    assert squeezed(EVERYTHING) in body_of(to_pdf(PackContent(shared), typesetter))


@needs_poppler
def test_pages_are_counted_and_name_the_write_up(typesetter: Typesetter) -> None:
    made = to_pdf(long_one(), typesetter)
    count = pages(made)
    assert count > 3
    for number in range(1, count + 1):
        page = text_of(made, "-f", str(number), "-l", str(number))
        assert page.endswith(f"第{number}页共{count}页")
        assert page.startswith(squeezed(CASE.title)) == (number > 1)


@needs_poppler
@pytest.mark.parametrize("repeats", range(1, 9))
def test_no_heading_ends_a_page(typesetter: Typesetter, repeats: int) -> None:
    made = to_pdf(long_one(repeats), typesetter)
    heads = {"二、做法", "三、成效", "四、启示", "第一步"}
    for number in range(1, pages(made) + 1):
        options = ["-f", str(number), "-l", str(number), "-y", "74", "-W", "600", "-H", "700"]
        command = ["pdftotext", "-raw", "-x", "0", *options, "-", "-"]
        found = subprocess.run(command, input=made, capture_output=True, check=True)
        last = found.stdout.decode("utf-8").strip("\n\f").splitlines()[-1]
        assert last not in heads


@needs_poppler
def test_sections_are_numbered_unless_alone_or_numbered_by_hand(typesetter: Typesetter) -> None:
    def set_with(*titles: str) -> str:
        sections = tuple(SharedSection(title=title, text="一段话。") for title in titles)
        return body_of(
            to_pdf(PackContent(CASE.model_copy(update={"sections": sections})), typesetter)
        )

    assert "一、背景" in set_with("背景", "做法")
    assert "二、做法" in set_with("背景", "做法")
    assert "一、心得" not in set_with("心得")
    assert "一、一、" not in set_with("一、背景", "二、做法")
    assert "十一、第11项" not in set_with(*(f"第{n}项" for n in range(1, 11)))
    assert "十一、甲" in set_with(*("甲" for _ in range(11)))


def test_the_file_is_pdf_a_with_subsets_of_its_faces(typesetter: Typesetter) -> None:
    cover = cover_sheet(PackContent(CASE), FINGERPRINT, files(3), typesetter)
    for made in (to_pdf(long_one(), typesetter), cover):
        with pikepdf.open(io.BytesIO(made)) as document:
            with document.open_metadata() as meta:
                assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
                assert meta["pdfuaid:part"] == "1"
            assert document.Root.OutputIntents
            assert str(document.docinfo.Title) == CASE.title
            fonts = [
                font.DescendantFonts[0]
                for page in document.pages
                for _, font in page.Resources.Font.items()
            ]
            assert fonts
            for font in fonts:
                assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
                assert {"/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())


def tags(pdf: bytes) -> list[tuple[str, str]]:
    """Every tag in reading order, with its title or what stands in for a picture."""

    def walk(element: pikepdf.Object) -> Iterator[tuple[str, str]]:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            words = element.get("/T", element.get("/Alt", ""))
            yield str(element.S).removeprefix("/"), str(words)
            below = element.get("/K", [])
            for part in below if isinstance(below, pikepdf.Array) else [below]:
                yield from walk(part)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        root = document.Root.StructTreeRoot.K
        return list(walk(root[0] if isinstance(root, pikepdf.Array) else root))


def test_a_screen_reader_finds_title_headings_lists_and_pictures_in_order(
    typesetter: Typesetter,
) -> None:
    made = to_pdf(long_one(1), typesetter)
    found = tags(made)
    assert [tag for tag in found if tag[0] in {"Title", "H1", "H2", "H3"}] == [
        ("Title", ""), ("H1", "摘要"), ("H1", "背景"), ("H1", "做法"), ("H2", "第一步"),
        ("H1", "成效"), ("H1", "启示"), ("H1", "出处与审批"),
    ]  # fmt: skip
    names = [name for name, _ in found]
    heading = found.index(("H2", "第一步"))
    one_list = ["L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody"]
    assert names[heading + 1 : heading + 15] == one_list * 2
    assert [words for name, words in found if name == "Figure"] == ["第1张", "第2张", "第3张"]
    assert names.count("Caption") == 3
    assert found.index(("H1", "启示")) < names.index("Figure") < found.index(("H1", "出处与审批"))
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == "zh-CN"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert [str(entry.title) for entry in document.open_outline().root][:2] == [
            "摘要",
            "一、 背景",
        ]


def test_the_traditional_edition_says_its_language(typesetter: Typesetter) -> None:
    shared = to_traditional(CASE, protected_words(BOARD))
    made = to_pdf(PackContent(shared, traditional=True), typesetter)
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.Root.Lang) == "zh-TW"


def test_no_level_of_headings_is_left_out(typesetter: Typesetter) -> None:
    text = "#### 小\n\n一段。\n\n#### 小小\n\n### 中\n\n#### 小"
    sections = (SharedSection(title="做法", text=text),)
    shared = CASE.model_copy(update={"sections": sections, "summary": "### 摘\n\n要"})
    levels = [name for name, _ in tags(to_pdf(PackContent(shared), typesetter)) if name[0] == "H"]
    assert levels == ["H1", "H2", "H1", "H2", "H3", "H2", "H3", "H1"]


def test_a_list_goes_on_after_a_further_paragraph(typesetter: Typesetter) -> None:
    text = "3. 停机：\n   - 停电\n\n   再验电\n4. 检修\n\n   再送电\n\n末尾"
    shared = CASE.model_copy(update={"sections": (SharedSection(title="做法", text=text),)})
    made = to_pdf(PackContent(shared), typesetter)
    assert "3.停机：停电再验电4.检修再送电末尾" in re.sub("[•·]", "", text_of(made))
    names = [name for name, _ in tags(made)]
    assert names.count("LI") == names.count("Lbl") == 3


def test_the_cover_has_headings_and_a_table_with_a_head(typesetter: Typesetter) -> None:
    found = tags(cover_sheet(PackContent(CASE), FINGERPRINT, files(3), typesetter))
    assert [words for name, words in found if name == "H1"] == ["包里的文件（3 个）", "签名和查验"]
    names = [name for name, _ in found]
    assert names.count("Table") == 1 and names.count("TH") == 3
    assert ("Figure", "二维码") in found


def test_pictures_are_there_and_tell_nothing_of_their_camera(
    typesetter: Typesetter, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    Image.new("RGB", (900, 600), (90, 20, 20)).save(tmp_path / "a.jpg", exif=exif)
    content = long_one()
    clean = ingest(tmp_path / "a.jpg", tmp_path / "cache").large.path.read_bytes()
    made = to_pdf(
        PackContent(content.shared, {**content.pictures, "images/1.jpg": clean}), typesetter
    )
    with pikepdf.open(io.BytesIO(made)) as document:
        found = {
            bytes(item.read_raw_bytes())
            for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
        }
    assert len(found) == 3
    assert not any(b"Exif" in raw or b"SECRET" in raw for raw in found)


def test_the_same_write_up_gives_the_same_bytes(
    typesetter: Typesetter, fonts: FontSet, tmp_path: Path
) -> None:
    content, other = long_one(), Typesetter(tmp_path / ".boards", fonts)
    assert to_pdf(content, typesetter) == to_pdf(content, other)
    one, two = (cover_sheet(content, FINGERPRINT, files(9), t) for t in (typesetter, other))
    assert one == two


@pytest.mark.parametrize("traditional", [False, True])
def test_a_title_is_heavy_and_a_traditional_one_thickened_whole(
    typesetter: Typesetter, *, traditional: bool
) -> None:
    shared = to_traditional(CASE, protected_words(BOARD)) if traditional else CASE
    made = to_pdf(PackContent(shared, traditional=traditional), typesetter)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        named = [row for row in pdf.objects if isinstance(row, pikepdf.Dictionary)]
        faces = {str(row.FontName)[8:] for row in named if row.get("/Type") == "/FontDescriptor"}
        stroked = bool(re.search(rb"\b2 Tr\b", pdf.pages[0].Contents.read_bytes()))
    assert ("NotoSerifSC-Black" in faces, stroked) == (not traditional, traditional)


@needs_poppler
def test_the_traditional_edition_is_traditional_in_the_sheets_own_words_too(
    typesetter: Typesetter, fonts: FontSet
) -> None:
    shared = to_traditional(CASE, protected_words(BOARD))
    content = PackContent(shared, traditional=True)
    assert list(missing_glyphs(BOARD, shared, fonts)) == []
    text = text_of(to_pdf(content, typesetter))
    assert "第1頁共2頁" in text
    assert "原已公開發表" in text
    sheet = text_of(cover_sheet(content, None, files(2), typesetter))
    for words in ("經驗材料包封面單", "未簽名", "發出單位", "沒有“同意給兄弟單位”的照片"):
        assert words in sheet
    assert CASE.unit.name in sheet, "names stay as they are"
    assert not set("发单签没给网") & set(sheet)


def test_a_character_without_glyph_is_a_problem_of_its_field(fonts: FontSet) -> None:
    told = (SharedSection(title="心得", text="好&#x1F600;的，**好\U0001f600**。"),)
    shared = CASE.model_copy(update={"title": "一等奖\U0001f3c6", "sections": told})
    title, text = missing_glyphs(BOARD, shared, fonts)
    assert "🏆”（U+1F3C6）" in title.found
    assert title.field == "title（标题）"
    assert text.field == "sections[1].text（正文·内容）"
    assert text.place.path == "record.yml"
    assert "表情符号" in text.hint
    assert [p for row in OURS.values() for p in missing_glyphs(BOARD, row, fonts)] == []


# --- the cover sheet --------------------------------------------------------------------


@needs_poppler
def test_the_cover_says_what_a_receiver_must_know(typesetter: Typesetter) -> None:
    content = PackContent(CASE.model_copy(update={"left_out": ("内部备注", "审批")}))
    text = text_of(cover_sheet(content, FINGERPRINT, files(3), typesetter))
    for words in (
        "攻坚案例",
        CASE.key,
        CASE.title,
        CASE.unit.full_name,
        "只在兄弟单位之间传阅",
        source_line(CASE),
        "2019年8月",
        "原已公开发表",
        "内部备注；审批；党徽；没有“同意给兄弟单位”的照片",
        "包里的文件（3个）",
        "images/2.jpg123KB" + files(3)[2][2][:16],
        FINGERPRINT,
        "boards receive",
        "签收",
        "收件人",
    ):
        assert squeezed(words) in text, words
    assert "未签名" not in text


@needs_poppler
def test_a_pack_without_a_signature_says_so(typesetter: Typesetter) -> None:
    made = cover_sheet(PackContent(CASE), None, files(3), typesetter)
    text = text_of(made)
    assert "未签名" in text
    assert "看不出是谁发的" in text
    assert "指纹" not in text


@needs_poppler
@pytest.mark.parametrize("characters", [20, 120, 400])
@pytest.mark.parametrize("count", [0, 8, 9, 30])
def test_the_cover_is_one_page_whatever_is_in_the_pack(
    typesetter: Typesetter, characters: int, count: int
) -> None:
    title = ("Ⅱ830工作面过断层每班量一次落差" * 30)[:characters]
    left_out = tuple(f"第{number}项略去的内容和说明" for number in range(12))
    shared = CASE.model_copy(update={"title": title, "left_out": left_out})
    made = cover_sheet(PackContent(shared), FINGERPRINT, files(count), typesetter)
    assert pages(made) == 1
    text = text_of(made)
    for words in (title, *left_out, "收到单位", *(name for name, _, _ in files(count))):
        assert words in text


@pytest.mark.slow
def test_a_hundred_files_do_not_make_a_second_page(typesetter: Typesetter) -> None:
    assert pages(cover_sheet(PackContent(CASE), FINGERPRINT, files(200), typesetter)) == 1


@needs_poppler
def test_the_code_is_the_fingerprint(typesetter: Typesetter, tmp_path: Path) -> None:
    made = cover_sheet(PackContent(CASE), FINGERPRINT, files(30), typesetter)
    command = ["pdftoppm", "-r", "150", "-png", "-singlefile", "-", str(tmp_path / "cover")]
    subprocess.run(command, input=made, check=True)
    with Image.open(tmp_path / "cover.png") as page:
        (code,) = zxingcpp.read_barcodes(page)
    assert code.text == FINGERPRINT


def test_no_emblem_leaves_with_a_pack() -> None:
    templates = list((ROOT / "theme" / "boards_theme" / "packs").glob("*.typ"))
    assert templates
    for file in templates:
        assert "emblem(" not in file.read_text(encoding="utf-8")
