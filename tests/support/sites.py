"""Sites for tests: this repository's own, copied so that a test may change it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from boards.build import Built, build
from boards.editions.edition import Edition, EditionName
from helpers import TODAY

ROOT = Path(__file__).parents[2]

_MADE = Path(tempfile.mkdtemp(prefix="boards-made-"))
"""What a test has made already: by content, so that another may take it for its own."""
_SHARED = ("posters", "packs", "faces")
atexit.register(shutil.rmtree, _MADE, ignore_errors=True)


def copy_site(target: Path, *, made: bool = True) -> Path:
    """A copy of the repository's records and pages; if `made`, with what is kept by content."""
    target.mkdir(parents=True, exist_ok=True)
    if made:
        shutil.copytree(_MADE, target / ".boards", dirs_exist_ok=True)
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    return target


def build_site(root: Path, name: EditionName = EditionName.PREVIEW) -> Built:
    """Build one edition as of the day the tests live in."""
    built = build(root, Edition(name, TODAY))
    for part in _SHARED:
        kept = _MADE / part
        kept.mkdir(exist_ok=True)
        for file in (root / ".boards" / part).glob("*"):
            if file.is_file() and not (kept / file.name).exists():
                shutil.copy2(file, kept)
    return built


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
