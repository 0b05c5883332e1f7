"""Press files: every solid colour in process inks, boxes where a printer looks for them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from PIL import Image

from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.formats import BLEED, KINDS, SLUG, Family, Size, known_size
from boards.posters.press import InkMissing, for_offset
from boards.posters.room import posters_of
from boards.posters.setting import Layout, as_json
from boards.posters.views import Poster
from boards.posters.workshop import Workshop, workshop
from boards.typst.inks import colours, inks
from helpers import TODAY
from sites import copy_site

pytestmark = pytest.mark.slow

A6 = Size("A6", 105, 148, Family.SHEET)
Room = tuple[Workshop, list[Poster]]
CASES = [
    (kind, size)
    for kind, row in KINDS.items()
    for size in dict.fromkeys((row.default, "A3"))
    if row.comes_in(known_size(size)) and kind != "experience"
]
"""Every kind of this repository's records; nothing has come in from another unit."""

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="没有安装 poppler，跳过读取 PDF 文字的测试"
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The repository's posters, and what they are set with."""
    root = copy_site(tmp_path_factory.mktemp("site"))
    board, _ = check_folders(root / "data", root / "content", TODAY)
    prepared, posters = posters_of(board, Edition(EditionName.PREVIEW, TODAY))
    return workshop(prepared), posters


def set_with_bleed(room: Room, kind: str, size: Size) -> bytes:
    shop, posters = room
    poster = next(poster for poster in posters if poster.kind == kind)
    return shop.typesetter.pdf(kind, as_json(shop.studio, poster, size, Layout.BLEED))


def operators(document: pikepdf.Pdf) -> Iterator[tuple[str, list[Any]]]:
    """Every operator of the page and of whatever form stands anywhere in the file."""
    forms = [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
    ]
    for drawing in (document.pages[0], *forms):
        for step in pikepdf.parse_content_stream(drawing):
            yield str(step.operator), list(step.operands)


def inked(document: pikepdf.Pdf) -> set[tuple[float, ...]]:
    return {
        tuple(float(share) for share in operands)
        for name, operands in operators(document)
        if name in ("k", "K")
    }


