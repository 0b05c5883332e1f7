"""Registering by questions: every answer is checked at once, and nothing is written unasked."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from boards.amend.adding.answers import paragraphs
from boards.amend.adding.proposed import proposed_id
from boards.amend.adding.questions import KINDS, Question, Shape, questions, within
from boards.board.board import MODELS
from boards.cli import main
from boards.records import Audience
from boards.records.schema import specs
from helpers import MINIMAL, TODAY, changed, check_tree, read_board, report, without, write_tree
from sites import tree

HONOUR = ("技术比武状元", "王伟", "5", "2018", "")


def add(root: Path, *arguments: str, typed: tuple[str, ...] = (), code: int = 0) -> str:
    """Run the command with lines typed one after another; both streams together."""
    keys = "".join(f"{line}\n" for line in typed)
    done = CliRunner().invoke(main, ["add", "--folder", str(root), *arguments], input=keys)
    assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit), (
        done.exception
    )
    assert done.exit_code == code, done.output
    return done.output


def site(tmp_path: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    return write_tree(tmp_path, files or MINIMAL)


def refused(root: Path, *arguments: str, typed: tuple[str, ...] = ()) -> str:
    """What is said when nothing is to be written, and that nothing was."""
    before = tree(root)
    said = add(root, *arguments, typed=typed, code=1)
    assert tree(root) == before
    return said


def test_an_honour_is_added_in_the_house_style_and_nothing_else_changes(tmp_path: Path) -> None:
    root = site(tmp_path)
    before = tree(root)
    said = add(root, "honour", typed=(*HONOUR, "", "y"))
    after = tree(root)
    old = before["data/honours.yml"].decode()
    assert after.pop("data/honours.yml").decode() == old + (
        "\n  - id: ji-shu-bi-wu-zhuang-yuan-2018\n    title: 技术比武状元\n    holder: wang-wei\n"
        "    level: group\n    year: 2018\n    source: ledger\n    as_of: 2026-11\n"
    )
    assert after.pop("backups/2026-11-23-add/data/honours.yml").decode() == old
    del before["data/honours.yml"]
    assert after == before
    line = old.count("\n") + 2
    assert f"写好了 data/honours.yml:{line}" in said
    assert "boards check" in said
    assert "boards approve ji-shu-bi-wu-zhuang-yuan-2018" in said
    assert report(check_tree(root)) == ""


def test_without_a_kind_the_kinds_are_listed(tmp_path: Path) -> None:
    said = refused(site(tmp_path))
    for word in KINDS:
        assert word in said
    assert "季度" in said


def test_enter_at_the_end_neither_writes_nor_loses(tmp_path: Path) -> None:
    root = site(tmp_path)
    said = add(root, "honour", typed=(*HONOUR, "", "", "y"))
    assert "输入上面说的一个" in said
    assert "ji-shu-bi-wu-zhuang-yuan-2018" in read_board(root).honours
    assert "什么也没有写" in add(root, "honour", typed=(*HONOUR, "", "n"), code=1)


def test_what_will_be_written_is_shown_before_it_is(tmp_path: Path) -> None:
    said = refused(site(tmp_path), "honour", typed=(*HONOUR, "", ""))
    assert "      - id: ji-shu-bi-wu-zhuang-yuan-2018\n        title: 技术比武状元\n" in said
    assert "什么也没有写" in said


@pytest.mark.parametrize("answered", range(len(HONOUR) + 2))
def test_stopping_at_any_question_writes_nothing(tmp_path: Path, answered: int) -> None:
    said = refused(site(tmp_path), "honour", typed=(*HONOUR, "")[:answered])
    assert "停下了，什么也没有写。" in said


def test_every_answer_is_checked_at_once_and_asked_again(tmp_path: Path) -> None:
    root = site(tmp_path)
    wrong = (
        "null", "技术\u200b状元", "技术状元", "王维", "9", "wang-wei", "超级", "mine",
        "二〇一八",
    )  # fmt: skip
    said = add(root, "honour", typed=(*wrong, "2018", "", "", "y"))
    assert "没有填写内容（“null”是程序写的空值）；填上内容；不需要就直接回车" in said
    assert "夹着零宽空格" in said
    assert "没有“王维”" in said
    assert "没有“9”" in said
    assert "没有“超级”" in said
    assert "年份“二〇一八”认不出来" in said
    assert "不知道年份就直接回车" in said
    assert read_board(root).honours["ji-shu-zhuang-yuan-2018"].level == "mine"


@pytest.mark.parametrize("typed", ["wang-wei", "3", "王伟", "　王伟 "])
def test_a_choice_is_made_by_id_number_or_name(tmp_path: Path, typed: str) -> None:
    root = site(tmp_path)
    add(root, "honour", typed=("先进", typed, "矿级", "", "", "", "y"))
    assert read_board(root).honours["xian-jin"].holder == "wang-wei"


def test_samples_and_people_who_left_are_not_offered(tmp_path: Path) -> None:
    old = "    standing: member\n    posts:"
    left = "    standing: member\n    left_on: 2026-01-05\n    posts:"
    files = changed("data/members.yml", old, left)
    for name in ("data/coverage.yml", "data/zones.yml"):
        files[name] = str(files[name]).replace("wang-wei", "zhu-jun-wen")
    files["data/coverage.yml"] = str(files["data/coverage.yml"]).replace(
        "      - member: zhu-jun-wen\n        heads: 12\n", ""
    ).replace("heads: 8", "heads: 20")  # fmt: skip
    root = site(tmp_path, files)
    said = refused(root, "honour", typed=("先进",))
    assert "祝君文（zhu-jun-wen）" in said
    assert "党员甲" not in said
    assert "王伟" not in said


def test_namesakes_are_told_apart_by_id(tmp_path: Path) -> None:
    extra = "  - id: wang-wei-2\n    name: 王伟\n    standing: member\n    source: ledger\n"
    files = {**MINIMAL, "data/members.yml": str(MINIMAL["data/members.yml"]) + "\n" + extra}
    root = site(tmp_path, files)
    said = add(root, "honour", typed=("先进", "王伟", "wang-wei-2", "矿级", "", "", "", "y"))
    assert "叫“王伟”的有 wang-wei、wang-wei-2" in said
    assert read_board(root).honours["xian-jin"].holder == "wang-wei-2"


def test_an_answer_can_be_given_again_before_writing(tmp_path: Path) -> None:
    root = site(tmp_path)
    ids = ("five-star-2016", "zhuang-yuan")
    add(root, "honour", typed=(*HONOUR, "", "4", "2019", "99", "7", *ids, "y"))
    row = read_board(root).honours["zhuang-yuan"]
    assert (row.year, row.holder) == (2019, "wang-wei")


def test_errors_are_shown_and_nothing_is_written_until_they_are_gone(tmp_path: Path) -> None:
    root = site(tmp_path)
    typed = ("状元 13812345678", "2", "4", "2018", "", "zhuang-yuan")
    said = refused(root, "honour", typed=(*typed, "y", "n"))
    assert "手机号" in said
    assert "有错误，还不能写" in said
    add(root, "honour", typed=(*typed, "y", "1", "状元", "y"))
    assert read_board(root).honours["zhuang-yuan"].title == "状元"


def test_ids_are_proposed_in_pinyin_and_free(tmp_path: Path) -> None:
    board = read_board(site(tmp_path))
    assert proposed_id(board, "members", {"name": "李四"}, TODAY) == "li-si"
    assert proposed_id(board, "members", {"name": "王伟"}, TODAY) == "wang-wei-2"
    assert proposed_id(board, "cases", {"title": "Ⅱ830工作面"}, TODAY) == "ii830-gong-zuo-mian"
    assert proposed_id(board, "quarters", {}, TODAY) == "2026-Q3"
    assert proposed_id(board, "quarters", {}, datetime.date(2027, 1, 3)) == "2026-Q4"
    assert proposed_id(board, "months", {}, datetime.date(2027, 1, 3)) == "2026-12"
    assert proposed_id(board, "months", {}, datetime.date(2019, 2, 3)) == "2019-01", "a sample"
    assert proposed_id(board, "quarters", {}, datetime.date(2019, 4, 3)) == "", "it is there"


def test_an_id_that_is_taken_or_unfit_is_refused_at_once(tmp_path: Path) -> None:
    root = site(tmp_path)
    said = add(
        root, "honour", typed=("状元", "2", "4", "", "", "Five-Star-2016", "状元", "best", "y")
    )
    assert "“five-star-2016”已经有了（五星红旗党支部）；换一个编号" in said
    assert "停下以后运行 boards add honour five-star-2016" in said
    assert "编号“状元”用了不支持的字符" in said
    assert "best" in read_board(root).honours


def test_a_period_that_cannot_be_is_refused_before_any_question(tmp_path: Path) -> None:
    said = refused(site(tmp_path), "month", "2019-13")
    assert "写成年份-月份，例如 2019-06" in said
    assert "思想责任区" not in said


def test_a_real_month_takes_the_place_of_a_sample(tmp_path: Path) -> None:
    root = site(tmp_path)
    sample = tree(root)["data/months/2019-01.yml"]
    said = add(root, "month", typed=("2019-01", *"nnny", *"1234", *"ny"))
    assert "要写进 data/months/2019-01.yml 的内容（换掉那里的示例，示例留在 backups）" in said
    text = (root / "data/months/2019-01.yml").read_text(encoding="utf-8")
    assert text == (
        "# yaml-language-server: $schema=../schema/months.schema.json\n"
        "production:\n  plans: 1\n  measures: 2\n  services: 3\n  long_stops: 4\nsource: ledger\n"
    )
    assert (root / "backups/2026-11-23-add/data/months/2019-01.yml").read_bytes() == sample
    assert not read_board(root).months["2019-01"].sample


def test_a_sample_among_others_keeps_its_id(tmp_path: Path) -> None:
    typed = ("李四", "党员", "", "n", "", "", "", "n", "n", "", "sample-jia", "li-si", "y")
    said = add(site(tmp_path), "member", typed=typed)
    assert "那是一条示例，换一个编号，或先删掉 data/members.yml 里的这一条" in said


def test_a_member_with_posts(tmp_path: Path) -> None:
    root = site(tmp_path)
    posts = ("y", "质量责任区", "把关者", "y", "1", "2", "n")
    groups = ("质量包保小组", "质量包保小组", "")
    said = add(
        root,
        "member",
        typed=("李四", "党员", "采煤机司机", *posts, *groups, "", "", "n", "n", "", "", "y"),
    )
    assert "“质量包保小组”已经写了" in said
    text = (root / "data/members.yml").read_text(encoding="utf-8")
    assert text.endswith(
        "\n  - id: li-si\n    name: 李四\n    standing: member\n    job: 采煤机司机\n    posts:\n"
        "      - zone: quality\n        role: gatekeeper\n      - zone: thought\n"
        "        role: carer\n    groups:\n      - quality-group\n    source: ledger\n"
        "    as_of: 2026-11\n"
    )
    assert "联系方式" not in said, "what no page shows is not asked for"


CASE = (
    "Ⅱ830工作面：守住落差", "攻坚案例", "质量", "质量责任区", "当班量，当班调",
    "　　一段摘要。", "。",
    "　　第一段背景。", "", "  第二段背景。", "。",
    "难在坡度大。", ".",
    "每班测量", "班班量。", "。", "n",
    "落差没有超过。", "。",
    "办法从现场来", "贵在坚持", "",
    "Ⅱ830", "2", "", "", "", "n", "n", "", "ii830-drop",
)  # fmt: skip


def test_a_case_takes_pasted_paragraphs(tmp_path: Path) -> None:
    root = site(tmp_path)
    said = add(root, "case", typed=(*CASE, "y"))
    text = (root / "data/cases/ii830-drop.yml").read_text(encoding="utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=../schema/cases.schema.json\n"
        "title: Ⅱ830工作面：守住落差\ntype: case\nzone: quality\nface: ii830\n"
    )
    case = read_board(root).cases["ii830-drop"]
    assert case.background == "第一段背景。\n\n第二段背景。"
    assert [measure.title for measure in case.measures] == ["每班测量"]
    assert case.lessons == ("办法从现场来", "贵在坚持")
    assert "写好了 data/cases/ii830-drop.yml:1" in said
    assert not (root / "backups").exists(), "nothing stood there before"
    assert report(check_tree(root)) == ""


def test_lines_from_a_word_processor_are_paragraphs() -> None:
    assert paragraphs(["　　甲。", "", "\u00a0 乙。\r", " "]) == "甲。\n\n乙。"


MEETING = ("2019-07-03", "到会党员12人举手表决", "区队会议室")


def month(number: int, *, closed: int = 40, sample: bool = False) -> str:
    return (
        "safety:\n  reports_due: 60\n  reports_done: 58\n  suggestions_due: 15\n"
        f"  suggestions_done: 15\n  hazards_found: 40\n  hazards_closed: {closed}\n"
        f"  violations: {number}\n"
        "quality:\n  found: 20\n  fixed_on_site: 15\n  escalated: 5\n"
        + ("sample: true\n" if sample else "source: ledger\n")
    )


def quarter_site(tmp_path: Path, *, sample: bool = False) -> Path:
    months = {f"data/months/2019-0{n}.yml": month(n, sample=sample) for n in (4, 5, 6)}
    return site(tmp_path, {**MINIMAL, **months})


def test_a_quarter_offers_what_the_months_say_and_records_who_decided(tmp_path: Path) -> None:
    root = quarter_site(tmp_path)
    results = ("90", "宣讲实。", "", "隐患清。", "88", "互查细。", "91", "停机少。")
    star = ("王伟", "每班先走一遍。", "。")
    best = ("", "隐患全部闭合。", "。")
    said = add(root, "quarter", "2019-Q2", typed=(*MEETING, *results, *star, *best, "n", "y"))
    assert "看评议单：boards quarter 2019-Q2" in said
    quarter = read_board(root).quarters["2019-Q2"]
    assert quarter.meeting.decided_by == "到会党员12人举手表决"
    assert [result.zone for result in quarter.results] == [
        "thought", "safety", "quality", "production",
    ]  # fmt: skip
    assert [result.score for result in quarter.results] == [90, 99, 88, 91]
    assert quarter.excellent_zone.zone == "safety"
    assert "写好了 data/quarters/2019-Q2.yml" in said


def test_fictional_numbers_are_not_offered_to_a_real_quarter(tmp_path: Path) -> None:
    said = refused(quarter_site(tmp_path, sample=True), "quarter", "2019-Q2", typed=MEETING)
    assert "思想责任区" in said
    assert "[" not in said.partition("思想责任区")[2]
    assert "评议单" not in said


def test_a_quarter_needs_somebody_to_be_its_star(tmp_path: Path) -> None:
    files = without("data/coverage.yml", "data/honours.yml", "data/quarters/2019-Q1.yml",
                    "data/cases/fault-crossing.yml")  # fmt: skip
    files["data/members.yml"] = "members:\n  - id: sample-jia\n    name: 党员甲\n" + (
        "    standing: member\n    sample: true\n"
    )
    files["data/zones.yml"] = str(files["data/zones.yml"]).replace("wang-wei", "sample-jia")
    head, area = str(files["data/zones.yml"]).split("areas:\n")
    files["data/zones.yml"] = head + "groups:\n" + area.split("groups:\n")[1]
    said = refused(site(tmp_path, files), "quarter", "2019-Q2")
    assert "“人员”还没有可选的真实记录" in said


def test_a_month_of_counts(tmp_path: Path) -> None:
    root = site(tmp_path)
    safety = ("", "60", "五十八", "58", "15", "15", "46", "46", "3", "增设护栏", "")
    activity = ("y", "2019-02-04", "1", "study", "学规程", "", "", "", "n")
    said = add(root, "month", "2019-02", typed=("n", *safety, "n", "n", *activity, "y"))
    assert "“五十八”不是数目" in said
    made = read_board(root).months["2019-02"]
    assert made.safety and made.safety.reports_done == 58
    assert made.thought is None
    assert made.activities[0].topic == "学规程"
    assert made.source == "ledger"


def test_faulty_records_come_first(tmp_path: Path) -> None:
    root = site(tmp_path, changed("data/honours.yml", "level: group\n    year: 2016", "level: x"))
    assert "先用 boards check 查看并改正" in refused(root, "honour", typed=HONOUR)


def test_a_file_changed_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = site(tmp_path)
    file = root / "data" / "honours.yml"
    command = importlib.import_module("boards.cli.add")
    asked = command.choose_again

    def meanwhile(*arguments: object, **options: object) -> object:
        file.write_text(f"# 别人刚改的\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
        return asked(*arguments, **options)

    monkeypatch.setattr(command, "choose_again", meanwhile)
    said = add(root, "honour", typed=(*HONOUR, "", "y"), code=1)
    assert "data/honours.yml 刚刚被改过" in said
    assert "状元" not in file.read_text(encoding="utf-8")


LEFT_OUT = {
    "id", "audience", "sample", "review", "order", "remark", "contact", "left_on", "as_of", "own",
    "passage", "taken_down", "allow",
    "drawn", "look",
}  # fmt: skip
"""What is proposed, has its own way, comes later, or is for the branch's eyes only."""


@pytest.mark.parametrize("table", sorted(set(KINDS.values()) - {"activities"}))
def test_every_field_is_asked_for_or_left_out_on_purpose(table: str) -> None:
    asked = {question.name for question in questions(table)}
    assert specs(MODELS[table]).keys() - asked <= LEFT_OUT
    for question in flat(questions(table)):
        assert question.spec.audience is not Audience.BRANCH
        if question.shape is Shape.GROUP or question.shape is Shape.GROUPS:
            assert question.spec.model


def flat(asked: tuple[Question, ...]) -> list[Question]:
    inner = [within(question.spec.model) for question in asked if question.spec.model]
    return [*asked, *(deep for group in inner for deep in flat(group))]
