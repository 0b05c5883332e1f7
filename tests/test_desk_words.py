"""What the desk says is said to somebody who sees forms and no files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boards.desk.desk import Desk
from boards.desk.reading import in_words
from boards.desk.saving import save, try_form
from boards.records import Case, Member, Message, Month
from desks import OpenDesk, draft_of, new_draft, open_desk
from helpers import TODAY
from sites import change, copy_site


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_site(tmp_path)


@pytest.fixture
def desk(root: Path) -> Iterator[OpenDesk]:
    with open_desk(root) as opened:
        yield opened


MESSAGE = {"date": str(TODAY), "type": "safety", "text": "进架前先敲帮问顶。"}


def test_the_history_names_choices_and_records_as_people_do(root: Path, desk: OpenDesk) -> None:
    source = next(iter(Desk(root).look().board.sources))
    filled = {**MESSAGE, "source": source}
    trial, record_id = save(Desk(root), new_draft("messages", filled), "李宣传")
    assert record_id, (trial.refused, trial.whole)
    page = desk.get("past").text
    assert "安全注意事项" in page
    assert "safety</ins>" not in page
    assert source not in page


def test_numbers_stand_beside_what_they_count_and_digests_nowhere(root: Path) -> None:
    board = Desk(root).look().board
    said = in_words(board, Month, "thought", {"pairs": "3", "visits": "12"})
    assert said == "结对 3；走访 12"
    steps = {"proposed_by": "李", "approved_content": "7394b7f9c27656c0"}
    assert in_words(board, Member, "review", steps) == "提出人 李"
    assert in_words(board, Case, "figures", [{"people": ["nobody"]}]) == "照片里的人 无可辨认的人"
    assert in_words(board, Message, "type", "safety") == "安全注意事项"
    assert in_words(board, Message, "sample", "true") == "是"


def test_what_is_missing_in_a_form_is_not_to_be_typed_into_a_file(root: Path) -> None:
    desk = Desk(root)
    month = next(row for row in desk.look().board.months.values() if row.activities)
    trial = try_form(desk, draft_of(month, {"activities.0.zone": ""}))
    [said] = trial.refused.values()
    assert "责任区" in said
    assert "zone" not in said


def test_a_picture_without_people_is_cured_at_its_form(root: Path, desk: OpenDesk) -> None:
    file = next((root / "data" / "cases").glob("*.yml"))
    text = file.read_text(encoding="utf-8")
    figure = "figures:\n  - file: media/nobody.jpg\n    alt: 现场\n"
    file.write_text(text + figure, encoding="utf-8")
    page = desk.get("").text
    assert "没有写照片里认得出谁" in page
    assert "people" not in page


def test_what_can_be_mended_in_a_form_names_no_file(root: Path, desk: OpenDesk) -> None:
    assert "去改" in desk.get("").text
    assert "data/honours.yml" not in desk.get("").text
    file = root / "data" / "honours.yml"
    file.write_text(file.read_text(encoding="utf-8") + "  - [\n", encoding="utf-8")
    assert "data/honours.yml" in desk.get("").text, "only what no form opens"


def test_whoever_sits_here_is_the_one_who_proposes(desk: OpenDesk) -> None:
    kept = desk.post("settings", [("who", "李宣传")])
    assert "记住了" in desk.get(kept.headers["location"].removeprefix(f"{desk.given.at}/")).text
    change(desk.root / "data" / "members.yml", "name: 祝君文", "name: 祝军文")
    assert 'name="proposed_by" list="people" value="李宣传"' in desk.get("approval").text


def test_the_sheet_of_an_approval_is_there_to_be_printed(root: Path, desk: OpenDesk) -> None:
    source = next(iter(Desk(root).look().board.sources))
    _, record_id = save(Desk(root), new_draft("messages", {**MESSAGE, "source": source}), "")
    steps = [("proposed_by", "李宣传"), ("checked_by", "王委员"), ("approved_by", "赵书记")]
    done = desk.post("approval", [("record", f"messages/{record_id}"), *steps])
    page = desk.get(done.headers["location"].removeprefix(f"{desk.given.at}/")).text
    [sheet] = (root / "approvals").glob("*.pdf")
    assert f'href="{desk.given.at}/files/approvals/{sheet.name}"' in page
    assert "files/data" not in desk.get("approval?done=1&sheet=../data/members.yml").text


def test_what_a_release_leaves_out_is_one_click_away(desk: OpenDesk) -> None:
    assert f'href="{desk.given.at}/record/members/sample-jia"' in desk.get("release").text
    assert "的内部备注" in desk.get("release").text
    assert "remark" not in desk.get("release").text
