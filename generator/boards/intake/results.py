"""A quarter's results as a message tells them: 三季度党员之星王伟，优质责任区质量责任区，安全95分……

What is heard is proposed for the quarter's form; the rest of the message is told, not dropped.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from boards.amend.adding.proposed import Proposals
from boards.board.board import Board
from boards.intake.hearing import BEST, QUARTER, STAR, Hearing
from boards.intake.reading import refuse_private
from boards.records.months import QuarterId
from boards.sheets.values import Refused
from boards.yaml.source import with_unix_line_ends

MOST = 8000
"""Characters of a message that is read as one."""
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_YEAR_IN_WORDS = re.compile("[二〇零一三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


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
    named = re.search(f"{STAR}|{BEST}", text)
    return len(text) <= MOST and named is not None and QUARTER.search(text) is not None


def heard(board: Board, text: str, today: datetime.date) -> Heard:
    """What a message says; raises Refused if it names no quarter, or holds somebody's number."""
    if len(text) > MOST:
        raise Refused(f"有 {len(text)} 个字，不像一条消息", "只留评定结果那一段")
    refuse_private(text)
    plain = with_unix_line_ends(text.translate(_FULL_WIDTH))
    plain = _YEAR_IN_WORDS.sub(lambda found: found[0].translate(_DIGITS), plain)
    quarters = list(dict.fromkeys(_quarters(plain, today)))
    if not quarters:
        raise Refused("没有写是哪个季度", "写上，例如 2019年第三季度")
    quarter = quarters[0]
    hearing = Hearing(board, quarter)
    if len(quarters) > 1:
        hearing.unheard.append(f"消息里写了几个季度，按{quarter.title}认的；核对一遍")
    hearing.listen(plain)
    if not hearing.proposed:
        found = f"没有认出{quarter.title}的党员之星、优质责任区和得分"
        raise Refused(found, "写成“党员之星：姓名”“优质责任区：某某责任区”“安全责任区 95分”的样子")
    return Heard(str(quarter), hearing.proposed, tuple(hearing.said), tuple(hearing.unheard))


def _quarters(text: str, today: datetime.date) -> Iterator[QuarterId]:
    """The quarters that are named; without its year the last one of that number that is over."""
    for found in QUARTER.finditer(text):
        number = int(found[2] or 0) or "一二三四".find(found[3]) + 1 or int(found[3])
        meant = QuarterId(int(found[1] or today.year), number)
        yield meant if found[1] or meant.last_day < today else meant.shifted(-4)
