"""Posters that are lists take further sheets when one is full: balanced, numbered, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner

from boards.board.board import Board
from boards.cli import main
from boards.errors import BoardError
from boards.formats import KINDS, Size, known_size
from boards.posters.make import Made, Order, make
from boards.posters.plan import Attempt, Plan, Trial, plan
from boards.posters.register import Status, review
from boards.posters.room import posters_of, print_room
from boards.posters.setting import office_layout, version
from boards.posters.trials import planned
from boards.posters.views import Poster
from boards.posters.views.experience import experience_posters
from boards.posters.views.people import RosterPoster
from boards.posters.views.room import print_room_page
from boards.posters.views.sheets import Listing, most_sheets, shared_out, sheets_of
from boards.posters.workshop import Workshop, workshop
from boards.site.html import render
from boards.typst.engine import Typesetter
from boards.words.common import in_chinese
from harmless import PREVIEW
from helpers import MINIMAL, TODAY, changed, check_tree, read_board, report, write_tree
from packs import write_up
from sites import copy_site
from test_posters import needs_pdftotext, pdf_text, squeezed

pytestmark = pytest.mark.slow

A4 = known_size("A4")
PLEDGE = "在岗一分钟，安全六十秒。"
MEMBERS = "data/members.yml"


def said_of(name: str) -> str:
    text = MINIMAL[name]
    assert isinstance(text, str)
    return text


def digits(number: int) -> str:
    """A given name for each number: 〇四二."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{number:03}")


def many_members(count: int, pledge: str = PLEDGE) -> str:
    """members.yml of the small site with `count` members in the Party."""
    there = said_of(MEMBERS)
    rows = [
        f"  - id: more-{number}\n    name: 丁{digits(number)}\n    standing: member\n"
        f"    job: 采煤工\n    pledge: {pledge}\n    source: ledger\n"
        for number in range(1, count + 1 - there.count("standing: member"))
    ]
    return there + "".join(rows)


def grown(root: Path, count: int, settings: str = "", **files: str) -> Path:
    """The small site with so many members, and with these posters' settings."""
    line = "  member_count: 15\n"
    branch = changed("data/branch.yml", line, line + settings)["data/branch.yml"]
    more = {f"data/{name}.yml": text for name, text in files.items()}
    members = {MEMBERS: many_members(count)}
    return write_tree(root, {**MINIMAL, "data/branch.yml": branch, **members, **more})


def named(root: Path, name: str) -> tuple[Workshop, Poster]:
    prepared, posters = posters_of(read_board(root), PREVIEW)
    return workshop(prepared), next(poster for poster in posters if poster.id == name)


def set_in(shop: Workshop, poster: Poster, size: Size = A4) -> Made:
    [made] = make(shop, [Order(poster, size, office_layout(size))])
    return made


def names_on(poster: Poster) -> list[str]:
    assert isinstance(poster.view, RosterPoster)
    return [person.name.text for person in poster.view.people]


# --- how lists are divided --------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "sheets", "lengths"),
    [(61, 2, [31, 30]), (60, 3, [20, 20, 20]), (10, 3, [3, 4, 3]), (2, 2, [1, 1])],
)
def test_a_list_is_divided_evenly(items: int, sheets: int, lengths: list[int]) -> None:
    parts = shared_out(range(items), sheets)
    assert [len(part) for part in parts] == lengths
    assert [item for part in parts for item in part] == [*range(items)]


def test_a_division_falls_where_something_new_begins_if_that_is_near() -> None:
    assert [len(part) for part in shared_out(range(10), 2, seams=[6])] == [6, 4]
    assert [len(part) for part in shared_out(range(10), 2, seams=[8])] == [5, 5]


def test_long_items_weigh_more() -> None:
    parts = shared_out([9, 1, 1, 1, 1, 5], 2, float)
    assert parts == [(9,), (1, 1, 1, 1, 5)]


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")]
)
def test_sheets_are_counted_as_people_count(number: int, said: str) -> None:
    assert in_chinese(number) == said


