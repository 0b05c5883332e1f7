"""Saving at the desk: whole or not at all, nothing lost, nobody overwritten, everything undone."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock, Timeout

from boards.desk import desk as desks
from boards.desk import drafts, history
from boards.desk.changing import put_in_order, remove, undo
from boards.desk.desk import Desk
from boards.desk.drafts import Draft
from boards.desk.saving import TAKE, THEIRS, save, try_form
from boards.records import Keyed
from desks import draft_of, new_draft
from helpers import MINIMAL, write_tree
from sites import change, tree


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(write_tree(tmp_path, MINIMAL))


def row(desk: Desk, table: str, record_id: str) -> Keyed:
    return desk.look().board.table(table)[record_id]


def saved(desk: Desk, draft: Draft) -> str:
    trial, record_id = save(desk, draft, "李宣传")
    assert record_id, (trial.refused, trial.whole, trial.elsewhere)
    return record_id


MEMBER = ("members", "wang-wei")


def test_what_is_changed_is_written_and_the_rest_of_the_file_stays(desk: Desk) -> None:
    file = desk.root / "data/members.yml"
    before = file.read_text(encoding="utf-8").splitlines()
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))
    after = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == ["    job: 采煤机司机"]


def test_what_is_as_it_was_is_not_written(desk: Desk) -> None:
    before = tree(desk.root / "data")
    trial, record_id = save(desk, draft_of(row(desk, *MEMBER), {}), "")
    assert (record_id, trial.can_be_saved, trial.meant) == ("", False, None)
    assert tree(desk.root / "data") == before


def test_a_new_record_gets_its_id_from_its_name(desk: Desk) -> None:
    filled = {"name": "李强", "standing": "member", "source": "ledger"}
    assert saved(desk, new_draft("members", filled)) == "li-qiang"
    assert row(desk, "members", "li-qiang").title_text == "李强"


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(desk: Desk) -> None:
    before = tree(desk.root / "data")
    trial, record_id = save(desk, new_draft("members", {"name": "李强1", "standing": "member"}), "")
    assert record_id == ""
    assert "不该出现的符号" in trial.refused["name"]
    assert tree(desk.root / "data") == before


def test_what_the_rules_refuse_is_said_at_its_field(desk: Desk) -> None:
    trial = try_form(desk, draft_of(row(desk, *MEMBER), {"source": "ledger", "left_on": ""}))
    assert trial.refused == {}
    trial = try_form(desk, draft_of(row(desk, *MEMBER), {"pledge": "电话 13912345678"}))
    assert "pledge" in trial.refused
    assert not trial.can_be_saved


def test_faults_of_other_records_stop_nobody(desk: Desk) -> None:
    change(desk.root / "data/honours.yml", "holder: zhu-jun-wen", "holder: nobody-there")
    assert desk.look().errors
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))


def test_what_another_record_needs_is_not_taken_away(desk: Desk) -> None:
    before = tree(desk.root / "data")
    said = remove(desk, *MEMBER, "")
    assert "wang-wei" in said or "张三" in said
    assert tree(desk.root / "data") == before
    assert history.read(desk.root) == []


def test_two_who_change_different_fields_both_have_their_way(desk: Desk) -> None:
    mine = draft_of(row(desk, *MEMBER), {"job": "采煤机司机"})
    saved(desk, draft_of(row(desk, *MEMBER), {"pledge": "看见隐患，当班有回音。"}))
    saved(desk, mine)
    now = row(desk, *MEMBER)
    assert (now.job, now.pledge) == ("采煤机司机", "看见隐患，当班有回音。")  # type: ignore[attr-defined]


def test_of_two_who_change_one_field_nobody_is_overwritten_unasked(desk: Desk) -> None:
    mine = draft_of(row(desk, *MEMBER), {"job": "采煤机司机"})
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "支架工"}))
    trial, record_id = save(desk, mine, "")
    assert record_id == ""
    [clash] = trial.clashes
    assert (clash.name, clash.mine, clash.theirs) == ("job", "采煤机司机", "支架工")
    theirs = draft_of(row(desk, *MEMBER), {"job": "采煤机司机", f"{TAKE}job": THEIRS})
    kept = Draft(**{**vars_of(mine), "pairs": theirs.pairs})
    assert try_form(desk, kept).clashes == ()
    assert try_form(desk, kept).meant is None
    chosen = Draft(**{**vars_of(mine), "pairs": (*mine.pairs, (f"{TAKE}job", "mine"))})
    saved(desk, chosen)
    assert row(desk, *MEMBER).job == "采煤机司机"  # type: ignore[attr-defined]


def vars_of(draft: Draft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in Draft.__slots__}


def test_what_was_typed_stays_when_the_record_has_gone_meanwhile(desk: Desk) -> None:
    filled = {"name": "李强", "standing": "member", "source": "ledger"}
    saved(desk, new_draft("members", filled))
    mine = draft_of(row(desk, "members", "li-qiang"), {"job": "采煤机司机"})
    assert remove(desk, "members", "li-qiang", "") == ""
    trial, record_id = save(desk, mine, "")
    assert record_id == ""
    assert "不在台账里" in trial.whole
    assert trial.form.values["job"] == "采煤机司机"


def test_another_desk_that_is_saving_is_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "_PATIENCE", 0.05)
    before = tree(desk.root / "data")
    mine = draft_of(row(desk, *MEMBER), {"job": "采煤机司机"})
    (desk.root / "desk").mkdir()
    with FileLock(desk.root / "desk/writing.lock"), pytest.raises(Timeout):
        save(desk, mine, "")
    assert tree(desk.root / "data") == before


def test_saves_of_many_pages_at_once_are_all_kept(desk: Desk) -> None:
    names = "甲乙丙丁戊己庚辛"
    filled = [{"name": f"王{name}", "standing": "member", "source": "ledger"} for name in names]
    threads = [
        threading.Thread(target=save, args=(desk, new_draft("members", row), "")) for row in filled
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    there = {member.name for member in desk.look().board.members.values()}
    assert {row["name"] for row in filled} <= there
    assert len(history.read(desk.root)) == len(names)


def test_a_change_is_undone_also_by_a_desk_that_was_opened_later(desk: Desk) -> None:
    before = tree(desk.root / "data")
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))
    later = Desk(desk.root)
    [done] = history.read(desk.root)
    assert (done.said, done.who, done.kind) == ("修改", "李宣传", "人员")
    assert undo(later, done.number, "李宣传") == ""
    assert tree(desk.root / "data") == before
    assert [entry.said for entry in history.read(desk.root)] == ["修改", "撤销"]


def test_an_undone_change_can_be_undone(desk: Desk) -> None:
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))
    assert undo(desk, 1, "") == ""
    assert undo(desk, 2, "") == ""
    assert row(desk, *MEMBER).job == "采煤机司机"  # type: ignore[attr-defined]


def test_what_was_added_or_taken_away_comes_back_whole(desk: Desk) -> None:
    filled = {"name": "李强", "standing": "member", "source": "ledger", "remark": "老班长的徒弟"}
    saved(desk, new_draft("members", filled))
    assert remove(desk, "members", "li-qiang", "") == ""
    assert "li-qiang" not in desk.look().board.members
    assert undo(desk, 2, "") == ""
    assert desk.look().board.members["li-qiang"].remark == "老班长的徒弟"
    assert undo(desk, 3, "") == ""
    assert undo(desk, 2, "") == ""


def test_a_later_change_is_not_undone_with_an_earlier_one(desk: Desk) -> None:
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "支架工"}))
    before = tree(desk.root / "data")
    assert "职务或工种 后来又改过" in undo(desk, 1, "")
    assert tree(desk.root / "data") == before
    assert undo(desk, 2, "") == ""
    assert undo(desk, 1, "") == ""


def test_a_draft_is_kept_until_it_is_dropped(desk: Desk) -> None:
    draft = new_draft("members", {"name": "李强"})
    drafts.keep(desk.root, draft)
    assert drafts.kept(desk.root, draft.name) == draft
    assert list(drafts.all_kept(desk.root)) == [draft]
    drafts.drop(desk.root, draft.name)
    assert drafts.kept(desk.root, draft.name) is None


@pytest.mark.parametrize("step", range(4))
def test_whenever_the_power_goes_one_whole_draft_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The program ends at each of its dealings with the disk in turn."""
    old = new_draft("members", {"name": "李强"})
    drafts.keep(desk.root, old)
    new = Draft(**{**vars_of(old), "pairs": (("name", "李强强"),)})
    steps = itertools.count()

    def dying(real: Any) -> Any:
        def call(*arguments: Any, **more: Any) -> Any:
            if next(steps) == step:
                raise SystemExit
            return real(*arguments, **more)

        return call

    for name in ("replace", "fsync", "unlink"):
        monkeypatch.setattr(os, name, dying(getattr(os, name)))
    with contextlib.suppress(SystemExit):
        drafts.keep(desk.root, new)
    monkeypatch.undo()
    assert drafts.kept(desk.root, old.name) in (old, new)


