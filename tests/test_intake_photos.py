"""A folder of photos, named as people name them: whose each is, and what is in the way."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from boards.board.load import load
from boards.check import check_folders
from boards.errors import errors_in
from boards.intake.consents import consents_of
from boards.intake.photos import Agreed, Photo, PhotosPlan, photos_in, plan_photos
from boards.intake.proposal import carry_out
from boards.sheets.values import Refused
from brought import jpeg, said_in
from helpers import TODAY

pytestmark = pytest.mark.slow  # and of no day


def png() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (1200, 1600), "navy").save(content, "PNG")
    return content.getvalue()


def planned(site: Path, files: dict[str, bytes], agreed: Agreed | None = None) -> PhotosPlan:
    photos = [Photo(name, content) for name, content in files.items()]
    return plan_photos(site, photos, TODAY, agreed or Agreed())


@pytest.mark.parametrize(
    "name",
    ["王伟.jpg", "王 伟.JPG", "01-王伟.jpg", "王伟（1）.jpg", "王伟照片.jpg", "wang-wei.jpg",
     "3、王伟证件照.jpeg", "照片/王伟.jpg", "王伟-采煤一班.jpg", "采煤机司机_王伟（2）.jpg"],
)  # fmt: skip
def test_a_photo_goes_to_whom_it_is_called_after(name: str, site: Path) -> None:
    [entry] = planned(site, {name: jpeg()}).proposal.entries
    assert (entry.table, entry.id) == ("members", "wang-wei")


@pytest.mark.parametrize(
    "name", ["过断层.jpg", "Ⅱ830工作面过断层-2.png", "Ⅱ830工作面过断层/IMG_0012.jpg",
             "fault-crossing.jpg", "Ⅱ830_工作面过断层 现场.jpg"]
)  # fmt: skip
def test_a_photo_goes_to_the_case_it_is_called_after(name: str, site: Path) -> None:
    content = png() if name.endswith("png") else jpeg()
    [entry] = planned(site, {name: content}).proposal.entries
    assert (entry.table, entry.id) == ("cases", "fault-crossing")


def test_what_a_file_is_called_in_the_folder_of_a_case_is_what_it_shows(site: Path) -> None:
    plan = planned(site, {"过断层/测量落差.jpg": jpeg()})
    carry_out(plan.proposal, site, TODAY)
    board, problems = check_folders(site / "data", site / "content", TODAY)
    assert not errors_in(problems)
    [figure] = board.cases["fault-crossing"].figures
    assert figure.alt == "测量落差"
    assert (site / "data" / figure.file).read_bytes() == jpeg()


def test_consent_is_asked_per_person_and_written_down(site: Path) -> None:
    plan = planned(site, {"祝君文.jpg": jpeg(), "王伟.jpg": jpeg("red")})
    assert [member.name for member in plan.unasked] == ["祝君文"], "王伟 has been asked before"
    given = consents_of(site, {"祝君文": "2026-11-01/网页"}, TODAY)
    plan = planned(site, {"祝君文.jpg": jpeg()}, Agreed(given))
    assert not plan.unasked
    carry_out(plan.proposal, site, TODAY)
    consent = load(site / "data", site / "content")[0].members["zhu-jun-wen"].consent
    assert consent
    assert (consent.site, consent.print, consent.share) == (True, False, False)


@pytest.mark.parametrize("typed", ["昨天", "2026-12-31", "2026-11-01/电视"])
def test_a_consent_that_cannot_be_is_refused(typed: str, site: Path) -> None:
    with pytest.raises(Refused):
        consents_of(site, {"王伟": typed}, TODAY)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"李四.jpg": jpeg()}, "台账里没有“李四” 先把这个人带进人员（名册）"),
        ({"王伟.gif": b"GIF89a" + bytes(60)}, "：是 GIF 图片 "),
        ({"说明.txt": "几张照片".encode()}, "不是照片"),
        ({"王伟在测量.jpg": jpeg()}, "文件名里有“王伟”，看不出是不是这个人的单人照"),
        ({"王伟 张队.jpg": jpeg()}, "看不出是不是这个人的单人照"),
        ({"王伟-过断层现场.jpg": jpeg()}, "看不出是不是这个人的单人照"),
        ({"IMG_2031.jpg": jpeg()}, "没有叫这个名字的人或案例"),
        ({"王伟和祝君文.jpg": jpeg()}, "里面有祝君文、王伟，不是一个人的照片"),
        ({"王伟.jpg": jpeg(), "王伟照片.png": png()}, "王伟.jpg"),
        ({"王伟.jpg": jpeg(), "祝君文.jpg": jpeg()}, "和 王伟.jpg 是同一张"),
        ({"王伟.jpg": jpeg("red", 300, 400)}, "印展板会糊"),
        ({"王伟.jpg": jpeg()[:900]}, "照片不完整"),
        ({"王伟.docx": b"PK\x03\x04"}, "内容是压缩包"),
        ({"王伟.jpg": b"%PDF-1.7"}, "PDF"),
        ({"党员甲.jpg": jpeg()}, "没有叫这个名字的人或案例"),
    ],
)
def test_what_is_in_the_way_is_said(files: dict[str, bytes], said: str, site: Path) -> None:
    assert said in "\n".join(said_in(planned(site, files).proposal))


def test_a_photo_that_is_there_comes_in_once(site: Path) -> None:
    carry_out(planned(site, {"王伟.jpg": jpeg()}).proposal, site, TODAY)
    again = planned(site, {"王伟（新）.jpg": jpeg(), "王伟.jpg": jpeg()}).proposal
    assert not again.files
    assert "“王伟”已经有这一张" in "\n".join(said_in(again))


def test_somebody_may_say_whose_it_is(site: Path) -> None:
    agreed = Agreed(owners={"IMG_1.jpg": "wang-wei", "IMG_2.jpg": "skip"})
    plan = planned(site, {"IMG_1.jpg": jpeg(), "IMG_2.jpg": jpeg("red")}, agreed)
    assert [entry.id for entry in plan.proposal.entries] == ["wang-wei"]
    assert not plan.proposal.left_out


def test_a_folder_is_read_without_what_systems_leave_in_it(tmp_path: Path) -> None:
    (tmp_path / "过断层").mkdir()
    for name in ("王伟.jpg", "Thumbs.db", ".hidden.jpg", "过断层/a.jpg"):
        (tmp_path / name).write_bytes(jpeg())
    assert [photo.name for photo in photos_in(tmp_path)] == ["王伟.jpg", "过断层/a.jpg"]


def test_an_empty_folder_is_answered(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="文件夹里没有文件"):
        list(photos_in(tmp_path))