def on_screen(pdf: bytes) -> set[str]:
    """The hex of every colour of a page before it was put into inks."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        levels = [
            [round(float(share) * 255) for share in operands]
            for name, operands in operators(document)
            if name in ("scn", "SCN")
        ]
    return {"#" + bytes(level * (3 // len(level))).hex() for level in levels}


def text_of(pdf: bytes) -> str:
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode("utf-8")


def page_of(body: str, folder: Path) -> bytes:
    """A page for A6 with bleed and marks, as Typst writes it: what no poster has, yet might."""
    edge = 2 * (BLEED + SLUG)
    head = f"#set page(width: {105 + edge}mm, height: {148 + edge}mm, fill: none)\n"
    (folder / "a.typ").write_text(head + body, encoding="utf-8")
    return typst.compile(folder / "a.typ", format="pdf", pdf_standards=["a-2b"], pdf_tags=False)


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_every_kind_of_poster_is_printed_in_process_inks(room: Room, kind: str, size: str) -> None:
    pdf = set_with_bleed(room, kind, known_size(size))
    made = for_offset(pdf, known_size(size))
    assert made == for_offset(pdf, known_size(size))
    with pikepdf.open(io.BytesIO(made)) as document:
        used = {name for name, _ in operators(document)}
        # Crop marks alone are in a space that is named, that of all plates.
        assert not used & {"rg", "RG", "g", "G", "cs", "sc", "SC", "scn", "sh"}
        spaces = list(document.pages[0].Resources.ColorSpace.as_dict().values())
        assert [[str(part) for part in list(space)[:2]] for space in spaces] == [
            ["/Separation", "/All"]
        ]
        grey, black = colours()["stone"], colours()["ink"]
        shown = {black if colour == grey else colour for colour in on_screen(pdf)}
        assert inked(document) == {inks()[colour] for colour in shown}


@pytest.mark.parametrize("colour", inks())
def test_no_share_of_ink_is_below_the_least_dot_that_holds(colour: str) -> None:
    assert [share for share in inks()[colour] if 0 < share < 0.04] == []


def test_black_overprints_and_nothing_else_does(room: Room) -> None:
    size = known_size("A4")
    with pikepdf.open(io.BytesIO(for_offset(set_with_bleed(room, "star", size), size))) as document:
        state: list[tuple[bool, tuple[float, ...]]] = [(False, ())]
        states = document.pages[0].Resources.ExtGState
        seen = set()
        for step in pikepdf.parse_content_stream(document.pages[0]):
            assert isinstance(step, pikepdf.ContentStreamInstruction)
            name, (over, ink) = str(step.operator), state[-1]
            if name == "q":
                state.append(state[-1])
            elif name == "Q":
                state.pop()
            elif name == "gs" and "/op" in states[step.operands[0]]:
                state[-1] = (bool(states[step.operands[0]].op), ink)
            elif name == "k":
                state[-1] = (over, tuple(float(share) for share in step.operands))
            elif name in ("Tj", "TJ", "f", "f*", "B"):
                seen.add(state[-1])
    assert {ink for over, ink in seen if over} == {(0, 0, 0, 1)}
    assert (0, 0, 0, 1) not in {ink for over, ink in seen if not over}


def test_crop_marks_stand_on_every_plate_outside_the_bleed(room: Room) -> None:
    size = known_size("A4")
    made = for_offset(set_with_bleed(room, "star", size), size)
    with pikepdf.open(io.BytesIO(made)) as document:
        page = document.pages[0]
        steps: list[Any] = list(pikepdf.parse_content_stream(page))
        begins = next(n for n, step in enumerate(steps) if str(step.operator) == "CS")
        ends = [step for step in steps[begins:] if str(step.operator) in ("m", "l")]
        left, bottom, right, top = (float(side) for side in page.obj.BleedBox)
        corners = [(float(x), float(y)) for x, y in (step.operands for step in ends)]
    assert len(corners) == 16
    assert not [(x, y) for x, y in corners if left < x < right and bottom < y < top]
    sides = (SLUG + BLEED + side for side in (0, 210, 297))
    trim = {round(side * 72 / 25.4, 2) for side in sides}
    assert trim <= {round(side, 2) for corner in corners for side in corner}


@pytest.mark.parametrize(("kind", "size"), [("star", "A4"), ("desk-card", "20x10")])
def test_no_line_stands_where_the_knife_may_go(room: Room, kind: str, size: str) -> None:
    shop, posters = room
    poster = next(poster for poster in posters if poster.kind == kind)
    content = as_json(shop.studio, poster, known_size(size), Layout.BLEED)
    drawn = Image.open(io.BytesIO(shop.typesetter.png(kind, content, 127))).convert("RGB")
    edge, safe = (BLEED + SLUG) * 5, 5 * 5
    board = drawn.crop((edge, edge, drawn.width - edge, drawn.height - edge))
    sides = [
        (0, 0, board.width, safe),
        (0, board.height - safe, board.width, board.height),
        (0, 0, safe, board.height),
        (board.width - safe, 0, board.width, board.height),
    ]
    assert [len(board.crop(side).getcolors()) for side in sides] == [1] * 4


def test_big_red_is_magenta_and_yellow_and_text_is_black_alone(room: Room) -> None:
    size = known_size("A2")
    with pikepdf.open(io.BytesIO(for_offset(set_with_bleed(room, "star", size), size))) as document:
        filled = [
            [float(share) for share in row] for name, row in operators(document) if name == "k"
        ]
    assert [0, 1, 1, 0.3] in filled
    assert [0, 0, 0, 1] in filled


@pytest.mark.parametrize(("kind", "size"), [("star", "A2"), ("brand", "80x120"), ("pledge", "A4")])
def test_boxes_tell_the_finished_board_and_its_bleed(room: Room, kind: str, size: str) -> None:
    board = known_size(size)
    with pikepdf.open(io.BytesIO(for_offset(set_with_bleed(room, kind, board), board))) as document:
        page = document.pages[0]
        edge = SLUG + BLEED
        assert "/ArtBox" not in page
        for name, inset in (("/MediaBox", 0.0), ("/BleedBox", SLUG), ("/TrimBox", edge)):
            sides = [float(side) * 25.4 / 72 for side in page.obj[name]]
            whole = (board.width + 2 * edge, board.height + 2 * edge)
            expected = [inset, inset, whole[0] - inset, whole[1] - inset]
            assert sides == pytest.approx(expected, abs=0.01), name


def test_a_press_file_claims_to_be_nothing_that_it_is_not(room: Room) -> None:
    size = known_size("A2")
    made = for_offset(set_with_bleed(room, "star", size), size)
    assert made.startswith(b"%PDF-1.7")
    with pikepdf.open(io.BytesIO(made)) as document:
        assert "/OutputIntents" not in document.Root
        metadata = document.Root.Metadata.read_bytes()
        assert b"pdfaid:part" not in metadata
        assert b"pdfaid:conformance" not in metadata
        assert "党员之星".encode() in metadata
        # No profile is left in a poster without photos, so nothing can be taken for RGB.
        assert b"/ICCBased" not in made
        assert not [o for o in document.objects if isinstance(o, pikepdf.Stream) and "/N" in o]


@needs_pdftotext
@pytest.mark.parametrize(("kind", "size"), CASES)
def test_the_words_stay_as_they_were_set(room: Room, kind: str, size: str) -> None:
    pdf = set_with_bleed(room, kind, known_size(size))
    assert text_of(for_offset(pdf, known_size(size))) == text_of(pdf) != ""


def test_a_colour_without_inks_stops_the_work_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(InkMissing, match="颜色 #12ab34 没有对应的油墨") as caught:
        for_offset(page_of('#rect(fill: rgb("#12ab34"))', tmp_path), A6)
    assert caught.value.colour == "#12ab34"


@pytest.mark.parametrize(
    "drawing",
    [
        "rect(fill: gradient.linear(red, blue))",
        "rect(fill: tiling(circle(fill: black)))",
        "rect(stroke: 2pt + gradient.linear(red, blue))",
    ],
)
def test_gradients_and_patterns_do_not_slip_through(tmp_path: Path, drawing: str) -> None:
    with pytest.raises(InkMissing, match="渐变或图案"):
        for_offset(page_of(f"#{drawing}", tmp_path), A6)


def test_drawings_behind_a_veil_are_inked_too(tmp_path: Path) -> None:
    # Typst puts what is half transparent into forms of their own.
    red, gold = colours()["red"], colours()["gold"]
    body = (
        "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
        f"<g opacity='0.5'><path fill='{red}' d='M0 0h5v5z'/><g opacity='0.4'>"
        f"<path stroke='{gold}' d='M0 9h5'/></g></g></svg>\"), width: 20mm)"
    )
    with pikepdf.open(io.BytesIO(for_offset(page_of(body, tmp_path), A6))) as document:
        assert inked(document) == {inks()[red], inks()[gold]}
        groups = [
            o.Group for o in document.objects if isinstance(o, pikepdf.Stream) and "/Group" in o
        ]
        assert {str(group.CS) for group in groups} == {"/DeviceCMYK"}


def test_grey_and_black_are_printed_in_black_alone(tmp_path: Path) -> None:
    body = "#rect(fill: white, stroke: black)#text(fill: luma(0), [1])"
    with pikepdf.open(io.BytesIO(for_offset(page_of(body, tmp_path), A6))) as document:
        assert inked(document) == {(0, 0, 0, 0), (0, 0, 0, 1)}


def test_photos_stay_as_they_are_and_drawn_characters_take_ink(tmp_path: Path) -> None:
    photo = Image.linear_gradient("L").convert("RGB")
    photo.save(tmp_path / "photo.jpg")
    letter = Image.new("RGBA", (40, 40), colours()["ink"])
    letter.putalpha(Image.radial_gradient("L").resize((40, 40)))
    letter.save(tmp_path / "letter.png")
    pdf = page_of('#image("photo.jpg")#image("letter.png", height: 5mm)', tmp_path)
    with pikepdf.open(io.BytesIO(for_offset(pdf, A6))) as document:
        images = [image for _, image in document.pages[0].Resources.XObject.items()]
        (shot,) = (image for image in images if "/SMask" not in image)
        (drawn,) = (image for image in images if "/SMask" in image)
        assert shot.ColorSpace[0] == "/ICCBased"
        assert shot.read_raw_bytes() == (tmp_path / "photo.jpg").read_bytes()
        assert drawn.ColorSpace == "/DeviceCMYK"
        assert drawn.read_bytes() == bytes((0, 0, 0, 255))
        assert (int(drawn.SMask.Width), int(drawn.SMask.Height)) == (40, 40)


def test_a_page_without_room_for_marks_is_refused(room: Room) -> None:
    size = known_size("A2")
    with pytest.raises(ValueError, match="A3 with bleed and marks"):
        for_offset(set_with_bleed(room, "star", size), known_size("A3"))
