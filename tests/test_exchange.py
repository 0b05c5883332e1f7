"""Experience that travels: what leaves, what comes in, and what of it the site shows."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from boards.board.board import MODELS, Board
from boards.check import check_folders
from boards.editions.edition import Edition, EditionName
from boards.output import MARKER
from boards.packs.downloads import exchange
from boards.packs.keys import make_key
from boards.packs.limits import LIMITS, check_length
from boards.packs.receive import SignatureState, examine, store, trusting
from boards.packs.record import RECORD, from_yaml, to_yaml
from boards.packs.script import protected_words, to_traditional
from boards.packs.share import Pack, make_pack, shared_of
from boards.packs.shareable import shareable
from boards.posters.workshop import workshop
from boards.records import Audience, Record, Shared
from boards.records.terms import Terms, Weekday
from boards.report import redactions
from helpers import TODAY, read_board, settle, wang_wei, write_tree
from sites import build_site, change, copy_site, tree
from test_cli import run

pytestmark = pytest.mark.slow

PUBLISH = Edition(EditionName.PUBLISH, TODAY)
OUT = Audience.SISTER_UNITS
CASE = "case-ii830-fault-crossing"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(root: Path) -> Board:
    """The board of a site, approved as it is."""
    board, problems = check_folders(settle(root) / "data", root / "content", TODAY)
    assert not [p for p in problems if p.severity == "error"]
    return board


def given(root: Path, circle: Audience = OUT) -> dict[str, Shared]:
    return {shared.key: shared for shared in shared_of(read(root), PUBLISH, circle)}


def packed(root: Path, key: str = CASE, *, traditional: bool = False) -> Pack:
    board = read(root)
    [shared] = [row for row in shared_of(board, PUBLISH, OUT) if row.id == key]
    return make_pack(workshop(board), board, shared, root, traditional=traditional)


def other_unit(target: Path) -> Path:
    """A second site with a name of its own."""
    root = copy_site(target)
    branch = root / "data/branch.yml"
    change(branch, "  id: zongcai-er-qu\n", "  id: zongcai-yi-qu\n")
    change(branch, "  name: 综采二区党支部\n", "  name: 综采一区党支部\n")
    return settle(root)


def received(root: Path, pack: Pack) -> Path:
    board = read(root)
    return store(examine(pack.archive, board.keys, board.branch.id), root / "data")


# What leaves


def test_only_what_is_approved_real_and_meant_for_them_leaves(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    assert set(given(root)) == {
        CASE, "innovation-ii1057-jack-seat",
        "practice-thought", "practice-safety", "practice-quality", "practice-production",
    }, "talks are samples"  # fmt: skip
    case = root / "data/cases/ii830-fault-crossing.yml"
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("audience: public", "audience: intranet"), encoding="utf-8")
    article = root / "content/write-ups/ii830-fault-crossing.md"
    change(article, "audience: public", "audience: intranet")
    assert CASE not in given(root)
    case.write_text(text.replace("basis: published", "basis: steps"), encoding="utf-8")
    assert CASE not in given(root), "its four steps have not been taken"


def test_what_is_for_sister_units_is_not_for_the_public(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    case = root / "data/cases/ii1057-jack-seat.yml"
    change(case, "audience: public", "audience: sister-units")
    article = root / "content/write-ups/ii1057-jack-seat.md"
    change(article, "audience: public", "audience: sister-units")
    assert "innovation-ii1057-jack-seat" in given(root)
    assert "innovation-ii1057-jack-seat" not in given(root, Audience.PUBLIC)


def test_private_fields_stay_and_the_cover_says_which(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    case = root / "data/cases/ii830-fault-crossing.yml"
    text = case.read_text(encoding="utf-8")
    steps = (
        "review:\n  basis: steps\n  proposed_by: 提出者金雀\n  checked_by: 审核者银杏\n"
        "  approved_by: 支部书记\n  approved_on: 2019-09-01\nremark: 备注蓝鲸\n"
    )
    approved = "review:\n  basis: published\n  approved_content: .*\n"
    case.write_text(re.sub(approved, steps, text), encoding="utf-8")
    shared = given(root)[CASE]
    assert shared.left_out == ("提出人", "审核人", "内部备注")
    assert (shared.approval.approved_by, str(shared.approval.approved_on)) == (
        "支部书记", "2019-09-01",
    )  # fmt: skip
    pack = packed(root)
    everything = b"".join(unpacked(pack).values())
    for secret in ("提出者金雀", "审核者银杏", "备注蓝鲸"):
        assert secret.encode() not in everything


def unpacked(pack: Pack) -> dict[str, bytes]:
    """Every file of a pack, those inside its Word file included."""
    with zipfile.ZipFile(io.BytesIO(pack.archive)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    word = next(data for name, data in files.items() if name.endswith(".docx"))
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        files |= {f"docx/{name}": archive.read(name) for name in archive.namelist()}
    return files


def test_a_pack_is_the_same_every_time(tmp_path: Path) -> None:
    one, two = copy_site(tmp_path / "one"), copy_site(tmp_path / "two")
    assert packed(one).archive == packed(two).archive


def test_lengths_are_checked_as_calls_ask(tmp_path: Path) -> None:
    shared = given(copy_site(tmp_path))[CASE]
    assert check_length(shared, LIMITS["case"]) == ""
    assert re.search(
        r"要求 300–500 字，这一篇 \d+ 字，要删去 \d+ 字", check_length(shared, LIMITS["item"])
    )
    short = shared.model_copy(update={"sections": shared.sections[:1]})
    assert "要补上" in check_length(short, LIMITS["item"])


def test_the_traditional_edition_leaves_names_alone(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/members.yml", "    name: 陈化永\n", "    name: 陈万里\n")
    board = read(root)
    shared = given(root)[CASE]
    told = shared.model_copy(update={"author": "陈万里，质量包保小组", "title": "陈万里过断层"})
    changed = to_traditional(told, protected_words(board))
    assert changed.title == "陈万里過斷層"
    assert changed.author == "陈万里，質量包保小組"
    assert changed.unit == shared.unit
    pack = packed(root, traditional=True)
    assert pack.files[RECORD] == to_yaml(shared), "the record itself travels as it is"
    page = pack.files[f"{CASE}.html"].decode("utf-8")
    assert "工作面質量包保" in page
    assert 'lang="zh-Hant"' in page


# What comes in


def test_passing_a_pack_on_changes_no_byte_of_its_record(tmp_path: Path) -> None:
    here, there = copy_site(tmp_path / "here"), other_unit(tmp_path / "there")
    pack = packed(here)
    folder = received(there, pack)
    assert (folder / RECORD).read_bytes() == pack.files[RECORD]
    again = packed(there, f"zongcai-er-qu-{CASE}")
    assert again.files[RECORD] == pack.files[RECORD]
    shared, problems = from_yaml(again.files[RECORD], RECORD)
    assert problems == []
    assert shared
    assert to_yaml(shared) == pack.files[RECORD]


def test_what_another_wrote_is_never_signed_as_ours(tmp_path: Path) -> None:
    here, there = copy_site(tmp_path / "here"), other_unit(tmp_path / "there")
    make_key(there)
    received(there, packed(here))
    again = packed(there, f"zongcai-er-qu-{CASE}")
    assert examine(again.archive, {}, "third").signature is SignatureState.UNSIGNED
    assert examine(packed(there).archive, {}, "third").signature is SignatureState.UNKNOWN


_KEY = "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="
_ROW = f"  - id: san-qu\n    name: 综采三区党支部\n    public_key: {_KEY}  # 打过电话\n"
_FOUR = _ROW.replace("\n    ", "\n      ").replace("  - id", "    - id")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A signed pack as a file, and the site of the unit that it is sent to."""
    folder = tmp_path_factory.mktemp("signed")
    here, there = copy_site(folder / "here"), other_unit(folder / "there")
    make_key(here)
    pack = folder / "pack.zip"
    pack.write_bytes(packed(here).archive)
    return pack, there


