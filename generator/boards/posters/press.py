"""A poster's PDF as an offset press wants it (胶印稿): process inks, trim and bleed boxes.

Posters are set in RGB as PDF/A, which has no room for CMYK without a profile of the press. What
is printed is made from that very page, so that it cannot differ: each solid colour is exchanged
for the inks that the theme gives it; photos stay sRGB, for the print shop's own profile. Black
overprints, so that no light edge shows where plates shift; crop marks stand on every plate.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Stream

from boards.colours import colours
from boards.formats import BLEED, SLUG, Size
from boards.typst.inks import Cmyk, inks

_POINTS = 72 / 25.4
_ROUNDED = 0.01
"""What a page's sides may be off by when written down, in points."""
_ARCHIVE_CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfaExtension:schemas")
_DIRECT = {"rg": 3, "RG": 3, "g": 1, "G": 1}
"""Operators that name a colour with its space, and the shares they take."""
_IN_SPACE = {"sc", "SC", "scn", "SCN"}
"""Operators that name a colour of the space in force."""
_NO_SOLID = "（渐变或图案）"
_BLACK = (0.0, 0.0, 0.0, 1.0)
_OVERPRINTS = {True: Name("/BoardsOverprint"), False: Name("/BoardsKnockout")}
_REGISTRATION = Name("/BoardsRegistration")
_MARK = SLUG - 4
"""Length of a crop mark in millimetres; 4 stay free before the bleed."""
_HAIRLINE = 0.25
"""Its weight in points."""


class InkMissing(Exception):
    """A colour of a poster that the table of inks lacks; nothing may stay RGB unnoticed."""

    def __init__(self, colour: str) -> None:
        super().__init__(
            f"海报里的颜色 {colour} 没有对应的油墨，不能做胶印稿；"
            "在主题的 posters/inks.yml 里给它补一行 C M Y K"
        )
        self.colour = colour
        """Its hex, or what stands in the way of having one."""


def for_offset(pdf: bytes, size: Size) -> bytes:
    """The press file of a poster set in `Layout.BLEED`, as PDF 1.7 in CMYK.

    Raises InkMissing for a colour, gradient or pattern without inks, and ValueError where the page
    is not `size` with bleed and crop marks around it.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        _set_boxes(page, size)
        page.Contents = document.make_stream(_in_inks(page.obj) + b"\n" + _crop_marks(size))
        _name_all_plates(page)
        for item in list(document.objects):
            if isinstance(item, Stream | Dictionary):
                _convert(item)
        _drop_archive_claims(document)
        made = io.BytesIO()
        document.save(made, min_version="1.7", deterministic_id=True)
    return made.getvalue()


def _set_boxes(page: pikepdf.Page, size: Size) -> None:
    """TrimBox is the finished board, BleedBox what is printed beyond it; in points."""
    width, height = (side / size.scale for side in (size.width, size.height))
    for name, edge, around in (("/TrimBox", SLUG + BLEED, 0.0), ("/BleedBox", SLUG, BLEED)):
        sides = (edge, edge, edge + width + 2 * around, edge + height + 2 * around)
        page.obj[name] = Array([round(side * _POINTS, 4) for side in sides])
    whole = [(side + 2 * (SLUG + BLEED)) * _POINTS for side in (width, height)]
    found = [float(page.mediabox[at]) for at in (2, 3)]
    if any(abs(a - b) > _ROUNDED for a, b in zip(whole, found, strict=True)):
        raise ValueError(f"page is {found} points, {size.name} with bleed and marks is {whole}")


def _name_all_plates(page: pikepdf.Page) -> None:
    """The colour that prints on every plate (Registration)."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    space = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
    page.Resources[Name.ColorSpace] = Dictionary({str(_REGISTRATION): space})


def _crop_marks(size: Size) -> bytes:
    """Two lines at each corner of the finished board."""
    edge = SLUG + BLEED
    whole = [side / size.scale + 2 * edge for side in (size.width, size.height)]
    steps = [f"q {_REGISTRATION} CS 1 SCN {_HAIRLINE} w 0 J"]
    for across, (length, other) in ((True, whole), (False, whole[::-1])):
        for at in (edge, other - edge):
            for start in (0.0, length - _MARK):
                ends = ((start, at), (start + _MARK, at))
                (a, b), (c, d) = ends if across else ((y, x) for x, y in ends)
                steps.append(" ".join(f"{side * _POINTS:.4f}" for side in (a, b)) + " m")
                steps.append(" ".join(f"{side * _POINTS:.4f}" for side in (c, d)) + " l S")
    return "\n".join([*steps, "Q"]).encode("ascii")


