"""What posters are made with: engine, faces, photos, and the cache that keeps what was set."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from boards.board.board import Board
from boards.cache import Cache, Entry, home
from boards.formats import Size
from boards.media import Picture
from boards.posters.resolution import Sought, lighter, pictures, sought
from boards.posters.setting import Layout, Studio, page
from boards.posters.views import Poster
from boards.posters.views.sheets import most_sheets
from boards.posters.views.words import words_of
from boards.typst.engine import NotSet, Typesetter, engine
from boards.typst.fonts import font_set

_LONG = 20
"""Items of a list that Typst takes some megabytes for."""
_WORDY = 250
"""Characters of text that Typst takes some dozen megabytes for, as those of a case do."""
_RECIPE = "7"
"""Raise it when the steps by which posters are made change."""


@dataclass(frozen=True)
class Workshop:
    """Everything that posters of a prepared board are made with; see `workshop`."""

    studio: Studio
    typesetter: Typesetter
    cache: Cache

    @property
    def board(self) -> Board:
        """The board the posters are of."""
        return self.studio.board

    @functools.cached_property
    def photos(self) -> Sought:
        """The board's photos by the digest of what is printed of them."""
        return sought(self.board)

    @functools.cached_property
    def pictures(self) -> dict[str, Picture]:
        """The same by the file that is made for paper, in all renditions."""
        return pictures(self.board)

    def is_large(self, poster: Poster) -> bool:
        """Whether a poster takes much memory while it is set: long, a long list, or with photos."""
        return (
            most_sheets(poster) > _LONG
            or sum(len(words.text) for words in words_of(poster.view)) > _WORDY
            or bool(lighter(poster, self.pictures, "small"))
        )

    def key(self, poster: Poster, content: str, *more: str) -> str:
        """What is kept of a poster, by the JSON that it is set from."""
        return self.cache.key(engine(), self.studio.fonts.fingerprint, poster.kind, content, *more)

    def keep(
        self,
        key: str,
        document: bytes,
        sheet: Poster,
        made_for: tuple[Size, Layout],
        dpi: Mapping[str, float],
    ) -> Entry:
        """Keep a sheet that this thread has just set, with what was noted of it."""
        _require_page(document, sheet.id, page(*made_for))
        left_out = (part["without"] for part in self.typesetter.facts("set") if part["without"])
        facts = {"unfit": [], "dpi": dpi, "without": "、".join(left_out)}
        return self.cache.put(key, {".pdf": document}, facts)


def workshop(board: Board, look: str = "") -> Workshop:
    """Faces and engine for a board from `editions.prepare`, in its look or another.

    Raises FontsUnusable.
    """
    settings = board.branch.posters
    fonts = font_set(board.data, settings.fonts if settings else None)
    root = home(board.data)
    return Workshop(
        Studio(board, fonts, look), Typesetter(root, fonts), Cache(root / "posters", _RECIPE)
    )


def _require_page(document: bytes, name: str, wanted: Mapping[str, Any]) -> None:
    """One page with the measures in `wanted` (see `setting.page`), or the template is at fault.

    Raises NotSet.
    """
    import pikepdf  # noqa: PLC0415 - heavy, and cached posters do without

    with pikepdf.open(io.BytesIO(document)) as opened:
        boxes = [[float(edge) for edge in sheet.mediabox] for sheet in opened.pages]
    sides = [wanted["page_width"] / 25.4 * 72, wanted["page_height"] / 25.4 * 72]
    if len(boxes) != 1 or any(abs(a - b) > 0.1 for a, b in zip(boxes[0][2:], sides, strict=True)):
        raise NotSet(f"{name}：画面不是一页 {wanted['size']}")