def test_what_goes_on_is_declared_once(tmp_path: Path) -> None:
    _, posters = posters_of(read_board(write_tree(tmp_path, MINIMAL)), PREVIEW)
    for poster in posters:
        assert isinstance(poster.view, Listing) is KINDS[poster.kind].goes_on, poster.id


def everything(view: Any) -> Iterator[str]:
    """The ids of the fields that a view shows."""
    from boards.posters.views.words import words_of  # noqa: PLC0415

    return (words.at for words in words_of(view))


def test_no_kind_loses_a_text_however_many_sheets_it_takes(tmp_path: Path) -> None:
    prepared, posters = posters_of(read_board(copy_site(tmp_path)), PREVIEW)
    tried = set()
    for poster in posters:
        for count in range(2, min(most_sheets(poster), 7) + 1):
            sheets = [*sheets_of(prepared, poster, count)]
            assert len(sheets) == count
            shown = [at for sheet in sheets for at in everything(sheet.view)]
            assert set(shown) == set(everything(poster.view)), (poster.id, count)
            tried.add(poster.kind)
    assert tried == {kind.id for kind in KINDS.values() if kind.goes_on} - {"experience", "plate"}


def received(tmp_path: Path, sections: int) -> tuple[Board, Poster]:
    """The poster of a write-up that came in with so many long sections."""
    board, _ = posters_of(read_board(copy_site(tmp_path)), PREVIEW)
    came = write_up()
    long = came.sections[0].model_copy(update={"text": "\n\n".join(["每班量一次。" * 40] * 5)})
    came = came.model_copy(update={"sections": (long,) * sections, "figures": ()})
    board = board.with_tables({"received": {came.id: came}})
    [poster] = experience_posters(board)
    return board, poster


def test_what_another_unit_sent_goes_on_however_long_it_is(tmp_path: Path) -> None:
    board, poster = received(tmp_path, 12)
    made = set_in(workshop(board), poster)
    assert len(made.sheets) > 1
    views: list[Any] = [sheet.poster.view for sheet in made.sheets]
    said = [section.text.text for view in views for section in view.sections]
    assert "".join(said) == "每班量一次。" * 40 * 5 * 12
    assert [bool(view.facts) for view in views] == [True, *[False] * (len(views) - 1)]
    assert [view.author is not None for view in views][-1] is (poster.view.author is not None)  # type: ignore[attr-defined]


# --- how many sheets it takes -----------------------------------------------------------


def attempting(holds: Callable[[int, Trial], bool]) -> tuple[Plan, list[int]]:
    """A plan of 200 items of which a sheet holds as many as `holds` says; and what was tried."""
    tried: list[int] = []

    def sheets(count: int) -> list[Any]:
        tried.append(count)
        return [len(part) for part in shared_out(range(200), count)]

    def attempt(length: Any, trial: Trial, _fit: Any) -> Attempt:
        room = next(n for n in range(200, -1, -1) if n == 0 or holds(n, trial))
        parts = ({"part": "body", "draw": 0, "size": 200 / length},)
        return Attempt(0.0 if length <= room else length / max(room, 0.5), parts, length % 7)

    return plan(200, sheets, attempt), tried


def test_the_fewest_sheets_are_found_without_trying_every_number() -> None:
    found, tried = attempting(lambda length, _: length <= 17)
    assert found.sheets == 12
    assert found.fits
    assert len(tried) < 7


def test_all_sheets_share_the_least_size_and_the_most_columns() -> None:
    found, _ = attempting(lambda length, _: length <= 29)
    assert found.sheets == 7
    assert found.fit == {"body": {"draw": 0, "size": 200 / 29, "columns": 1}}


def test_what_does_not_fit_in_shared_columns_has_its_own() -> None:
    """Each sheet fits by itself, but not as narrow as the narrowest of them."""

    def attempt(_sheet: Any, _trial: Trial, fit: Any) -> Attempt:
        parts = ({"part": "body", "draw": 0, "size": 5.0},)
        return Attempt(2.0 if "columns" in fit.get("body", {}) else 0.0, parts, 6)

    def attempt_two(sheet: Any, trial: Trial, fit: Any) -> Attempt:
        return Attempt(2.0, ()) if sheet == 1 else attempt(sheet, trial, fit)

    found = plan(9, lambda count: [count] * count, attempt_two)
    assert (found.sheets, found.fit) == (2, {"body": {"draw": 0, "size": 5.0}})


