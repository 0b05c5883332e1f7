"""Typst at work: a poster's JSON to PDF or PNG, and what did not fit as problems.

Typst is given the theme, the photos and nothing else: no system fonts, no packages, no clock.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import hashlib
import io
import json
import shutil
import sys
import threading
from collections.abc import Mapping, Sequence
from importlib.metadata import version as installed
from importlib.resources import files
from pathlib import Path
from typing import Any

from boards.board.board import Board
from boards.errors import Problem
from boards.formats import Size
from boards.output import write_whole
from boards.posters.fonts import FontSet
from boards.posters.glyphs import main_record, place
from boards.posters.views import Poster

_THEME = files("boards_theme")
_TEMPLATES = {
    "tokens.css": _THEME / "site" / "assets" / "tokens.css",
    "emblem.html": _THEME / "pages" / "parts" / "emblem.html",
    "symbols.html": _THEME / "pages" / "parts" / "symbols.html",
    "lines.yml": _THEME / "lines.yml",
}
"""What posters share with the site."""


@functools.cache
def templates() -> dict[str, bytes]:
    """Every file that a template may read, by its path below the theme."""
    found = {name: file.read_bytes() for name, file in _TEMPLATES.items()}
    posters = _THEME / "posters"
    for part, folder in (
        ("", posters),
        ("parts/", posters / "parts"),
        ("packs/", _THEME / "packs"),
        ("papers/", _THEME / "papers"),
    ):
        for file in folder.iterdir():
            if file.name.endswith(".typ"):
                found[f"{part}{file.name}"] = file.read_bytes()
    return dict(sorted(found.items()))


@functools.cache
def engine(*, packs: bool = False) -> str:
    """Identifies templates and engine: what another has set is set again.

    Posters do not depend on the templates of packs and papers.
    """
    digest = hashlib.sha256(installed("typst").encode())
    for name, content in templates().items():
        if name.startswith(("packs/", "papers/")) and not packs:
            continue
        digest.update(f"\0{name}\0".encode() + content)
    return digest.hexdigest()


class NotSet(Exception):
    """Typst refused a poster; carries its message, which only a faulty template can cause."""


class Typesetter:
    """One engine a thread, all reading from `root`, the site's cache."""

    def __init__(self, root: Path, fonts: FontSet) -> None:
        import typst  # noqa: PLC0415 - heavy, and `check` does without

        self.theme = root / "posters" / f"theme-{engine(packs=True)[:16]}"
        self.root = root
        self.families = fonts.families
        for name, content in templates().items():
            file = self.theme / name
            if not file.is_file() or file.read_bytes() != content:
                write_whole(file, content)
        _forget_old_themes(self.theme)
        folders: list[Any] = [*fonts.folders]
        self.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=folders
        )
        self.local = threading.local()

    def pdf(self, kind: str, content: str, trial: str = "", *, tagged: bool = False) -> bytes:
        """A poster as PDF/A-2b; a character without glyph stops it.

        For a list that is only tried, `trial` says what counts as fitting; see `posters.plan`. What
        is read rather than looked at is `tagged`: PDF/A-2a and PDF/UA-1.
        """
        standards = ["a-2a", "ua-1"] if tagged else ["a-2b"]
        made = self._compile(
            kind, content, trial, format="pdf", pdf_standards=standards, pdf_tags=tagged
        )
        assert isinstance(made, bytes)
        return made

    def png(self, kind: str, content: str, ppi: float) -> bytes:
        """A poster as a picture."""
        made = self._compile(kind, content, "", format="png", ppi=ppi)
        if not isinstance(made, bytes):
            raise NotSet(f"{kind}：画面超出了一页")
        return made

    def facts(self, label: str) -> list[Any]:
        """What the template noted of the poster this thread has set last."""
        found = json.loads(self._compiler().query(f"<{label}>", field="value"))
        return list(found)

    def _compile(self, kind: str, content: str, trial: str, **options: Any) -> Any:
        import typst  # noqa: PLC0415

        try:
            made, warnings = self._compiler().compile_with_warnings(
                str(self.theme / f"{kind}.typ"),
                sys_inputs={"poster": content, "trial": trial},
                timestamp=0,
                **options,
            )
        except typst.TypstError as error:
            raise NotSet(f"{kind}：{error.message}\n{error.diagnostic}") from error
        # Typst drops text in a family it does not know, with no more than a warning.
        if unknown := [row.message for row in warnings if "unknown font family" in row.message]:
            raise NotSet(f"{kind}：{unknown[0]}")
        return made

    def _compiler(self) -> Any:
        import typst  # noqa: PLC0415

        if not hasattr(self.local, "compiler"):
            self.local.compiler = typst.Compiler(
                root=str(self.root), font_paths=self.fonts, ignore_system_fonts=True
            )
        return self.local.compiler


