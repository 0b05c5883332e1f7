"""A write-up as one HTML file that needs nothing beside it: it opens from a stick or an e-mail."""

from __future__ import annotations

import base64

from boards.colours import colours
from boards.packs.content import PackContent
from boards.packs.view import write_up
from boards.records import ZONE_IDS
from boards.templates import templates
from boards.words.lines import kept_lines

TEMPLATE = "page.html"


def to_html(content: PackContent) -> bytes:
    """The whole document: style and pictures inside, no script, nothing loaded from anywhere.

    The Party emblem is left out of what goes to other units. Raises KeyError for a figure whose
    picture is not in `content`.
    """
    addresses = {name: _data_address(picture) for name, picture in content.pictures.items()}
    palette = colours()
    accents = [(zone, palette[zone]) for zone in ZONE_IDS]
    view = write_up(content, addresses)
    template = templates("packs").get_template(TEMPLATE)
    zone = content.shared.zone
    html = template.render(view=view, colours=palette, zone=zone, accents=accents)
    return kept_lines(html).encode("utf-8")


def _data_address(picture: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode('ascii')}"
