"""Samples are shown, then removed at once with all that names them, and nothing real goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.amend.starter import make_site
from boards.cli import main
from boards.editions.edition import EditionName
from dirty_photos import pixels
from helpers import MINIMAL, TODAY, changed, check_tree, read_board, report, write_tree
from sites import build_site, change, copy_site, tree

ANSWERS = {
    "name": "综采一区党支部",
    "unit": "综采一区",
    "mine": "某某煤矿",
    "group": "某某集团",
    "brand": "党员先锋岗",
    "id": "zong-cai-yi-qu",
}


def run(root: Path, *arguments: str, typed: str = "", code: int = 0) -> str:
    where = ["--folder", str(root)]
    done = CliRunner().invoke(main, ["samples", *arguments, *where], input=typed)
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A site as `boards new` makes it: all of it samples but the branch and its zones."""
    return make_site(tmp_path / "site", ANSWERS, TODAY)


def test_they_are_shown_before_anything_is_removed(new: Path) -> None:
    before = tree(new)
    said = run(new, "remove", typed="n\n", code=1)
    assert "人员\n  党员甲（data/members.yml:5）\n" in said
    assert "（content/write-ups/sample-spill-tray.md:2）" in said
    assert "条示例全部删掉吗？" in said
    assert "什么也没有删" in said
    assert tree(new) == before
    assert "一次删完：boards samples remove" in run(new)
    assert tree(new) == before


def test_all_go_at_once_with_files_of_their_own_and_are_kept_aside(new: Path) -> None:
    before = tree(new)
    said = run(new, "remove", "--date", str(TODAY), typed="y\n")
    board = read_board(new)
    assert not any(getattr(row, "sample", False) for row in board.everything())
    assert not board.articles
    assert report(check_tree(new)) == ""
    assert len(board.zones) == 4
    backup = new / "backups" / f"{TODAY}-samples"
    kept = "content/write-ups/sample-spill-tray.md"
    assert (backup / kept).read_bytes() == before[kept]
    assert not (new / kept).exists()
    assert f"备份在 {backup}" in said
    assert "没有可删的示例" in run(new, "remove")


def test_nothing_real_is_changed(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site", made=False)
    real = {
        (row.table, row.id): row
        for row in read_board(root).everything()
        if not getattr(row, "sample", False)
    }
    run(root, "remove", "--yes")
    after = {(row.table, row.id): row for row in read_board(root).everything()}
    assert after == real
    for edition in EditionName:
        build_site(root, edition)


def test_real_records_lose_what_they_said_of_a_sample(tmp_path: Path) -> None:
    files = changed(
        "data/cases/fault-crossing.yml", "  - zhu-jun-wen\n", "  - zhu-jun-wen\n  - sample-jia\n"
    )
    root = write_tree(tmp_path, files)
    said = run(root, "remove", typed="y\n")
    assert "案例“Ⅱ830工作面过断层”的“人员”提到示例，提到的去掉" in said
    assert read_board(root).cases["fault-crossing"].people == ("zhu-jun-wen",)


def with_photos(root: Path) -> Path:
    """One photo of a sample alone, one that a real record shows as well."""
    shows = "    name: {}\n    photo:\n      file: media/{}\n      alt: 正面照\n"
    files = {**MINIMAL, "content/note.txt": "无关的文件"}
    text = str(files["data/members.yml"])
    text = text.replace("    name: 党员甲\n", shows.format("党员甲", "jia.jpg"))
    text = text.replace("    name: 王伟\n", shows.format("王伟", "wang.jpg"))
    text += shows.format("党员乙", "wang.jpg").replace("    name", "\n  - id: sample-yi\n    name")
    files["data/members.yml"] = f"{text}    standing: member\n    sample: true\n"
    root = write_tree(root, files)
    (root / "data/media").mkdir()
    for name in ("jia.jpg", "wang.jpg", "nobodys.jpg"):
        pixels().save(root / "data/media" / name)
    return root


def test_photos_that_only_samples_show_go_as_well_and_no_others(tmp_path: Path) -> None:
    root = with_photos(tmp_path)
    photo = (root / "data/media/jia.jpg").read_bytes()
    said = run(root, "remove", "--date", str(TODAY), typed="y\n")
    assert "照片 data/media/jia.jpg（只有示例用到）" in said
    assert sorted(p.name for p in (root / "data/media").iterdir()) == ["nobodys.jpg", "wang.jpg"]
    assert (root / f"backups/{TODAY}-samples/data/media/jia.jpg").read_bytes() == photo
    assert " 错误 " not in report(check_tree(root))


def test_no_photo_goes_where_a_record_that_may_show_it_cannot_be_read(tmp_path: Path) -> None:
    root = with_photos(tmp_path)
    change(root / "data/members.yml", "    name: 王伟\n", "    name: 王伟（班长）\n")
    run(root, "remove", "--yes")
    assert "sample-jia" not in read_board(root).members
    assert (root / "data/media/jia.jpg").exists()


def test_what_a_real_record_cannot_do_without_is_told_and_nothing_goes(tmp_path: Path) -> None:
    files = changed("data/honours.yml", "holder: zhu-jun-wen", "holder: sample-jia")
    root = write_tree(tmp_path, files)
    before = tree(root)
    said = run(root, "remove", "--yes", code=1)
    assert "找不到编号“sample-jia”" in said
    assert "先改好再删" in said
    assert tree(root) == before


def test_samples_that_a_site_cannot_do_without_stay_and_are_told(tmp_path: Path) -> None:
    text = str(MINIMAL["data/zones.yml"]).replace(
        "    name: 思想责任区\n", "    name: 思想责任区\n    sample: true\n"
    )
    root = write_tree(tmp_path, {**MINIMAL, "data/zones.yml": text})
    said = run(root, "remove", "--yes")
    assert "责任区“思想责任区”网站缺不了，留着" in said
    assert "thought" in read_board(root).zones


def test_a_sample_left_alone_by_hand_is_named_with_its_file(new: Path) -> None:
    for folder in ("cases", "quarters", "months"):
        shutil.rmtree(new / "data" / folder)
    said = report(check_tree(new))
    assert "content/write-ups/sample-spill-tray.md" in said
    assert "把文件 content/write-ups/sample-spill-tray.md 也删掉" in said
    assert "先登记被引用的记录" not in said
    run(new, "remove", "--yes")
    assert report(check_tree(new)) == ""


def test_a_write_up_left_alone_by_hand_is_named_with_its_file(tmp_path: Path) -> None:
    root = copy_site(tmp_path / "site", made=False)
    (root / "data/cases/ii1057-jack-seat.yml").unlink()
    said = report(check_tree(root))
    assert "那条不要了的话，把文件 content/write-ups/ii1057-jack-seat.md 也删掉" in said
