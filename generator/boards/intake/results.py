"""A quarter's results as a message tells them: 三季度党员之星王伟，优质责任区质量责任区，安全95分……

What is heard is proposed for the quarter's form; the rest of the message is told, not dropped. What
could mean two things is told as well: what is heard wrongly would hang on the wall.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from boards.amend.adding.proposed import Proposals
from boards.board.board import Board
from boards.intake.discreet import called, private_texts
from boards.intake.hearing import Hearing
from boards.intake.hearing_words import BEST, QUARTER, STAR, number_of
from boards.records.months import QuarterId
from boards.sheets.values import Refused
from boards.yaml.source import with_unix_line_ends

MOST = 8000
"""Characters of a message that is read as one."""
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
_DOTS = re.compile("(?<=[\u4e00-\u9fff])[•・‧∙⋅](?=[\u4e00-\u9fff])")
_YEAR_IN_WORDS = re.compile("[二〇○OＯ零一三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇○OＯ零一二三四五六七八九", "00000123456789")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年|度|[-./]\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年")
_SCORES = re.compile(r"(?:思想|安全|质量|生产)[^\d\n]{0,8}\d{2,3}")
_NEARLY_OVER = datetime.timedelta(days=14)
"""Before its last day a quarter may be decided on already."""


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
    """Whether a text is plainly a message about a quarter's results, and no table."""
    if len(text) > MOST or _is_tabular(text):
        return False
    plain = _plain(text)
    named = re.search(f"{STAR}|{BEST}", plain) or len(_SCORES.findall(plain)) > 1
    return bool(named) and QUARTER.search(plain) is not None


def _is_tabular(text: str) -> bool:
    """Whether the first lines have as many cells each, three or more."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    return any(
        len(lines) == 2 and lines[0].count(mark) == lines[1].count(mark) > 1 for mark in "\t,，"
    )


def heard(board: Board, text: str, today: datetime.date) -> Heard:
    """What a message says; raises Refused if it names no quarter, or holds somebody's number."""
    if len(text) > MOST:
        raise Refused(f"有 {len(text)} 个字，不像一条消息", "只留评定结果那一段")
    for _, finding in private_texts([text]):
        raise Refused(f"消息里{called(finding)}", "删掉它再粘贴一次；个人信息不登记")
    plain = _plain(text)
    named = list(_quarters(plain, today))
    if not named:
        raise Refused("没有写是哪个季度", "写上，例如 2019年第三季度")
    sure = [quarter for quarter, is_sure in named if is_sure]
    counts = Counter(sure or [quarter for quarter, _ in named])
    quarter = max(counts, key=lambda one: (counts[one], one))
    hearing = Hearing(board, quarter)
    hearing.listen(plain)
    if not hearing.proposed:
        found = f"没有认出{quarter.title}的党员之星、优质责任区和得分"
        found = "；".join([found, *hearing.unheard[:1]])
        raise Refused(found, "写成“党员之星：姓名”“优质责任区：某某责任区”“安全责任区 95分”的样子")
    warned = [] if sure else [f"没有写年份，按{quarter.title}认的；核对一遍"]
    if len({one for one, is_sure in named if is_sure or not sure}) > 1:
        warned.append(f"消息里写了几个季度，按{quarter.title}认的；核对一遍")
    unheard = (*warned, *hearing.unheard)
    return Heard(str(quarter), hearing.proposed, tuple(hearing.said), unheard)


def _plain(text: str) -> str:
    """A message without what eyes do not see, in plain digits, with single spaces."""
    plain = _UNSEEN.sub("", with_unix_line_ends(text))
    plain = "".join(
        unicodedata.normalize("NFKC", one) if "０" <= one <= "９" or one in "．％＠　" else one
        for one in plain
    )
    plain = _DOTS.sub("·", re.sub(r"[ \t]+", " ", plain))
    plain = re.sub(r" ?\n[ \n]*", "\n", plain)
    return _YEAR_IN_WORDS.sub(lambda found: found[0].translate(_DIGITS), plain)


def _quarters(text: str, today: datetime.date) -> Iterator[tuple[QuarterId, bool]]:
    """The quarters that are named, and whether their year is.

    Without one it is the only year that the message names, else the last such quarter that is over.
    """
    years = {int(year) for year in _YEAR.findall(text)}
    years |= {2000 + int(year) for year in _SHORT_YEAR.findall(text)} if not years else set()
    for found in QUARTER.finditer(text):
        number = number_of(found)
        if found[1] or len(years) == 1:
            yield QuarterId(int(found[1] or min(years)), number), True
            continue
        meant = QuarterId(today.year, number)
        yield meant if meant.last_day - _NEARLY_OVER <= today else meant.shifted(-4), False