@pytest.mark.parametrize("cut", [0, 1, 20, -1])
def test_a_draft_in_pieces_is_none(desk: Desk, cut: int) -> None:
    draft = new_draft("members", {"name": "李强"})
    drafts.keep(desk.root, draft)
    file = desk.root / drafts.FOLDER / f"{draft.name}.json"
    file.write_bytes(file.read_bytes()[:cut])
    assert drafts.kept(desk.root, draft.name) is None
    assert list(drafts.all_kept(desk.root)) == []


def test_a_line_of_the_history_that_was_cut_off_spoils_no_other(desk: Desk) -> None:
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))
    file = desk.root / history.FILE
    file.write_bytes(file.read_bytes() + file.read_bytes()[:40])
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "支架工"}))
    assert [entry.after["job"] for entry in history.read(desk.root) if entry.after] == [
        "采煤机司机", "支架工",
    ]  # fmt: skip


def test_words_that_were_approved_and_are_changed_await_approval_again(desk: Desk) -> None:
    case = row(desk, "cases", "fault-crossing")
    assert try_form(desk, draft_of(case, {"headline": "换一句话"})).lapses
    assert not try_form(desk, draft_of(case, {"order": "3"})).lapses
    saved(desk, draft_of(case, {"headline": "换一句话"}))
    now = desk.look().board
    assert not now.is_approved(now.cases["fault-crossing"])
    assert undo(desk, 1, "") == ""
    now = desk.look().board
    assert now.is_approved(now.cases["fault-crossing"])


