"""What a group's branches cost: by processes and by Dask, and the portal over thousands of them.

    python benchmarks/fleet.py build 4 4x1         4 branches of 4x1, by processes and on Dask
    python benchmarks/fleet.py pages 40 15x3       the same without photos, posters and packs
    python benchmarks/fleet.py portal 2000 15x3    the portal and its search; branches simulated
    python benchmarks/fleet.py                     both as they stand in README.md, written there

Each build is a fresh process. The portal is made over so many branches that tell of themselves what
an invented branch of that size would; only their names, indexes and boards.json are there, and no
other page. Searches are timed in a browser (Playwright, Chromium), from a folder.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from invented.loads import DAY, Load
from measured import Measured, machine, megabytes_in, on_day, run
from sections import write_section

HERE = Path(__file__).parent
STANDARD = (2, Load(15, 3))
MANY = (200, Load(15, 3, photos=0))
"""So many whole ones would take hours of two processors: their posters and packs are left aside."""
SIMULATED = (10, 100, 500, 2000)
QUERIES = ("支架", "王伟强", "wangwei", "830", "減速器", "接油盘 复查", "皮带托辊加装")


def main() -> None:
    """Measure one kind and print it, or both and write them down."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["build", "pages", "portal"], nargs="?")
    parser.add_argument("count", type=int, nargs="?", default=0)
    parser.add_argument("load", type=Load.read, nargs="?", default=STANDARD[1])
    options = parser.parse_args()
    if options.what == "build":
        print(build_table(options.count, options.load))
    elif options.what == "pages":
        print(build_table(options.count, replace(options.load, photos=0)))
    elif options.what == "portal":
        print(portal_table((options.count,)))
    else:
        said = [build_table(*STANDARD), build_table(*MANY), portal_table(SIMULATED)]
        head = f"{datetime.date.today()}, {machine()}:"
        write_section("fleet", "\n\n".join([head, *said]))


def build_table(count: int, load: Load) -> str:
    """A fleet built cold, again, after one branch has changed, and a day later, in both ways."""
    with tempfile.TemporaryDirectory(prefix="boards-fleet-") as folder:
        fleet = Path(folder, "fleet")
        _invent(fleet, count, load)
        rows = ["| what | by processes | by Dask, two workers |", "| --- | ---: | ---: |"]
        ways: list[list[str]] = []
        for way in ("processes", "dask"):
            own = Path(folder, way)
            shutil.copytree(fleet, own)
            program = "boards" if load.photos else "aside"
            with _cluster(Path(folder), way == "dask", program) as more:
                ways.append(list(_builds(own, program, more)))
        one, other = (_manifests(Path(folder, way)) for way in ("processes", "dask"))
        unlike = [
            f"{key}/{name}"
            for key in one
            for name in sorted({*one[key], *other.get(key, {})})
            if one[key].get(name) != other.get(key, {}).get(name)
        ]
        equal = (
            f"**no**: {', '.join(unlike[:5])}" if unlike or one.keys() != other.keys() else "yes"
        )
        for name, *cells in zip(_STEPS, *ways, strict=True):
            rows.append(f"| {name} | {' | '.join(cells)} |")
        rows.append(f"| the same manifests | | {equal} |")
        size = megabytes_in(own / "publish") / count
        kept = megabytes_in(own / ".boards") / count
        which = (
            f"{count} branches of {load}{'' if load.photos else ', photos, posters, packs aside'}"
        )
        said = f"{which}: {size:.1f} MB a branch published, {kept:.1f} MB kept."
        return "\n".join([said, "", *rows])


_STEPS = ("cold", "nothing changed", "one branch changed", "a day later", "a month later")


def _builds(own: Path, program: str, more: list[str]) -> Iterator[str]:
    started = ["-m", program] if program == "boards" else [str(HERE / f"{program}.py")]
    command = [sys.executable, *started, "fleet", "build", str(own / "fleet.yml"), *more]
    for step in _STEPS:
        later = {"a day later": 3, "a month later": 33}.get(step, 2)
        day = DAY + datetime.timedelta(later)  # in a month that has just begun
        if step == "one branch changed":
            file = next((own / "branches").iterdir()) / "data" / "prints.yml"
            file.write_text(file.read_text("utf-8") + "\n# changed\n", encoding="utf-8")
        yield _said(run([*command, "--date", str(day)], own, on_day(day)), own)


def _said(cost: Measured, own: Path) -> str:
    """Seconds, in brackets those of processors that its branches took by the fleet's own report."""
    failed = f"**fails** {cost.failure} " if cost.failure else ""
    report = (own / "reports" / "fleet.txt").read_text(encoding="utf-8")
    taken = sum(map(float, re.findall(r"用时 ([\d.]+) 秒", report)))
    return f"{failed}{cost.seconds:.1f} s ({taken:.1f}), {cost.megabytes:.0f} MB"


