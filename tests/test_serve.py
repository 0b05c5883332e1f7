"""The live preview: saving a record reloads the page, and a fault is shown instead of a crash."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from sites import change, copy_site

PATIENCE = 30
"""Seconds for an answer; MkDocs holds a page that waits for a reload twice as long."""
TIMES_SAVED = 4


class Preview:
    """A running `mkdocs serve` on this machine."""

    def __init__(self, root: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.root = root
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            command, cwd=root, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.said: list[str] = []
        served = threading.Event()
        self.listening = threading.Thread(target=self._listen, args=(served,), daemon=True)
        self.listening.start()
        assert served.wait(PATIENCE * TIMES_SAVED), "".join(self.said)

    def _listen(self, served: threading.Event) -> None:
        """Read what it says to the end: a full pipe would stop it."""
        assert self.process.stderr
        with self.process.stderr as told:
            for line in told:
                self.said.append(line)
                if "Serving on" in line:
                    served.set()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.listening.join()

    def page(self, url: str) -> str:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{self.port}/{url}", timeout=PATIENCE
        ) as answer:
            return str(answer.read().decode("utf-8"))

    def after(self, file: str, old: str, new: str) -> None:
        """Change a file and wait, as an open page does, to be told to reload."""
        epoch, request = re.findall(r"livereload\((\d+), (\d+)\)", self.page("index.html"))[0]
        change(self.root / file, old, new)
        for _ in range(TIMES_SAVED):
            try:
                told = self.page(f"livereload/{epoch}/{request}")
            except TimeoutError:
                # MkDocs first looks at the folders in threads that start after "Serving on": what
                # was saved before its first look is nothing new to it.
                os.utime(self.root / file)
            else:
                assert int(told) > int(epoch)
                return
        raise AssertionError("saved again and again without a reload\n" + "".join(self.said))


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    running = Preview(copy_site(tmp_path))
    yield running
    running.stop()


def test_saving_a_record_reloads_and_a_fault_is_told_on_the_page(preview: Preview) -> None:
    assert "党员丁" in preview.page("members/sample-ding.html")
    preview.after("data/members.yml", "name: 党员丁\n", "name: 党员丁丁\n")
    assert "党员丁丁" in preview.page("members/sample-ding.html")

    preview.after("data/honours.yml", "  - id: five-star-2016\n", "  - ID: five-star-2016\n")
    assert "台账有 1 处错误" in preview.page("index.html")
    assert "data/honours.yml" in preview.page("problems.html")
    assert "标准化区队" in preview.page("honours.html")

    preview.after("data/honours.yml", "  - ID: five-star-2016\n", "  - id: five-star-2016\n")
    assert "台账有" not in preview.page("index.html")
