"""Writes theme/boards_theme/faces/NotoSerifSC-Black.ttf: the heavy Song of titles and names.

A whole Noto Serif SC Black is 15 MB; the characters that titles and names are made of are 4 MB.
What this leaves out is set in the Song of text, thickened (see `display` in posters/kit.typ).

The same source and the same fontTools write the same bytes, on any machine and at any time.

Run once, with the file that faces/README.md names:
    npm pack @expo-google-fonts/noto-serif-sc@0.4.3
    tar xzf expo-google-fonts-noto-serif-sc-0.4.3.tgz
    python generator/make_display_face.py package/900Black/NotoSerifSC_900Black.ttf
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
SOURCE = "092e71a70c744be3cc33999eb4edcb10fbe95c1b4cff6c2d7f04d6ff15d031e2"
TARGET = HERE.parent / "theme" / "boards_theme" / "faces" / "NotoSerifSC-Black.ttf"
STANDARD = HERE / "boards" / "words" / "strokes.txt"
"""The 8105 characters of 通用规范汉字表."""
GB2312_ROWS = (1, 2, 3, 6, *range(16, 88))
"""Punctuation and signs; numerals such as ① and Ⅱ; full-width letters; Greek; the ideographs."""
OTHERS = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2460, 0x2473), (0x3000, 0x301F),
    (0x338E, 0x33A5),
)  # fmt: skip
"""ASCII, Latin of other languages, dashes and quotes, ①–⑳, brackets, and the signs of measures."""
SIGNS = "‰′″⋯※€℃№℡™→←↑↓√∞≈≠≤≥−×÷±■□●○★☆◆◇▲△▼▽〇㏄￥・﹒"
FEATURES = ("ccmp", "chws", "halt", "kern", "liga", "locl", "mark", "palt", "vert", "vhal", "vrt2")
"""Letters as they are written together, and punctuation at half its width or on end."""


def main() -> None:
    """Read the whole face and write what is needed of it."""
    source = Path(sys.argv[1])
    if hashlib.sha256(source.read_bytes()).hexdigest() != SOURCE:
        sys.exit(f"{source} is another file than this was written for")
    options = subset.Options(
        hinting=False,
        layout_features=list(FEATURES),
        name_IDs=["*"],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    with subset.load_font(str(source), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(set(characters()))))
        subsetter.subset(font)
        TARGET.parent.mkdir(exist_ok=True)
        subset.save_font(font, str(TARGET), options)
        count = len(font.getBestCmap())
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    print(f"{count} characters, {TARGET.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")


def characters() -> Iterator[str]:
    """All that titles and names are made of."""
    yield from STANDARD.read_text(encoding="utf-8").strip()
    yield from SIGNS
    for first, last in OTHERS:
        yield from map(chr, range(first, last + 1))
    for row in GB2312_ROWS:
        for cell in range(1, 95):
            yield from bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312", errors="ignore")


if __name__ == "__main__":
    main()
