"""What stands around the text of a Word file: its relations, its styles, its numbering."""

from __future__ import annotations

import posixpath
import re
from xml.etree.ElementTree import Element

from boards.intake.container import Container, plain_name
from boards.intake.pieces import Kind

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def main_part(container: Container) -> str:
    """Where the text stands."""
    for item in container.tree("_rels/.rels"):
        if str(item.get("Type")).endswith("/officeDocument"):
            return str(item.get("Target")).removeprefix("/")
    return "word/document.xml"


def relations(container: Container, main: str) -> dict[str, tuple[str, bool]]:
    """The parts that a text refers to, by their keys, and whether one lies outside."""
    folder, name = posixpath.split(main)
    part = f"{folder}/_rels/{name}.rels"
    if part not in container.parts:
        return {}
    return {
        str(item.get("Id")): (
            posixpath.normpath(posixpath.join("/", folder, str(item.get("Target")))).lstrip("/"),
            item.get("TargetMode") == "External",
        )
        for item in container.tree(part)
    }


def styles(container: Container) -> dict[str, tuple[Kind | None, int]]:
    """What the styles make of a paragraph: a title, a heading of a level, a caption."""
    if "word/styles.xml" not in container.parts:
        return {}
    found: dict[str, tuple[Kind | None, int]] = {}
    above: dict[str, str] = {}
    for style in container.tree("word/styles.xml").iterfind("{*}style"):
        key = value(style, "styleId")
        called = value(style.find("{*}name"))
        above[key] = value(style.find("{*}basedOn"))
        level = value(style.find("{*}pPr/{*}outlineLvl"))
        if heading := _HEADING.match(called):
            found[key] = Kind.HEADING, int(heading[1])
        elif called.casefold() in ("title", "标题"):
            found[key] = Kind.TITLE, 0
        elif called.casefold() in ("caption", "题注"):
            found[key] = Kind.CAPTION, 0
        elif level.isdecimal() and int(level) < 9:
            found[key] = Kind.HEADING, int(level) + 1
    for key, base in above.items():
        if key not in found and base in found:
            found[key] = found[base]
    return found


def contents_styles(container: Container) -> frozenset[str]:
    """The styles of the lines of a table of contents."""
    if "word/styles.xml" not in container.parts:
        return frozenset()
    return frozenset(
        value(style, "styleId")
        for style in container.tree("word/styles.xml").iterfind("{*}style")
        if re.match(r"(?:toc|目录)\s*\d", value(style.find("{*}name")), re.IGNORECASE)
    )


def lists(container: Container) -> dict[tuple[str, str], str]:
    """How the items of each list are numbered, by list and level."""
    if "word/numbering.xml" not in container.parts:
        return {}
    tree = container.tree("word/numbering.xml")
    formats = {
        (value(one, "abstractNumId"), value(level, "ilvl")): value(level.find("{*}numFmt"))
        for one in tree.iterfind("{*}abstractNum")
        for level in one.iterfind("{*}lvl")
    }
    found: dict[tuple[str, str], str] = {}
    for one in tree.iterfind("{*}num"):
        abstract = value(one.find("{*}abstractNumId"))
        found |= {
            (value(one, "numId"), level): how
            for (key, level), how in formats.items()
            if key == abstract
        }
    return found


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by its name without the namespace."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if plain_name(key) == name), "")
