"""How long a site of so many pages takes to build, as a fresh process, and how much memory.

    python benchmarks/pages.py 2000

Posters, packs and photos are left aside. Linux and macOS only (wait4).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from invented.loads import DAY, Load
from measured import Measured, on_day, run

PART = "--part"
"""What this program is called with when it is to do one part, in a process of its own."""
FEWEST = 2
"""Members of the smallest branch."""


def main() -> None:
    """Make a site of that many pages and build it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=int, nargs="?", default=2000)
    parser.add_argument(PART, choices=("make", "build"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part == "make":
        make(options.pages, options.folder)
    elif options.part == "build":
        build(options.pages, options.folder)
    else:
        cost = measure(options.pages)
        if cost.failure:
            sys.exit(f"pages {options.pages}: {cost.failure}")
        print(f"pages {options.pages}: {cost.seconds:.2f} s, {cost.megabytes:.0f} MB")


def measure(pages: int) -> Measured:
    """What a cold build of a site of so many pages costs."""
    with tempfile.TemporaryDirectory(prefix="boards-pages-") as folder:
        arguments = [sys.executable, __file__, str(pages), "--folder", f"{folder}/site"]
        for part in ("make", "build"):
            cost = run([*arguments, PART, part], Path(folder), on_day(DAY))
            if cost.failure:
                return replace(cost, failure=f"{part} failed, {cost.failure}")
    return cost


def make(pages: int, folder: Path) -> None:
    """A branch with as many members as make the site that large.

    It has a year of records, or none yet where those alone would make more pages.
    """
    from boards.board.board import Board  # noqa: PLC0415 - what measures stays small
    from boards.board.load import load  # noqa: PLC0415
    from boards.editions.edition import Edition, EditionName  # noqa: PLC0415
    from boards.editions.editions import prepare  # noqa: PLC0415
    from boards.site.whole import Makings, whole_site  # noqa: PLC0415
    from invented.site import write_branch  # noqa: PLC0415

    def count(board: Board) -> int:
        edition = Edition(EditionName.PREVIEW, DAY)
        site = whole_site(prepare(board, edition)[0], edition, Makings())
        return len(site.pages) + 1  # the big screen is none of its pages

    for years in (1, 0):
        small = folder.with_name(f"small-{years}")
        write_branch(small, Load(FEWEST, years, photos=0))
        others = count(load(small / "data", small / "content")[0]) - FEWEST
        if pages - others >= FEWEST:
            return write_branch(folder, Load(pages - others, years, photos=0))
    sys.exit(f"a site has at least {others + FEWEST} pages")


def build(pages: int, folder: Path) -> None:
    """The product's own build, with nothing made beside the pages."""
    import aside  # noqa: F401, PLC0415 - leaves posters and packs aside
    from boards.build import build as build_site  # noqa: PLC0415
    from boards.editions.edition import Edition, EditionName  # noqa: PLC0415
    from boards.memory import settle  # noqa: PLC0415

    settle()
    built = build_site(folder, Edition(EditionName.PREVIEW, DAY))
    assert built.pages == pages, built.pages


if __name__ == "__main__":
    main()
