"""The heavy Song of titles and names: what the wheel carries, and what it can set."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hatchling.builders.wheel import WheelBuilder

from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.formats import Face, known_size
from boards.posters.make import Order, make
from boards.posters.room import posters_of
from boards.posters.setting import Layout
from boards.posters.workshop import workshop
from boards.records.posters import FontSettings
from boards.typst.engine import templates
from boards.typst.fonts import FontSet, font_set, house_file
from helpers import TODAY
from sites import ROOT, change, copy_site

pytestmark = pytest.mark.slow

FACES = ROOT / "theme" / "boards_theme" / "faces"
BLACK = FACES / "NotoSerifSC-Black.ttf"
STANDARD = ROOT / "generator" / "boards" / "words" / "strokes.txt"


@pytest.fixture(scope="module")
def characters() -> set[str]:
    with TTFont(BLACK, lazy=True) as font:
        return set(map(chr, font.getBestCmap()))


def test_the_wheel_carries_the_face_with_its_licence_and_origin(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(wheel) as archive:
        held = {
            name: archive.read(name) for name in archive.namelist() if "boards_theme/faces/" in name
        }
    assert held == {
        f"boards_theme/faces/{file.name}": file.read_bytes() for file in FACES.iterdir()
    }
    assert b"SIL OPEN FONT LICENSE Version 1.1" in held["boards_theme/faces/OFL.txt"]


def test_its_origin_names_the_bytes() -> None:
    said = (FACES / "README.md").read_text(encoding="utf-8")
    digests = re.findall(r"\b[0-9a-f]{64}\b", said)
    maker = (ROOT / "generator" / "make_display_face.py").read_text(encoding="utf-8")
    assert f'SOURCE = "{digests[0]}"' in maker
    assert hashlib.sha256(BLACK.read_bytes()).hexdigest() == digests[1]


@pytest.mark.parametrize(
    "wanted",
    [
        STANDARD.read_text(encoding="utf-8").strip(),
        "".join(map(chr, range(0x20, 0x7F))),
        "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
        "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～－％‰℃㎡㎥㎜○〇×÷±≥≤éüñ",
    ],
    ids=["standard", "ascii", "numerals", "signs"],
)
def test_it_has_what_titles_and_names_are_made_of(characters: set[str], wanted: str) -> None:
    assert not set(wanted) - characters


# --- posters ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    return font_set(tmp_path_factory.mktemp("site") / "data", None)


def test_text_keeps_the_characters_of_its_own_song(house: FontSet) -> None:
    assert house.has(Face.SONG, "㐂"), "the heavy Song lacks it, not the Song of text"
    assert ord("㐂") not in house.heavy
    assert not house.has(Face.SONG, "𰻝")


def test_what_the_heavy_song_lacks_is_named_to_the_templates(house: FontSet) -> None:
    assert house.thickened("党员之星，Ⅱ830 ①℃㎡") == ""
    assert house.thickened("党㐂员㐁") == r"[\x{3401}\x{3402}]+"
    assert house.thickened("𰻝") == "", "what no face has is a problem of its own"
    assert replace(house, heavy=frozenset()).thickened("党") == "all"


def test_the_house_face_has_all_that_templates_say(house: FontSet) -> None:
    said = set("".join(content.decode() for content in templates().values())) - set("\n")
    assert not {character for character in said if ord(character) not in house.heavy}


def only(weight: int) -> Callable[[Path], FontSettings]:
    """A folder with one face of a site's own, in one weight."""

    def put(data: Path) -> FontSettings:
        folder = data / "fonts"
        folder.mkdir(parents=True)
        file = house_file("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
        assert file
        with TTFont(file) as font:
            font["OS/2"].usWeightClass = weight
            for row in font["name"].names:
                if row.nameID in (1, 16):
                    row.string = "Branch Song"
            font.save(folder / f"own-{weight}.otf")
        return FontSettings(folder="fonts", song="Branch Song")

    return put


def test_a_song_of_ones_own_without_a_heavy_weight_is_thickened(tmp_path: Path) -> None:
    own = font_set(tmp_path, only(400)(tmp_path))
    assert own.thickened("党") == "all"


def test_the_heaviest_of_a_song_of_ones_own_is_taken(tmp_path: Path) -> None:
    settings = only(400)(tmp_path)
    file = tmp_path / "fonts" / "own-400.otf"
    with TTFont(file) as font:
        font["OS/2"].usWeightClass = 700
        for table in font["cmap"].tables:
            table.cmap.pop(ord("朱"), None)
        font.save(tmp_path / "fonts" / "own-700.otf")
    own = font_set(tmp_path, settings)
    assert own.thickened("祝文") == ""
    assert own.thickened("朱文") == r"[\x{6731}]+"
    assert own.has(Face.SONG, "朱")


def faces_and_strokes(name: str, folder: Path) -> tuple[set[str], int]:
    """The Songs that a member's desk card is set in, and how often text on it is stroked."""
    root = copy_site(folder)
    change(root / "data/members.yml", "    name: 陈化永\n", f"    name: {name}\n")
    board, _ = check_folders(root / "data", root / "content", TODAY)
    prepared, posters = posters_of(board, Edition(EditionName.PREVIEW, TODAY))
    card = next(p for p in posters if p.kind == "desk-card" and name in p.title)
    [made] = make(workshop(prepared), [Order(card, known_size("20x10"), Layout.FINISHED)])
    with pikepdf.open(made.sheets[0].pdf) as opened:
        named = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary)]
        faces = {str(o.FontName)[8:] for o in named if o.get("/Type") == "/FontDescriptor"}
        content = opened.pages[0].Contents.read_bytes()
    return {face for face in faces if "Serif" in face}, len(re.findall(rb"\b2 Tr\b", content))


def test_a_name_is_set_in_the_heavy_song_and_not_stroked(tmp_path: Path) -> None:
    assert faces_and_strokes("陈化永", tmp_path) == ({"NotoSerifSC-Black"}, 0)


def test_a_rare_character_of_a_name_is_set_thickened_beside_the_others(tmp_path: Path) -> None:
    faces, strokes = faces_and_strokes("陈㐂永", tmp_path)
    assert faces == {"NotoSerifSC-Black", "NotoSerifSC-Regular"}
    assert strokes == 1