def test_a_size_that_reads_well_is_worth_more_sheets_if_there_is_one() -> None:
    def holds(length: int, trial: Trial) -> bool:
        return length <= (10 if trial is Trial.WELL else 100)

    assert attempting(holds)[0].sheets == 20
    found, _ = attempting(lambda length, trial: trial is Trial.FLOOR and length <= 100)
    assert found.sheets == 2


def test_what_no_number_of_sheets_holds_is_set_one_by_one_to_be_told() -> None:
    found, _ = attempting(lambda _length, _trial: False)
    assert (found.sheets, found.fits) == (200, False)


def full_sheet(root: Path) -> int:
    """How many members one A4 sheet holds."""
    least, most = 8, 64
    while most - least > 1:
        middle = (least + most) // 2
        shop, roster = named(grown(root / str(middle), middle), "roster")
        if planned(shop, roster, A4).sheets == 1:
            least = middle
        else:
            most = middle
    return least


@pytest.mark.slow
@needs_pdftotext
def test_one_member_more_than_a_sheet_holds_makes_two_balanced_sheets(tmp_path: Path) -> None:
    count = full_sheet(tmp_path) + 1
    shop, roster = named(grown(tmp_path / "more", count), "roster")
    made = set_in(shop, roster)
    assert [len(names_on(sheet.poster)) for sheet in made.sheets] == [(count + 1) // 2, count // 2]
    assert made.without == ""
    texts = [squeezed(pdf_text(sheet.pdf)) for sheet in made.sheets]
    for number, text in enumerate(texts, start=1):
        assert f"党员亮身份（{in_chinese(number)}）" in text
        assert f"第{number}张，共2张" in text
    assert sum(text.count(PLEDGE) for text in texts) == count - 3, "three have pledged nothing"
    for name in names_on(roster):
        assert sum(squeezed(name) in text for text in texts) >= 1


def test_two_hundred_members_stop_nothing(tmp_path: Path) -> None:
    shop, roster = named(grown(tmp_path, 200), "roster")
    made = set_in(shop, roster, known_size("80x120"))
    lengths = [len(names_on(sheet.poster)) for sheet in made.sheets]
    assert sum(lengths) == 200
    assert max(lengths) - min(lengths) <= 1
    assert min(lengths) > 15
    assert made.problems == ()


def test_sheets_of_one_poster_look_alike(tmp_path: Path) -> None:
    shop, roster = named(grown(tmp_path, 45), "roster")
    made = set_in(shop, roster)
    assert len(made.sheets) > 1
    with pikepdf.open(made.sheets[0].pdf) as first, pikepdf.open(made.sheets[1].pdf) as second:
        assert sizes_of_type(first) == sizes_of_type(second)


def sizes_of_type(document: pikepdf.Pdf) -> set[str]:
    """Every size that text is set in on a page."""
    steps = pikepdf.parse_content_stream(document.pages[0])
    return {str(step.operands[1]) for step in steps if str(step.operator) == "Tf"}


def test_what_was_planned_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = grown(tmp_path, 45)
    set_in(*named(root, "roster"))
    done: list[str] = []
    monkeypatch.setattr(Typesetter, "_compile", lambda *_args, **_more: done.append("set"))
    made = set_in(*named(root, "roster"))
    assert len(made.sheets) == 2
    assert done == []


@pytest.mark.parametrize(("count", "times"), [(9, 1), (45, 6)])
def test_nothing_is_set_more_often_than_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, times: int
) -> None:
    """One sheet at once; of two, one in vain, both to find their size, both as they are printed."""
    done: list[str] = []
    real = Typesetter.pdf

    def counted(self: Typesetter, kind: str, content: str, trial: str = "") -> bytes:
        done.append(trial)
        return real(self, kind, content, trial)

    monkeypatch.setattr(Typesetter, "pdf", counted)
    set_in(*named(grown(tmp_path, count), "roster"))
    assert len(done) <= times


