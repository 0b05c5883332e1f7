"""The theme's drawings: a bust for who has no photo, a scene for each zone, the mine's skyline.

Each is one SVG in `theme/boards_theme/drawings/` for pages, the screen and paper. Its colours are
named as in `tokens.css`: `var(--bb-red)`. `accent` is the colour of a zone.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from boards.colours import colours
from boards.records import Drawn, Member
from boards.records.brand import ZONE_IDS

_FOLDER = files("boards_theme") / "drawings"
_NAMED = re.compile(r"var\(--bb-([a-z-]+)\)")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as it stands on the site."""

    name: str
    """That of its file in the theme."""
    accent: str = "red"
    """A zone's id, or the house red."""

    @property
    def url(self) -> str:
        """Its address on the site."""
        return f"assets/drawn/{self.name}-{self.accent}.svg"

    def content(self, instead: Mapping[str, str] = MappingProxyType({})) -> bytes:
        """The SVG with its colours put in; `instead` names colours that stand for others."""
        known = {**colours(), "accent": colours()[self.accent]}
        tints = known | {name: known[other] for name, other in instead.items()}
        named = sources()[f"{self.name}.svg"].decode("utf-8")
        return _NAMED.sub(lambda found: tints[found[1]], named).encode("utf-8")


SCENES = {zone: Drawing(f"scene-{zone}", zone) for zone in ZONE_IDS}
"""What each zone is about."""
SKYLINE = Drawing("skyline")
"""Head-frame, belt and hills."""


def bust_of(member: Member) -> Drawing:
    """What stands where a member's photo would: always the same one for the same id."""
    builds = _builds()[member.drawn or Drawn.MAN]
    number = int.from_bytes(hashlib.sha256(member.id.encode("utf-8")).digest()[:4])
    return Drawing(builds[number % len(builds)], member.posts[0].zone if member.posts else "red")


@functools.cache
def sources() -> dict[str, bytes]:
    """Every drawing of the theme, by the name of its file."""
    found = {file.name: file.read_bytes() for file in _FOLDER.iterdir()}
    return dict(sorted(found.items()))


@functools.cache
def _builds() -> dict[Drawn, list[str]]:
    """The busts there are of each kind."""
    names = [name.removesuffix(".svg") for name in sources()]
    return {kind: [name for name in names if name.startswith(f"bust-{kind}-")] for kind in Drawn}
