"""Sections of README.md that benchmarks write: each its own, between marks, all else left alone."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).parent / "README.md"


def write_section(name: str, text: str, file: Path = README) -> None:
    """Put a text in a section's place."""
    whole = with_section(file.read_text(encoding="utf-8"), name, text)
    file.write_text(whole, encoding="utf-8", newline="\n")


def with_section(whole: str, name: str, text: str) -> str:
    """A document with another text in one of its sections; raises ValueError if it has none."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, opened, rest = whole.partition(start)
    _, closed, after = rest.partition(end)
    if not opened or not closed:
        raise ValueError(f"no section between {start.strip()} and {end.strip()}")
    return f"{before}{start}{text.strip()}\n{end}{after}"
