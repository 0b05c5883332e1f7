"""Sites for tests: this repository's own, copied so that a test may change it."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

from boards.build import Built, build
from boards.editions import Edition, EditionName

ROOT = Path(__file__).parent.parent
TODAY = datetime.date(2026, 11, 23)


def copy_site(target: Path) -> Path:
    """A copy of the repository's records and pages, without anything built."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def build_site(root: Path, name: EditionName = EditionName.PREVIEW) -> Built:
    """Build one edition as of the day the tests live in."""
    return build(root, Edition(name, TODAY))


def change(file: Path, old: str, new: str) -> None:
    """Replace text that must be there exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` with its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
