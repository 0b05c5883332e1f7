"""What was changed since its approval is published as it was approved, where that is kept."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from boards.amend.approval import Steps, amended_files, awaiting
from boards.board.board import Board
from boards.board.folder import KEPT
from boards.board.kept import keep, read_kept
from boards.check import check_folders
from boards.cli import main
from boards.editions.edition import Edition, EditionName
from boards.editions.editions import prepare
from boards.packs.shareable import photos_of, shareable
from boards.posters.register import review
from boards.records import Audience
from boards.report import as_text, redactions
from helpers import AGREED, MINIMAL, TODAY, check_tree, read_board, report, settle, write_tree
from sites import ROOT, build_site, change, copy_site, tree

PUBLISH = Edition(EditionName.PUBLISH, TODAY)
CASE = "data/cases/fault-crossing.yml"
MEMBERS, QUARTER = "data/members.yml", "data/quarters/2019-Q1.yml"
PHOTO = "    photo:\n      file: media/wang.jpg\n      alt: 王伟在井口\n"
JOB = "    name: 王伟\n    job: 班长\n"


def approved(root: Path, more: str = "", job: str = JOB) -> Path:
    """The small site, all of it approved and kept as it is; `more` is said of 王伟."""
    write_tree(root, MINIMAL)
    change(root / MEMBERS, "    name: 王伟\n", f"{job}{more}")
    settle(root)
    (root / "data" / KEPT).write_bytes(keep(read_board(root)))
    return root


def published(root: Path) -> Board:
    return prepare(read_board(root), PUBLISH)[0]


def told(root: Path) -> str:
    return as_text(PUBLISH, redactions(read_board(root), PUBLISH))


def test_one_changed_job_title_does_not_stop_the_publishing(tmp_path: Path) -> None:
    """王伟 is the star of the quarter, on a plate and in a crew."""
    root = approved(tmp_path)
    change(root / MEMBERS, "job: 班长", "job: 副队长")
    assert [row.id for row in awaiting(read_board(root))] == ["wang-wei"]
    assert published(root).members["wang-wei"].job == "班长"
    assert "人员“王伟”的 新改的内容：待审，先用上次审批的  data/members.yml:12" in told(root)
    shown = prepare(read_board(root), Edition(EditionName.PREVIEW, TODAY))[0]
    assert shown.members["wang-wei"].job == "副队长"
    assert not shown.is_approved(shown.members["wang-wei"])


def test_publish_says_what_went_out_as_it_was_approved(tmp_path: Path) -> None:
    root = approved(tmp_path)
    change(root / MEMBERS, "job: 班长", "job: 副队长")
    said = CliRunner().invoke(main, ["publish", "--folder", str(root), "--date", "2026-11-23"])
    assert said.exit_code == 0, said.output
    assert "人员“王伟”改过，待审，先用上次审批的  data/members.yml:12\n" in said.output
    assert "待审的核对以后审批：boards approve wang-wei\n" in said.output
    site = b"".join(tree(root / "publish").values())
    assert "班长".encode() in site
    assert "副队长".encode() not in site
    assert not list((root / "publish").rglob(KEPT))


@pytest.mark.parametrize(
    "command", [("posters", "--list", "--publish"), ("poster", "star", "2019-Q1", "--publish"),
                ("share", "--list")],
)  # fmt: skip
def test_posters_and_packs_say_that_a_change_waits(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    root = approved(tmp_path)
    change(root / CASE, "headline: 每班一量", "headline: 一班一量")
    day = ("--folder", str(root), "--date", "2026-11-23")
    said = CliRunner().invoke(main, [*command, *day])
    assert said.exit_code == 0, said.output
    assert "案例“Ⅱ830工作面过断层”改过，待审，先用上次审批的  data/cases/" in said.output
    assert "待审的核对以后审批：boards approve fault-crossing\n" in said.output


def test_a_pack_says_whose_circle_keeps_a_name_out(tmp_path: Path) -> None:
    root = approved(tmp_path)
    board = read_board(root)
    assert board.cases["fault-crossing"].people == ("zhu-jun-wen",)
    change(root / CASE, "  - zhu-jun-wen\n", "  - zhu-jun-wen\n  - wang-wei\n")
    settle(root)
    day = ("--folder", str(root), "--date", "2026-11-23")
    said = CliRunner().invoke(main, ["share", "case", "fault-crossing", *day])
    assert said.exit_code == 0, said.output
    assert (
        "略去 案例“Ⅱ830工作面过断层”的 people[2]（人员）"
        "（要用到的人员“王伟”不在这一版里（公开范围只到矿内网））" in said.output
    )
    assert (
        "    改法：要公开人员“王伟”，把它的公开范围（audience）改成 sister-units（兄弟单位），"
        "再审批：boards approve wang-wei\n" in said.output
    )


def test_approving_keeps_the_wording_and_later_ones_take_its_place(tmp_path: Path) -> None:
    root = approved(tmp_path)
    (root / "data" / KEPT).unlink()
    steps = Steps("张内勤", "李宣传", "王书记", datetime.date(2019, 7, 8))
    for job in ("副队长", "队长"):
        board = read_board(root)
        text = (root / MEMBERS).read_text(encoding="utf-8")
        old = str(board.members["wang-wei"].job)
        (root / MEMBERS).write_text(text.replace(f"job: {old}", f"job: {job}"), encoding="utf-8")
        board = read_board(root)
        for file, content in amended_files(
            board, root, [board.members["wang-wei"]], steps, TODAY
        ).items():
            assert content is not None
            file.write_bytes(content)
    lines = (root / "data" / KEPT).read_text(encoding="utf-8").splitlines()
    jobs = [json.loads(line)["record"].get("job") for line in lines if "wang-wei" in line]
    assert "队长" in jobs and "副队长" not in jobs
    change(root / MEMBERS, "job: 队长", "job: 顾问")
    assert published(root).members["wang-wei"].job == "队长"


def test_what_only_the_branch_may_see_is_not_kept(tmp_path: Path) -> None:
    more = "    contact: 内线八八六\n    remark: 只给支部看\n"
    root = approved(tmp_path, more)
    text = (root / "data" / KEPT).read_text(encoding="utf-8")
    assert "王伟" in text
    for private in ("内线八八六", "只给支部看", "consent"):
        assert private not in text


def test_what_is_asked_anew_is_as_it_is_now(tmp_path: Path) -> None:
    root = approved(tmp_path)
    change(root / MEMBERS, "job: 班长", "job: 副队长")
    change(root / MEMBERS, AGREED, "    left_on: 2026-11-01\n")
    (root / "data/coverage.yml").unlink()
    text = (root / "data/zones.yml").read_text(encoding="utf-8")
    (root / "data/zones.yml").write_text(text.replace("- wang-wei", "- zhu-jun-wen"), "utf-8")
    settle_all_but(root, "wang-wei")
    board = published(root)
    assert board.members["wang-wei"].job == "班长"
    assert board.members["wang-wei"].left_on
    assert board.quarters["2019-Q1"].talks == (), "he has taken back his consent"


def settle_all_but(root: Path, key: str) -> None:
    """Approve what else was changed."""
    board = read_board(root)
    text = (root / MEMBERS).read_text(encoding="utf-8")
    settle(root)
    assert key in board.members
    (root / MEMBERS).write_text(text, encoding="utf-8")


def test_a_circle_that_was_narrowed_is_narrow_at_once(tmp_path: Path) -> None:
    root = approved(tmp_path)
    file = root / "data/honours.yml"
    text = file.read_text(encoding="utf-8").replace("title: 五星红旗党支部", "title: 六星党支部")
    file.write_text(text.replace("audience: public", "audience: intranet", 1), encoding="utf-8")
    board = read_board(root)
    near, _ = prepare(board, PUBLISH)
    assert near.honours["five-star-2016"].title == "五星红旗党支部"
    assert near.honours["five-star-2016"].audience is Audience.INTRANET
    far, _ = prepare(board, Edition(EditionName.PUBLISH, TODAY, Audience.SISTER_UNITS))
    assert "five-star-2016" not in far.honours
    file.write_text(text.replace("audience: public", "audience: branch", 1), encoding="utf-8")
    assert "five-star-2016" not in published(root).honours


def test_a_picture_that_was_replaced_is_left_out_of_the_kept_wording(tmp_path: Path) -> None:
    photo = tmp_path / "data/media/wang.jpg"
    photo.parent.mkdir(parents=True)
    Image.new("RGB", (60, 80), "brown").save(photo)
    root = approved(tmp_path, PHOTO)
    assert published(root).members["wang-wei"].photo
    Image.new("RGB", (60, 80), "navy").save(photo)
    assert published(root).members["wang-wei"].photo is None
    change(root / MEMBERS, "job: 班长", "job: 副队长")
    board = published(root)
    assert (board.members["wang-wei"].photo, board.members["wang-wei"].job) == (None, "班长")
    assert report(check_tree(root)).count("审批以后内容改过") == 1


def test_who_takes_an_approval_out_has_nothing_published(tmp_path: Path) -> None:
    root = approved(tmp_path)
    file = root / "data/honours.yml"
    text = file.read_text(encoding="utf-8")
    start = text.index("    review:\n")
    end = text.index("  - id: model-worker")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    assert "five-star-2016" not in published(root).honours


@pytest.mark.parametrize("harm", ["changed", "gone", "binary", "line"])
def test_a_kept_wording_that_is_not_as_it_was_approved_is_none(tmp_path: Path, harm: str) -> None:
    root = approved(tmp_path)
    file = root / "data" / KEPT
    if harm == "gone":
        file.unlink()
    elif harm == "changed":
        change(file, "五星红旗党支部", "七星红旗党支部")
    else:
        file.write_bytes(b"\xff\xfe" if harm == "binary" else b"{}\n[]\n1\n")
    change(root / "data/honours.yml", "title: 五星红旗党支部", "title: 六星党支部")
    assert "five-star-2016" not in published(root).honours
    if harm == "changed":
        change(root / MEMBERS, "job: 班长", "job: 副队长")
        assert published(root).members["wang-wei"].job == "班长", "the other lines hold"


def test_where_nothing_is_kept_what_needs_it_goes_too_and_the_command_is_given(
    tmp_path: Path,
) -> None:
    root = approved(tmp_path)
    (root / "data" / KEPT).unlink()
    change(root / MEMBERS, "job: 班长", "job: 副队长")
    board, left_out = prepare(read_board(root), PUBLISH)
    assert "2019-Q1" not in board.quarters
    assert {row.cure for row in left_out if row.kind == "季度"} == {
        "先审批人员“王伟”：boards approve wang-wei"
    }


def test_a_kept_wording_that_fits_no_longer_is_left_out_and_blocks_nothing(tmp_path: Path) -> None:
    """The crew was approved with somebody who has left since; its new list awaits approval."""
    root = approved(tmp_path)
    change(root / MEMBERS, "    name: 祝君文\n", "    name: 祝君文\n    left_on: 2026-11-01\n")
    file = root / "data/coverage.yml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("        heads: 12\n      - member: zhu-jun-wen\n        heads: 8\n",
                        "        heads: 20\n")  # fmt: skip
    file.write_text(text, encoding="utf-8")
    assert published(root).crews == {}
    assert "班组“采煤一班”：待审，审批以后改过" in told(root)


def test_a_pack_is_of_the_approved_wording_with_its_own_pictures(tmp_path: Path) -> None:
    write_tree(tmp_path, MINIMAL)
    case = tmp_path / "data/cases/fault-crossing.yml"
    text = case.read_text(encoding="utf-8")
    picture = "  - file: media/{0}.jpg\n    alt: 现场{0}\n    people:\n      - nobody\n"
    figures = "".join(map(picture.format, (1, 2, 3)))
    case.write_text(f"{text}figures:\n{figures}", encoding="utf-8")
    for number in (1, 2, 3):
        file = tmp_path / f"data/media/{number}.jpg"
        file.parent.mkdir(exist_ok=True)
        Image.new("RGB", (60, 80), (number, 0, 0)).save(file)
    settle(tmp_path)
    (tmp_path / "data" / KEPT).write_bytes(keep(read_board(tmp_path)))
    change(case, "    alt: 现场1\n", "    alt: 井口\n")
    change(case, picture.format(2), "")
    board = read_board(tmp_path)
    shared = next(r for r in shareable(board, PUBLISH, Audience.SISTER_UNITS) if r.type == "case")
    assert [row.alt for row in shared.figures] == ["现场1", "现场3"]
    named = {name: photo.alt for name, photo in photos_of(board, shared).items()}
    assert named == {"images/1.jpg": "现场1", "images/2.jpg": "现场3"}
    assert review(board, TODAY)


PICTURE = "  - file: media/{0}.jpg\n    alt: 现场{0}\n    people:\n      - {1}\n"


def pictured(root: Path, *people: str) -> Path:
    """The small site with pictures of these people in its case, approved, then reworded."""
    write_tree(root, MINIMAL)
    case = root / CASE
    figures = "".join(PICTURE.format(*row) for row in enumerate(people, 1))
    case.write_text(f"{case.read_text(encoding='utf-8')}figures:\n{figures}", encoding="utf-8")
    for number in range(1, len(people) + 1):
        file = root / f"data/media/{number}.jpg"
        file.parent.mkdir(exist_ok=True)
        Image.new("RGB", (60, 80), (number, 0, 0)).save(file)
    settle(root)
    (root / "data" / KEPT).write_bytes(keep(read_board(root)))
    change(case, "headline: 每班一量", "headline: 一班一量")
    return root


def pictures_of(root: Path) -> list[str]:
    case = published(root).cases["fault-crossing"]
    assert case.headline == "每班一量", "as it was approved"
    return [figure.alt for figure in case.figures]


def test_whoever_turns_out_to_be_in_a_picture_is_asked_first(tmp_path: Path) -> None:
    root = pictured(tmp_path, "nobody", "wang-wei")
    assert pictures_of(root) == ["现场1", "现场2"]
    change(root / CASE, "      - nobody\n", "      - zhu-jun-wen\n")
    assert pictures_of(root) == ["现场2"], "it was approved as a picture of nobody"
    change(root / MEMBERS, AGREED, AGREED.replace("site: true", "site: false"))
    assert pictures_of(root) == [], "he has taken back his consent"


def test_what_was_taken_out_is_out_at_once(tmp_path: Path) -> None:
    root = pictured(tmp_path, "nobody", "wang-wei")
    change(root / CASE, PICTURE.format(2, "wang-wei"), "")
    assert pictures_of(root) == ["现场1"]
    text = (root / QUARTER).read_text(encoding="utf-8")
    assert published(root).quarters["2019-Q1"].talks
    start = text.index("talks:\n")
    end = text.index("\n", text.index("    text:", start)) + 1
    (root / QUARTER).write_text(text[:start] + text[end:], encoding="utf-8")
    assert [row.id for row in awaiting(read_board(root))] == ["fault-crossing", "2019-Q1"]
    assert published(root).quarters["2019-Q1"].talks == ()


def test_a_record_that_was_removed_does_not_come_back(tmp_path: Path) -> None:
    root = approved(tmp_path)
    (root / CASE).unlink()
    board = read_board(root)
    assert published(root).cases == {}
    assert [r for r in shareable(board, PUBLISH, Audience.PUBLIC) if r.type == "case"] == []
    assert b"fault-crossing" in (root / "data" / KEPT).read_bytes()
    assert b"fault-crossing" not in keep(board), "it goes with the next approval"


@pytest.mark.parametrize("step", ["approved_by: 支部书记", "checked_by: 李宣传"])
def test_an_approval_that_was_taken_back_keeps_nothing(tmp_path: Path, step: str) -> None:
    root = approved(tmp_path)
    change(root / "data/coverage.yml", f"      {step}\n", "")
    assert published(root).crews == {}
    change(root / "data/coverage.yml", "name: 采煤一班", "name: 采煤甲班")
    assert published(root).crews == {}


def test_a_kept_text_may_hold_any_line_end(tmp_path: Path) -> None:
    root = write_tree(tmp_path, MINIMAL)
    change(root / CASE, "headline: 每班一量", 'headline: "每班\\u2028一量"')
    settle(root)
    board = read_board(root)
    (root / "data" / KEPT).write_bytes(keep(board))
    assert set(read_kept(root / "data")) == {
        (row.table, row.id) for row in board.records() if board.is_approved(row)
    }


def test_a_file_of_wordings_is_no_stranger_and_travels_with_the_data(tmp_path: Path) -> None:
    root = approved(tmp_path / "a")
    assert report(check_tree(root)) == ""
    shutil.copytree(root / "data", tmp_path / "b" / "data")
    shutil.copytree(root / "content", tmp_path / "b" / "content")
    change(tmp_path / "b" / MEMBERS, "job: 班长", "job: 副队长")
    assert published(tmp_path / "b").members["wang-wei"].job == "班长"


def test_this_repository_has_nothing_that_awaits_approval() -> None:
    """Whoever changes a record of the example runs `boards approve` on it."""
    board, _ = check_folders(ROOT / "data", ROOT / "content", TODAY)
    assert [row.id for row in awaiting(board)] == []
    assert (ROOT / "data" / KEPT).read_bytes() == keep(board)


def test_a_kept_wording_builds_a_whole_site(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/branch.yml", "motto: 围绕", "motto: 紧紧围绕")
    site = tree(build_site(root, EditionName.PUBLISH).target)
    assert "紧紧围绕".encode() not in b"".join(site.values())
