"""Photos that cost little to draw: colours flowing into one another, no two alike."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from invented.loads import Load

PORTRAIT = (3, 4)
LANDSCAPE = (4, 3)


def draw(load: Load, file: Path, shape: tuple[int, int]) -> None:
    """Write a photo with colours of its own."""
    size = (load.photos * shape[0] // 4, load.photos * shape[1] // 4)
    dots = (6, 6)
    seed = Image.frombytes(
        "RGB", dots, load.dice("photo", file.name).randbytes(dots[0] * dots[1] * 3)
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    seed.resize(size, Image.Resampling.BICUBIC).save(file, "JPEG", quality=70)
