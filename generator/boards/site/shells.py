"""Shells as they are asked for: drawn once, and kept until something that they show changes.

MkDocs is started only where they have to be drawn, which takes a second.
"""

from __future__ import annotations

import importlib.metadata
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from boards.cache import Cache, Entry, home
from boards.digests import digest_of
from boards.errors import BuildFailed, why
from boards.site.drawn_on import draws_on_more
from boards.site.shell import Shells, Wanted, folder_of

Shelled = Callable[[Path, Wanted], Shells]
"""Who gives a site's shells, by its mkdocs.yml; raises BuildFailed."""

_RECIPE = "2"
"""Raise it when what is asked of MkDocs changes."""
_DRAWN_WITH = ("mkdocs", "mkdocs-material", "jinja2", "pymdown-extensions", "markdown")


def shells(config_file: Path, wanted: Wanted) -> Shells:
    """The shells of a site, as kept or drawn by MkDocs; raises BuildFailed."""
    settings = _read(config_file)
    if draws_on_more(config_file):  # what they draw may change without them
        return _drawn(config_file, wanted)
    cache = Cache(home(config_file.parent / "data") / "shells", _RECIPE)
    flags = f"{wanted.preview} {wanted.screen} {wanted.faulty}"
    key = cache.key(settings, flags, *_versions(), *_theme())
    kept = cache.get(key)
    if kept and (facts := _Facts(**kept.facts)).hold(wanted):
        return facts.shells(kept)
    drawn = _drawn(config_file, wanted)
    cache.put(key, {".zip": _zipped(drawn.files)}, asdict(_Facts.of(drawn, wanted)))
    return drawn


def _drawn(config_file: Path, wanted: Wanted) -> Shells:
    from boards.site.mkdocs import draw  # noqa: PLC0415 - heavy

    return draw(config_file, wanted)


def _read(config_file: Path) -> bytes:
    try:
        return config_file.read_bytes()
    except FileNotFoundError:
        hint = "在网站文件夹里运行命令，或从备份换回它"
        raise BuildFailed(f"缺少 {config_file.name}；{hint}") from None
    except OSError as error:
        raise BuildFailed(f"{config_file.name} 读不了（{why(error)}）") from error


def _versions() -> list[str]:
    return [f"{name} {importlib.metadata.version(name)}" for name in _DRAWN_WITH]


def _theme() -> list[str]:
    theme = Path(str(files("boards_theme") / "site"))
    there = sorted(
        file for file in theme.rglob("*") if "__pycache__" not in file.parts and file.is_file()
    )
    return [f"{file.relative_to(theme).as_posix()} {digest_of(file)}" for file in there]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is kept of shells beside their files."""

    texts: Mapping[str, str]
    alone: Mapping[str, str]
    named: Mapping[str, str]
    titles: Mapping[str, str | None]
    """The titles that the navigation took from its pages, by address; none where no page was."""

    @classmethod
    def of(cls, drawn: Shells, wanted: Wanted) -> _Facts:
        """What is kept of shells that were just drawn."""
        titles = {
            url: "" if title and url in wanted.titles else wanted.titles.get(url)
            for url, title in drawn.named.items()
        }
        return cls(drawn.texts, drawn.alone, drawn.named, titles)

    def hold(self, wanted: Wanted) -> bool:
        """Whether the navigation would come out the same, and no page lacks its shell."""
        there = wanted.titles
        return all(
            title == ("" if self.named[url] and url in there else there.get(url))
            for url, title in self.titles.items()
        ) and all(url in self.texts or folder_of(url) in self.texts for url in there)

    def shells(self, kept: Entry) -> Shells:
        """The shells again, with their files out of the cache."""
        with zipfile.ZipFile(kept.files[".zip"]) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        return Shells(self.texts, self.alone, self.named, held)


def _zipped(held: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in held.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()
