"""A pack as one file: a zip, a manifest of all that is in it, and a signature of the manifest.

Whatever comes in is a stranger's until it has been read: in memory, member by member, within
limits, and whole or not at all.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from boards.board.folder import PACK_MANIFEST
from boards.errors import Place, Problem
from boards.packs.keys import OwnKey, fingerprint
from boards.packs.refused import AGAIN, PackRefused, refusal, shown
from boards.packs.zipped import read_zip, write_zip
from boards.records import Shared
from boards.records.keys import decode_key

__all__ = [
    "MANIFEST",
    "SIGNATURE",
    "PackRefused",
    "ReadPack",
    "facts_of",
    "read_pack",
    "write_pack",
]

MANIFEST = PACK_MANIFEST
SIGNATURE = "manifest.sig"
SCHEMA = 1
"""Version of the manifest's form; a reader of a later one says so instead of guessing."""
MAX_MANIFEST_BYTES = 256 * 1024
"""Two hundred files take some thirty thousand."""
_SIGNATURE_BYTES = 64


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _UnitFacts(_Strict):
    id: str
    name: str
    mine: str
    group: str


class _FileFacts(_Strict):
    sha256: str = Field(pattern=r"\A[0-9a-f]{64}\z")
    size: int = Field(ge=0)


class _SignerFacts(_Strict):
    public_key: str
    fingerprint: str


class _Manifest(_Strict):
    schema_version: int = Field(alias="schema")
    unit: _UnitFacts
    key: str
    title: str
    level: str
    files: dict[str, _FileFacts]
    signer: _SignerFacts | None


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack whose files are all there, unchanged since the manifest was written, and no others."""

    facts: Mapping[str, object]
    """What the manifest says of the write-up, in the form of `facts_of`; nobody vouches for it."""
    files: Mapping[str, bytes]
    """Every file the manifest lists."""
    manifest: bytes
    """Its exact bytes, which a signature is of."""
    signer: bytes | None = None
    """The public key that is said to have signed; the signature is still to be verified."""
    signature: bytes | None = None
    signature_file: bytes | None = None


def facts_of(shared: Shared) -> dict[str, object]:
    """What the manifest says of a write-up, so that a pack can be listed without its record."""
    unit = shared.unit
    return {
        "unit": {"id": unit.id, "name": unit.name, "mine": unit.mine, "group": unit.group},
        "key": shared.key,
        "title": shared.title,
        "level": str(shared.level),
    }


def write_pack(
    files: Mapping[str, bytes], manifest_facts: Mapping[str, object], signer: OwnKey | None
) -> bytes:
    """The zip of `files` with its manifest, signed by `signer`: the same bytes every time.

    `manifest_facts` are those of `facts_of`. Raises PackRefused for what `read_pack` would not
    take, so that nothing leaves that cannot arrive.
    """
    listed = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in files.items()
    }
    signed_by = signer and {"public_key": signer.text, "fingerprint": signer.fingerprint}
    said = {"schema": SCHEMA, **manifest_facts, "files": listed, "signer": signed_by}
    text = json.dumps(said, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1)
    manifest = f"{text}\n".encode()
    members = {**files, MANIFEST: manifest}
    if signer:
        members[SIGNATURE] = base64.b64encode(signer.sign(manifest)) + b"\n"
    content = write_zip(members)
    read_pack(content)
    return content


def read_pack(content: bytes) -> ReadPack:
    """Read a pack in memory and hold it against its manifest; the signature is not verified here.

    Raises PackRefused, with every fault that can be told apart.
    """
    files = read_zip(content)
    raw, signature_file = files.pop(MANIFEST, None), files.pop(SIGNATURE, None)
    if raw is None:
        raise refusal(f"没有清单 {MANIFEST}，不是本程序导出的材料包")
    manifest = _manifest(raw)
    if faults := [*_differences(manifest, files)]:
        raise PackRefused(faults)
    facts = manifest.model_dump(include={"unit", "key", "title", "level"})
    signer = _signer(manifest, signed=signature_file is not None)
    if signature_file is None:
        return ReadPack(facts, files, raw)
    return ReadPack(facts, files, raw, signer, _signature(signature_file), signature_file)


def _manifest(raw: bytes) -> _Manifest:
    if len(raw) > MAX_MANIFEST_BYTES:
        raise refusal(f"清单有 {len(raw) // 1024} KB，太长", place=MANIFEST)
    try:
        said = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_number
        )
    except RecursionError as error:
        raise refusal("清单嵌套太深", place=MANIFEST) from error
    except ValueError as error:  # not UTF-8, not JSON, or a number of thousands of digits
        raise refusal("清单不是 JSON，或已损坏", place=MANIFEST) from error
    version = said.get("schema") if isinstance(said, dict) else None
    if type(version) is int and version != SCHEMA:
        found = f"清单的格式版本是 {shown(str(version))}，本程序认得 {SCHEMA}"
        raise refusal(found, "升级程序，或请发出单位用同一版程序重新导出", MANIFEST)
    try:
        return _Manifest.model_validate(said)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False)
        places = [shown(".".join(map(str, fault["loc"])) or "最外层") for fault in faults[:20]]
        wrong = [f"清单里的“{place}”缺少、多余或填得不对" for place in places]
        raise PackRefused(Problem(Place(MANIFEST), found, AGAIN) for found in wrong) from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise refusal("清单里有重复的名字", place=MANIFEST)
    return names


def _no_number(text: str) -> NoReturn:
    raise refusal(f"清单里有不是数字的数（{text}）", place=MANIFEST)


def _differences(manifest: _Manifest, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Files that are missing, added or changed since the manifest was written."""
    for name in sorted(files.keys() | manifest.files.keys()):
        place = Place(shown(name))
        listed, data = manifest.files.get(name), files.get(name)
        if listed is None:
            yield Problem(place, "清单里没有这个文件", AGAIN)
        elif data is None:
            yield Problem(place, "清单里有，材料包里却没有这个文件", AGAIN)
        elif len(data) != listed.size:
            yield Problem(place, f"大小是 {len(data)} 字节，清单里是 {listed.size} 字节", AGAIN)
        elif hashlib.sha256(data).hexdigest() != listed.sha256:
            yield Problem(place, "内容和清单里的校验值不符，传输中损坏或被改过", AGAIN)


def _signer(manifest: _Manifest, *, signed: bool) -> bytes | None:
    """The key the manifest names; a name without a signature, or the reverse, is refused."""
    if (manifest.signer is not None) != signed:
        missing = SIGNATURE if manifest.signer else "签名单位的公钥"
        raise refusal(f"签名不完整：缺少{missing}", place=MANIFEST)
    if manifest.signer is None:
        return None
    public = decode_key(manifest.signer.public_key)
    if public is None or fingerprint(public) != manifest.signer.fingerprint:
        raise refusal("清单里的公钥或指纹不对", place=MANIFEST)
    return public


def _signature(text: bytes) -> bytes:
    try:
        signature = base64.b64decode(text.removesuffix(b"\n"), validate=True)
    except binascii.Error as error:
        raise refusal("签名损坏", place=SIGNATURE) from error
    if len(signature) != _SIGNATURE_BYTES:
        raise refusal("签名损坏", place=SIGNATURE)
    return signature
