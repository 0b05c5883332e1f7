"""Taking in what another unit sent: looked through in memory, then stored whole or not at all."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from boards.amend import Action, Edit, Files, amended
from boards.board.board import Board
from boards.board.folder import RECEIVED
from boards.check import check_folders
from boards.errors import BoardError, Place, Problem, Severity, errors_in
from boards.packs.archive import MANIFEST, SIGNATURE, ReadPack, read_pack
from boards.packs.inspection import faults, read_record
from boards.packs.keys import fingerprint, verify
from boards.packs.record import RECORD
from boards.packs.refused import PackRefused, refusal
from boards.records import KnownKey, Shared
from boards.rules.received import folder_of


class SignatureState(StrEnum):
    """Whose hand a pack is known to be from; a wrong signature is no state but a refusal."""

    KNOWN = "signed-known"
    UNKNOWN = "signed-unknown"
    UNSIGNED = "unsigned"

    @property
    def label(self) -> str:
        return {
            "signed-known": "已签名，公钥登记过",
            "signed-unknown": "已签名，公钥没有登记过，请打电话核对指纹",
            "unsigned": "没有签名，请向发出单位核实",
        }[self]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A pack that may be stored, as it is shown to whoever decides; there is none of a bad pack."""

    shared: Shared
    unit: str
    title: str
    kind: str
    level: str
    files: Mapping[str, int]
    """Every file of the pack with its size; only some are stored."""
    signature: SignatureState
    fingerprint: str | None
    problems: tuple[Problem, ...]
    """Notices: nothing that forbids it, something to look at."""
    whole: bool = True
    """Always: each file is as the manifest says."""
    stored: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What `store` writes, as it came: the record, its pictures, the manifest, its signature."""


def examine(content: bytes, known_keys: Mapping[str, KnownKey], own_unit_id: str) -> Arrival:
    """Look a pack through without writing anything; `known_keys` by unit id, as in `Board.keys`.

    Raises PackRefused unless it is whole, its signature holds and is the one its unit is known
    by, it comes from another unit, for other units, and its words and pictures may be shown.
    """
    pack = read_pack(content)
    if pack.signer and not verify(pack.signer, pack.signature or b"", pack.manifest):
        found = "签名不对：清单在签名以后被改过，或签名是伪造的"
        raise refusal(found, "不要使用，打电话告诉发出单位，请对方重新发送", SIGNATURE)
    shared = read_record(pack)
    signature, doubts = _signature(pack, shared, known_keys)
    problems = [*faults(pack, shared, own_unit_id), *doubts]
    if errors_in(problems):
        raise PackRefused(errors_in(problems))
    names = (RECORD, *(figure.file for figure in shared.figures))
    stored = {**{name: pack.files[name] for name in names}, MANIFEST: pack.manifest}
    if pack.signature_file is not None:
        stored[SIGNATURE] = pack.signature_file
    return Arrival(
        shared=shared,
        unit=shared.unit.full_name,
        title=shared.title,
        kind=shared.type.label,
        level=shared.level.label,
        files={name: len(data) for name, data in sorted(pack.files.items())},
        signature=signature,
        fingerprint=fingerprint(pack.signer) if pack.signer else None,
        problems=tuple(problems),
        stored=stored,
    )


def _signature(
    pack: ReadPack, shared: Shared, known_keys: Mapping[str, KnownKey]
) -> tuple[SignatureState, list[Problem]]:
    """What a signature that holds is worth; raises PackRefused for one that is not its unit's.

    Without the second refusal the first could be got round by taking the signature away.
    """
    unit = shared.unit
    known = {key.id.casefold(): key for key in known_keys.values()}.get(unit.id.casefold())
    if known and pack.signer == known.public:
        return SignatureState.KNOWN, []
    if known:
        seen = fingerprint(pack.signer) if pack.signer else None
        said = f"用的是另一个密钥签名（指纹 {seen}）" if seen else "这一包却没有签名"
        found = f"{unit.name} 登记过公钥（指纹 {fingerprint(known.public)}），{said}"
        hint = "打电话向对方核实；对方确实换了密钥，就把 data/keys.yml 里的公钥改成新的再接收"
        raise refusal(found, hint, SIGNATURE)
    if pack.signer is None:
        return SignatureState.UNSIGNED, []
    others = [key.name for key in known_keys.values() if key.public == pack.signer]
    doubts = [
        Problem(
            Place(SIGNATURE),
            f"签名用的是“{name}”登记的密钥，不是发出单位的",
            "可能是转发的；以发出单位的名义使用前先核实",
            severity=Severity.NOTICE,
        )
        for name in others
    ]
    return SignatureState.UNKNOWN, doubts


def store(arrival: Arrival, data: Path, *, replace: bool = False) -> Path:
    """Write a pack to data/received/<unit>/<key>, byte for byte as it came; returns the folder.

    It is written beside and renamed, so that there is all of it or nothing. Raises PackRefused if
    there is one of that name and `replace` is not asked for, or if its name would clash with
    another's on Windows; OSError if the disk cannot take it, after tidying up.
    """
    target = data / folder_of(arrival.shared)
    received = data / RECEIVED
    staging = received / f".{arrival.shared.id}.part"
    old = received / f".{arrival.shared.id}.old"
    _require_own_name(arrival.shared, received)
    if old.is_dir() and not target.exists():  # killed in the instant between two renames
        target.parent.mkdir(exist_ok=True)
        old.rename(target)
    if target.exists() and not replace:
        found = f"已经收过 {arrival.unit} 的“{arrival.title}”"
        raise refusal(found, "要换成这一包，就在命令后面加 --replace")
    made = [folder for folder in (target.parent, received) if not folder.exists()]
    shutil.rmtree(staging, ignore_errors=True)
    try:
        for name, content in arrival.stored.items():
            file = staging / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        target.parent.mkdir(exist_ok=True)
        _swap(staging, target, old)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        for folder in made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise
    shutil.rmtree(old, ignore_errors=True)
    return target


def trusting(arrival: Arrival, board: Board, root: Path, today: datetime.date) -> Files:
    """What data/keys.yml holds once the unit's key is noted; empty if there is none to note.

    Whoever asks for it has compared the fingerprint with the unit: nothing else proves the key. A
    key that stands for another unit already, of which there is a notice, is not noted again.
    Nothing is written. Raises AmendFault if the file cannot be changed, BoardError if the records
    would have a fault then.
    """
    if untrusted(arrival):
        return {}
    unit = arrival.shared.unit
    key = json.loads(arrival.stored[MANIFEST])["signer"]["public_key"]
    noted = {"name": unit.name, "public_key": key, "added_on": today.isoformat()}
    files = amended(board, root, [Edit("keys", unit.id, noted, Action.ADD)])
    _, found = check_folders(board.data, root / "content", today, files)
    if errors := errors_in(found):
        raise BoardError(errors)
    return files


def untrusted(arrival: Arrival) -> str:
    """Why there is no key to note; empty if there is one."""
    if arrival.signature is SignatureState.KNOWN:
        return "对方的公钥早就登记过"
    if arrival.signature is SignatureState.UNSIGNED:
        return "这一包没有签名，没有公钥可登记"
    elsewhere = any(problem.place.path == SIGNATURE for problem in arrival.problems)
    return "签名用的密钥登记在别的单位名下，没有再登记" if elsewhere else ""


def _require_own_name(shared: Shared, received: Path) -> None:
    """No other pack's folder, or id on the site, is the same to a system blind to case."""
    for folder in received.glob("[!.]*/[!.]*"):
        unit, key = folder.parts[-2:]
        near = unit.casefold() == shared.unit.id.casefold() and unit != shared.unit.id
        same_id = f"{unit}-{key}".casefold() == shared.id.casefold()
        if near or (same_id and (unit, key) != (shared.unit.id, shared.key)):
            found = f"和已经收下的 {RECEIVED}/{unit}/{key} 重名，或只差大小写"
            raise refusal(found, "请发出单位换一个编号重新导出；或先删掉已经收下的那一份")


def _swap(staging: Path, target: Path, old: Path) -> None:
    """Put the new folder where the old one was; if that fails, the old one goes back."""
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        staging.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise
