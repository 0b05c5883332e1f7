"""Posters: every kind in every size, whole, legible, with its own words and nobody else's."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from boards.addresses import in_ascii
from boards.amend.starter import make_site
from boards.board.board import Board
from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.errors import BoardError
from boards.formats import KINDS, NAMED_SIZES, known_size, parse_size
from boards.posters import make as making
from boards.posters.make import Made, Order, make
from boards.posters.room import posters_of, print_room
from boards.posters.setting import Layout, Studio, as_json, office_layout, version
from boards.posters.views import Poster
from boards.posters.views.words import words_of
from boards.posters.views.work import CasePoster
from boards.posters.workshop import Workshop, workshop
from boards.progress import silent
from boards.typst import fonts
from boards.typst.engine import Typesetter, templates
from helpers import TODAY
from sites import build_site, change, copy_site, tree
from test_cli import run

pytestmark = pytest.mark.slow

ADDRESS = "http://10.10.3.8:8080/展板"
READ = "http://10.10.3.8:8080/%E5%B1%95%E6%9D%BF"
LOOKED_AT = ("A4", "A2-landscape", "80x120", "80x200")
PREVIEW = Edition(EditionName.PREVIEW, TODAY)
PUBLISH = Edition(EditionName.PUBLISH, TODAY)

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过读取 PDF 文字的测试"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's site with an address, so that posters have codes."""
    root = copy_site(tmp_path_factory.mktemp("site"), made=False)
    change(
        root / "data/branch.yml",
        "  member_count: 15\n",
        f"  member_count: 15\n  site_url: {ADDRESS}\n",
    )
    return root


def read(root: Path) -> Board:
    board, problems = check_folders(root / "data", root / "content", TODAY)
    assert not [p for p in problems if p.severity == "error"]
    return board


@pytest.fixture(scope="module")
def studio(root: Path) -> tuple[Workshop, list[Poster]]:
    prepared, posters = posters_of(read(root), PREVIEW)
    return workshop(prepared), posters


def one_of_each(posters: list[Poster]) -> list[Poster]:
    """The first poster of each kind, and the plain plate."""
    found = {(poster.kind, poster.variant): poster for poster in reversed(posters)}
    return list(found.values())


def orders(posters: list[Poster]) -> Iterator[Order]:
    for poster in one_of_each(posters):
        for name in LOOKED_AT:
            size = known_size(name)
            if KINDS[poster.kind].comes_in(size):
                yield Order(poster, size, office_layout(size))


def test_there_is_a_poster_of_every_kind(studio: tuple[Workshop, list[Poster]]) -> None:
    assert {poster.kind for poster in studio[1]} == set(KINDS) - {"experience"}, "nothing came in"


@pytest.mark.slow
def test_every_kind_is_set_whole_and_legible_in_the_sizes_it_comes_in(
    studio: tuple[Workshop, list[Poster]],
) -> None:
    shop, posters = studio
    setter = shop.typesetter
    tried = 0
    for poster in one_of_each(posters):
        for name in NAMED_SIZES:
            size = known_size(name)
            if not KINDS[poster.kind].comes_in(size):
                continue
            document = setter.pdf(
                poster.kind, as_json(shop.studio, poster, size, office_layout(size))
            )
            assert setter.facts("unfit") == [], f"{poster.id} {name}"
            for fact in setter.facts("set"):
                assert fact["size"] >= size.body_floor - 0.01, f"{poster.id} {name}"
            with pikepdf.open(io.BytesIO(document)) as opened:
                assert len(opened.pages) == 1
                box = [float(edge) / 72 * 25.4 for edge in opened.pages[0].mediabox]
            assert box == pytest.approx([0, 0, size.width, size.height], abs=0.01)
            tried += 1
    assert tried > 150


@pytest.mark.slow
def test_only_embedded_subsets_of_the_house_faces_are_used(
    studio: tuple[Workshop, list[Poster]],
) -> None:
    shop, posters = studio
    for made in make(shop, list(orders(posters))):
        with pikepdf.open(pdf_of(made)) as opened:
            named = [obj for obj in opened.objects if isinstance(obj, pikepdf.Dictionary)]
            described = [obj for obj in named if obj.get("/Type") == "/FontDescriptor"]
            assert described
            for font in described:
                assert re.match(r"/[A-Z]{6}\+Noto(Sans|Serif)SC", str(font.FontName))
                assert any(key in font for key in ("/FontFile2", "/FontFile3"))
            xmp = opened.open_metadata()
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "B")


