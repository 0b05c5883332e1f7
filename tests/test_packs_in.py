"""What comes in from outside: good packs are stored as they came, bad ones leave nothing behind."""

from __future__ import annotations

import random
import re
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from boards.errors import Severity
from boards.packs.archive import MANIFEST, PackRefused, facts_of, read_pack, write_pack
from boards.packs.keys import (
    KEY_FILE,
    KeyFault,
    PublicKey,
    fingerprint,
    make_key,
    own_key,
    sign,
    verify,
)
from boards.packs.receive import SignatureState, examine, store
from boards.packs.record import RECORD, from_yaml, to_yaml
from boards.pixels.decode import PhotoRefused, check_picture
from helpers import MINIMAL, changed, check_tree, read_board, report, write_tree
from hostile_packs import HOSTILE
from packs import (
    OWN,
    PICTURE,
    SENDER,
    STRANGER,
    Entry,
    good_files,
    good_pack,
    jpeg,
    known,
    manifest_of,
    sealed,
    take,
    with_record,
    with_words,
    write_up,
    zip_of,
)
from sites import tree

UNIT, KEY = "zongcai-er-qu", "case-ii830-fault-crossing"


def told(refused: PackRefused) -> list[str]:
    return [
        " ".join(part for part in (row.place.path, row.field, row.found) if part)
        for row in refused.problems
    ]


def everything(folder: Path) -> list[str]:
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*"))


@pytest.mark.parametrize("slug", HOSTILE)
def test_a_hostile_pack_gets_these_words_and_leaves_nothing(slug: str, tmp_path: Path) -> None:
    make, said = HOSTILE[slug]
    with pytest.raises(PackRefused) as caught:
        take(make(), tmp_path / "data")
    assert told(caught.value)[:3] == said
    for problem in caught.value.problems:
        assert re.search(r"[\u4e00-\u9fff]", problem.hint), "what to do is said too"
        assert problem.as_text().isprintable() or "\n" in problem.as_text()
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e\ud800-\udfff]", problem.as_text())
    assert everything(tmp_path) == []


def test_faults_that_can_be_told_apart_are_told_at_once() -> None:
    with pytest.raises(PackRefused) as caught:
        read_pack(zip_of(Entry("../a.pdf"), Entry("b.exe", flags=1), Entry("CON.pdf", method=9)))
    assert told(caught.value) == [
        "../a.pdf 文件名指到了材料包外面",
        "b.exe 材料包里不放这种文件，只放 Word、PDF、网页、图片和文字",
        "b.exe 文件加了密",
        "CON.pdf 文件名是 Windows 的保留名",
        "CON.pdf 用了不支持的压缩方法（9）",
    ]


def test_a_stranger_cannot_flood_the_screen() -> None:
    with pytest.raises(PackRefused) as caught:
        read_pack(zip_of(*(Entry("x" * n + ".exe") for n in range(1, 150))))
    assert len(caught.value.problems) == 50
    assert max(len(row.place.path) for row in caught.value.problems) <= 41


