"""The looks a board can have: each a folder of `theme/boards_theme/looks/`.

`look.yml` says what people call it, what it is for, and which of the theme's colours drawings on
pages take (`drawn`); `site.css` what pages and screen look like in it; `frame.typ` draws a poster's
ground, head and foot, and names the colours of what stands on it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import yaml

FOLDER: Traversable = files("boards_theme") / "looks"
USUAL = "hall"
"""What a branch has that chooses none."""


@dataclass(frozen=True, slots=True)
class Look:
    """One of them."""

    name: str
    """That of its folder, as it is typed and as it stands in files' names."""
    label: str
    about: str
    """What it looks like, and where it is for."""
    drawn: Mapping[str, str]
    """Names of colours that stand for others in drawings on pages; see `drawings`."""
    frame: bytes
    """Its `frame.typ`."""
    style: bytes
    """Its `site.css`."""

    @property
    def said(self) -> str:
        """Its name and what it is for, in one line."""
        return f"{self.label}（{self.about}）"


@functools.cache
def looks() -> dict[str, Look]:
    """All of them by name, the usual one first."""
    names = sorted(folder.name for folder in FOLDER.iterdir() if (folder / "look.yml").is_file())
    names.sort(key=lambda name: name != USUAL)
    return {name: _read(name) for name in names}


def called_looks() -> dict[str, tuple[str, ...]]:
    """What people call each, by name."""
    return {look.name: (look.label,) for look in looks().values()}


def _read(name: str) -> Look:
    folder = FOLDER / name
    said = yaml.safe_load((folder / "look.yml").read_text(encoding="utf-8"))
    frame, style = ((folder / file).read_bytes() for file in ("frame.typ", "site.css"))
    return Look(name, said["label"], said["about"], said.get("drawn", {}), frame, style)
