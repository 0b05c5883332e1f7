"""The heavy Song of titles and names: what the wheel carries, and what it can set."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hatchling.builders.wheel import WheelBuilder

from sites import ROOT

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