@needs_pdftotext
def test_the_text_of_a_poster_is_the_text_of_its_record(
    studio: tuple[Workshop, list[Poster]],
) -> None:
    shop, posters = studio
    size = known_size("80x200")
    for poster in one_of_each(posters):
        kind = KINDS[poster.kind]
        chosen = size if kind.comes_in(size) else known_size(kind.default)
        made = make(shop, [Order(poster, chosen, office_layout(chosen))])[0]
        text = squeezed("".join(pdf_text(sheet.pdf) for sheet in made.sheets))
        # Decoration that not every kind has room for; plates and zones show people by name alone.
        aside = ("/tag", "/character", *(["/job"] if poster.kind in {"plate", "zone"} else []))
        # What a figure says stands on it in parts.
        drawn = poster.view.drawn.told if isinstance(poster.view, CasePoster) else ()
        told = tuple(f"/facts/{number}/{part}" for number in drawn for part in ("label", "value"))
        said = [words for words in words_of(poster.view) if not words.at.endswith(aside + told)]
        wanted = [
            w.text.removesuffix("责任区") if w.at.startswith("zones/") else w.text for w in said
        ]
        missing = [words for words in wanted if squeezed(words) not in text]
        assert missing == [], poster.id


def pdf_of(made: Made) -> Path:
    """The file of a poster that takes one sheet."""
    [sheet] = made.sheets
    return sheet.pdf


def pdf_text(pdf: Path) -> str:
    # -raw keeps the order in which text was set, so that columns stay whole.
    run = ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    return subprocess.run(run, check=True, capture_output=True).stdout.decode("utf-8")


