"""What each edition may hold: who may see what, what was approved, what is only a sample."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import Any

import pytest

from boards.board import Board
from boards.editions import Edition, EditionName, Withheld, prepare
from boards.errors import BoardError
from boards.records import Audience
from helpers import MINIMAL, TODAY, changed, read_board, write_tree

PREVIEW = Edition(EditionName.PREVIEW, TODAY)
PUBLISH = Edition(EditionName.PUBLISH, TODAY)
EDITIONS = [PREVIEW, PUBLISH]
MEMBERS = "data/members.yml"
PHOTO = """\
    photo:
      file: media/wang-wei.jpg
      alt: 王伟
    consent:
      site: true
      date: 2019-01-01
"""


def prepared(
    root: Path, files: dict[str, str | bytes], edition: Edition
) -> tuple[Board, list[Withheld]]:
    return prepare(read_board(write_tree(root, files)), edition)


def with_photo(photo: str = PHOTO, left: str = "") -> dict[str, str | bytes]:
    files = changed(MEMBERS, "    name: 王伟\n", f"    name: 王伟\n{left}{photo}")
    return {**files, "data/media/wang-wei.jpg": b"\xff\xd8\xff"}


def test_the_preview_holds_everything(site: Path) -> None:
    board = read_board(site)
    seen, withheld = prepare(board, PREVIEW)
    assert withheld == []
    assert [row.id for row in seen.everything()] == [row.id for row in board.everything()]


def test_publishing_leaves_out_samples_and_says_which(site: Path) -> None:
    seen, withheld = prepare(read_board(site), PUBLISH)
    assert [(item.kind, item.title, item.reason, item.place.path) for item in withheld] == [
        ("人员", "党员甲", "示例", "data/members.yml"),
        ("微消息", "2019-06-24 天气预报", "示例", "data/messages.yml"),
        ("月份", "2019年1月", "示例", "data/months/2019-01.yml"),
    ]
    assert [*seen.members] == ["zhu-jun-wen", "wang-wei"]
    assert not any(record.sample for record in seen.records())


@pytest.mark.parametrize("step", ["proposed_by", "checked_by", "approved_by", "approved_on"])
def test_publishing_leaves_out_what_lacks_one_step_of_approval(tmp_path: Path, step: str) -> None:
    text = MINIMAL["data/coverage.yml"]
    assert isinstance(text, str)
    lines = [line for line in text.splitlines(keepends=True) if f" {step}:" not in line]
    files = {**MINIMAL, "data/coverage.yml": "".join(lines)}
    seen, withheld = prepared(tmp_path, files, PUBLISH)
    assert seen.crews == {}
    assert ("班组", "采煤一班", "待审") in [(w.kind, w.title, w.reason) for w in withheld]
    assert prepared(tmp_path, files, PREVIEW)[0].crews


def test_published_by_an_internal_source_is_not_published(tmp_path: Path) -> None:
    files = changed("data/cases/fault-crossing.yml", "source: people", "source: ledger")
    seen, withheld = prepared(tmp_path, files, PUBLISH)
    assert seen.cases == {}
    assert ("案例", "待审") in [(item.kind, item.reason) for item in withheld]


def test_what_is_approved_may_not_lean_on_what_is_not(tmp_path: Path) -> None:
    text = MINIMAL[MEMBERS]
    assert isinstance(text, str)
    start = text.index("    source: people")
    files = {
        **{n: t for n, t in MINIMAL.items() if "coverage" not in n and "cases" not in n},
        MEMBERS: text[:start] + text[start:].replace("basis: published", "approved_by: 书记", 1),
    }
    board = read_board(write_tree(tmp_path, files))
    prepare(board, PREVIEW)
    with pytest.raises(BoardError) as caught:
        prepare(board, PUBLISH)
    assert str(caught.value) == (
        "data/honours.yml:15:13 错误 荣誉“集团公司劳模” holder（获得者）："
        "在这一版里找不到编号“zhu-jun-wen”（那条记录没有公开或没有审批）\n"
        "    改法：给那条记录补上审批（review）和公开范围；或者这一条也先不审批"
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  review:\n    basis: published\n\nsources", "\nsources", "待审"),
        ("  linkage: 每季度", "  sample: true\n  linkage: 每季度", "示例"),
        ("一次联动会议。\n  audience: public\n", "一次联动会议。\n  audience: branch\n",
         "公开范围只到支部内部"),
    ],
)  # fmt: skip
def test_no_edition_can_do_without_the_branch(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    files = changed("data/branch.yml", old, new)
    with pytest.raises(BoardError, match=f"支部的介绍不能公开（{reason}）"):
        prepared(tmp_path, files, PUBLISH)


def test_no_edition_can_do_without_one_of_the_four_zones(tmp_path: Path) -> None:
    text = MINIMAL["data/zones.yml"]
    assert isinstance(text, str)
    files = {**MINIMAL, "data/zones.yml": text.replace("basis: published", "approved_by: 书记", 1)}
    with pytest.raises(BoardError, match="在这一版里四大责任区缺少 thought"):
        prepared(tmp_path, files, PUBLISH)


@pytest.mark.parametrize(
    ("audience", "circle", "is_seen"),
    [
        (audience, circle, list(Audience).index(audience) >= list(Audience).index(circle))
        for audience, circle in itertools.product(Audience, Audience)
    ],
)
@pytest.mark.parametrize("name", EditionName)
def test_a_circle_sees_what_is_meant_for_it_or_a_wider_one(
    tmp_path: Path, audience: Audience, circle: Audience, is_seen: bool, name: EditionName
) -> None:
    texts = {
        path: text.replace("audience: public", "audience: PUBLIC")
        if isinstance(text, str)
        else text
        for path, text in MINIMAL.items()
    }
    lone = "  - id: lone\n    title: 又一条启示\n    text: 内容。\n    audience: AUDIENCE\n" \
        "    source: people\n    review:\n      basis: published\n\nquotes:"  # fmt: skip
    branch = texts["data/branch.yml"]
    assert isinstance(branch, str)
    branch = branch.replace("\nquotes:", lone.replace("AUDIENCE", str(audience)))
    texts["data/branch.yml"] = branch
    files = {
        path: text.replace("PUBLIC", "public") if isinstance(text, str) else text
        for path, text in texts.items()
        if path.split("/")[-1] in {"branch.yml", "zones.yml"}
    }
    zones = files["data/zones.yml"]
    assert isinstance(zones, str)
    files["data/zones.yml"] = zones[: zones.index("\nareas:")]  # they stand in a narrower circle
    seen, withheld = prepared(tmp_path, files, Edition(name, TODAY, circle))
    assert ("lone" in seen.lessons) is is_seen
    assert [item.reason for item in withheld] == (
        [] if is_seen else [f"公开范围只到{audience.label}"]
    )


CANARIES = {
    MEMBERS: ("    name: 王伟\n", "    name: 王伟\n    contact: canary-1\n    remark: canary-2\n"),
    "data/branch.yml": ("  member_count: 15\n",
                        "  member_count: 15\n  remark: canary-3\n  allow:\n    - canary-4\n"),
    "data/zones.yml": ("    make_up: 区干", "    remark: canary-5\n    make_up: 区干"),
    "data/honours.yml": ("    year: 2016\n", "    year: 2016\n    remark: canary-6\n"),
    "data/outcomes.yml": ("    value: 95\n", "    value: 95\n    remark: canary-7\n"),
    "data/coverage.yml": ("    strength: 20\n", "    strength: 20\n    remark: canary-8\n"),
    "data/messages.yml": ("    type: weather\n", "    type: weather\n    remark: canary-9\n"),
    "data/cases/fault-crossing.yml": ("type: case\n", "type: case\nremark: canary-10\n"),
    "data/quarters/2019-Q1.yml": ("star:\n", "remark: canary-11\nstar:\n"),
    "data/months/2019-01.yml": ("activities:\n", "remark: canary-12\nactivities:\n"),
    "content/about.md": ("type: about\n", "type: about\nremark: canary-13\n"),
}  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS, ids=["preview", "publish"])
def test_what_stays_in_the_branch_is_in_no_edition(tmp_path: Path, edition: Edition) -> None:
    files = dict(MINIMAL)
    for name, (old, new) in CANARIES.items():
        files[name] = changed(name, old, new)[name]
    board = read_board(write_tree(tmp_path, files))
    assert dump(board).count("canary-") == 13
    seen, _ = prepare(board, edition)
    assert "canary-" not in dump(seen)


def dump(board: Board) -> str:
    return "\n".join(row.model_dump_json() for row in board.everything())


def photo_of(root: Path, files: dict[str, str | bytes], edition: Edition) -> Any:
    return prepared(root, files, edition)[0].members["wang-wei"].photo


@pytest.mark.parametrize("edition", EDITIONS, ids=["preview", "publish"])
def test_a_photo_is_shown_with_consent_and_not_without(tmp_path: Path, edition: Edition) -> None:
    assert photo_of(tmp_path, with_photo(), edition)
    without = PHOTO[: PHOTO.index("    consent:")]
    assert photo_of(tmp_path, with_photo(without), edition) is None
    refused = PHOTO.replace("site: true", "site: false\n      print: true\n      share: true")
    assert photo_of(tmp_path, with_photo(refused), edition) is None


def test_a_photo_goes_on_the_day_its_member_leaves(tmp_path: Path) -> None:
    files = with_photo(left="    left_on: 2019-08-19\n")
    for day, shown in ((18, True), (19, False), (20, False)):
        edition = Edition(EditionName.PREVIEW, datetime.date(2019, 8, day))
        assert bool(photo_of(tmp_path, files, edition)) is shown


def test_a_member_who_left_is_still_there_by_name(tmp_path: Path) -> None:
    files = with_photo(left="    left_on: 2019-08-19\n")
    files = {n: t for n, t in files.items() if "coverage" not in n}
    zones = files["data/zones.yml"]
    assert isinstance(zones, str)
    files["data/zones.yml"] = zones.replace("      - wang-wei", "      - zhu-jun-wen")
    seen, _ = prepared(tmp_path, files, PUBLISH)
    assert seen.members[seen.quarters["2019-Q1"].star.member].name == "王伟"


def test_a_wider_circle_sees_fewer_names(tmp_path: Path) -> None:
    files = {n: t for n, t in MINIMAL.items() if n in ("data/branch.yml", "content/about.md")}
    zones = MINIMAL["data/zones.yml"]
    assert isinstance(zones, str)
    files["data/zones.yml"] = zones[: zones.index("\nareas:")]
    about = files["content/about.md"]
    assert isinstance(about, str)
    signed = "basis: published\n  checked_by: 宣传委员\n  approved_by: 支部书记"
    files["content/about.md"] = about.replace("basis: published", signed)
    board = read_board(write_tree(tmp_path, files))
    near, _ = prepare(board, PUBLISH)
    far, _ = prepare(board, Edition(EditionName.PUBLISH, TODAY, Audience.SISTER_UNITS))
    assert near.articles["about"].review.checked_by == "宣传委员"  # type: ignore[union-attr]
    assert far.articles["about"].review.checked_by is None  # type: ignore[union-attr]


def test_preparing_changes_nothing_in_the_board_itself(site: Path) -> None:
    board = read_board(site)
    before = dump(board)
    prepare(board, PUBLISH)
    assert dump(board) == before
