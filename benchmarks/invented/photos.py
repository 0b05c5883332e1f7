"""Photos that cost little to draw: colours flowing into one another, no two alike."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from invented.loads import Load

PORTRAIT = (900, 1200)
LANDSCAPE = (1600, 1200)
"""Pixels, as many as the boards they hang on want."""


def draw(load: Load, file: Path, size: tuple[int, int]) -> None:
    """Write a photo with colours of its own."""
    dots = (6, 6)
    seed = Image.frombytes(
        "RGB", dots, load.dice("photo", file.name).randbytes(dots[0] * dots[1] * 3)
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    seed.resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", quality=70)
