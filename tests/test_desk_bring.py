"""What a branch has already, brought in at the desk: dropped, looked through, put right, taken."""

from __future__ import annotations

import html
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from boards.desk import history
from boards.desk.rooms import bring
from boards.pixels.decode import decode
from brought import encrypted, jpeg
from desks import Answer, OpenDesk, open_desk
from helpers import read_board
from sites import tree
from workbooks import saved

pytestmark = pytest.mark.slow  # and of no day

_BOUND = "boundary0123456789"
PRIVATE = ("340602198001010013", "13812345678", "安康小区3号楼", "高血压")
ROSTER = [
    ["姓名", "身份证", "电话", "住址", "健康", "政治面貌", "干啥的"],
    ["李涛", *PRIVATE, "党员", "采煤机司机"],
    ["赵敏", "", "", "", "", "党员", "电工"],
]


@pytest.fixture
def desk(site: Path) -> Iterator[OpenDesk]:
    with open_desk(site) as opened:
        yield opened


def drop(
    desk: OpenDesk, files: dict[str, bytes], headers: Mapping[str, str] | None = None, **fields: str
) -> Answer:
    """Send files as the room's form does."""
    parts = [
        f'--{_BOUND}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in fields.items()
    ]
    parts += [
        f'--{_BOUND}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, content in files.items()
    ]
    body = b"".join([*parts, f"--{_BOUND}--\r\n".encode()])
    kind = {"Content-Type": f"multipart/form-data; boundary={_BOUND}"}
    return desk.ask(
        "POST", f"{desk.given.at}/brought", body, {**desk.own, **kind, **(headers or {})}
    )


def controls(answer: Answer) -> list[tuple[str, str]]:
    """What a browser would send of the proposal's form as it stands."""
    text = answer.text
    form = text[text.index('<form class="lot"') : text.index("</form>", text.index('class="lot"'))]
    found = []
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            found.append((html.unescape(name[1]), html.unescape(value[1] if value else "")))
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        chosen = chosen or re.search(r'<option value="([^"]*)"', inside)
        assert chosen
        found.append((html.unescape(name), html.unescape(chosen[1])))
    return found


def answer(desk: OpenDesk, page: Answer, what: str, **changed: str) -> Answer:
    """Send the proposal's form with a button and some controls changed."""
    pairs = [(k, changed.pop(k.replace(".", "_"), v)) for k, v in controls(page)]
    return desk.post("bring", [*pairs, *changed.items(), ("what", what)])


def test_a_roster_is_seen_put_right_and_taken(desk: OpenDesk) -> None:
    before = tree(desk.root / "data")
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})})
    assert page.status == 200
    assert "不登记身份证号" in page.text
    assert "收下 2 条" in page.text
    assert tree(desk.root / "data") == before, "nothing is written yet"
    page = answer(desk, page, "again", column_G="job")
    assert "职务或工种：采煤机司机" in page.text
    done = answer(desk, page, "take")
    assert done.status == 303
    members = read_board(desk.root).members
    assert members["li-tao"].job == "采煤机司机"
    assert "带进来了 2 条" in desk.ask("GET", done.headers["location"]).text
    assert {row.id for row in history.read(desk.root)} == {"li-tao", "zhao-min"}


def test_what_may_not_be_kept_lies_nowhere(desk: OpenDesk) -> None:
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})})
    page = answer(desk, page, "again", column_G="job")
    answer(desk, page, "take")
    assert (desk.root / ".boards" / "intake" / "columns.json").is_file()
    for name, content in tree(desk.root).items():
        for text in PRIVATE:
            assert text.encode() not in content, name
    for text in PRIVATE:
        assert text not in page.text


def test_a_row_may_stay_out_and_come_back(desk: OpenDesk) -> None:
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})})
    pairs = [pair for pair in controls(page) if pair != ("take", "2")]
    page = desk.post("bring", [*pairs, ("what", "again")])
    assert "收下 1 条" in page.text
    assert "第 2 行不带" in page.text
    back = [pair for pair in controls(page) if pair[0] != "skip"]
    assert "收下 2 条" in desk.post("bring", [*back, ("what", "again")]).text


def test_nothing_is_written_that_nobody_has_seen(desk: OpenDesk) -> None:
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})})
    changed = answer(desk, page, "take", column_G="job")
    assert "再看一眼，对了再收下" in changed.text
    assert "li-tao" not in read_board(desk.root).members
    answer(desk, changed, "take")
    assert read_board(desk.root).members["li-tao"].job == "采煤机司机"


