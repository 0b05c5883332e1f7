"""The house colours as the theme names them, on screen (RGB) and in process inks (CMYK)."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

import yaml

_THEME = files("boards_theme")
_LIGHT = re.compile(r'(?:^:root|^\[data-md-color-scheme="default"\]) \{(.*?)^\}', re.DOTALL | re.M)
_TOKEN = re.compile(r"--bb-([a-z-]+): (#[0-9a-f]{6});")

Cmyk = tuple[float, float, float, float]


@functools.cache
def colours() -> dict[str, str]:
    """Hex by name: the light scheme of the site's tokens."""
    css = (_THEME / "site" / "assets" / "tokens.css").read_text(encoding="utf-8")
    return {name: value for block in _LIGHT.findall(css) for name, value in _TOKEN.findall(block)}


@functools.cache
def inks() -> dict[str, Cmyk]:
    """CMYK, each from 0 to 1, by the hex that stands for it on screen."""
    text = (_THEME / "posters" / "inks.yml").read_text(encoding="utf-8")
    table = {}
    for name, shares in yaml.safe_load(text).items():
        cyan, magenta, yellow, black = (int(share) / 100 for share in str(shares).split())
        table[colours().get(name, name)] = (cyan, magenta, yellow, black)
    return table
