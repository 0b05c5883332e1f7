"""A quarter's results as a message tells them: 三季度党员之星王伟，优质责任区质量责任区，安全95分……

What is heard is proposed for the quarter's form; the rest of the message is told, not dropped.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from boards.amend.adding.proposed import Proposals
from boards.board.board import Board
from boards.board.naming import names_of
from boards.intake.reading import refuse_private
from boards.records import Member
from boards.records.months import QuarterId
from boards.records.understood import folded
from boards.sheets.values import Refused

MOST = 8000
"""Characters of a message that is read as one."""
_QUARTER = re.compile(
    r"(?:(20\d{2})\s*年?\s*[-/]?\s*)?(?:[Qq]([1-4])|第?\s*([一二三四1-4])\s*季度?)(?!\d)"
)
_STAR = r"党员之星|季度之星|明星党员|党员明星"
_BEST = r"优质责任区|优秀责任区|红旗责任区"
_WHY = r"(?:主要)?(?:事迹|理由|推荐词|颁奖词|评语)\s*[:：]"
_SCORE = (
    r"(?:责任区|区)?\s*(?:得分|得|为|是|[:：])*\s*(\d{1,3}(?:\.\d+)?)\s*分?"
    r"(?![\d.年月日人次个条架项%％])"
)
_DAY = re.compile(r"(?:(20\d{2})\s*[年.\-/]\s*)?(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
_PLACE = re.compile(r"在([^，。,；;\n\d]{2,15}?)(?:召开|举行|开会|开了)")
_DECIDED = re.compile(r"[^，。,；;：:\n]*(?:表决|投票|票选|民主评议)[^，。,；;\n]*")
_SIGNED = re.compile(r"(?:.{0,20}(?:支部|委员会|区队))?\s*(?:20\d{2}年\d{1,2}月\d{1,2}日)?")
_AROUND = " \t\u3000，,：:；;、—-–·“”\"'（）()【】*★☆🌟🏆"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_ENOUGH = 6
"""Characters of what can be a reason; less is a remark."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message says of a quarter."""

    quarter: str
    """Its id."""
    proposed: Proposals
    said: tuple[str, ...]
    """What was heard, line by line, as people read it."""
    unheard: tuple[str, ...]
    """What else the message says, and what of it cannot be taken."""


def tells_results(text: str) -> bool:
    """Whether a text is plainly a message about a quarter's star or its excellent zone."""
    named = re.search(f"{_STAR}|{_BEST}", text)
    return len(text) <= MOST and named is not None and _QUARTER.search(text) is not None


def heard(board: Board, text: str, today: datetime.date) -> Heard:
    """What a message says; raises Refused if it names no quarter, or somebody's number."""
    refuse_private(text)
    plain = text.translate(_FULL_WIDTH).replace("\r\n", "\n").replace("\r", "\n")
    quarter = _quarter(plain, today)
    hearing = _Hearing(board, quarter)
    hearing.listen(plain)
    if not hearing.proposed:
        found = f"没有认出{quarter.title}的党员之星、优质责任区和得分"
        raise Refused(found, "写成“党员之星：姓名”“优质责任区：某某责任区”“安全责任区 95分”的样子")
    return Heard(str(quarter), hearing.proposed, tuple(hearing.said), tuple(hearing.unheard))


def _quarter(text: str, today: datetime.date) -> QuarterId:
    """The quarter that is meant; without its year the last one of that number that is over."""
    found = _QUARTER.search(text)
    if found is None:
        raise Refused("没有写是哪个季度", "写上，例如 2019年第三季度")
    number = int(found[2] or 0) or "一二三四".find(found[3]) + 1 or int(found[3])
    if found[1]:
        return QuarterId(int(found[1]), number)
    meant = QuarterId(today.year, number)
    return meant if meant.last_day < today else meant.shifted(-4)


