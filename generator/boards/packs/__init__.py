"""Share packs: experience that travels between units, out and in."""
