"""How long one A2 star poster takes, warm, by Typst, WeasyPrint and Chromium; and all the posters.

    python benchmarks/posters.py            nine runs each
    python benchmarks/posters.py 21         twenty-one

Every run changes the citation by a character, so that nothing can be taken from a cache. The peers
get the same words in the same faces, laid out as simply as they come. WeasyPrint (with Pango) and
Playwright with Debian's `chromium` are left out where they are not installed. Medians and ratios
only: the machine is noisy.
"""

import argparse
import datetime
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.formats import KINDS, Face, known_size
from boards.posters.make import Order, make
from boards.posters.room import posters_of
from boards.posters.setting import Layout, as_json, office_layout
from boards.posters.views import Poster
from boards.posters.views.quarters import StarPoster
from boards.posters.views.words import Prose
from boards.posters.workshop import Workshop, workshop

ROOT = Path(__file__).parent.parent
TODAY = datetime.date(2026, 11, 23)
SIZE = known_size("A2")
PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: song; src: url("{song}"); }}
@font-face {{ font-family: hei; src: url("{hei}"); }}
@page {{ size: 420mm 594mm; margin: 0; }}
body {{ margin: 0; background: #7a0c12; font: 11mm/1.6 hei; }}
h1 {{ margin: 0; padding: 40mm 0 12mm; font: 38mm song; color: #f2c14e; text-align: center; }}
main {{ margin: 0 17mm; padding: 14mm; height: 430mm; background: #fff9ef; text-align: center; }}
h2 {{ font: 28mm song; color: #a8071a; }} p {{ text-align: justify; }}
</style><h1>党员之星</h1><main><h2>{name}</h2><p>{text}</p><p>{foot}</p></main>"""


def main() -> None:
    """Time each, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int, nargs="?", default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for name in ("data", "content"):
            shutil.copytree(ROOT / name, site / name)
        board, _ = check_folders(site / "data", site / "content", TODAY)
        prepared, posters = posters_of(board, Edition(EditionName.PREVIEW, TODAY))
        star = next(poster for poster in posters if poster.kind == "star")
        everything = all_posters(workshop(prepared), posters)
        shop = workshop(prepared)
        medians = {"Typst": timed(runs, by_typst(shop, star))}
        for name, peer in (("WeasyPrint", weasyprint), ("Chromium", chromium)):
            try:
                with peer(site) as render:
                    medians[name] = timed(runs, lambda text: render(html(shop, star, text)))
            except (ImportError, OSError) as error:
                print(f"{name}: left out ({error})", file=sys.stderr)
    print(f"one A2 star poster, warm, median of {runs}, JSON included:")
    for name, median in medians.items():
        print(f"  {name:<12} {median * 1000:8.1f} ms   {median / medians['Typst']:6.1f} ×")
    print(f"all {len(posters)} posters in their usual size, cold, two threads: {everything:.2f} s")


def timed(runs: int, render: Callable[[str], object]) -> float:
    """The median of `runs` after one to warm up, each with a text of its own."""
    walls = []
    for run in range(runs + 1):
        start = time.perf_counter()
        render("巡检点检" * 40 + "甲乙丙丁戊己庚辛壬癸"[run % 10] * (run // 10 + 1))
        walls.append(time.perf_counter() - start)
    return statistics.median(walls[1:])


def by_typst(shop: Workshop, star: Poster) -> Callable[[str], object]:
    """What the product does, without its cache."""

    def render(text: str) -> bytes:
        view = star.view
        assert isinstance(view, StarPoster)
        block = replace(
            view.citation.blocks[0], runs=(replace(view.citation.blocks[0].runs[0], text=text),)
        )
        changed = replace(view, citation=Prose((block,), text, Face.HEI, view.citation.at))
        content = as_json(shop.studio, replace(star, view=changed), SIZE, Layout.INSET)
        made = shop.typesetter.pdf("star", content)
        assert not shop.typesetter.facts("unfit")
        return made

    return render


def all_posters(shop: Workshop, posters: list[Poster]) -> float:
    """Seconds for every poster in its usual size, nothing cached."""
    sizes = [known_size(KINDS[poster.kind].default) for poster in posters]
    orders = [Order(p, size, office_layout(size)) for p, size in zip(posters, sizes, strict=True)]
    start = time.perf_counter()
    make(shop, orders)
    return time.perf_counter() - start


def html(shop: Workshop, star: Poster, text: str) -> str:
    """The same words as a page."""
    view = star.view
    assert isinstance(view, StarPoster)
    song, hei = shop.studio.fonts.folders
    faces = {
        "song": (song / "NotoSerifSC-Regular.otf").as_uri(),
        "hei": (hei / "NotoSansSC[wght].ttf").as_uri(),
    }
    return PAGE.format(**faces, name=view.person.name.text, text=text, foot=star.title)


@contextmanager
def weasyprint(_site: Path) -> Iterator[Callable[[str], object]]:
    """WeasyPrint, imported and with its font configuration kept."""
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    yield lambda page: HTML(string=page).write_pdf(font_config=fonts)


@contextmanager
def chromium(site: Path) -> Iterator[Callable[[str], object]]:
    """Chromium, started and kept open."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    program = shutil.which("chromium")
    if program is None:
        raise OSError("no chromium")
    file = site / "star.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()

        def render(content: str) -> bytes:
            file.write_text(content, encoding="utf-8")
            page.goto(file.as_uri())
            return bytes(page.pdf(width="420mm", height="594mm", print_background=True))

        yield render
        browser.close()


if __name__ == "__main__":
    main()