def _invent(folder: Path, count: int, load: Load) -> None:
    said = (
        "import sys; from pathlib import Path; from invented.fleets import write_fleet;"
        "from invented.loads import Load; from dataclasses import replace;"
        "write_fleet(Path(sys.argv[1]), int(sys.argv[2]),"
        "replace(Load.read(sys.argv[3]), photos=int(sys.argv[4])))"
    )
    command = [sys.executable, "-c", said, str(folder), str(count), str(load), str(load.photos)]
    subprocess.run(command, check=True, cwd=HERE, env=on_day(DAY))


def _manifests(own: Path) -> dict[str, Any]:
    found = sorted((own / "publish" / "branches").glob("[!.]*/manifest.json"))
    return {file.parent.name: json.loads(file.read_text("utf-8"))["files"] for file in found}


@contextmanager
def _cluster(folder: Path, wanted: bool, program: str) -> Iterator[list[str]]:
    """A scheduler and two workers on this machine; what to add to the command for them."""
    if not wanted:
        yield []
        return
    file = folder / "scheduler.json"
    quiet = {"env": on_day(DAY), "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    modules = ("distributed.cli.dask_scheduler", *["distributed.cli.dask_worker"] * 2)
    started = []
    for number, module in enumerate(modules):
        command = [sys.executable, "-m", module, "--scheduler-file", str(file), "--no-dashboard"]
        if number == 0:
            command += ["--host", "127.0.0.1", "--port", "0"]
        else:
            command += ["--nthreads", "1", "--no-nanny"]
            command += ["--local-directory", str(folder / f"worker-{number}")]
            command += ["--preload", str(HERE / "aside.py")] if program == "aside" else []
        started.append(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
        while not file.is_file():
            time.sleep(0.05)
    yield ["--cluster", json.loads(file.read_text("utf-8"))["address"]]
    for process in started:
        process.kill()
        process.wait()


def portal_table(counts: tuple[int, ...]) -> str:
    """The portal over so many branches: what it costs, weighs, and how fast it is searched."""
    rows = [
        "| branches | made in | peak | pages | size | search alone | first load | shards |"
        " a search: shards, indexes, ms |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="boards-portal-") as folder:
            program = [sys.executable, str(HERE / "portals.py")]
            for what in ("simulate", "make"):
                cost = run([*program, what, folder, str(count)], Path(folder), on_day(DAY))
            portal = Path(folder, "publish", "portal")
            if cost.failure:
                rows.append(f"| {count} | **fails** {cost.failure} |")
                continue
            pages = sum(1 for _ in portal.rglob("*.html"))
            shards = len(list((portal / "search").glob("*.js"))) - 1
            first, searches = _browsed(portal)
            rows.append(
                f"| {count} | {cost.seconds:.1f} s ({cost.processor:.1f}) | {cost.megabytes:.0f} MB"
                f" | {pages} | {megabytes_in(portal):.1f} MB |"
                f" {megabytes_in(portal / 'search'):.1f} MB | {first / 1000:.0f} kB | {shards} |"
                f" {searches} |"
            )
    return "\n".join(rows)


def _browsed(portal: Path) -> tuple[int, str]:
    """Bytes of a first look, and what each search took once its shards were there."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415
    except ImportError:
        return 0, "no browser"
    fetched: dict[str, int] = {}
    said = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page()
        tab.on("requestfinished", lambda one: fetched.update({one.url: 0}))
        tab.goto((portal / "index.html").as_uri(), wait_until="networkidle")
        first = sum(Path(url.removeprefix("file://")).stat().st_size for url in fetched)
        tab.keyboard.press("/")
        for typed in QUERIES:
            for _ in range(2):  # the second time all is there
                tab.evaluate(
                    "typed => { var box = document.querySelector('[data-bb-search-input]');"
                    "document.querySelector('[data-bb-search]').dataset.answered = '';"
                    "box.value = typed; box.dispatchEvent(new Event('input')); }", typed
                )  # fmt: skip
                tab.wait_for_function(
                    "typed => document.querySelector('[data-bb-search]').dataset.answered == typed",
                    arg=typed,
                )
            told = tab.evaluate("() => ({...document.querySelector('[data-bb-search]').dataset})")
            said.append(f"{typed} {told['shards']}, {told['indexes']}, {told['took']}")
        browser.close()
    return first, "; ".join(said)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONIOENCODING", "utf-8")
    main()
