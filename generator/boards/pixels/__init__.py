"""From the bytes of a photo to its pixels, upright and in sRGB, with nothing else."""
