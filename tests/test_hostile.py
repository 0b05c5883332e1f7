"""Bad input beside the exact words it must get: each folder of hostile/ is laid over TYPED."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from boards.board.load import load
from boards.editions.edition import Edition, EditionName
from boards.editions.faulty import salvage
from boards.rules import check
from helpers import MINIMAL, TODAY, TYPED, check_tree, report, write_tree

CASES = Path(__file__).with_name("hostile")
SLUGS = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())


def overlay(case: Path) -> dict[str, str | bytes]:
    return {
        file.relative_to(case).as_posix(): file.read_bytes()
        for file in case.rglob("*")
        if file.is_file() and file.name != "expected.txt"
    }


_UNSETTLED = ("没有登记审批的是什么内容", "这篇心得不会显示")
"""Said of TYPED, and of people without a consent; the cases are about other things."""


@pytest.mark.parametrize("slug", SLUGS)
def test_bad_input_gets_exactly_these_words(slug: str, tmp_path: Path, refresh: bool) -> None:
    case = CASES / slug
    write_tree(tmp_path, {**TYPED, **overlay(case)})
    said = report(
        [row for row in check_tree(tmp_path) if not any(said in row.found for said in _UNSETTLED)]
    )
    if refresh:
        (case / "expected.txt").write_text(said, encoding="utf-8")
    assert said == (case / "expected.txt").read_text(encoding="utf-8")


def test_the_site_under_the_cases_has_no_problem_of_its_own(site: Path) -> None:
    assert report(check_tree(site)) == ""


ODD = (
    "\t\u3000\u00a0\u200b\u202e\ufeff\ufffd\ue000\x00\x07\x85\u2028\r\n"
    ":：#&*!|>%@`'\"[]{}-?,\\<é０𰻝"
)
MUTATIONS_PER_TEST = 16


def _mutated(text: str, dice: random.Random) -> str:
    lines = text.split("\n")
    at = dice.randrange(len(text))
    line = dice.randrange(len(lines))
    match dice.randrange(9):
        case 0:
            del lines[line]
        case 1:
            lines.insert(line, lines[dice.randrange(len(lines))])
        case 2:
            lines[line] = dice.choice([" ", "  ", "\t", "- ", "\u3000"]) + lines[line]
        case 3:
            lines[line] = lines[line].lstrip()
        case 4:
            lines[line] = lines[line].replace(
                ": ", dice.choice([":", "：", ":\u3000", ": @", ": ["])
            )
        case 5:
            return text[:at] + dice.choice(ODD) + text[at:]
        case 6:
            return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        case 7:
            return text[:at]
        case 8:
            other = dice.randrange(len(text))
            return text[:at] + text[other : other + 40] + text[at:]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(20))
def test_no_slip_of_the_hand_ends_in_an_exception(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    names = [name for name in MINIMAL if name.startswith(("data/", "content/"))]
    write_tree(tmp_path, MINIMAL)
    for turn in range(MUTATIONS_PER_TEST):
        name = dice.choice(names)
        text = MINIMAL[name]
        assert isinstance(text, str)
        for _ in range(dice.randint(1, 3)):
            text = _mutated(text or " ", dice)
        write_tree(tmp_path, {name: text})
        board, problems = load(tmp_path / "data", tmp_path / "content")
        problems += check(board, TODAY)
        assert len(set(problems)) == len(problems), text
        for problem in problems:
            assert problem.found.strip() and problem.hint.strip(), text
            assert "\n" not in problem.found + problem.hint + problem.record + problem.field, text
            assert problem.place.line >= 1 and problem.place.column >= 1, text
            file = tmp_path / problem.place.path
            if file.is_file():
                raw = file.read_bytes().decode("utf-8-sig", errors="replace")
                lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
                assert problem.place.line <= len(lines), (problem, text)
                assert problem.place.column <= len(lines[problem.place.line - 1]) + 2, (
                    problem,
                    text,
                )
        if turn % 4 == 0:
            salvage(board, Edition(EditionName.PREVIEW, TODAY))
        write_tree(tmp_path, {name: MINIMAL[name]})


@pytest.mark.parametrize("seed", range(4))
def test_no_bytes_end_in_an_exception(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    write_tree(tmp_path, MINIMAL)
    for name in MINIMAL:
        if name.startswith(("data/", "content/")):
            text = MINIMAL[name]
            assert isinstance(text, str)
            raw = bytearray(text.encode())
            for _ in range(dice.randint(1, 5)):
                raw[dice.randrange(len(raw))] = dice.randrange(256)
            write_tree(tmp_path, {name: bytes(raw)})
    assert all(problem.found and problem.hint for problem in check_tree(tmp_path))