def _trusting(signed: tuple[Path, Path], root: Path, keys: bytes | None, code: int = 0) -> str:
    """Receive the pack with --trust at a site whose keys.yml holds `keys`."""
    pack, there = signed
    shutil.copytree(there, root)
    if keys is not None:
        (root / "data/keys.yml").write_bytes(keys)
    day = ("--date", "2026-11-23")
    return run("receive", str(pack), "--yes", "--trust", *day, folder=root, code=code)


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(None, id="no file"),
        pytest.param("keys:  # 还没有\n".encode(), id="no row yet"),
        pytest.param(f"# 认得的单位\nkeys:\n{_ROW}".encode(), id="as the house writes"),
        pytest.param(f"keys:\n{_ROW}\n# 以上都核对过\n".encode("gb18030"), id="GBK"),
        pytest.param(b"\xef\xbb\xbf" + f"keys:\n{_ROW}".encode(), id="BOM"),
        pytest.param(f"keys:\n{_ROW}".replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(f"keys:\n{_FOUR}".encode(), id="four spaces"),
        pytest.param(f"keys:\n{_ROW}".replace("\n  ", "\n").encode(), id="unindented dashes"),
        pytest.param("keys: []  # 还没有\n".encode(), id="empty list"),
        pytest.param(f"keys:\n{_ROW}".rstrip().encode(), id="no line end at the end"),
    ],
)
def test_a_key_that_was_compared_is_noted_in_the_file_as_it_is_typed(
    signed: tuple[Path, Path], tmp_path: Path, kept: bytes | None
) -> None:
    root = tmp_path / "site"
    said = _trusting(signed, root, kept)
    assert "已把对方的公钥记到 data/keys.yml。" in said
    known = read(root).keys
    assert set(known) == {"zongcai-er-qu", *(["san-qu"] if kept and b"san-qu" in kept else [])}
    assert known["zongcai-er-qu"].added_on == TODAY
    assert "已签名，公钥登记过" in run("receive", str(signed[0]), "--yes", "--replace", folder=root)
    backup = root / "backups/2026-11-23-receive/data/keys.yml"
    if kept is None:
        assert not backup.exists()
        return
    assert backup.read_bytes() == kept
    now = (root / "data/keys.yml").read_bytes()
    encoding = "utf-8" if _is_utf8(kept) else "gb18030"
    assert _is_utf8(now) is _is_utf8(kept)
    lines = now.decode(encoding).splitlines()
    for line in kept.decode(encoding).splitlines():
        assert line.replace(" []", "") in lines
    assert (b"\r\n" in now) is (b"\r\n" in kept)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("keys:\n  - id: [一\n".encode(), "台账有"),
        (b"\x81\xff\xff\x00", "台账有"),
        (
            f"keys: [{{id: san-qu, name: 三区, # 打过电话\n  public_key: {_KEY}}}]\n".encode(),
            "对方的公钥登记不了：data/keys.yml 第 1 行附近的注释",
        ),
    ],
)
def test_a_file_of_keys_that_cannot_be_changed_is_told_before_anything_is_stored(
    signed: tuple[Path, Path], tmp_path: Path, keys: bytes, told: str
) -> None:
    root = tmp_path / "site"
    said = _trusting(signed, root, keys, code=1)
    assert told in said
    assert "收下了" not in said
    assert not (root / "data/received").exists()
    assert (root / "data/keys.yml").read_bytes() == keys


