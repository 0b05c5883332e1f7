"""The live preview: an edit shows at once, where it belongs, and as a build would show it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from boards.errors import BuildFailed
from boards.progress import Progress
from boards.releases.manifest import MANIFEST
from boards.serving import engine as engines
from boards.serving import server as servers
from boards.serving import watch
from boards.serving.engine import Engine
from boards.site.display import FACE, whole
from boards.site.servers import FILES
from boards.site.whole import Makings
from helpers import TODAY
from sites import build_site, change, copy_site, tree

MEMBERS = "data/members.yml"
HONOURS = "data/honours.yml"


@pytest.fixture(autouse=True)
def of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "build_date", lambda: TODAY)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path)


def shown(engine: Engine, url: str) -> str:
    engine.refresh()
    content = engine.content(url)
    assert isinstance(content, bytes), url
    return content.decode("utf-8")


def everything(engine: Engine) -> dict[str, bytes]:
    """All that the preview holds once its posters and packs are made."""
    engine.refresh()
    while engine.finish():
        engine.refresh()
    found = {}
    for url in engine.state.files:
        content = engine.content(url)
        assert content is not None
        found[url] = content.read_bytes() if isinstance(content, Path) else content
    return found


def test_an_edit_shows_and_only_the_pages_concerned_are_told_to_reload(root: Path) -> None:
    engine = Engine(root)
    assert "党员丁" in shown(engine, "members/sample-ding.html")
    first = engine.state.number
    opened = {url for url in engine.state.files if url.endswith(".html")}
    assert {engine.since(url) for url in opened} == {first}
    change(root / MEMBERS, "name: 党员丁\n", "name: 党员丁丁\n")
    assert "党员丁丁" in shown(engine, "members/sample-ding.html")
    told = {url for url in opened if engine.since(url) > first}
    assert told >= {"members/sample-ding.html", "members/index.html"}
    assert told.isdisjoint({"honours.html", "about.html", "cases/ii830-fault-crossing.html"})
    assert not engine.waited("honours.html", first, 0)
    assert engine.waited("members/sample-ding.html", first, 0)


def test_faults_are_shown_beside_what_is_sound_until_they_are_mended(root: Path) -> None:
    engine = Engine(root)
    change(root / HONOURS, "  - id: five-star-2016\n", "  - ID: five-star-2016\n")
    assert "台账有 1 处错误" in shown(engine, "index.html")
    assert "data/honours.yml" in shown(engine, "problems.html")
    assert "标准化区队" in shown(engine, "honours.html")
    change(root / HONOURS, "  - ID: five-star-2016\n", "  - id: five-star-2016\n")
    assert "台账有" not in shown(engine, "index.html")


def test_a_poster_that_cannot_be_set_is_told_on_the_page(root: Path) -> None:
    engine = Engine(root)
    change(root / MEMBERS, "name: 党员丁\n", "name: 党员𠀀\n")
    engine.refresh()
    assert engine.finish()
    assert "台账有" in shown(engine, "index.html")
    assert "𠀀" in shown(engine, "problems.html")
    assert not engine.may_be_let_go, "it is not made again and again"


EDITS = (
    (MEMBERS, "name: 党员丁\n", "name: 党员丁丁\n"),
    (HONOURS, "  - id: five-star-2016\n", "  - ID: five-star-2016\n"),
    (HONOURS, "  - ID: five-star-2016\n", "  - id: five-star-2016\n"),
    ("data/branch.yml", "  motto: 围绕", "  motto: 始终围绕"),
    ("mkdocs.yml", "光荣榜: honours.md", "荣誉墙: honours.md"),
    (MEMBERS, "name: 党员丁丁\n", "name: 党员丁\n"),
    ("content/about.md", "---\n\n", "---\n\n多写一段。\n\n"),
)


def test_after_any_edits_the_preview_is_what_a_build_makes(root: Path, tmp_path: Path) -> None:
    """Byte for byte, whatever was edited before and however the posters came; but for the face of
    headings, which is whole here."""
    engine = Engine(root)
    everything(engine)
    for number, (file, old, new) in enumerate(EDITS):
        text = (root / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        if number % 3 == 2:
            everything(engine)
        else:
            engine.refresh()
    preview = everything(engine)
    built = tree(build_site(root).target)
    assert preview.pop(FACE) == whole().read_bytes()
    own = {".branch-boards", MANIFEST, FACE, *FILES}
    assert {name: data for name, data in built.items() if name not in own} == preview


def test_a_record_that_came_and_went_leaves_nothing(root: Path) -> None:
    engine = Engine(root)
    before = everything(engine)
    more = root / "data" / "months" / "2019-05.yml"
    kept = more.read_bytes() if more.exists() else b""
    more.write_bytes(b"sample: true\nmeetings: 1\n")
    engine.refresh()
    more.write_bytes(kept) if kept else more.unlink()
    assert everything(engine) == before


def test_no_more_posters_are_made_for_records_that_have_been_edited(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(root)
    engine.refresh()
    went_on = []

    def making(_board: object, _edition: object, progress: Progress) -> Makings:
        progress(1, 2)
        change(root / MEMBERS, "name: 党员丁\n", "name: 党员丁丁\n")
        engine.refresh()
        progress(2, 2)
        went_on.append(True)
        return Makings()

    monkeypatch.setattr(engines, "makings", making)
    assert engine.finish()
    assert not went_on


def test_what_was_made_for_records_edited_meanwhile_is_not_shown(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine(root)
    engine.refresh()
    makings = engines.makings

    def edited(*given: object) -> object:
        change(root / MEMBERS, "name: 党员丁\n", "name: 党员丁丁\n")
        engine.refresh()
        return makings(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(engines, "makings", edited)
    number = engine.state.number
    assert engine.finish()
    assert engine.state.number == number + 1, "the edit is a state, the old posters are none"
    assert "党员丁丁" in shown(engine, "members/sample-ding.html")


def test_a_file_saved_in_pieces_is_read_when_it_is_whole(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editors cut a file off before they write it anew, or take it away and put another there."""
    file = root / MEMBERS
    whole = file.read_bytes()
    engine = Engine(root)
    engine.refresh()
    pieces = [
        b"",
        whole[: len(whole) // 2],
        whole.replace("党员丁\n".encode(), "党员丁丁\n".encode()),
    ]
    file.unlink()
    look = watch.signature

    def next_piece(place: Path) -> watch.Signature:
        seen = look(place)
        if pieces:
            file.write_bytes(pieces.pop(0))
        return seen

    monkeypatch.setattr(engines, "signature", next_piece)
    monkeypatch.setattr(watch, "signature", next_piece)
    assert "党员丁丁" in shown(engine, "members/sample-ding.html")
    assert engine.state.number == 2


def test_a_file_that_was_locked_is_read_when_it_is_let_go(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel and WPS hold what they have open; nothing of the file changes when they let go."""
    read = Path.read_bytes
    engine = Engine(root)
    engine.refresh()

    def locked(path: Path) -> bytes:
        if path.name == "honours.yml":
            raise PermissionError(13, "held")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    change(root / MEMBERS, "name: 党员丁\n", "name: 党员丁丁\n")
    assert "正被别的程序占用" in shown(engine, "problems.html")
    assert engine.may_be_let_go
    monkeypatch.setattr(Path, "read_bytes", read)
    engine.read_again()
    assert "台账有" not in shown(engine, "index.html")


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    engine = Engine(root)
    engine.refresh()
    with servers._Server(("127.0.0.1", 0), engine) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def fetched(address: str, **headers: str) -> str:
    asked = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return str(answer.read().decode("utf-8"))


def test_an_open_page_learns_that_it_changed(address: str, root: Path) -> None:
    page = fetched(f"{address}/members/sample-ding.html")
    since = page.rpartition('data-since="')[2].partition('"')[0]
    asked = f"{address}{servers.LIVE}?page=members/sample-ding.html&since={since}"
    told: list[str] = []
    waiting = threading.Thread(target=lambda: told.append(fetched(asked)))
    waiting.start()
    change(root / MEMBERS, "name: 党员丁\n", "name: 党员丁丁\n")
    assert "党员丁丁" in fetched(f"{address}/members/sample-ding.html")
    waiting.join(60)
    assert json.loads(told[0]) == {"changed": True}


@pytest.mark.parametrize("path", ["/gone.html", "/../data/members.yml", "/%2e%2e/data/members.yml"])
def test_nothing_is_served_but_the_preview(address: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetched(f"{address}{path}")


def test_a_name_that_leads_here_from_elsewhere_is_refused(address: str) -> None:
    """A page on the network could point its own name at this machine and read the preview."""
    with pytest.raises(urllib.error.HTTPError, match="403"):
        fetched(f"{address}/index.html", Host="boards.example:80")


def test_a_slip_in_the_settings_leaves_what_was_shown(root: Path) -> None:
    engine = Engine(root)
    before = shown(engine, "index.html")
    change(root / "mkdocs.yml", "honours.md", "honour.md")
    with pytest.raises(BuildFailed, match=r"honour\.md"):
        engine.refresh()
    assert engine.content("index.html") == before.encode("utf-8")
    change(root / "mkdocs.yml", "honour.md", "honours.md")
    assert shown(engine, "index.html") == before


def test_the_command_says_where_to_look_and_serves(root: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-X", "utf8", "-m", "boards", "serve", "--port", str(port)]
    running = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert running.stdout
        assert f"http://127.0.0.1:{port}/" in running.stdout.readline()
        assert "党员丁" in fetched(f"http://127.0.0.1:{port}/members/sample-ding.html")
    finally:
        running.kill()
        running.communicate()
