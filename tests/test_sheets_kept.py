"""A workbook that is kept as the ledger: read again and again, open, copied, sent and put back."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.cli import main
from boards.sheets import renewal
from boards.sheets.out import workbook
from helpers import TODAY, read_board
from sites import change, tree
from workbooks import Cells, opened, put, saved

NAME = "台账.xlsx"


@pytest.fixture
def ledger(site: Path) -> Path:
    """The small site's workbook, as it was written."""
    file = site / NAME
    file.write_bytes(workbook(read_board(site), TODAY))
    return file


def read(file: Path, site: Path, answer: str = "y", code: int = 0) -> str:
    arguments = ["sheets", "in", str(file), "--folder", str(site), "--date", str(TODAY)]
    done = CliRunner().invoke(main, arguments, input=f"{answer}\n")
    assert done.exit_code == code, done.output
    return done.output


def pledge(site: Path, member: str = "wang-wei") -> str | None:
    return read_board(site).members[member].pledge


@pytest.fixture(params=["closed", "open in WPS", "locked by the system"])
def hold(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How the workbook is held while it is read; only a closed one can be written into."""
    if request.param == "locked by the system":
        whole = renewal.write_whole

        def refusing(file: Path, content: bytes) -> None:
            if file.name == NAME:
                raise PermissionError(13, "Permission denied", str(file))
            whole(file, content)

        monkeypatch.setattr(renewal, "write_whole", refusing)
    yield request.param


class Ledger:
    """A workbook in a program: what is typed is saved over the file, as WPS does."""

    def __init__(self, file: Path, hold: str) -> None:
        self.file = file
        self.hold = hold
        self.cells = opened(file.read_bytes())

    def type(self, value: str, heading: str = "承诺", row: int = 3) -> None:
        if self.hold == "closed":  # it is opened anew for every edit
            self.cells = opened(self.file.read_bytes())
        else:
            (self.file.parent / f"~${NAME}").touch()
        put(self.cells, "人员", row, heading, value)
        self.file.write_bytes(saved(self.cells))


def test_the_same_workbook_is_read_again_and_again(site: Path, ledger: Path, hold: str) -> None:
    book = Ledger(ledger, hold)
    for words in ("尺子面前人人一样。", "量了再说。", "尺子面前人人一样。", "每班先走一遍。"):
        book.type(words)
        said = read(ledger, site)
        assert "→ " + words in said
        assert pledge(site) == words
        assert f"{NAME} 可以接着填" in said


def test_a_correction_made_back_to_the_first_value_is_none_that_is_dropped(
    site: Path, ledger: Path, hold: str
) -> None:
    book = Ledger(ledger, hold)
    book.type("电工", "职务或工种")
    read(ledger, site)
    book.type("", "职务或工种")
    said = read(ledger, site)
    assert "职务或工种：电工 → （空）" in said
    assert read_board(site).members["wang-wei"].job is None


def test_what_was_changed_in_yaml_meanwhile_stays_and_is_told_once(
    site: Path, ledger: Path, hold: str
) -> None:
    book = Ledger(ledger, hold)
    book.type("量了再说。")
    read(ledger, site)
    change(site / "data/members.yml", "pledge: 量了再说。", "pledge: 量了再说。\n    job: 电工")
    assert "在台账里改过、表里还是旧的，保留台账里的：人员“王伟”" in read(ledger, site)
    book.type("先量后说。")
    said = read(ledger, site)
    assert "保留台账里的" not in said
    assert read_board(site).members["wang-wei"].job == "电工", "other fields are merged"
    assert pledge(site) == "先量后说。"


def test_words_approved_meanwhile_can_be_edited_in_the_workbook(
    site: Path, ledger: Path, hold: str
) -> None:
    book = Ledger(ledger, hold)
    book.type("量了再说。")
    assert "要重新审批：王伟" in read(ledger, site)
    names = ["--checked-by", "李宣传", "--approved-by", "王书记"]
    arguments = ["approve", "wang-wei", *names, "--folder", str(site)]
    done = CliRunner().invoke(main, arguments, env={"SOURCE_DATE_EPOCH": "1795435200"})
    assert done.exit_code == 0, done.output
    book.type("先量后说。")
    said = read(ledger, site)
    assert "承诺：量了再说。 → 先量后说。" in said
    assert "要重新审批：王伟" in said
    board = read_board(site)
    assert not board.is_approved(board.members["wang-wei"])


def test_a_real_conflict_shows_both_values(site: Path, ledger: Path, hold: str) -> None:
    book = Ledger(ledger, hold)
    book.type("量了再说。")
    read(ledger, site)
    change(site / "data/members.yml", "pledge: 量了再说。", "pledge: 说了再量。")
    book.type("先量后说。")
    before = tree(site / "data")
    said = read(ledger, site, code=1)
    assert f"{NAME} 人员!F3 错误 人员“王伟” 承诺：上次一致以后台账和表里都改过" in said
    assert "台账里是“说了再量。”、表里是“先量后说。”" in said
    assert tree(site / "data") == before
    book.type("说了再量。")
    assert "没有改动" in read(ledger, site), "made alike, it is settled"
    book.type("先量后说。")
    read(ledger, site)
    assert pledge(site) == "先量后说。"


def test_who_says_no_is_where_they_were(site: Path, ledger: Path, hold: str) -> None:
    book = Ledger(ledger, hold)
    book.type("量了再说。")
    content = ledger.read_bytes()
    read(ledger, site, "n", code=1)
    assert ledger.read_bytes() == content
    assert not (site / ".boards" / "sheets").exists()
    read(ledger, site)
    assert pledge(site) == "量了再说。"


def test_a_copy_sent_on_carries_what_was_agreed(site: Path, ledger: Path, tmp_path: Path) -> None:
    Ledger(ledger, "closed").type("量了再说。")
    read(ledger, site)
    sent = tmp_path / "微信" / "台账(1).xlsx"
    sent.parent.mkdir()
    shutil.copy(ledger, sent)
    Ledger(sent, "closed").type("先量后说。")
    assert "承诺：量了再说。 → 先量后说。" in read(sent, site)
    Ledger(sent, "closed").type("量了再说。")
    assert "承诺：先量后说。 → 量了再说。" in read(sent, site)


def test_two_copies_of_one_workbook_are_merged(site: Path, ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一份" / NAME
    other.parent.mkdir()
    shutil.copy(ledger, other)
    Ledger(ledger, "closed").type("量了再说。")
    Ledger(other, "closed").type("采煤机司机", "职务或工种")
    read(ledger, site)
    said = read(other, site)
    assert "职务或工种：（空） → 采煤机司机" in said
    member = read_board(site).members["wang-wei"]
    assert (member.pledge, member.job) == ("量了再说。", "采煤机司机")


def test_two_copies_that_differ_in_one_cell_are_a_conflict(
    site: Path, ledger: Path, tmp_path: Path
) -> None:
    other = tmp_path / "另一份" / NAME
    other.parent.mkdir()
    shutil.copy(ledger, other)
    Ledger(ledger, "closed").type("量了再说。")
    Ledger(other, "closed").type("先量后说。")
    read(ledger, site)
    assert "台账里是“量了再说。”、表里是“先量后说。”" in read(other, site, code=1)
    assert pledge(site) == "量了再说。"


def with_time(content: bytes, time: str) -> bytes:
    """A workbook that says it was saved at another time."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                head, _, rest = data.decode().rpartition('W3CDTF">')
                data = f'{head}W3CDTF">{time}{rest[20:]}'.encode()
            new.writestr(name, data)
    return target.getvalue()


def test_an_older_state_that_was_put_back_undoes_nothing(site: Path, ledger: Path) -> None:
    old = with_time(ledger.read_bytes(), "2026-11-20T08:00:00Z")
    book = Ledger(ledger, "open in WPS")
    book.type("量了再说。")
    ledger.write_bytes(with_time(ledger.read_bytes(), "2026-11-21T08:00:00Z"))
    read(ledger, site)
    ledger.write_bytes(old)
    said = read(ledger, site)
    assert "没有改动" in said
    assert "保留台账里的：人员“王伟”" in said
    assert pledge(site) == "量了再说。"


def test_only_the_hidden_register_of_the_workbook_is_written(site: Path, ledger: Path) -> None:
    Ledger(ledger, "closed").type("量了再说。")
    before = ledger.read_bytes()
    read(ledger, site)
    parts = []
    for content in (before, ledger.read_bytes()):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts.append({item.filename: packed.read(item) for item in packed.infolist()})
    differing = [name for name in parts[0] if parts[0][name] != parts[1][name]]
    assert parts[0].keys() == parts[1].keys()
    assert len(differing) == 1
    old, new = opened(before), opened(ledger.read_bytes())
    assert [name for name in old if old[name] != new[name]] == ["导出登记"]


def test_a_new_workbook_in_the_place_of_an_old_one_starts_anew(site: Path, ledger: Path) -> None:
    first = (site / "data/members.yml").read_bytes()
    book = Ledger(ledger, "open in WPS")
    book.type("量了再说。")
    read(ledger, site)
    (site / "data/members.yml").write_bytes(first)
    where = ["--folder", str(site), "--date", str(TODAY)]
    assert (
        CliRunner().invoke(main, ["sheets", "out", str(ledger), "--replace", *where]).exit_code == 0
    )
    change(
        site / "data/members.yml", "    name: 王伟\n", "    name: 王伟\n    pledge: 量了再说。\n"
    )
    assert "保留台账里的：人员“王伟”" in read(ledger, site)


def test_where_nothing_can_be_noted_it_is_said(
    site: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Ledger(ledger, "closed").type("量了再说。")

    def full(file: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device", str(file))

    monkeypatch.setattr(renewal, "write_whole", full)
    assert "接着填以前，重新导出一份" in read(ledger, site)
    assert pledge(site) == "量了再说。"


def cells_of(file: Path) -> Cells:
    return opened(file.read_bytes())
