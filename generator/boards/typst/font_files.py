"""What stands in font files: families, weights and characters, read once and kept between runs."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.leftovers import is_left_behind
from boards.output import write_whole

_ENDINGS = {".otf", ".ttf", ".ttc", ".otc"}


class FontsUnusable(Exception):
    """Typefaces that posters cannot be set in; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face of a font file."""

    file: str
    index: int
    """Which face of a collection."""
    sha256: str
    families: tuple[str, ...]
    lightest: int
    heaviest: int
    ranges: tuple[tuple[int, int], ...]
    """The characters it has, as runs of code points."""

    def away_from(self, weight: int) -> int:
        """How far its nearest weight is, by which Typst chooses within a family."""
        return max(self.lightest - weight, weight - self.heaviest, 0)


def files_in(folder: Path) -> list[Path]:
    """The font files of a folder, by name."""
    found = (file for file in folder.iterdir() if not is_left_behind(file.name))
    return sorted(f for f in found if f.suffix.casefold() in _ENDINGS and f.is_file())


class Readings:
    """What has been read of font files, kept between runs: reading 30 MB takes half a second."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.kept: dict[str, Any] = {}
        if cache.is_file():
            try:
                kept = json.loads(cache.read_text(encoding="utf-8"))
                self.kept = kept if isinstance(kept, dict) else {}
            except (ValueError, OSError):
                self.kept = {}
        self.changed = False

    def read(self, file: Path) -> list[FontFile]:
        """The faces of one file."""
        state = file.stat()
        key = f"{file}|{state.st_size}|{state.st_mtime_ns}"
        try:
            return [_as_font(row) for row in self.kept[key]]
        except (KeyError, TypeError, ValueError):  # not read yet, or the cache is damaged
            self.kept[key] = list(_read(file))
            self.changed = True
            return [_as_font(row) for row in self.kept[key]]

    def save(self) -> None:
        """Keep what was read for the next run."""
        if self.changed:
            with suppress(OSError):  # it is read anew the next time
                write_whole(self.cache, json.dumps(self.kept).encode("utf-8"))


def _as_font(row: dict[str, Any]) -> FontFile:
    ranges = tuple((int(first), int(last)) for first, last in row["ranges"])
    if not ranges:
        raise ValueError("no characters")
    return FontFile(
        file=row["file"],
        index=int(row["index"]),
        sha256=row["sha256"],
        families=tuple(row["families"]),
        lightest=int(row["lightest"]),
        heaviest=int(row["heaviest"]),
        ranges=ranges,
    )


def _read(file: Path) -> Iterator[dict[str, Any]]:
    from fontTools.ttLib import (  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy
        TTCollection,
        TTFont,
    )

    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    try:
        opened = (
            TTCollection(io.BytesIO(content), lazy=True).fonts
            if content[:4] == b"ttcf"
            else [TTFont(io.BytesIO(content), lazy=True)]
        )
        for index, font in enumerate(opened):
            weight = font["OS/2"].usWeightClass
            axes = font["fvar"].axes if "fvar" in font else []
            spans = [(axis.minValue, axis.maxValue) for axis in axes if axis.axisTag == "wght"]
            lightest, heaviest = spans[0] if spans else (weight, weight)
            yield {
                "file": str(file),
                "index": index,
                "sha256": digest,
                "families": _families(font),
                "lightest": int(lightest),
                "heaviest": int(heaviest),
                "ranges": _runs(sorted(font.getBestCmap() or {})),
            }
    except Exception as error:  # fontTools raises whatever a damaged table makes it stumble over
        raise FontsUnusable(f"字体文件 {file.name} 打不开，换一份完整的") from error


def _families(font: Any) -> list[str]:
    """Every family name a file goes by, the Chinese ones included."""
    names = {str(row) for row in font["name"].names if row.nameID in (1, 16)}
    return sorted(names)


def _runs(points: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for point in points:
        if runs and point == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], point)
        else:
            runs.append((point, point))
    return runs