def test_no_key_to_note_is_said(signed: tuple[Path, Path], tmp_path: Path) -> None:
    root = tmp_path / "site"
    _trusting(signed, root, None)
    trust = ("--yes", "--replace", "--trust")
    assert "对方的公钥早就登记过。" in run("receive", str(signed[0]), *trust, folder=root)
    unsigned = tmp_path / "unsigned.zip"
    unsigned.write_bytes(packed(copy_site(tmp_path / "here"), "practice-quality").archive)
    (root / "data/keys.yml").unlink()
    said = run("receive", str(unsigned), *trust, folder=root)
    assert "这一包没有签名，没有公钥可登记。" in said
    assert not (root / "data/keys.yml").exists()


def test_a_key_known_for_another_unit_is_not_noted_again(
    signed: tuple[Path, Path], tmp_path: Path
) -> None:
    board = read(signed[1])
    arrival = examine(signed[0].read_bytes(), {}, board.branch.id)
    public = json.loads(arrival.stored["manifest.json"])["signer"]["public_key"]
    row = f"  - id: san-qu\n    name: 综采三区党支部\n    public_key: {public}\n"
    root = tmp_path / "site"
    said = _trusting(signed, root, f"keys:\n{row}".encode())
    assert "签名用的密钥登记在别的单位名下，没有再登记。" in said
    assert set(read(root).keys) == {"san-qu"}
    assert trusting(arrival, board, root, TODAY), "the same key, where nobody else has it"