def test_a_size_that_lies_does_not_fill_the_memory() -> None:
    content = HOSTILE["bomb-that-lies"][0]()
    tracemalloc.start()
    with pytest.raises(PackRefused):
        read_pack(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1024 * 1024, "20 MB of zeros stay packed"


def test_a_pack_changed_at_random_is_taken_whole_or_refused_in_words() -> None:
    dice = random.Random(8)
    good = good_pack()
    whole = examine(good, {}, OWN)
    taken = 0
    for _ in range(1500):
        content = bytearray(good)
        at = dice.randrange(len(content))
        if dice.randrange(2):
            content[at] = dice.randrange(256)
        else:
            del content[at : at + dice.randrange(1, 9)]
        try:
            assert examine(bytes(content), {}, OWN) == whole, "dates of the zip change nothing"
            taken += 1
        except PackRefused as refused:
            assert refused.problems
    assert taken < 50


# signatures


@pytest.mark.parametrize(
    ("keys", "signer", "state", "label"),
    [
        (known(), SENDER, "signed-known", "已签名，公钥登记过"),
        (known(unit=UNIT.upper()), SENDER, "signed-known", "已签名，公钥登记过"),
        ({}, SENDER, "signed-unknown", "已签名，公钥没有登记过，请打电话核对指纹"),
        ({}, None, "unsigned", "没有签名，请向发出单位核实"),
        (known(STRANGER, "yi-qu"), None, "unsigned", "没有签名，请向发出单位核实"),
    ],
)
def test_whose_hand_it_is(keys: Any, signer: Any, state: str, label: str) -> None:
    arrival = examine(good_pack(signer), keys, OWN)
    assert (arrival.signature, arrival.signature.label) == (state, label)
    assert arrival.fingerprint == (signer and signer.fingerprint)
    assert arrival.problems == ()


@pytest.mark.parametrize(
    ("signer", "said"),
    [
        (STRANGER, f"用的是另一个密钥签名（指纹 {STRANGER.fingerprint}）"),
        (None, "这一包却没有签名"),
    ],
)
@pytest.mark.parametrize("unit", [UNIT, UNIT.upper()])
@pytest.mark.parametrize("sent_as", [UNIT, UNIT.upper()])
def test_a_unit_with_a_known_key_is_not_believed_without_it(
    tmp_path: Path, signer: Any, said: str, unit: str, sent_as: str
) -> None:
    sender = write_up().unit.model_copy(update={"id": sent_as})
    with pytest.raises(PackRefused) as caught:
        take(with_words(signer, unit=sender), tmp_path / "data", known(unit=unit))
    found = f"综采二区党支部 登记过公钥（指纹 {SENDER.fingerprint}），{said}"
    assert caught.value.found == found
    assert caught.value.hint.startswith("打电话向对方核实")
    assert everything(tmp_path) == []


def test_a_key_that_another_unit_is_known_by_is_pointed_out() -> None:
    arrival = examine(good_pack(STRANGER), known(STRANGER, "yi-qu"), OWN)
    assert arrival.signature is SignatureState.UNKNOWN
    (notice,) = arrival.problems
    assert notice.severity is Severity.NOTICE
    assert notice.found == "签名用的是“综采二区党支部”登记的密钥，不是发出单位的"


# good packs


def test_what_is_shown_before_anything_is_stored() -> None:
    arrival = examine(good_pack(), known(), OWN)
    assert arrival.whole
    assert (arrival.unit, arrival.title, arrival.kind, arrival.level) == (
        "淮北矿业集团朱仙庄矿 综采二区党支部",
        "把尺子带到断层前：Ⅱ830工作面质量包保的做法",
        "攻坚案例",
        "兄弟单位",
    )
    assert arrival.files == {name: len(data) for name, data in sorted(good_files().items())}


def test_what_might_be_private_is_a_notice() -> None:
    arrival = examine(with_words(summary="家住幸福路3号楼"), {}, OWN)
    (notice,) = arrival.problems
    assert (notice.severity, notice.field) == (Severity.NOTICE, "summary（摘要）")


def test_a_long_number_in_an_address_is_no_telephone() -> None:
    source = write_up().source
    assert source
    address = "http://dangjian.people.com.cn/n1/13800138000.html"
    assert examine(with_words(source=source.model_copy(update={"url": address})), {}, OWN)


@pytest.mark.parametrize("signer", [SENDER, None])
def test_received_and_sent_on_it_is_the_same_byte_for_byte(tmp_path: Path, signer: Any) -> None:
    files = {name: data for name, data in good_files().items() if name != "cover.pdf"}
    sent = write_pack(files, facts_of(write_up()), signer)
    folder = store(examine(sent, {}, OWN), tmp_path / "data")
    assert folder == tmp_path / "data" / "received" / UNIT / KEY
    stored = tree(folder)
    shared, problems = from_yaml(stored[RECORD], RECORD)
    assert (shared and to_yaml(shared), problems) == (stored[RECORD], [])
    assert {name: stored[name] for name in files} == files
    assert read_pack(sent).manifest == stored[MANIFEST]
    again = {name: stored[name] for name in (RECORD, PICTURE)}
    assert shared and write_pack(again, facts_of(shared), signer) == sent


def test_only_the_record_and_its_pictures_are_stored(tmp_path: Path) -> None:
    take(good_pack(), tmp_path / "data")
    assert list(tree(tmp_path)) == [
        f"data/received/{UNIT}/{KEY}/{name}"
        for name in ("images/1.jpg", "manifest.json", "manifest.sig", "record.yml")
    ]


def test_what_was_received_stands_on_the_board_without_a_complaint(site: Path) -> None:
    take(good_pack(), site / "data")
    assert report(check_tree(site)) == ""
    assert [*read_board(site).received][-1] == f"{UNIT}-{KEY}"


def test_a_zip_packed_by_another_program_is_read_if_it_is_as_plain(tmp_path: Path) -> None:
    file = tmp_path / "packed.zip"
    said = read_pack(good_pack(None))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {MANIFEST: said.manifest, **said.files}.items():
            archive.writestr(name, data)
    assert examine(file.read_bytes(), {}, OWN) == examine(good_pack(None), {}, OWN)


def test_a_pack_is_the_same_whenever_and_in_whatever_order_it_is_made() -> None:
    files = dict(reversed(good_files().items()))
    assert write_pack(files, facts_of(write_up()), SENDER) == good_pack()


@pytest.mark.parametrize("name", ["材料.docx", "setup.exe", "a/b/c/d.pdf", MANIFEST.upper()])
def test_nothing_leaves_that_could_not_arrive(name: str) -> None:
    with pytest.raises(PackRefused):
        write_pack({**good_files(), name: b"x"}, facts_of(write_up()), SENDER)


# storing


def newer() -> bytes:
    return with_words(summary="又量了一个月。")


def test_a_newer_version_takes_the_place_only_when_asked(tmp_path: Path) -> None:
    data = tmp_path / "data"
    take(good_pack(), data)
    before = tree(data)
    with pytest.raises(PackRefused) as caught:
        store(examine(newer(), {}, OWN), data)
    assert caught.value.found.startswith("已经收过 淮北矿业集团朱仙庄矿 综采二区党支部 的“把尺子")
    assert tree(data) == before
    folder = store(examine(newer(), {}, OWN), data, replace=True)
    assert "又量了一个月" in (folder / RECORD).read_text(encoding="utf-8")
    assert not (folder / "manifest.sig").exists(), "nothing of the old one stays"
    assert [file.name for file in (data / "received").iterdir()] == [UNIT]


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize(("replace", "at"), [(False, 1), (True, 1), (True, 2)])
@pytest.mark.parametrize("error", [OSError, Killed])
def test_a_rename_that_fails_leaves_all_as_it_was(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: int,
    replace: bool,
    error: type[BaseException],
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    if replace:
        take(good_pack(), data)
    before = everything(data), tree(data)
    rename, calls = Path.rename, [0]

    def failing(self: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == at:
            raise error
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(error):
        store(examine(newer(), {}, OWN), data, replace=replace)
    assert (everything(data), tree(data)) == before


def test_a_disk_that_is_full_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    arrival = examine(good_pack(), {}, OWN)
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError):
        store(arrival, tmp_path / "data")
    assert everything(tmp_path) == ["data"]


def test_power_lost_between_two_renames_is_made_good_by_the_next_pack(tmp_path: Path) -> None:
    data = tmp_path / "data"
    arrival = examine(good_pack(), {}, OWN)
    folder = store(arrival, data)
    folder.rename(data / "received" / f".{UNIT}-{KEY}.old")
    half = data / "received" / f".{UNIT}-{KEY}.part" / "half.txt"
    half.parent.mkdir()
    half.write_text("half")
    with pytest.raises(PackRefused, match="已经收过"):
        store(arrival, data)
    assert (folder / RECORD).is_file()
    store(arrival, data, replace=True)
    assert "half.txt" not in [file.name for file in folder.rglob("*")]
    assert [file.name for file in (data / "received").iterdir()] == [UNIT]


@pytest.mark.parametrize(
    "there", ["Zongcai-Er-Qu/case-x", f"{UNIT}/{KEY.upper()}", f"{UNIT}-case/ii830-fault-crossing"]
)
@pytest.mark.parametrize("replace", [False, True])
def test_two_names_that_windows_or_the_site_would_mix_up(
    tmp_path: Path, there: str, replace: bool
) -> None:
    folder = tmp_path / "received" / there
    folder.mkdir(parents=True)
    before = everything(tmp_path)
    with pytest.raises(PackRefused) as caught:
        store(examine(good_pack(), {}, OWN), tmp_path, replace=replace)
    assert caught.value.found == f"和已经收下的 received/{there} 重名，或只差大小写"
    assert everything(tmp_path) == before


# keys


def test_a_key_is_made_once_and_signs(tmp_path: Path) -> None:
    assert own_key(tmp_path) is None
    made = make_key(tmp_path)
    own = own_key(tmp_path)
    assert own
    assert (own.public, own.text, own.fingerprint) == (made.public, made.text, made.fingerprint)
    assert everything(tmp_path) == ["keys", KEY_FILE.as_posix()]
    before = (tmp_path / KEY_FILE).read_bytes()
    with pytest.raises(KeyFault) as caught:
        make_key(tmp_path)
    assert caught.value.found == "已经有密钥 keys/signing.pem，没有重新生成"
    assert (tmp_path / KEY_FILE).read_bytes() == before
    signature = sign(tmp_path, b"words")
    assert verify(made.public, signature, b"words")
    assert not verify(made.public, signature, b"Words")
    assert not verify(STRANGER.public, signature, b"words")
    assert not verify(b"short", signature, b"words")
    assert not verify(made.public, b"short", b"words")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有这种权限位")
def test_a_key_is_its_owners_only(tmp_path: Path) -> None:
    make_key(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_fingerprint_can_be_read_out() -> None:
    assert fingerprint(b"") == "e3b0 c442 98fc 1c14 9afb f4c8 996f b924"


def test_printing_a_key_does_not_print_its_private_half() -> None:
    assert "private" not in repr(SENDER)


PEMS = {
    "nothing": b"",
    "words": "密钥".encode(),
    "cut": b"-----BEGIN PRIVATE KEY-----\nMC4CAQ\n",
    "another-kind": generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ),
    "password": SENDER.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"secret"),
    ),
}


