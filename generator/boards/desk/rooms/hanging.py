"""Where posters hang, and which of them are to be replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from boards.board.board import Board
from boards.clock import build_date
from boards.desk.desk import Look
from boards.desk.office import Office
from boards.formats import known_size
from boards.posters.register import Hanging
from boards.posters.setting import version
from boards.posters.views import Poster
from boards.records import Profile


@dataclass(frozen=True, slots=True)
class HangingView:
    """A poster that hangs, as it stands today."""

    where: str
    what: str
    """Its kind, size and how many there are."""
    title: str
    findings: tuple[tuple[str, str], ...]
    """What is wrong with it, each with what to do."""
    to_replace: bool
    link: str
    """Where it is registered, below the desk's path."""
    poster: str
    """Its id; empty if none like it can be made any more."""


def show(office: Office, _: Request, __: FormData) -> Response:
    """All that hangs, what is to be replaced first."""
    look = office.desk.look()
    rows = () if look.errors else tuple(hanging(look))
    return office.page("posters", "hanging.html", rows=rows, faulty=bool(look.errors))


def hanging(look: Look, poster: str = "") -> Iterator[HangingView]:
    """What hangs of one poster, or of all."""
    return (_view(look, row) for row in look.hanging if poster in ("", row.row.poster))


def _view(look: Look, row: Hanging) -> HangingView:
    print_ = row.row
    there = look.posters[1].get(print_.poster)
    kind, size = print_.poster_kind.label, known_size(print_.size).label
    sheet = f"第 {print_.sheet} 张，" if print_.sheet else ""
    return HangingView(
        where=print_.place,
        what=f"{kind} {size}，{sheet}{print_.count} 张",
        title=there.title if there else print_.poster,
        findings=tuple((one.found, one.hint) for one in row.findings),
        to_replace=row.to_replace,
        link=f"record/prints/{quote(print_.id)}",
        poster=print_.poster if there else "",
    )


def registering(board: Board, poster: Poster, size: str, profile: Profile) -> str:
    """Where it is written down that a poster was hung, with all that is known filled in."""
    known = {
        "poster": poster.id,
        "size": size,
        "profile": str(profile),
        "version": version(board, poster),
        "printed_on": str(build_date()),
    }
    sheet = {"sheet": str(poster.sheet)} if poster.sheets > 1 else {}
    return f"new/prints?{urlencode({**known, **sheet})}"
