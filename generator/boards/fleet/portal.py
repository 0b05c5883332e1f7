"""The portal: one site over the branches' own, verified with them, in the looks that they have."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
from collections.abc import Container, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

from boards.built import of_program
from boards.cache import home
from boards.digests import digest_of
from boards.drawings import SKYLINE
from boards.fleet.fleet import Fleet
from boards.fleet.pages import Sites, frame_of, pages_of
from boards.fleet.shards import Index, IndexFault, read_index, search_files
from boards.fleet.views import Frame, PortalPage
from boards.looks import looks
from boards.output import MARKER, write_whole
from boards.releases.manifest import ReleaseFault, fingerprint_of, read_manifest, write_manifest
from boards.releases.renewal import renewal
from boards.site.contents import OWN, Content, write
from boards.site.display import FACE, face
from boards.site.facts import private_in
from boards.site.servers import FILES, server_files
from boards.site.verify import verify, visited
from boards.templates import templates
from boards.views.exchange import DATA

ASSETS = Path(str(files("boards_theme") / "portal"))
"""What the portal has of its own, beside the theme's styles."""
STYLES = ("tokens.css", "shell.css", "components.css", "portal.css")
"""In one file, so that a first look loads little: order counts."""
SCRIPTS = ("search.js", "portal.js")
EDITION = "portal"
"""What its manifest calls it: no portal is ever taken for a branch's site."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANKS = re.compile(r"\s+")


def build_portal(fleet: Fleet, sites: Sites, day: datetime.date) -> int:
    """Make the portal over these sites unless it stands already; returns its number of pages.

    Raises BuildFailed if it is not fit to be shown, and what `renewal` raises.
    """
    made_of = _made_of(fleet, sites, day)
    if (pages := _standing(fleet, made_of)) is not None:
        return pages
    fleet.portal.parent.mkdir(parents=True, exist_ok=True)
    with renewal(fleet.portal) as staging:
        content = dict(_contents(fleet, sites, day))
        write(content, staging)
        seen = visited(staging)
        shown = (part.display for parts in seen.values() for part in parts)
        shutil.copyfile(face(shown, home(fleet.root / "data")), staging / FACE)
        for name, text in server_files(staging, seen, _policies(sites)).items():
            (staging / name).parent.mkdir(exist_ok=True)
            (staging / name).write_text(text, encoding="utf-8", newline="\n")
        expected = {MARKER, *content, FACE, *FILES}
        pages = verify(staging, expected, _cleared(sites), seen, _Beside(sites))
        fingerprint = write_manifest(staging, EDITION, day)
    note = {"made_of": made_of, "fingerprint": fingerprint, "pages": pages}
    with suppress(OSError):  # it is made anew, that is all
        write_whole(_note_of(fleet), json.dumps(note).encode("utf-8"))
    return pages


def _policies(sites: Sites) -> Iterator[str]:
    """What the branches' own pages are let run: the server of the portal gives them out as well."""
    for _, site in sites:
        with suppress(OSError):
            yield (site.folder / "server" / "nginx.conf").read_text(encoding="utf-8")


def _cleared(sites: Sites) -> list[str]:
    """What branches have let pass of what looks private: their own sites were verified with it."""
    told = ((site.folder / DATA).read_text(encoding="utf-8") for _, site in sites)
    return [snippet for text in told for _, snippet in private_in(text)]


class _Beside(Container[str]):
    """The addresses of all files of the branches' sites, as the portal's pages name them."""

    def __init__(self, sites: Sites) -> None:
        self._names = {branch.id: site.manifest.files for branch, site in sites}

    def __contains__(self, address: object) -> bool:
        place = str(address).split("/", 3)
        return place[:2] == ["..", "branches"] and place[-1] in self._names.get(place[2], ())


def _made_of(fleet: Fleet, sites: Sites, day: datetime.date) -> str:
    """A digest of all that it is made of: fleet.yml, the sites, the program, and the quarter."""
    month = f"{day:%Y-%m}"  # the quarter shown, and the day at its foot, are of the month at least
    words = [digest_of(fleet.file), of_program(), month]
    words += [f"{branch.id} {site.fingerprint}" for branch, site in sites]
    return hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()


def _note_of(fleet: Fleet) -> Path:
    return fleet.kept / f"portal-{fleet.said.circle}.json"


def _standing(fleet: Fleet, made_of: str) -> int | None:
    """The number of pages of the portal that stands, if it is the one that would be made."""
    try:
        noted = json.loads(_note_of(fleet).read_text(encoding="utf-8"))
        whole = all(
            (fleet.portal / name).stat().st_size == size
            for name, (size, _) in read_manifest(fleet.portal).files.items()
        )
        same = noted["made_of"] == made_of and noted["fingerprint"] == fingerprint_of(fleet.portal)
        return int(noted["pages"]) if whole and same else None
    except (OSError, ValueError, KeyError, TypeError, ReleaseFault):
        return None


def _contents(fleet: Fleet, sites: Sites, day: datetime.date) -> Iterator[tuple[str, Content]]:
    """Every file of the portal by address."""
    look = looks()[fleet.look]
    yield "assets/portal.css", _style().encode("utf-8")
    yield "assets/look.css", look.style
    yield "assets/print.css", OWN / "print.css"
    yield "assets/favicon.svg", OWN / "favicon.svg"
    yield "assets/scheme.js", ASSETS / "scheme.js"
    for name in SCRIPTS:
        place = OWN / name
        yield f"assets/{name}", place if place.is_file() else ASSETS / name
    yield SKYLINE.url, SKYLINE.content(look.drawn)
    frame = frame_of(fleet, day)
    for page in pages_of(fleet, sites, day):
        yield page.url, partial(_page_bytes, page, frame)  # thousands do not stand in memory
    yield from search_files(_indexes(sites))


def _indexes(sites: Sites) -> Iterator[tuple[str, str, str, Index]]:
    for branch, site in sites:
        with suppress(IndexFault):  # such a site is not taken in; one of before may still stand
            yield branch.id, site.told.unit.name, site.told.unit.mine, read_index(site.folder)


def rendered(page: PortalPage, frame: Frame) -> str:
    """A whole page of the portal."""
    template = templates("pages").get_template(f"portal/{page.template}.html")
    return template.render(page=page, view=page.view, frame=frame, base="../" * page.url.count("/"))


def _page_bytes(page: PortalPage, frame: Frame) -> bytes:
    return rendered(page, frame).encode("utf-8")


@cache
def _style() -> str:
    """The styles as one, without what only their authors read."""
    texts = (
        (place if (place := OWN / name).is_file() else ASSETS / name).read_text(encoding="utf-8")
        for name in STYLES
    )
    return "\n".join(_BLANKS.sub(" ", _COMMENT.sub("", text)).strip() for text in texts) + "\n"