@pytest.mark.slow
def test_whoever_prefers_fewer_sheets_gets_fewer_words_and_is_told(tmp_path: Path) -> None:
    settings = "  posters:\n    when_full: fewer-words\n"
    shop, roster = named(grown(tmp_path / "fewer", 33, settings), "roster")
    made = set_in(shop, roster)
    assert len(made.sheets) == 1
    assert made.without == "承诺"
    room = print_room(read_board(tmp_path / "fewer"), PREVIEW)
    card = next(card for card in room.cards if card.id == "roster")
    assert "A4 竖版上地方不够，没有写：承诺" in card.notes
    shop, roster = named(grown(tmp_path / "more", 33), "roster")
    assert [sheet.without for sheet in set_in(shop, roster).sheets] == ["", ""]


# --- what is too long is told -----------------------------------------------------------


def with_practices(root: Path, count: int, longest: str) -> Path:
    rows = "".join(
        f"  - id: practice-{number}\n    zone: quality\n    role: designer\n"
        f"    name: 做法{number}\n    source: ledger\n"
        f"    text: {longest if number == 7 else '每班先看一遍，再动手。'}\n"
        for number in range(count)
    )
    zones = said_of("data/zones.yml").replace("practices:\n", f"practices:\n{rows}")
    return write_tree(root, {**MINIMAL, "data/zones.yml": zones})


@pytest.mark.slow
def test_a_single_text_is_blamed_on_a_board_of_many_records(tmp_path: Path) -> None:
    shop, zone = named(with_practices(tmp_path, 30, "查" * 9000), "zone-quality")
    with pytest.raises(BoardError) as caught:
        set_in(shop, zone)
    [problem] = caught.value.problems
    assert problem.record == "做法“做法7”"
    assert problem.field == "text（说明）"
    assert "这一项 9000 字" in problem.found
    kept = re.search(r"缩短到 (\d+) 字以内", problem.hint)
    assert kept
    shop, zone = named(with_practices(tmp_path / "cut", 30, "查" * int(kept[1])), "zone-quality")
    assert set_in(shop, zone).sheets, "what the message advises is enough"


def test_many_practices_are_no_fault(tmp_path: Path) -> None:
    shop, zone = named(with_practices(tmp_path, 60, "短"), "zone-quality")
    assert len(set_in(shop, zone).sheets) > 1


def with_case(root: Path, **fields: str) -> Path:
    name = "data/cases/fault-crossing.yml"
    text = said_of(name)
    for field, value in fields.items():
        text = re.sub(rf"(?m)^{field}: .*$", lambda _: f"{field}: {value}", text)  # noqa: B023
    return write_tree(root, {**MINIMAL, name: text})


def test_texts_that_are_too_long_together_are_told_together(tmp_path: Path) -> None:
    root = with_case(tmp_path, summary="量" * 3000, results="测" * 3000)
    shop, case = named(root, "case-fault-crossing")
    with pytest.raises(BoardError) as caught:
        set_in(shop, case)
    first, second = caught.value.problems
    assert {first.field, second.field} == {"summary（摘要）", "results（成效）"}
    assert "最长的 2 项合起来太长，这一项 3000 字" in first.found
    assert first.hint == second.hint


def test_no_message_advises_to_delete_all_of_a_text(tmp_path: Path) -> None:
    lessons = "lessons:\n" + "".join(f"  - 第{number}条\n" for number in range(900))
    name = "data/cases/fault-crossing.yml"
    text = said_of(name).replace("lessons:\n  - 量得出来，才管得住\n", lessons)
    shop, case = named(write_tree(tmp_path, {**MINIMAL, name: text}), "case-fault-crossing")
    with pytest.raises(BoardError) as caught:
        set_in(shop, case)
    [problem] = caught.value.problems
    assert problem.found == "海报“Ⅱ830工作面过断层”在 A4 竖版上放不下：内容太多"
    assert problem.hint == "少写几项，或每项写短些"
    assert problem.field == ""


