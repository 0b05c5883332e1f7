"""What people have agreed to, as it is told of several at once: 王伟=2026-11-01/网页/展板."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from boards.board.load import load
from boards.records import Consent
from boards.records.fields import Day
from boards.records.understood import folded
from boards.sheets.values import Refused


class Surfaces:
    """Where a photo may be shown, and how that is said."""

    ASKED: Final = "1 网页 2 展板 3 兄弟单位，例如 12"
    CALLED: Final = {
        "site": ("1", "网页", "网站", "site"),
        "print": ("2", "展板", "海报", "print"),
        "share": ("3", "兄弟单位", "交流", "share"),
    }


def consents_of(root: Path, said: Mapping[str, str], today: datetime.date) -> dict[str, Consent]:
    """Consents by the ids of members, said by name or id; raises Refused."""
    board, _ = load(root / "data", root / "content")
    found = {}
    for name, typed in said.items():
        meant = folded(name)
        there = [row for row in board.members.values() if meant in (folded(row.name), row.id)]
        if len(there) != 1:
            said_of = f"叫“{name}”的有 {len(there)} 个" if there else f"没有叫“{name}”的人"
            raise Refused(said_of, "写人员的编号")
        found[there[0].id] = consent(typed, today)
    return found


def consent(typed: str, today: datetime.date) -> Consent:
    """A day, and behind slashes where photos may be shown; of a day alone, everywhere."""
    day, *places = [part.strip() for part in typed.split("/") if part.strip()]
    try:
        agreed_on = TypeAdapter(Day).validate_python(day)
    except ValidationError as error:
        raise Refused(f"日期“{day}”认不出来", "写本人同意的日期，例如 2026-11-01") from error
    if agreed_on > today:
        raise Refused(f"同意的日期 {agreed_on} 还没有到", "核对日期")
    words = [word for place in places for word in ([*place] if place.isdecimal() else [place])]
    known = {word: name for name, words in Surfaces.CALLED.items() for word in words}
    if unknown := [word for word in words if word not in known]:
        raise Refused(f"“{unknown[0]}”不是照片用的地方", f"写 {Surfaces.ASKED}")
    chosen = {known[word] for word in words} or set(Surfaces.CALLED)
    flags = {name: name in chosen for name in Surfaces.CALLED}
    return Consent.model_validate({**flags, "date": agreed_on})
