"""The print register: what hangs where, what of it to replace, and that it stays in the branch."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from boards.board.board import Board
from boards.editions.edition import Edition, EditionName, Surface
from boards.editions.editions import prepare
from boards.errors import BoardError
from boards.formats import KINDS
from boards.posters.register import Hanging, Status, review
from boards.posters.setting import version
from boards.posters.views import all_posters
from boards.site.search import entries, script
from boards.site.whole import Makings, whole_site
from helpers import (
    MINIMAL,
    TODAY,
    changed,
    check_tree,
    read_board,
    report,
    settle,
    wang_wei,
    without,
    write_tree,
)
from sites import ROOT, copy_site
from test_cli import run

PRINTS = "data/prints.yml"
QUARTER = "data/quarters/2019-Q1.yml"
NARROW = "audience: branch"
MEMBERS = "data/members.yml"
ZONES = "data/zones.yml"
Files = dict[str, str | bytes]


def text_of(files: Files, name: str) -> str:
    text = files[name]
    assert isinstance(text, str)
    return text


def register(*rows: dict[str, str]) -> str:
    """data/prints.yml with these rows; what a row leaves out is filled in."""
    usual = {"version": "3F9A1C02", "printed_on": "2019-07-08", "place": "井口等候室"}
    lines = ["prints:"]
    for row in rows:
        fields = {"size": KINDS[kind_of(row["poster"])].default, **usual, **row}
        lines += [f"    {name}: {value}" for name, value in fields.items()]
        lines[-len(fields)] = lines[-len(fields)].replace("    ", "  - ", 1)
    return "\n".join(lines) + "\n"


def hanging(root: Path, files: Files, *rows: dict[str, str]) -> list[Hanging]:
    board = read_board(settle(write_tree(root, {**files, PRINTS: register(*rows)})))
    assert len(board.prints) == len(rows)
    return review(board, TODAY)


def present(root: Path, files: Files, poster: str, name: EditionName = EditionName.PUBLISH) -> str:
    """The version that an edition prints at the foot of a poster today."""
    return made(settle(write_tree(root / "present", files)), name)[poster]


def later(root: Path, before: Files, after: Files, poster: str, **fields: str) -> Hanging:
    """What is said of a poster that was printed from `before` when the records are `after`."""
    row = {"poster": poster, "version": present(root, before, poster), **fields}
    (found,) = hanging(root, after, row)
    return found


def made(root: Path, name: EditionName) -> dict[str, str]:
    """Every poster an edition makes, with its version."""
    edition = Edition(name, TODAY, surfaces=frozenset({Surface.PRINT}))
    board, _ = prepare(read_board(root), edition)
    return {poster.id: version(board, poster) for poster in all_posters(board, edition)}


def kind_of(poster: str) -> str:
    return next(kind for kind in KINDS if f"{poster}-".startswith(f"{kind}-"))


def unapproved(name: str = QUARTER) -> Files:
    text = text_of(MINIMAL, name)
    return {**MINIMAL, name: text.replace("  approved_by: 支部书记\n", "")}


def next_quarter(old: str = "", new: str = "") -> Files:
    """MINIMAL with another quarter after the first."""
    text = text_of(MINIMAL, QUARTER).replace("2019-04-03", "2019-07-03")
    text = text.replace("2019-04-12", "2019-07-12").replace(old, new)
    return {**MINIMAL, "data/quarters/2019-Q2.yml": text}


def without_wang_wei_at_work() -> Files:
    """MINIMAL where nobody would miss 王伟 but posters."""
    coverage = text_of(MINIMAL, "data/coverage.yml")
    coverage = coverage.replace("      - member: wang-wei\n        heads: 12\n", "")
    zones = text_of(MINIMAL, ZONES).replace("      - wang-wei\n", "      - zhu-jun-wen\n")
    return {
        **MINIMAL,
        "data/coverage.yml": coverage.replace("heads: 8", "heads: 20"),
        ZONES: zones,
    }


def after_leaving(day: str = "2019-08-01") -> Files:
    files = without_wang_wei_at_work()
    name = "    name: 王伟\n"
    return {**files, MEMBERS: text_of(files, MEMBERS).replace(name, f"{name}    left_on: {day}\n")}


# What the register accepts


def test_every_poster_there_is_can_be_registered(tmp_path: Path) -> None:
    for name, root in {
        "small": write_tree(tmp_path / "small", MINIMAL),
        "own": copy_site(tmp_path / "own"),
    }.items():
        before = report(check_tree(root))
        ids = [*made(root, EditionName.PREVIEW)]
        assert {kind_of(poster) for poster in ids} == KINDS.keys() - {"experience"}
        (root / PRINTS).write_text(register(*({"poster": poster} for poster in ids)), "utf-8")
        assert report(check_tree(root)) == before, name
        assert len(read_board(root).prints) == len(ids)


@pytest.mark.parametrize("typed", ["12345678", "00000001", "1E234567"])
def test_a_version_of_digits_stays_what_was_typed(tmp_path: Path, typed: str) -> None:
    root = write_tree(
        tmp_path, {**MINIMAL, PRINTS: register({"poster": "brand", "version": typed})}
    )
    assert check_tree(root) == []
    assert [row.version for row in read_board(root).prints.values()] == [typed]


def test_a_poster_may_be_printed_and_taken_down_today(tmp_path: Path) -> None:
    today = TODAY.isoformat()
    row = {"poster": "brand", "printed_on": today, "taken_down": today}
    assert check_tree(write_tree(tmp_path, {**MINIMAL, PRINTS: register(row)})) == []


def test_a_poster_may_hang_in_many_places_and_sizes(tmp_path: Path) -> None:
    rows = [{"poster": "star-2019-Q1"}, {"poster": "star-2019-Q1", "place": "区队会议室"},
            {"poster": "star-2019-Q1", "size": "A4"}]  # fmt: skip
    root = write_tree(tmp_path, {**MINIMAL, PRINTS: register(*rows)})
    assert check_tree(root) == []
    assert len(read_board(root).prints) == 3


def test_a_poster_that_was_taken_down_may_outlive_its_record(tmp_path: Path) -> None:
    row = {"poster": "star-2018-Q4", "printed_on": "2019-01-05"}
    assert check_tree(write_tree(tmp_path, {**MINIMAL, PRINTS: register(row)}))
    row["taken_down"] = "2019-04-08"
    assert check_tree(write_tree(tmp_path, {**MINIMAL, PRINTS: register(row)})) == []


def test_a_record_that_cannot_be_read_is_not_missed_again(tmp_path: Path) -> None:
    rows = register({"poster": "star-2019-Q1"}, {"poster": "desk-card-wang-wei"})
    files = {**changed(QUARTER, "score: 92", "score: 很好"), PRINTS: rows}
    assert [p.place.path for p in check_tree(write_tree(tmp_path, files))] == [QUARTER]
    files = {**changed(MEMBERS, "members:", "member:"), PRINTS: rows}
    assert [p.place.path for p in check_tree(write_tree(tmp_path, files))] == [MEMBERS]


def test_an_area_may_be_called_plain(tmp_path: Path) -> None:
    files = changed(ZONES, "id: face-upper", "id: face-plain")
    for poster, problems in (
        ("plate-face-plain", 0), ("plate-face-plain-plain", 0), ("plate-face", 1),
    ):  # fmt: skip
        root = write_tree(tmp_path, {**files, PRINTS: register({"poster": poster})})
        assert len(check_tree(root)) == problems, poster


def test_a_plate_for_underground_is_guessed_as_one(tmp_path: Path) -> None:
    row = {"poster": "plate-face-uper-plain"}
    (problem,) = check_tree(write_tree(tmp_path, {**MINIMAL, PRINTS: register(row)}))
    assert problem.hint.startswith("写错了就改成 plate-face-upper-plain；")


@pytest.mark.parametrize("text", [None, "prints:\n"])
def test_there_may_be_no_register(tmp_path: Path, text: str | None) -> None:
    root = write_tree(tmp_path, {**without(PRINTS), **({PRINTS: text} if text else {})})
    assert check_tree(root) == []
    assert review(read_board(root), TODAY) == []


# What is to be replaced


def test_what_was_just_printed_matches_whatever_its_size(tmp_path: Path) -> None:
    posters = made(write_tree(tmp_path / "made", MINIMAL), EditionName.PUBLISH)
    rows = [
        {"poster": poster, "version": printed, "size": size}
        for poster, printed in posters.items()
        for size in KINDS[kind_of(poster)].sizes
    ]
    found = hanging(tmp_path, MINIMAL, *rows)
    assert len(found) == len(rows) > 100
    for item in found:
        assert item.findings == (), item.row.poster
        assert item.statuses == (Status.MATCHES,)
        assert not item.to_replace
        assert item.present == item.row.version


def test_a_changed_citation_is_noticed(tmp_path: Path) -> None:
    after = changed(QUARTER, "citation: 每班先走一遍工作面。", "citation: 每班先查一遍顶板。")
    found = later(tmp_path, MINIMAL, after, "star-2019-Q1")
    assert found.statuses == (Status.CHANGED,)
    assert found.to_replace
    old, new = (present(tmp_path, files, "star-2019-Q1") for files in (MINIMAL, after))
    assert found.findings[0].found == f"印好以后内容改过：印的是版本 {old}，现在是 {new}"
    assert later(tmp_path, MINIMAL, after, "excellent-zone-2019-Q1").statuses == (Status.MATCHES,)


def test_a_row_knows_its_line(tmp_path: Path) -> None:
    (found,) = hanging(tmp_path, MINIMAL, {"poster": "brand"})
    assert (found.place.path, found.place.line) == (PRINTS, 2)


@pytest.mark.parametrize("poster", ["star-2019-Q1", "linkage-2019-Q1"])
def test_who_has_left_is_named_though_nothing_else_changed(tmp_path: Path, poster: str) -> None:
    before = without_wang_wei_at_work()
    found = later(tmp_path, before, after_leaving(), poster)
    assert found.statuses == (Status.LEFT,)
    assert found.findings[0].found == "上面有已经离开的人：王伟（2019年8月1日离开）"
    assert found.findings[0].hint == "换下"
    assert found.to_replace


def test_all_who_have_left_are_named_in_one_line(tmp_path: Path) -> None:
    after = after_leaving()
    text, name = text_of(after, MEMBERS), "    name: 祝君文\n"
    after[MEMBERS] = text.replace(name, f"{name}    left_on: 2019-09-01\n")
    found = later(tmp_path, without_wang_wei_at_work(), after, "roster")
    assert found.findings[0].found == (
        "上面有已经离开的人：王伟（2019年8月1日离开）、祝君文（2019年9月1日离开）"
    )


@pytest.mark.parametrize("poster", ["roster", "zone-quality"])
def test_who_has_left_is_named_on_posters_that_show_those_who_are_here(
    tmp_path: Path, poster: str
) -> None:
    before = without_wang_wei_at_work()
    found = later(tmp_path, before, after_leaving(), poster)
    assert found.statuses == (Status.LEFT, Status.CHANGED)
    assert "王伟" in found.findings[0].found
    assert later(tmp_path, after_leaving(), after_leaving(), poster).findings == ()
    printed_since = later(tmp_path, before, after_leaving(), poster, printed_on="2019-08-02")
    assert printed_since.statuses == (Status.CHANGED,)


@pytest.mark.parametrize("printed_on", ["2019-07-08", "2019-08-02"])
def test_the_card_of_somebody_who_has_left_is_taken_down(tmp_path: Path, printed_on: str) -> None:
    row = {"poster": "desk-card-wang-wei", "printed_on": printed_on}
    (found,) = hanging(tmp_path, after_leaving(), row)
    assert found.statuses == (Status.LEFT,)
    assert found.findings[0].hint == "撤下，在登记里填上 taken_down"


@pytest.mark.parametrize(("day", "left"), [("2026-11-23", True), ("2026-11-24", False)])
def test_nobody_has_left_before_the_day(tmp_path: Path, day: str, left: bool) -> None:
    found = later(tmp_path, without_wang_wei_at_work(), after_leaving(day), "star-2019-Q1")
    assert (Status.LEFT in found.statuses) is left


def test_posters_without_the_one_who_left_stay(tmp_path: Path) -> None:
    before = without_wang_wei_at_work()
    for poster in ("honours", "excellent-zone-2019-Q1", "desk-card-zhu-jun-wen", "zone-safety"):
        assert later(tmp_path, before, after_leaving(), poster).findings == ()


@pytest.mark.parametrize("kind", ["star", "excellent-zone", "linkage"])
def test_a_newer_quarter_replaces_an_older_one(tmp_path: Path, kind: str) -> None:
    found = later(tmp_path, MINIMAL, next_quarter(), f"{kind}-2019-Q1")
    assert found.statuses == (Status.OLDER,)
    assert found.to_replace
    assert found.findings[0].found == "已经有2019年第二季度的了"
    assert found.findings[0].hint == f"换上 {kind}-2019-Q2"
    assert later(tmp_path, next_quarter(), next_quarter(), f"{kind}-2019-Q2").findings == ()


def test_a_quarter_that_may_not_be_printed_yet_replaces_none(tmp_path: Path) -> None:
    after = next_quarter("  approved_by: 支部书记\n", "")
    assert later(tmp_path, MINIMAL, after, "star-2019-Q1").findings == ()
    both = {**after, QUARTER: text_of(unapproved(), QUARTER)}
    (found,) = hanging(tmp_path, both, {"poster": "star-2019-Q1"})
    assert Status.OLDER in found.statuses


@pytest.mark.parametrize("poster", ["plate-face-upper", "plate-face-upper-plain"])
@pytest.mark.parametrize(
    ("until", "statuses"),
    [("2026-11-22", (Status.EXPIRED,)), ("2026-11-23", (Status.MATCHES,))],
)
def test_a_plate_hangs_until_its_last_day(
    tmp_path: Path, poster: str, until: str, statuses: tuple[Status, ...]
) -> None:
    from_on = "    valid_from: 2019-01-01\n"
    files = changed(ZONES, from_on, f"{from_on}    valid_to: {until}\n")
    found = later(tmp_path, files, files, poster)
    assert found.statuses == statuses


def test_one_poster_may_have_several_faults(tmp_path: Path) -> None:
    after = {**next_quarter(), **after_leaving()}
    after[QUARTER] = text_of(MINIMAL, QUARTER).replace("先走一遍", "先查一遍")
    found = later(tmp_path, MINIMAL, after, "star-2019-Q1")
    assert found.statuses == (Status.OLDER, Status.LEFT, Status.CHANGED)


def test_what_was_taken_down_is_not_spoken_of(tmp_path: Path) -> None:
    row = {"poster": "star-2018-Q4", "printed_on": "2019-01-05"}
    assert len(hanging(tmp_path, MINIMAL, row)) == 1
    assert hanging(tmp_path, MINIMAL, {**row, "taken_down": "2019-04-08"}) == []


# What is not in every edition


def test_a_sample_matches_the_preview_and_is_called_one(tmp_path: Path) -> None:
    poster = "desk-card-sample-jia"
    row = {"poster": poster, "version": present(tmp_path, MINIMAL, poster, EditionName.PREVIEW)}
    (found,) = hanging(tmp_path, MINIMAL, row)
    assert found.statuses == (Status.PREVIEW,)
    assert found.findings[0].found == "内容没有变；但这是预览版，带“示例”标记"
    assert not found.to_replace


def test_a_poster_with_a_sample_on_it_is_told_from_the_published_one(tmp_path: Path) -> None:
    versions = {name: present(tmp_path, MINIMAL, "roster", name) for name in EditionName}
    assert len(set(versions.values())) == 2
    said = {}
    for name, printed in versions.items():
        (found,) = hanging(tmp_path, MINIMAL, {"poster": "roster", "version": printed})
        assert found.present == printed
        said[name] = found.statuses
    assert said == {
        EditionName.PREVIEW: (Status.PREVIEW,), EditionName.PUBLISH: (Status.MATCHES,),
    }  # fmt: skip


def test_what_awaits_approval_is_called_so(tmp_path: Path) -> None:
    files = unapproved()
    printed = present(tmp_path, files, "star-2019-Q1", EditionName.PREVIEW)
    (found,) = hanging(tmp_path, files, {"poster": "star-2019-Q1", "version": printed})
    assert found.statuses == (Status.PREVIEW,)
    assert "带“待审”标记" in found.findings[0].found


def test_a_sample_without_a_mark_of_its_own_is_noticed_too(tmp_path: Path) -> None:
    sample = "  - id: extra\n    title: 示例的启示\n    text: 示例。\n    sample: true\n"
    files = changed("data/branch.yml", "lessons:\n", f"lessons:\n{sample}")
    printed = present(tmp_path, files, "brand", EditionName.PREVIEW)
    (found,) = hanging(tmp_path, files, {"poster": "brand", "version": printed})
    assert found.statuses == (Status.PREVIEW,)
    assert found.findings[0].found == "内容没有变；但这是预览版，有发布版略去的内容"


def test_what_lost_its_approval_is_withheld(tmp_path: Path) -> None:
    found = later(tmp_path, MINIMAL, unapproved(), "star-2019-Q1")
    assert found.statuses == (Status.WITHHELD,)
    assert "发布版里没有（带“待审”标记）" in found.findings[0].found
    assert found.to_replace


def test_what_may_not_leave_the_branch_any_more_is_withheld(tmp_path: Path) -> None:
    after = changed(QUARTER, "source: ledger", "source: ledger\naudience: branch")
    found = later(tmp_path, MINIMAL, after, "star-2019-Q1")
    assert found.statuses == (Status.WITHHELD,)
    assert found.findings[0].found == "季度“2019年第一季度”不在公开范围里"
    assert found.present == ""


def test_what_has_no_record_any_more_is_taken_down(tmp_path: Path) -> None:
    found = later(tmp_path, MINIMAL, without(QUARTER), "star-2019-Q1")
    assert found.statuses == (Status.GONE,)
    assert found.findings[0].found == "它的记录已经删掉了"


@pytest.mark.parametrize(
    ("poster", "after"),
    [
        ("honours", without("data/honours.yml")),
        ("pledge-wang-wei", without_wang_wei_at_work()),
        ("desk-card-wang-wei", changed(MEMBERS, "name: 王伟\n    standing: member",
                                       "name: 王伟\n    standing: worker")),
    ],
)  # fmt: skip
def test_what_is_not_made_any_more_is_taken_down(tmp_path: Path, poster: str, after: Files) -> None:
    found = later(tmp_path, MINIMAL, after, poster)
    assert found.statuses == (Status.GONE,)
    assert found.findings[0].found == "按现在的台账已经没有这张海报"


def test_an_edition_that_does_not_hold_together_is_refused(tmp_path: Path) -> None:
    """No edition can do without one of its zones."""
    zones = "data/zones.yml"
    files = {**MINIMAL, zones: text_of(MINIMAL, zones).replace("audience: public", NARROW, 1)}
    with pytest.raises(BoardError):
        hanging(tmp_path, files, {"poster": "brand"})
    assert hanging(tmp_path, files, {"poster": "brand", "taken_down": "2019-08-01"}) == []


def test_a_photo_that_may_be_printed_but_not_put_on_the_site_is_on_the_poster(
    tmp_path: Path,
) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "navy").save(picture, "JPEG")
    photo = (
        "    photo:\n      file: media/w.jpg\n      alt: 王伟\n"
        "    consent:\n      print: true\n      site: true\n      date: 2019-01-01\n"
    )
    before: Files = {**MINIMAL, "data/media/w.jpg": picture.getvalue()}
    after = {**before, **wang_wei(photo)}
    assert later(tmp_path, after, after, "roster").findings == ()
    assert later(tmp_path, before, after, "roster").statuses == (Status.CHANGED,)


def test_those_to_replace_come_first_then_by_place(tmp_path: Path) -> None:
    good = present(tmp_path, MINIMAL, "brand")
    rows = [
        {"poster": "brand", "version": good, "place": "乙处"},
        {"poster": "brand", "place": "乙处", "size": "A2"},
        {"poster": "brand", "version": good, "place": "丙处"},
        {"poster": "brand", "place": "丙处", "size": "A2"},
    ]
    found = hanging(tmp_path, MINIMAL, *rows)
    assert [(item.to_replace, item.row.place) for item in found] == [
        (True, "丙处"), (True, "乙处"), (False, "丙处"), (False, "乙处"),
    ]  # fmt: skip


# What nobody outside the branch sees


@pytest.mark.parametrize("name", EditionName)
def test_nothing_of_the_register_is_on_a_page_a_poster_or_in_search(
    tmp_path: Path, name: EditionName
) -> None:
    row = {"poster": "star-2019-Q1", "version": "FEEDF00D", "place": "西风井口值班室"}
    root = write_tree(tmp_path, {**MINIMAL, PRINTS: register(row)})
    for surface in Surface:
        edition = Edition(name, TODAY, surfaces=frozenset({surface}))
        board, _ = prepare(read_board(root), edition)
        site = whole_site(board, edition, Makings())
        shown = repr(site) + script(entries(site.pages)) + repr(all_posters(board, edition))
        assert "综采二区党支部" in shown
        assert "西风井口值班室" not in shown
        assert "FEEDF00D" not in shown


# The command


def own_register(root: Path, *rows: dict[str, str]) -> Path:
    copy_site(root)
    (root / PRINTS).write_text(register(*rows), "utf-8")
    return root


def test_the_command_lists_what_to_replace_before_the_rest(tmp_path: Path) -> None:
    root = own_register(tmp_path, {"poster": "outcomes"})
    assert "不用换：" not in run("prints", folder=root)
    good = json.loads(run("prints", "--format", "json", folder=root))[0]["present"]
    rows = [{"poster": "outcomes", "version": good, "place": "区队会议室"},
            {"poster": "outcomes", "count": "3", "sample": "true"}]  # fmt: skip
    (root / PRINTS).write_text(register(*rows), "utf-8")
    said = run("prints", folder=root)
    assert said.splitlines()[:3] == [
        "要更换：",
        "data/prints.yml:7:5 outcomes 80×120 cm 3 张，井口等候室，2019年7月8日印（示例）",
        f"    印好以后内容改过：印的是版本 3F9A1C02，现在是 {good}",
    ]
    assert said.splitlines()[4:7] == [
        "不用换：",
        "data/prints.yml:2:5 outcomes 80×120 cm 1 张，区队会议室，2019年7月8日印",
        "    和现在的内容一致",
    ]
    assert said.endswith("\n共登记 2 条还挂着的：要更换 1 条、不用换 1 条，其中示例 1 条。\n")


def test_the_command_tells_programs_everything(tmp_path: Path) -> None:
    root = own_register(tmp_path, {"poster": "outcomes", "profile": "wide-format"})
    (row,) = json.loads(run("prints", "--format", "json", folder=root))
    finding = row.pop("findings")[0]
    assert finding.pop("status") == "changed"
    assert all(finding.pop(name) for name in ("found", "hint"))
    assert len(row.pop("present")) == 8
    assert row == {
        "path": "data/prints.yml", "line": 2, "column": 5, "poster": "outcomes",
        "size": "80x120", "sheet": None, "profile": "wide-format", "version": "3F9A1C02",
        "printed_on": "2019-07-08", "place": "井口等候室", "count": 1, "sample": False,
        "replace": True, "statuses": ["changed"],
    }  # fmt: skip


def test_the_command_answers_an_empty_register(tmp_path: Path) -> None:
    root = own_register(tmp_path)
    assert "没有登记还挂着的海报" in run("prints", folder=root)
    assert run("prints", "--format", "json", folder=root) == "[]\n"


def test_the_command_sends_faults_to_check(tmp_path: Path) -> None:
    root = own_register(tmp_path, {"poster": "outcomes", "version": "3f9a1c02"})
    assert run("prints", folder=root, code=1) == (
        "台账有 1 个错误，先用 boards check 查看并改正。\n"
    )


def test_the_command_says_why_an_edition_does_not_hold_together(tmp_path: Path) -> None:
    root = own_register(tmp_path, {"poster": "outcomes"})
    file = root / "data" / "zones.yml"
    file.write_text(file.read_text("utf-8").replace("audience: public", NARROW, 1), "utf-8")
    said = run("prints", folder=root, code=1)
    assert "公开范围只到支部内部" in said
    assert "改法：" in said


def test_the_command_has_help_in_chinese_with_an_example(tmp_path: Path) -> None:
    said = run("prints", "--help", folder=tmp_path)
    assert "boards prints" in said
    assert "--format" in said


def test_the_register_of_this_repository_is_made_up_and_says_so() -> None:
    board: Board = read_board(ROOT)
    assert board.prints
    for row in board.prints.values():
        assert row.sample
        assert row.title_text.endswith("（示例）")
    told = review(board, TODAY)
    assert told
    assert all("（示例）" in item.as_text().splitlines()[0] for item in told)
