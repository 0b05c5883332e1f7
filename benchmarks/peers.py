"""A cold build of ours beside other generators', on the same members and in the same shell.

    python benchmarks/peers.py                    all standard sizes, into README.md
    python benchmarks/peers.py 20 200 --runs 1    some sizes: the table alone

Hugo, Zensical and Eleventy are installed by themselves, once, into the user's cache folder.
The row of one that cannot be had is missing; one that can be had and does not run makes this fail.
Linux and macOS only.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pages as ours
from invented.loads import DAY
from measured import Measured, machine, on_day, run
from peered import installed
from peered.installed import NotInstalled
from peered.words import words_in
from sections import write_section

HERE = Path(__file__).parent
STANDARD = (20, 200, 2000, 10000)
OURS = "ours"
FIRST = "Hugo"
"""The peer that all are compared with."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: how it is got and asked for a build, and where its pages then stand."""

    name: str
    version: str
    install: Callable[[str], list[str]]
    folder: str
    asked: tuple[str, ...]
    made: str


PEERS = (
    Peer("Hugo", "0.168.0", installed.hugo, "hugo", ("--quiet",), "public"),
    Peer("Zensical", "0.0.73", installed.zensical, "zensical", ("build", "--clean"), "site"),
    Peer("Eleventy", "3.1.8", installed.eleventy, "eleventy", ("--quiet",), "_site"),
    Peer("MkDocs with Material", "", installed.mkdocs, "mkdocs", ("build", "--quiet"), "site"),
)


@dataclass(frozen=True, slots=True)
class Tables:
    """What all runs cost, by program and size, and why a peer's row is missing."""

    costs: Mapping[str, Mapping[int, list[Measured]]]
    missing: Mapping[str, NotInstalled]

    @property
    def failed(self) -> bool:
        """Whether what could be had did not run; others' programs may not be had."""
        runs = [cost for sizes in self.costs.values() for costs in sizes.values() for cost in costs]
        return any(cost.failure for cost in runs)


def main() -> None:
    """Install, measure, print and, if all sizes were asked for, write it down."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="pages, 20 or more")
    parser.add_argument("--runs", type=int, default=3, help="of which the median counts")
    options = parser.parse_args()
    programs, missing = _programs()
    costs: dict[str, dict[int, list[Measured]]] = {}
    for size in options.sizes or STANDARD:
        for name, cost in measure(size, options.runs, programs):
            costs.setdefault(name, {}).setdefault(size, []).append(cost)
            said = cost.failure or f"{cost.seconds:.2f} s, {cost.megabytes:.0f} MB"
            print(f"{name}, {size} pages: {said}", file=sys.stderr, flush=True)
        tables = Tables(costs, missing)
        section = f"{_head(options.runs)}\n\n{table(tables)}"
        if not options.sizes:
            write_section("peers", section)
    print(section)
    sys.exit(1 if tables.failed else 0)


def _programs() -> tuple[dict[Peer, list[str]], dict[str, NotInstalled]]:
    """The command of every peer that can be had, and why the others cannot."""
    programs, missing = {}, {}
    for peer in PEERS:
        try:
            programs[peer] = peer.install(peer.version)
        except NotInstalled as reason:
            missing[peer.name] = reason
            print(f"{peer.name} {reason}", file=sys.stderr, flush=True)
    return programs, missing


def measure(
    pages: int, runs: int, programs: Mapping[Peer, list[str]]
) -> Iterator[tuple[str, Measured]]:
    """Build so many pages with each, turn by turn, so that a busy minute falls on all of them."""
    with tempfile.TemporaryDirectory(prefix="boards-peers-") as name:
        folder = Path(name)
        laid = run([sys.executable, "-m", "peered.lay", str(pages), name], HERE, _environment())
        if laid.failure:
            sys.exit(f"{pages} pages: no members were made, {laid.failure}")
        told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
        for _ in range(runs):
            yield OURS, ours.measure(pages)
            for peer, program in programs.items():
                yield peer.name, _cold(peer, program, folder / peer.folder, pages, told)


def _environment() -> dict[str, str]:
    """That of the day of all loads, without Material's announcements."""
    return {**on_day(DAY), "NO_MKDOCS_2_WARNING": "1"}


def _cold(
    peer: Peer, program: list[str], folder: Path, pages: int, told: Mapping[str, str]
) -> Measured:
    """A build with nothing left of an earlier one, looked through."""
    for left in (peer.made, ".cache", "resources"):
        shutil.rmtree(folder / left, ignore_errors=True)
    cost = run([*program, *peer.asked], folder, _environment())
    why = cost.failure or lacking(folder / peer.made / "members", pages, told)
    return Measured(cost.seconds, cost.processor, cost.megabytes, why)


def lacking(made: Path, pages: int, told: Mapping[str, str]) -> str:
    """What a peer left out of its pages, by how many there are and what some of them say."""
    there = len(list(made.glob("*.html")))
    if there != pages:
        return f"made {there} pages of members, not {pages}"
    for name, words in told.items():
        if words not in words_in((made / name).read_text(encoding="utf-8")):
            return f"{name} does not say what ours says"
    return ""


def _head(runs: int) -> str:
    """The day, the machine, the versions."""
    versions = ", ".join(f"{peer.name} {peer.version}" for peer in PEERS if peer.version)
    runs_said = f"medians of {runs} runs" if runs > 1 else "one run"
    return f"{datetime.date.today()}, {runs_said}, {machine()}, {versions}:"


def table(tables: Tables) -> str:
    """Programs by sizes: seconds, the processor's, peak megabytes, and how many times Hugo's."""
    sizes = sorted({size for costs in tables.costs.values() for size in costs})
    lines = ["| pages |" + "".join(f" {size} |" for size in sizes)]
    lines.append("| --- |" + " ---: |" * len(sizes))
    first = tables.costs.get(FIRST, {})
    reasons = [f"- {name} {reason}" for name, reason in tables.missing.items()]
    for name, costs in tables.costs.items():
        cells = (_cell(costs[size], first.get(size, [])) for size in sizes)
        lines.append(f"| {name} | {' | '.join(cells)} |")
        for size in sizes:
            why = next((cost.failure for cost in costs[size] if cost.failure), "")
            reasons += [f"- {name}, {size} pages: {why}"] if why else []
    return "\n".join([*lines, *([""] if reasons else []), *reasons])


def _cell(costs: list[Measured], first: list[Measured]) -> str:
    if any(cost.failure for cost in costs):
        return "**fails**"
    seconds, megabytes = _median(costs), max(cost.megabytes for cost in costs)
    processor = statistics.median(cost.processor for cost in costs)
    whole = first and not any(cost.failure for cost in first)
    ratio = f", {seconds / _median(first):.1f} ×" if whole else ""
    return f"{seconds:.2f} s ({processor:.1f}), {megabytes:.0f} MB{ratio}"


def _median(costs: list[Measured]) -> float:
    return statistics.median(cost.seconds for cost in costs)


if __name__ == "__main__":
    main()
