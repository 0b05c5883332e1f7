"""Writes the map of the code in ARCHITECTURE.md: the rooms in the order of their imports.

    python generator/draw_map.py

What a room is stands in its own docstring. `tests/test_architecture.py` holds that imports run one
way in this order, and that the map is the one that this program writes.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "generator" / "boards"
DOCUMENT = ROOT / "ARCHITECTURE.md"

LAYERS = [
    "errors",
    "leftovers",
    "output",
    "digests",
    "cache",
    "progress",
    "backup",
    "clock",
    "memory",
    "lazy",
    "templates",
    "dialect",
    "addresses",
    "marks",
    "formats",
    "colours",
    "looks",
    "yaml",
    "records",
    "drawings",
    "figures",
    "pixels",
    "board",
    "releases",
    "rules",
    "media",
    "typst",
    "check",
    "editions",
    "words",
    "amend",
    "views",
    "posters",
    "packs",
    "papers",
    "foresight",
    "site",
    "report",
    "build",
    "built",
    "serving",
    "sheets",
    "intake",
    "interchange",
    "doctor",
    "desk",
    "fleet",
    "cli",
    "__main__",
]
"""Each room may import only from those before it."""

_MAP = re.compile(r"(?<=<!-- map -->\n).*?(?=\n<!-- end of map -->)", re.DOTALL)


def drawn() -> str:
    """The map as a table: every room with what it is and the files in it."""
    rows = ["| room | what | files |", "| --- | --- | --- |"]
    for name in LAYERS:
        folder = PACKAGE / name
        room = folder / "__init__.py" if folder.is_dir() else PACKAGE / f"{name}.py"
        rows.append(
            f"| `{name}{'/' if folder.is_dir() else ''}` | {_what(room)} | {_files(folder)} |"
        )
    return "\n".join(rows)


def _what(file: Path) -> str:
    """The first sentence of a file's docstring, which may take two lines."""
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(said.partition("\n\n")[0].split()).removesuffix(".")


def _files(folder: Path) -> str:
    names = [file.stem for file in sorted(folder.glob("*.py")) if file.stem != "__init__"]
    inner = [
        f"{part.name}/" for part in sorted(folder.glob("*/")) if (part / "__init__.py").exists()
    ]
    return ", ".join([*names, *inner])


def with_map(text: str) -> str:
    """The document with the map as it is now."""
    return _MAP.sub(lambda _: drawn(), text)


if __name__ == "__main__":
    DOCUMENT.write_text(
        with_map(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8", newline="\n"
    )
