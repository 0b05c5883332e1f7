"""What papers to sign have in common: PDF of a sheet, and keeping it in a folder of ours."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from boards.board.board import Board
from boards.cache import home
from boards.formats import Face
from boards.output import MARKER, write_whole
from boards.typst.engine import Typesetter
from boards.typst.fonts import FontSet, font_set


def set_sheet(
    board: Board, template: str, sheet: Any, description: str, day: datetime.date
) -> bytes:
    """A sheet (a dataclass) as PDF/A-2b, dated `day`, in as many pages as it takes.

    A character that a typeface lacks is printed as 〓 with its code: a sheet to sign must show that
    something stands there. Raises FontsUnusable and NotSet.
    """
    settings = board.branch.posters
    fonts = font_set(board.data, settings.fonts if settings else None)
    typesetter = Typesetter(home(board.data), fonts)
    content: dict[str, Any] = _printable(asdict(sheet), fonts)
    content |= {
        "description": description[:200],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "script": "hans",
        "faces": {str(face): family for face, family in typesetter.families.items()},
    }
    return typesetter.pdf(f"papers/{template}", json.dumps(content, ensure_ascii=False))


def _printable(value: Any, fonts: FontSet) -> Any:
    """The same with every character that a typeface lacks named by its code."""
    if isinstance(value, dict):
        return {key: _printable(part, fonts) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, fonts) for part in value]
    if not isinstance(value, str):
        return value
    return "".join(
        letter if all(fonts.has(face, letter) for face in Face) else f"〓（U+{ord(letter):04X}）"
        for letter in value
    )


def keep(pdf: bytes, folder: Path, name: str, *, replace: bool) -> Path:
    """Write a sheet; unless `replace`, a number keeps it from an earlier one's place."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()
    file = folder / f"{name}.pdf"
    number = 2
    while file.exists() and not replace:
        file = folder / f"{name}-{number}.pdf"
        number += 1
    write_whole(file, pdf)
    return file
