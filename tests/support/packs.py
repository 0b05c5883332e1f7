"""Packs for tests: a good one from this repository's records, and any bad one, byte by byte."""

from __future__ import annotations

import base64
import functools
import hashlib
import io
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image

from boards.board.load import load
from boards.editions.edition import Edition, EditionName
from boards.packs.archive import MANIFEST, SIGNATURE, facts_of, write_pack
from boards.packs.keys import OwnKey, fingerprint
from boards.packs.receive import Arrival, examine, store
from boards.packs.record import RECORD, to_yaml
from boards.packs.shareable import shareable
from boards.records import Audience, KnownKey, Shared
from boards.records.shared import SharedFigure
from helpers import TODAY
from sites import ROOT

OWN = "cai-mei-san-qu"
"""The unit that receives."""
PICTURE = "images/1.jpg"


def key_of(seed: int) -> OwnKey:
    """A key that is the same in every run."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return OwnKey(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), private)


SENDER, STRANGER = key_of(1), key_of(2)


@functools.cache
def jpeg(width: int = 40, height: int = 30, kind: str = "JPEG") -> bytes:
    """A small picture."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), "brown").save(target, kind)
    return target.getvalue()


@functools.cache
def write_up() -> Shared:
    """A case of this repository's, with one picture."""
    board, _ = load(ROOT / "data", ROOT / "content")
    found = shareable(board, Edition(EditionName.PUBLISH, TODAY), Audience.SISTER_UNITS)
    case = next(row for row in found if row.type == "case")
    return case.model_copy(update={"figures": (SharedFigure(file=PICTURE, alt="调整支架"),)})


def good_files() -> dict[str, bytes]:
    """What a good pack holds, before its manifest."""
    return {RECORD: to_yaml(write_up()), PICTURE: jpeg(), "cover.pdf": b"%PDF-1.7 cover"}


def good_pack(signer: OwnKey | None = SENDER) -> bytes:
    """A good pack."""
    return write_pack(good_files(), facts_of(write_up()), signer)


def known(key: OwnKey = SENDER, unit: str = "zongcai-er-qu") -> dict[str, KnownKey]:
    """data/keys.yml with one row."""
    row = {"id": unit, "name": "综采二区党支部", "public_key": key.text}
    return {unit: KnownKey.model_validate(row)}


def take(content: bytes, data: Path, keys: Mapping[str, KnownKey] | None = None) -> Arrival:
    """Receive a pack as the command does."""
    arrival = examine(content, keys or {}, OWN)
    store(arrival, data)
    return arrival


@dataclass
class Entry:
    """One file of a zip, with any lie its headers may tell."""

    name: str | bytes
    data: bytes = b""
    method: int = 0
    flags: int = 0
    attributes: int = 0o100644 << 16
    comment: bytes = b""
    size: int | None = None
    packed: int | None = None
    offset: int | None = None
    local_name: bytes | None = None
    content: bytes | None = None
    """What stands in the zip for it, if not what should."""
    before: bytes = b""
    """What stands in front of it, in no file."""


def deflated(data: bytes) -> bytes:
    """Raw deflate."""
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(data) + packer.flush()


def zip_of(
    *entries: Entry, behind: bytes = b"", comment: bytes = b"", count: int | None = None
) -> bytes:
    """A zip of exactly these entries, with bytes `behind` the last that are in no file."""
    body, directory = b"", b""
    for entry in entries:
        name = entry.name.encode() if isinstance(entry.name, str) else entry.name
        content = deflated(entry.data) if entry.method == 8 else entry.data
        content = content if entry.content is None else entry.content
        size = len(entry.data) if entry.size is None else entry.size
        packed = len(content) if entry.packed is None else entry.packed
        facts = (entry.flags, entry.method, 0, 33, zlib.crc32(entry.data), packed, size)
        body += entry.before
        at = len(body) if entry.offset is None else entry.offset
        local = entry.local_name or name
        body += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *facts, len(local), 0) + local + content
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x0314, 20, *facts,
            len(name), 0, len(entry.comment), 0, 0, entry.attributes, at,
        ) + name + entry.comment  # fmt: skip
    body += behind
    here = len(entries) if count is None else count
    end = ("<4s4H2LH", b"PK\x05\x06", 0, 0, here, here, len(directory), len(body), len(comment))
    return body + directory + struct.pack(*end) + comment


def manifest_of(files: Mapping[str, bytes], signer: OwnKey | None = None) -> dict[str, Any]:
    """The manifest that goes with `files`, to be changed."""
    listed = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in files.items()
    }
    signed_by = signer and {"public_key": signer.text, "fingerprint": fingerprint(signer.public)}
    return {"schema": 1, **facts_of(write_up()), "files": listed, "signer": signed_by}


def sealed(
    files: Mapping[str, bytes] | None = None,
    change: Callable[[dict[str, Any]], object] | None = None,
    signer: OwnKey | None = None,
    raw: bytes | None = None,
) -> bytes:
    """A zip of `files` with a manifest that fits them, changed before it is signed, or `raw`."""
    files = good_files() if files is None else files
    said = manifest_of(files, signer)
    if change:
        change(said)
    manifest = json.dumps(said).encode() if raw is None else raw
    members = {**files, MANIFEST: manifest}
    if signer:
        members[SIGNATURE] = base64.b64encode(signer.sign(manifest)) + b"\n"
    return zip_of(*(Entry(name, data) for name, data in members.items()))


def with_record(old: str, new: str) -> bytes:
    """A pack whose record says something else, at the one place where it says `old`."""
    text = to_yaml(write_up()).decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return sealed({**good_files(), RECORD: text.replace(old, new).encode()})


def with_words(signer: OwnKey | None = None, **changes: object) -> bytes:
    """A pack of a write-up with other words, in canonical form, its manifest agreeing."""
    shared = write_up().model_copy(update=changes)
    files = {**good_files(), RECORD: to_yaml(shared)}
    return sealed(files, lambda said: said.update(facts_of(shared)), signer)


def with_picture(content: bytes) -> bytes:
    """A pack with another picture."""
    return sealed({**good_files(), PICTURE: content})
