"""What the desk keeps of itself: who sits at it, and where releases go."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from boards.output import write_whole

_FILE = Path("desk") / "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one site's folder on one computer."""

    who: str = ""
    """Whose name stands in the history."""
    target: str = ""
    """The folder that releases are copied to."""
    backups: str = ""
    """The folder that backups are put into."""


def settings(root: Path) -> Settings:
    """The settings as they were kept; the usual ones if none can be read."""
    try:
        return Settings(**json.loads((root / _FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return Settings()


def keep_settings(root: Path, kept: Settings) -> None:
    """Write them down; raises OSError."""
    (root / _FILE).parent.mkdir(parents=True, exist_ok=True)
    write_whole(root / _FILE, json.dumps(asdict(kept), ensure_ascii=False).encode("utf-8"))