def boxes(pdf: Path) -> list[tuple[str, float, float, float, float]]:
    """Every word with its left, upper, right and lower edge in points."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    found = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
    edges = "".join(rf'{name}="([\d.-]+)"\s*' for name in ("xMin", "yMin", "xMax", "yMax"))
    words = re.findall(rf"<word {edges}>([^<]*)</word>", found)
    return [(text, float(a), float(b), float(c), float(d)) for a, b, c, d, text in words]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def read_by_zxing(png: bytes) -> list[str]:
    zxingcpp = pytest.importorskip("zxingcpp")
    with Image.open(io.BytesIO(png)) as picture:
        return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def read_by_zbar(png: bytes) -> list[str]:
    if shutil.which("zbarimg") is None:
        pytest.skip("没有安装 zbar-tools，跳过第二种二维码识读")
    run = ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", "-"]
    found = subprocess.run(run, input=png, capture_output=True, check=True)
    return found.stdout.decode("utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("reader", [read_by_zxing, read_by_zbar])
def test_codes_lead_to_the_page_of_the_poster(
    studio: tuple[Workshop, list[Poster]], reader: Callable[[bytes], list[str]]
) -> None:
    shop, posters = studio
    for poster in one_of_each(posters):
        for name in {"A2-landscape", KINDS[poster.kind].default}:
            size = known_size(name)
            if not KINDS[poster.kind].comes_in(size):
                continue
            content = as_json(shop.studio, poster, size, office_layout(size))
            ppi = 25.4 * 200 / size.qr_side  # a code of 200 pixels: a phone sees more
            png = shop.typesetter.png(poster.kind, content, ppi)
            assert reader(png) == [f"{READ}/{poster.url}"], f"{poster.id} {name}"


@pytest.mark.parametrize("reader", [read_by_zxing, read_by_zbar])
@pytest.mark.parametrize(
    "address",
    [
        "http://10.10.3.8/dangjian/", "http://展板.中国/四区联动", "http://a/%E5%B1%95/100%",
        "http://ZHB-PC:8080/boards", "http://10.10.3.8/" + "x" * 63,
    ],
)  # fmt: skip
def test_whatever_the_address_is_both_readers_find_it(
    studio: tuple[Workshop, list[Poster]], address: str, reader: Callable[[bytes], list[str]]
) -> None:
    shop, posters = studio
    board = shop.studio.board
    branch = board.branch.model_copy(update={"site_url": address})
    other = Studio(board.with_tables({"branches": {branch.id: branch}}), shop.studio.fonts)
    poster = next(poster for poster in posters if poster.kind == "star")
    size = known_size("A4")
    content = as_json(other, poster, size, office_layout(size))
    png = shop.typesetter.png("star", content, 25.4 * 240 / size.qr_side)
    assert reader(png) == [in_ascii(f"{address.rstrip('/')}/{poster.url}")]


def test_codes_are_large_enough_for_where_they_are_read_from(
    studio: tuple[Workshop, list[Poster]],
) -> None:
    for name in NAMED_SIZES:
        size = known_size(name)
        assert size.qr_side >= 20
        assert size.qr_side * 10 >= size.distance * 1000 * (0.15 if name == "screen" else 0.3)


@pytest.mark.slow
def test_without_an_address_there_is_no_code_and_the_print_room_says_so(tmp_path: Path) -> None:
    board = read(copy_site(tmp_path))
    prepared, posters = posters_of(board, PREVIEW)
    shop = workshop(prepared)
    size = known_size("A4")
    assert '"qr":[]' in as_json(shop.studio, posters[0], size, Layout.INSET)
    assert print_room(board, PREVIEW).wants_address
    assert not print_room(board, PUBLISH).wants_address


@pytest.mark.slow
def test_two_makings_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(root, other, ignore=shutil.ignore_patterns(".boards", "site"))
    first, second = (
        {f.url: f.path.read_bytes() for f in print_room(read(r), PREVIEW).files}
        for r in (root, other)
    )
    assert first == second


# --- nothing lost -----------------------------------------------------------------------


def faults(root: Path) -> list[str]:
    with pytest.raises(BoardError) as caught:
        print_room(read(root), PREVIEW)
    return [problem.as_text() for problem in caught.value.problems]


def test_a_character_that_no_face_has_stops_the_build_with_name_and_place(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/members.yml", "    name: 陈化永\n", "    name: 陈𰻝永\n")
    with pytest.raises(BoardError) as caught:
        build_site(root)
    [problem] = caught.value.problems
    assert problem.found == "“𰻝”（U+30EDD）在宋体“Noto Serif SC”里没有，印出来会是空白"
    assert problem.record == "人员“陈𰻝永”"
    assert problem.field == "name（姓名）"
    assert problem.place.path == "data/members.yml"
    assert "posters.glyphs" in problem.hint
    assert not (root / "site").exists()


def test_an_emoji_is_named_once_a_field_however_many_posters_show_it(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/members.yml", "    job: 安监员\n", "    job: 安监员🎂🎂\n")
    [problem] = faults(root)
    assert "“🎂”（U+1F382）在黑体“Noto Sans SC”里没有" in problem
    assert "表情符号不能上展板" in problem


def test_a_character_around_the_words_is_found_where_it_was_typed(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(
        root / "data/branch.yml",
        "    publisher: 人民网－中国共产党新闻网\n",
        "    publisher: 人民网🎂\n",
    )
    [problem] = faults(root)
    assert problem.startswith("data/branch.yml:")
    assert "publisher（发表单位）：“🎂”" in problem


@pytest.mark.parametrize(
    ("size", "said"), [((300, 300), "是空白的"), ((3000, 60), "不像一个字（太扁或太长）")]
)
def test_a_picture_that_shows_no_character_is_refused(
    tmp_path: Path, size: tuple[int, int], said: str
) -> None:
    root = with_glyph(copy_site(tmp_path), Image.new("L", size, 255 if size[0] == size[1] else 0))
    assert said in faults(root)[0]


def test_a_picture_of_a_character_that_is_missing_is_told_by_check(tmp_path: Path) -> None:
    root = with_glyph(copy_site(tmp_path), Image.new("L", (9, 9)))
    (root / "data/media/biang.png").unlink()
    assert "找不到图片 media/biang.png" in run("check", folder=root, code=1)
    (root / "data/media/biang.png").write_bytes(b"\x89PNG cut off")
    assert "照片 media/biang.png" in run("check", folder=root, code=1)


def with_glyph(root: Path, picture: Image.Image) -> Path:
    """A site with 𰻝 in a name and a picture of it."""
    change(root / "data/members.yml", "    name: 陈化永\n", "    name: 陈𰻝永\n")
    media = root / "data" / "media"
    media.mkdir(exist_ok=True)
    picture.save(media / "biang.png")
    change(
        root / "data/branch.yml",
        "  member_count: 15\n",
        "  member_count: 15\n  posters:\n    glyphs:\n"
        "      - character: 𰻝\n        file: media/biang.png\n",
    )
    return root


@pytest.mark.slow
def test_a_picture_stands_in_for_a_rare_character(tmp_path: Path) -> None:
    letter = Image.new("L", (300, 300), 255)
    letter.paste(0, (60, 40, 240, 260))
    root = with_glyph(copy_site(tmp_path), letter)
    board = read(root)
    prepared, posters = posters_of(board, PREVIEW)
    shop = workshop(prepared)
    card = next(poster for poster in posters if poster.id == "desk-card-chen-hua-yong")
    size = known_size("20x10")
    content = as_json(shop.studio, card, size, Layout.FINISHED)
    picture = Image.open(io.BytesIO(shop.typesetter.png("desk-card", content, 60))).convert("RGB")
    # The block of the picture takes the colour of the name: gold on wine.
    middle = picture.getpixel((picture.width // 2, round(picture.height * 0.46)))
    assert middle == (0xF2, 0xC1, 0x4E)
    assert print_room(board, PREVIEW)


@pytest.mark.slow
def test_a_citation_of_two_thousand_characters_stops_the_build(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    quarter = root / "data/quarters/2019-Q2.yml"
    text = quarter.read_text(encoding="utf-8")
    start = text.index("    党员子包着设备列车")
    end = text.index("excellent_zone:")
    quarter.write_text(text[:start] + "    " + "巡" * 2000 + "\n" + text[end:], encoding="utf-8")
    with pytest.raises(BoardError) as caught:
        build_site(root)
    found = {problem.found: problem for problem in caught.value.problems}
    [told] = [text for text in found if "在 A2 竖版上放不下" in text]
    assert "这一项 2000 字" in told
    over = int(re.search(r"删去约 (\d+) 字", told)[1])  # type: ignore[index]
    assert 0 < over < 2000
    assert found[told].field == "star.citation（党员之星·事迹）"
    assert f"缩短到 {2000 - over} 字以内" in found[told].hint
    assert not (root / "site").exists()
    # What the message advises is enough.
    quarter.write_text(
        text[:start] + "    " + "巡" * (2000 - over) + "\n" + text[end:], encoding="utf-8"
    )
    build_site(root)


def test_what_does_not_fit_a4_is_left_out_of_a4_alone_and_said(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    case = root / "data/cases/ii830-fault-crossing.yml"
    change(case, "\nresults: |\n", "\nresults: |\n  " + "落差控制" * 1000 + "\n\n")
    room = print_room(read(root), PREVIEW)
    card = next(card for card in room.cards if card.id == "case-ii830-fault-crossing")
    assert [size.label for size in card.sizes] == ["80×120 cm"]
    assert card.notes == ("80×120 cm上地方不够，没有写：背景和难题", "A4 竖版放不下，没有生成")


# --- typefaces --------------------------------------------------------------------------


def own_fonts(root: Path, settings: str) -> Path:
    """A site with a folder of its own faces: the house Song, under its own name."""
    folder = root / "data" / "fonts"
    folder.mkdir()
    shutil.copy(fonts.house_file("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"), folder)
    (folder / "._NotoSansSC-Regular.otf").write_bytes(b"Mac OS X")
    change(
        root / "data/branch.yml",
        "  member_count: 15\n",
        f"  member_count: 15\n  posters:\n    fonts:\n      folder: fonts\n      {settings}\n",
    )
    return root


def test_a_site_may_use_faces_of_its_own(tmp_path: Path) -> None:
    root = own_fonts(copy_site(tmp_path), "song: Noto Sans SC")
    prepared, _ = posters_of(read(root), PREVIEW)
    assert workshop(prepared).studio.shared["faces"] == {
        "song": "Noto Sans SC",
        "hei": "Noto Sans SC",
    }


def test_a_face_may_be_named_as_people_know_it(tmp_path: Path) -> None:
    root = own_fonts(copy_site(tmp_path), "song: 支部标宋")
    file = root / "data/fonts/NotoSansSC-Regular.otf"
    with TTFont(file) as font:
        for row in font["name"].names:
            if row.nameID in (1, 16):
                row.string = "Branch Song"
        font["name"].setName("支部标宋", 1, 3, 1, 0x804)
        font.save(root / "data/fonts/own.otf")
    file.unlink()
    prepared, posters = posters_of(read(root), PREVIEW)
    shop = workshop(prepared)
    assert shop.studio.fonts.families["song"] == "Branch Song"  # type: ignore[index]
    card = next(poster for poster in posters if poster.kind == "desk-card")
    [made] = make(shop, [Order(card, known_size("20x10"), Layout.FINISHED)])
    with pikepdf.open(pdf_of(made)) as opened:
        faces = [
            o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o
        ]
    assert len(faces) == 2, "the name is set in the site's own Song"


def test_a_font_file_that_is_damaged_is_refused(tmp_path: Path) -> None:
    root = own_fonts(copy_site(tmp_path), "song: Noto Sans SC")
    (root / "data/fonts/cut.ttc").write_bytes(b"ttcf\0\1\0\0\xff\xff\xff\xff")
    prepared, _ = posters_of(read(root), PREVIEW)
    with pytest.raises(fonts.FontsUnusable, match=r"字体文件 cut\.ttc 打不开"):
        workshop(prepared)


def test_a_folder_of_fonts_that_is_not_there_is_told_by_check(tmp_path: Path) -> None:
    root = own_fonts(copy_site(tmp_path), "song: Noto Sans SC")
    shutil.rmtree(root / "data" / "fonts")
    assert "找不到字体文件夹 data/fonts" in run("check", folder=root, code=1)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("song: 方正小标宋", "宋体“方正小标宋”不在字体文件夹里；那里有：Noto Sans SC"),
        ("hei: Noto Serif SC", "黑体“Noto Serif SC”没有粗细 700；换一套带这个粗细的字体"),
    ],
)
def test_a_face_or_weight_that_is_not_there_is_refused(
    tmp_path: Path, settings: str, message: str
) -> None:
    root = own_fonts(copy_site(tmp_path), settings)
    prepared, _ = posters_of(read(root), PREVIEW)
    with pytest.raises(fonts.FontsUnusable, match=message):
        workshop(prepared)


def test_a_house_face_that_is_not_the_pinned_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared, _ = posters_of(read(copy_site(tmp_path)), PREVIEW)
    wrong = dict.fromkeys(fonts.PINNED, "0" * 64)
    monkeypatch.setattr(fonts, "PINNED", wrong)
    with pytest.raises(fonts.FontsUnusable, match="和核对过的不是同一个"):
        workshop(prepared)


def test_templates_ask_for_no_weight_that_is_not_checked() -> None:
    asked = set()
    for content in templates().values():
        asked |= {int(found) for found in re.findall(rb"weight: (\d+)", content)}
    assert asked
    checked = {weight for weights in fonts.WEIGHTS.values() for weight in weights}
    assert asked == checked | {fonts.HEAVY}


# --- who may be shown -------------------------------------------------------------------


def with_photo(root: Path, consent: str) -> Board:
    media = root / "data" / "media"
    media.mkdir(exist_ok=True)
    Image.new("RGB", (600, 800), (10, 120, 200)).save(media / "zhu.jpg")
    change(
        root / "data/members.yml",
        "    name: 祝君文\n",
        "    name: 祝君文\n    photo:\n      file: media/zhu.jpg\n      alt: 祝君文工作照\n"
        f"    consent:\n      date: 2019-01-01\n      {consent}\n",
    )
    return read(root)


@pytest.mark.parametrize(
    ("consent", "shown"), [("print: true", True), ("site: true", False), ("share: true", False)]
)
def test_a_photo_is_printed_only_with_consent_to_print(
    tmp_path: Path, consent: str, shown: bool
) -> None:
    board = with_photo(copy_site(tmp_path), consent)
    prepared, posters = posters_of(board, PREVIEW)
    shop = workshop(prepared)
    roster = next(poster for poster in posters if poster.kind == "roster")
    content = as_json(shop.studio, roster, known_size("A4"), Layout.INSET)
    assert ("祝君文工作照" in content) is shown
    [made] = make(shop, [Order(roster, known_size("A4"), Layout.INSET)])
    with pikepdf.open(pdf_of(made)) as opened:
        photos = [
            o
            for o in opened.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
        ]
    assert bool(photos) is shown


@pytest.mark.parametrize(
    ("consent", "shown"),
    [("print: true", False), ("site: true", False), ("print: true\n      site: true", True)],
)
def test_what_the_site_offers_for_print_needs_both_consents(
    tmp_path: Path, consent: str, shown: bool
) -> None:
    board = with_photo(copy_site(tmp_path), consent)
    room = print_room(board, PREVIEW)
    [roster] = [card for card in room.cards if card.id == "roster"]
    with Image.open(roster.pictures[0].path) as preview:
        colours = {colour for _, colour in preview.convert("RGB").getcolors(1 << 24) or ()}
    blue = [c for c in colours if c[2] > 150 and c[0] < 60]
    assert bool(blue) is shown


def test_the_publishing_edition_prints_no_sample_and_nothing_unapproved(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    board = read(root)
    prepared, posters = posters_of(board, PUBLISH)
    shop = workshop(prepared)
    assert posters
    for poster in posters:
        content = as_json(shop.studio, poster, known_size("A4"), Layout.INSET)
        assert "示例" not in content
        assert "sample" not in content
        assert poster.marks == ()
    built = build_site(root, EditionName.PUBLISH)
    names = [name for name in tree(built.target) if name.startswith("posters/")]
    assert names
    assert not [name for name in names if "sample" in name or "star-" in name]


def test_those_who_have_left_are_on_no_roster_and_no_desk_card(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(
        root / "data/members.yml",
        "    name: 祝君文\n",
        "    name: 祝君文\n    left_on: 2020-01-01\n",
    )
    _, posters = posters_of(read(root), PREVIEW)
    roster = next(poster for poster in posters if poster.kind == "roster")
    assert "祝君文" not in [person.name.text for person in roster.view.people]  # type: ignore[attr-defined]
    assert "desk-card-zhu-jun-wen" not in [poster.id for poster in posters]


# --- only what changed ------------------------------------------------------------------


def test_only_posters_whose_words_changed_are_set_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_site(tmp_path)
    print_room(read(root), PREVIEW)
    done: list[str] = []
    real = Typesetter.pdf

    def counted(self: Typesetter, kind: str, content: str) -> bytes:
        done.append(kind)
        return real(self, kind, content)

    monkeypatch.setattr(Typesetter, "pdf", counted)
    print_room(read(root), PREVIEW)
    assert done == []
    change(root / "data/quarters/2019-Q2.yml", "党员子包着设备列车", "党员子管着设备列车")
    print_room(read(root), PREVIEW)
    assert done == ["star", "star"], "A2 and A4 of the one star whose citation changed"


def test_the_version_is_the_same_in_all_sizes_and_changes_with_the_words(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    prepared, posters = posters_of(read(root), PREVIEW)
    star = next(poster for poster in posters if poster.id == "star-2019-Q2")
    shop = workshop(prepared)
    for name in ("A4", "A2", "80x200"):
        said = version(prepared, star)
        assert f"版本：{said}" in as_json(shop.studio, star, known_size(name), Layout.FINISHED)
    assert version(prepared, star) != version(prepared, replace(star, marks=()))
    later = datetime.date(2027, 3, 1)
    _, again = posters_of(read(root), replace(PREVIEW, today=later))
    same = next(poster for poster in again if poster.id == "star-2019-Q2")
    assert version(prepared, same) == version(prepared, star), "time alone changes no poster"


@needs_pdftotext
@pytest.mark.parametrize(
    ("name", "size"),
    [("desk-card-sample-ding", "20x10"), ("pledge-sample-ding", "A4"), ("roster", "A2")],
)
def test_a_word_without_end_stays_on_the_board(tmp_path: Path, name: str, size: str) -> None:
    root = copy_site(tmp_path)
    change(root / "data/members.yml", "    job: 安监员\n", f"    job: {'X' * 70}\n")
    prepared, posters = posters_of(read(root), PREVIEW)
    chosen = next(poster for poster in posters if poster.id == name)
    wanted = known_size(size)
    [made] = make(workshop(prepared), [Order(chosen, wanted, office_layout(wanted))])
    page = wanted.width / 25.4 * 72
    words = boxes(pdf_of(made))
    assert words
    assert all(left >= 0 and right <= page for _, left, _, right, _ in words)


@needs_pdftotext
@pytest.mark.parametrize("zone", ["thought", "safety"])
def test_with_little_to_say_a_zone_board_breaks_no_name(tmp_path: Path, zone: str) -> None:
    """Large type in narrow cards: a new site's zones hold little, so all is drawn large."""
    words = {"name": "掘进一区党支部", "unit": "掘进一区", "mine": "矿", "group": "集团"}
    root = make_site(tmp_path / "site", {**words, "brand": "先锋", "id": "jue-jin"}, TODAY)
    prepared, posters = posters_of(read(root), PREVIEW)
    chosen = next(poster for poster in posters if poster.id == f"zone-{zone}")
    [made] = make(workshop(prepared), [Order(chosen, known_size("80x120"), Layout.FINISHED)])
    said = {text for text, *_ in boxes(pdf_of(made))}
    holders = {row.name for row in prepared.members.values() for p in row.posts if p.zone == zone}
    roles = {role.name for role in prepared.zones[zone].roles}
    assert holders and roles | holders <= said