def test_what_nobody_could_make_again_is_on_the_disk_before_the_old_one_goes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for name in ("replace", "fsync"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os, name, lambda *given, real=real, name=name: (done.append(name), real(*given))[1]
        )
    drafts.keep(desk.root, new_draft("members", {"name": "李强"}))
    assert done == ["fsync", "replace"]
    done.clear()
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))
    assert done == ["fsync", "fsync", "replace"], "a line of the history, then the record"


def test_what_is_missing_from_a_record_is_said_at_the_field_that_it_belongs_to(desk: Desk) -> None:
    trial = try_form(desk, new_draft("members", {"name": "李强", "standing": "member"}))
    assert "没有写出处" in trial.refused["source"]


def test_records_are_put_in_order_and_taken_back_one_by_one(desk: Desk) -> None:
    before = tree(desk.root / "data")
    ids = list(desk.look().board.honours)[::-1]
    assert put_in_order(desk, "honours", ids, "李宣传") == ""
    there = desk.look().board.honours
    assert [there[key].order for key in ids] == list(range(1, len(ids) + 1))
    assert put_in_order(desk, "honours", ids, "") == "", "nothing is written twice"
    assert len(history.read(desk.root)) == len(ids)
    assert "重新排" in put_in_order(desk, "honours", ids[1:], "")
    for number in range(len(ids), 0, -1):
        assert undo(desk, number, "") == ""
    assert tree(desk.root / "data") == before


@pytest.mark.parametrize("name", ["fsync", "replace"])
@pytest.mark.parametrize("step", range(2))
def test_a_disk_that_is_full_leaves_neither_a_record_nor_a_line_of_the_history(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, step: int
) -> None:
    saved(desk, draft_of(row(desk, *MEMBER), {"job": "采煤机司机"}))
    before = tree(desk.root / "data"), history.read(desk.root)
    real, steps = getattr(os, name), itertools.count()

    def full(*given: Any) -> Any:
        if next(steps) == step:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*given)

    monkeypatch.setattr(os, name, full)
    with contextlib.suppress(OSError):
        save(desk, draft_of(row(desk, *MEMBER), {"job": "支架工"}), "")
    monkeypatch.undo()
    after = tree(desk.root / "data"), history.read(desk.root)
    if next(steps) > step:
        assert after == before
