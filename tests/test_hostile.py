"""Bad input beside the exact words it must get: each folder of hostile/ is laid over MINIMAL."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import MINIMAL, check_tree, report, write_tree

CASES = Path(__file__).with_name("hostile")
SLUGS = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())


def overlay(case: Path) -> dict[str, str | bytes]:
    return {
        file.relative_to(case).as_posix(): file.read_bytes()
        for file in case.rglob("*")
        if file.is_file() and file.name != "expected.txt"
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_bad_input_gets_exactly_these_words(slug: str, tmp_path: Path, refresh: bool) -> None:
    case = CASES / slug
    write_tree(tmp_path, {**MINIMAL, **overlay(case)})
    said = report(check_tree(tmp_path))
    if refresh:
        (case / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (case / "expected.txt").read_text(encoding="utf-8")


def test_the_site_under_the_cases_has_no_problem_of_its_own(site: Path) -> None:
    assert report(check_tree(site)) == ""