def with_long_unit(root: Path, branch: str) -> Board:
    change(root / "data/branch.yml", "  name: 综采二区党支部\n", f"  name: {branch}\n")
    group = "  group: 淮北矿业集团"
    change(root / "data/branch.yml", f"{group}\n", f"{group}有限责任公司\n")
    return read(root)


@needs_pdftotext
@pytest.mark.parametrize("branch", ["综采二区党支部", "综合机械化采煤第二工区党支部委员会"])
@pytest.mark.parametrize("record", ["sample-jia", "zhu-jun-wen"])
def test_a_long_unit_stands_above_the_name_on_a_desk_card(
    tmp_path: Path, branch: str, record: str
) -> None:
    prepared, posters = posters_of(with_long_unit(copy_site(tmp_path), branch), PREVIEW)
    card = next(poster for poster in posters if poster.id == f"desk-card-{record}")
    [made] = make(workshop(prepared), [Order(card, known_size("20x10"), Layout.FINISHED)])
    words = boxes(pdf_of(made))
    name = next(box for text, *box in words if text in {"党员甲", "祝君文"})
    unit = [box for text, *box in words if text in {"淮北矿业集团有限责任公司朱仙庄矿", branch}]
    assert len(unit) == 2
    mark = next((box for text, *box in words if text == "示例"), None)
    frame = 5 / 25.4 * 72
    for left, _, right, lower in unit:
        assert left > frame
        assert right < (mark[0] if mark else 200 / 25.4 * 72 - frame)
        assert lower < name[1] + 0.12 * (name[3] - name[1]), "boxes are higher than their letters"


