"""Benchmarks run at all: one had stopped working, and nobody had noticed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from boards.cli import COMMANDS
from invented.loads import Load
from measured import Measured
from sites import ROOT
from years import STEPS, Row, table


def said_by(
    benchmark: str, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """What a benchmark prints, on both streams."""
    program = [sys.executable, str(ROOT / "benchmarks" / benchmark), *arguments]
    variables = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        program, capture_output=True, encoding="utf-8", env=variables, timeout=300, check=False
    )


def test_commands_are_timed_on_a_branch_of_any_age() -> None:
    done = said_by("years.py", "2x1", "--only", "check", "quarter")
    assert done.returncode == 0, done.stderr
    for name in ("check", "quarter"):
        row = rf"^\| {name} \| [\d.]+ s \([\d.]+\), \d+ MB \|$"
        assert re.search(row, done.stdout, re.M)


def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    rows = [
        Row("check", Measured(2.0, 1.5, 50.0)),
        Row("add", Measured(1.0, 0.8, 40.0, "exit 1: 没有写")),
    ]
    said = table({"15x5": rows})
    assert "| check | 2.0 s (1.5), 50 MB |" in said
    assert "| add | **fails** 1.0 s (0.8), 40 MB |" in said
    assert said.endswith("\n\n- 15x5 add: exit 1: 没有写")


def test_every_command_is_timed() -> None:
    """But for what makes a branch, and what is about many branches: `fleet.py` times that."""
    assert {step.command.split()[0] for step in STEPS} == set(COMMANDS) - {"fleet", "new"}


def test_a_site_of_so_many_pages_is_timed() -> None:
    done = said_by("pages.py", "40")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"pages 40: [\d.]+ s, \d+ MB\n", done.stdout)


def test_posters_are_timed_without_their_peers_where_those_are_missing(tmp_path: Path) -> None:
    for name in ("weasyprint", "playwright"):
        (tmp_path / f"{name}.py").write_text("raise ImportError(__name__)\n", encoding="utf-8")
    done = said_by("posters.py", "1", PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "WeasyPrint: left out (weasyprint)" in done.stderr
    assert "Chromium: left out (playwright)" in done.stderr
    assert "Typst" in done.stdout


def test_a_load_is_written_as_members_and_years() -> None:
    assert Load.read("50x20") == Load.read("50×20") == Load(50, 20)
