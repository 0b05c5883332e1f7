"""What a web server needs to deliver a finished site: nginx, Caddy and IIS, under one policy.

The policy names every inline script and style by its hash, read from the finished pages, so that
nothing else runs, whatever may slip into a text. From a folder or a stick no header applies.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from boards.site.verify import Pages, visited
from boards.templates import templates

FILES = {
    "server/nginx.conf": "nginx.conf",
    "server/Caddyfile": "Caddyfile",
    "web.config": "web.config",
}
"""Where each lies in the site, and its template. IIS reads its own from the root only."""

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "text/plain",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "ico": "image/x-icon",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "woff2": "font/woff2",
}
"""By ending. Said by us, because a Windows registry may call a script plain text (and `nosniff`
then stops it), and older IIS answers 404 for an ending it does not know."""

TEXTS = ("html", "css", "js", "json", "xml", "txt", "svg")
"""The endings of files that we write in UTF-8."""

FILE_POLICY = "script-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""For all but pages. Chromium's own viewers of pictures and XML style themselves inline, so no
styles are refused here: under the pages' policy each writes complaints to the console."""

_PAGE_POLICY = (
    "default-src 'none'",
    "script-src 'self' {scripts}",
    "style-src 'self' {styles}",
    "font-src 'self'",
    "img-src 'self' data:",  # Material's icons, and the photos in the single-file write-ups
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
)

_HASHED = r"[.][0-9a-f]{8}[.]min[.](css|js)$"
"""The names of Material's assets, which carry a hash of their content. Ours do not, nor a query."""


@dataclass(frozen=True, slots=True)
class _Server:
    """What the templates may see."""

    page_policy: str
    file_policy: str
    types: tuple[tuple[str, str], ...]
    """Endings and their types, with the charset of those that are text."""
    bare_types: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    """Types of text but HTML's, which nginx gives its charset in any case."""
    hashed_pattern: str
    hashed: tuple[str, ...]
    """Addresses of the assets whose content never changes."""
    has_missing_page: bool
    """Whether there is a 404.html."""


_DIGEST = re.compile(r"'sha256-[A-Za-z0-9+/]{43}='")


def policy(pages: Pages, others: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a site's pages, always the same for the same site.

    `others` are those of sites that the same server gives out beside it: it takes in what they let
    run, and nothing else that may stand in them.
    """
    parts = {part for page in pages.values() for part in page}
    scripts = set(_sources(text for part in parts for text in part.scripts))
    styles = set(_sources(text for part in parts for text in part.styles))
    for other in others:
        for kind, known in (("script-src", scripts), ("style-src", styles)):
            for directive in re.findall(rf"{kind} ([^;]*);", other):
                known.update(_DIGEST.findall(directive))
    said = {"scripts": " ".join(sorted(scripts)), "styles": " ".join(sorted(styles))}
    return "; ".join(directive.format_map(said).rstrip() for directive in _PAGE_POLICY)


def _sources(texts: Iterable[str]) -> Iterator[str]:
    """Inline texts as a policy names them; the parser has made all line endings line feeds."""
    digests = (hashlib.sha256(text.encode("utf-8")).digest() for text in set(texts))
    return (f"'sha256-{base64.b64encode(d).decode('ascii')}'" for d in digests)


def server_files(
    site: Path, pages: Pages | None = None, others: Iterable[str] = ()
) -> dict[str, str]:
    """The servers' configurations for a finished site, by their places in it.

    `pages` is what `verify.visited` found, `others` are as for `policy`.
    """
    assets = (file.relative_to(site).as_posix() for file in (site / "assets").rglob("*"))
    server = _Server(
        page_policy=policy(visited(site) if pages is None else pages, others),
        file_policy=FILE_POLICY,
        types=tuple((kind, _with_charset(kind)) for kind in TYPES),
        bare_types=tuple(TYPES.items()),
        texts=tuple(TYPES[kind] for kind in TEXTS if kind != "html"),
        hashed_pattern=_HASHED,
        hashed=tuple(sorted(name for name in assets if re.search(_HASHED, name))),
        has_missing_page=(site / "404.html").is_file(),
    )
    environment = templates("servers")
    return {
        name: environment.get_template(template).render(server=server).rstrip() + "\n"
        for name, template in FILES.items()
    }


def _with_charset(kind: str) -> str:
    return f"{TYPES[kind]}; charset=utf-8" if kind in TEXTS else TYPES[kind]
