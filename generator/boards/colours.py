"""The house colours as the theme names them: the light scheme of the site's tokens."""

from __future__ import annotations

import functools
import re
from importlib.resources import files

_TOKENS = files("boards_theme") / "site" / "assets" / "tokens.css"
_LIGHT = re.compile(r'(?:^:root|^\[data-md-color-scheme="default"\]) \{(.*?)^\}', re.DOTALL | re.M)
_TOKEN = re.compile(r"--bb-([a-z-]+): (#[0-9a-f]{6});")


@functools.cache
def colours() -> dict[str, str]:
    """Hex by name."""
    css = _TOKENS.read_text(encoding="utf-8")
    return {name: value for block in _LIGHT.findall(css) for name, value in _TOKEN.findall(block)}
