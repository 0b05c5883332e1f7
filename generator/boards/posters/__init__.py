"""Posters: views set by Typst in any size, for any way of printing."""