@pytest.mark.slow
def test_only_sizes_that_hold_it_are_advised(tmp_path: Path) -> None:
    """A2 is read from twice as far as A3, so that it holds less."""
    root = with_case(tmp_path, results="量" * 2600)
    said = run_poster(root, "case", "fault-crossing", "--size", "A2", code=1)
    advised = re.search(r"或换放得下的尺寸：(.+)", said)
    assert advised, said
    labels = advised[1].split("、")
    assert "A3 竖版" in labels
    assert "A2 横版" not in labels
    shop, case = named(root, "case-fault-crossing")
    for name in KINDS["case"].sizes:
        if known_size(name).label in labels:
            assert set_in(shop, case, known_size(name)).sheets, name


def test_what_a_board_leaves_out_is_told(tmp_path: Path) -> None:
    root = with_case(tmp_path, results="量" * 2000)
    said = run_poster(root, "case", "fault-crossing", "--size", "A4")
    assert "提醒 案例“Ⅱ830工作面过断层”" in said
    assert "在 A4 竖版上地方不够，没有写：背景和难题" in said


def run_poster(root: Path, *options: str, code: int = 0) -> str:
    arguments = ["poster", *options, "--folder", str(root), "--date", TODAY.isoformat()]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result.output


# --- files, the print room, the register ------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "size", "endings"),
    [
        ("office", "A4", [".pdf"]),
        ("tiled", "A3", ["-tiled-A4.pdf"]),
        ("offset", "A4", ["-offset.pdf"]),
        ("wide-format", "A4", ["-wide.pdf", "-wide.png", "-wide-spec.pdf"]),
    ],
)
def test_every_way_of_printing_gives_a_file_for_each_sheet(
    tmp_path: Path, profile: str, size: str, endings: list[str]
) -> None:
    root = grown(tmp_path, 45)
    said = run_poster(root, "roster", "--size", size, "--profile", profile)
    names = {file.name for file in (root / "posters").iterdir() if file.suffix in (".pdf", ".png")}
    assert names == {f"roster-{size}-{n}{ending}" for n in (1, 2) for ending in endings}
    assert "一张放不下，分成了 2 张。" in said
    assert said.count("  - poster: roster\n") == 2
    assert f"    size: {size}\n    sheet: 2\n    profile: {profile}\n" in said


def test_a_poster_of_one_sheet_keeps_its_name_and_old_sheets_go(tmp_path: Path) -> None:
    root = grown(tmp_path, 45)
    folder = root / "posters"
    run_poster(root, "roster", "--size", "A4")
    assert (folder / "roster-A4-2.pdf").is_file()
    (root / MEMBERS).write_text(said_of(MEMBERS), encoding="utf-8")
    said = run_poster(root, "roster", "--size", "A4")
    assert [file.name for file in folder.glob("*.pdf")] == ["roster-A4.pdf"]
    assert "sheet:" not in said


@pytest.mark.slow
def test_the_print_room_shows_every_sheet(tmp_path: Path) -> None:
    room = print_room(read_board(grown(tmp_path, 45)), PREVIEW)
    card = next(card for card in room.cards if card.id == "roster")
    assert [picture.label for picture in card.pictures] == ["党员亮身份（一）", "党员亮身份（二）"]
    assert [size.paper for size in card.sizes] == ["80×120 cm 写真 2 块", "A4 纸 2 张"]
    page = render(print_room_page(room))
    for name in ("roster-80x120-1.pdf", "roster-A4-2.pdf", "roster-80x120-2.png"):
        assert f"posters/{name}" in page
        assert f"posters/{name}" in {file.url for file in room.files}
    assert "打印 A4 竖版 第 2 张" in page
    one = next(card for card in room.cards if card.id == "brand")
    assert {file.url for file in one.files} == {
        "posters/brand-80x120.pdf", "posters/brand-A4.pdf", "posters/brand.png",
    }  # fmt: skip