def test_what_was_taken_can_be_undone(desk: OpenDesk) -> None:
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})})
    answer(desk, page, "take")
    number = next(row.number for row in history.read(desk.root) if row.id == "li-tao")
    desk.post(f"undo/{number}", [])
    assert "li-tao" not in read_board(desk.root).members


def test_cells_that_were_pasted_are_taken(desk: OpenDesk) -> None:
    page = drop(desk, {}, pasted="姓名\t政治面貌\n李涛\t党员\n", kind="")
    assert "粘贴的内容" in page.text
    answer(desk, page, "take")
    assert read_board(desk.root).members["li-tao"].standing == "member"


def test_another_kind_is_guessed_anew(desk: OpenDesk) -> None:
    rows = [["姓名", "荣誉名称", "级别"], ["王伟", "标兵", "矿级"]]
    page = drop(desk, {"表.xlsx": saved({"表": rows})}, kind="members")
    page = answer(desk, page, "again", kind="honours")
    assert "标兵" in page.text
    assert "新增荣誉" in page.text


def test_namesakes_are_asked_about_at_the_desk(desk: OpenDesk) -> None:
    rows = [["姓名", "面貌", "职务"], ["李涛", "党员", "班长"], ["李涛", "党员", "电工"]]
    page = drop(desk, {"名册.xlsx": saved({"名册": rows})})
    assert "表里第 2、3 行都叫“李涛”" in page.text
    page = answer(desk, page, "again", who_2="new", who_3="new")
    answer(desk, page, "take")
    assert {"li-tao", "li-tao-2"} <= read_board(desk.root).members.keys()


