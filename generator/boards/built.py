"""Whether what stands is what a build would make again, and what was said of it.

What a build was made of is noted with what came of it: every byte of the records, of this program
and its theme, the installed packages, and the day. While all that is the same, and so is every
byte of the site, there is nothing to build. Nothing heavy is imported here: to know it takes less
than to import the records' models.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from boards.board.folder import KEY_FILE
from boards.cache import home
from boards.digests import digest_of
from boards.leftovers import is_left_behind
from boards.output import write_whole
from boards.releases.manifest import ReleaseFault, faults_of, fingerprint_of
from boards.releases.places import left_behind
from boards.site.drawn_on import draws_on_more

READ = ("data", "content", "mkdocs.yml")
"""What a build reads of a site's folder, its key aside."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants built."""

    root: Path
    edition: str
    today: datetime.date
    folder: str
    """The site's folder as it was typed: it stands in what is said."""

    @property
    def note(self) -> Path:
        """Where it is noted what the last build of it was made of."""
        return home(self.root / "data") / f"built-{self.edition}.json"


def standing(asked: Asked) -> tuple[Path, list[str]] | None:
    """The site that stands and what was said of it, if a build would make the same again."""
    try:
        noted = json.loads(asked.note.read_text(encoding="utf-8"))
        target, report = asked.root / noted["target"], asked.root / noted["report"]
        same = (
            noted["made_of"] == made_of(asked)
            and noted["fingerprint"] == fingerprint_of(target)
            and noted["reported"] == digest_of(report)
            and not faults_of(target)
            and not left_behind(target)  # by a run that was killed: the next build tidies
        )
        lines = [str(line) for line in noted["said"]]
    except (OSError, ValueError, KeyError, TypeError, ReleaseFault):
        return None
    return (target, lines) if same else None


def note(asked: Asked, before: str, target: Path, report: Path, said: Sequence[str]) -> None:
    """Note a build, and what it was `made_of` before it began; not if that changed meanwhile."""
    if not before or before != made_of(asked):
        return
    noted = {
        "made_of": before,
        "target": target.name,
        "fingerprint": fingerprint_of(target),
        "report": report.relative_to(asked.root).as_posix(),
        "reported": digest_of(report),
        "said": list(said),
    }
    with contextlib.suppress(OSError):  # the next build is made anew, that is all
        write_whole(asked.note, json.dumps(noted, ensure_ascii=False).encode("utf-8"))


def made_of(asked: Asked) -> str:
    """A digest of all that a build reads; empty if it may read what is not known here."""
    if draws_on_more(asked.root / "mkdocs.yml"):
        return ""
    words = (str(asked.root), asked.folder, asked.edition, asked.today, of_program())
    return _digest(words, (asked.root / name for name in (*READ, KEY_FILE)))


def of_program() -> str:
    """A digest of this program, its theme, and all packages that it could import."""
    own = (Path(str(files("boards"))), Path(str(files("boards_theme"))))
    return _digest((sys.version, _installed()), own)


def _digest(words: tuple[object, ...], places: Iterable[Path]) -> str:
    digest = hashlib.sha256(repr(words).encode("utf-8", "surrogateescape"))
    for place in places:
        for name, file in files_of(place):
            digest.update(f"\n{name} {digest_of(file)}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def files_of(place: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder, or a file itself, by name: what counts as the same is the same."""
    found = sorted(place.rglob("*")) if place.is_dir() else [place]
    for file in found:
        name = file.relative_to(place.parent).as_posix()
        if "__pycache__" not in file.parts and file.is_file() and not is_left_behind(name):
            yield name, file


def _installed() -> list[str]:
    """Names and versions of all packages that could be imported."""
    places = (Path(place) for place in sys.path if place)
    there = (folder for place in places if place.is_dir() for folder in place.glob("*.dist-info"))
    return sorted(folder.name for folder in there if re.search(r"-\d", folder.name))
