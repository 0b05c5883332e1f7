"""The house colours in process inks (CMYK)."""

from __future__ import annotations

import functools
from importlib.resources import files

import yaml

from boards.colours import colours

_THEME = files("boards_theme")

Cmyk = tuple[float, float, float, float]


@functools.cache
def inks() -> dict[str, Cmyk]:
    """CMYK, each from 0 to 1, by the hex that stands for it on screen."""
    text = (_THEME / "posters" / "inks.yml").read_text(encoding="utf-8")
    table = {}
    for name, shares in yaml.safe_load(text).items():
        cyan, magenta, yellow, black = (int(share) / 100 for share in str(shares).split())
        table[colours().get(name, name)] = (cyan, magenta, yellow, black)
    return table
