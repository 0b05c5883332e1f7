"""The theme's templates: escaped by default, failing on any name that they do not know."""

from __future__ import annotations

import functools
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined


@functools.cache
def templates(folder: str) -> Environment:
    """The templates of one folder of the theme, under the rules that all of them share."""
    return Environment(
        loader=FileSystemLoader(str(files("boards_theme") / folder), encoding="utf-8"),
        auto_reload=False,  # a site of five hundred pages asks 18 000 times whether one is newer
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
