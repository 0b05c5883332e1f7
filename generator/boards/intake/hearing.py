"""A message about a quarter taken apart: words that lead to something, and what they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from boards.board.board import Board
from boards.intake import hearing_words as words
from boards.intake.hearing_meeting import meeting_taken_out
from boards.intake.hearing_names import (
    lists_scores,
    members_named,
    zones_by_name,
    zones_named,
)
from boards.records.months import QuarterId

_NEAR = 24
"""Characters beside a word in which it must be said of whom it speaks."""
_COUNTED = re.compile(r"^(?:[（(【][^）)】\n]{0,8}[）)】]|\d{1,2} ?[个名位])")
"""How many there are: 党员之星（1名）."""
_MEETING = {"date": "开会日期", "place": "开会地点", "decided_by": "怎样评定"}
_LABELS = {"star": "党员之星", "excellent_zone": "优质责任区"}


@dataclass(slots=True)
class Hearing:
    """What was heard so far."""

    board: Board
    quarter: QuarterId
    proposed: dict[tuple[str, ...], str] = field(default_factory=dict)
    shown: dict[tuple[str, ...], str] = field(default_factory=dict)
    unheard: list[str] = field(default_factory=list)
    disputed: set[tuple[str, ...]] = field(default_factory=set)
    """What is said twice and not alike: neither is taken."""
    unclear: dict[str, str] = field(default_factory=dict)
    """Why star or zone was not taken, told if it is not said elsewhere."""

    @property
    def said(self) -> list[str]:
        """What was heard, line by line."""
        return list(self.shown.values())

    def listen(self, text: str) -> None:
        """Take a message apart at the words that lead to something."""
        zones = zones_by_name(self.board)
        longest = "|".join(map(re.escape, sorted(zones, key=len, reverse=True)))
        leading = re.compile(
            f"({words.STAR})|({words.BEST})|({words.WHY})|({longest}){words.SCORE}"
        )
        behind = re.compile(
            rf" ?(?:$|[，,；;。/）)\n]|、? ?(?:{longest}|{words.STAR}|{words.BEST}))"
        )
        text = self._about_the_meeting(text, leading)
        found = [
            match
            for match in leading.finditer(text)
            if not match[5] or match[6] or self._is_bare_score(match, behind, text)
        ]
        ends = [*(match.start() for match in found), len(text)]
        opening, before = _before(f"\n{text[: ends[0]]}")
        self._leave(opening)
        about = ""
        for number, (match, (_, end)) in enumerate(zip(found, pairwise(ends), strict=True), 1):
            star, best, why, zone, score, _ = match.groups()
            body, then = text[match.end() : end], ""
            if number < len(found) and (not zone or found[number][1] or found[number][2]):
                body, then = _before(body)
            line = text[match.end() :].lstrip("\n").partition("\n")[0]
            if (star or best) and self._is_of_another(before):
                about, body = "", f"{before}{match[0]}{body}"
            elif star:
                about, body = "star", self._star(body, before)
            elif best:
                about, body = "excellent_zone", self._best(body, line, before)
            elif why:
                self._leave(before)
                body = self._why(about, body)
            else:
                self._leave(before)
                about, body = "", self._score(zones[zone], score, body)
            before = then
            self._leave(body)
        self._leave(before)
        self._settle()

    @staticmethod
    def _is_bare_score(match: re.Match[str], behind: re.Pattern[str], text: str) -> bool:
        """Whether a number without 分 is a score: large enough, and alone behind its zone."""
        is_large = words.LEAST_BARE <= float(match[5]) <= 100
        return is_large and behind.match(text, match.end()) is not None

    def _is_of_another(self, before: str) -> bool:
        """Whether what stands before a word says that it is of another quarter."""
        numbers = map(words.number_of, words.QUARTER.finditer(before))
        others = any(number != self.quarter.number for number in numbers)
        return others or words.EARLIER.search(before) is not None

    def _propose(self, path: tuple[str, ...], value: str, label: str, shown: str = "") -> None:
        if path in self.disputed:
            return
        if self.proposed.get(path, value) != value:
            one = self.shown.pop(path).partition("：")[2]
            self.disputed.add(path)
            del self.proposed[path]
            self.unheard.append(f"{label}写了两个：{one[:20]}、{(shown or value)[:20]}；在表单里填")
            return
        self.proposed[path] = value
        self.shown[path] = f"{label}：{shown or value}"

    def _about_the_meeting(self, text: str, leading: re.Pattern[str]) -> str:
        """Take what is said of the meeting out of a message."""
        kept, found, rest = meeting_taken_out(text, self.quarter, leading)
        for name, value in found:
            self._propose(("meeting", name), value, _MEETING[name])
        for part in rest:
            self._leave(part)
        return kept

    def _star(self, body: str, before: str) -> str:
        """The star whom the words behind name, else those before; what is left of the words."""
        near, first = _window(body)
        there = members_named(self.board, first) or (
            members_named(self.board, before)
            if words.LEADS_TO.search(words.QUARTER.sub("", before))
            else []
        )
        if len(there) > 1:
            self.unclear["star"] = f"写了{'、'.join(row.name for row in there)}，党员之星只能一位"
        elif not there and first:
            self.unclear["star"] = f"“{first[:12]}”在人员里没有找到，或者有重名的"
        elif words.NOBODY.search(f"{before}{near}"):
            self.unclear["star"] = f"“{near[:20]}”看不出定了没有"
        elif there:
            member = there[0]
            self._propose(("star", "member"), member.id, _LABELS["star"], member.name)
            behind = members_named(self.board, first) != []
            self._leave(before if behind else "")
            spaced = re.compile(" ?".join(map(re.escape, member.name)))
            return self._reason("star", spaced.split(body, maxsplit=1)[-1] if behind else body)
        return before + body

    def _best(self, body: str, line: str, before: str) -> str:
        """The excellent zone, named behind or before; what is left of the words."""
        near, first = _window(line)
        there = zones_named(self.board, first)
        behind = bool(there)
        if not there and words.LEADS_TO.search(words.QUARTER.sub("", before)):
            there = zones_named(self.board, before)
        if len(there) > 1:
            self.unclear["excellent_zone"] = f"“{first[:20]}”写了几个，优质责任区只能一个"
        elif words.NOBODY.search(f"{before}{near}"):
            self.unclear["excellent_zone"] = f"“{near[:20]}”看不出定了没有"
        elif there and not (behind and lists_scores(self.board, line)):
            zone = self.board.zones[next(iter(there))]
            self._propose(("excellent_zone", "zone"), zone.id, _LABELS["excellent_zone"], zone.name)
            self._leave(before if behind else "")
            name = there[zone.id]
            return self._reason("excellent_zone", body.partition(name)[2] if behind else body)
        return before + body

    def _score(self, zone: str, score: str, body: str) -> str:
        """A zone's score and what is said of it in the same sentence; what is left."""
        name = self.board.zones[zone].name
        if float(score) != int(float(score)):
            self.unheard.append(f"{name} {score} 分：得分是整数，按会上定的填")
        elif float(score) > 100:
            self.unheard.append(f"{name} {score} 分：得分最高 100")
        else:
            self._propose(("results", zone, "score"), str(int(float(score))), name)
        found = re.match(r"[^。；;！!\n]*", body)
        said = found[0].strip(words.AROUND) if found else ""
        if found is None or len(said) < words.ENOUGH or words.FORMAL.search(said):
            return body
        if words.EARLIER.search(said) or words.NO_REASON.match(said) or said[0] in "是的":
            return body
        if any(said.startswith(other) for other in zones_by_name(self.board)):
            return body
        self._propose(("results", zone, "summary"), said, f"{name}评语")
        return body[found.end() :]

    def _why(self, about: str, body: str) -> str:
        """What follows a word that leads to a reason, up to what is none any more."""
        lines: list[str] = []
        rest = body.strip().split("\n")
        while rest and not (words.SIGNED.fullmatch(rest[0]) or words.NO_REASON.match(rest[0])):
            lines.append(rest.pop(0).strip())
        said = "\n\n".join(line for line in lines if line).strip(
            f"{words.AROUND}\n".replace("。", "")
        )
        if not about or len(said) < words.ENOUGH:
            return body
        self._propose(
            (about, "citation"), said, f"{_LABELS[about]}{'事迹' if about == 'star' else '理由'}"
        )
        return "\n".join(rest)

    def _reason(self, about: str, body: str) -> str:
        """The same of what follows a name without such a word, if it can be a reason."""
        rest = re.sub(r"^ ?(?:同志)?[”’》]? ?(?:[（(【][^）)】\n]*[）)】])?", "", body)
        opens = re.match(r" ?[，,：:。—-]| ?\n", rest)
        said = rest.lstrip(f"{words.AROUND}\n")
        first = said.partition("\n")[0]
        no = opens is None or words.NO_REASON.match(said) or len(first) < words.ENOUGH
        no = no or any(first.startswith(zone.name) for zone in self.board.zones.values())
        return rest if no or words.FORMAL.search(first) else self._why(about, said)

    def _settle(self) -> None:
        """Tell of star and zone what was unclear; a reason goes with neither without them."""
        for about, main in (("star", "member"), ("excellent_zone", "zone")):
            if (about, main) in self.proposed:
                continue
            if self.proposed.pop((about, "citation"), ""):
                self.unheard.append(self.shown.pop((about, "citation"))[:60])
            if about in self.unclear and (about, main) not in self.disputed:
                self.unheard.insert(0, f"{_LABELS[about]}：{self.unclear[about]}；在表单里选")

    def _leave(self, said: str) -> None:
        """Keep what was not understood, to be told."""
        names = [row.name for row in self.board.members.values() if not row.sample]
        for part in re.split(r"[\n。；;！!？?]", said):
            bare = part.strip(words.AROUND)
            if not bare or words.NUMBERED.fullmatch(bare) or words.SIGNED.fullmatch(bare):
                continue
            plain = words.HEADING.sub("", words.QUARTER.sub("", bare)).strip(words.AROUND)
            tells = len(plain) >= words.ENOUGH or re.search(r"\d", plain)
            if tells or any(name in bare for name in names):
                self.unheard.append(bare if len(bare) <= 60 else f"{bare[:60]}……")


def _before(said: str) -> tuple[str, str]:
    """Words, and the clause that ends them, which may name whoever is spoken of next."""
    at = max(said.rfind(mark) for mark in words.STOPS) + 1
    return (said[:at], said[at:]) if at else (said, "")


def _window(said: str) -> tuple[str, str]:
    """The sentence that begins some words, and its first clause."""
    bare = _COUNTED.sub("", said.lstrip(" \n”’》」")).lstrip(f"{words.AROUND}\n")
    near = re.split(r"[。；;！!？?\n]", bare, maxsplit=1)[0][: 2 * _NEAR]
    return near, re.split("[，,：:]", near, maxsplit=1)[0][:_NEAR]
