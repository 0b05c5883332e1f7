"""Pixels of any kind as sRGB on white: what every browser and printer takes unmarked ones to be."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
"""How pixels are stored for each kind of colours a profile can be of."""


def to_srgb(image: Image, profile: bytes) -> Image:
    """An RGB image in sRGB; a profile that is damaged or of another kind of colours is ignored."""
    flat = _on_white(_in_eight_bits(image))
    if not profile:
        return flat.convert("RGB")
    from PIL import ImageCms  # noqa: PLC0415

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        wanted = _MODES.get(source.profile.xcolor_space.strip())
        if wanted == "RGB" and flat.mode not in ("RGB", "CMYK", "LAB"):
            flat = flat.convert("RGB")
        if flat.mode != wanted:
            return flat.convert("RGB")
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(flat, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile that is itself broken
        return flat.convert("RGB")
    assert converted is not None
    return converted


def _in_eight_bits(image: Image) -> Image:
    """Grey of sixteen bits in eight; Pillow by itself would take 256 and all above for white."""
    if image.mode != "I" and not image.mode.startswith("I;16"):
        return image
    wide = image.convert("I")
    clear = wide.info.pop("transparency", None)  # a level of grey in sixteen bits
    grey = wide.point(lambda level: level * (1 / 257) + 0.5).convert("L")
    if clear is None:
        return grey
    from PIL import ImageMath  # noqa: PLC0415

    seen: Any = ImageMath.lambda_eval(lambda said: (said["wide"] != clear) * 255, wide=wide)
    grey.putalpha(seen.convert("L"))
    return grey


def _on_white(image: Image) -> Image:
    """Without transparency, the way it would look on paper; grey stays grey, for its profile."""
    from PIL import Image  # noqa: PLC0415

    if not image.has_transparency_data:
        return image
    layer = _with_alpha(image)
    mode = "L" if layer.mode == "LA" else "RGB"
    flat = Image.new(mode, image.size, "white")
    flat.paste(layer.convert(mode), mask=layer.getchannel("A"))
    return flat


def _with_alpha(image: Image) -> Image:
    """The same with its transparency as a channel."""
    clear = image.info.get("transparency")
    if isinstance(clear, tuple) and max(clear) > 255:  # a colour of sixteen bits
        image.info["transparency"] = tuple(level >> 8 for level in clear)
    return image.convert("LA" if image.mode in ("L", "LA", "La") else "RGBA")
