"""The typefaces of posters: where they are, whether they are the ones we know, what they can set.

They come from two packages, so that installing is enough; a site may use licensed ones of its own.
Typst says nothing of a family, a weight or (outside PDF/A) a character it does not have; so all
three are checked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from boards.cache import home
from boards.formats import Face
from boards.records.posters import FontSettings
from boards.typst.font_files import FontFile, FontsUnusable, Readings, files_in

_DISPLAY = ("boards_theme", "faces/NotoSerifSC-Black.ttf")
PINNED = {
    ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"): (
        "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3"
    ),
    _DISPLAY: ("f6ac07935a7355371bae5271eef15151c1749002a2531dba7312c1bfcc3249bc"),
    ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"): (
        "a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da"
    ),
}
"""Package, file and SHA-256 of the house faces: Noto Serif SC 400 and 900, Noto Sans SC 100-900."""

FAMILIES = {Face.SONG: "Noto Serif SC", Face.HEI: "Noto Sans SC"}
WEIGHTS = {Face.SONG: (400,), Face.HEI: (400, 700)}
"""The weights that text is set in; a face must have them."""
HEAVY = 900
"""The Song of titles and names: in this weight, or the nearest to it from `_HEAVY_ENOUGH` on."""
_HEAVY_ENOUGH = 600


@dataclass(frozen=True)
class FontSet:
    """The two faces in use."""

    folders: tuple[Path, ...]
    families: dict[Face, str]
    characters: dict[Face, frozenset[int]]
    heavy: frozenset[int]
    """What the heavy Song can set; nothing if there is none."""
    fingerprint: str

    def has(self, face: Face, character: str) -> bool:
        """Whether a face can set a character; white space needs no glyph."""
        return character.isspace() or ord(character) in self.characters[face]

    def thickened(self, text: str) -> str:
        """What of a text the heavy Song lacks and the Song of text has, as a pattern for Typst.

        Empty if that is nothing, "all" if there is no heavy Song.
        """
        if not self.heavy:
            return "all"
        lacking = (set(map(ord, text)) - self.heavy) & self.characters[Face.SONG]
        signs = "".join(f"\\x{{{point:x}}}" for point in sorted(lacking))
        return f"[{signs}]+" if signs else ""


def font_set(data: Path, settings: FontSettings | None) -> FontSet:
    """The faces of a site: the house ones, or those its settings name; raises FontsUnusable."""
    cache = home(data) / "fonts.json"
    families = dict(FAMILIES)
    folders = []
    for package, name in PINNED:
        file = house_file(package, name)
        if file is None:
            raise FontsUnusable(_lacking(name))
        folders.append(file.parent)
    if settings:
        folder = data / settings.folder
        if not folder.is_dir():
            raise FontsUnusable(
                f"找不到字体文件夹 data/{settings.folder}，核对 branch.yml 的 fonts"
            )
        folders.append(folder)
        families[Face.SONG] = settings.song or families[Face.SONG]
        families[Face.HEI] = settings.hei or families[Face.HEI]
    known = Readings(cache)
    found = [face for folder in folders for file in files_in(folder) for face in known.read(file)]
    known.save()
    _require_pinned(found, folders[: len(PINNED)])
    _require_families(found, families)
    return FontSet(
        folders=tuple(folders),
        families=_as_typst_says(found, families, folders),
        characters={
            face: frozenset.intersection(
                *(_characters(found, family, weight) for weight in WEIGHTS[face])
            )
            for face, family in families.items()
        },
        heavy=_heavy(found, families[Face.SONG]),
        fingerprint="".join(sorted({font.sha256 for font in found})),
    )


@dataclass(frozen=True, slots=True)
class HouseFace:
    """A face that comes with the program."""

    file: Path
    sha256: str


def display_face() -> HouseFace:
    """The heavy Song of titles and names; raises FontsUnusable if it is not installed."""
    package, name = _DISPLAY
    file = house_file(package, name)
    if file is None:
        raise FontsUnusable(_lacking(name))
    return HouseFace(file, PINNED[_DISPLAY])


def house_file(package: str, name: str) -> Path | None:
    """Where a face of `PINNED` is; None if it is not installed."""
    spec = find_spec(package)
    places = [Path(place, name) for place in spec.submodule_search_locations or ()] if spec else []
    return next((place for place in places if place.is_file()), None)


def _lacking(name: str) -> str:
    return f"缺少字体文件 {Path(name).name}，重新安装 branch-boards"


def _as_typst_says(
    found: list[FontFile], families: dict[Face, str], folders: list[Path]
) -> dict[Face, str]:
    """Typst knows a family by one name only, which need not be the one that people know."""
    import typst  # noqa: PLC0415 - heavy

    paths: list[Any] = [*folders]
    known = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=paths
    ).fonts()
    named = {(Path(str(row.path)), row.index): row.family for row in known}
    said = {}
    for face, family in families.items():
        fonts = [font for font in found if family in font.families]
        names = {named.get((Path(font.file), font.index)) for font in fonts}
        if None in names or len(names) != 1:
            raise FontsUnusable(f"{face.label}“{family}”的字体文件排版程序认不出来，换一份完整的")
        said[face] = str(names.pop())
    return said


def _require_pinned(found: list[FontFile], house: list[Path]) -> None:
    own = [font for font in found if Path(font.file).parent in house]
    hashes = {Path(font.file).name: font.sha256 for font in own}
    for (_, name), expected in PINNED.items():
        short = Path(name).name
        if hashes.get(short) != expected:
            raise FontsUnusable(f"字体文件 {short} 和核对过的不是同一个，重新安装 branch-boards")


def _require_families(found: list[FontFile], families: dict[Face, str]) -> None:
    for face, family in families.items():
        fonts = [font for font in found if family in font.families]
        if not fonts:
            there = "、".join(sorted({name for font in found for name in font.families}))
            raise FontsUnusable(f"{face.label}“{family}”不在字体文件夹里；那里有：{there}")
        for weight in WEIGHTS[face]:
            if not any(font.lightest <= weight <= font.heaviest for font in fonts):
                hint = "换一套带这个粗细的字体，或删掉 branch.yml 里的这一行"
                raise FontsUnusable(f"{face.label}“{family}”没有粗细 {weight}；{hint}")


def _characters(found: list[FontFile], family: str, weight: int) -> frozenset[int]:
    """What every file has that Typst may take for a weight: what one lacks could leave a hole."""
    fonts = [font for font in found if family in font.families]
    nearest = min(font.away_from(weight) for font in fonts)
    sets = [
        frozenset(point for first, last in font.ranges for point in range(first, last + 1))
        for font in fonts
        if font.away_from(weight) == nearest
    ]
    return frozenset.intersection(*sets)


def _heavy(found: list[FontFile], family: str) -> frozenset[int]:
    heaviest = max(font.heaviest for font in found if family in font.families)
    return _characters(found, family, HEAVY) if heaviest >= _HEAVY_ENOUGH else frozenset()
