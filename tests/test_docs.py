"""The documents are true: their commands exist and run, and no command is left out."""

from __future__ import annotations

import ast
import hashlib
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from boards.cli import COMMANDS, main
from sites import ROOT, build_site, copy_site

README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8")
IT = (ROOT / "docs" / "it.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)


def test_readme_has_the_two_lines() -> None:
    assert [block.count("\n") for block in BLOCKS] == [1, 1]
    assert BLOCKS[0].strip() == "python -m pip install -c requirements.lock -e . && boards build"
    install = 'python -m pip install -c requirements.lock -e ".[test]"'
    assert BLOCKS[1].strip() == f"{install} && python -m pytest"


@pytest.mark.slow
def test_the_main_line_builds_the_site_it_names(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    install, build = (shlex.split(part) for part in BLOCKS[0].split("&&"))
    assert install[:4] == ["python", "-m", "pip", "install"]
    assert build[0] == "boards"
    subprocess.run([sys.executable, "-m", *build], cwd=root, check=True, capture_output=True)
    assert (root / "site" / "index.html").is_file()
    assert "`site/index.html`" in README


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`boards {command}`" in README


def test_the_readme_leads_to_the_manual_and_the_it_page() -> None:
    assert "](docs/manual.md)" in README
    assert "](docs/it.md)" in README


def _commands(text: str) -> list[str]:
    """What stands as a command between back ticks or in a block: `boards ...`."""
    inline = re.findall(r"`boards ([^`]+)`", text)
    blocks = re.findall(r"```(?:sh|bat)\n(.*?)```", text, flags=re.DOTALL)
    lines = (line for block in blocks for line in block.splitlines())
    return inline + [
        row[1] for line in lines if (row := re.search(r"(?:^|[/\\])boards (.+)", line))
    ]


def test_every_command_of_the_manuals_can_be_typed_as_it_stands() -> None:
    """Names, options and numbers of arguments are right; nothing is run."""
    named = set()
    for line in _commands(MANUAL) + _commands(IT):
        here = re.sub(r"--folder \S+", "", line.replace("\\", "/"))
        words = [word for word in shlex.split(here) if word != "--help"]
        command: click.Command = main
        with click.Context(main) as context:
            while isinstance(command, click.Group):
                found = command.get_command(context, words[0])
                assert found is not None, f"boards {line}"
                command, words = found, words[1:]
        named.add(line.split()[0])
        if words:
            command.make_context(line, words).close()
    assert named == set(COMMANDS), "the manual leaves none out"


def test_every_picture_of_the_manual_is_there_and_small_and_none_is_left_over() -> None:
    named = re.findall(r"!\[[^\]]+\]\((images/[^)]+)\)", MANUAL)
    folder = ROOT / "docs" / "images"
    assert sorted(named) == [f"images/{file.name}" for file in sorted(folder.iterdir())]
    assert sum(file.stat().st_size for file in folder.iterdir()) < 1_500_000


def _said() -> str:
    """All that the product says: its code, and the messages it must give for bad inputs."""
    files = [*(ROOT / "generator" / "boards").rglob("*.py")]
    files += (ROOT / "tests" / "hostile").glob("*/expected.txt")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def test_every_message_the_manual_explains_is_the_products_own() -> None:
    said = _said()
    chapters = ("\n## 永远不登记的", "\n## 程序说的话是什么意思")
    tables = "".join(MANUAL.partition(name)[2].partition("\n## ")[0] for name in chapters)
    quoted = re.findall(r"^\| `([^`]+)` \|", tables, flags=re.MULTILINE)
    quoted += re.findall(r"\| `(不设[^`]+)` \|$", tables, flags=re.MULTILINE)
    assert len(quoted) > 25
    assert [words for words in quoted if words not in said] == []


def test_what_the_manual_shows_of_the_screen_is_what_the_product_says() -> None:
    said = _said() + (ROOT / "data" / "prints.yml").read_text(encoding="utf-8")
    blocks = re.findall(r"```text\n(.*?)```", MANUAL, flags=re.DOTALL)
    assert len(blocks) >= 6
    for line in "".join(blocks).splitlines():
        own = re.sub(r"“.*?”|\d+年(?:\d+月\d+日|第.季度)", " ", line)  # not what was typed in
        assert max(re.findall(r"[\u4e00-\u9fff]+", own), key=len) in said, line


@pytest.mark.slow
def test_the_it_page_checks_a_copy_as_it_says(tmp_path: Path) -> None:
    (line,) = re.findall(r"^python -c \"(.+)\"$", IT, flags=re.MULTILINE)
    built = build_site(copy_site(tmp_path))
    command = [sys.executable, "-X", "utf8", "-c", line]

    def checked() -> str:
        done = subprocess.run(
            command, cwd=built.target, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.strip()

    assert checked() == "全部一致"
    digest = hashlib.sha256((built.target / "manifest.json").read_bytes()).hexdigest()
    assert digest[:16] == built.fingerprint, "as the page tells to compare by hand"
    (built.target / "about.html").write_text("x", encoding="utf-8")
    assert checked() == "['about.html']"


def test_every_command_in_the_documents_exists() -> None:
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "docs/manual.md",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        for command in re.findall(r"`boards ([a-z]+)", text):
            assert command in COMMANDS, f"{name}: boards {command}"


def test_the_command_lines_chinese_is_compiled() -> None:
    folder = ROOT / "generator" / "boards" / "locale" / "zh_CN" / "LC_MESSAGES"
    source = (folder / "messages.po").read_text(encoding="utf-8")
    compiled = (folder / "messages.mo").read_bytes()
    for text in re.findall(r'^msgstr(?:\[0\])? "(.+)"$', source, flags=re.MULTILINE):
        assert text.replace("\\n", "\n").replace("\\t", "\t").encode("utf-8") in compiled


def test_every_word_that_is_translated_is_one_of_the_command_lines() -> None:
    """A release of click that says something in other words would say it in English."""
    catalogue = ROOT / "generator/boards/locale/zh_CN/LC_MESSAGES/messages.po"
    said: set[str] = set()
    for file in Path(click.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        said |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    translated = re.findall(r'^msgid "(.+)"$', catalogue.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(translated) > 30
    newer = {"Positional arguments"}  # from click 8.5 on
    assert {ast.literal_eval(f'"{word}"') for word in translated} - said <= newer


def test_every_proof_of_a_promise_is_there() -> None:
    promises = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    tests = {
        file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8")
        for file in (ROOT / "tests").glob("*.py")
    }
    named = re.findall(r"`(?:tests/)?(test_\w+(?:\.py)?)(?:_…)?`", promises)
    assert len(named) > 30
    for name in named:
        found = f"tests/{name}" in tests if name.endswith(".py") else any(
            f"def {name.rstrip('_')}" in text for text in tests.values()
        )  # fmt: skip
        assert found, name
    for file, word in re.findall(r"`python -m pytest (tests/\S+) -k (\w+)", promises):
        assert re.search(rf"def test_\w*{word}", tests[file]), f"{file}: nothing to run for {word}"
