"""Writes boards/strokes.txt: the 8105 standard characters by number of strokes.

The standard table (通用规范汉字表, Unihan's kTGH) has three levels, each in order of strokes and
then of the first stroke's kind. This merges the levels. ICU's stroke collation was tried first and
puts 祝 among ten strokes (it has nine), because it counts by traditional radicals.

Run once, with Debian's unicode-data:
    bzcat /usr/share/unicode/Unihan_*.bz2 | python generator/make_strokes.py
"""

import statistics
import sys
from pathlib import Path

LEVELS = ((0, 3500), (3500, 6500), (6500, 8105))
WINDOW = 4
"""Unihan miscounts a few characters; within a level the count only rises, so a median mends it."""


def main() -> None:
    """Read Unihan from standard input and write the table."""
    places: dict[str, int] = {}
    strokes: dict[str, int] = {}
    for line in sys.stdin:
        if not line.startswith("U+"):
            continue
        code, name, value = line.rstrip("\n").split("\t")
        if name == "kTGH":
            places[chr(int(code[2:], 16))] = int(value.split()[0].split(":")[1])
        elif name == "kTotalStrokes":
            strokes[chr(int(code[2:], 16))] = int(value.split()[0])
    standard = sorted(places, key=places.__getitem__)
    counted = []
    for first, last in LEVELS:
        level = standard[first:last]
        for n, character in enumerate(level):
            near = [strokes[c] for c in level[max(0, n - WINDOW) : n + WINDOW + 1]]
            counted.append((statistics.median_low(near), places[character], character))
    table = Path(__file__).parent / "boards" / "strokes.txt"
    table.write_text("".join(c for _, _, c in sorted(counted)) + "\n", encoding="utf-8")


main()
