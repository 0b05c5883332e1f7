"""The program with posters and packs left aside: what pages and many branches cost without them.

    python benchmarks/aside.py fleet build fleet.yml

To import it is enough: processes that are started for this one do so, Dask's workers are told to.
"""

from __future__ import annotations

from boards.board.board import Board
from boards.editions.edition import Edition
from boards.progress import Progress, silent
from boards.site import making
from boards.site.whole import Makings


def nothing_beside(_board: Board, _edition: Edition, progress: Progress = silent) -> Makings:
    """No poster and no pack."""
    progress(1, 1)
    return Makings()


making.makings = nothing_beside

if __name__ == "__main__":
    from boards.cli import main

    main()
