"""What a shop for wide-format printing (写真、喷绘) gets beside a board's PDF.

A picture that knows its size, and a sheet that says what to make of the files.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

from boards.colours import colours
from boards.formats import Family, Size
from boards.records.brand import ZONES
from boards.typst.engine import Typesetter
from boards.typst.fonts import FAMILIES
from boards.typst.inks import inks

_COLOURS = {
    "red": "大红",
    "wine": "深红底",
    "gold": "金黄",
    "pale-gold": "浅金",
    "paper": "米白底",
    "ink": "黑字",
    "stone": "灰字",
    **{zone.id: f"{zone.short}区" for zone in ZONES.values()},
}
"""The colours that a shop may match, by the name of the token."""

_BANNER = 3.0
"""From this area in square metres boards are printed on cloth, no longer glued to foam board."""
_MATERIALS = {
    Family.SHEET: "写真背胶裱 KT 板，覆哑膜；直接贴墙的用车贴",
    Family.PANEL: "写真背胶裱 KT 板，覆哑膜；直接贴墙的用车贴",
    Family.WALL: "写真背胶裱 KT 板，覆哑膜；直接贴墙的用车贴",
    Family.STANDEE: "易拉宝相纸，覆哑膜，配同尺寸的展架",
    Family.DESK: "相纸，覆哑膜，装进桌牌架",
}


def with_resolution(png: bytes, ppi: float) -> bytes:
    """A picture as RIP software takes it: RGB without transparency, `ppi` in its header.

    `ppi` is the resolution of the page as it was drawn, so that the picture's own size in
    millimetres is the page's: for a board at 1:2 twice what is printed.
    """
    from PIL import Image  # noqa: PLC0415 - only for wide-format printing
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415

    # Opened directly: Image.open refuses what is larger than a photo ever is, and ours may be.
    with PngImageFile(io.BytesIO(png)) as drawn:
        picture = Image.new("RGB", drawn.size, "white")
        picture.paste(drawn, mask=drawn.getchannel("A") if drawn.mode == "RGBA" else None)
    made = io.BytesIO()
    picture.save(made, "PNG", dpi=(ppi, ppi))
    return made.getvalue()


def pixels(size: Size) -> tuple[int, int]:
    """Width and height of a board's picture in pixels, at the resolution of its size."""
    width, height = (round(side / 25.4 * size.dpi) for side in (size.width, size.height))
    return width, height


def material(size: Size) -> str:
    """What boards of a size are usually printed on; a proposal, not a rule.

    Raises ValueError for the screen, which is not printed.
    """
    if size.family is Family.SCREEN:
        raise ValueError("the screen is not printed")
    if size.family is not Family.STANDEE and size.width * size.height / 1e6 > _BANNER:
        return "喷绘布，四周包边打扣"
    return _MATERIALS[size.family]


def spec_sheet(  # noqa: PLR0913 - each is one line of the sheet
    *,
    title: str,
    size: Size,
    files: Sequence[str],
    version: str,
    contact: str,
    owner: str,
    typesetter: Typesetter,
) -> bytes:
    """The sheet for the shop (喷绘说明单), one A4 page as PDF/A.

    How many are wanted, and the contact if it is empty, are left to be filled in by hand. Raises
    NotSet where a text holds a character that the typefaces lack, ValueError for the screen.
    """
    width, height = pixels(size)
    content = {
        "title": title,
        "owner": owner,
        "faces": {str(face): family for face, family in FAMILIES.items()},
        "size": size.label,
        "measures": f"{size.width:g} × {size.height:g} mm",
        "scale": size.scale,
        "dpi": size.dpi,
        "ppi": size.dpi * size.scale,
        "pixels": f"{width} × {height}",
        "material": material(size),
        "files": list(files),
        "version": version,
        "contact": contact,
        "colours": [_colour(name, label) for name, label in _COLOURS.items()],
    }
    return typesetter.pdf("spec", json.dumps(content, ensure_ascii=False))


def _colour(name: str, label: str) -> dict[str, str]:
    shown = colours()[name]
    shares = (f"{mark}{share * 100:.0f}" for mark, share in zip("CMYK", inks()[shown], strict=True))
    return {"label": label, "hex": shown, "inks": " ".join(shares)}
