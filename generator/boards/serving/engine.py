"""The board kept in memory: after an edit, what changed is made anew and nothing else.

Pages come first, with the posters and packs that there were; these are made behind, and shown when
they are ready. Every page is rendered when somebody asks for it.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from boards.board.board import Board
from boards.board.load import Memory
from boards.check import check_folders
from boards.clock import build_date
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.errors import BoardError, Place, Problem, errors_in
from boards.packs.keys import KeyFault
from boards.serving.watch import Signature, settled, signature
from boards.site.contents import Content, contents
from boards.site.display import FACE, whole
from boards.site.html import SCREEN
from boards.site.making import makings
from boards.site.preview import with_faults
from boards.site.shell import Shells, wanted_of
from boards.site.shells import Shelled, shells
from boards.site.whole import Makings, Site, whole_site
from boards.typst.engine import NotSet
from boards.typst.font_files import FontsUnusable


@dataclass(frozen=True, slots=True)
class State:
    """The site at one moment."""

    number: int = 0
    """Of how many it is."""
    site: Site | None = None
    shells: Shells | None = None
    files: Mapping[str, Content] = field(default_factory=dict)

    def shown(self, url: str) -> object:
        """All that an address of a page shows, to be compared; None where there is none."""
        if self.site is None or self.shells is None:
            return None
        around = (self.site.shell, self.shells.named)
        if url == SCREEN:
            return (*around, self.site.screen)
        page = next((page for page in self.site.pages if page.url == url), None)
        return page and (*around, self.shells.texts.get(self.shells.of(page)), page)


class _Overtaken(Exception):
    """The records that posters are being made for have been edited."""


class Engine:
    """The preview of one site's folder, and of no other day than today."""

    def __init__(self, root: Path, shelled: Shelled = shells) -> None:
        self.root = root
        self.state = State()
        self.changed = threading.Condition()
        """Told of every new state."""
        self._shelled = shelled
        self._read: Signature | None = None
        self._sound: tuple[Board, Edition] | None = None
        """The board whose posters and packs are yet to be made."""
        self._made = Makings()
        self.may_be_let_go = False
        """Whether what is wrong may mend without an edit: a file that was locked."""
        self._seen: dict[str, tuple[int, object]] = {}
        """What was last shown of each page that somebody has opened, and since which state."""
        self._memory = Memory()
        self._one = threading.Lock()
        """Only one edit is taken in at a time."""

    def refresh(self) -> State:
        """The state of what stands in the folders now; raises BuildFailed if there is no shell."""
        seen = signature(self.root)
        if seen == self._read:
            return self.state
        with self._one:
            read = settled(self.root, seen)
            if read != self._read:
                try:
                    self._take_in()
                finally:
                    self._read = read  # what failed is tried again when something changes
        return self.state

    def read_again(self) -> State:
        """Read everything even if nothing seems to have changed: a locked file was let go."""
        self._read = None
        return self.refresh()

    def finish(self) -> bool:
        """Make the posters and packs that are missing; False if there was nothing to make.

        For a board that is edited meanwhile no more of them are made, and none is shown.
        """
        wanted = self._sound
        if wanted is None:
            return False
        board, edition = wanted

        def going_on(*_: int) -> None:
            if self._sound is not wanted:
                raise _Overtaken

        try:
            made = makings(board, edition, going_on)
            errors: list[Problem] = []
        except BoardError as error:
            errors = error.problems
        except _Overtaken:
            return True
        except (FontsUnusable, NotSet, KeyFault) as error:
            errors = [Problem(Place("海报和材料包"), "没有做成", str(error))]
        with self._one:
            if self._sound is wanted:
                self._sound = None
                if errors:
                    self._show(with_faults(board, edition, errors))
                else:
                    self._made = made
                    self._show(whole_site(prepare(board, edition)[0], edition, made))
                _rest()
        return True

    def content(self, url: str) -> bytes | Path | None:
        """What stands at an address now; pages are rendered when they are asked for."""
        content = self.state.files.get(url)
        return content() if callable(content) else content

    def since(self, page: str) -> int:
        """The number of the state since which a page shows what it shows.

        Only pages that are open are compared, each with what was shown of it before.
        """
        state = self.state
        number, shown = self._seen.get(page, (0, None))
        now = state.shown(page)
        if now is None or now != shown:
            number = state.number
            if now is not None:
                self._seen[page] = (number, now)
        return number

    def waited(self, page: str, since: int, seconds: float) -> bool:
        """Whether a page holds something else than in state `since`, after waiting for it."""

        def is_other() -> bool:
            return self.since(page) > since

        with self.changed:
            return self.changed.wait_for(is_other, seconds)

    def _take_in(self) -> None:
        self._sound, self.may_be_let_go = None, False
        edition = Edition(EditionName.PREVIEW, build_date())
        folders = (self.root / "data", self.root / "content")
        board, problems = check_folders(*folders, edition.today, memory=self._memory)
        errors = errors_in(problems)
        if not errors:
            try:
                site = whole_site(prepare(board, edition)[0], edition, self._made)
                self._sound = (board, edition)
            except BoardError as error:
                errors = error.problems
        if errors:
            site = with_faults(board, edition, errors)
            self.may_be_let_go = True
        self._show(site)

    def _show(self, site: Site) -> None:
        around = self._shelled(self.root / "mkdocs.yml", wanted_of(site))
        number = self.state.number + 1
        files = {
            url: cache(content) if callable(content) else content
            for url, content in {**contents(site, around), FACE: whole()}.items()
        }
        with self.changed:
            self.state = State(number, site, around, files)
            self.changed.notify_all()


def _rest() -> None:
    """Look for garbage now, and not among all that is kept while somebody waits for a page."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