def test_a_unit_that_no_desk_card_can_hold_stops_the_build(tmp_path: Path) -> None:
    board = with_long_unit(copy_site(tmp_path), "综合机械化采煤第二工区" * 22)
    prepared, posters = posters_of(board, PREVIEW)
    card = next(poster for poster in posters if poster.id == "desk-card-zhu-jun-wen")
    with pytest.raises(BoardError) as caught:
        make(workshop(prepared), [Order(card, known_size("20x10"), Layout.FINISHED)])
    [problem] = caught.value.problems
    assert "放不下：这一项 242 字" in problem.found
    assert problem.field == "name（支部名称）"


@pytest.mark.parametrize("address", ["http://h/a?x=1", "http://h/a#b", f"http://h/{'a' * 80}"])
def test_an_address_no_code_can_carry_is_told_by_check(tmp_path: Path, address: str) -> None:
    root = copy_site(tmp_path)
    line = f"  member_count: 15\n  site_url: {address}\n"
    change(root / "data/branch.yml", "  member_count: 15\n", line)
    assert "site_url（网站地址）：网站地址" in run("check", folder=root, code=1)


@pytest.mark.slow
def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    files = {file.url: file.path.read_bytes() for file in print_room(read(root), PREVIEW).files}
    cache = root / ".boards" / "posters"
    for file in cache.glob("*.pdf"):
        file.write_bytes(file.read_bytes()[:-200])
    for file in cache.glob("*.png"):
        file.write_bytes(b"")
    for file in cache.glob("theme-*/*.typ"):
        file.write_bytes(b"")
    (root / ".boards" / "fonts.json").write_text('{"x": 1}', encoding="utf-8")
    again = {file.url: file.path.read_bytes() for file in print_room(read(root), PREVIEW).files}
    assert again == files


