"""Where lines of HTML may not break: what CSS leaves to chance stands in spans that do not break.

Browsers mind stops, brackets and quotes under `line-break: strict`, but begin lines with dashes,
middle dots and units. `lines.yml` of the theme says which, for posters as well.
"""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from xml.etree import ElementTree as Tree

KEPT = "bb-kept"
"""The class of what a line's end may not part."""


def kept_lines(html: str) -> str:
    """HTML whose text keeps together what a line's end may not part; done twice it is the same."""
    text, after_bold = _patterns()
    opened, closed = _tags("span", KEPT)
    strong, end_of_strong = _tags("strong")

    def keep(found: re.Match[str]) -> str:
        return text.sub(rf"{opened}\g<0>{closed}", found[0]) if found[2] else found[0]

    # The last word of what stands in bold goes along with a dash behind it.
    parted = rf"{end_of_strong}{opened}{strong}\1{end_of_strong}\2{closed}"
    return after_bold.sub(parted, _pieces().sub(keep, html))


def may_part(before: str, after: str) -> bool:
    """Whether a line, or a slide, may end between two characters."""
    signs = _signs()
    begins_none = signs["closing"] + signs["connectors"] + signs["percent"] + "/"
    alike = re.fullmatch(rf"[{signs['number']}]{{2}}", before + after)
    return not (after in begins_none or before in f"{signs['opening']}/" or alike)


@functools.cache
def _signs() -> dict[str, str]:
    import yaml  # noqa: PLC0415

    found: dict[str, str] = yaml.safe_load(
        (files("boards_theme") / "lines.yml").read_text(encoding="utf-8")
    )
    return found


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What to keep in a text, and at the end of bold text; as posters/parts/lines.typ puts it."""
    signs = _signs()
    closed = rf"[{signs['closing']}]{{0,3}}"
    number = rf"(?<![{signs['number']}])[{signs['number']}]{{1,20}}[{signs['percent']}]?"
    others = signs["opening"] + signs["closing"] + signs["connectors"]
    sign = rf"(?:&#?\w+;|[^\s0-9A-Za-z<>&;{others}])"
    connectors = rf"[{signs['connectors']}]{{1,4}}"
    base = rf"(?:{number}|{sign}){closed}"
    # An address with slashes must be able to break.
    han, latin, more = signs["han"], "[0-9A-Za-z]{1,8}", "0-9A-Za-z_.:-"
    first, other = rf"(?:[{han}]|(?<![/{more}]){latin})", rf"(?:[{han}]|{latin}(?![{more}]))"
    slash = rf"{first}{closed}(?:/[{signs['opening']}]{{0,2}}{other}{closed}){{1,3}}(?!/)"
    percent = rf"{sign}{closed}[{signs['percent']}]{{1,2}}"
    strong, end_of_strong = _tags("strong")
    done = re.escape(_tags("span", KEPT)[0] + strong)
    return (
        re.compile(rf"(?:{slash}|{base}) ?{connectors}|{percent}|{slash}"),
        re.compile(
            rf"(?<!{done})({base}){end_of_strong}({connectors}|[{signs['percent']}/]{{1,2}})"
        ),
    )


@functools.cache
def _pieces() -> re.Pattern[str]:
    """What is no text, else text as its second group."""
    opened, closed = _tags("span", KEPT)
    wordless = r"<(script|style|title|textarea)\b.*?</\1>"
    return re.compile(rf"{wordless}|{re.escape(opened)}.*?{closed}|<[^>]*>|([^<]+)", re.DOTALL)


def _tags(name: str, html_class: str = "") -> tuple[str, str]:
    element = Tree.Element(name, {"class": html_class} if html_class else {})
    both = Tree.tostring(element, encoding="unicode", method="html")
    opened, _, closed = both.partition("></")
    return f"{opened}>", f"</{closed}"