@pytest.mark.parametrize("name", PEMS)
def test_a_key_file_that_holds_no_usable_key(tmp_path: Path, name: str) -> None:
    write_tree(tmp_path, {KEY_FILE.as_posix(): PEMS[name]})
    with pytest.raises(KeyFault, match=r"keys/signing\.pem"):
        own_key(tmp_path)


def test_signing_without_a_key_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(KeyFault, match="还没有密钥"):
        sign(tmp_path, b"words")


@pytest.mark.parametrize(
    "typed",
    ["yi-qu", SENDER.text[:-1], SENDER.text[:-2] + "x=", SENDER.text + "AAAA", "签名", "AAAA",
     *(PublicKey(public).text for public in (SENDER.public[:31], SENDER.public + b"x")),
     *(PublicKey(number.to_bytes(32, "little")).text for number in (0, 1, 2**255 - 20))],
)  # fmt: skip
def test_a_public_key_is_typed_as_it_is_shown(tmp_path: Path, typed: str) -> None:
    text = MINIMAL["data/keys.yml"]
    assert isinstance(text, str)
    right = re.findall(r"public_key: (.+)", text)[0]
    root = write_tree(tmp_path, changed("data/keys.yml", right, typed))
    (problem,) = check_tree(root)
    assert (problem.found, problem.field) == (f"公钥“{typed[:44]}”认不出来", "public_key（公钥）")


