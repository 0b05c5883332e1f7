"""What a message says of the meeting: when and where it was, and how it decided."""

from __future__ import annotations

import datetime
import re

from boards.intake import hearing_words as words
from boards.records.months import QuarterId


def meeting_taken_out(
    text: str, quarter: QuarterId, leading: re.Pattern[str]
) -> tuple[str, list[tuple[str, str]], list[str]]:
    """A message without what it says of the meeting, what that is, and what else stood beside it.

    What is said is told by the names of the meeting's fields. `leading` finds what leads to
    results: a sentence with such a word stays, without its day and place.
    """
    kept: list[str] = []
    found: list[tuple[str, str]] = []
    left: list[str] = []
    for sentence in re.split(r"(?<=[。；;！!\n])", text):
        if not words.MEETS.search(sentence):
            kept.append(sentence)
            continue
        rest, said = _said(sentence, quarter)
        found += said
        if leading.search(sentence):
            kept.append(rest)
        else:
            left += [words.MEETS.sub("", part) for part in re.split("[，,]", rest)]
    return "".join(kept), found, left


def _said(sentence: str, quarter: QuarterId) -> tuple[str, list[tuple[str, str]]]:
    """What a sentence says of the meeting, and the sentence without it."""
    rest, said = sentence, []
    if (day := words.DAY.search(sentence)) and (date := _date(day, quarter)):
        said.append(("date", str(date)))
        rest = rest.replace(day[0], "，")
    if place := words.PLACE.search(sentence):
        said.append(("place", (place[1] or place[2]).strip(words.AROUND)))
        rest = rest.replace(place[0], "，")
    if decided := words.DECIDED.search(sentence):
        how = words.MEETS.split(decided[0])[-1].removeprefix("经").strip(words.AROUND)
        present = words.PRESENT.search(sentence)
        more = f"{present[0]}，" if present and present[0] not in how else ""
        said.append(("decided_by", f"{more}{how}"))
        rest = rest.replace(decided[0], "，").replace(present[0] if present else decided[0], "")
    return rest, said


def _date(found: re.Match[str], quarter: QuarterId) -> datetime.date | None:
    """The day that is meant; without its year the first such day after the quarter began."""
    begins = datetime.date(quarter.year, quarter.months[0].month, 1)
    year, month, day = (found[1], found[2], found[3]) if found[2] else found.groups()[3:]
    for one in [int(year)] if year else [begins.year, begins.year + 1]:
        try:
            meant = datetime.date(one, int(month), int(day))
        except ValueError:
            return None
        if meant >= begins:
            return meant
    return None