@dataclass(slots=True)
class _Hearing:
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
        leading = re.compile(f"({_STAR})|({_BEST})|({_WHY})|({longest}){_SCORE}")
        found = list(leading.finditer(text))
        ends = [*(match.start() for match in found), len(text)]
        opening, before = _before(f"\n{text[: ends[0]]}")
        self._meeting(opening)
        about = ""
        for match, (_, end) in zip(found, pairwise(ends), strict=True):
            body, then = text[match.end() : end], ""
            star, best, why, zone, score = match.groups()
            if end < len(text) and not zone:
                body, then = _before(body)
            if star:
                about, body = "star", self._star(body, before)
            elif best:
                about, body = "excellent_zone", self._best(body, before, zones)
            elif why:
                body = self._why(about, body)
            else:
                body = self._score(zones[zone], score, body)
            before = then
            self._leave(body)

    def _propose(self, path: tuple[str, ...], value: str, label: str, shown: str = "") -> None:
        if path not in self.proposed:  # what is said first counts
            self.proposed[path] = value
            self.said.append(f"{label}：{shown or value}")

    def _meeting(self, text: str) -> None:
        """When, where and how it was decided, from what stands before the results."""
        for clause in re.split(r"(?<=[。\n])", text):
            if "会" not in clause:
                self._leave(_QUARTER.sub("", clause) if len(clause.strip()) < 30 else clause)
                continue
            if day := _DAY.search(clause):
                self._day(day)
            if place := _PLACE.search(clause):
                self._propose(("meeting", "place"), place[1].strip(_AROUND), "开会地点")
            if decided := _DECIDED.search(clause):
                words = decided[0].removeprefix("经").strip(_AROUND)
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
        member = self._member(body.partition("\n")[0][:40])
        behind = member is not None
        member = member or self._member(before)
        if member is None:
            self.unheard.append("党员之星写的是谁，人员里没有找到，或者有重名的；在表单里选")
            return before + body
        self._propose(("star", "member"), member.id, "党员之星", member.name)
        return self._reason("star", body.partition(member.name)[2] if behind else body)

    def _member(self, words: str) -> Member | None:
        """The one real person whom words name first."""
        people = [row for row in self.board.members.values() if not row.sample]
        plain = folded(words)
        named = [(plain.find(folded(row.name)), -len(row.name), row) for row in people]
        there = sorted((at, long, row.id) for at, long, row in named if at >= 0)
        same = [key for at, long, key in there if (at, long) == there[0][:2]]
        return self.board.members[same[0]] if len(same) == 1 else None

    def _best(self, body: str, before: str, zones: Mapping[str, str]) -> str:
        """The excellent zone, named behind or before; what is left of the words."""
        for words in (body.partition("\n")[0][:20], before):
            named = [(words.find(name), -len(name), name) for name in zones if name in words]
            if named:
                name = min(named)[2]
                shown = self.board.zones[zones[name]].name
                self._propose(("excellent_zone", "zone"), zones[name], "优质责任区", shown)
                behind = words is not before
                return self._reason("excellent_zone", body.partition(name)[2] if behind else body)
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
        return self._reason(about, body) if about else body

    def _reason(self, about: str, body: str) -> str:
        """Why it is this one: what follows, without whoever has signed the message."""
        lines = [line.strip() for line in body.strip().split("\n")]
        while lines and _SIGNED.fullmatch(lines[-1]):
            lines.pop()
        words = "\n\n".join(line for line in lines if line).removeprefix("同志").strip(_AROUND)
        if len(words) < _ENOUGH or (about, "citation") in self.proposed:
            return body
        label = "党员之星事迹" if about == "star" else "优质责任区理由"
        self._propose((about, "citation"), words, label)
        return ""

    def _leave(self, words: str) -> None:
        """Keep what was not understood, to be told."""
        self.unheard += list(_left(words))


def _before(words: str) -> tuple[str, str]:
    """Words, and the clause that ends them, which may name whoever is spoken of next."""
    at = max(words.rfind(mark) for mark in "，,。；;：:\n") + 1
    return (words[:at], words[at:]) if at else (words, "")


def _left(words: str) -> Iterator[str]:
    for line in re.split(r"[\n。；;]", words):
        bare = line.strip(_AROUND + "#&")
        if len(bare) >= _ENOUGH or re.search(r"\d", bare):
            yield bare[:60]
