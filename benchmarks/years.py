"""What every command costs a branch that has kept its records for years, each a fresh process.

    python benchmarks/years.py 15x5                      15 members, five years: a table
    python benchmarks/years.py 15x5 --only check build   some commands; some need earlier ones
    python benchmarks/years.py --all                     all standard loads, into README.md

A load is `members x years`; what a year brings stands in `invented/`. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import datetime
import re
import socket
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from invented.loads import DAY, Load
from measured import Measured, machine, megabytes_in, on_day, run, watched
from sections import write_section

HERE = Path(__file__).parent
STANDARD = ("15x1", "15x5", "50x10", "50x20", "200x1")
QUARTER = f"{DAY.year}-Q4"
HONOUR = f"honour-{DAY.year}-8"
"""One that awaits approval."""
PACK = "mo-ni-er-dui-practice-safety.zip"


@dataclass(frozen=True, slots=True)
class Step:
    """A command as it is run, and where its work then stands."""

    name: str
    command: str
    makes: str = ""
    typed: tuple[str, ...] = ()


STEPS = (
    Step("check, photos new", "check", ".boards"),
    Step("check", "check"),
    Step("build", "build", "site"),
    Step("build again", "build"),
    Step("publish", "publish", "publish"),
    Step("publish again", "publish"),
    Step("publish, a day later", f"publish --date {DAY + datetime.timedelta(1)}", "publish"),
    Step("rollback", "rollback"),
    Step("posters", "posters", "posters"),
    Step("poster", f"poster star {QUARTER} --size A1 --profile tiled"),
    Step("prints", "prints"),
    Step("quarter", f"quarter {QUARTER}"),
    Step("approve --list", "approve --list"),
    Step("approve --sheet-only", f"approve {HONOUR} --sheet-only"),
    Step("sheets out", "sheets out 台账.xlsx", "台账.xlsx"),
    Step("sheets in", "sheets in 台账.xlsx"),
    Step("import", "import roster 名册.csv --yes"),
    Step("export", "export 全部台账", "全部台账"),
    Step("import records", "import records 全部台账 --yes"),
    Step("add", "add honour", typed=("优秀支部品牌", "branch", "mine", str(DAY.year), "", "", "y")),
    Step("approve", f"approve {HONOUR} --checked-by 李宣传 --approved-by 支部书记"),
    Step("samples", "samples"),
    Step("keys", "keys --new"),
    Step("share", f"share talk {DAY.year}-Q3", "share"),
    Step("receive", f"receive {PACK} --yes"),
    Step("upgrade", "upgrade"),
    Step("backup", "backup .."),
    Step("doctor", "doctor"),
    Step("serve", "serve"),
    Step("desk", "desk"),
)
"""Every command that reads records, in an order in which each finds what it needs."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what a step cost, and the megabytes it left."""

    name: str
    cost: Measured
    output: float | None = None