@pytest.mark.slow
def test_what_came_in_is_shown_under_its_sender_and_counts_for_nobody_here(tmp_path: Path) -> None:
    here, there = copy_site(tmp_path / "here"), other_unit(tmp_path / "there")
    before = tree(build_site(there).target)
    received(there, packed(here))
    after = tree(build_site(there).target)
    page = f"exchange/zongcai-er-qu-{CASE}.html"
    poster = f"posters/experience-zongcai-er-qu-{CASE}"
    files = {name for name in set(after) - set(before) if name.startswith(poster)}
    assert files == {f"{poster}{end}" for end in (".png", "-80x120.pdf", "-A4.pdf")}
    assert set(after) - set(before) - files == {page}
    assert "淮北矿业集团朱仙庄矿 综采二区党支部" in after[page].decode("utf-8")
    for own in ("cases/index.html", "honours.html", "index.html", "outcomes.html"):
        assert after[own] == before[own], "their experience is not ours"


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("rename", "文件夹的名字和里面的发出单位、名称不一致"),
        ("own", "这是本支部自己发出的材料"),
        ("zone", "night"),
        ("words", "record.yml 收下以后改过，不是对方发来的样子"),
    ],
)
def test_a_received_folder_that_was_tampered_with_is_told(
    tmp_path: Path, harm: str, said: str
) -> None:
    here, there = copy_site(tmp_path / "here"), other_unit(tmp_path / "there")
    folder = received(there, packed(here))
    if harm == "rename":
        folder.rename(folder.with_name("case-other"))
    elif harm == "own":
        change(folder / RECORD, "  id: zongcai-er-qu\n", "  id: zongcai-yi-qu\n")
    elif harm == "zone":
        change(folder / RECORD, "zone: quality\n", "zone: night\n")
    else:
        change(folder / RECORD, "as_of: 2019-08\n", "as_of: 2019-09\n")
    _, problems = check_folders(there / "data", there / "content", TODAY)
    assert [p for p in problems if p.severity == "error" and said in p.found], problems


# What the site offers


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_site(tmp_path_factory.mktemp("published"))
    return build_site(root, EditionName.PUBLISH).target


def test_the_feed_is_atom_and_its_links_lead_somewhere(published: Path) -> None:
    feed = ET.parse(published / "exchange/feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 6
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 6
    for entry in entries:
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT00:00:00\+08:00", entry.findtext(f"{ATOM}updated", "")
        )
        for link in entry.findall(f"{ATOM}link"):
            assert (published / "exchange" / link.attrib["href"]).resolve().is_file()


