"""Photos keep the names that phones, WeChat and Windows gave them, on every surface."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import TypeAdapter, ValidationError

from boards.amend import Edit, amended
from boards.amend.adding.answers import Refused, options, read
from boards.amend.adding.questions import within
from boards.board.editors import editor_files
from boards.board.load import load
from boards.errors import worded
from boards.records.fields import MediaPath
from boards.records.filenames import FOREIGN
from boards.records.work import CasePhoto
from boards.sheets.out import workbook
from boards.sheets.plan import plan
from helpers import MINIMAL, TODAY, check_tree, read_board, report, settle, write_tree
from raw_photos import encoded, picture
from sites import build_site, tree
from workbooks import got, opened, put, saved

pytestmark = pytest.mark.slow

TAKEN = [
    "微信图片_20190819 (1).jpg",
    "IMG_0001 - 副本.jpg",
    "张三、李四.jpg",
    "中文 名.jpeg",
    "IMG_0001.JPG",
    "ＩＭＧ＿０００１（１）.jpg",
    "合影，2019年“七一”.png",
    "2019.8.19 井口.jpg",
    "张三.jpg.jpg",
    "下载.jfif",
    "[优秀]@张三&李四 #1 'A' 100%~+=;,!$^`{}.jpg",
    "全角　空格.jpg",
    "-张三.jpg",
    "照片..jpg",
    "㛃𠅤.webp",
    "IMG_0001.HEIC",
    "屏幕截图 2019-08-19 081523.png",
    "mmexport1566200000000.jpg",
    "Screenshot_20190819_com.tencent.mm.jpg",
    "2019/七一 活动/合影 (2).jpg",
    "null.jpg",
    "conference.jpg",
    "com10.jpg",
]


def kept(typed: str) -> str:
    return TypeAdapter(MediaPath).validate_python(typed)


def refusal(typed: str) -> tuple[str, str]:
    """What is said of a name that is not taken, and what to do."""
    with pytest.raises(ValidationError) as raised:
        kept(typed)
    said = raised.value.errors()[0]["ctx"]
    return said["found"], worded(said["cure"])


@pytest.mark.parametrize("name", TAKEN)
def test_names_are_taken_as_they_are(name: str) -> None:
    assert kept(f"media/{name}") == f"media/{name}"
    assert kept(name) == f"media/{name}"


@pytest.mark.parametrize(
    "typed",
    [
        "张 三.jpg",
        "media\\张 三.jpg",
        "data/media/张 三.jpg",
        "data\\media\\张 三.jpg",
        "./media/张 三.jpg",
        "Media/张 三.jpg",
        "media//张 三.jpg",
        "media／张 三.jpg",
        "C:\\支部展板\\data\\media\\张 三.jpg",
        '"C:\\支部展板\\data\\media\\张 三.jpg"',
        "\\\\nas\\dangjian\\data\\media\\张 三.jpg",
        "/srv/boards/data/media/张 三.jpg",
    ],
)
def test_other_ways_to_say_where_it_is_mean_the_same(typed: str) -> None:
    assert kept(typed) == "media/张 三.jpg"


REFUSED = {
    "media/10:30.jpg": ("有 Windows 不许用的 :", "10-30.jpg"),
    "media/为什么?*.jpg": ("有 Windows 不许用的 ? *", "为什么-.jpg"),
    'media/"张三".jpg': ('有 Windows 不许用的 "', "-张三-.jpg"),
    "media/<a>|b.jpg": ("有 Windows 不许用的 < > |", "-a-b.jpg"),
    "media/a.jpg.": ("末尾有多余的点", "a.jpg"),
    "media/七一. /a.jpg": ("末尾有空格", "七一/a.jpg"),
    "media/con.jpg": ("是 Windows 的保留名 con", "con-1.jpg"),
    "media/NUL.2019.jpg": ("是 Windows 的保留名 NUL", "NUL-1.2019.jpg"),
    "media/Lpt1 .jpg": ("是 Windows 的保留名 Lpt1", "Lpt1-1.jpg"),
    "media/COM¹.jpg": ("是 Windows 的保留名 COM¹", "COM¹-1.jpg"),
    "media/aux/a.jpg": ("是 Windows 的保留名 aux", "aux-1/a.jpg"),
    "media/张\u200b三.jpg": ("夹着零宽空格（U+200B）", "张三.jpg"),
    "media/\u202egpj.三张.jpg": ("夹着方向控制符（U+202E）", "gpj.三张.jpg"),
    "media/张\x07三.jpg": ("夹着控制字符（U+0007）", "张三.jpg"),
    "media/张\ue000三.jpg": ("夹着自造字（别的电脑上显示不出来）（U+E000）", "张三.jpg"),
    "media/\u200e\u202a.jpg": (
        "夹着方向控制符（U+200E）、夹着方向控制符（U+202A）",
        "照片.jpg",
    ),
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_some_system_would_not_hold_is_said_with_the_name_to_use(typed: str) -> None:
    matter, use = REFUSED[typed]
    found, hint = refusal(typed)
    assert found == f"照片“{typed.removeprefix('media/')}”的文件名{matter}"
    assert hint == f"把文件改名为 {use}，台账里写 media/{use}"
    assert kept(use) == f"media/{use}"


@pytest.mark.parametrize(
    ("typed", "said", "cure"),
    [
        ("张三", "没有写扩展名", "例如 media/张三.jpg；"),
        ("media/2019.8.19 合影", "没有写扩展名", "media/2019.8.19 合影.jpg；"),
        ("media/.jpg", "只有扩展名", "media/照片.jpg"),
        ("media/张三。jpg", "扩展名认不出来", "写成 media/张三.jpg"),
        ("张三．ｊｐｇ", "扩展名认不出来", "写成 media/张三.jpg"),
        ("ＩＭＧ．ＪＰＥＧ", "扩展名认不出来", "写成 media/ＩＭＧ.jpeg"),
        ("张三.jpgg", "扩展名认不出来", "写成 media/张三.jpg"),
        ("张三.gif", "是 GIF 图片，用不了", "另存为 jpg"),
        ("a.jpg.exe", "扩展名认不出来", "以 .jpg、"),
        ("IMG_0001.MOV", "是视频，用不了", "选静态照片"),
        ("张三.docx", "是 Word 文档，用不了", "单独存成 jpg"),
        ("media/", "没有文件名", "media/文件名.jpg"),
        ("media", "没有写扩展名", "media/media.jpg"),
        ("http://10.0.0.8/a.jpg", "外面", "写成 media/a.jpg"),
        ("D:\\照片\\张三 (1).jpg", "外面", "写成 media/张三 (1).jpg"),
        ("C:张三.jpg", "不许用的 :", "C-张三.jpg"),
        ("media/../a.jpg", "外面", "写成 media/a.jpg"),
        ("..\\..\\a.jpg", "外面", "写成 media/a.jpg"),
        ("长" * 81 + ".jpg", "太长", "80 个字"),
        ("𠅤" * 70 + ".jpg", "太长", "80 个字"),
    ],
)
def test_what_is_no_photo_of_ours_is_said(typed: str, said: str, cure: str) -> None:
    found, hint = refusal(typed)
    assert said in found
    assert cure in hint


@pytest.mark.parametrize("kind", [kind for kind, (endings, _) in FOREIGN.items() if endings])
def test_every_other_kind_of_file_is_called_by_its_name(kind: str) -> None:
    found, _ = refusal(f"media/a{FOREIGN[kind][0][0].upper()}")
    assert kind in found


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=30), st.sampled_from([".jpg", "", ".JPG", ".", "/"]))
def test_whatever_is_typed_is_kept_as_a_safe_path_or_refused_in_words(
    text: str, ending: str
) -> None:
    try:
        path = kept(text + ending)
    except ValidationError as error:
        assert worded(error.errors()[0]["ctx"]["cure"])
        return
    assert kept(path) == path
    head, *parts = path.split("/")
    assert head == "media"
    assert not {"", ".", ".."} & {*parts}
    assert not any(set(part) & set('<>:"|?*\\\0') or part[-1] in ". " for part in parts)


CASE = MINIMAL["data/cases/fault-crossing.yml"]
assert isinstance(CASE, str)
FIGURE = (
    "figures:\n  - file: {file}\n    alt: 量落差\n    people:\n      - nobody\naudience: public\n"
)
READABLE = [name for name in TAKEN if not name.endswith("HEIC")]
KINDS = {"png": "PNG", "webp": "WEBP"}


def as_file(name: str) -> bytes:
    return encoded(picture(), KINDS.get(name.rpartition(".")[2], "JPEG"))


def with_figures(root: Path, *names: str, prefix: str = "media/") -> Path:
    """A small site whose case shows these photos."""
    rows = "".join(
        f"  - file: {json.dumps(prefix + name, ensure_ascii=False)}\n    alt: 量落差\n"
        "    people:\n      - nobody\n"
        for name in names
    )
    case = CASE.replace("audience: public\n", f"figures:\n{rows}audience: public\n")
    files = {f"data/media/{name}": as_file(name) for name in names}
    return settle(write_tree(root, {**MINIMAL, "data/cases/fault-crossing.yml": case, **files}))


@pytest.mark.slow
@pytest.mark.parametrize("prefix", ["media/", "", "data\\media\\"])
def test_every_such_photo_is_found_and_shown(tmp_path: Path, prefix: str) -> None:
    root = with_figures(tmp_path, *READABLE, prefix=prefix)
    assert report(check_tree(root)) == ""
    site = tree(build_site(root).target)
    page = site["cases/fault-crossing.html"].decode("utf-8")
    assert page.count("<img") == len(READABLE)
    assert all(name.isascii() for name in site if name.startswith("media/"))


def test_a_plain_value_of_yaml_may_hold_such_a_name(tmp_path: Path) -> None:
    name = "微信图片_20190819 (1).jpg"
    case = CASE.replace("audience: public\n", FIGURE.format(file=name))
    files = {"data/cases/fault-crossing.yml": case, f"data/media/{name}": as_file(name)}
    assert report(check_tree(settle(write_tree(tmp_path, {**MINIMAL, **files})))) == ""


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_is_written_is_read_back(tmp_path: Path, name: str) -> None:
    root = with_figures(tmp_path, "a.jpg")
    figures = [{"file": f"media/{name}", "alt": "量落差"}]
    files = amended(read_board(root), root, [Edit("cases", "fault-crossing", {"figures": figures})])
    board, problems = load(root / "data", root / "content", files)
    assert report(problems) == ""
    assert board.cases["fault-crossing"].figures[0].file == f"media/{name}"


@pytest.mark.parametrize("prefix", ["media/", ""])
def test_a_workbook_gives_back_every_name_unchanged(tmp_path: Path, prefix: str) -> None:
    root = with_figures(tmp_path, *READABLE, prefix=prefix)
    made = plan(root, workbook(read_board(root), TODAY), root / "台账.xlsx", TODAY)
    assert made.made == ()


def test_a_question_keeps_the_whole_path(tmp_path: Path) -> None:
    (question,) = (one for one in within(CasePhoto) if one.name == "file")
    assert read(question, "微信图片 (1).jpg", None) == "media/微信图片 (1).jpg"
    assert read(question, '"D:\\展板\\data\\media\\a.jpg"', None) == "media/a.jpg"
    with pytest.raises(Refused, match="把文件改名为 10-30"):
        read(question, "10:30.jpg", None)


def test_who_is_in_a_picture_is_asked_and_nobody_is_an_answer(tmp_path: Path) -> None:
    (question,) = (one for one in within(CasePhoto) if one.name == "people")
    assert question.required
    offered = options(read_board(write_tree(tmp_path, MINIMAL)), question, {}, TODAY)
    assert offered
    assert (offered[0].id, offered[0].label) == ("nobody", "无可辨认的人")
    assert [read(question, typed, offered) for typed in ("1", "无可辨认的人", "王伟")] == [
        "nobody", "nobody", "wang-wei",
    ]  # fmt: skip


def test_a_workbook_says_in_words_who_is_in_a_picture(tmp_path: Path) -> None:
    root = with_figures(tmp_path, "a.jpg")
    cells = opened(workbook(read_board(root), TODAY))
    assert got(cells, "案例·图片", 2, "照片里的人") == "nobody 无可辨认的人"
    put(cells, "案例·图片", 2, "照片里的人", "")
    notices = plan(root, saved(cells), root / "台账.xlsx", TODAY).notices
    (notice,) = (notice for notice in notices if "没有写照片里认得出谁" in notice.found)
    assert "“照片里的人”" in notice.hint
    put(cells, "案例·图片", 2, "照片里的人", "无可辨认的人")
    assert plan(root, saved(cells), root / "台账.xlsx", TODAY).made == ()


@pytest.mark.parametrize("name", ["cases", "members"])
def test_editors_show_no_false_error(name: str) -> None:
    whole = json.loads(editor_files()[f"data/schema/{name}.schema.json"])
    found = [row for row in _groups(whole) if "file" in row]
    assert found
    for group in found:
        check = Draft7Validator(group["file"])
        assert not [one for one in (*TAKEN, *map(kept, TAKEN)) if not check.is_valid(one)]
        assert not check.is_valid("media/a.gif")
        assert not check.is_valid("张三")


def _groups(value: object) -> list[dict[str, object]]:
    if isinstance(value, list):
        return [row for item in value for row in _groups(item)]
    if not isinstance(value, dict):
        return []
    here = [value["properties"]] if isinstance(value.get("properties"), dict) else []
    return [*here, *(row for item in value.values() for row in _groups(item))]


@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ("中文 名.jpg", "media/中文名.jpg"),
        ("ＩＭＧ（1）.jpg", "media/IMG(1).jpg"),
        ("全角\u3000空格.jpg", "media/全角 空格.jpg"),
        ("e\u0301.jpg", "media/\u00e9.jpg"),
    ],
)
def test_a_name_that_only_looks_the_same_is_told(tmp_path: Path, there: str, typed: str) -> None:
    case = CASE.replace("audience: public\n", FIGURE.format(file=typed))
    files = {"data/cases/fault-crossing.yml": case, f"data/media/{there}": as_file(there)}
    said = report(check_tree(write_tree(tmp_path, {**MINIMAL, **files})))
    if not said:
        pytest.skip("这个磁盘自己分不开这两个名字")
    assert f"改成 media/{there}（只差在空格、大小写、全角半角" in said


def test_a_photo_in_a_folder_of_its_own_is_suggested(tmp_path: Path) -> None:
    case = CASE.replace("audience: public\n", FIGURE.format(file="2019/合影(2).jpg"))
    files = {
        "data/cases/fault-crossing.yml": case,
        "data/media/2019/合影 (2).jpg": as_file("a.jpg"),
    }
    said = report(check_tree(write_tree(tmp_path, {**MINIMAL, **files})))
    assert "改成 media/2019/合影 (2).jpg" in said