def _convert(item: Stream | Dictionary) -> None:
    """Put inks into whatever carries colour besides the page's own content."""
    soft_mask = isinstance(item.get("/SMask"), Dictionary)
    if "/ShadingType" in item or "/PatternType" in item or soft_mask:
        raise InkMissing(_NO_SOLID)
    if "/Group" in item and "/CS" in item.Group:
        item.Group.CS = Name.DeviceCMYK
    if isinstance(item, Stream) and item.get("/Subtype") == Name.Form:
        item.write(_in_inks(item))
    elif isinstance(item, Stream) and item.get("/Subtype") == Name.Image and "/SMask" in item:
        _convert_silhouette(item)


def _convert_silhouette(image: Stream) -> None:
    """A rare character drawn from a picture is one colour behind a mask: print it in its ink."""
    if _shares(image.ColorSpace) != 3 or image.get("/Filter") == Name.DCTDecode:
        return
    pixels = image.read_bytes()
    if pixels[:3] * (int(image.Width) * int(image.Height)) == pixels:
        colour = f"#{pixels[:3].hex()}"
        if colour not in inks():
            raise InkMissing(colour)
        image.write(bytes(round(share * 255) for share in inks()[colour]))
        image.Width = image.Height = 1
        image.ColorSpace = Name.DeviceCMYK


def _in_inks(drawing: Object) -> bytes:
    """The content of a page or form with every colour in CMYK; the spaces it used are dropped."""
    resources = drawing.get("/Resources", Dictionary())
    spaces = resources.get("/ColorSpace", Dictionary())
    made = list(_exchange(drawing, spaces))
    if "/ColorSpace" in resources:
        del resources.ColorSpace
    named = [step.operands[0] for step in made if str(step.operator) == "gs"]
    if any(name in _OVERPRINTS.values() for name in named):
        states = resources.get("/ExtGState", Dictionary())
        for on, name in _OVERPRINTS.items():
            states[name] = Dictionary(Type=Name.ExtGState, OP=on, op=on, OPM=int(on))
        drawing.Resources[Name.ExtGState] = states
    return pikepdf.unparse_content_stream(made)


def _exchange(drawing: Object, spaces: Object) -> Iterator[ContentStreamInstruction]:
    """Operators one by one; the spaces in force for fills and strokes are part of what q keeps."""
    current = {"fill": 1, "stroke": 1}
    over = False
    kept: list[tuple[dict[str, int], bool]] = []
    for step in pikepdf.parse_content_stream(drawing):
        assert isinstance(step, ContentStreamInstruction), "Typst writes no inline images"
        name, operands = str(step.operator), step.operands
        use = "stroke" if name.isupper() else "fill"
        if name == "q":
            kept.append((current.copy(), over))
        elif name == "Q":
            current, over = kept.pop()
        if name in ("cs", "CS"):
            # Typst always names a colour next, so the space's first colour needs no ink.
            current[use] = _shares(spaces.get(str(operands[0]), operands[0]))
        elif name in _DIRECT or name in _IN_SPACE:
            shares = _inks_of(list(operands), _DIRECT.get(name, current[use]))
            if use == "fill" and (black := shares == _BLACK) != over:
                yield ContentStreamInstruction([_OVERPRINTS[black]], Operator("gs"))
                over = black
            yield ContentStreamInstruction(shares, Operator("K" if use == "stroke" else "k"))
        elif name == "sh":
            raise InkMissing(_NO_SOLID)
        else:
            yield step


def _shares(space: Object) -> int:
    """How many shares make a colour of a space: 1 in grey, 3 in RGB; 0 in any other."""
    if isinstance(space, Array) and space[0] == Name.ICCBased:
        return int(space[1].N)
    return {"/DeviceGray": 1, "/DeviceRGB": 3}.get(str(space), 0)


def _inks_of(operands: Collection[Object], shares: int) -> Cmyk:
    """The inks for a colour. Grey text is small: it is printed solid, a screen would fray it."""
    if shares not in (1, 3) or len(operands) != shares:
        raise InkMissing(_NO_SOLID)
    levels = [round(float(share) * 255) for share in operands] * (3 // shares)
    colour = "#" + bytes(levels).hex()
    if colour not in inks():
        raise InkMissing(colour)
    return inks()[colours()["ink"] if colour == colours()["stone"] else colour]


def _drop_archive_claims(document: pikepdf.Pdf) -> None:
    """It is no PDF/A any more, and no longer meant for a screen."""
    if "/OutputIntents" in document.Root:
        del document.Root.OutputIntents
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for claim in _ARCHIVE_CLAIMS:
            if claim in metadata:
                del metadata[claim]