def hung(board: Board, count: int) -> list[dict[str, Any]]:
    """The rows of the register for the A4 sheets of a roster as they are today."""
    prepared, posters = posters_of(board, PREVIEW)
    roster = next(poster for poster in posters if poster.id == "roster")
    sheets = sheets_of(prepared, roster, count)
    rows = [{"sheet": sheet.sheet, "version": version(prepared, sheet)} for sheet in sheets]
    return [{"poster": "roster", "size": "A4", **row} for row in rows]


def register(rows: list[dict[str, Any]]) -> str:
    lines = ["prints:"]
    for row in rows:
        fields = {**row, "printed_on": "2019-07-08", "place": "井口等候室"}
        lines += [f"    {name}: {value}" for name, value in fields.items()]
        lines[-len(fields)] = lines[-len(fields)].replace("    ", "  - ", 1)
    return "\n".join(lines) + "\n"


def statuses(root: Path) -> dict[int | None, tuple[Status, ...]]:
    found = review(read_board(root), TODAY)
    return {item.row.sheet: item.statuses for item in found}


def test_only_the_sheet_that_changed_is_to_be_replaced(tmp_path: Path) -> None:
    root = grown(tmp_path, 45)
    rows = hung(read_board(root), 2)
    assert len({row["version"] for row in rows}) == 2
    (root / "data/prints.yml").write_text(register(rows), encoding="utf-8")
    assert check_tree(root) == [] or "prints" not in report(check_tree(root))
    assert statuses(root) == {1: (Status.PREVIEW,), 2: (Status.PREVIEW,)}
    members = (root / MEMBERS).read_text(encoding="utf-8")
    last = "    name: 丁〇四〇\n    standing: member\n    job: "
    assert members.count(f"{last}采煤工") == 1
    (root / MEMBERS).write_text(members.replace(f"{last}采煤工", f"{last}班长"), encoding="utf-8")
    found = statuses(root)
    assert sorted(found.values()) == [(Status.CHANGED,), (Status.PREVIEW,)] or sorted(
        found.values()
    ) == [(Status.PREVIEW,), (Status.WITHHELD,)]


def test_an_entry_without_a_sheet_means_the_whole_poster(tmp_path: Path) -> None:
    root = grown(tmp_path, 45)
    prepared, posters = posters_of(read_board(root), PREVIEW)
    roster = next(poster for poster in posters if poster.id == "roster")
    rows = [
        {"poster": "roster", "size": "A4", "version": version(prepared, roster)},
        {"poster": "roster", "size": "A3", "version": hung(read_board(root), 2)[1]["version"]},
        {"poster": "roster", "size": "A2", "version": "00000000"},
    ]
    (root / "data/prints.yml").write_text(register(rows), encoding="utf-8")
    found = {item.row.size: item.to_replace for item in review(read_board(root), TODAY)}
    assert found == {"A4": False, "A3": False, "A2": True}


def test_a_sheet_that_is_no_more_is_taken_down(tmp_path: Path) -> None:
    root = grown(tmp_path, 45)
    rows = hung(read_board(root), 2)
    (root / "data/prints.yml").write_text(register(rows), encoding="utf-8")
    (root / MEMBERS).write_text(said_of(MEMBERS), encoding="utf-8")
    assert statuses(root)[2] == (Status.GONE,)


def test_a_sheet_names_the_sources_of_what_it_shows(tmp_path: Path) -> None:
    honours = "honours:\n" + "".join(
        f"  - id: honour-{number}\n    title: 先进集体\n    holder: branch\n    level: group\n"
        f"    year: {2000 + number}\n    source: people\n    passage: 第{number}页\n"
        for number in range(1, 9)
    )
    root = grown(tmp_path, 2, honours=honours)
    prepared, posters = posters_of(read_board(root), PREVIEW)
    poster = next(poster for poster in posters if poster.id == "honours")
    first, second = sheets_of(prepared, poster, 2)
    said = ["".join(row.source for row in sheet.provenance) for sheet in (first, second)]
    assert "第8页" in said[0] and "第1页" not in said[0]
    assert "第1页" in said[1] and "第8页" not in said[1]
