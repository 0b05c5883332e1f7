"""Rules between records: what they let pass (what they refuse stands in hostile/)."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from PIL import Image

from boards.records.months import QuarterId
from boards.records.shared import SharedFigure
from boards.rules.periods import missing_quarters
from boards.rules.received import folder_of, received
from helpers import (
    MINIMAL,
    TODAY,
    TYPED,
    changed,
    check_tree,
    read_board,
    settle,
    wang_wei,
    write_tree,
)
from packs import write_up

QUARTER = "data/quarters/2019-Q1.yml"
MEMBERS = "data/members.yml"


def found(root: Path, files: dict[str, str | bytes], today: datetime.date = TODAY) -> list[str]:
    return [problem.found for problem in check_tree(settle(write_tree(root, files)), today)]


def only(files: dict[str, str | bytes], *names: str) -> dict[str, str | bytes]:
    """Without the records that would speak up for other reasons."""
    return {name: text for name, text in files.items() if name not in names}


def test_the_star_of_an_old_quarter_may_have_left_since(tmp_path: Path) -> None:
    files = changed(MEMBERS, "name: 祝君文", "name: 祝君文\n    left_on: 2019-04-01")
    text = files[QUARTER] = MINIMAL[QUARTER]
    assert isinstance(text, str)
    files[QUARTER] = text.replace("star:\n  member: wang-wei", "star:\n  member: zhu-jun-wen")
    assert found(tmp_path, only(files, "data/coverage.yml")) == []


def test_a_probationary_member_may_be_the_star(tmp_path: Path) -> None:
    old = "name: 王伟\n    standing: member"
    files = changed(MEMBERS, old, "name: 王伟\n    standing: probationary")
    assert found(tmp_path, files) == []


@pytest.mark.parametrize("standing", ["worker", "unstated"])
def test_nobody_else_may(tmp_path: Path, standing: str) -> None:
    old = "name: 王伟\n    standing: member"
    files = changed(MEMBERS, old, f"name: 王伟\n    standing: {standing}")
    assert [text.split("”")[0] for text in found(tmp_path, files)] == [
        "包保人“王伟",
        "党员之星“王伟",
    ]


def test_a_quarter_without_talks_is_whole(tmp_path: Path) -> None:
    text = MINIMAL[QUARTER]
    assert isinstance(text, str)
    start, end = text.index("talks:"), text.index("source:")
    assert found(tmp_path, {**MINIMAL, QUARTER: text[:start] + text[end:]}) == []


@pytest.mark.parametrize(
    ("score", "problems"), [("0", []), ("100", []), ("101", ["得分 101 超过 100"])]
)
def test_scores(tmp_path: Path, score: str, problems: list[str]) -> None:
    assert found(tmp_path, changed(QUARTER, "score: 96", f"score: {score}")) == problems


def test_a_leaving_that_lies_ahead_changes_nothing_yet(tmp_path: Path) -> None:
    files = changed(MEMBERS, "name: 王伟", "name: 王伟\n    left_on: 2026-11-24")
    assert found(tmp_path, files) == []
    assert len(found(tmp_path, files, datetime.date(2026, 11, 24))) == 2


def test_a_plate_holds_through_its_last_day(tmp_path: Path) -> None:
    old = "valid_from: 2019-01-01"
    files = changed("data/zones.yml", old, f"{old}\n    valid_to: 2026-11-23")
    assert found(tmp_path, files) == []
    assert found(tmp_path, files, datetime.date(2026, 11, 24)) == ["责任管理牌已于 2026-11-23 到期"]


def test_what_is_known_as_of_this_year_or_month_is_not_in_the_future(tmp_path: Path) -> None:
    for as_of, problems in (("2026", 0), ("2026-11", 0), ("2026-11-23", 0), ("2026-11-24", 1)):
        files = changed("data/outcomes.yml", "as_of: 2019-08", f"as_of: {as_of}")
        assert len(found(tmp_path, files)) == problems


def test_a_sample_may_refer_to_a_real_record(tmp_path: Path) -> None:
    files = changed("data/months/2019-01.yml", "speaker: sample-jia", "speaker: wang-wei")
    assert found(tmp_path, files) == []


def test_a_sample_needs_no_source(tmp_path: Path) -> None:
    text = MINIMAL["data/honours.yml"]
    assert isinstance(text, str)
    sample = "  - id: s\n    title: 标兵\n    holder: sample-jia\n    level: mine\n    year: 2018\n"
    files = {**MINIMAL, "data/honours.yml": f"{text}{sample}    sample: true\n"}
    assert found(tmp_path, files) == []
    files["data/honours.yml"] = text + sample
    assert found(tmp_path, files) == ["没有写出处", "真实记录引用了示例“党员甲”"]


def test_all_hazards_closed_is_no_surprise(tmp_path: Path) -> None:
    for closed, problems in (("45", 0), ("46", 0), ("47", 1)):
        files = changed(
            "data/months/2019-01.yml", "hazards_closed: 46", f"hazards_closed: {closed}"
        )
        assert len(found(tmp_path, files)) == problems


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("今日检修，注意停送电。", []),
        ("昨日产煤3200吨。", ["微消息里有产量“3200吨”"]),
        ("本月目标10.5 万吨。", ["微消息里有产量“10.5 万吨”"]),
        ("支柱承载30兆帕。", []),
    ],
)
def test_tonnages_stay_inside(tmp_path: Path, text: str, problems: list[str]) -> None:
    files = changed("data/messages.yml", "今日多云，升井后先歇一歇。", text)
    assert found(tmp_path, files) == problems


def test_a_date_in_a_message_that_is_no_greeting_is_no_birthday(tmp_path: Path) -> None:
    files = changed("data/messages.yml", "今日多云", "6月24日多云")
    assert found(tmp_path, files) == []


def test_gaps_between_quarters_cross_the_year() -> None:
    assert missing_quarters(["2019-Q3", "2020-Q2"]) == ["2019-Q4", "2020-Q1"]
    assert missing_quarters(["2019-Q1"]) == missing_quarters([]) == []
    assert missing_quarters(["2020-Q1", "2019-Q4"]) == []


def test_a_quarter_ends_on_its_last_day() -> None:
    days = [QuarterId(2020, number).last_day for number in (1, 2, 3, 4)]
    assert [f"{day:%m-%d}" for day in days] == ["03-31", "06-30", "09-30", "12-31"]


def test_rules_without_a_branch_still_speak(tmp_path: Path) -> None:
    files = changed("data/coverage.yml", "heads: 12", "heads: 10")
    problems = found(tmp_path, only(files, "data/branch.yml"))
    assert problems == ["缺少这个文件", "包保合计 18 人，在册 20 人，还有 2 人没有人包保"]


def test_crews_are_each_counted(tmp_path: Path) -> None:
    text = TYPED["data/coverage.yml"]
    assert isinstance(text, str)
    second = text.removeprefix("crews:\n").replace("mining-1", "mining-2")
    files = {**MINIMAL, "data/coverage.yml": text + second.replace("heads: 8", "heads: 9")}
    assert found(tmp_path, files) == ["包保合计 21 人，在册 20 人，多出 1 人"]


def test_who_is_quoted_or_seen_without_having_been_asked_is_told(tmp_path: Path) -> None:
    files = wang_wei("")
    assert found(tmp_path, files) == ["分享人王伟没有填写同意，这篇心得不会显示"]
    said = check_tree(tmp_path)[0]
    assert (said.place.path, said.severity) == (QUARTER, "notice")
    figure = "figures:\n  - file: media/a.jpg\n    alt: 现场\n    people:\n      - wang-wei\n"
    case = "data/cases/fault-crossing.yml"
    files = {**wang_wei(""), case: f"{TYPED[case]}{figure}"}  # type: ignore[str-bytes-safe]
    (tmp_path / "data/media").mkdir()
    Image.new("RGB", (60, 80)).save(tmp_path / "data/media/a.jpg")
    assert found(tmp_path, files) == [
        "“王伟”没有肖像同意，这张照片不会显示",
        "分享人王伟没有填写同意，这篇心得不会显示",
    ]


def test_photos_that_windows_cannot_keep_apart_are_told(tmp_path: Path) -> None:
    files = {**MINIMAL, "data/media/a.jpg": b"x", "data/media/A.JPG": b"x", "data/media/b.jpg": b""}
    assert found(tmp_path, files) == [
        "media/A.JPG、media/a.jpg 只有大小写不同，在 Windows 上分不开"
    ]


def test_a_received_picture_that_is_gone_is_told(tmp_path: Path) -> None:
    board = read_board(write_tree(tmp_path, MINIMAL))
    row = write_up()
    row = row.model_copy(
        update={
            "id": f"{row.unit.id}-{row.key}",
            "figures": (SharedFigure(file="images/1.jpg", alt="现场"),),
        }
    )
    board = board.with_tables({"received": {row.id: row}})
    assert "缺少图片 images/1.jpg" in {problem.found for problem in received(board)}
    picture = tmp_path / "data" / folder_of(row) / "images/1.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"x")
    assert "缺少图片 images/1.jpg" not in {problem.found for problem in received(board)}