def test_a_large_file_stays_in_memory(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Larger uploads usually go through a folder of the system; a roster may not."""
    monkeypatch.setattr(tempfile, "tempdir", str(desk.root / "none"))
    text = "姓名,面貌\n" + "".join(f"李涛,党员{' ' * 4000}\n" for _ in range(400))
    assert len(text.encode()) > 2**20
    assert drop(desk, {"名册.csv": text.encode()}).status == 200


def test_what_cannot_be_read_is_said_and_nothing_waits(desk: OpenDesk) -> None:
    page = drop(desk, {"名册.xlsx": encrypted()})
    assert page.status == 409
    assert "文件加了密码" in page.text
    assert "什么也没有写" in page.text
    assert drop(desk, {}).status == 409


def test_records_that_cannot_be_read_are_mended_first(desk: OpenDesk) -> None:
    (desk.root / "data" / "honours.yml").write_text("honours: [\n", encoding="utf-8")
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})})
    assert page.status == 409
    assert "台账有错误，先改好" in page.text


def test_a_lot_that_is_gone_is_said(desk: OpenDesk) -> None:
    page = desk.post("bring", [("lot", "0" * 24), ("what", "take")])
    assert page.status == 409
    assert "再放一次" in page.text


def _write_up(*parts: str) -> bytes:
    made: Any = docx.Document()
    made.add_heading("每班一量过断层", 0)
    for part in parts:
        made.add_heading(part, 1)
        made.add_paragraph(f"{part}的一段话，写得清清楚楚。")
    made.add_picture(io.BytesIO(jpeg()))
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_a_write_up_becomes_a_case_once_its_zone_is_chosen(desk: OpenDesk) -> None:
    page = drop(desk, {"过断层.docx": _write_up("背景", "难题", "做法", "成效", "启示")})
    assert "收下 1 条" in page.text, "without a zone only the article"
    page = answer(desk, page, "again", zone="quality", headline="每班一量")
    answer(desk, page, "take")
    case = next(row for row in read_board(desk.root).cases.values() if "每班一量过" in row.title)
    assert (case.headline, case.zone, len(case.figures)) == ("每班一量", "quality", 1)


def test_a_case_that_lacks_something_goes_on_as_a_draft(desk: OpenDesk) -> None:
    page = drop(desk, {"过断层.docx": _write_up("背景", "做法")})
    assert "没有找到难题、成效" in page.text
    went = answer(desk, page, "draft", zone="quality")
    assert went.status == 303
    form = desk.ask("GET", went.headers["location"])
    assert "做法的一段话" in form.text
    assert "-1.jpg" in form.text
    assert len(read_board(desk.root).cases) == 1, "nothing is on record yet"


def test_photos_come_with_the_day_of_consent(desk: OpenDesk) -> None:
    page = drop(desk, {"祝君文.jpg": jpeg(), "王伟.jpg": jpeg("red"), "谁.jpg": jpeg("green")})
    assert "祝君文 哪天同意的" in page.text
    assert "没有叫这个名字的人或案例" in page.text
    names = {"consent.zhu-jun-wen": "2026-11-01", "owner.谁.jpg": "fault-crossing"}
    pairs = [(key, names.get(key, value)) for key, value in controls(page)]
    page = desk.post("bring", [*pairs, ("what", "again")])
    assert "肖像同意" in page.text
    answer(desk, page, "take")
    member = read_board(desk.root).members["zhu-jun-wen"]
    assert member.photo
    assert member.consent
    assert (desk.root / "data" / member.photo.file).read_bytes() == jpeg()
    assert len(read_board(desk.root).cases["fault-crossing"].figures) == 1


def test_nothing_that_was_sent_stays_when_it_is_refused(desk: OpenDesk) -> None:
    before = tree(desk.root)
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})})
    answer(desk, page, "refuse")
    after = tree(desk.root)
    assert {name for name in after if not name.startswith(".boards")} == {
        name for name in before if not name.startswith(".boards")
    }


def test_twenty_photos_as_phones_take_them_come_at_once(desk: OpenDesk) -> None:
    large = jpeg("red") + bytes(3 * 2**20)
    photos = {"祝君文.jpg": large, **{f"IMG_{n}.jpg": large for n in range(19)}}
    page = drop(desk, photos)
    assert page.status == 200
    assert "祝君文（zhu-jun-wen）" in page.text


def test_too_much_at_once_is_answered_with_the_way_back(desk: OpenDesk) -> None:
    page_wanted = {**desk.own, "Accept": "text/html"}
    headers = {**page_wanted, "Content-Length": str(2**30)}
    large = desk.ask("POST", f"{desk.given.at}/brought", headers=headers)
    assert "一共 1024 MB，太大，收不下；一次最多 128 MB" in large.text
    many = drop(desk, {f"{n}.jpg": b"x" for n in range(21)}, page_wanted)
    assert "一次最多放 20 个文件" in many.text
    for page, status in ((large, 413), (many, 400)):
        assert page.status == status
        assert f'href="{desk.given.at}/bring"' in page.text


def test_what_is_no_photo_among_photos_is_told_and_hinders_none(desk: OpenDesk) -> None:
    page = drop(desk, {"祝君文.jpg": jpeg(), "IMG_1.jpg": jpeg("red"), "说明.txt": b"abc"})
    assert "祝君文（zhu-jun-wen）" in page.text
    assert "文件：不是照片" in page.text
    assert 'name="owner.IMG_1.jpg"' in page.text
    assert 'name="owner.说明.txt"' not in page.text


HONOURS = [["获奖人", "荣誉", "级别", "年度"], ["王伟", "标兵", "矿级", "2018"]]


def followed(desk: OpenDesk, done: Answer) -> Answer:
    """The page that a browser is led to."""
    assert done.status == 303
    return desk.ask("GET", done.headers["location"])


def test_what_is_dropped_together_is_looked_through_one_after_another(desk: OpenDesk) -> None:
    files = {
        "名册.xlsx": saved({"名册": ROSTER}),
        "祝君文.jpg": jpeg(),
        "演示.pptx": b"PK",
        "荣誉.csv": "获奖人,荣誉,级别,年度\n王伟,标兵,矿级,2018\n".encode(),
    }
    page = drop(desk, files)
    assert "祝君文.jpg" in page.text, "the photos first"
    assert "后面还有 3 个文件" in page.text
    page = followed(desk, answer(desk, page, "refuse"))
    assert "没有带，什么也没有留下。接着看下面的" in page.text
    page = answer(desk, page, "again", column_G="job")
    page = followed(desk, answer(desk, page, "take"))
    assert "带进来了 2 条" in page.text
    assert "演示.pptx" in page.text, "what cannot be read is said on the way"
    assert "这一份什么也没有写" in page.text
    assert "标兵" in page.text
    assert answer(desk, page, "take").status == 303
    board = read_board(desk.root)
    assert {"li-tao", "zhao-min"} <= board.members.keys()
    assert any(row.title == "标兵" for row in board.honours.values())


def test_every_table_of_a_workbook_comes_in_by_one_drop(desk: OpenDesk) -> None:
    book = {"荣誉": HONOURS, "名册": ROSTER, "说明": [["填表的人看这里"]]}
    page = drop(desk, {"台账.xlsx": saved(book)})
    assert "工作表“名册”" in page.text, "people first: others name them"
    page = followed(desk, answer(desk, answer(desk, page, "again", column_G="job"), "take"))
    assert "带进来了 2 条" in page.text
    assert "工作表“荣誉”" in page.text
    assert answer(desk, page, "take").status == 303, "a note is no table"
    assert {row.title for row in read_board(desk.root).honours.values()} >= {"标兵"}


def test_a_sheet_that_is_not_wanted_leaves_the_others(desk: OpenDesk) -> None:
    page = drop(desk, {"台账.xlsx": saved({"名册": ROSTER, "荣誉": HONOURS})})
    page = followed(desk, answer(desk, page, "refuse"))
    assert "工作表“荣誉”" in page.text


def test_taking_twice_leads_on_and_says_that_it_was_taken(desk: OpenDesk) -> None:
    files = {"名册.xlsx": saved({"名册": ROSTER}), "荣誉.xlsx": saved({"荣誉": HONOURS})}
    first = drop(desk, files)
    answer(desk, first, "take")
    page = followed(desk, answer(desk, first, "take"))
    assert "刚才那一份已经收下" in page.text
    assert "标兵" in page.text, "what came with it is still there"
    page = followed(desk, answer(desk, page, "take"))
    assert "带进来了 1 条" in page.text


def test_what_is_pasted_beside_a_file_is_looked_through_after_it(desk: OpenDesk) -> None:
    page = drop(desk, {"名册.xlsx": saved({"名册": ROSTER})}, pasted=MESSAGE)
    assert "后面还有 1 个文件" in page.text
    assert "党员之星：王伟" in followed(desk, answer(desk, page, "refuse")).text


MESSAGE = """【通报】2019年第三季度四区联动评定
10月8日在区队会议室召开联动会议，到会党员12人举手表决。
思想92分，安全95分，质量97分，生产94分。
党员之星：王伟
事迹：每班先量落差再移架，把偏差留在当班。
优质责任区：质量责任区
"""


@pytest.mark.parametrize("way", ["pasted", "file", "beside a photo"])
def test_a_message_fills_in_the_form_of_its_quarter(desk: OpenDesk, way: str) -> None:
    before = tree(desk.root / "data")
    if way == "pasted":
        page = drop(desk, {}, pasted=MESSAGE)
    elif way == "file":
        page = drop(desk, {"三季度.txt": MESSAGE.encode("gb18030")})
    else:
        page = drop(desk, {"三季度.txt": MESSAGE.encode(), "祝君文.jpg": jpeg()})
        page = followed(desk, answer(desk, page, "refuse"))
    assert "党员之星：王伟" in page.text
    assert "收下" not in page.text
    done = answer(desk, page, "draft")
    assert done.status == 303
    form = desk.ask("GET", done.headers["location"]).text
    for said in ("2019-Q3", "2019-10-08", "区队会议室", "每班先量落差再移架"):
        assert said in form
    assert tree(desk.root / "data") == before, "only the form is saved, by somebody"


@pytest.mark.parametrize("kind", ["", "honours"])
def test_a_table_that_names_a_star_is_no_message(desk: OpenDesk, kind: str) -> None:
    table = "获奖人\t荣誉\t级别\t时间\n王伟\t党员之星\t矿级\t2019年三季度\n"
    page = drop(desk, {"荣誉.txt": table.encode()}, kind=kind)
    assert "收下 1 条" in page.text


def test_a_quarter_that_is_on_record_is_not_begun_anew(desk: OpenDesk) -> None:
    page = drop(desk, {}, pasted=MESSAGE.replace("2019年第三", "2019年第一"))
    assert "已经登记了" in page.text
    assert "放进季度表单" not in page.text


def test_a_photo_of_somebody_unknown_is_shown_to_be_told_by(desk: OpenDesk) -> None:
    page = drop(
        desk, {"祝君文.jpg": jpeg(), "IMG_1.jpg": jpeg("red"), "IMG_2.jpg": b"\xff\xd8\xff"}
    )
    small = re.findall(r'src="[^"]*/(waiting/\w+/\d+)"', page.text)
    assert len(small) == 2
    shown = desk.get(small[0])
    assert shown.headers["content-type"] == "image/jpeg"
    with Image.open(io.BytesIO(shown.body)) as image:
        assert max(image.size) == 240
    assert desk.get(small[1]).status == 404, "one that cannot be read"
    assert desk.get(f"{small[0][:-2]}/99").status == 404
    answer(desk, page, "refuse")
    assert desk.get(small[0]).status == 404, "nothing of it is left"


def test_photos_are_made_small_one_at_a_time(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drop(desk, {"IMG_1.jpg": jpeg("red")})
    waited = []

    def decoded(content: bytes, ending: str) -> Image.Image:
        waited.append(bring._ONE_AT_A_TIME.locked())
        return decode(content, ending)

    monkeypatch.setattr(bring, "decode", decoded)
    [small] = re.findall(r'src="[^"]*/(waiting/\w+/\d+)"', page.text)
    assert desk.get(small).status == 200
    assert waited == [True], "a dozen large ones at once take a gigabyte"