@pytest.mark.parametrize("garbage", ["[]", "null", "{", '{"%s": [{"file": 1}]}'])
def test_garbage_among_what_is_known_of_fonts_is_read_again(tmp_path: Path, garbage: str) -> None:
    root = copy_site(tmp_path)
    prepared, _ = posters_of(read(root), PREVIEW)
    first = workshop(prepared).studio.fonts
    known = root / ".boards" / "fonts.json"
    key = next(iter(json.loads(known.read_text(encoding="utf-8"))))
    known.write_text(garbage % key if "%s" in garbage else garbage, encoding="utf-8")
    assert workshop(prepared).studio.fonts == first


def test_of_boards_with_much_to_say_only_one_is_set_at_a_time(
    studio: tuple[Workshop, list[Poster]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once are what a small office computer has no memory for; cards go on beside them."""
    setting, together = [], []

    def watched(shop: Workshop, order: Order) -> Made:
        setting.append(order.poster.kind)
        together.append(tuple(setting))
        time.sleep(0.01)
        setting.remove(order.poster.kind)
        return Made(order)

    monkeypatch.setattr(making, "_set_order", watched)
    shop, posters = studio
    wanted = list(orders(posters))
    assert len(making._all_set(shop, wanted, silent)) == len(wanted)
    wordy = {"brand", "zone", "case"}
    assert max(sum(kind in wordy for kind in kinds) for kinds in together) == 1
    assert any(len(kinds) > 1 for kinds in together)


def test_two_runs_at_once_do_not_trip_over_each_other(tmp_path: Path) -> None:
    root = copy_site(tmp_path, made=False)
    command = [sys.executable, "-m", "boards", "posters"]
    both = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode("utf-8")


def test_what_an_earlier_run_left_is_not_there_to_be_hung(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    folder = root / "posters"
    said = run("poster", "desk-card", "sample-jia", folder=root)
    assert "生成了 posters/desk-card-sample-jia-20x10.pdf" in said
    assert "version" in said
    run("posters", "--publish", folder=root)
    names = {file.name for file in folder.glob("*.pdf")}
    assert "brand-80x120.pdf" in names
    assert not [name for name in names if "sample" in name]


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    (root / "posters").mkdir()
    (root / "posters" / "mine.pdf").write_bytes(b"mine")
    assert "不是本程序生成的文件" in run("posters", folder=root, code=1)
    assert [file.name for file in (root / "posters").iterdir()] == ["mine.pdf"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["poster", "star", "2019-Q3"], "是不是 2019-Q2？可选：2019-Q2、2019-Q1"),
        (["poster", "stars"], "是不是 star（季度党员之星）？"),
        (["poster", "star"], "季度党员之星要写编号：2019-Q2、2019-Q1"),
        (["poster", "brand", "x"], "品牌总览只有一张，不用写编号“x”"),
        (["poster", "zone", "thought", "--plain"], "--plain 只用于责任管理牌"),
        (["poster", "pledge", "sample-jia", "--size", "80x200"], "责任状没有 80×200 cm 这个尺寸"),
        (["poster", "star", "2019-Q2", "--size", "B5"], "尺寸“B5”认不出来"),
        (["poster", "star", "2019-Q2", "--size", "20x1000"], "尺寸“20x1000”认不出来"),
        (
            ["poster", "star", "2019-Q2", "--size", "screen", "--profile", "wide-format"],
            "大屏不用印",
        ),
        (["poster", "star", "2019-Q2", "--publish"], "这一版里没有季度党员之星可做"),
    ],
)
def test_slips_at_the_counter_are_answered(tmp_path: Path, arguments: list[str], said: str) -> None:
    assert said in run(*arguments, folder=copy_site(tmp_path), code=1)


def test_a_board_at_half_size_says_so_in_its_name(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    said = run("poster", "brand", "--size", "600x120", folder=root)
    assert "按 1:2 制作，输出时放大到 200%" in said
    assert (root / "posters" / "brand-600x120-1to2.pdf").is_file()


# --- sizes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("A2", "A2"),
        ("a2横", "A2-landscape"),
        ("Ａ３ 竖版", "A3"),
        ("80×120", "80x120"),
        ("80x120cm", "80x120"),
        ("80 * 120", "80x120"),
        ("1920x1080", "screen"),
        ("20x10", "20x10"),
        ("600x120", "600x120"),
    ],
)
def test_sizes_are_read_as_people_type_them(typed: str, name: str) -> None:
    size = parse_size(typed)
    assert size
    assert size.name == name


@pytest.mark.parametrize("typed", ["A5", "A", "80", "80x", "10x10", "2000x100", "大"])
def test_what_is_no_size_is_not_taken_for_one(typed: str) -> None:
    assert parse_size(typed) is None


def test_boards_that_no_pdf_page_can_hold_are_drawn_at_half_size(
    studio: tuple[Workshop, list[Poster]],
) -> None:
    shop, posters = studio
    size = known_size("600x120")
    assert size.scale == 2
    document = shop.typesetter.pdf("brand", as_json(shop.studio, posters[0], size, Layout.FINISHED))
    with pikepdf.open(io.BytesIO(document)) as opened:
        box = [float(edge) / 72 * 25.4 for edge in opened.pages[0].mediabox]
    assert box == pytest.approx([0, 0, 3000, 600], abs=0.01)


def test_pledge_sheets_and_desk_cards_come_in_their_own_sizes_only() -> None:
    assert KINDS["pledge"].sizes == ("A4",)
    assert KINDS["desk-card"].sizes == ("A4", "20x10")
    assert "80x200" not in KINDS["plate"].sizes


# --- the theme --------------------------------------------------------------------------


def test_the_emblem_is_drawn_in_one_place_and_never_turned() -> None:
    turned = [n for n, c in templates().items() if re.search(rb"\b(rotate|scale|skew)\(", c)]
    assert turned == ["desk-card.typ", "symbols.html", "tiles.typ"]
    assert b"emblem(" not in templates()["desk-card.typ"]
    drawn = b"".join(templates().values())
    used = re.findall(rb"(?<!let )emblem\([^)]*fill: ([\w.]+)", drawn)
    assert set(used) == {b"gold", b"red", b"tints.lines"}
    lines = re.findall(rb"lines: (\w+), title:", drawn)
    assert set(lines) == {b"gold", b"red"}, "gold, or red on plain plates"
    for name, content in templates().items():
        assert content.count(b"M3 13L7.5") == (1 if name == "emblem.html" else 0)


def test_templates_open_with_their_contract_and_name_no_colour_of_their_own() -> None:
    for name, content in templates().items():
        if not name.endswith(".typ"):
            continue
        text = content.decode("utf-8")
        assert text.startswith("// "), name
        own = set(re.findall(r"#[0-9a-fA-F]{6}\b", text)) - {"#ffffff"}
        assert own == set(), name
        if f"{name.removesuffix('.typ')}" in KINDS:
            assert "Contract: view is posters.views." in text.replace("\n// ", " "), name


def test_every_kind_has_its_template() -> None:
    assert set(KINDS) <= {name.removesuffix(".typ") for name in templates()}
