"""Typst at work: the JSON of a poster, a pack or a paper to PDF or PNG.

Typst is given the theme, the photos and nothing else: no system fonts, no packages, no clock.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import threading
from importlib.metadata import version as installed
from importlib.resources import files
from pathlib import Path
from typing import Any

from boards.drawings import sources
from boards.looks import looks
from boards.memory import give_back
from boards.output import write_whole
from boards.typst.fonts import FontSet

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
    found |= {f"looks/{look.name}/frame.typ": look.frame for look in looks().values()}
    found |= {f"drawings/{name}": content for name, content in sources().items()}
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


@functools.cache
def _words_of_templates() -> str:
    """Every character that a template may say of its own accord."""
    return "".join(sorted(set("".join(content.decode() for content in templates().values()))))


_MUCH = 6_000
"""Characters of JSON after which Typst is let go of: those of a case, for which it keeps eight to
fifty megabytes, or of five cards."""


@functools.lru_cache(1)
def _faces(_fingerprint: str, *folders: str) -> Any:
    """The faces of some folders, as they are now: once read they take up to ninety megabytes."""
    import typst  # noqa: PLC0415 - heavy, and `check` does without

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders]
    )


class NotSet(Exception):
    """Typst refused a poster; carries its message, which only a faulty template can cause."""


class Typesetter:
    """One engine a thread, all reading from `root`, the site's cache."""

    def __init__(self, root: Path, fonts: FontSet) -> None:
        self.theme = root / "posters" / f"theme-{engine(packs=True)[:16]}"
        self.root = root
        self.families = fonts.families
        self.thickened = fonts.thickened
        for name, content in templates().items():
            file = self.theme / name
            if not file.is_file() or file.read_bytes() != content:
                write_whole(file, content)
        _forget_old_themes(self.theme)
        self.fonts = _faces(fonts.fingerprint, *map(str, fonts.folders))
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

    def rest(self, *, large: bool) -> None:
        """Between two sheets: let go of what is kept of those before, if it may be much.

        `large` says so of the last one; of others it is told by how much they said.
        """
        if large or self.local.__dict__.get("said", 0) > _MUCH:
            self.forget()

    def forget(self) -> None:
        """Let go of what was read for the posters this thread has set, and of what came of it."""
        self.local.__dict__.pop("compiler", None)  # it keeps the bytes of every photo
        self.local.said = 0
        forget()

    def _compile(self, kind: str, content: str, trial: str, **options: Any) -> Any:
        import typst  # noqa: PLC0415

        self.local.said = self.local.__dict__.get("said", 0) + len(content)
        try:
            made, warnings = self._compiler().compile_with_warnings(
                str(self.theme / f"{kind}.typ"),
                sys_inputs={
                    "poster": content,
                    "trial": trial,
                    "thickened": self.thickened(content + _words_of_templates()),
                },
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
    give_back()


def _forget_old_themes(present: Path) -> None:
    """Drop the templates of earlier versions, but not those another run may be reading."""
    others = [folder for folder in present.parent.glob("theme-*") if folder != present]
    for folder in sorted(others, key=lambda folder: folder.stat().st_mtime)[:-2]:
        shutil.rmtree(folder, ignore_errors=True)
