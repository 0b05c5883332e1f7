"""What was made once is taken again only if it is whole, and never dropped while it is in use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from boards import cache, digests
from boards.cache import BUSY, LONGEST, Cache, tidy

DAY = 86400.0


def shelf(root: Path) -> Cache:
    return Cache(root / "posters", "1")


def kept(root: Path, said: str, unused: float = 0) -> Path:
    """An entry that was last used some seconds ago; its only file."""
    key = shelf(root).key(said)
    file = shelf(root).put(key, {".pdf": said.encode()}).files[".pdf"]
    for each in file.parent.glob(f"{key}*"):
        when = each.stat().st_mtime - unused
        os.utime(each, (when, when))
    return file


def is_kept(root: Path, said: str) -> bool:
    return shelf(root).get(shelf(root).key(said)) is not None


def test_what_was_kept_comes_back_with_its_facts(tmp_path: Path) -> None:
    key = shelf(tmp_path).key("a", b"b")
    shelf(tmp_path).put(key, {".pdf": b"1", "-small.png": b"2"}, {"dpi": 72.5})
    entry = shelf(tmp_path).get(key)
    assert entry is not None
    assert {end: file.read_bytes() for end, file in entry.files.items()} == {
        ".pdf": b"1",
        "-small.png": b"2",
    }
    assert entry.facts == {"dpi": 72.5}


def test_every_part_of_a_key_counts_and_so_does_the_recipe(tmp_path: Path) -> None:
    keys = [
        Cache(tmp_path, recipe).key(*parts)
        for recipe in ("1", "2")
        for parts in (("ab", "c"), ("a", "bc"), ("abc",), ("c", "ab"))
    ]
    assert len(set(keys)) == len(keys)


def test_a_file_damaged_at_any_byte_is_not_taken(tmp_path: Path) -> None:
    file = kept(tmp_path, "a poster")
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        digests._digest.cache_clear()  # as a new run
        assert not is_kept(tmp_path, "a poster"), place
    file.write_bytes(whole)
    digests._digest.cache_clear()
    assert is_kept(tmp_path, "a poster")


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"sums": 1, "facts": 0}', b"\xff"])
def test_a_damaged_sheet_is_not_taken(tmp_path: Path, content: bytes | None) -> None:
    sheet = kept(tmp_path, "a").with_suffix(".json")
    sheet.unlink() if content is None else sheet.write_bytes(content)
    assert not is_kept(tmp_path, "a")


def test_a_file_that_was_dropped_or_cut_off_is_noticed_within_a_run(tmp_path: Path) -> None:
    for number, harm in enumerate((Path.unlink, lambda file: file.write_bytes(b"a"))):
        file = kept(tmp_path, f"poster {number}")
        assert is_kept(tmp_path, f"poster {number}")
        harm(file)
        assert not is_kept(tmp_path, f"poster {number}")


def test_what_is_unused_for_long_goes_whole_and_strays_with_it(tmp_path: Path) -> None:
    old, new = kept(tmp_path, "old", LONGEST + DAY), kept(tmp_path, "new", LONGEST - DAY)
    stray = tmp_path / "posters" / "left.part"
    stray.write_bytes(b"")
    os.utime(stray, (old.stat().st_mtime,) * 2)
    other = tmp_path / "posters" / "theme-1" / "kit.typ"  # what is no entry is not touched
    other.parent.mkdir()
    other.write_bytes(b"")
    os.utime(other, (old.stat().st_mtime,) * 2)
    tidy(tmp_path)
    left = {file.name for file in (tmp_path / "posters").iterdir()}
    assert left == {new.name, new.with_suffix(".json").name, "theme-1"}


def test_of_too_much_the_longest_unused_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (2, 3, 4, 5):
        kept(tmp_path, f"unused for {days} days", days * DAY)
    total = sum(file.stat().st_size for file in (tmp_path / "posters").iterdir())
    monkeypatch.setattr(cache, "MOST", total - 10)
    tidy(tmp_path)
    assert [days for days in (2, 3, 4, 5) if is_kept(tmp_path, f"unused for {days} days")] == [
        2,
        3,
        4,
    ]


def test_what_a_build_uses_stays_however_much_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST", 1)
    kept(tmp_path, "by another build", BUSY / 2)
    kept(tmp_path, "of last week", 7 * DAY)
    kept(tmp_path, "taken again", 7 * DAY)
    assert is_kept(tmp_path, "taken again")
    tidy(tmp_path)
    assert is_kept(tmp_path, "by another build")
    assert is_kept(tmp_path, "taken again")
    assert not is_kept(tmp_path, "of last week")


def test_a_clock_that_was_ahead_keeps_nothing_for_ever(tmp_path: Path) -> None:
    kept(tmp_path, "made in years to come", -3 * 365 * DAY)
    tidy(tmp_path)
    assert not (
        tmp_path / "posters" / f"{shelf(tmp_path).key('made in years to come')}.pdf"
    ).exists()


def test_what_another_run_puts_there_meanwhile_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody replace a file that another run is reading at that moment."""
    key = shelf(tmp_path).key("a")
    shelf(tmp_path).put(key, {".pdf": b"a"}, 1)

    def busy(file: Path, content: bytes) -> None:
        raise PermissionError(13, "in use", str(file))

    monkeypatch.setattr(cache, "write_whole", busy)
    assert shelf(tmp_path).put(key, {".pdf": b"a"}, 1).facts == 1
    with pytest.raises(PermissionError):
        shelf(tmp_path).put(shelf(tmp_path).key("b"), {".pdf": b"b"})


def test_a_file_that_goes_while_the_shelves_are_looked_over_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays, goes = kept(tmp_path, "stays"), kept(tmp_path, "goes")
    look = os.scandir

    def look_and_lose(folder: Path) -> list[os.DirEntry[str]]:
        there = list(look(folder))
        goes.unlink(missing_ok=True)
        return there

    monkeypatch.setattr(cache.os, "scandir", look_and_lose)
    tidy(tmp_path)
    assert stays.exists()