_REMEMBERED = 10
"""Compilations that Typst keeps the results of, whichever engine made them: its Python package
forgets what none of the last ten has used (`comemo::evict(10)`)."""


def forget() -> None:
    """Let go of what Typst remembers of documents: hundreds of megabytes after some dozens.

    Nothing else does but as many compilations, so they are of nothing.
    """
    import typst  # noqa: PLC0415

    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    nothing = typst.Compiler(font_paths=none)  # to look for typefaces takes longer than the rest
    for _ in range(_REMEMBERED + 1):
        nothing.compile(b"", format="pdf")
    if sys.platform == "linux":
        # glibc keeps what was let go for the thread that asked for it.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def require_page(document: bytes, name: str, wanted: Mapping[str, Any]) -> None:
    """One page with the measures in `wanted` (see `setting.page`), or the template is at fault.

    Raises NotSet.
    """
    import pikepdf  # noqa: PLC0415 - heavy, and cached posters do without

    with pikepdf.open(io.BytesIO(document)) as opened:
        boxes = [[float(edge) for edge in sheet.mediabox] for sheet in opened.pages]
    sides = [wanted["page_width"] / 25.4 * 72, wanted["page_height"] / 25.4 * 72]
    if len(boxes) != 1 or any(abs(a - b) > 0.1 for a, b in zip(boxes[0][2:], sides, strict=True)):
        raise NotSet(f"{name}：画面不是一页 {wanted['size']}")


def _forget_old_themes(present: Path) -> None:
    """Drop the templates of earlier versions, but not those another run may be reading."""
    others = [folder for folder in present.parent.glob("theme-*") if folder != present]
    for folder in sorted(others, key=lambda folder: folder.stat().st_mtime)[:-2]:
        shutil.rmtree(folder, ignore_errors=True)


_LEAST = 8
"""Characters that are left of a text at least: to advise less is to advise deleting it."""


def too_long(
    board: Board, poster: Poster, size: Size, facts: list[dict[str, Any]], better: Sequence[Size]
) -> list[Problem]:
    """What does not fit even at the least size that can be read from where its readers stand.

    `facts` is what the template noted, `better` the sizes in which all would fit.
    """
    found = f"海报“{poster.title}”在 {size.label}上放不下："
    named = "、".join(other.label for other in better[:4])
    instead = f"；或换放得下的尺寸：{named}" if better else ""
    problems = []
    for fact in facts:
        texts, room = fact["texts"], fact["room"]
        if room < _LEAST or not texts:
            at = main_record(board, poster)
            hint = f"少写几项，或每项写短些{instead}"
            problems.append(place(board, at, f"{found}内容太多", hint))
            continue
        together = f"最长的 {len(texts)} 项合起来太长，" if len(texts) > 1 else ""
        for text in texts:
            over = text["length"] - room
            said = (
                f"{found}{together}这一项 {text['length']} 字，"
                f"缩到看得清的最小字号也要删去约 {over} 字"
            )
            hint = f"缩短到 {room} 字以内{instead}"
            problems.append(place(board, text["at"], said, hint))
    return problems
