"""The first hour of a sister unit goes as docs/first-hour.md tells it, step by step."""

from __future__ import annotations

import datetime
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import main
from helpers import TODAY, noon
from sites import ROOT, copy_site
from workbooks import opened, put, saved

HOUR = (ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8")
DAY = TODAY + datetime.timedelta(days=1)
"""The day the document says it was done on."""
BOOK = "台账.xlsx"
PACK = "jue-jin-yi-qu-innovation-dan-hang-zhi-hu.zip"

STEPS = re.findall(r"^```sh\n(boards .+)\n```\n(?:\n```text\n([^`]*)```\n)?", HOUR, re.M)
"""Every command of the document, with what it shows of the answer."""

TYPED = {
    "boards new 展板": ["掘进一区党支部", "", "青松岭煤矿", "云台矿业集团", "先锋掘进", ""],
    "boards sheets in 台账.xlsx": ["y"],
    "boards add honour": ["安全生产先进个人", "程山", "矿级", "2025", "", "", "y"],
    "boards add quarter 2026-Q3": [
        "2026-10-09", "到会党员9人举手表决", "区队会议室",
        "95", "宣讲跟得上，走访要再勤。", "98", "隐患都跟到了闭合。",
        "93", "互查认真，个别地段有反复。", "94", "任务清楚，设备停得少。",
        "程山", "每班开工前先敲帮问顶，锚杆一根根过手，三个月里他带的班没有返过工。", "。",
        "安全责任区", "顶板和运输线上的隐患条条有人跟，复查合格才划掉。", "。", "n", "y",
    ],
    f"boards receive {PACK}": ["y"],
}  # fmt: skip
"""What the person at the keyboard answers."""


def fill_in(standing: str, source: str) -> None:
    """Three members, as the document has them typed into the workbook."""
    cells = opened(Path(BOOK).read_bytes())
    rows = [("cheng-shan", "程山"), ("yu-de-shui", "于得水"), ("shan-xiao-feng", "单小峰")]
    filled = [row[0] for row in cells["人员"] if any(row)]
    first = 1 + (filled.index("cheng-shan") if "cheng-shan" in filled else len(filled))
    for number, (name, called) in enumerate(rows, first):
        put(cells, "人员", number, "编号", name)
        put(cells, "人员", number, "姓名", called)
        put(cells, "人员", number, "政治面貌", standing if called == "程山" else "党员")
        put(cells, "人员", number, "公开范围", "兄弟单位")
        put(cells, "人员", number, "出处", source if called == "于得水" else "ledger")
    Path(BOOK).write_bytes(saved(cells))


def write_case() -> None:
    """The case that the document has typed in an editor."""
    (text,) = re.findall(r"```yaml\n(.*?)```", HOUR, re.S)
    Path("data/cases/dan-hang-zhi-hu.yml").write_text(text, encoding="utf-8", newline="\n")


def before(count: int, line: str) -> None:
    """What is done by hand before a command is given for the `count`-th time."""
    doing: dict[tuple[int, str], Callable[[], object]] = {
        (1, f"boards sheets in {BOOK}"): lambda: fill_in("是", ""),
        (2, f"boards sheets in {BOOK}"): lambda: fill_in("党员", "ledger"),
        (1, "boards check"): write_case,
    }
    doing.get((count, line), lambda: None)()


def run(line: str) -> str:
    """A command given in the folder at hand; a refusal is an answer as well."""
    typed = "".join(f"{answer}\n" for answer in TYPED.get(line, []))
    done = CliRunner().invoke(main, shlex.split(line)[1:], input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code == 0) == ("有错误" not in done.output), done.output
    return done.output


def test_the_hour_goes_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", noon(DAY))
    monkeypatch.chdir(tmp_path)
    first = copy_site(tmp_path / "first")
    given: list[str] = []
    for line, shown in STEPS:
        if line.startswith("boards receive"):
            shutil.copy(Path("share", PACK), first / PACK)
            monkeypatch.chdir(first)
        given.append(line)
        before(given.count(line), line)
        said = run(line)
        for row in shown.splitlines():
            assert row.strip() in said, f"{line}: {said}"
        if line == "boards new 展板":
            monkeypatch.chdir(tmp_path / "展板")
    ours = tmp_path / "展板"
    assert "程山" in (ours / "publish" / "quarters" / "2026-Q3.html").read_text(encoding="utf-8")
    assert list((ours / "posters").glob("star-2026-Q3-A2-tiled-A4.pdf"))
    exchange = (first / "site" / "exchange" / "index.html").read_text(encoding="utf-8")
    assert "一根锚杆编一个号" in exchange and "掘进一区党支部" in exchange
    assert len(given) > 12
