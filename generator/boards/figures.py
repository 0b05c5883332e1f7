"""Figures of cases: what a record tells, drawn, with the record's own words as labels.

Which figure a case has follows from what its facts name. Nothing on it is ours but the lines: a
measure that the record does not give is drawn without a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

from boards.drawings import SCENES, Drawing
from boards.records import Case

SCHEMES: Mapping[str, Mapping[str, str]] = {
    "case-crossing": {"drop": "落差", "dip": "倾角", "fault": "断层", "support": "支架"},
    "case-jack-seat": {"broken": "断裂", "seat": "支座"},
}
"""Drawings by name: for each label the word by which it is known among the facts, in this order."""
NOTE = "示意图，不按比例"
LONGEST = 14
"""Characters that a line of a label has room for."""

_PARTS = re.compile(r"[，、；]")
_PLACE = re.compile(r"\$\(([a-z-]+)\)")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at one place of a drawing, and in the smaller line below it."""

    place: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its labels."""

    drawing: str
    """The name of its file in the theme."""
    labels: tuple[Label, ...]
    """None on the scene of a zone, which stands for cases that no scheme fits."""
    told: tuple[int, ...]
    """The facts of the case that it says, by their number."""
    case: str
    zone: str

    @property
    def url(self) -> str:
        """Its address on the site; a scene is the one that the zone's page has."""
        if not self.labels:
            return SCENES[self.zone].url
        return f"assets/drawn/{self.drawing}-{self.case}.svg"

    @property
    def alt(self) -> str:
        """It in words; nothing for what only adorns."""
        said = "；".join(_said(label) for label in self.labels if label.place != "note")
        return f"{NOTE}：{said}" if said else ""

    def content(self, instead: Mapping[str, str] = MappingProxyType({})) -> bytes:
        """The SVG with colours and labels put in; `instead` names colours that stand for others.

        A look that keeps the ground of its drawings gets that of the zone.
        """
        ground = {"scene-back": f"{self.zone}-deep", "scene-deep": self.zone}
        tints = instead if "scene-back" in instead else ground
        drawn = Drawing(self.drawing, self.zone).content(tints).decode("utf-8")
        said = {label.place: label.text for label in self.labels}
        said |= {f"{label.place}-more": label.more for label in self.labels}
        return _PLACE.sub(lambda found: escape(said[found[1]]), drawn).encode("utf-8")


def figure_of(case: Case) -> Figure:
    """The first of the schemes all of whose words the facts name; else the scene of its zone."""
    facts = [tuple(_PARTS.split(fact.value)) for fact in case.facts]
    for drawing, words in SCHEMES.items():
        found = _found(facts, words)
        labels = tuple(_label(place, facts, found) for place in found)
        if labels and all(max(len(row.text), len(row.more)) <= LONGEST for row in labels):
            told = tuple(sorted({number for number, _ in found.values()}))
            return Figure(drawing, (*labels, Label("note", NOTE)), told, case.id, case.zone)
    return Figure(SCENES[case.zone].name, (), (), case.id, case.zone)


_Part = tuple[int, str]
"""A part of a fact between commas, with the fact's number."""


def _found(facts: Sequence[tuple[str, ...]], words: Mapping[str, str]) -> dict[str, _Part]:
    """The part that each label says, no part twice; nothing if one is missing."""
    parts = [(number, part) for number, fact in enumerate(facts) for part in fact]
    found: dict[str, _Part] = {}
    for place, word in words.items():
        said = next((part for part in parts if word in part[1]), None)
        if said is None:
            return {}
        parts.remove(said)
        found[place] = said
    return found


def _label(place: str, facts: Sequence[tuple[str, ...]], found: Mapping[str, _Part]) -> Label:
    """A label, with what is left of its fact on a second line where no other label shares it."""
    number, part = found[place]
    shared = sum(other == number for other, _ in found.values()) > 1
    rest = "，".join(other for other in facts[number] if other != part)
    return Label(place, part, "" if shared else rest)


def _said(label: Label) -> str:
    return f"{label.text}，{label.more}" if label.more else label.text
