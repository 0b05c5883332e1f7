"""Kinds of posters, their sizes, and the ways they are printed.

Sizes and viewing distances are those in use for notice boards: sheets A4 to A0, display boards
named by width and height in centimetres, roll-ups, the desk card, and the television.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

OUTPUT = "posters"
"""The folder beside data that posters are written into."""
MAX_PAGE = 5080.0
"""A PDF page ends at 14 400 units of 1/72 inch; in millimetres. Longer boards are made at 1:2."""
MAX_SIDE = 1000
"""Longest side in centimetres that is taken for a board and not for a slip of the hand; nor is
anything longer than twelve times its breadth, where no arrangement holds."""


class Family(StrEnum):
    """Sizes that are made and read alike."""

    SHEET = "sheet"
    PANEL = "panel"
    WALL = "wall"
    STANDEE = "standee"
    DESK = "desk"
    SCREEN = "screen"


class Face(StrEnum):
    """The two typefaces: Song for display, Hei for labels and running text."""

    SONG = "song"
    HEI = "hei"

    @property
    def label(self) -> str:
        """What people call it."""
        return {"song": "宋体", "hei": "黑体"}[self]


@dataclass(frozen=True, slots=True)
class Size:
    """A finished size in millimetres."""

    name: str
    """As it is typed and as it stands in file names: A2, A2-landscape, 80x120."""
    width: float
    height: float
    family: Family

    @property
    def label(self) -> str:
        """As people say it."""
        if self.family is Family.SCREEN:
            return "大屏 1920×1080"
        if self.family is not Family.SHEET:
            return f"{self.name.replace('x', '×')} cm"
        return f"{self.name[:2]} {'横版' if self.width > self.height else '竖版'}"

    @property
    def short(self) -> float:
        """The short side in millimetres."""
        return min(self.width, self.height)

    @property
    def long(self) -> float:
        """The long side in millimetres."""
        return max(self.width, self.height)

    @property
    def distance(self) -> float:
        """How far away its readers stand, in metres."""
        area = self.width * self.height / 1e6
        if self.family is Family.SCREEN:
            return 5.0
        if area <= 0.065:  # desk card, A4
            return 0.6
        if area <= 0.13:  # A3
            return 1.0
        return 3.0 if self.long >= 1600 else 2.0

    @property
    def key_floor(self) -> float:
        """Least em height in millimetres of what must be read from there: distance / 250."""
        return self.distance * 1000 / 250

    @property
    def body_floor(self) -> float:
        """Least em height in millimetres of running text: distance / 400."""
        return self.distance * 1000 / 400

    @property
    def qr_side(self) -> float:
        """Side of a QR code in millimetres: readers step up to a third of the distance (10:1)."""
        if self.family is Family.SCREEN:
            return 90.0
        return max(20.0, 30.0 * self.distance)

    @property
    def shape(self) -> str:
        """Which arrangement it takes: tall, portrait, landscape or wide."""
        ratio = self.height / self.width
        if ratio >= 1.9:
            return "tall"
        if ratio >= 1:
            return "portrait"
        return "landscape" if ratio > 0.58 else "wide"

    @property
    def scale(self) -> int:
        """2 when the page must be drawn at half size, else 1."""
        return 2 if self.long > MAX_PAGE else 1

    @property
    def dpi(self) -> int:
        """Resolution for wide-format printing (写真、喷绘): the larger, the coarser."""
        if self.family is Family.SCREEN:
            return 40
        area = self.width * self.height / 1e6
        finer = ((0.5, 150), (1.1, 120), (3.0, 96), (12.0, 72), (30.0, 36))
        return next((dpi for limit, dpi in finer if area <= limit), 24)


def _sheets() -> dict[str, Size]:
    found = {}
    long, short = 1189.0, 841.0
    for name in ("A0", "A1", "A2", "A3", "A4"):
        found[name] = Size(name, short, long, Family.SHEET)
        found[f"{name}-landscape"] = Size(f"{name}-landscape", long, short, Family.SHEET)
        long, short = short, float(long // 2)
    return found


SHEETS = _sheets()
BOARDS = ("60x40", "80x60", "60x90", "80x120", "120x80", "90x120", "120x240", "240x120")
STANDEES = ("80x200", "60x160")
SCREEN = Size("screen", 1219.2, 685.8, Family.SCREEN)
"""A 55-inch television; 40 dots per inch make exactly 1920 × 1080."""
DESK_CARD = Size("20x10", 200.0, 100.0, Family.DESK)


def parse_size(typed: str) -> Size | None:
    """The size somebody typed (A2, a2横, 80×120, 80x120cm), or nothing."""
    text = unicodedata.normalize("NFKC", typed).casefold().strip()
    text = text.replace("×", "x").replace("*", "x").removesuffix("cm").removesuffix("厘米").strip()
    text = re.sub(r"\s*(横版|横)$", "-landscape", re.sub(r"\s*(竖版|竖)$", "", text))
    if text in ("screen", "1920x1080"):
        return SCREEN
    if text == DESK_CARD.name:
        return DESK_CARD
    if re.fullmatch(r"a[0-4](-landscape)?", text):
        return SHEETS[text.replace("a", "A", 1)]
    sides = re.fullmatch(r"([1-9]\d{1,3})\s*x\s*([1-9]\d{1,3})", text)
    if sides is None:
        return None
    width, height = (int(side) for side in sides.groups())
    if min(width, height) < 20 or max(width, height) > min(MAX_SIDE, 12 * min(width, height)):
        return None
    family = Family.PANEL
    if height / width >= 2.2:
        family = Family.STANDEE
    elif max(width, height) > 150:
        family = Family.WALL
    return Size(f"{width}x{height}", width * 10.0, height * 10.0, family)


def known_size(name: str) -> Size:
    """A size of the tables above, which is known to parse."""
    size = parse_size(name)
    assert size, name
    return size


NAMED_SIZES = (*SHEETS, *BOARDS, *STANDEES, SCREEN.name, DESK_CARD.name)


@dataclass(frozen=True, slots=True)
class Variant:
    """Another look that a kind of poster comes in."""

    id: str
    """Stands behind the record's id, and as an option of the command."""
    label: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of poster: what it is called, what it shows, and the sizes it makes sense in."""

    id: str
    label: str
    default: str
    families: tuple[Family, ...] = ()
    table: str = ""
    """The table of the record that each is named after; empty for one that shows the branch."""
    only: tuple[str, ...] = ()
    """Exactly these sizes, for kinds that are forms or cards."""
    goes_on: bool = False
    """Whether its content is a list that takes further sheets when one is full."""
    many: bool = False
    """Whether a page has so many that it offers them in one link."""
    variants: tuple[Variant, ...] = ()

    def comes_in(self, size: Size) -> bool:
        """Whether this kind is made in that size."""
        return size.name in self.only if self.only else size.family in self.families

    @property
    def sizes(self) -> tuple[str, ...]:
        """The named sizes it comes in."""
        return tuple(name for name in NAMED_SIZES if self.comes_in(known_size(name)))


_SHOWN = (Family.SHEET, Family.PANEL, Family.WALL, Family.STANDEE)
_ON_SCREEN = (*_SHOWN, Family.SCREEN)
_NEAR = (Family.SHEET, Family.PANEL)
_PLAIN = (Variant("plain", "井下素色"),)

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("brand", "品牌总览", "80x120", _ON_SCREEN),
        Kind("zone", "责任区展板", "80x120", _SHOWN, "zones", goes_on=True),
        Kind(
            "plate", "责任管理牌", "60x40", _NEAR, "areas", goes_on=True, many=True, variants=_PLAIN
        ),
        Kind("roster", "党员亮身份", "80x120", _SHOWN, goes_on=True),
        Kind("star", "季度党员之星", "A2", _ON_SCREEN, "quarters"),
        Kind("excellent-zone", "优质责任区", "A2", _ON_SCREEN, "quarters"),
        Kind("linkage", "季度联动成绩", "A2-landscape", _ON_SCREEN, "quarters", goes_on=True),
        Kind("honours", "光荣榜", "80x120", _ON_SCREEN, goes_on=True),
        Kind("case", "案例海报", "80x120", _SHOWN, "cases"),
        Kind("outcomes", "工作成效", "80x120", _SHOWN, goes_on=True),
        Kind("experience", "兄弟单位经验", "80x120", _SHOWN, "received", goes_on=True),
        Kind("pledge", "责任状", "A4", table="members", only=("A4",), goes_on=True),
        Kind("desk-card", "桌牌", "20x10", table="members", only=("20x10", "A4")),
    )
}


def kind_of(poster: str) -> Kind | None:
    """The kind of a poster by its id, such as star-2019-Q2; nothing if there is no such kind."""
    return next((kind for kind in KINDS.values() if f"{poster}-".startswith(f"{kind.id}-")), None)


OFFICE_MARGIN = 5.0
"""What an office printer leaves white on each side of a sheet, in millimetres."""
BLEED = 3.0
SLUG = 9.0
"""Room for crop marks outside the bleed, in millimetres."""
