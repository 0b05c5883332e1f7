"""A message about a quarter taken apart: words that lead to something, and what they lead to."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from boards.board.board import Board
from boards.board.naming import names_of
from boards.records import Member
from boards.records.months import QuarterId
from boards.records.understood import folded

QUARTER = re.compile(
    r"(?:(20\d{2})\s*年?\s*[-/]?\s*)?(?:[Qq]([1-4])|第?\s*([一二三四1-4])\s*季度?)(?!\d)"
)
_NOT_YET = "(?!候选|推荐|评选|人选|名额|评比)"
STAR = f"(?:党员之星|季度之星|明星党员|党员明星){_NOT_YET}"
BEST = f"(?:优质|优秀|优胜|先进|红旗)(?:责任区|区(?!域)){_NOT_YET}"
_WHY = r"(?:主要)?(?:事迹|理由|推荐词|颁奖词|评语|做法)\s*[:：]"
_SCORE = (
    r"(?:责任区|区)?\s*(?:第?[一二三四]季度)?(?:得分|得|为|是|[:：（(\s])*"
    r"(\d{1,3}(?:\.\d+)?)\s*分?(?![\d.年月日人次个条架项票%％])"
)
_EARLIER = re.compile(r"上个?季度?|上一?季|上期|去年|同期")
_DAY = re.compile(r"(?:(20\d{2})\s*[年.\-/]\s*)?(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
_PLACE = re.compile(r"在([^，。,；;\n\d]{2,15}?)(?:召开|举行|开会|开了)")
_PRESENT = re.compile(r"(?:应到|实到|到会)[^。；;\n]{0,40}人(?=[，,])")
_DECIDED = re.compile(r"[^，。,；;：:\n]*(?:表决|投票|票选|民主评议)[^，。,；;\n]*")
_SIGNED = re.compile(r"(?:.{0,20}(?:支部|委员会|区队))?\s*(?:20\d{2}年\d{1,2}月\d{1,2}日)?")
_NO_REASON = re.compile(r"[请望]|希望|特此|祝贺|恭喜|大家|得票|[、和及]")
"""How what follows a name begins where it is none of the reasons for it."""
_AROUND = " \t\u3000，,：:；;、—-–·“”\"'（）()【】*★☆！!🌟🏆👍👏🎉"
_NUMBERED = re.compile(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]?")
_NEAR = 20
"""Characters behind a word in which it must be said of whom it speaks."""
_ENOUGH = 6
"""Characters of what can be a reason; less is a remark."""


@dataclass(slots=True)
class Hearing:
    """What was heard so far."""

    board: Board
    quarter: QuarterId
    proposed: dict[tuple[str, ...], str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)

    def listen(self, text: str) -> None:
        """Take a message apart at the words that lead to something."""
        zones = {name: zone.id for zone in self.board.zones.values() for name in names_of(zone)}
        longest = "|".join(map(re.escape, sorted(zones, key=len, reverse=True)))
        leading = re.compile(f"({STAR})|({BEST})|({_WHY})|({longest}){_SCORE}")
        found = list(leading.finditer(text))
        ends = [*(match.start() for match in found), len(text)]
        opening, before = _before(f"\n{text[: ends[0]]}")
        self._meeting(opening)
        about = ""
        for match, (_, end) in zip(found, pairwise(ends), strict=True):
            star, best, why, zone, score = match.groups()
            body, then = text[match.end() : end], ""
            if end < len(text) and not zone:
                body, then = _before(body)
            if (star or best) and _EARLIER.search(before):
                body = f"{before}{match[0]}{body}"
            elif star:
                about, body = "star", self._star(body, before)
            elif best:
                near = text[match.end() : match.end() + _NEAR]
                about, body = "excellent_zone", self._best(body, near, before, zones)
            else:
                self._leave(before)
                body = self._why(about, body) if why else self._score(zones[zone], score, body)
            before = then
            self._leave(body)
        self._leave(before)

    def _propose(self, path: tuple[str, ...], value: str, label: str, shown: str = "") -> None:
        if path not in self.proposed:  # what is said first counts
            self.proposed[path] = value
            self.said.append(f"{label}：{shown or value}")

    def _meeting(self, text: str) -> None:
        """When, where and how it was decided, from what stands before the results."""
        for clause in re.split(r"(?<=[。\n])", text):
            if "会" not in clause:
                self._leave(QUARTER.sub("", clause) if len(clause.strip()) < 30 else clause)
                continue
            if day := _DAY.search(clause):
                self._day(day)
            if place := _PLACE.search(clause):
                self._propose(("meeting", "place"), place[1].strip(_AROUND), "开会地点")
            present, decided = _PRESENT.search(clause), _DECIDED.search(clause)
            if decided:
                words = decided[0].removeprefix("经").strip(_AROUND)
                if present and present[0] not in words:
                    words = f"{present[0]}，{words}"
                self._propose(("meeting", "decided_by"), words, "怎样评定")

    def _day(self, found: re.Match[str]) -> None:
        """The day of the meeting; without its year the first such day after the quarter began."""
        begins = datetime.date(self.quarter.year, self.quarter.months[0].month, 1)
        years = [int(found[1])] if found[1] else [begins.year, begins.year + 1]
        for year in years:
            try:
                day = datetime.date(year, int(found[2]), int(found[3]))
            except ValueError:
                return
            if day >= begins or found[1]:
                self._propose(("meeting", "date"), str(day), "开会日期")
                return

    def _star(self, body: str, before: str) -> str:
        """The star whom the words behind name, else those before; what is left of the words."""
        behind = self._member(body.strip(f"{_AROUND}\n")[: 2 * _NEAR].partition("\n")[0])
        member = behind or self._member(before)
        if member is None:
            self.unheard.append("党员之星写的是谁，人员里没有找到，或者有重名的；在表单里选")
            return before + body
        self._propose(("star", "member"), member.id, "党员之星", member.name)
        if behind is None:
            return self._reason("star", body)
        self._leave(before)
        spaced = re.compile(r"\s*".join(map(re.escape, member.name)))
        return self._reason("star", spaced.split(body, maxsplit=1)[-1])

    def _member(self, words: str) -> Member | None:
        """The one real person whom words name first."""
        people = [row for row in self.board.members.values() if not row.sample]
        plain = folded(words)
        named = [(plain.find(folded(row.name)), -len(row.name), row) for row in people]
        there = sorted((at, long, row.id) for at, long, row in named if at >= 0)
        same = [key for at, long, key in there if (at, long) == there[0][:2]]
        return self.board.members[same[0]] if len(same) == 1 else None

    def _best(self, body: str, near: str, before: str, zones: Mapping[str, str]) -> str:
        """The excellent zone, named near behind or before; what is left of the words."""
        for words in (near.strip(f"{_AROUND}\n").partition("\n")[0], before):
            named = [(words.find(name), -len(name), name) for name in zones if name in words]
            if not named:
                continue
            name = min(named)[2]
            shown = self.board.zones[zones[name]].name
            self._propose(("excellent_zone", "zone"), zones[name], "优质责任区", shown)
            if words is before:
                return self._reason("excellent_zone", body)
            self._leave(before)
            return self._reason("excellent_zone", body.partition(name)[2])
        return before + body

    def _score(self, zone: str, score: str, body: str) -> str:
        """A zone's score and what is said of it on the same line; what is left."""
        name = self.board.zones[zone].name
        if "." in score and float(score) != int(float(score)):
            self.unheard.append(f"{name} {score} 分：得分是整数，按会上定的填")
        elif float(score) > 100:
            self.unheard.append(f"{name} {score} 分：得分最高 100")
        else:
            self._propose(("results", zone, "score"), str(int(float(score))), name)
        summary = re.match(r"[^。；;\n]*", body)
        words = summary[0].strip(_AROUND) if summary else ""
        if len(words) < _ENOUGH or summary is None:
            return body
        self._propose(("results", zone, "summary"), words, f"{name}评语")
        return body[summary.end() :]

    def _why(self, about: str, body: str) -> str:
        """What follows a word that leads to a reason, without whoever has signed the message."""
        lines = [line.strip() for line in body.strip().split("\n")]
        while lines and (_SIGNED.fullmatch(lines[-1]) or _NO_REASON.match(lines[-1])):
            lines.pop()
        words = "\n\n".join(line for line in lines if line).strip(_AROUND)
        if not about or len(words) < _ENOUGH or (about, "citation") in self.proposed:
            return body
        label = "党员之星事迹" if about == "star" else "优质责任区理由"
        self._propose((about, "citation"), words, label)
        return ""

    def _reason(self, about: str, body: str) -> str:
        """The same of what follows a name without such a word, if it can be a reason."""
        rest = re.sub(r"^\s*(?:同志)?\s*(?:[（(【][^）)】\n]*[）)】])?", "", body)
        opens = re.match(r"\s*[，,：:。—-]|\s*\n", rest)
        words = rest.lstrip(f"。{_AROUND}\n")
        if opens is None or _NO_REASON.match(words):
            return rest
        return self._why(about, words)

    def _leave(self, words: str) -> None:
        """Keep what was not understood, to be told."""
        self.unheard += list(_left(words))


def _before(words: str) -> tuple[str, str]:
    """Words, and the clause that ends them, which may name whoever is spoken of next."""
    at = max(words.rfind(mark) for mark in "，,。；;\n") + 1
    return (words[:at], words[at:]) if at else (words, "")


def _left(words: str) -> Iterator[str]:
    for line in re.split(r"[\n。；;]", words):
        bare = line.strip(_AROUND + "#&")
        if _NUMBERED.fullmatch(bare) or _SIGNED.fullmatch(bare):
            continue
        if len(bare) >= _ENOUGH or re.search(r"\d", bare):
            yield bare[:60]