def main() -> None:
    """Measure one load and print it, or all and write them down."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("load", type=Load.read, nargs="?")
    parser.add_argument("--only", nargs="+", choices=[step.name for step in STEPS], default=[])
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    if not options.all and not options.load:
        parser.error("which load? for example 15x5; or --all")
    loads = [Load.read(name) for name in STANDARD] if options.all else [options.load]
    tables: dict[str, list[Row]] = {}
    for load in loads:
        tables[str(load)] = []
        for row in measure(load, options.only):
            tables[str(load)].append(row)
            print(f"{load} {row.name}: {_cost(row.cost)}", file=sys.stderr, flush=True)
        if options.all:
            write_section("years", _section(tables))
    if not options.all:
        print(table(tables))
    sys.exit(1 if any(row.cost.failure for rows in tables.values() for row in rows) else 0)


def measure(load: Load, only: Sequence[str] = ()) -> Iterator[Row]:
    """Make a branch and run every command on it, or only some."""
    environment = on_day(DAY)
    with tempfile.TemporaryDirectory(prefix="boards-years-") as folder:
        site = Path(folder, "site")
        _invent(str(load), str(site))
        wanted = [step for step in STEPS if not only or step.name in only]
        if any(step.name == "receive" for step in wanted):
            _pack_of_another(Path(folder, "other"), site)
        yield Row("records and photos", Measured(0, 0, 0), megabytes_in(site / "data"))
        for step in wanted:
            if step.name == "import":
                _roster_of_sixty(site / "名册.csv")
            if step.name == "serve":
                yield from _serve(site)
                continue
            if step.name == "desk":
                yield Row("desk, first page", _desk(site))
                continue
            typed = "".join(f"{line}\n" for line in step.typed)
            cost = run(_boards(step.command), site, environment, typed)
            yield Row(step.name, cost, megabytes_in(site / step.makes) if step.makes else None)


def _boards(command: str) -> list[str]:
    return [sys.executable, "-m", "boards", *command.split()]


def _invent(*arguments: str) -> None:
    """Make a branch in a process of its own, so that this one stays small."""
    made = run([sys.executable, str(HERE / "invent.py"), *arguments], HERE, on_day(DAY))
    if made.failure:
        sys.exit(f"no branch was made: {made.failure}")


def _roster_of_sixty(file: Path) -> None:
    """People whom the branch does not have yet, as a spreadsheet saves them."""
    first, last = "赵钱孙李周吴", "伟敏涛磊军杰强勇刚亮"
    people = [f"{one}{other},党员,采煤工" for one in first for other in last]
    file.write_text("\n".join(["姓名,政治面貌,职务", *people]), encoding="utf-8-sig")


def _pack_of_another(other: Path, site: Path) -> None:
    """A pack of another unit, to be received; without it that step says that it is missing."""
    _invent("4x1", str(other), "--id", "mo-ni-er-dui")
    run(_boards("share practice safety"), other, on_day(DAY))
    for pack in (other / "share").glob(PACK):
        pack.rename(site / PACK)


def _serve(site: Path) -> Iterator[Row]:
    """Until the first page is there, and from one edit until it shows."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = f"http://127.0.0.1:{port}/honours.html"
    file, new = site / "data" / "honours.yml", "改过名的荣誉"
    edited = False

    def opened() -> bool:
        return "<title>" in _fetched(page)

    def shown() -> bool:
        nonlocal edited
        if not edited:
            edited = True
            head, _, last = file.read_text(encoding="utf-8").rpartition("title: ")
            _, _, rest = last.partition("\n")
            file.write_text(f"{head}title: {new}\n{rest}", encoding="utf-8")
        return new in _fetched(page)

    costs = watched(_boards(f"serve --port {port}"), site, on_day(DAY), [opened, shown])
    for name, cost in zip(("serve, first page", "serve, one edit"), costs, strict=True):
        yield Row(name, cost)


def _desk(site: Path) -> Measured:
    """Until its first page is there."""
    said = site / "desk-said.txt"

    def opened() -> bool:
        cookies = urllib.request.HTTPCookieProcessor()  # the first answer gives one and leads on
        return "今天" in _fetched(_address_in(said), cookies)

    with said.open("wb") as told:
        opened = [
            lambda: "今天" in _fetched(_address_in(said), urllib.request.HTTPCookieProcessor())
        ]
        [cost] = watched(_boards("desk --no-browser"), site, on_day(DAY), opened, told)
    return cost


def _address_in(said: Path) -> str:
    """Where a desk says that it can be opened; an address that nobody answers at until it does."""
    found = re.search(r"http://\S+", said.read_text(encoding="utf-8"))
    return found[0] if found else "http://127.0.0.1:1/"


def _fetched(page: str, *handlers: urllib.request.BaseHandler) -> str:
    try:
        with urllib.request.build_opener(*handlers).open(page, timeout=600) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def table(tables: dict[str, list[Row]]) -> str:
    """All loads side by side: seconds, peak megabytes, and megabytes left."""
    names = list(dict.fromkeys(row.name for rows in tables.values() for row in rows))
    lines = ["| command |" + "".join(f" {name} |" for name in tables)]
    lines.append("| --- |" + " ---: |" * len(tables))
    failures = []
    for name in names:
        cells = []
        for load, rows in tables.items():
            row = next((row for row in rows if row.name == name), None)
            cells.append(_cell(row) if row else "–")
            if row and row.cost.failure:
                failures.append(f"- {load} {name}: {row.cost.failure}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*lines, *([""] if failures else []), *failures])


def _cell(row: Row) -> str:
    left = f" → {row.output:.1f} MB" if row.output is not None else ""
    return f"{_cost(row.cost)}{left}".removeprefix(" → ")


def _cost(cost: Measured) -> str:
    if not cost.seconds:
        return ""
    failed = "**fails** " if cost.failure else ""
    processor = f" ({cost.processor:.1f})" if cost.processor else ""
    return f"{failed}{cost.seconds:.1f} s{processor}, {cost.megabytes:.0f} MB"


def _section(tables: dict[str, list[Row]]) -> str:
    return f"{datetime.date.today()}, {machine()}:\n\n{table(tables)}"


if __name__ == "__main__":
    main()
