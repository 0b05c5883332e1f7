"""Typst: the engine that sets posters, packs and papers; its typefaces, inks and codes."""
