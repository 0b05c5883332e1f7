"""What of a faulty board can still be previewed."""

from __future__ import annotations

from pathlib import Path

from boards.board.board import Board
from boards.editions.edition import Edition, EditionName
from boards.editions.faulty import salvage
from boards.errors import errors_in
from boards.rules import check
from helpers import TODAY, changed, read_board, without, write_tree

PREVIEW = Edition(EditionName.PREVIEW, TODAY)


def salvaged(root: Path, files: dict[str, str | bytes]) -> Board | None:
    board = salvage(read_board(write_tree(root, files)), PREVIEW)
    if board:
        assert errors_in(check(board, TODAY)) == []
    return board


def rows(board: Board | None) -> set[str]:
    assert board
    return {row.id for row in board.everything()}


def test_a_board_without_faults_is_kept_whole(site: Path) -> None:
    board = read_board(site)
    assert rows(salvage(board, PREVIEW)) == {row.id for row in board.everything()}


def test_a_record_at_fault_is_left_out_alone(tmp_path: Path, site: Path) -> None:
    everything = rows(read_board(site))
    files = changed("data/outcomes.yml", "value: 95\n", "value: 95\n    statement: 很高\n")
    assert everything - rows(salvaged(tmp_path / "x", files)) == {"attendance"}


def test_what_refers_to_an_unreadable_record_goes_with_it(tmp_path: Path, site: Path) -> None:
    everything = rows(read_board(site))
    files = changed("data/members.yml", "name: 王伟", "name: <王伟>")
    gone = everything - rows(salvaged(tmp_path / "x", files))
    assert gone == {"wang-wei", "face-upper", "mining-1", "2019-Q1"}


def test_what_refers_to_a_record_left_out_goes_too(tmp_path: Path, site: Path) -> None:
    everything = rows(read_board(site))
    role = changed("data/members.yml", "role: gatekeeper", "role: gatekeper")
    gone = everything - rows(salvaged(tmp_path / "x", role))
    assert gone == {"wang-wei", "face-upper", "mining-1", "2019-Q1"}


def test_a_whole_file_may_be_unreadable(tmp_path: Path, site: Path) -> None:
    everything = rows(read_board(site))
    files = changed("data/honours.yml", "title: 五星红旗党支部", 'title: "五星红旗党支部')
    gone = everything - rows(salvaged(tmp_path / "x", files))
    assert gone == {"five-star-2016", "model-worker"}


def test_without_a_branch_or_a_zone_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert salvaged(tmp_path / "a", without("data/branch.yml")) is None
    assert salvaged(tmp_path / "b", without("data/zones.yml")) is None
    wrong = changed("data/zones.yml", "- id: safety\n", "- id: saftey\n")
    assert salvaged(tmp_path / "c", wrong) is None
    private = changed("data/branch.yml", "motto: 围绕中心抓党建", "motto: 电话13800138000")
    assert salvaged(tmp_path / "d", private) is None


def test_private_data_is_never_shown_even_in_a_preview_with_faults(tmp_path: Path) -> None:
    files = changed("data/quarters/2019-Q1.yml", "每班先走一遍工作面。", "电话13800138000。")
    board = salvaged(tmp_path, files)
    assert board and board.quarters == {}