def test_the_portal_data_names_every_file_with_its_hash(published: Path) -> None:
    data = json.loads((published / "exchange/boards.json").read_text(encoding="utf-8"))
    assert data["schema"] == "branch-boards/2"
    assert len(data["packs"]) == 6
    for pack in data["packs"]:
        assert {Path(file["url"]).suffix for file in pack["files"]} == {
            ".docx", ".pdf", ".html", ".zip",
        }  # fmt: skip
        for file in pack["files"]:
            content = (published / file["url"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_packs_on_the_site_hold_no_sample(published: Path) -> None:
    for archive in sorted((published / "exchange").glob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            everything = b"".join(opened.read(name) for name in opened.namelist())
        assert "示例".encode() not in everything
        assert "党员甲".encode() not in everything


def test_a_site_is_built_though_nothing_may_leave(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    change(root / "data/branch.yml", "  stale_after_months: 12\n  audience: public\n",
           "  stale_after_months: 12\n  audience: intranet\n")  # fmt: skip
    page = tree(build_site(root).target)["exchange/index.html"].decode("utf-8")
    assert "能给兄弟单位的内容缺了一部分，材料没有生成。" in page
    said = run("share", "--list", folder=root, code=1)
    assert "支部的介绍不能公开" in said
    assert "把 branch 的 audience 改成 sister-units（" in said


def test_a_pack_that_was_cut_off_in_the_cache_is_made_anew(tmp_path: Path) -> None:
    root = copy_site(tmp_path, made=False)
    before = tree(build_site(root).target)
    cached = [*(root / ".boards" / "packs").rglob("*.zip"), *(root / ".boards").rglob("*.docx")]
    assert len(cached) == 12
    for file in cached:
        file.write_bytes(file.read_bytes()[:100])
    after = tree(build_site(root).target)
    assert {**after, MARKER: b""} == {**before, MARKER: b""}  # but for the release's number


def test_nothing_of_an_earlier_pack_stays_and_no_other_folder_is_touched(tmp_path: Path) -> None:
    root = copy_site(tmp_path)
    run("share", "practice", "quality", folder=root)
    old = root / "share" / "zongcai-er-qu-practice-quality" / "images" / "1.jpg"
    old.parent.mkdir()
    old.write_bytes(b"withdrawn")
    run("share", "practice", "quality", folder=root)
    assert not old.exists()
    (root / "share" / ".branch-boards").unlink()
    assert "不是本程序生成的文件" in run("share", "practice", "quality", folder=root, code=1)


# The commands


def test_the_commands_carry_a_write_up_from_one_unit_to_another(tmp_path: Path) -> None:
    here, there = copy_site(tmp_path / "here"), other_unit(tmp_path / "there")
    assert "公钥" in run("keys", "--new", folder=here)
    assert "已经有密钥" in run("keys", "--new", folder=here, code=1)
    assert "共 6 份可以给出去" in run("share", "--list", folder=here)
    wrong = run("share", "case", "ii830-fault", folder=here, code=1)
    assert "是不是 ii830-fault-crossing？" in wrong
    assert "字数不合要求" in run(
        "share", "case", "ii830-fault-crossing", "--limit", "item", folder=here, code=1
    )
    assert not (here / "share").exists()
    run("share", "case", "ii830-fault-crossing", folder=here)
    pack = here / "share" / f"zongcai-er-qu-{CASE}.zip"
    said = run("receive", str(pack), "--yes", "--trust", folder=there)
    assert "已签名，公钥没有登记过，请打电话核对指纹" in said
    assert "综采二区党支部" in run("keys", folder=there)
    assert "已经收过" in run("receive", str(pack), "--yes", folder=there, code=1)
    assert "已签名，公钥登记过" in run("receive", str(pack), "--yes", "--replace", folder=there)
    (there / "broken.zip").write_bytes(pack.read_bytes()[:-40])
    shutil.rmtree(there / "data" / "received")
    assert "没有收下，什么也没有写入" in run("receive", "broken.zip", "--yes", folder=there, code=1)
    assert not (there / "data" / "received").exists()


def for_everybody(root: Path, files: dict[str, str | bytes]) -> Board:
    """The board of these files with nothing kept from anybody, and all of it approved."""
    board = read_board(write_tree(root, files))
    wide = {
        name: {
            key: row.model_copy(update={"audience": Audience.PUBLIC})
            for key, row in board.table(name).items()
            if isinstance(row, Record)
        }
        for name in MODELS
        if issubclass(MODELS[name], Record)
    }
    approved = frozenset((row.table, row.id) for row in board.records())
    return dataclasses.replace(board.with_tables(wide), settled=approved)


@pytest.mark.parametrize("agreed", [True, False])
def test_a_talk_leaves_under_its_speaker_who_agreed(tmp_path: Path, agreed: bool) -> None:
    consent = f"    consent:\n      share: {str(agreed).lower()}\n      date: 2019-01-01\n"
    files = wang_wei(consent)
    board = for_everybody(tmp_path, files)
    found = {row.key: row for row in shareable(board, PUBLISH, OUT)}
    talks = [row for row in found.values() if row.type == "talk"]
    assert bool(talks) is agreed
    if not agreed:
        return
    quarter = next(iter(board.quarters.values()))
    assert [row.key for row in talks] == [
        f"talk-{quarter.id}-{number}" for number in range(1, len(quarter.talks) + 1)
    ]
    assert talks[0].title == quarter.talks[0].title
    assert board.members[quarter.talks[0].member].name in str(talks[0].author)
    assert talks[0].sections[0].text == quarter.talks[0].text
    assert "周五安全例会上的心得分享" in talks[0].summary
    own = board.branch.model_copy(update={"terms": Terms(weekday=Weekday.NONE, gathering="班前会")})
    board = board.with_tables({"branches": {own.id: own}})
    assert "日班前会上的心得分享" in next(
        row.summary for row in shareable(board, PUBLISH, OUT) if row.type == "talk"
    )


@pytest.mark.parametrize("agreed", [True, False])
def test_a_pack_on_the_site_wants_consent_to_the_site_too(tmp_path: Path, agreed: bool) -> None:
    consent = "      share: true\n      date: 2019-01-01\n"
    consent = f"    consent:\n      site: {str(agreed).lower()}\n{consent}"
    files = wang_wei(consent)
    board = for_everybody(tmp_path, files)
    assert "talk-2019-Q1-1" in {row.key for row in shareable(board, PUBLISH, OUT)}
    offered = {pack.key for pack in exchange(board, PUBLISH).packs}
    assert ("talk-2019-Q1-1" in offered) is agreed
    told = {(r.item.part, r.item.reason) for r in redactions(board, PUBLISH)}
    assert (("talks[1]（心得分享）", "王伟没有同意上网页") in told) is not agreed


def test_an_id_of_another_kind_is_told_its_kind(tmp_path: Path) -> None:
    said = run("share", "case", "ii1057-jack-seat", folder=copy_site(tmp_path), code=1)
    assert "输入 boards share innovation ii1057-jack-seat" in said