# pictures


def test_a_picture_within_limits_is_taken() -> None:
    check_picture(jpeg(), ".jpg")
    check_picture(jpeg(), ".jpg", 40 * 30)


@pytest.mark.parametrize(
    ("content", "suffix", "pixels", "said"),
    [
        (jpeg(), ".jpg", 40 * 30 - 1, "照片像素太多（40×30），超过 0 万"),
        (jpeg(), ".png", 9999, "内容是 JPEG，只是名字叫 png"),
        (bytes(41 * 1024 * 1024), ".jpg", 9999, "照片有 41 MB，超过 40 MB"),
    ],
)
def test_a_picture_beyond_them_is_not(content: bytes, suffix: str, pixels: int, said: str) -> None:
    with pytest.raises(PhotoRefused) as caught:
        check_picture(content, suffix, pixels)
    assert caught.value.found == said


def test_the_helpers_make_what_is_otherwise_good() -> None:
    """A hostile pack is refused for what it is named after, not for how these tests build it."""
    assert examine(sealed(), {}, OWN)
    assert examine(sealed(signer=SENDER), known(), OWN)
    assert examine(with_words(), {}, OWN)
    assert examine(with_record("type: case\n", "type: case\n"), {}, OWN)
    assert manifest_of(good_files())["files"].keys() == good_files().keys()
