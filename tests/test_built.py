"""Nothing to build where nothing has changed: what stands is kept, and said again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards import built
from boards.board.folder import KEY_FILE
from boards.cli import main
from helpers import TODAY
from sites import change, copy_site, tree

SAME = "没有变，网站不用重新生成"


def said_of(root: Path, command: str = "build", day: str = str(TODAY)) -> str:
    done = CliRunner().invoke(main, [command, "--folder", str(root), "--date", day])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_site(tmp_path_factory.mktemp("finished") / "site")
    (root / "data" / "media").mkdir(exist_ok=True)
    said_of(root)
    return root


@pytest.fixture
def root(finished: Path, tmp_path: Path) -> Path:
    """A finished site of its own that stands where it was built, as far as the note can tell."""
    root = tmp_path / "site"
    shutil.copytree(finished, root)
    noted = root / ".boards" / "built-preview.json"
    assert noted.is_file()
    asked = built.Asked(root, "preview", TODAY, str(root))
    before = built.made_of(built.Asked(finished, "preview", TODAY, str(finished)))
    change(noted, before, built.made_of(asked))
    return root


def test_what_stands_is_kept_and_said_again(root: Path) -> None:
    before = tree(root / "site")
    said = said_of(root)
    assert SAME in said
    assert "生成了" in said
    assert "略去清单" in said
    assert tree(root / "site") == before, "the very release, marker and all"


def changed_member(root: Path) -> None:
    change(root / "data" / "members.yml", "name: 党员丁\n", "name: 党员丁丁\n")


def changed_article(root: Path) -> None:
    file = next((root / "content").rglob("*.md"))
    file.write_bytes(file.read_bytes() + "\n再写一段。\n".encode())


def changed_settings(root: Path) -> None:
    change(root / "mkdocs.yml", "光荣榜: honours.md", "荣誉墙: honours.md")


def more_in_data(root: Path) -> None:
    (root / "data" / "media" / "一张照片.jpg").write_bytes(b"x")


def another_key(root: Path) -> None:
    (root / KEY_FILE).parent.mkdir()
    shutil.copy(key_of(root), root / KEY_FILE)


def key_of(root: Path) -> Path:
    other = copy_site(root.with_name("other"), made=False)
    done = CliRunner().invoke(main, ["keys", "--new", "--folder", str(other)])
    assert done.exit_code == 0, done.output
    return other / KEY_FILE


def damaged_page(root: Path) -> None:
    page = root / "site" / "about.html"
    page.write_bytes(page.read_bytes().replace(b"</html>", b"</htm>"))


def lost_page(root: Path) -> None:
    (root / "site" / "about.html").unlink()


def lost_report(root: Path) -> None:
    (root / "reports" / "withheld-preview.txt").unlink()


def damaged_note(root: Path) -> None:
    note = root / ".boards" / "built-preview.json"
    note.write_bytes(note.read_bytes()[:-40])


def settings_that_draw_on_more(root: Path) -> None:
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("extra:\n  name: !ENV [BOARDS_TEST, 无]\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "harm",
    [
        changed_member, changed_article, changed_settings, more_in_data, another_key, damaged_page,
        lost_page, lost_report, damaged_note, settings_that_draw_on_more,
    ],
    ids=lambda harm: harm.__name__,
)  # fmt: skip
def test_whatever_changes_is_built(harm: Callable[[Path], None], root: Path) -> None:
    harm(root)
    assert SAME not in said_of(root)
    again = said_of(root)
    assert (SAME in again) is (harm is not settings_that_draw_on_more)


def test_another_day_or_another_program_builds_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SAME not in said_of(root, day="2026-12-31")
    assert SAME not in said_of(root)
    assert SAME in said_of(root)
    monkeypatch.setattr(built, "_installed", lambda: ["typst-99.dist-info"])
    assert SAME not in said_of(root)


def test_each_edition_has_its_own(root: Path) -> None:
    assert SAME not in said_of(root, "publish")
    assert SAME in said_of(root)
    assert SAME in said_of(root, "publish")


def test_what_was_edited_during_a_build_is_not_taken_for_built(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed_member(root)
    from boards import build  # noqa: PLC0415

    write = build.write_manifest

    def edited(*given: object) -> str:
        change(root / "data" / "members.yml", "name: 党员丁丁\n", "name: 党员丁\n")
        return write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "write_manifest", edited)
    said_of(root)
    monkeypatch.setattr(build, "write_manifest", write)
    assert SAME not in said_of(root)


def test_to_know_that_nothing_changed_no_model_is_imported(root: Path) -> None:
    script = (
        "import sys; from boards.__main__ import main; sys.argv[1:] = sys.argv[2:]\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, 'pydantic' in sys.modules)"
    )
    typed = ["-c", script, "boards", "build", "--folder", str(root), "--date", str(TODAY)]
    command = [sys.executable, "-X", "utf8", *typed]
    # The first may find other packages in its path than this process, and builds then.
    for _ in range(2):
        said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert SAME in said.stdout
    assert said.stdout.splitlines()[-1] == "0 False"
