"""What each edition may hold: who may see what, what was approved, what is only a sample."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from boards.board.board import Board
from boards.cli import main
from boards.clock import build_date
from boards.editions.edition import Edition, EditionName, Surface
from boards.editions.editions import Withheld, prepare
from boards.errors import BoardError, Severity
from boards.packs.shareable import photos_of, shareable
from boards.records import Audience
from boards.report import as_text, redactions, withheld, write_report
from boards.rules import check_together
from helpers import MINIMAL, TODAY, changed, noon, read_board, settle, wang_wei, write_tree

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
    return prepare(read_board(settle(write_tree(root, files))), edition)


def with_photo(photo: str = PHOTO, left: str = "") -> dict[str, str | bytes]:
    files = wang_wei(f"{left}{photo}")
    return {**files, "data/media/wang-wei.jpg": b"\xff\xd8\xff"}


class Clock(datetime.date):
    """A computer's calendar, on a day of its own."""

    @classmethod
    def today(cls) -> Clock:
        return cls(2031, 2, 3)


@pytest.mark.parametrize(
    ("told", "day"),
    [(None, "2031-02-03"), ("", "2031-02-03"), (noon(TODAY), str(TODAY)), ("0", "1970-01-01")],
)
def test_the_day_is_the_computers_unless_told_otherwise(
    told: str | None, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boards.clock.datetime.date", Clock)
    if told is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH")
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    assert str(build_date()) == day


def test_a_day_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for told in ("昨天", "9" * 30, "2026-11-23"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
        with pytest.raises(SystemExit, match=f"“{told}”不是秒数"):
            build_date()


def test_the_preview_holds_everything(site: Path) -> None:
    board = read_board(site)
    seen, dropped = prepare(board, PREVIEW)
    assert dropped == []
    assert [row.id for row in seen.everything()] == [row.id for row in board.everything()]


def test_publishing_leaves_out_samples_and_says_which(site: Path) -> None:
    seen, dropped = prepare(read_board(site), PUBLISH)
    assert [(item.kind, item.title, item.reason, item.place.path) for item in dropped] == [
        ("人员", "党员甲", "示例", "data/members.yml"),
        ("微消息", "2019年6月24日 天气预报", "示例", "data/messages.yml"),
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
    seen, dropped = prepared(tmp_path, files, PUBLISH)
    assert seen.crews == {}
    assert ("班组", "采煤一班", "待审") in [(w.kind, w.title, w.reason) for w in dropped]
    assert prepared(tmp_path, files, PREVIEW)[0].crews


def test_published_by_an_internal_source_is_not_published(tmp_path: Path) -> None:
    files = changed("data/cases/fault-crossing.yml", "source: people", "source: ledger")
    seen, dropped = prepared(tmp_path, files, PUBLISH)
    assert seen.cases == {}
    assert ("案例", "待审，出处不是公开发表的") in [(item.kind, item.reason) for item in dropped]


def test_what_is_approved_may_not_lean_on_what_is_not(tmp_path: Path) -> None:
    text = MINIMAL[MEMBERS]
    assert isinstance(text, str)
    start = text.index("    source: people")
    files = {
        **{n: t for n, t in MINIMAL.items() if "coverage" not in n and "cases" not in n},
        MEMBERS: text[:start] + text[start:].replace("basis: published", "approved_by: 书记", 1),
    }
    board = read_board(settle(write_tree(tmp_path, files)))
    prepare(board, PREVIEW)
    seen, dropped = prepare(board, PUBLISH)
    assert "model-worker" not in seen.honours
    told = {(row.title, row.reason, row.cure) for row in dropped}
    assert (
        "集团公司劳模",
        "要用到的人员“祝君文”不在这一版里（待审）",
        "先审批人员“祝君文”：boards approve zhu-jun-wen",
    ) in told


def test_whoever_is_pulled_stops_no_publishing(tmp_path: Path) -> None:
    """王伟 is star of the quarter, takes care of workers in a crew and one of an area's two."""
    files = changed(
        "data/zones.yml", "      - wang-wei\n", "      - wang-wei\n      - zhu-jun-wen\n"
    )
    text = str(files[MEMBERS]).replace("name: 王伟\n", "name: 王伟\n    audience: branch\n")
    root = settle(write_tree(tmp_path, {**files, MEMBERS: text}))
    board = read_board(root)
    seen, dropped = prepare(board, PUBLISH)
    assert "wang-wei" not in seen.members
    assert "王伟" not in dump(seen).replace("王伟在", "")
    assert next(iter(seen.areas.values())).members == ("zhu-jun-wen",)
    assert (seen.quarters, seen.crews) == ({}, {})
    why = "要用到的人员“王伟”不在这一版里（公开范围只到支部内部）"
    assert {row.reason for row in dropped if row.kind in ("季度", "班组")} == {why}
    said = CliRunner().invoke(main, ["publish", "--folder", str(root), "--date", str(TODAY)])
    assert said.exit_code == 0, said.output
    assert f"略去 季度“2019年第一季度”（{why}）  data/quarters/2019-Q1.yml:1\n" in said.output
    part = f"的 members[1]（责任党员）（{why}）  data/zones.yml:"
    assert part in said.output
    cure = (
        "    改法：要公开人员“王伟”，把它的公开范围（audience）改成 intranet（矿内网），"
        "再审批：boards approve wang-wei；不要它了，就在引用它的地方删掉或换掉\n"
    )
    assert said.output.count(cure) == 1
    listed = (root / "reports/withheld-publish.txt").read_text(encoding="utf-8")
    assert f"季度“2019年第一季度”：{why}；改法：要公开人员“王伟”" in listed


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
    with pytest.raises(BoardError, match="在这一版里四大责任区缺少 thought（待审）") as caught:
        prepared(tmp_path, files, PUBLISH)
    assert "改法：先审批责任区“" in str(caught.value)
    assert "”：boards approve thought" in str(caught.value)


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
    seen, dropped = prepared(tmp_path, files, Edition(name, TODAY, circle))
    assert ("lone" in seen.lessons) is is_seen
    assert [item.reason for item in dropped] == (
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
    board = read_board(settle(write_tree(tmp_path, files)))
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
    board = read_board(settle(write_tree(tmp_path, files)))
    near, _ = prepare(board, PUBLISH)
    far, _ = prepare(board, Edition(EditionName.PUBLISH, TODAY, Audience.SISTER_UNITS))
    assert near.articles["about"].review.checked_by == "宣传委员"  # type: ignore[union-attr]
    assert far.articles["about"].review.checked_by is None  # type: ignore[union-attr]


def test_preparing_changes_nothing_in_the_board_itself(site: Path) -> None:
    board = read_board(site)
    before = dump(board)
    prepare(board, PUBLISH)
    assert dump(board) == before


CONSENT = "    consent:\n      site: true\n      print: true\n      date: 2019-01-01\n"
ALL_CONSENT = CONSENT.replace("print: true", "print: true\n      share: true")


def with_consent(consent: str, left: str = "") -> dict[str, str | bytes]:
    """王伟 can be recognised in the second picture of a case, and spoke at a safety meeting."""
    files = wang_wei(f"{left}{consent}")
    case = str(MINIMAL["data/cases/fault-crossing.yml"])
    figures = "".join(
        f"  - file: media/{n}.jpg\n    alt: 现场{n}\n    people:\n      - {people}\n"
        for n, people in ((1, "nobody"), (2, "wang-wei"), (3, "无可辨认的人"))
    )
    files["data/cases/fault-crossing.yml"] = f"{case}figures:\n{figures}"
    assert "member: wang-wei" in str(MINIMAL["data/quarters/2019-Q1.yml"])  # his talk
    for number in (1, 2, 3):
        files[f"data/media/{number}.jpg"] = b"\xff\xd8\xff"
    return files


@pytest.mark.parametrize(
    ("surfaces", "consent", "shown"),
    [
        ({Surface.SITE}, CONSENT, True),
        ({Surface.SITE, Surface.PRINT}, CONSENT, True),
        ({Surface.SHARE}, CONSENT, False),
        ({Surface.SITE}, "", False),
        ({Surface.PRINT}, CONSENT.replace("print: true", "print: false"), False),
    ],
)
def test_who_has_not_agreed_is_neither_seen_nor_quoted(
    tmp_path: Path, surfaces: set[Surface], consent: str, shown: bool
) -> None:
    edition = Edition(EditionName.PREVIEW, TODAY, surfaces=frozenset(surfaces))
    board, _ = prepared(tmp_path, with_consent(consent), edition)
    figures = [figure.alt for figure in board.cases["fault-crossing"].figures]
    assert figures == (["现场1", "现场2", "现场3"] if shown else ["现场1", "现场3"])
    assert len(board.quarters["2019-Q1"].talks) == shown


UNSAID = "没有写照片里认得出谁"


def with_unsaid() -> dict[str, str | bytes]:
    """The same, but of the first picture nobody has said who is in it."""
    files = with_consent(ALL_CONSENT)
    name = "data/cases/fault-crossing.yml"
    case = str(files[name]).replace("audience: intranet", "audience: public")
    files[name] = case.replace("    alt: 现场1\n    people:\n      - nobody\n", "    alt: 现场1\n")
    return files


@pytest.mark.parametrize("surface", list(Surface))
@pytest.mark.parametrize("name", list(EditionName))
def test_a_picture_of_which_nobody_says_who_is_in_it_is_shown_nowhere(
    tmp_path: Path, surface: Surface, name: EditionName
) -> None:
    edition = Edition(name, TODAY, surfaces=frozenset({surface}))
    board, _ = prepared(tmp_path, with_unsaid(), edition)
    shown = [figure.alt for figure in board.cases["fault-crossing"].figures]
    assert shown == ["现场2", "现场3"]


def test_that_nobody_says_who_is_in_a_picture_is_told_with_what_to_write(tmp_path: Path) -> None:
    board = read_board(settle(write_tree(tmp_path, with_unsaid())))
    told = [r for r in redactions(board, PUBLISH) if r.item.reason == UNSAID]
    assert [(r.surface, r.item.part) for r in told] == [
        ("网站", "figures[1]（图片）"), ("材料包", "figures[1]（图片）"),
    ]  # fmt: skip
    notices = [row for row in check_together(board, TODAY) if UNSAID in row.found]
    assert [(row.severity, row.field) for row in notices] == [
        (Severity.NOTICE, "figures[1]（图片）")
    ]
    assert "写 nobody（无可辨认的人）" in notices[0].hint


def test_who_was_not_asked_is_told_of_the_picture_they_are_in(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, with_consent("")))
    told = [row.found for row in check_together(board, TODAY) if "这张照片不会显示" in row.found]
    assert told == ["“王伟”没有肖像同意，这张照片不会显示"]
    left = with_consent("", "    left_on: 2019-08-19\n")
    board = read_board(write_tree(tmp_path / "b", left))
    assert not [row for row in check_together(board, TODAY) if "这张照片" in row.found]


def test_a_picture_shows_somebody_or_nobody(tmp_path: Path) -> None:
    files = with_consent(CONSENT)
    name = "data/cases/fault-crossing.yml"
    files[name] = str(files[name]).replace("- wang-wei\n", "- wang-wei\n      - nobody\n")
    board = read_board(settle(write_tree(tmp_path, files)))
    (problem,) = check_together(board, TODAY)
    assert problem.found == "照片里又写了人，又写了 nobody（无可辨认的人）"
    files = changed(MEMBERS, "  - id: zhu-jun-wen\n", "  - id: Nobody\n")
    said = {row.found for row in check_together(read_board(write_tree(tmp_path, files)), TODAY)}
    assert "人员编号不能叫 nobody，案例图片里用它表示无可辨认的人" in said


def test_who_has_left_is_seen_no_more_but_was_heard(tmp_path: Path) -> None:
    files = with_consent(CONSENT, "    left_on: 2019-08-19\n")
    board, _ = prepared(tmp_path, files, PREVIEW)
    assert [figure.alt for figure in board.cases["fault-crossing"].figures] == ["现场1", "现场3"]
    assert len(board.quarters["2019-Q1"].talks) == 1


def test_a_picture_that_may_not_leave_takes_no_other_s_place_in_a_pack(tmp_path: Path) -> None:
    files = with_consent(CONSENT)
    for name in [name for name in files if name.endswith(".yml")]:
        files[name] = str(files[name]).replace("audience: intranet", "audience: public")
    board = read_board(settle(write_tree(tmp_path, files)))
    shared = next(r for r in shareable(board, PUBLISH, Audience.SISTER_UNITS) if r.type == "case")
    assert [(row.file, row.alt) for row in shared.figures] == [
        ("images/1.jpg", "现场1"), ("images/3.jpg", "现场3"),
    ]  # fmt: skip
    named = {name: photo.alt for name, photo in photos_of(board, shared).items()}
    assert named == {"images/1.jpg": "现场1", "images/3.jpg": "现场3"}


def test_a_picture_of_somebody_who_is_not_in_the_edition_is_left_out_and_told(
    tmp_path: Path,
) -> None:
    """Members stand on the mine's own net, their case anywhere: the build must not fail of it."""
    files = with_consent(ALL_CONSENT)
    name = "data/cases/fault-crossing.yml"
    files[name] = str(files[name]).replace("audience: intranet", "audience: public")
    board = read_board(settle(write_tree(tmp_path, files)))
    seen, _ = prepare(board, PUBLISH)
    assert [figure.alt for figure in seen.cases["fault-crossing"].figures][1] == "现场2"
    shared = next(r for r in shareable(board, PUBLISH, Audience.SISTER_UNITS) if r.type == "case")
    assert [row.alt for row in shared.figures] == ["现场1", "现场3"]
    reasons = {r.item.reason for r in redactions(board, PUBLISH) if r.surface == "材料包"}
    assert "王伟不在这一版里（公开范围只到矿内网）" in reasons


def test_a_record_that_is_left_out_whole_is_told_once(tmp_path: Path) -> None:
    files = with_consent("    sample: true\n    contact: 内线\n")
    board = read_board(settle(write_tree(tmp_path, files)))
    told = [row.part for row in withheld(board, PUBLISH) if row.title == "王伟"]
    assert told == [""]


def test_steps_of_approval_are_not_told_as_left_out(tmp_path: Path) -> None:
    """They stand in the branch for good: there is nothing to do about them."""
    steps = "review:\n  proposed_by: 张内勤\n  checked_by: 李宣传\n  approved_by: 王书记\n"
    name = "data/cases/fault-crossing.yml"
    text = str(MINIMAL[name])
    files = {**MINIMAL, name: text[: text.index("review:")] + steps + "  approved_on: 2019-07-01\n"}
    board = read_board(settle(write_tree(tmp_path, files)))
    assert board.is_approved(board.cases["fault-crossing"])
    told = redactions(board, PUBLISH)
    assert [row.item.part for row in told if "review" in row.item.part] == []


def test_what_the_site_leaves_out_is_not_told_of_posters_again(tmp_path: Path) -> None:
    board = read_board(settle(write_tree(tmp_path, with_consent(""))))
    told = [(r.surface, r.item.part) for r in redactions(board, PREVIEW)]
    assert ("网站", "figures[2]（图片）") in told
    assert "海报中心" not in {surface for surface, _ in told}
    board = read_board(
        write_tree(tmp_path / "b", with_consent(CONSENT.replace("print: true", "print: false")))
    )
    told = [(r.surface, r.item.part) for r in redactions(board, PREVIEW)]
    assert ("海报中心", "figures[2]（图片）") in told
    assert ("网站", "figures[2]（图片）") not in told


def test_all_that_is_left_out_is_told_with_its_line_and_reason(tmp_path: Path) -> None:
    files = with_consent(
        "    remark: 内部的话\n    contact: 调度室转\n", "    left_on: 2019-08-19\n"
    )
    board = read_board(settle(write_tree(tmp_path, files)))
    told = {(row.title, row.part, row.reason) for row in withheld(board, PREVIEW)}
    assert {
        ("王伟", "remark（内部备注）", "公开范围只到支部内部"),
        ("王伟", "contact（联系方式）", "公开范围只到支部内部"),
        ("2019年第一季度", "talks[1]（心得分享）", "王伟没有同意上网页"),
    } <= told
    assert ("figures[2]（图片）", "王伟已离开（2019-08-19）") in {row[1:] for row in told}
    assert {part for title, part, _ in told if title == "王伟"} == {
        "remark（内部备注）", "contact（联系方式）",
    }, "what everybody on the mine's net may see is not left out"  # fmt: skip
    lines = (tmp_path / "data/members.yml").read_text(encoding="utf-8").split("\n")
    places = {row.part: row.place for row in withheld(board, PREVIEW) if row.title == "王伟"}
    assert "内部的话" in lines[places["remark（内部备注）"].line - 1]


def test_the_report_keeps_surfaces_apart_and_tells_no_private_word(tmp_path: Path) -> None:
    files = with_consent(f"{CONSENT}    contact: 内线八八六\n")
    board = read_board(settle(write_tree(tmp_path, files)))
    found = redactions(board, PUBLISH)
    surfaces = {row.surface for row in found}
    assert surfaces == {"网站", "材料包"}
    text = as_text(PUBLISH, found)
    assert "发布版" in text
    assert "没有略去" not in text
    of_site, of_packs = text.split("材料包：")
    assert "人员“王伟”" in of_site
    assert "人员“王伟”" not in of_packs, "no pack is made of a member"
    assert "内线八八六" not in text
    assert "人员“王伟”的 contact（联系方式）：公开范围只到支部内部  data/members.yml:" in text
    path = write_report(tmp_path, PUBLISH, found)
    assert path.read_text(encoding="utf-8") == text
    assert "没有略去任何内容" in as_text(PREVIEW, [])
