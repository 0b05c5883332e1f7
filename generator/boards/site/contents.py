"""All that a site consists of, by address: known before a byte is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import resources
from pathlib import Path

from boards.looks import looks
from boards.media import Rendition
from boards.posters.views.room import PosterFile
from boards.site import html as pages
from boards.site import search
from boards.site.shell import Shells, cut, fill, words_of
from boards.site.whole import Site
from boards.views import Page
from boards.views.exchange import DATA, FEED, PackFile

Content = bytes | Path | Callable[[], bytes]
"""What a file holds: bytes, a copy of another file, or what is made when it is asked for."""

OWN = Path(str(resources.files("boards_theme") / "site" / "assets"))
"""The stylesheets, scripts and pictures of the theme, which stand under assets/."""


def contents(site: Site, shells: Shells) -> dict[str, Content]:
    """Every file of a site; pages are made one by one, for thousands do not stand in memory."""
    return dict(_contents(shells.call(site), shells))


def _contents(site: Site, shells: Shells) -> Iterator[tuple[str, Content]]:
    words, look = words_of(site.shell), looks()[site.look]
    yield from shells.files.items()
    for file in sorted(OWN.iterdir()):
        yield f"assets/{file.name}", file
    for drawing in site.drawings:
        yield drawing.url, drawing.content(look.drawn)
    yield "assets/look.css", look.style
    for url, text in shells.alone.items():
        yield url, "".join(words.get(piece, piece) for piece in cut(text)).encode("utf-8")
    cuts = {name: cut(text) for name, text in shells.texts.items()}

    def page_of(page: Page) -> bytes:
        return fill(cuts[shells.of(page)], words, page, pages.render(page)).encode("utf-8")

    for page in site.pages:
        yield page.url, partial(page_of, page)
    made: list[Rendition | PosterFile | PackFile] = [*site.photos, *site.posters, *site.packs]
    for ready in made:
        yield ready.url, ready.path
    yield search.SCRIPT, lambda: _search_script(site).encode("utf-8")
    if site.screen is not None:
        shown = site.screen
        screen = cache(lambda: pages.render_screen(shown()))
        yield pages.SCREEN, lambda: screen()[0].encode("utf-8")
        yield pages.SCREEN_VERSION, lambda: screen()[1].encode("utf-8")
    if site.feed is not None and site.told is not None:
        feed, told = site.feed, site.told
        yield FEED, lambda: pages.render_feed(feed).encode("utf-8")
        yield DATA, lambda: told().written().encode("utf-8")


def _search_script(site: Site) -> str:
    entries = search.entries(site.pages)
    if site.screen is not None:
        entries.append(search.screen_entry(pages.SCREEN))
    return search.script(entries)


def write(files: Mapping[str, Content], target: Path) -> None:
    """Write a site's files into a folder."""
    for folder in {(target / url).parent for url in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for url, content in files.items():
        if isinstance(content, Path):
            shutil.copyfile(content, target / url)
        else:
            made = content if isinstance(content, bytes) else content()
            (target / url).write_bytes(made)
