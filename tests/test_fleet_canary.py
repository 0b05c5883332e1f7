"""What somebody may not see stands in no byte of a portal, whoever it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from boards.fleet.build import build_fleet
from boards.fleet.fleet import read_fleet
from boards.posters.views.room import PrintRoom
from boards.site import making
from canary import Garden, make_site
from fleets import HEAD, Here, list_branches
from helpers import TODAY
from leaks import Search

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Garden]:
    """A branch's folder with a token in every field that somebody may not see."""
    root = tmp_path_factory.mktemp("fleet")
    (root / "branches").mkdir()
    (root / "branches" / "a").mkdir()
    return root, make_site(root / "branches" / "a")


@pytest.mark.parametrize(
    ("circle", "room"),
    [("intranet", "publish"), ("sister-units", "sister-units"), ("public", "public")],
)
def test_a_portal_holds_nothing_that_its_circle_may_not_see(
    planted: tuple[Path, Garden], monkeypatch: pytest.MonkeyPatch, circle: str, room: str
) -> None:
    root, garden = planted
    monkeypatch.setattr(making, "print_room", lambda *_: PrintRoom())  # no portal reads a poster
    list_branches(root, ["  - id: a\n    folder: branches/a\n"], f"{HEAD}circle: {circle}\n")
    told = build_fleet(read_fleet(root / "fleet.yml"), TODAY, Here())
    assert told.branches[0].failure == ""
    search = Search(garden.needles)
    for file in sorted(told.portal.rglob("*")):
        if file.is_file():
            search.read("portal", told.portal, [file])
    wrong = {
        garden.tokens[token].where: sorted(paths)[:3]
        for token, paths in search.found.items()
        if token in garden.tokens and room not in garden.tokens[token].seen_in
    }
    assert wrong == {}
    cut = [
        token for token, one in garden.tokens.items()
        if room not in one.seen_in and token.startswith("zq")
        and any(f'"^{token[:6]}"' in file.read_text("utf-8") for file in _shards(told.portal))
    ]  # fmt: skip
    assert cut == [], "nor the beginning of one, as the search cuts them"
    seen = {garden.tokens[token].where for token in search.found if token in garden.tokens}
    assert {"case/title", "case/headline", "practice/text"} & seen, "the search was not blind"
    assert search.files > 15


def _shards(portal: Path) -> list[Path]:
    return sorted((portal / "search").glob("[0-9a-f][0-9a-f][0-9a-f].js"))
