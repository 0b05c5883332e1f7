"""The documents are true: their commands exist and run, and no command is left out."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from boards.cli import COMMANDS
from sites import ROOT, copy_site

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)


def test_readme_has_the_two_lines() -> None:
    assert [block.count("\n") for block in BLOCKS] == [1, 1]
    assert BLOCKS[0].strip() == "python -m pip install -e . && boards build"
    assert BLOCKS[1].strip() == 'python -m pip install -e ".[test]" && python -m pytest'


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


def test_every_command_in_the_documents_exists() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for command in re.findall(r"`boards ([a-z]+)", text):
            assert command in COMMANDS, f"{name}: boards {command}"


def test_the_command_lines_chinese_is_compiled() -> None:
    folder = ROOT / "generator" / "boards" / "locale" / "zh_CN" / "LC_MESSAGES"
    source = (folder / "messages.po").read_text(encoding="utf-8")
    compiled = (folder / "messages.mo").read_bytes()
    for text in re.findall(r'^msgstr(?:\[0\])? "(.+)"$', source, flags=re.MULTILINE):
        assert text.replace("\\n", "\n").replace("\\t", "\t").encode("utf-8") in compiled


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
